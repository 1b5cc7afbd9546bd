/** The tables of the fast pass: policies as what words must stand where before anything can be found. */
import type { CompiledPolicies } from '../compile.ts'
import type { Lexicon } from '../lexicon.ts'
import { layAnchors } from './anchor-tables.ts'
import { codePoints } from './code-points.ts'
import * as at from './layout.ts'
import { layNeedles } from './needle-tables.ts'
import { readPhrases } from './phrases.ts'
import type { Frequency, HashWords } from './phrases.ts'
import { layPolicies, laySignals } from './signal-tables.ts'
import { layParts, layWordFlags, layWords, lengthMasks } from './word-tables.ts'
import { asBytes, TableWriter } from './writer.ts'

/** Lays the tables of the policies out. */
export function makeTables(
  compiled: CompiledPolicies,
  { hashWords, frequency }: { hashWords: HashWords; frequency: Frequency },
): Uint8Array {
  const writer = new TableWriter()
  const header = new Uint32Array(at.HEADER_WORDS)
  const phrases = readPhrases(compiled, { hashWords, frequency })
  const hasStrangeWords = phrases.words.some(({ letters }) => letters.includes('\u007f'))
  header[at.CODE_POINTS] = writer.lay(codePoints({ hasStrangeWords }))
  header[at.LENGTH_MASKS] = writer.lay(lengthMasks())
  header[at.ANSWER] = writer.lay(answer())
  layWords(writer, header, phrases)
  layParts(writer, header, phrases, hashWords)
  layHeld(writer, header, compiled.tree.lexicon)
  laySignals(writer, header, compiled)
  layPolicies(writer, header, compiled)
  // What speaks against a finding makes none less likely here; where it may stand must be read.
  layWordFlags(writer, header, phrases, layAnchors(writer, header, phrases, compiled))
  layNeedles(
    writer,
    header,
    compiled.signals.filter(({ speaksFor }) => speaksFor),
  )
  return writer.finish(header)
}

/** Lays the bits by which the exact engine passes words over, as they are. */
function layHeld(writer: TableWriter, header: Uint32Array, lexicon: Lexicon): void {
  const { known, starredHeads, pieceHeads } = lexicon
  for (const [bits, place, last] of [
    [known, at.KNOWN_BITS, at.KNOWN_LAST],
    [starredHeads, at.STARRED_HEAD_BITS, at.STARRED_HEAD_LAST],
    [pieceHeads, at.PIECE_HEAD_BITS, at.PIECE_HEAD_LAST],
  ] as const) {
    header[place] = writer.lay(bits)
    header[last] = bits.length * 8 - 1
  }
}

/** What stands around the id of a listing in which nothing is found. */
function answer(): Uint8Array {
  const around = new Uint8Array(64)
  around.set(asBytes('{"id":"'), 0)
  around.set(asBytes('","outcome":"allow","findings":[]}\n'), 16)
  return around
}
