/** The examples that a policy must get right, with what the engine says of each; what fails stands first. */
import { NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { PolicyRecord } from '../../contract/policy.ts'
import { KeyHint } from '../parts/key-hint.tsx'
import { MatchedText } from '../parts/matched-text.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { numberTerms } from '../parts/runs.ts'
import { inHundred } from '../parts/sum.ts'
import { SumOfTerms } from '../parts/sum-of-terms.tsx'
import {
  examplesWords,
  filterExamples,
  nextFailing,
  orderExamples,
  type ExampleFilter,
  type NumberedExample,
} from './example-order.ts'
import styles from './policies.module.css'
import { listingOf, outcomeWords, typedOf, type TypedText } from './try-words.ts'

const SHOWN = 8
const MORE = 50

const filters: { value: ExampleFilter; label: string }[] = [
  { value: 'all', label: 'Every example' },
  { value: 'failing', label: 'What fails' },
  { value: 'allow', label: 'What must pass' },
  { value: 'review', label: 'What a person must see' },
  { value: 'deactivate', label: 'What it must act on' },
]

interface ExampleListProps {
  record: PolicyRecord
  onTry: (typed: TypedText) => void
}

/** Closed to a few lines; F8 opens the next that fails from anywhere on the page. */
export function ExampleList({ record: { policy, examples }, onTry }: ExampleListProps) {
  const ordered = useMemo(() => orderExamples(examples), [examples])
  const [filter, setFilter] = useState<ExampleFilter>('all')
  const [words, setWords] = useState('')
  const [most, setMost] = useState(SHOWN)
  const [open, setOpen] = useState<number | null>(null)
  const [said, say] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const found = filterExamples(ordered, filter, words)
  const shown = found.slice(0, most)
  const failing = ordered.filter(({ passes }) => !passes).length
  const openNext = () => {
    const next = nextFailing(ordered, open)
    if (next === null) return say('No example fails.')
    setFilter('all')
    setWords('')
    setMost((before) => Math.max(before, ordered.indexOf(next) + 1))
    setOpen(next.number)
    say(`Example ${next.number} fails: ${next.example.title}`)
    // Only once it is drawn can it be gone to.
    requestAnimationFrame(() => {
      const button = list.current?.querySelector<HTMLElement>(`[data-number="${next.number}"]`)
      button?.scrollIntoView({ block: 'center' })
      button?.focus({ preventScroll: true })
    })
  }
  useNextKey(openNext)
  return (
    <section aria-labelledby="examples">
      <h2 id="examples">Examples it must get right</h2>
      <p>
        <strong className={failing === 0 ? styles.green : styles.red}>
          {examplesWords(examples)}
        </strong>{' '}
        {failing > 0 && (
          <>
            <button type="button" className="link" onClick={openNext}>
              Open the next that fails
            </button>{' '}
            <KeyHint keys={['F8']} />
          </>
        )}
      </p>
      <p className="small second" role="status">
        {said}
      </p>
      {examples.length > SHOWN && (
        <div className={styles.filters} role="search">
          <TextInput
            aria-label="Words of an example"
            placeholder="Words of an example"
            size="xs"
            value={words}
            maxLength={200}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <NativeSelect
            aria-label="Which examples"
            size="xs"
            value={filter}
            onChange={(event) => {
              const next = filters.find(({ value }) => value === event.currentTarget.value)
              setFilter(next?.value ?? 'all')
            }}
            data={filters}
          />
        </div>
      )}
      <ul className={styles.examples} ref={list}>
        {shown.map((result) => (
          <Example
            key={result.number}
            result={result}
            threshold={policy.thresholds.deactivate}
            isOpen={open === result.number}
            onToggle={() => setOpen(open === result.number ? null : result.number)}
            onTry={onTry}
          />
        ))}
      </ul>
      {found.length === 0 && examples.length > 0 && (
        <p className="second small">No example is like that.</p>
      )}
      {found.length > most && (
        <button
          type="button"
          className={`link small ${styles.more}`}
          onClick={() => setMost(most + MORE)}
        >
          and {(found.length - most).toLocaleString('en')} more
        </button>
      )}
    </section>
  )
}

interface ExampleProps {
  result: NumberedExample
  threshold: number
  isOpen: boolean
  onToggle: () => void
  onTry: (typed: TypedText) => void
}

function Example({ result, threshold, isOpen, onToggle, onTry }: ExampleProps) {
  const { example, number, outcome, score, passes, jurisdiction } = result
  const must = outcomeWords[example.outcome]
  return (
    <li className={styles.example} data-failing={!passes || undefined}>
      <button
        type="button"
        className={styles.exampleHead}
        data-number={number}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <span className={`written ${styles.exampleTitle}`}>{example.title}</span>
        <span className={styles.exampleOutcome}>
          {passes ? <Tag tone={must.tone}>{must.words}</Tag> : <Tag tone="red">fails</Tag>}
        </span>
      </button>
      {!passes && (
        <p className="small">
          It should be “{must.words}”, and is “{outcomeWords[outcome].words}”
          {score === null ? ': nothing in it speaks for the rule' : ` at ${inHundred(score)}`}.
        </p>
      )}
      {example.shouldBe !== undefined && (
        <p className="small second">
          Known to be wrong: right would be “{outcomeWords[example.shouldBe].words}”.
        </p>
      )}
      {isOpen && (
        <OpenExample
          result={result}
          threshold={threshold}
          place={jurisdiction.toUpperCase()}
          onTry={onTry}
        />
      )}
    </li>
  )
}

function OpenExample({
  result: { example, evidence },
  threshold,
  place,
  onTry,
}: {
  result: NumberedExample
  threshold: number
  place: string
  onTry: (typed: TypedText) => void
}) {
  const [lit, setLit] = useState<number | null>(null)
  const text = { ...listingOf(typedOf({ title: '' })), ...ofExample(example) }
  return (
    <div className={styles.openExample}>
      <MatchedText text={text} terms={numberTerms(text, evidence)} lit={lit} onLight={setLit} />
      {evidence.length === 0 ? (
        <p className="small second">Nothing in it speaks for this rule, so there is no sum.</p>
      ) : (
        <SumOfTerms
          text={text}
          evidence={evidence}
          threshold={threshold < 1 ? threshold : null}
          drawnAs="bars"
          lit={lit}
          onLight={setLit}
        />
      )}
      <p className="small third">
        As the rule reads in {place}.{' '}
        <button
          type="button"
          className="link"
          onClick={() => {
            onTry(typedOf(ofExample(example)))
            document.getElementById('try')?.scrollIntoView({ block: 'start' })
          }}
        >
          Try it with other words
        </button>
      </p>
    </div>
  )
}

function ofExample({
  title,
  description,
  bullets,
  brand,
  category,
  attributes,
}: NumberedExample['example']) {
  return {
    title,
    description: description ?? '',
    bullets: bullets ?? [],
    brand: brand ?? '',
    category: category ?? '',
    attributes: attributes ?? {},
  }
}

/** F8 works everywhere on the page, also while one types. */
function useNextKey(openNext: () => void): void {
  const latest = useRef(openNext)
  useEffect(() => {
    latest.current = openNext
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F8') return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
