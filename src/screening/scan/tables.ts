/** The tables of the fast pass: policies as what words must stand where before anything can be found. */
import type { CompiledPolicies } from '../compile.ts'
import { AnchorTables, layWays } from './anchor-tables.ts'
import { codePoints } from './code-points.ts'
import * as at from './layout.ts'
import { layNeedles } from './needle-tables.ts'
import { readPhrases } from './phrases.ts'
import type { Frequency, HashWords } from './phrases.ts'
import { layPolicies, laySignals, triggersOf } from './signal-tables.ts'
import { layWordFlags, layWords, lengthMasks, readParts } from './word-tables.ts'
import { asBytes, TableWriter } from './writer.ts'

/** Lays the tables of the policies out, for both readings of a line. */
export function makeTables(
  compiled: CompiledPolicies,
  { hashWords, frequency }: { hashWords: HashWords; frequency: Frequency },
): Uint8Array {
  const writer = new TableWriter()
  const phrases = readPhrases(compiled, { hashWords, frequency })
  const parts = readParts(phrases, hashWords)
  const first = new Uint32Array(at.HEADER_WORDS)
  const hasStrangeWords = phrases.words.some(({ letters }) => letters.includes('\u007f'))
  first[at.CODE_POINTS] = writer.lay(codePoints({ hasStrangeWords }))
  first[at.LENGTH_MASKS] = writer.lay(lengthMasks())
  first[at.ANSWER] = writer.lay(answer())
  layWords(writer, first, phrases)
  layWays(writer, first, phrases)
  laySignals(writer, first, compiled)
  const second = Uint32Array.from(first)
  layPolicies(writer, { first, second }, compiled)

  const anchorTables = new AnchorTables(writer, phrases)
  const { policies, signals } = compiled
  const layReading = (header: Uint32Array, asked: typeof signals, isAll: boolean) => {
    const anchors = anchorTables.lay(header, asked, { isAll, policies })
    layWordFlags(writer, header, phrases, { parts, anchors })
    const speaking = asked.filter(({ speaksFor }) => speaksFor)
    layNeedles(writer, header, speaking)
  }
  // What alone finds nothing is looked for only where something else was found.
  layReading(first, triggersOf(compiled, phrases), false)
  // What speaks against a finding makes none less likely here; where it may stand must be read.
  layReading(second, signals, true)
  // Rooms are as large as the larger reading needs.
  first[at.NEEDLE_PATTERN_COUNT] = second[at.NEEDLE_PATTERN_COUNT] ?? 0
  first[at.ANCHOR_COUNT] = anchorTables.most
  first[at.SECOND_READING] = at.HEADER_WORDS * 4
  return writer.finish(first, second)
}

/** What stands around the id of a listing in which nothing is found. */
function answer(): Uint8Array {
  const around = new Uint8Array(64)
  around.set(asBytes('{"id":"'), 0)
  around.set(asBytes('","outcome":"allow","findings":[]}\n'), 16)
  return around
}
