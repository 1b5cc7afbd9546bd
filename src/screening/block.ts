/** A screened block is a block of listing lines turned into the lines that answer them, one for one and in order. */
import type { Finding, Outcome, Verdict } from '../core/finding.ts'
import type { CompiledPolicies } from './compile.ts'
import { explainVerdict } from './explain.ts'
import type { Explanation } from './explain.ts'
import { linesIn, MAX_LINE_BYTES, NEWLINE, withoutMark } from './lines.ts'
import type { Block, Line } from './lines.ts'
import type { LineError } from '../core/json-line.ts'
import { readListingLine } from './listing-line.ts'
import type { ListingLine, ListingRead } from './listing-line.ts'
import { WHOLE } from './scan/layout.ts'
import { INPUT_BYTES } from './scan/scanner.ts'
import type { Scanned, Scanner } from './scan/scanner.ts'
import { ToldListing } from './scan/told-line.ts'
import type { TextIn } from './scan/told-line.ts'
import { screen } from './screen.ts'
import type { Hint } from './screen.ts'

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

/** How bytes become text and text bytes; pure code has no means of its own for that. */
export interface Utf8 {
  /** UTF-8 to text, or null where the bytes are not UTF-8. */
  decode: (bytes: Uint8Array) => string | null
  /** The text between places of bytes that were found to be UTF-8 before. */
  textIn: (bytes: Uint8Array) => TextIn
  readonly output: Output
}

/** Answers one after another in a room that is kept from block to block. */
export interface Output {
  addBytes(bytes: Uint8Array): void
  addText(text: string): void
  /** All of them, in a buffer of their own; the room is empty then. */
  take(): Uint8Array<ArrayBuffer>
}

interface BlockScreening {
  explanation: Explanation
  /** The fast pass; where there is none every line is read by the exact engine. */
  scanner?: Scanner | null
  utf8: Utf8
}

/** Screens every line of a block; a line that cannot be read is answered with its error in its place. */
export function screenBlock(
  compiled: CompiledPolicies,
  block: Block,
  { explanation, scanner = null, utf8 }: BlockScreening,
): ScreenedBlock {
  const tally = openTally()
  const { output } = utf8
  const answer = (listing: Pick<ListingLine, 'id' | 'text'>, hint?: Hint) => {
    const verdict = explainVerdict(screen(compiled, listing, hint), explanation)
    tally.add(verdict)
    output.addText(`${JSON.stringify(verdict)}\n`)
  }
  const answerWhole = ({ line, bytes }: Line) => {
    const read = readLine(bytes, utf8)
    if (read.ok) answer(read.listing)
    else {
      tally.unread++
      output.addText(`${JSON.stringify({ line, error: read.error })}\n`)
    }
  }
  const answerAll = (lines: Block) => {
    for (const line of linesIn(lines)) answerWhole(line)
  }
  const answerScanned = (
    scanner: Scanner,
    bytes: Uint8Array,
    { allowed, candidates, answers }: Scanned,
  ) => {
    tally.outcomes.allow += allowed
    const textIn = utf8.textIn(bytes)
    let given = 0
    for (const candidate of candidates) {
      const { start, end, line, fields, answerAt } = candidate
      if (answerAt > given) output.addBytes(answers.subarray(given, answerAt))
      given = answerAt
      if (fields === WHOLE) answerWhole({ line, bytes: bytes.subarray(start, end) })
      else {
        const told = scanner.tell(candidate)
        const text = new ToldListing(told, candidate, textIn)
        answer({ id: text.id, text }, { fields, told })
      }
    }
    if (answers.length > given) output.addBytes(answers.subarray(given))
  }
  if (scanner === null || block.isTooLong) answerAll(block)
  else {
    for (let rest = block; rest.bytes.length > 0;) {
      const slice = { ...rest, bytes: rest.bytes.subarray(0, sliceEnd(rest.bytes)) }
      let nextLine = slice.firstLine + 1
      if (slice.bytes.length > INPUT_BYTES) answerAll(slice)
      else {
        const bytes = withoutMark(slice)
        const scanned = scanner.scan(bytes, slice.firstLine)
        nextLine = scanned.nextLine
        answerScanned(scanner, bytes, scanned)
      }
      rest = { ...rest, bytes: rest.bytes.subarray(slice.bytes.length), firstLine: nextLine }
    }
  }
  return { output: output.take(), ...tally.counts() }
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

function readLine(bytes: Uint8Array | null, { decode }: Utf8): ListingRead {
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
