/** The tables of the fast pass: policies as what words must stand where before anything can be found. */
import { Column } from '../column.ts'
import type { CompiledPolicies, CompiledPolicy, CompiledSignal } from '../compile.ts'
import { spellWord, STARRED, WHOLE } from '../lexicon.ts'
import { waysIn } from '../phrase-tree.ts'
import type { Slot } from '../phrase-tree.ts'
import { codePoints, plainLetters } from './code-points.ts'
import { ALL_KINDS, kindBits } from './kinds.ts'
import * as at from './layout.ts'
import { Layout } from './memory.ts'

/** What gives 64-bit hashes of words, low and high half by turns; the same that are asked for while scanning. */
export type HashWords = (words: readonly string[]) => Uint32Array

/** So many bits for each word of a set keep words of no set out. */
const BITS_A_WORD = 20

/** How often a word of the vocabulary stands in listings, as far as anybody counted. */
export type Frequency = (text: string) => number

/** Lays the tables of the policies out. */
export function makeTables(
  compiled: CompiledPolicies,
  { hashWords, frequency }: { hashWords: HashWords; frequency: Frequency },
): Uint8Array {
  return new TableMaker(compiled, hashWords, frequency).make()
}

/** A word of the vocabulary as the fast pass meets it. */
interface Word {
  letters: string
  isStarred: boolean
  isWhole: boolean
  low: number
  high: number
  /** Whether a signal may hang on it. */
  isUsed: boolean
  /** How often it is met. */
  frequency: number
}

/** One way to write a phrase: its words by number, each once, the rarest first. */
type Way = readonly number[]

/** Where anchors lie, and which words they are. */
interface Anchors {
  numbers: number[]
  words: number[]
}

interface NumberedSignal {
  signal: CompiledSignal
  /** Its place among all signals, and that of its policy. */
  number: number
  policy: number
}

/** The classes of fields, and the kinds of each. */
const classKinds: readonly number[] = [
  at.TITLE,
  at.DESCRIPTION | at.BULLETS,
  at.BRAND | at.CATEGORY | at.ATTRIBUTES,
]

class TableMaker {
  #compiled: CompiledPolicies
  #hashWords: HashWords
  #layout = new Layout(at.HEADER_WORDS * 8)
  #laid: { start: number; bytes: Uint8Array }[] = []
  #header = new Uint32Array(at.HEADER_WORDS)
  #words: readonly Word[] = []
  /** Of each set of phrases, every way to write one. */
  #ways: readonly (readonly Way[])[] = []
  #parts: { firsts: { high: number }[]; lasts: { high: number }[] }
  #anchors = 0
  #anchorsLaid = new Map<string, Anchors>()
  #bases: number[] = []
  #secondPolicies = 0

  constructor(compiled: CompiledPolicies, hashWords: HashWords, frequency: Frequency) {
    this.#compiled = compiled
    this.#hashWords = hashWords
    this.#words = this.#readWords(frequency)
    this.#ways = this.#readWays()
    for (const ways of this.#ways)
      for (const way of ways)
        for (const word of way) if (this.#words[word]) this.#words[word].isUsed = true
    this.#parts = this.#readParts()
  }

  make(): Uint8Array {
    const signals = this.#compiled.policies.flatMap((policy, index) =>
      policy.signals.map((signal) => ({ signal, policy: index })),
    )
    const numbered = signals.map((one, number) => ({ ...one, number }))
    this.#put(
      at.CODE_POINTS,
      codePoints({
        hasStrangeWords: this.#words.some(({ letters }) => letters.includes('\u007f')),
      }),
    )
    this.#putAnswer()
    this.#putLengthMasks()
    this.#putPieces()
    this.#putStarred()
    this.#putWays()
    this.#putSignals(numbered)
    const second = Uint32Array.from(this.#header)
    second[at.POLICIES] = this.#secondPolicies
    // What alone finds nothing is looked for only where something else was found.
    const triggers = this.#triggers(numbered)
    this.#putAnchors(this.#header, triggers, { isAll: false })
    this.#putNeedles(this.#header, triggers)
    const speaking = numbered.filter(({ signal }) => speaks(signal))
    this.#putAnchors(second, speaking, { isAll: true })
    this.#putNeedles(second, speaking)
    this.#header[at.NEEDLE_PATTERN_COUNT] = second[at.NEEDLE_PATTERN_COUNT] ?? 0
    this.#header[at.ANCHOR_COUNT] = this.#anchors
    this.#header[at.SECOND_READING] = at.HEADER_WORDS * 4
    const tables = new Uint8Array(this.#layout.length + at.PADDING)
    tables.set(new Uint8Array(this.#header.buffer))
    tables.set(new Uint8Array(second.buffer), at.HEADER_WORDS * 4)
    for (const { start, bytes } of this.#laid) tables.set(bytes, start)
    return tables
  }

  #lay(part: Uint8Array | Uint32Array | Int32Array): number {
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
    const start = this.#layout.add(bytes.length)
    this.#laid.push({ start, bytes })
    return start
  }

  /** Lays so many lists of numbers one after another; answers where each begins. */
  #layLists(lists: number, write: (list: number, numbers: Column) => void): Uint32Array {
    const numbers = new Column()
    const begins = new Uint32Array(lists)
    for (let list = 0; list < lists; list++) {
      begins[list] = numbers.length * 4
      write(list, numbers)
    }
    const start = this.#lay(numbers.toArray())
    return begins.map((begin) => start + begin)
  }

  #put(index: number, part: Uint8Array | Uint32Array): void {
    this.#header[index] = this.#lay(part)
  }

  #putAnswer(): void {
    const answer = new Uint8Array(64)
    answer.set(asBytes('{"id":"'), 0)
    answer.set(asBytes('","outcome":"allow","findings":[]}\n'), 16)
    this.#put(at.ANSWER, answer)
  }

  /** For 0 to 16 letters, which bytes of a vector they are. */
  #putLengthMasks(): void {
    const masks = new Uint8Array(17 * 16)
    for (let length = 0; length <= 16; length++) masks.fill(0xff, length * 16, length * 16 + length)
    this.#put(at.LENGTH_MASKS, masks)
  }

  #readWords(frequency: Frequency): Word[] {
    const { lexicon } = this.#compiled.tree
    const words = Array.from(lexicon.traits, (traits, number) => {
      const text = spellWord(lexicon, number)
      return {
        // A word that cannot be written plainly stands in no line that the fast pass reads to its end.
        letters: plainLetters(text) ?? '',
        isStarred: (traits & STARRED) !== 0,
        isWhole: traits === WHOLE,
        low: 0,
        high: 0,
        isUsed: false,
        frequency: frequency(text),
      }
    })
    // A starred word is marked as a word of its own, not as the letters before its star.
    const hashes = this.#hashWords(
      words.map(({ letters, isStarred }) => (isStarred ? `${letters}*` : letters)),
    )
    words.forEach((word, index) => {
      word.low = hashes[index * 2] ?? 0
      word.high = hashes[index * 2 + 1] ?? 0
    })
    return words
  }

  #readWays(): Way[][] {
    const asked = this.#slotsAsked()
    const found = [...waysIn(this.#compiled.tree)].flatMap(({ slots, words }) => {
      const isPlain = words.every((word) => this.#words[word]?.letters !== '')
      const own = slots.filter((slot) => asked.has(slot))
      return isPlain && own.length > 0 ? [{ slots: own, words }] : []
    })
    const uses = new Uint32Array(this.#words.length)
    for (const { words } of found) for (const word of words) uses[word] = (uses[word] ?? 0) + 1
    // Where nobody counted, words that many phrases share are common, and long ones rare.
    const byRarity = (one: number, other: number) =>
      this.#frequency(one) - this.#frequency(other) ||
      (uses[one] ?? 0) - (uses[other] ?? 0) ||
      (this.#words[other]?.letters.length ?? 0) - (this.#words[one]?.letters.length ?? 0)
    const ways: Way[][] = Array.from({ length: this.#compiled.tree.slots }, () => [])
    for (const { slots, words } of found) {
      const way = [...new Set(words)].sort(byRarity)
      for (const slot of slots) ways[slot]?.push(way)
    }
    return ways
  }

  /** The sets by which something is found; by the others, such as negations, things are only not found. */
  #slotsAsked(): Set<Slot> {
    const slots = this.#compiled.policies.flatMap(({ onlyIn, signals }) => [
      onlyIn,
      ...signals.filter(speaks).flatMap(({ phrases, together }) => [phrases, ...together]),
    ])
    return new Set(slots.filter((slot) => slot !== null))
  }

  #frequency(word: number): number {
    return this.#words[word]?.frequency ?? 0
  }

  /** Words of which glued words are made. */
  #putPieces(): void {
    const pieces = this.#words.filter(({ letters, isWhole }) => isWhole && letters.length >= 4)
    const log = Math.max(13, Math.ceil(Math.log2(pieces.length * BITS_A_WORD + 1)))
    const bits = new Uint8Array(1 << (log - 3))
    for (const { high } of pieces) setBit(bits, high >>> (32 - log))
    this.#put(at.PIECE_BITS, bits)
    this.#header[at.PIECE_BITS_SHIFT] = 64 - log
    this.#header[at.PIECE_LONGEST] = pieces.reduce(
      (longest, { letters }) => Math.max(longest, letters.length),
      0,
    )
    const flags = new Uint32Array(1 << at.QUARTET_LOG)
    const set = (letters: string, flag: number) => {
      const place = hashQuartet(letters) >>> (32 - at.QUARTET_LOG)
      flags[place] = ((flags[place] ?? 0) | flag) >>> 0
    }
    for (const { letters } of pieces) {
      const length = Math.min(letters.length, 15) - 4
      set(letters, 1 << length)
      set(letters.slice(-4), 1 << (31 - length))
    }
    for (const { letters, isStarred, isUsed } of this.#words)
      if (isStarred && isUsed) set(letters, at.BEGINS_STARRED)
    this.#put(at.QUARTET_FLAGS, flags)
  }

  /** What each word may be, by its hash; `anchors` are those of each class of fields. */
  #layWordFlags(header: Uint32Array, anchors: readonly (readonly number[])[]): void {
    const parts = this.#parts
    const used = this.#words.filter(({ isUsed }) => isUsed)
    const log = Math.max(
      14,
      Math.ceil(Math.log2((used.length + parts.firsts.length + parts.lasts.length) * 4)),
    )
    const flags = new Uint8Array(1 << log)
    const set = ({ high }: { high: number }, flag: number) =>
      setFlag(flags, high >>> (32 - log), flag)
    for (const word of used) set(word, at.IS_USED)
    for (const word of parts.firsts) set(word, at.IS_FIRST_PART)
    for (const word of parts.lasts) set(word, at.IS_LAST_PART)
    anchors.forEach((words, index) => {
      for (const word of words) set(this.#words[word] ?? { high: 0 }, at.IS_ANCHOR << index)
    })
    header[at.WORD_FLAGS] = this.#lay(flags)
    header[at.WORD_FLAGS_SHIFT] = 64 - log
  }

  /** Beginnings and ends of words that may be written in parts; the exact engine knows which may. */
  #readParts(): { firsts: { high: number }[]; lasts: { high: number }[] } {
    const firsts = new Set<string>()
    const lasts = new Set<string>()
    for (const { letters, isWhole, isUsed } of this.#words) {
      if (!isWhole || !isUsed) continue
      const shortest = /\d/.test(letters) ? 1 : 3
      for (let length = shortest; length <= letters.length - shortest; length++) {
        firsts.add(letters.slice(0, length))
        lasts.add(letters.slice(length))
      }
    }
    return { firsts: this.#hashed([...firsts]), lasts: this.#hashed([...lasts]) }
  }

  #hashed(words: readonly string[]): { high: number }[] {
    const hashes = this.#hashWords(words)
    return words.map((_, index) => ({ high: hashes[index * 2 + 1] ?? 0 }))
  }

  #putStarred(): void {
    const starred = this.#words.filter(({ isStarred, isUsed }) => isStarred && isUsed)
    const size = tableSize(starred.length)
    const table = new Uint32Array(size * 6)
    for (const { letters, low, high } of starred) {
      const head = quartetOf(letters)
      let place = Math.imul(head, QUARTET) & (size - 1)
      while ((table[place * 6 + 1] ?? 0) !== 0) place = (place + 1) & (size - 1)
      const start = this.#layLetters(letters)
      table.set([head, letters.length, start, 0, low, high], place * 6)
    }
    this.#put(at.STAR_TABLE, table)
    this.#header[at.STAR_TABLE_MASK] = size - 1
  }

  #layLetters(letters: string): number {
    return this.#lay(asBytes(letters))
  }

  /** Where the hash of a word says that it stands in a field. */
  #place(word: number): number {
    return (this.#words[word]?.high ?? 0) >>> (32 - at.BLOOM_LOG)
  }

  #putWays(): void {
    const lists = this.#layLists(this.#ways.length, (slot, numbers) => {
      const ways = this.#ways[slot] ?? []
      numbers.push(ways.length)
      for (const way of ways) {
        numbers.push(way.length)
        for (const word of way) numbers.push(this.#place(word))
      }
    })
    this.#put(at.SLOT_WAYS, lists)
    this.#header[at.SLOT_COUNT] = this.#ways.length
  }

  /** Each signal hangs on its phrases, and on that of its groups of which the least is met. */
  #putAnchors(
    header: Uint32Array,
    signals: readonly NumberedSignal[],
    { isAll }: { isAll: boolean },
  ): void {
    header[at.ALL_ANCHORED] = isAll ? 1 : 0
    const uses: number[][] = this.#ways.map(() => [])
    const kindsOfSlot = new Uint32Array(this.#ways.length)
    for (const { signal, number } of signals) {
      for (const slot of new Set([signal.phrases, this.#rarestGroup(signal)])) {
        if (slot === null) continue
        uses[slot]?.push(number)
        kindsOfSlot[slot] = (kindsOfSlot[slot] ?? 0) | kindsOf(signal)
      }
      for (const slot of isAll ? signal.together : [])
        kindsOfSlot[slot] = (kindsOfSlot[slot] ?? 0) | kindsOf(signal)
    }
    header[at.SLOT_USES] = this.#lay(
      this.#layLists(uses.length, (slot, numbers) => {
        const own = uses[slot] ?? []
        numbers.push(own.length)
        for (const signal of own) numbers.push(signal)
      }),
    )
    for (const { onlyIn } of isAll ? this.#compiled.policies : [])
      if (onlyIn !== null) kindsOfSlot[onlyIn] = (kindsOfSlot[onlyIn] ?? 0) | at.CATEGORY
    const anchors = classKinds.map((kinds, index) => {
      const slots = [...kindsOfSlot.keys()].filter((slot) => (kindsOfSlot[slot] ?? 0) & kinds)
      const { numbers, words } = this.#layAnchors(slots)
      header.set(numbers, at.ANCHORS + index * at.ANCHOR_NUMBERS)
      return words
    })
    this.#layWordFlags(header, anchors)
  }

  /** Of each policy the signals without which it cannot come to a finding; those most often met are left out. */
  #triggers(signals: readonly NumberedSignal[]): NumberedSignal[] {
    return this.#compiled.policies.flatMap((policy, index) => {
      const own = signals.filter(
        (one) => one.policy === index && speaks(one.signal) && !needsNoWord(one.signal),
      )
      let sum = this.#bases[index] ?? 0
      const least = lowestSum(policy.policy.thresholds.review)
      const met = new Map(own.map((one) => [one, this.#metOf(one.signal)]))
      return [...own]
        .sort((one, other) => (met.get(other) ?? 0) - (met.get(one) ?? 0))
        .filter(({ signal }) => {
          if (sum + signal.weight >= least) return true
          sum += signal.weight
          return false
        })
    })
  }

  /** How often the words are met on which a signal hangs; what has a pattern is taken for common. */
  #metOf(signal: CompiledSignal): number {
    if (signal.patterns.length > 0) return Number.MAX_SAFE_INTEGER
    const met = (slot: Slot | null) =>
      slot === null
        ? 0
        : (this.#ways[slot] ?? []).reduce(
            (sum, way) => sum + 0.001 + this.#frequency(way[0] ?? 0),
            0,
          )
    return met(signal.phrases) + met(this.#rarestGroup(signal))
  }

  #rarestGroup({ together }: CompiledSignal): Slot | null {
    const met = (slot: Slot) =>
      (this.#ways[slot] ?? []).reduce((sum, way) => sum + 0.001 + this.#frequency(way[0] ?? 0), 0)
    return together.reduce<Slot | null>(
      (rarest, slot) => (rarest === null || met(slot) < met(rarest) ? slot : rarest),
      null,
    )
  }

  /** The phrases of some sets, each hung on its rarest word; most signals look at all fields, and these are laid once. */
  #layAnchors(slots: readonly Slot[]): Anchors {
    const key = slots.join()
    const laid = this.#anchorsLaid.get(key) ?? this.#layNewAnchors(slots)
    this.#anchorsLaid.set(key, laid)
    return laid
  }

  #layNewAnchors(slots: readonly Slot[]): Anchors {
    /** By what is known of a word's hash: long words that begin alike, or two by chance, are one. */
    const hung = new Map<number, { slots: Slot[]; ways: Way[] }>()
    const words = new Set<number>()
    for (const slot of slots) {
      for (const way of this.#ways[slot] ?? []) {
        const [anchor] = way
        if (anchor === undefined) continue
        words.add(anchor)
        const key = ((this.#words[anchor]?.low ?? 0) | 1) >>> 0
        const own = hung.get(key) ?? { slots: [], ways: [] }
        if (own.ways.length === 0) hung.set(key, own)
        own.slots.push(slot)
        own.ways.push(way)
      }
    }
    const size = tableSize(hung.size)
    const table = new Uint32Array(size * 2)
    const all = [...hung.values()]
    for (const [number, key] of [...hung.keys()].entries()) {
      let place = key & (size - 1)
      while ((table[place * 2] ?? 0) !== 0) place = (place + 1) & (size - 1)
      table[place * 2] = key
      table[place * 2 + 1] = number
    }
    const postings = this.#layLists(all.length, (number, numbers) => {
      const { slots: own, ways } = all[number] ?? { slots: [], ways: [] }
      numbers.push(ways.length)
      ways.forEach((way, index) => {
        numbers.push(own[index] ?? 0)
        numbers.push(way.length - 1)
        for (let other = 1; other < way.length; other++) numbers.push(this.#place(way[other] ?? 0))
      })
    })
    this.#anchors = Math.max(this.#anchors, hung.size)
    return { numbers: [this.#lay(table), size - 1, this.#lay(postings)], words: [...words] }
  }

  #putSignals(signals: readonly NumberedSignal[]): void {
    const { policies } = this.#compiled
    const table = new DataView(new ArrayBuffer(signals.length * at.SIGNAL_BYTES))
    const always = new Float64Array(policies.length)
    const isAlways = new Uint8Array(policies.length)
    for (const { signal, number, policy } of signals) {
      const start = number * at.SIGNAL_BYTES
      table.setUint32(start, kindsOf(signal), true)
      table.setUint32(start + 4, policy, true)
      table.setInt32(start + 8, signal.phrases ?? -1, true)
      table.setInt32(start + 12, signal.together.length, true)
      signal.together.forEach((slot, group) => table.setInt32(start + 16 + group * 4, slot, true))
      table.setFloat64(start + 32, speaks(signal) ? signal.weight : 0, true)
      if (!speaks(signal) || !needsNoWord(signal)) continue
      always[policy] = (always[policy] ?? 0) + signal.weight
      isAlways[policy] = 1
    }
    this.#put(at.SIGNALS, new Uint8Array(table.buffer))
    this.#header[at.SIGNAL_COUNT] = signals.length
    this.#putPolicies(policies, always, isAlways)
  }

  #putPolicies(
    policies: readonly CompiledPolicy[],
    always: Float64Array,
    isAlways: Uint8Array,
  ): void {
    const leasts = policies.map(({ policy }) => lowestSum(policy.thresholds.review))
    this.#bases = policies.map(
      (policy, index) => policy.base + (always[index] ?? 0) + mostLearned(policy),
    )
    const bases = this.#bases
    // In the first reading what alone may bring a finding near is reason enough for the second.
    this.#put(
      at.POLICIES,
      policyTable(policies, bases, {
        leastOf: () => -Infinity,
        isAlways: (index) => isAlways[index] === 1 && (bases[index] ?? 0) >= (leasts[index] ?? 0),
      }),
    )
    this.#secondPolicies = this.#lay(
      policyTable(policies, bases, {
        leastOf: (index) => leasts[index] ?? 0,
        isAlways: (index) => isAlways[index] === 1,
      }),
    )
    this.#header[at.POLICY_COUNT] = policies.length
  }

  #putNeedles(header: Uint32Array, signals: readonly NumberedSignal[]): void {
    const entries: { beginning: string; needle: string; pattern: number; set: number }[] = []
    const patterns: number[] = []
    let [kinds, wordKinds, shortest] = [0, 0, 1000]
    for (const { signal, number } of signals) {
      if (!speaks(signal)) continue
      for (const sets of needleSetsOf(signal) ?? []) {
        sets.forEach((needles, set) => {
          for (const needle of needles) {
            if (isInWord(needle)) {
              wordKinds |= kindsOf(signal)
              shortest = Math.min(shortest, needle.length)
            } else kinds |= kindsOf(signal)
            const beginning = needle.slice(0, needle.length < 4 ? 2 : 4)
            entries.push({ beginning, needle, pattern: patterns.length / 2, set: 1 << set })
          }
        })
        patterns.push(number, (1 << sets.length) - 1)
      }
    }
    const byBeginning = new Map<number, (typeof entries)[number][]>()
    for (const entry of entries) {
      const beginning = quartetOf(entry.beginning)
      const own = byBeginning.get(beginning)
      if (own) own.push(entry)
      else byBeginning.set(beginning, [entry])
    }
    const bits = new Uint8Array(1 << (at.NEEDLE_LOG - 3))
    const size = tableSize(byBeginning.size)
    const table = new Uint32Array(size * 2)
    for (const [beginning, own] of byBeginning) {
      setBit(bits, Math.imul(beginning, QUARTET) >>> (32 - at.NEEDLE_LOG))
      let place = Math.imul(beginning, QUARTET) & (size - 1)
      while ((table[place * 2 + 1] ?? 0) !== 0) place = (place + 1) & (size - 1)
      const numbers = own.flatMap(({ needle, pattern, set }) => [
        this.#layLetters(needle),
        needle.length,
        pattern,
        set,
      ])
      table.set([beginning, this.#lay(Uint32Array.from([own.length, ...numbers]))], place * 2)
    }
    header[at.NEEDLE_BITS] = this.#lay(bits)
    header[at.NEEDLE_TABLE] = this.#lay(table)
    header[at.NEEDLE_PATTERNS] = this.#lay(Uint32Array.from(patterns))
    header[at.NEEDLE_PATTERN_COUNT] = patterns.length / 2
    header[at.NEEDLE_TABLE_MASK] = size - 1
    header[at.NEEDLE_KINDS] = kinds
    header[at.WORD_NEEDLE_KINDS] = wordKinds
    header[at.SHORTEST_NEEDLE] = shortest
  }
}

function policyTable(
  policies: readonly CompiledPolicy[],
  bases: readonly number[],
  {
    leastOf,
    isAlways,
  }: { leastOf: (policy: number) => number; isAlways: (policy: number) => boolean },
): Uint8Array {
  const table = new DataView(new ArrayBuffer(policies.length * at.POLICY_BYTES))
  policies.forEach(({ onlyIn, exceptIn, signals }, index) => {
    const start = index * at.POLICY_BYTES
    // What speaks against a finding is not looked for: wherever it may stand is read.
    const against = signals.filter((one) => !speaks(one) && hasWords(one)).map(kindsOf)
    const category = onlyIn === null && exceptIn === null ? 0 : at.CATEGORY
    table.setFloat64(start, bases[index] ?? 0, true)
    table.setFloat64(start + 8, leastOf(index), true)
    table.setInt32(start + 16, onlyIn ?? -1, true)
    table.setUint32(start + 20, isAlways(index) ? 1 : 0, true)
    table.setUint32(
      start + 24,
      against.reduce((all, kinds) => all | kinds, category),
      true,
    )
  })
  return new Uint8Array(table.buffer)
}

/** Only what was written to brings a finding nearer; without any such there is none, even where it was learned to weigh nothing. */
function speaks({ speaksFor }: CompiledSignal): boolean {
  return speaksFor
}

function hasWords({ phrases, together }: CompiledSignal): boolean {
  return phrases !== null || together.length > 0
}

function kindsOf({ fields }: CompiledSignal): number {
  if (fields === null) return ALL_KINDS
  return [...fields].reduce((kinds, field) => kinds | kindBits[field], 0)
}

/** Whether a signal may stand although no word and no needle says so. */
function needsNoWord(signal: CompiledSignal): boolean {
  if (signal.patterns.length > 0) return needleSetsOf(signal) === null
  return signal.phrases === null && signal.together.length === 0
}

/**
 * For each pattern of a signal sets of needles of which each must have one; null where a pattern has none to look for. Words
 * are looked at once and texts each time, so that in long texts needles are looked for in words, if any are.
 */
function needleSetsOf(signal: CompiledSignal): string[][][] | null {
  const all: string[][][] = []
  for (const { needles } of signal.patterns) {
    const sets = needles
      .map((set) => [...new Set(set.map(asFound))])
      .filter((set) => set.every(isFindable))
    if (sets.length === 0) return null
    const inWords = sets.filter((set) => set.every(isInWord))
    all.push(kindsOf(signal) === at.TITLE || inWords.length === 0 ? sets : inWords)
  }
  return all
}

/** What is of letters and digits alone stands within a word, wherever it stands. */
function isInWord(needle: string): boolean {
  return /^[a-z0-9]+$/.test(needle)
}

/** In a list of texts a comma and a space may stand where none is read: in no needle, and not before one. */
function asFound(needle: string): string {
  return needle.replace(/\s/g, ' ').trimStart()
}

function isFindable(needle: string): boolean {
  return needle.length >= 2 && /^[ -~]+$/.test(needle) && !needle.includes(',')
}

/** The most that learned words may add: each counts once. */
function mostLearned({ policy: { learned } }: CompiledPolicy): number {
  if (learned === undefined) return 0
  // The sign of a word says which way its weight speaks, so either may.
  return Object.values(learned.words).reduce((sum, weight) => sum + Math.abs(weight), 0)
}

/** The least sum whose score is so high, with more room than rounding needs; a score of 1 is that of any large sum. */
function lowestSum(score: number): number {
  if (score <= 0) return -Infinity
  return (score >= 1 ? 36 : Math.log(score / (1 - score))) - 1e-6
}

const QUARTET = 0x9e3779b1 | 0

/** Two or four letters as they are compared: without case, and with some signs alike. */
function quartetOf(letters: string): number {
  let value = 0
  for (let index = 0; index < Math.min(4, letters.length); index++)
    value |= (letters.charCodeAt(index) | 0x20) << (8 * index)
  return value >>> 0
}

function hashQuartet(letters: string): number {
  return Math.imul(quartetOf(letters), QUARTET)
}

function setFlag(flags: Uint8Array, place: number, flag: number): void {
  flags[place] = (flags[place] ?? 0) | flag
}

function setBit(bits: Uint8Array, bit: number): void {
  bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7))
}

/** The size of a table with open places: a power of two that is at least half empty. */
function tableSize(entries: number): number {
  return 2 ** Math.ceil(Math.log2(entries * 2 + 2))
}

function asBytes(letters: string): Uint8Array {
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0))
}
