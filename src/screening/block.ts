/** A screened block is a block of listing lines turned into the lines that answer them, one for one and in order. */
import type { Finding, Outcome, Verdict } from '../core/finding.ts'
import type { FieldKind } from '../core/policy.ts'
import type { CompiledPolicies } from './compile.ts'
import { explainVerdict } from './explain.ts'
import type { Explanation } from './explain.ts'
import { kindsOf } from './field-kinds.ts'
import { joinBytes, linesIn, MAX_LINE_BYTES, NEWLINE, withoutMark } from './lines.ts'
import type { Block, Line } from './lines.ts'
import type { LineError } from '../core/json-line.ts'
import { readListingLine } from './listing-line.ts'
import { INPUT_BYTES } from './scan/scanner.ts'
import type { Scanner } from './scan/scanner.ts'
import { screen } from './screen.ts'

export interface ScreenedBlock {
  /** NDJSON in UTF-8; every line ends in a newline. The bytes stand alone in their buffer, which may be given away. */
  output: Uint8Array<ArrayBuffer>
  outcomes: Record<Outcome, number>
  /** How often each policy came to a finding; a policy that never did is not named. */
  byPolicy: Record<string, FindingCounts>
  /** How many lines could not be read. */
  unread: number
}

export type FindingCounts = Record<Finding['outcome'], number>

interface BlockScreening {
  explanation: Explanation
  /** The fast pass; where there is none every line is read by the exact engine. */
  scanner?: Scanner | null
  /** UTF-8 to text, or null where the bytes are not UTF-8. */
  decode: (bytes: Uint8Array) => string | null
  /** Text to UTF-8, in a buffer of its own. */
  encode: (text: string) => Uint8Array<ArrayBuffer>
}

/** Screens every line of a block; a line that cannot be read is answered with its error in its place. */
export function screenBlock(
  compiled: CompiledPolicies,
  block: Block,
  { explanation, scanner = null, decode, encode }: BlockScreening,
): ScreenedBlock {
  const tally = openTally()
  const answerExactly = ({ line, bytes }: Line, kinds?: ReadonlySet<FieldKind>): string => {
    const read = readLine(bytes, decode)
    if (!read.ok) {
      tally.unread++
      return `${JSON.stringify({ line, error: read.error })}\n`
    }
    const verdict = explainVerdict(
      screen(compiled, read.listing, kinds === undefined ? {} : { kinds }),
      explanation,
    )
    tally.add(verdict)
    return `${JSON.stringify(verdict)}\n`
  }
  const exactly = (lines: Block) =>
    encode([...linesIn(lines)].map((line) => answerExactly(line)).join(''))
  if (scanner === null || block.isTooLong) return { output: exactly(block), ...tally.counts() }
  const parts: Uint8Array[] = []
  for (let rest = block; rest.bytes.length > 0;) {
    const slice = { ...rest, bytes: rest.bytes.subarray(0, sliceEnd(rest.bytes)) }
    let nextLine = slice.firstLine + 1
    if (slice.bytes.length > INPUT_BYTES) parts.push(exactly(slice))
    else {
      const bytes = withoutMark(slice)
      const scanned = scanner.scan(bytes, slice.firstLine)
      nextLine = scanned.nextLine
      tally.outcomes.allow += scanned.allowed
      // The scanner's answers are good until it scans again.
      const { candidates, answers } = scanned
      let told = 0
      for (const { start, end, line, kinds, answerAt } of candidates) {
        if (answerAt > told) parts.push(answers.slice(told, answerAt))
        told = answerAt
        const candidate = { line, bytes: bytes.subarray(start, end) }
        parts.push(encode(answerExactly(candidate, kindsOf(kinds))))
      }
      if (answers.length > told) parts.push(answers.slice(told))
    }
    rest = { ...rest, bytes: rest.bytes.subarray(slice.bytes.length), firstLine: nextLine }
  }
  return { output: joinBytes(parts), ...tally.counts() }
}

/** Where whole lines end that can be scanned at once; a line that is longer than that is taken alone. */
function sliceEnd(bytes: Uint8Array): number {
  if (bytes.length <= INPUT_BYTES) return bytes.length
  const last = bytes.lastIndexOf(NEWLINE, INPUT_BYTES - 1)
  const end = last < 0 ? bytes.indexOf(NEWLINE) : last
  return end < 0 ? bytes.length : end + 1
}

function openTally() {
  const byPolicy = new Map<string, FindingCounts>()
  return {
    outcomes: { allow: 0, review: 0, deactivate: 0 },
    unread: 0,
    add({ outcome, findings }: Verdict): void {
      this.outcomes[outcome]++
      for (const finding of findings) {
        const counts = byPolicy.get(finding.policy) ?? { review: 0, deactivate: 0 }
        counts[finding.outcome]++
        byPolicy.set(finding.policy, counts)
      }
    },
    counts(): Omit<ScreenedBlock, 'output'> {
      return {
        outcomes: this.outcomes,
        byPolicy: Object.fromEntries(byPolicy),
        unread: this.unread,
      }
    },
  }
}

function readLine(
  bytes: Uint8Array | null,
  decode: BlockScreening['decode'],
): ReturnType<typeof readListingLine> {
  if (bytes === null) {
    return refuse({
      type: 'too_large',
      detail: `The line is longer than ${MAX_LINE_BYTES / 1024 / 1024} MiB.`,
    })
  }
  const text = decode(bytes)
  if (text === null) return refuse({ type: 'invalid_utf8', detail: 'The line is not UTF-8 text.' })
  return readListingLine(text)
}

function refuse(error: LineError): { ok: false; error: LineError } {
  return { ok: false, error }
}
