/** How somebody complains, by the four factors of DSA Art. 23, and what a person may do about it: seen before it is done. */
import { Button, NumberInput, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Fragment, useState, type ReactNode } from 'react'
import type { ComplaintForDesk } from '../../contract/complaint.ts'
import type { CaseForDesk } from '../../contract/desk.ts'
import type { MisuseFactor } from '../../core/misuse.ts'
import { api } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Moment, Past } from '../parts/time.tsx'
import { count } from '../parts/time-words.ts'
import caseStyles from './case.module.css'
import { DeskKey } from './desk-key.tsx'
import { useReplaced } from './use-desk.ts'

type Misuse = ComplaintForDesk['misuse']
type Measure = Misuse['measures'][number]
type Doing = { act: 'warning' | 'set-aside' } | { lift: Measure }

const factorWords = {
  number: 'How many',
  share: 'Of how many',
  gravity: 'What they caused',
  intention: 'Intention',
} as const satisfies Record<MisuseFactor['factor'], string>

/** It stands with the reporter, whom no seller learns of. */
export function MisusePart({
  matter,
  complaint,
}: {
  matter: CaseForDesk
  complaint: ComplaintForDesk
}) {
  const [doing, go] = useState<Doing | null>(null)
  const { misuse, isUnfounded, setAsideUntil } = complaint
  const { factors, warning, setAside, measures, may, whyNotHere } = misuse
  // Of somebody who never complained of what is manifestly not so there is nothing to weigh.
  const isClean = factors.every(({ factor, value }) => factor !== 'number' || value === 0)
  if (isClean && measures.length === 0 && setAsideUntil === null) return null
  return (
    <section className={caseStyles.part} aria-labelledby="misuse">
      <div className={caseStyles.partHead}>
        <h2 id="misuse">
          How they complain <span>Never for the seller to know</span>
        </h2>
      </div>
      {setAsideUntil !== null && (
        <p>
          It was set aside as it came, until <Moment at={setAsideUntil} />. Until a person finds it
          to be so it weighs on nobody.
        </p>
      )}
      {isUnfounded && <p>This one was found to be manifestly unfounded.</p>}
      <dl className={caseStyles.log} style={{ marginTop: 8 }}>
        {factors.map(({ factor, words }) => (
          <Fragment key={factor}>
            <dt>{factorWords[factor]}</dt>
            <dd>{words}</dd>
          </Fragment>
        ))}
      </dl>
      {measures.length > 0 && (
        <ul className={caseStyles.beside} aria-label="What was decided about them">
          {measures.map((measure) => (
            <Decided key={measure.id} measure={measure}>
              {measure.isHere && measure.lifted === null && may !== null && (
                <Button size="xs" onClick={() => go({ lift: measure })}>
                  Lift it
                </Button>
              )}
            </Decided>
          ))}
        </ul>
      )}
      {may === 'act' && (
        <>
          <div className="buttons" style={{ marginTop: 12 }}>
            {warning.may && <Button onClick={() => go({ act: 'warning' })}>Warn them</Button>}
            {setAside.may && (
              <Button onClick={() => go({ act: 'set-aside' })}>Set aside for a time</Button>
            )}
          </div>
          {!warning.may && !setAside.may && (
            <p className="third" style={{ marginTop: 8 }}>
              {measures.length === 0 ? warning.why : setAside.why}
            </p>
          )}
        </>
      )}
      {may === 'lift' && whyNotHere !== null && (
        <p className="third" style={{ marginTop: 8 }}>
          {whyNotHere}
        </p>
      )}
      <Dialog
        opened={doing !== null}
        onClose={() => go(null)}
        title={titleOf(doing)}
        closeLabel="Leave it as it is"
        size="lg"
      >
        {doing !== null && (
          <Doing caseId={matter.id} misuse={misuse} doing={doing} onDone={() => go(null)} />
        )}
      </Dialog>
    </section>
  )
}

function Decided({ measure, children }: { measure: Measure; children: ReactNode }) {
  const { kind, at, by, until, number, reasons, lifted } = measure
  return (
    <li>
      <p>
        <strong>{kind === 'warning' ? 'Warned' : 'Set aside'}</strong> by {by}, <Past at={at} />
        {until !== null && (
          <>
            , until <Moment at={until} />
          </>
        )}
        , at {number}
      </p>
      <p className="second written">{reasons}</p>
      {lifted !== null && (
        <p className="third">
          Lifted by {lifted.by}, <Past at={lifted.at} />: “{lifted.reasons}”
        </p>
      )}
      {children}
    </li>
  )
}

function titleOf(doing: Doing | null): string {
  if (doing === null) return ''
  if ('lift' in doing)
    return doing.lift.kind === 'warning' ? 'Take the warning back' : 'Set aside no more'
  return doing.act === 'warning' ? 'Warn whoever complained' : 'Set their complaints aside'
}

/** What follows, in sentences. */
function followsOf(doing: Doing, days: number): string[] {
  if ('lift' in doing)
    return [
      'They are told at once, in the words you write here.',
      ...(doing.lift.kind === 'warning'
        ? ['It counts as if it had never been given.']
        : ['What they sent meanwhile is read now, and counts as any other complaint.']),
    ]
  if (doing.act === 'warning')
    return [
      'They are told at once, with your reasons, and on the page of this complaint.',
      'Nothing else changes: what they send is read and counts as before.',
      'They can have another person look again. Unless that person finds this complaint manifestly unfounded, too, the warning is lifted.',
    ]
  return [
    `For ${count(days, 'day')} what they send is kept and numbered, and read when that is over. They are told so each time.`,
    'Nothing is held on it by a machine, and it weighs on no seller until a person finds it to be so.',
    'What they say is unsafe still goes to a person within hours.',
    'They can have another person look again. Unless that person finds this complaint manifestly unfounded, too, it is lifted at once.',
  ]
}

function Doing({
  caseId,
  misuse,
  doing,
  onDone,
}: {
  caseId: string
  misuse: Misuse
  doing: Doing
  onDone: () => void
}) {
  const { longestDays } = misuse.setAside
  const [reasons, write] = useState('')
  const [days, last] = useState(longestDays)
  const [wasTried, tryIt] = useState(false)
  const onSuccess = useReplaced()
  const send = useMutation({
    mutationFn: () =>
      'lift' in doing
        ? api.desk.liftFromReporter({ caseId, measureId: doing.lift.id, reasons })
        : api.desk.actOnReporter({
            ...{ caseId, reasons, act: doing.act },
            days: doing.act === 'warning' ? null : days,
          }),
    onSuccess: async (changed) => {
      await onSuccess(changed)
      onDone()
    },
  })
  const isSetAside = 'act' in doing && doing.act === 'set-aside'
  const submit = () => {
    tryIt(true)
    if (reasons.trim() !== '' && !send.isPending) send.mutate()
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        event.stopPropagation()
        submit()
      }}
    >
      {'act' in doing && (
        <ul className="points">
          {misuse.factors.map(({ factor, words }) => (
            <li key={factor}>{words}</li>
          ))}
        </ul>
      )}
      <h3 style={{ marginTop: 16 }}>What follows</h3>
      <ul className="points">
        {followsOf(doing, days).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {isSetAside && (
        <NumberInput
          label="For how many days"
          description={`At most ${longestDays}. It gets longer only by repetition.`}
          min={1}
          max={longestDays}
          allowDecimal={false}
          value={days}
          onChange={(value) => last(Math.min(longestDays, Math.max(1, Number(value) || 1)))}
          style={{ marginTop: 12 }}
        />
      )}
      <Textarea
        label="Why, in words for whoever complained"
        description="They read this, and nothing of the seller may stand in it."
        value={reasons}
        error={
          wasTried && reasons.trim() === ''
            ? 'They need your reasons, in a sentence or two.'
            : undefined
        }
        onChange={(event) => write(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={4_000}
        data-autofocus
        style={{ marginTop: 12 }}
      />
      {send.error && <ProblemNote error={send.error} safe="Your words are kept here." />}
      <div className="buttons" style={{ marginTop: 12 }}>
        <Button type="submit" variant="filled" loading={send.isPending}>
          {'lift' in doing
            ? 'Lift it'
            : isSetAside
              ? `Set aside for ${count(days, 'day')}`
              : 'Warn them'}
          <span style={{ marginLeft: 8 }}>
            <DeskKey keys={['Ctrl', 'Enter']} />
          </span>
        </Button>
      </div>
    </form>
  )
}

/** To the complaints at which members of a confirmed ring can be warned. */
export function WarnMembers({ cases }: { cases: readonly { caseId: string; number: string }[] }) {
  if (cases.length === 0) return null
  return (
    <p className="second" style={{ marginTop: 12 }}>
      Whoever is of it can be warned at their complaint:{' '}
      {cases.map(({ caseId, number }, place) => (
        <span key={caseId}>
          {place > 0 && ', '}
          <TextLink to="/desk/cases/$caseId" params={{ caseId }} search={{}} hash="misuse">
            {number}
          </TextLink>
        </span>
      ))}
      .
    </p>
  )
}
