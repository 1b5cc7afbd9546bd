/** Results are all figures of one run, as they are kept in a file, and what is claimed of them. */
import { claims, FLAT, HTTP, STORY_RATE } from './contests.ts'
import type { Claim } from './contests.ts'
import type { Row } from './contest.ts'
import type { Shares } from './corpus.ts'
import { rateOf, ratioOf } from './figures.ts'
import type { Rate, Ratio } from './figures.ts'
import type { HttpRates } from './http.ts'
import type { Peak } from './memory.ts'

export interface CorpusNote {
  name: string
  lines: number
  bytesPerLine: number
  shares: Pick<Shares, 'escapes' | 'accents'>
  /** Lines that were made to be candidates; null where nobody made them. */
  plantedCandidates: number | null
  /** Candidates counted by words, in the first so many lines. */
  candidates: { share: number; lines: number }
}

export interface Results {
  startedAt: string
  machine: string
  isQuick: boolean
  corpora: CorpusNote[]
  contests: { name: string; rows: Row[] }[]
  http: HttpRates
  peaks: [Peak, Peak]
}

export interface Verdict {
  says: string
  /** Null where this run did not measure it. */
  found: number | null
  atLeast: number | null
  atMost: number | null
  isMet: boolean | null
  /** Told beside it. */
  note: string
}

/** Everything that is claimed, with what this run found. A ratio counts by the lower of clock and CPU. */
export function judge({ contests, http, peaks }: Results): Verdict[] {
  const rows = new Map(
    contests.flatMap((contest) => contest.rows).map((row) => [row.contestant.key, row]),
  )
  const [short, long] = peaks
  const times = long.peakBytes / short.peakBytes
  return [
    ...claims.map((claim) => judgeClaim(claim, rows)),
    {
      says: 'NDJSON over HTTP ÷ in process, two workers, 60 rules',
      found: http.ratio,
      atLeast: HTTP,
      atMost: null,
      isMet: http.ratio >= HTTP,
      note: `${megabytes(http.overHttp)} of ${megabytes(http.inProcess)} MB/s, by the clock`,
    },
    {
      says: `peak memory of a file ${long.lines / short.lines} times as long ÷ of the short one`,
      found: times,
      atLeast: null,
      atMost: FLAT,
      isMet: times <= FLAT,
      note: `${megabytes(short.peakBytes)} → ${megabytes(long.peakBytes)} MB`,
    },
    judgeStory(rows.get('pool 60 ×2')),
  ]
}

function judgeClaim(claim: Claim, rows: ReadonlyMap<string, Row>): Verdict {
  const { says, atLeast } = claim
  const over = rows.get(claim.over)
  const ratios = claim.under.flatMap((key) => {
    const under = rows.get(key)
    const ratio = over && under ? ratioOf(over, under) : null
    return ratio && under ? [{ ratio, label: under.contestant.label }] : []
  })
  const hardest = ratios.reduce<(typeof ratios)[number] | null>(
    (least, next) => (least === null || lower(next.ratio) < lower(least.ratio) ? next : least),
    null,
  )
  if (hardest === null)
    return { says, found: null, atLeast, atMost: null, isMet: null, note: 'not measured here' }
  const found = lower(hardest.ratio)
  const { cpu, wall } = hardest.ratio
  const against = claim.under.length > 1 ? `${hardest.label}; ` : ''
  return {
    says,
    found,
    atLeast,
    atMost: null,
    isMet: found >= atLeast,
    note: `${against}by CPU ${cpu.toPrecision(3)}, by the clock ${wall.toPrecision(3)}`,
  }
}

function judgeStory(row: Row | undefined): Verdict {
  const rate: Rate | null = row ? rateOf(row) : null
  return {
    says: 'listings a second, two workers, 60 rules',
    found: rate?.perSecond ?? null,
    atLeast: STORY_RATE,
    atMost: null,
    isMet: rate ? rate.perSecond >= STORY_RATE : null,
    note: 'by the clock; what the marketplace of the story scans',
  }
}

function lower({ cpu, wall }: Ratio): number {
  return Math.min(cpu, wall)
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
