/** A column is a list of whole numbers that grows, kept flat so that it can be handed to other threads as it lies. */
export class Column {
  length = 0
  #values: Int32Array

  constructor(room = 1024) {
    this.#values = new Int32Array(room)
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Int32Array(this.length * 2)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[this.length++] = value
  }

  at(place: number): number {
    return this.#values[place] ?? 0
  }

  set(place: number, value: number): void {
    this.#values[place] = value
  }

  /** What it holds, with no room left over. */
  toArray(): Int32Array {
    return this.#values.slice(0, this.length)
  }
}
