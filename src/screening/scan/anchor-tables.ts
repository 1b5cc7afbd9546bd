/** Anchors are the words on which phrases hang: where one stands, the phrases that need it are looked at, and no others. */
import type { CompiledPolicies } from '../compile.ts'
import type { CompiledSignal } from '../compiled-policy.ts'
import { bitsOf } from '../field-kinds.ts'
import type { Slot } from '../phrase-tree.ts'
import * as at from './layout.ts'
import { placeOf } from './phrases.ts'
import type { Phrases, Way } from './phrases.ts'
import { OpenTable } from './writer.ts'
import type { TableWriter } from './writer.ts'

/** What hangs on a word: ways to write phrases, each with its set, and the kinds of fields in which they are looked for. */
interface Hung {
  kinds: number
  readonly slots: Slot[]
  readonly ways: Way[]
}

/** Hangs every phrase that is looked for on its rarest word; answers these words. */
export function layAnchors(
  writer: TableWriter,
  header: Uint32Array,
  phrases: Phrases,
  compiled: CompiledPolicies,
): readonly number[] {
  const kindsOfSlot = kindsOfSlots(phrases, compiled)
  layUses(writer, header, phrases, compiled)
  /** By what is known of a word's hash: long words that begin alike, or two by chance, are one. */
  const hung = new Map<number, Hung>()
  const words = new Set<number>()
  phrases.ways.forEach((ways, slot) => {
    for (const way of ways) {
      const [anchor] = way
      if (anchor === undefined) continue
      words.add(anchor)
      const key = ((phrases.words[anchor]?.low ?? 0) | 1) >>> 0
      const own = hung.get(key) ?? { kinds: 0, slots: [], ways: [] }
      if (own.ways.length === 0) hung.set(key, own)
      own.kinds |= kindsOfSlot[slot] ?? 0
      own.slots.push(slot)
      own.ways.push(way)
    }
  })
  const table = new OpenTable(hung.size, { width: 4, used: 0 })
  for (const [number, [key, { kinds, ways }]] of [...hung].entries())
    table.put(key, [key, (number << KINDS) | kinds, ...guardOf(phrases, ways)])
  const all = [...hung.values()]
  const postings = writer.layLists(all.length, (number, numbers) => {
    const { slots, ways } = all[number] ?? { slots: [], ways: [] }
    numbers.push(ways.length)
    ways.forEach(([, ...others], index) => {
      numbers.push(slots[index] ?? 0)
      numbers.push(others.length)
      for (const other of others) numbers.push(placeOf(phrases, other))
    })
  })
  header[at.ANCHOR_COUNT] = hung.size
  header[at.ANCHOR_TABLE] = writer.lay(table.rows)
  header[at.ANCHOR_TABLE_MASK] = table.mask
  header[at.ANCHOR_POSTINGS] = writer.lay(postings)
  return [...words]
}

/**
 * The places of up to four words without one of which none of the phrases stands, 16 bits each; two times 0 where there
 * are no such four. What hangs on an anchor lies in no cache where there are many, and is looked at only with one of these.
 */
function guardOf(phrases: Phrases, ways: readonly Way[]): [low: number, high: number] {
  const places = new Set<number>()
  for (const [, other] of ways) {
    if (other === undefined) return [0, 0]
    places.add(placeOf(phrases, other))
  }
  const [first = 0, second = first, third = first, fourth = first] = places
  if (places.size > 4 || places.size === 0) return [0, 0]
  return [first | (second << 16), third | (fourth << 16)]
}

/** So many bits hold the kinds of fields. */
const KINDS = 6

/** The kinds of fields in which each set of phrases is looked for. */
function kindsOfSlots({ ways }: Phrases, { signals, policies }: CompiledPolicies): Uint32Array {
  const kinds = new Uint32Array(ways.length)
  const add = (slot: Slot, bits: number) => {
    kinds[slot] = (kinds[slot] ?? 0) | bits
  }
  for (const signal of signals) for (const slot of slotsOf(signal)) add(slot, bitsOf(signal.fields))
  for (const { onlyIn } of policies) if (onlyIn !== null) add(onlyIn, at.CATEGORY)
  return kinds
}

function slotsOf({ phrases, together }: CompiledSignal): Slot[] {
  return phrases === null ? [...together] : [phrases, ...together]
}

/** Lays the signals that are looked at where a set stands: those whose phrases, or first group, it is. */
function layUses(
  writer: TableWriter,
  header: Uint32Array,
  { ways }: Phrases,
  { signals }: CompiledPolicies,
): void {
  const uses: number[][] = ways.map(() => [])
  for (const signal of signals)
    for (const slot of new Set([signal.phrases, signal.together[0] ?? null]))
      if (slot !== null) uses[slot]?.push(signal.number)
  const lists = writer.layLists(uses.length, (slot, numbers) => {
    const own = uses[slot] ?? []
    numbers.push(own.length)
    for (const signal of own) numbers.push(signal)
  })
  header[at.SLOT_USES] = writer.lay(lists)
  header[at.SLOT_COUNT] = ways.length
}
