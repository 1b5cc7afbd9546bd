/** A page is where one listing after another is read, word by word in columns that are kept, so that reading takes no memory. */
import { WordCursor } from './words.ts'

export class Page {
  readonly cursor = new WordCursor()
  /** Of each word where it starts and ends in its field, and what it may be, as a sign of the vocabulary. */
  starts = new Int32Array(1024)
  ends = new Int32Array(1024)
  signs = new Int32Array(1024)
  words = 0
  /** The words of the field that may go on in the next. */
  openWords = new Int32Array(256)
  opens = 0
  /** Of each phrase found what ends there, and its first and last word, counted within the field. */
  endings = new Int32Array(256)
  froms = new Int32Array(256)
  tos = new Int32Array(256)
  found = 0

  /** Begins a listing. */
  clear(): void {
    this.words = 0
    this.found = 0
  }

  /** Makes room for so many words more. */
  makeRoom(words: number): void {
    const room = this.words + words
    if (room <= this.starts.length) return
    ;[this.starts, this.ends, this.signs] = [
      widen(this.starts, room),
      widen(this.ends, room),
      widen(this.signs, room),
    ]
  }

  addWord(start: number, end: number, sign: number): void {
    this.starts[this.words] = start
    this.ends[this.words] = end
    this.signs[this.words] = sign
    this.words++
  }

  addOpen(word: number): void {
    if (this.opens === this.openWords.length) this.openWords = widen(this.openWords, this.opens * 2)
    this.openWords[this.opens++] = word
  }

  addFound(ending: number, from: number, to: number): void {
    if (this.found === this.endings.length) {
      const room = this.found * 2
      this.endings = widen(this.endings, room)
      this.froms = widen(this.froms, room)
      this.tos = widen(this.tos, room)
    }
    this.endings[this.found] = ending
    this.froms[this.found] = from
    this.tos[this.found] = to
    this.found++
  }
}

function widen(column: Int32Array, room: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(Math.max(room, column.length * 2))
  wider.set(column)
  return wider
}
