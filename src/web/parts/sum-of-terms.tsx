/** The sum shows a finding term by term: number, words, bar and signed value, then what they make together. */
import type { Evidence } from '../../core/finding.ts'
import type { ListingText } from '../../core/listing.ts'
import { addUp, inHundred, logOddsOf, signed, type Sum, type SumRow } from './sum.ts'
import classes from './sum-of-terms.module.css'

interface SumOfTermsProps {
  text: ListingText
  evidence: readonly Evidence[]
  /** From this score on the policy may act by itself; null draws no line. */
  threshold: number | null
  /** Steps lead from term to term (seller); bars all start at zero (desk). */
  drawnAs?: 'steps' | 'bars'
  lit?: number | null
  onLight?: (index: number | null) => void
}

/** A table, so that it reads without the picture. */
export function SumOfTerms({
  text,
  evidence,
  threshold,
  drawnAs = 'steps',
  lit = null,
  onLight,
}: SumOfTermsProps) {
  const sum = addUp(text, evidence)
  const scale = scaleOf(sum, threshold, drawnAs)
  const line = threshold === null ? null : logOddsOf(threshold)
  return (
    <table className={classes['sum']} data-drawn={drawnAs}>
      <caption className="heard-only">
        {`The terms add up to ${inHundred(sum.score)}`}
        {threshold !== null && `; from ${inHundred(threshold)} the rule may act by itself`}
      </caption>
      <thead className="heard-only">
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Words</th>
          <th scope="col">Picture</th>
          <th scope="col">Counts</th>
        </tr>
      </thead>
      <tbody>
        {sum.rows.map((row) => (
          <Row
            key={row.terms[0]?.index}
            row={row}
            isLit={row.terms.some(({ index }) => index === lit)}
            scale={scale}
            line={line}
            drawnAs={drawnAs}
            {...(onLight && { onLight })}
          />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td />
          <th scope="row">Sum</th>
          <td className={classes['picture']}>
            <Bar from={0} to={sum.total} tone="sum" scale={scale} />
            <Line
              at={0}
              scale={scale}
              words="50"
              side={line !== null && line < 0 ? 'right' : 'left'}
            />
            {line !== null && threshold !== null && (
              <Line
                at={line}
                scale={scale}
                words={`${Math.round(threshold * 100)}: acts alone`}
                side={line < 0 ? 'left' : 'right'}
                isThreshold
              />
            )}
          </td>
          <td className={classes['value']}>
            <strong>{signed(sum.total)}</strong>
            <span>{inHundred(sum.score)}</span>
          </td>
        </tr>
        {sum.repeated.length > 0 && (
          <tr className={classes['repeated']}>
            <td />
            <td colSpan={3}>
              Matched as well, without counting again:{' '}
              {sum.repeated
                .map(({ number, evidence: { text } }) => `“${text}” (${number})`)
                .join(', ')}
              .
            </td>
          </tr>
        )}
      </tfoot>
    </table>
  )
}

interface Scale {
  low: number
  high: number
}

/** Wide enough for every step, zero and the threshold, with air at the sides. */
function scaleOf(sum: Sum, threshold: number | null, drawnAs: 'steps' | 'bars'): Scale {
  const points = sum.rows.flatMap(({ from, to, weight }) =>
    drawnAs === 'steps' ? [from, to] : [weight],
  )
  if (threshold !== null && drawnAs === 'steps') points.push(logOddsOf(threshold))
  const low = Math.min(0, sum.total, ...points)
  const high = Math.max(0, sum.total, ...points)
  const air = Math.max(0.25, (high - low) * 0.06)
  return { low: low - air, high: high + air }
}

function place(at: number, { low, high }: Scale): number {
  return ((at - low) / (high - low)) * 100
}

interface RowProps {
  row: SumRow
  isLit: boolean
  scale: Scale
  line: number | null
  drawnAs: 'steps' | 'bars'
  onLight?: (index: number | null) => void
}

function Row({ row, isLit, scale, line, drawnAs, onLight }: RowProps) {
  const term = row.terms.length === 1 ? row.terms[0] : undefined
  const from = drawnAs === 'steps' ? row.from : 0
  return (
    <tr
      data-lit={isLit || undefined}
      onMouseEnter={() => onLight?.(term?.index ?? null)}
      onMouseLeave={() => onLight?.(null)}
    >
      <td className={classes['number']}>{term?.number}</td>
      <th scope="row">
        {term?.number == null || onLight === undefined ? (
          row.label
        ) : (
          <button
            type="button"
            className={classes['term']}
            onFocus={() => onLight(term.index)}
            onBlur={() => onLight(null)}
          >
            {row.label}
          </button>
        )}
      </th>
      <td className={classes['picture']} aria-hidden="true">
        <Line at={0} scale={scale} />
        {line !== null && drawnAs === 'steps' && <Line at={line} scale={scale} isThreshold />}
        <Bar
          from={from}
          to={from + row.weight}
          tone={row.weight < 0 ? 'against' : 'for'}
          scale={scale}
        />
      </td>
      <td className={classes['value']}>{signed(row.weight)}</td>
    </tr>
  )
}

function Bar({
  from,
  to,
  tone,
  scale,
}: {
  from: number
  to: number
  tone: 'for' | 'against' | 'sum'
  scale: Scale
}) {
  const left = place(Math.min(from, to), scale)
  const right = place(Math.max(from, to), scale)
  return (
    <span
      className={classes['bar']}
      data-tone={tone}
      style={{ left: `${left}%`, width: `${right - left}%` }}
    />
  )
}

function Line({
  at,
  scale,
  words,
  side = 'right',
  isThreshold = false,
}: {
  at: number
  scale: Scale
  words?: string
  /** On which side of the line its words stand, so that two lines close together stay readable. */
  side?: 'left' | 'right'
  isThreshold?: boolean
}) {
  return (
    <span
      className={classes['line']}
      data-threshold={isThreshold || undefined}
      style={{ left: `${place(at, scale)}%` }}
    >
      {words !== undefined && <em data-side={side}>{words}</em>}
    </span>
  )
}
