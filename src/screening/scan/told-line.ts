/** A told line is what the fast pass knows of a line that the exact engine must read: where its texts stand, and their words. */
import type { ListingText } from '../../core/listing.ts'
import { readScannedAttributes } from '../listing-line.ts'
import type { Word } from '../vocabulary.ts'
import * as at from './layout.ts'

/** The words of one text of a told line. */
export interface ToldWords {
  readonly line: ToldLine
  /** From which number to which. */
  readonly from: number
  readonly to: number
}

/** The text between two places of bytes that are UTF-8. */
export type TextIn = (start: number, end: number) => string

/** The numbers that the fast pass writes of each text and of each word of a line (`layout.ts`), until it tells the next. */
export class ToldLine {
  readonly words: Int32Array
  readonly #texts: Int32Array
  #count = 0
  /** Of the words that were met, by place: their numbers, and what the exact engine makes of them. */
  readonly #met: Int32Array
  readonly #kept: (Word | undefined)[]

  constructor(parts: { texts: Int32Array; words: Int32Array; met: Int32Array }) {
    this.words = parts.words
    this.#texts = parts.texts
    this.#met = parts.met
    this.#kept = new Array<Word | undefined>(parts.met.length / at.MET_NUMBERS).fill(undefined)
  }

  /** So many texts were told. */
  open(count: number): void {
    this.#count = count * at.TOLD_TEXT_NUMBERS
  }

  /** The place of a text, by the bit of its field; below 0 where the line has no such field. */
  placeOf(bit: number): number {
    for (let place = 0; place < this.#count; place += at.TOLD_TEXT_NUMBERS)
      if (this.#texts[place] === bit) return place
    return -1
  }

  /** The place of the next text that is a bullet, or of the first from below 0; below 0 where none is. */
  bulletAfter(before: number): number {
    const first = before < 0 ? 0 : before + at.TOLD_TEXT_NUMBERS
    for (let place = first; place < this.#count; place += at.TOLD_TEXT_NUMBERS) {
      const bit = this.#texts[place] ?? 0
      if (bit === at.BULLETS || bit >= at.FIRST_BULLET) return place
    }
    return -1
  }

  /** Whether a text stands in the line as it is read, and where. */
  isAsItStands(place: number): boolean {
    return this.#texts[place + 3] === 1
  }

  startAt(place: number): number {
    return this.#texts[place + 1] ?? 0
  }

  endAt(place: number): number {
    return this.#texts[place + 2] ?? 0
  }

  /** The words of the text of a field, by its bit; null where they are not told. */
  wordsOf(bit: number): ToldWords | null {
    const place = this.placeOf(bit)
    const from = place < 0 ? -1 : (this.#texts[place + 4] ?? -1)
    if (from < 0) return null
    return { line: this, from, to: this.#texts[place + 5] ?? from }
  }

  /** What the exact engine makes of a word that is told as this; undefined where it is not kept. */
  keptAs(what: number): Word | undefined {
    return what >= at.FIRST_MET && (what & 1) === 1 ? this.#kept[placeOf(what)] : undefined
  }

  /** Keeps it for as long as the fast pass remembers the word. */
  keep(what: number, word: Word): void {
    if (what < at.FIRST_MET) return
    const place = placeOf(what)
    this.#kept[place] = word
    const number = place * at.MET_NUMBERS + at.MET_WHAT
    this.#met[number] = (this.#met[number] ?? 0) | at.IS_KEPT
  }
}

function placeOf(what: number): number {
  return (what - at.FIRST_MET) >> 1
}

/** A listing of a told line, of which only what somebody asks for is made text. */
export class ToldListing implements ListingText {
  readonly #told: ToldLine
  readonly #textIn: TextIn
  readonly #start: number
  readonly #end: number
  #attributes: ListingText['attributes'] | null = null

  /** The line stands between two places of the bytes. */
  constructor(told: ToldLine, { start, end }: { start: number; end: number }, textIn: TextIn) {
    this.#told = told
    this.#textIn = textIn
    this.#start = start
    this.#end = end
  }

  get id(): string {
    return this.#textOf(at.ID)
  }

  get title(): string {
    return this.#textOf(at.TITLE)
  }

  get description(): string {
    return this.#textOf(at.DESCRIPTION)
  }

  get bullets(): string[] {
    const bullets: string[] = []
    for (let place = -1; (place = this.#told.bulletAfter(place)) >= 0;)
      bullets.push(this.#textAt(place))
    return bullets
  }

  get brand(): string {
    return this.#textOf(at.BRAND)
  }

  get category(): string {
    return this.#textOf(at.CATEGORY)
  }

  get attributes(): ListingText['attributes'] {
    return (this.#attributes ??= readScannedAttributes(this.#textIn(this.#start, this.#end)))
  }

  #textOf(bit: number): string {
    const place = this.#told.placeOf(bit)
    return place < 0 ? '' : this.#textAt(place)
  }

  #textAt(place: number): string {
    const [start, end] = [this.#told.startAt(place), this.#told.endAt(place)]
    if (this.#told.isAsItStands(place)) return this.#textIn(this.#start + start, this.#start + end)
    // With its quotes it is a string of JSON: the fast pass has read it.
    return JSON.parse(this.#textIn(this.#start + start - 1, this.#start + end + 1)) as string
  }
}
