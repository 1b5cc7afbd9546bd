/** Matched text is a listing's words as they were judged, with what a rule matched marked and numbered. */
import { Fragment } from 'react'
import { fieldsOf, type ListingText } from '../../core/listing.ts'
import classes from './matched-text.module.css'
import { fieldLabel, runsOf, type Run, type Term } from './runs.ts'
import { signed } from './sum.ts'

interface MatchedTextProps {
  text: ListingText
  /** From `numberTerms`; empty shows the plain text. */
  terms: readonly Term[]
  /** The term that is looked at in the sum, by its index; its words are lit. */
  lit?: number | null
  onLight?: (index: number | null) => void
  /** Fields run on as one paragraph, without their names; for the desk. */
  isDense?: boolean
}

/** The listing field by field, marks with numbers that repeat in the sum. */
export function MatchedText({
  text,
  terms,
  lit = null,
  onLight,
  isDense = false,
}: MatchedTextProps) {
  return (
    <dl className={classes['fields']} data-dense={isDense || undefined}>
      {fieldsOf(text).map((field) => (
        <div key={field} className={classes['field']} data-field={field}>
          <dt>{fieldLabel(field)}</dt>
          <dd className="written">
            {runsOf(text, field, terms).map((run, place, runs) => (
              <MarkedRun
                key={place}
                run={run}
                isJoined={{ before: isMarked(runs[place - 1]), after: isMarked(runs[place + 1]) }}
                lit={lit}
                {...(onLight && { onLight })}
              />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function isMarked(run: Run | undefined): boolean {
  return run !== undefined && run.terms.length > 0
}

interface MarkedRunProps {
  run: Run
  /** Whether the pieces beside it are marked as well: then the colour goes on without a gap. */
  isJoined: { before: boolean; after: boolean }
  lit: number | null
  onLight?: (index: number | null) => void
}

function MarkedRun({ run, isJoined, lit, onLight }: MarkedRunProps) {
  const strongest = run.terms[0]
  if (strongest === undefined) return <>{run.text}</>
  return (
    <>
      <mark
        className={classes['mark']}
        data-against={strongest.evidence.weight < 0 || undefined}
        data-opens={!isJoined.before || undefined}
        data-closes={!isJoined.after || undefined}
        data-lit={run.terms.some(({ index }) => index === lit) || undefined}
        onMouseEnter={() => onLight?.(strongest.index)}
        onMouseLeave={() => onLight?.(null)}
      >
        {run.text}
      </mark>
      {run.ending.map((term) => (
        <Fragment key={term.index}>
          <sup className={classes['number']} aria-hidden="true">
            {term.number}
          </sup>
          <span className="heard-only">{` (matched, ${heard(term.evidence.weight)}) `}</span>
        </Fragment>
      ))}
    </>
  )
}

function heard(weight: number): string {
  if (weight === 0) return 'counted before'
  return signed(weight).replace('+', 'plus ').replace('−', 'minus ')
}

/** What the colours mean, in one line under the text. */
export function MarksKey({ hasAgainst }: { hasAgainst: boolean }) {
  return (
    <p className="label" style={{ marginTop: 8 }}>
      <span className={classes['mark']}>yellow</span> spoke for the rule
      {hasAgainst && (
        <>
          ,{' '}
          <span className={classes['mark']} data-against="true">
            underlined
          </span>{' '}
          spoke against it
        </>
      )}
      . The numbers repeat in the sum.
    </p>
  )
}
