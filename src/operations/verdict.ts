/** Verdicts on many written versions at once: through the door of the engine, in slices between which others have their turn. */
import { setImmediate as othersFirst } from 'node:timers/promises'
import { worstOutcome, Verdict, type Finding, type Outcome } from '../core/finding.ts'
import { decodeUtf8, encodeUtf8 } from '../screening/utf8.ts'
import { screen } from '../screening/screen.ts'
import { readWritten, type WrittenVersion } from '../store/listing.ts'
import type { Screener } from './rules.ts'

/** A slice of this size is screened in a few milliseconds. */
const sliceBytes = 32 * 1024

/** What was found, by version; of what is not in it nothing was. */
export type Found<Version extends WrittenVersion> = Map<Version, Finding[]>

/** What the policies find in these versions. */
export async function findIn<Version extends WrittenVersion>(
  screener: Screener,
  versions: readonly Version[],
): Promise<Found<Version>> {
  const found: Found<Version> = new Map()
  const slices = slicesOf(versions)
  const { width } = screener.pool
  for (let at = 0; at < slices.length; at += width) {
    const together = slices.slice(at, at + width)
    const screened = await Promise.all(together.map((slice) => findInSlice(screener, slice)))
    for (const [version, findings] of screened.flat()) found.set(version, findings)
    await othersFirst()
  }
  return found
}

/** How many versions came to each outcome. */
export function outcomesOf(screened: number, found: Iterable<Finding[]>): Record<Outcome, number> {
  const counts = { allow: screened, review: 0, deactivate: 0 }
  for (const findings of found) {
    counts.allow -= 1
    counts[worstOutcome(findings.map(({ outcome }) => outcome))] += 1
  }
  return counts
}

async function findInSlice<Version extends WrittenVersion>(
  screener: Screener,
  slice: readonly Version[],
): Promise<[Version, Finding[]][]> {
  const lines = slice.map(({ written }) => `{"id":"-",${written.slice(1)}\n`)
  const bytes = encodeUtf8(lines.join(''))
  const { output } = await screener.pool.screenBlock({ bytes, firstLine: 1, isTooLong: false })
  const answers = (decodeUtf8(output) ?? '').split('\n')
  return slice.flatMap((version, place): [Version, Finding[]][] => {
    const answer = answers[place] ?? ''
    if (answer.endsWith('"findings":[]}')) return []
    const findings = readAnswer(answer) ?? screenAlone(screener, version)
    return findings.length === 0 ? [] : [[version, findings]]
  })
}

/** Null for a line that the engine's door refused: what was taken in once is screened all the same. */
function readAnswer(answer: string): Finding[] | null {
  const verdict = Verdict.safeParse(JSON.parse(answer))
  return verdict.success ? verdict.data.findings : null
}

function screenAlone(screener: Screener, version: WrittenVersion): Finding[] {
  const { listingId, text } = readWritten(version)
  return screen(screener.compiled, { id: listingId, text }).findings
}

function slicesOf<Version extends WrittenVersion>(versions: readonly Version[]): Version[][] {
  const slices: Version[][] = []
  let size = Infinity
  for (const version of versions) {
    if (size >= sliceBytes) {
      slices.push([])
      size = 0
    }
    slices.at(-1)?.push(version)
    size += version.written.length
  }
  return slices
}
