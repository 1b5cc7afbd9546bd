/** A world is some policies, both ways to screen by them, and listings in which they find something only just. */
import type { ListingText } from '../../src/core/listing.ts'
import type { Jurisdiction, Policy } from '../../src/core/policy.ts'
import { screenBlock } from '../../src/screening/block.ts'
import type { ScreenedBlock } from '../../src/screening/block.ts'
import { compilePolicies } from '../../src/screening/compile.ts'
import { phrasesIn } from '../../src/screening/phrase.ts'
import { openModule, wasm } from '../../src/screening/scan/module.ts'
import { makeScanTables, openScanner } from '../../src/screening/scan/scanner.ts'
import type { Scanner } from '../../src/screening/scan/scanner.ts'
import { screen } from '../../src/screening/screen.ts'
import { openUtf8 } from '../../src/screening/utf8.ts'
import { nextWord, openCursor } from '../../src/screening/words.ts'
import type { Chance } from '../histories/chance.ts'

export interface World {
  readonly name: string
  /** Phrases that signals look for, and all words of all phrases. */
  readonly phrases: readonly string[]
  readonly words: readonly string[]
  /** Listings with a finding that goes away with nearly any of their words; more are put in as they are met. */
  readonly edge: ListingText[]
  finds(text: ListingText): boolean
  /** Screens lines by the exact engine alone, or with the fast pass before it. */
  screen(lines: Uint8Array<ArrayBuffer>, isFast: boolean): ScreenedBlock
  /** How many lines the fast pass allowed. */
  allowed(): number
}

/** How many listings with a finding a world begins with. */
const EDGE = 80

export function openWorld(
  name: string,
  {
    policies,
    jurisdiction,
    listings,
    chance,
  }: {
    policies: readonly Policy[]
    jurisdiction: Jurisdiction
    listings: readonly ListingText[]
    chance: Chance
  },
): World {
  const compiled = compilePolicies(policies, { jurisdiction })
  const module = openModule()
  if (module === null) throw new Error('open the fast pass: it was not built')
  const counts = new Map<string, number>()
  for (const { title, description } of listings)
    for (const word of wordsOf(`${title} ${description}`))
      counts.set(word, (counts.get(word) ?? 0) + 1)
  const tables = makeScanTables(wasm, module, {
    compiled,
    workers: 1,
    // What is rare decides on what a phrase hangs; half of the worlds are as if nobody had counted.
    frequency: chance.onceIn(2) ? () => 0 : (word) => counts.get(word) ?? 0,
  })
  const scanner = openScanner(wasm, module, tables, 0)
  const utf8 = openUtf8()
  let allowed = 0
  const counting: Scanner = {
    scan: (lines, firstLine) => {
      const scanned = scanner.scan(lines, firstLine)
      allowed += scanned.allowed
      return scanned
    },
    tell: (candidate) => scanner.tell(candidate),
  }
  const finds = (text: ListingText) => screen(compiled, { id: 'a', text }).findings.length > 0
  const phrases = compiled.policies.flatMap(({ policy }) =>
    policy.signals.flatMap(({ phrases: own = [], together = [] }) =>
      phrasesIn(policy, [...own, ...together.flat()]),
    ),
  )
  const found = listings.filter(finds)
  const chosen =
    found.length <= EDGE ? found : found.filter(() => chance.below(found.length) < EDGE)
  return {
    name,
    phrases: phrases.length > 0 ? phrases : ['nothing'],
    words: [...new Set([...phrases.flatMap(wordsOf), 'ordinary', 'with', 'for'])],
    edge: chosen.map((text) => cutToEdge(text, finds)),
    finds,
    screen: (lines, isFast) =>
      screenBlock(
        compiled,
        { bytes: lines.slice(), firstLine: 1, isTooLong: false },
        { explanation: 'full', scanner: isFast ? counting : null, utf8 },
      ),
    allowed: () => allowed,
  }
}

export function wordsOf(text: string): string[] {
  const cursor = openCursor(text)
  const words: string[] = []
  while (nextWord(cursor)) words.push(text.slice(cursor.start, cursor.end))
  return words
}

/** Leaves out fields and words as long as something is found. */
function cutToEdge(text: ListingText, finds: (text: ListingText) => boolean): ListingText {
  let kept = text
  const tryOn = (change: Partial<ListingText>) => {
    const less = { ...kept, ...change }
    if (less.title.trim() === '' || !finds(less)) return false
    kept = less
    return true
  }
  tryOn({ attributes: {} })
  tryOn({ bullets: [] })
  tryOn({ description: '' })
  tryOn({ category: '' })
  tryOn({ brand: '' })
  for (let at = kept.bullets.length - 1; at >= 0; at--)
    tryOn({ bullets: kept.bullets.filter((_, index) => index !== at) })
  for (const field of ['title', 'description'] as const) {
    for (let share = 2; share <= 32; share *= 2) {
      const parts = kept[field].split(/(?<= )/)
      const size = Math.ceil(parts.length / share)
      for (let at = parts.length - size; at >= 0; at -= size) {
        const now = kept[field].split(/(?<= )/)
        tryOn({ [field]: [...now.slice(0, at), ...now.slice(at + size)].join('') })
      }
      if (size <= 1) break
    }
  }
  return kept
}
