/** A screened block is a block of listing lines turned into the lines that answer them, one for one and in order. */
import type { Finding, Outcome } from '../core/finding.ts'
import type { CompiledPolicies } from './compile.ts'
import { explainVerdict } from './explain.ts'
import type { Explanation } from './explain.ts'
import { linesIn, MAX_LINE_BYTES } from './lines.ts'
import type { Block } from './lines.ts'
import { readListingLine } from './listing-line.ts'
import type { LineError } from './listing-line.ts'
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
  /** UTF-8 to text, or null where the bytes are not UTF-8. */
  decode: (bytes: Uint8Array) => string | null
  /** Text to UTF-8, in a buffer of its own. */
  encode: (text: string) => Uint8Array<ArrayBuffer>
}

/** Screens every line of a block; a line that cannot be read is answered with its error in its place. */
export function screenBlock(
  compiled: CompiledPolicies,
  block: Block,
  { explanation, decode, encode }: BlockScreening,
): ScreenedBlock {
  const outcomes = { allow: 0, review: 0, deactivate: 0 }
  const byPolicy = new Map<string, FindingCounts>()
  let unread = 0
  let text = ''
  for (const { line, bytes } of linesIn(block)) {
    const read = readLine(bytes, decode)
    if (!read.ok) {
      unread++
      text += `${JSON.stringify({ line, error: read.error })}\n`
      continue
    }
    const verdict = explainVerdict(screen(compiled, read.listing), explanation)
    outcomes[verdict.outcome]++
    for (const { policy, outcome } of verdict.findings) {
      const counts = byPolicy.get(policy) ?? { review: 0, deactivate: 0 }
      counts[outcome]++
      byPolicy.set(policy, counts)
    }
    text += `${JSON.stringify(verdict)}\n`
  }
  return { output: encode(text), outcomes, byPolicy: Object.fromEntries(byPolicy), unread }
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
