/** Anchors are the words on which phrases hang: where one stands, the phrases that need it are looked at, and no others. */
import type { CompiledPolicies } from '../compile.ts'
import type { CompiledSignal } from '../compiled-policy.ts'
import { bitsOf } from '../field-kinds.ts'
import type { Slot } from '../phrase-tree.ts'
import * as at from './layout.ts'
import { frequencyOf, placeOf } from './phrases.ts'
import type { Phrases, Way } from './phrases.ts'
import { OpenTable } from './writer.ts'
import type { TableWriter } from './writer.ts'

/** The kinds of each class of fields. */
const classKinds: readonly number[] = [
  at.TITLE,
  at.DESCRIPTION | at.BULLETS,
  at.BRAND | at.CATEGORY | at.ATTRIBUTES,
]

/** Where the anchors of a class of fields lie, and which words they are. */
interface Laid {
  numbers: readonly number[]
  words: readonly number[]
}

/** Lays every phrase of each set, for sets that are asked only where others stand. */
export function layWays(writer: TableWriter, header: Uint32Array, phrases: Phrases): void {
  const { ways } = phrases
  const lists = writer.layLists(ways.length, (slot, numbers) => {
    const own = ways[slot] ?? []
    numbers.push(own.length)
    for (const way of own) {
      numbers.push(way.length)
      for (const word of way) numbers.push(placeOf(phrases, word))
    }
  })
  header[at.SLOT_WAYS] = writer.lay(lists)
  header[at.SLOT_COUNT] = ways.length
}

/** Lays anchors of some signals at a time; what was laid for one class of fields serves others with the same sets. */
export class AnchorTables {
  /** The most anchors of any class. */
  most = 0
  #writer: TableWriter
  #phrases: Phrases
  #laid = new Map<string, Laid>()

  constructor(writer: TableWriter, phrases: Phrases) {
    this.#writer = writer
    this.#phrases = phrases
  }

  /**
   * Each signal hangs on its phrases, and on that of its groups of which the least is met; with `isAll` all groups are
   * anchored too, and so are the categories that policies look at. Answers the anchors of each class of fields.
   */
  lay(
    header: Uint32Array,
    signals: readonly CompiledSignal[],
    { isAll, policies }: { isAll: boolean; policies: CompiledPolicies['policies'] },
  ): (readonly number[])[] {
    const { ways } = this.#phrases
    const uses: number[][] = ways.map(() => [])
    const kindsOfSlot = new Uint32Array(ways.length)
    const anchor = (slot: Slot, kinds: number) => {
      kindsOfSlot[slot] = (kindsOfSlot[slot] ?? 0) | kinds
    }
    for (const signal of signals) {
      for (const slot of new Set([signal.phrases, rarestGroup(this.#phrases, signal)])) {
        if (slot === null) continue
        uses[slot]?.push(signal.number)
        anchor(slot, bitsOf(signal.fields))
      }
      for (const slot of isAll ? signal.together : []) anchor(slot, bitsOf(signal.fields))
    }
    for (const { onlyIn } of isAll ? policies : []) if (onlyIn !== null) anchor(onlyIn, at.CATEGORY)
    const lists = this.#writer.layLists(uses.length, (slot, numbers) => {
      const own = uses[slot] ?? []
      numbers.push(own.length)
      for (const signal of own) numbers.push(signal)
    })
    header[at.ALL_ANCHORED] = isAll ? 1 : 0
    header[at.SLOT_USES] = this.#writer.lay(lists)
    return classKinds.map((kinds, index) => {
      const slots = [...kindsOfSlot.keys()].filter((slot) => (kindsOfSlot[slot] ?? 0) & kinds)
      const { numbers, words } = this.#layClass(slots)
      header.set(numbers, at.ANCHORS + index * at.ANCHOR_NUMBERS)
      return words
    })
  }

  #layClass(slots: readonly Slot[]): Laid {
    const key = slots.join()
    const laid = this.#laid.get(key) ?? this.#layNew(slots)
    this.#laid.set(key, laid)
    return laid
  }

  #layNew(slots: readonly Slot[]): Laid {
    /** By what is known of a word's hash: long words that begin alike, or two by chance, are one. */
    const hung = new Map<number, { slots: Slot[]; ways: Way[] }>()
    const words = new Set<number>()
    for (const slot of slots) {
      for (const way of this.#phrases.ways[slot] ?? []) {
        const [anchor] = way
        if (anchor === undefined) continue
        words.add(anchor)
        const key = ((this.#phrases.words[anchor]?.low ?? 0) | 1) >>> 0
        const own = hung.get(key) ?? { slots: [], ways: [] }
        if (own.ways.length === 0) hung.set(key, own)
        own.slots.push(slot)
        own.ways.push(way)
      }
    }
    const table = new OpenTable(hung.size, { width: 2, used: 0 })
    for (const [number, key] of [...hung.keys()].entries()) table.put(key, [key, number])
    const all = [...hung.values()]
    const postings = this.#writer.layLists(all.length, (number, numbers) => {
      const { slots: own, ways } = all[number] ?? { slots: [], ways: [] }
      numbers.push(ways.length)
      ways.forEach(([, ...others], index) => {
        numbers.push(own[index] ?? 0)
        numbers.push(others.length)
        for (const other of others) numbers.push(placeOf(this.#phrases, other))
      })
    })
    this.most = Math.max(this.most, hung.size)
    return {
      numbers: [this.#writer.lay(table.rows), table.mask, this.#writer.lay(postings)],
      words: [...words],
    }
  }
}

/** That of a signal's groups of which the least is met; null where it has none. */
export function rarestGroup(phrases: Phrases, { together }: CompiledSignal): Slot | null {
  return together.reduce<Slot | null>(
    (rarest, slot) =>
      rarest === null || frequencyOf(phrases, slot) < frequencyOf(phrases, rarest) ? slot : rarest,
    null,
  )
}
