/** The figures in words: how long, how often, and the point that each plot makes in its title. */
import type { Figures, Wait } from '../../contract/figures.ts'
import type { Period } from '../../core/figures.ts'
import { sayTime } from '../../procedure/words.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export const periodNames = {
  '30d': '30 days',
  '90d': '90 days',
  year: 'Year',
  all: 'All time',
} as const satisfies Record<Period, string>

/** "1,240". */
export function figure(amount: number): string {
  return amount.toLocaleString('en')
}

/** A wait as a figure that stands alone: "at once", "12 min", "5 h", "1.1 d". */
export function waitFigure(ms: number): string {
  if (ms < minute) return 'at once'
  if (ms < hour) return `${Math.round(ms / minute)} min`
  if (ms < 2 * day) return `${rounded(ms / hour)} h`
  return `${rounded(ms / day)} d`
}

/** The same in a sentence: "at once", "within 5 hours", "within 1.1 days". */
export function withinWords(ms: number): string {
  if (ms < minute) return 'at once'
  const [amount, unit] =
    ms < hour
      ? [Math.round(ms / minute), 'minute']
      : ms < 2 * day
        ? [rounded(ms / hour), 'hour']
        : [rounded(ms / day), 'day']
  return `within ${amount} ${unit}${Number(amount) === 1 ? '' : 's'}`
}

/** One decimal while it says something. */
function rounded(amount: number): string {
  return amount < 10 ? String(Math.round(amount * 10) / 10) : figure(Math.round(amount))
}

/** "61 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** Of 100, with one decimal below ten: "7.4", "31"; never rounded to none or all. */
export function ofHundred(share: number): string {
  const hundred = share * 100
  if (hundred > 0 && hundred < 0.05) return 'under 0.1'
  if (hundred < 100 && hundred > 99.5) return 'over 99'
  return hundred < 10 ? String(Math.round(hundred * 10) / 10) : String(Math.round(hundred))
}

/** "28 August to 26 November 2026"; "Since the beginning" for all time. */
export function periodWords({ from, until }: Pick<Figures, 'from' | 'until'>): string {
  const last = dateWords(until, { withYear: true })
  if (from === null) return `From the beginning to ${last}`
  const isSameYear = from.slice(0, 4) === until.slice(0, 4)
  return `${dateWords(from, { withYear: !isSameYear })} to ${last}`
}

function dateWords(at: string, { withYear }: { withYear: boolean }): string {
  return new Date(at).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    ...(withYear ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  })
}

/** What is seen of the answers: whether the promise was kept. */
export function answersTitle({ ended, beyond, promiseMs }: Wait): string {
  const promised = sayTime(promiseMs ?? 0)
  if (beyond === 0) return `Nobody waited longer than the ${promised} promised`
  return `${figure(beyond)} of ${figure(ended)} waited longer than promised`
}

/** What is seen of the three waits beside each other. */
export function waitsTitle({ takenUp, answer }: Figures['waits']): string {
  if (takenUp.medianMs === null || answer.medianMs === null) return ''
  const looked = `Half were taken up by a person ${withinWords(takenUp.medianMs)}`
  return `${looked} and answered ${withinWords(answer.medianMs)}`
}

/** "half at once, 95 in 100 within 20 hours, the longest 2.5 d". */
export function spreadWords({ medianMs, p95Ms, worstMs }: Wait): string {
  if (medianMs === null || p95Ms === null || worstMs === null) return ''
  return `half ${withinWords(medianMs)}, 95 in 100 ${withinWords(p95Ms)}, the longest ${waitFigure(worstMs)}`
}

/** What is seen of the measures that were overturned. */
export function overturnedTitle({
  measures: { taken, overturned },
}: Pick<Figures, 'measures'>): string {
  if (overturned.share === null) return ''
  if (overturned.count === 0) return `None of ${figure(taken)} measures was overturned until now`
  return `Of 100 measures, ${ofHundred(overturned.share)} were overturned`
}

/** What is seen of measures and what was given back of them. */
export function takenTitle({ measures: { taken, overturned } }: Pick<Figures, 'measures'>): string {
  return `${figure(taken)} ${taken === 1 ? 'measure was' : 'measures were'} taken, and ${figure(overturned.count)} taken back since`
}

/** What is seen of the appeals. */
export function outcomesTitle({ filed, lifted, narrowed, stands }: Figures['appeals']): string {
  const decided = lifted + narrowed + stands
  if (decided === 0)
    return `${figure(filed)} ${filed === 1 ? 'appeal was' : 'appeals were'} filed, and none is decided yet`
  if (decided === 1)
    return lifted + narrowed === 1
      ? 'The one appeal decided ended in the seller’s favour'
      : 'The one appeal decided did not end in the seller’s favour'
  return `Of ${figure(decided)} appeals decided, ${figure(lifted + narrowed)} ended in the seller’s favour`
}

export interface Span {
  start: string
  taken: number
  /** Null where so few were taken that it is not told. */
  overturned: number | null
}

/** Every week or month from the first in which a measure was taken, those without one too. */
export function spansOf({
  measures: { spans, spanUnit },
  until,
}: Pick<Figures, 'measures' | 'until'>): Span[] {
  const [first] = spans
  if (!first) return []
  const known = new Map(spans.map((span) => [span.start, span]))
  const all: Span[] = []
  for (let start = first.start; start <= until; start = nextSpan(start, spanUnit))
    all.push(known.get(start) ?? { start, taken: 0, overturned: 0 })
  return all
}

function nextSpan(start: string, unit: 'week' | 'month'): string {
  const at = new Date(`${start}T00:00:00Z`)
  if (unit === 'week') at.setUTCDate(at.getUTCDate() + 7)
  else at.setUTCMonth(at.getUTCMonth() + 1)
  return at.toISOString().slice(0, 10)
}

/** "17 Aug" for a week, "Aug 2026" for a month. */
export function spanWords(start: string, unit: 'week' | 'month'): string {
  return new Date(start).toLocaleDateString('en-GB', {
    month: 'short',
    ...(unit === 'week' ? { day: 'numeric' } : { year: 'numeric' }),
    timeZone: 'UTC',
  })
}
