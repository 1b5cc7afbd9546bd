/** The phrase tree is every way to write every phrase of the policies, word after word, laid out flat. */
import { Column } from './column.ts'
import { LexiconMaker, spellWord, STARRED, WHOLE } from './lexicon.ts'
import type { Lexicon } from './lexicon.ts'
import { readPhrase, waysToWrite } from './phrase.ts'

/** A set of phrases that is looked for as one, by number. */
export type Slot = number

/** The beginning of some ways, by number; 0 is that of all, before the first word, and as a next one says that there is none. */
export type Step = number

/** The sets that have a phrase which ends at a step, by number: many steps end the same ones. 0 is no set. */
export type Ending = number

/** Numbers in rows that any thread can read as they lie. */
export interface PhraseTree {
  readonly lexicon: Lexicon
  /** The step that each word leads to as the first of a way. */
  readonly firsts: Int32Array
  /** All other steps, by open addressing, in rows that lie together: from which step, by which word, to which. */
  readonly steps: Int32Array
  /** Of each step: whether any goes on from it, and what ends at it. */
  readonly goesOn: Uint8Array
  readonly endings: Int32Array
  /** The sets of each ending, one after another, and where those of each begin; one beginning more than endings. */
  readonly endingBegins: Int32Array
  readonly endingSlots: Int32Array
  readonly slots: number
}

/** The step that a word leads to, or 0. */
export function stepOn({ firsts, steps }: PhraseTree, from: Step, word: number): Step {
  if (from === 0) return firsts[word] ?? 0
  const mask = steps.length - 1
  for (let at = (placeOf(from, word) << STEP_SHIFT) & mask; ; at = (at + STEP_ROW) & mask) {
    const to = steps[at + STEP_TO] ?? 0
    if (to === 0 || (steps[at] === from && steps[at + STEP_WORD] === word)) return to
  }
}

/** The numbers of a row of steps; one is free, so that a row never lies across two lines of a cache. */
const STEP_SHIFT = 2
const STEP_ROW = 1 << STEP_SHIFT
const STEP_WORD = 1
const STEP_TO = 2

/** The sets of an ending. */
export function slotsOf({ endingBegins, endingSlots }: PhraseTree, ending: Ending): Int32Array {
  return endingSlots.subarray(endingBegins[ending], endingBegins[ending + 1])
}

/** A phrase as it may be written, and the sets that it is in. */
export interface Way {
  readonly words: readonly number[]
  readonly slots: readonly Slot[]
}

/** Every way to write every phrase. */
export function* waysIn(tree: PhraseTree): Generator<Way> {
  const { firsts, steps, endings } = tree
  const before = new Int32Array(endings.length)
  const by = new Int32Array(endings.length)
  for (const [word, step] of firsts.entries()) by[step] = word
  for (let at = 0; at < steps.length; at += STEP_ROW) {
    const step = steps[at + STEP_TO] ?? 0
    if (step === 0) continue
    before[step] = steps[at] ?? 0
    by[step] = steps[at + STEP_WORD] ?? 0
  }
  for (const [end, ending] of endings.entries()) {
    if (ending === 0) continue
    const way: number[] = []
    for (let step = end; step !== 0; step = before[step] ?? 0) way.unshift(by[step] ?? 0)
    yield { words: way, slots: [...slotsOf(tree, ending)] }
  }
}

/** A word of the policies: folded, and of a starred word what stands before the star. */
export interface PolicyWord {
  readonly text: string
  readonly isStarred: boolean
  /** Whether a policy writes it so, without a star: such words are found glued together, and written in two. */
  readonly isWhole: boolean
}

/** The words of the policies, in the order of their numbers. */
export function* wordsIn({ lexicon }: PhraseTree): Generator<PolicyWord> {
  for (const [number, traits] of lexicon.traits.entries()) {
    yield {
      text: spellWord(lexicon, number),
      isStarred: (traits & STARRED) !== 0,
      isWhole: (traits & WHOLE) !== 0,
    }
  }
}

/** Gathers sets of phrases. */
export class PhraseTreeMaker {
  #lexicon = new LexiconMaker()
  #slots = new Map<string, Slot>()
  /** Of each step: where it comes from, by which word, and the last of what ends at it as a place in the next two. */
  #froms = new Column()
  #words = new Column()
  #ends = new Column()
  #endSlots = new Column()
  #endsBefore = new Column()
  #table = new Int32Array(1 << 12)

  constructor() {
    this.#addStep(0, 0)
  }

  /** The set of these phrases, new or known. */
  slotOf(phrases: readonly string[]): Slot {
    const key = JSON.stringify(phrases)
    const known = this.#slots.get(key)
    if (known !== undefined) return known
    const slot = this.#slots.size
    this.#slots.set(key, slot)
    for (const phrase of phrases) this.#addPhrase(phrase, slot)
    return slot
  }

  make(): PhraseTree {
    const lexicon = this.#lexicon.make()
    const firsts = new Int32Array(lexicon.traits.length)
    const count = this.#ends.length
    const goesOn = new Uint8Array(count)
    const steps = new Int32Array(this.#table.length * STEP_ROW)
    const mask = steps.length - 1
    for (let step = 1; step < count; step++) {
      const [from, word] = [this.#froms.at(step), this.#words.at(step)]
      goesOn[from] = 1
      if (from === 0) {
        firsts[word] = step
        continue
      }
      let place = (placeOf(from, word) << STEP_SHIFT) & mask
      while (steps[place + STEP_TO] !== 0) place = (place + STEP_ROW) & mask
      steps.set([from, word, step], place)
    }
    return {
      lexicon,
      firsts,
      steps,
      goesOn,
      ...this.#endings(),
      slots: this.#slots.size,
    }
  }

  #addPhrase(phrase: string, slot: Slot): void {
    const words = readPhrase(phrase)
    if (words.length === 0) throw new Error(`compile the phrase "${phrase}": it has no word`)
    for (const way of waysToWrite(words)) {
      let step = 0
      for (const { text, isStarred } of way) {
        const isWhole = way.length === words.length
        const word = this.#lexicon.add(text, isStarred ? STARRED : isWhole ? WHOLE : 0)
        step = this.#stepOn(step, word)
      }
      if (!this.#endsAt(step, slot)) {
        this.#endSlots.push(slot)
        this.#endsBefore.push(this.#ends.at(step))
        this.#ends.set(step, this.#endSlots.length)
      }
    }
  }

  #stepOn(from: Step, word: number): Step {
    const mask = this.#table.length - 1
    let place = placeOf(from, word) & mask
    for (let step; (step = this.#table[place] ?? 0) !== 0; place = (place + 1) & mask)
      if (this.#froms.at(step) === from && this.#words.at(step) === word) return step
    const step = this.#addStep(from, word)
    this.#table[place] = step
    if (step * 2 > mask) this.#widen()
    return step
  }

  #addStep(from: Step, word: number): Step {
    this.#froms.push(from)
    this.#words.push(word)
    this.#ends.push(0)
    return this.#ends.length - 1
  }

  #widen(): void {
    const table = new Int32Array(this.#table.length * 2)
    const mask = table.length - 1
    for (let step = 1; step < this.#ends.length; step++) {
      let place = placeOf(this.#froms.at(step), this.#words.at(step)) & mask
      while (table[place] !== 0) place = (place + 1) & mask
      table[place] = step
    }
    this.#table = table
  }

  #endsAt(step: Step, slot: Slot): boolean {
    for (let at = this.#ends.at(step); at !== 0; at = this.#endsBefore.at(at - 1))
      if (this.#endSlots.at(at - 1) === slot) return true
    return false
  }

  /** Steps that end the same sets share one ending. */
  #endings(): Pick<PhraseTree, 'endings' | 'endingBegins' | 'endingSlots'> {
    const endings = new Int32Array(this.#ends.length)
    const begins = new Column()
    const slots = new Column()
    const numbers = new Map<string, Ending>([['', 0]])
    begins.push(0)
    begins.push(0)
    for (let step = 1; step < endings.length; step++) {
      const ended: Slot[] = []
      for (let at = this.#ends.at(step); at !== 0; at = this.#endsBefore.at(at - 1))
        ended.push(this.#endSlots.at(at - 1))
      if (ended.length === 0) continue
      const key = ended.sort((a, b) => a - b).join(' ')
      const known = numbers.get(key)
      endings[step] = known ?? numbers.size
      if (known !== undefined) continue
      numbers.set(key, numbers.size)
      for (const slot of ended) slots.push(slot)
      begins.push(slots.length)
    }
    return { endings, endingBegins: begins.toArray(), endingSlots: slots.toArray() }
  }
}

function placeOf(from: Step, word: number): number {
  const mixed = Math.imul(from, 0x9e3779b1) + Math.imul(word, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
