/** The workbench of a procedure: its text on the left, its proof and picture on the right, checked as one types. */
import { Button, SegmentedControl } from '@mantine/core'
import { useDebouncedValue, useDisclosure, useElementSize } from '@mantine/hooks'
import { useEffect, useMemo, useRef, useState } from 'react'
import { z } from 'zod'
import type { Procedures, Version } from '../../contract/procedure.ts'
import { KeyHint } from '../parts/key-hint.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Past } from '../parts/time.tsx'
import { useKept } from '../parts/use-kept.ts'
import { AdoptDialog } from './adopt-dialog.tsx'
import { Compare } from './compare.tsx'
import { examine, type Examined, type Readable } from './examined.ts'
import { GapList, titleOf } from './gap-list.tsx'
import { Mistakes } from './mistakes.tsx'
import { Outline } from './outline.tsx'
import { Picture, type Choice } from './picture.tsx'
import styles from './procedures.module.css'
import { SlowestWay } from './slowest-way.tsx'
import { TextPane } from './text-pane.tsx'
import { VersionsTable } from './versions-table.tsx'

const Drafts = z.record(z.string(), z.string())
const noDrafts: z.infer<typeof Drafts> = {}

/** As long as one needs to type the next letter. */
const PATIENCE = 200

interface WorkbenchProps {
  procedures: Procedures
  version: Version
  /** The text of `hands-off-the-wheel`, which ships to be compared with. */
  story: string
}

export function Workbench({ procedures, version, story }: WorkbenchProps) {
  const mayAdopt = procedures.allowed.includes('adopt')
  const inForce = procedures.adoptions.find(({ isInForce }) => isInForce)
  const name = inForce?.name ?? 'in force'
  const [shown, show] = useState<'in-force' | 'story'>('in-force')
  const original = shown === 'story' ? story : version.source
  const drafts = useKept(`studio-procedures ${version.id}`, Drafts, noDrafts)
  const text = (mayAdopt ? drafts.value[shown] : undefined) ?? original
  const isEdited = text !== original
  const { ref: place, width: measured } = useElementSize()
  const width = Math.max(720, Math.round(measured / 8) * 8 + 56)
  const [settled] = useDebouncedValue(text, PATIENCE)
  const examined = useMemo(() => examine(settled, width), [settled, width])
  // While a mistake is being mended, the last picture that could be drawn stays.
  const lastReadable = useLast(examined.isReadable ? examined : null)
  const readable = examined.isReadable ? examined : lastReadable

  const [choice, setChoice] = useState<Choice>(null)
  const [goal, setGoal] = useState<{ line: number } | null>(null)
  const [view, setView] = useState<'picture' | 'text'>('picture')
  const [isComparing, comparing] = useDisclosure(false)
  const [isProposing, proposing] = useDisclosure(false)
  const [said, say] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const chosen = choice?.kind === 'gap' ? choice.number : null
  const notes = examined.isReadable ? examined.notes : []

  const goTo = (line: number) => {
    setGoal({ line })
    if (document.activeElement === field.current) placeCaret(field.current, line)
  }
  const chooseGap = (number: number) => {
    const note = notes.find((one) => one.number === number)
    if (note === undefined) return
    setChoice({ kind: 'gap', number })
    const [line] = note.lines
    if (line !== undefined) goTo(line)
    const [gap] = note.gaps
    say(`Gap ${number} of ${notes.length}: ${gap ? `${titleOf(gap.code)}. ${gap.message}` : ''}`)
  }
  const clear = () => {
    setChoice(null)
    say('')
  }
  const choose = (next: Choice) => {
    const isSame = next?.kind === 'situation' && JSON.stringify(next) === JSON.stringify(choice)
    if (next?.kind === 'gap') chooseGap(next.number)
    else {
      setChoice(isSame ? null : next)
      say('')
    }
  }
  const step = (by: 1 | -1) => {
    if (notes.length === 0) return say('There is no gap.')
    const at = notes.findIndex(({ number }) => number === chosen)
    const from = at < 0 && by < 0 ? 0 : at
    const next = notes[(from + by + notes.length) % notes.length]
    if (next === undefined) return
    chooseGap(next.number)
  }
  const whyNot = whyNoProposal({
    examined,
    isSettled: settled === text,
    isNew: isEdited || shown === 'story',
    mayAdopt,
  })
  const propose = () => (whyNot === null ? proposing.open() : say(whyNot))
  useKeys({ next: () => step(1), previous: () => step(-1), propose, isOff: isProposing })

  const setText = (next: string) => {
    clear()
    drafts.change((kept) => ({ ...kept, [shown]: next }))
  }
  return (
    <div className={styles.bench}>
      <section className={styles.side} aria-label="Text">
        <header className={styles.sideHead}>
          <div>
            <h2>{shown === 'story' ? 'hands-off-the-wheel' : name}</h2>
            <p className="small second">
              {shown === 'story' ? (
                'the story; never in force by itself'
              ) : inForce === undefined ? null : (
                <>
                  in force since <Past at={inForce.adoptedAt} />
                </>
              )}
              {isEdited && ', changed here'}
            </p>
          </div>
          {isEdited && (
            <Button
              size="compact-sm"
              onClick={() => {
                clear()
                drafts.change(({ [shown]: _gone, ...others }) => others)
              }}
            >
              Put it back
            </Button>
          )}
        </header>
        <TextPane
          label="The text of the procedure"
          text={text}
          isReadOnly={!mayAdopt}
          errors={examined.isReadable ? [] : examined.errors}
          notes={notes}
          chosen={chosen}
          onChange={setText}
          onChoose={chooseGap}
          goal={goal}
          field={field}
        />
        <Mistakes errors={examined.isReadable ? [] : examined.errors} onGo={goTo} />
        <footer className={styles.sideFoot}>
          {mayAdopt ? (
            <>
              <Button
                variant={examined.isReadable && examined.check.sound ? 'filled' : 'default'}
                aria-disabled={whyNot !== null || undefined}
                data-disabled={whyNot !== null || undefined}
                aria-describedby="why-not"
                onClick={propose}
              >
                {examined.isReadable && !isSound(examined)
                  ? 'Accept the gaps by name…'
                  : 'Propose…'}
              </Button>
              <KeyHint keys={['Ctrl', 'S']} />
              <span id="why-not" className="small third">
                {whyNot ?? ''}
              </span>
            </>
          ) : (
            <span className="small third">Your role reads procedures and does not adopt them.</span>
          )}
        </footer>
      </section>
      <div className={styles.main}>
        <div className={styles.head}>
          <Verdict examined={examined} />
          <SegmentedControl
            aria-label="Which procedure"
            size="xs"
            value={shown}
            onChange={(next) => {
              clear()
              show(next === 'story' ? 'story' : 'in-force')
            }}
            data={[
              { value: 'story', label: 'hands-off-the-wheel' },
              { value: 'in-force', label: name },
            ]}
          />
        </div>
        <div className={styles.tools}>
          <SegmentedControl
            aria-label="How to show it"
            size="xs"
            value={view}
            onChange={(next) => setView(next === 'text' ? 'text' : 'picture')}
            data={[
              { value: 'picture', label: 'As a picture' },
              { value: 'text', label: 'As text' },
            ]}
          />
          <Button size="compact-sm" aria-pressed={isComparing} onClick={comparing.toggle}>
            {isComparing ? 'Close the comparison' : 'Compare'}
          </Button>
          {notes.length > 0 && (
            <Button size="compact-sm" onClick={() => step(1)}>
              Next gap
            </Button>
          )}
          {notes.length > 0 && <KeyHint keys={['F8']} />}
          {choice !== null && (
            <Button size="compact-sm" variant="subtle" onClick={clear}>
              Show all again
            </Button>
          )}
        </div>
        <p className={styles.said} role="status">
          {said}
        </p>
        <div ref={place}>
          {readable !== null && (
            <div data-stale={!examined.isReadable || undefined} className={styles.proofs}>
              {view === 'picture' ? (
                <Picture
                  examined={readable}
                  label={`The picture of ${readable.procedure.procedure}`}
                  choice={choice}
                  onChoose={choose}
                  available={width}
                />
              ) : (
                <Outline examined={readable} />
              )}
              {isComparing && (
                <Compare
                  others={[
                    ...(shown === 'story' || isEdited
                      ? [{ label: `${name}, in force`, source: version.source }]
                      : []),
                    ...(shown === 'in-force'
                      ? [{ label: 'hands-off-the-wheel', source: story }]
                      : []),
                  ]}
                  versions={procedures.adoptions}
                  width={width}
                />
              )}
              {examined.isReadable ? (
                <>
                  <SlowestWay examined={examined} choice={choice} onChoose={choose} width={width} />
                  <GapList examined={examined} chosen={chosen} onChoose={chooseGap} />
                </>
              ) : (
                <p className="second">This is the picture of the last text that could be read.</p>
              )}
            </div>
          )}
        </div>
        <VersionsTable adoptions={procedures.adoptions} />
      </div>
      {examined.isReadable && (
        <AdoptDialog
          opened={isProposing}
          onClose={proposing.close}
          examined={examined}
          source={text}
          version={version}
          openCases={procedures.adoptions.reduce((sum, { openCases }) => sum + openCases, 0)}
          onAdopted={() => {
            drafts.forget()
            show('in-force')
          }}
        />
      )}
    </div>
  )
}

function Verdict({ examined }: { examined: Examined }) {
  if (!examined.isReadable) {
    const count = examined.errors.length
    return (
      <PageTitle tab="Procedures: cannot be read yet">
        <span className={styles.red}>This cannot be read yet.</span>{' '}
        {count === 1 ? 'One line is' : `${count} lines are`} not as expected.
      </PageTitle>
    )
  }
  const { verdict, check } = examined
  return (
    <PageTitle tab={`Procedures: ${verdict.word}`}>
      <span className={check.sound ? styles.green : styles.red}>{verdict.word}</span>{' '}
      {verdict.sentence}
    </PageTitle>
  )
}

/** Nothing is left that somebody would have to accept. */
function isSound({ check, uncovered }: Readable): boolean {
  return check.sound && uncovered.length === 0
}

function whyNoProposal(at: {
  examined: Examined
  isSettled: boolean
  isNew: boolean
  mayAdopt: boolean
}): string | null {
  if (!at.mayAdopt) return 'Your role does not adopt procedures.'
  if (!at.examined.isReadable) return 'It cannot be read yet.'
  if (!at.isSettled) return 'It is still being checked.'
  return at.isNew ? null : 'This is in force. Change it to propose it.'
}

/** F8 and Ctrl+S work everywhere on the page, also while one types. */
function useKeys(does: {
  next: () => void
  previous: () => void
  propose: () => void
  isOff: boolean
}): void {
  const latest = useRef(does)
  useEffect(() => {
    latest.current = does
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isSave = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's'
      if (event.key !== 'F8' && !isSave) return
      event.preventDefault()
      if (latest.current.isOff) return
      if (isSave) latest.current.propose()
      else if (event.shiftKey) latest.current.previous()
      else latest.current.next()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** The last value that there was. */
function useLast<Value>(value: Value | null): Value | null {
  const [last, setLast] = useState(value)
  if (value !== null && value !== last) setLast(value)
  return value ?? last
}

function placeCaret(field: HTMLTextAreaElement | null, line: number): void {
  if (field === null) return
  const at =
    field.value
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + (line > 1 ? 1 : 0)
  field.setSelectionRange(at, at)
}
