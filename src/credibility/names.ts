/** Names are kept once each, sign after sign in one array, and known by number: very many of them cost little memory. */
import { openIntegers } from './column.ts'

/** Names as numbers, in the order in which they were first met. */
export interface Names {
  numberOf(name: string): number
  find(name: string): number | undefined
  nameOf(number: number): string
  count(): number
  /** What they take in memory. */
  bytes(): number
}

const EMPTY = -1

export function openNames(): Names {
  let signs = new Uint16Array(1024)
  /** By number: where it ends. */
  const ends = openIntegers()
  /** By hash: the hash and the number side by side; what collides stands in the next slot that is free (open addressing). */
  let slots = new Int32Array(1024).fill(EMPTY)

  function startOf(number: number): number {
    return number === 0 ? 0 : ends.at(number - 1)
  }
  function isCalled(number: number, name: string): boolean {
    const start = startOf(number)
    if (ends.at(number) - start !== name.length) return false
    for (let at = 0; at < name.length; at++)
      if (signs[start + at] !== name.charCodeAt(at)) return false
    return true
  }
  /** The slot that holds a name, or where it would go. */
  function slotOf(name: string, hash: number): number {
    let slot = (2 * hash) & (slots.length - 1)
    for (;;) {
      const held = slots[slot + 1] ?? EMPTY
      if (held === EMPTY || (slots[slot] === hash && isCalled(held, name))) return slot
      slot = (slot + 2) & (slots.length - 1)
    }
  }
  function widen(): void {
    const before = slots
    slots = new Int32Array(2 * before.length).fill(EMPTY)
    for (let from = 0; from < before.length; from += 2) {
      const hash = before[from] ?? 0
      const number = before[from + 1] ?? EMPTY
      if (number === EMPTY) continue
      let slot = (2 * hash) & (slots.length - 1)
      while (slots[slot + 1] !== EMPTY) slot = (slot + 2) & (slots.length - 1)
      slots[slot] = hash
      slots[slot + 1] = number
    }
  }
  function keep(name: string): void {
    const start = startOf(ends.size())
    if (start + name.length > signs.length) {
      const wider = new Uint16Array(2 * (start + name.length))
      wider.set(signs)
      signs = wider
    }
    for (let at = 0; at < name.length; at++) signs[start + at] = name.charCodeAt(at)
    ends.push(start + name.length)
  }

  return {
    numberOf: (name) => {
      const hash = hashName(name)
      let slot = slotOf(name, hash)
      const held = slots[slot + 1] ?? EMPTY
      if (held !== EMPTY) return held
      const number = ends.size()
      if (4 * number >= slots.length) {
        widen()
        slot = slotOf(name, hash)
      }
      slots[slot] = hash
      slots[slot + 1] = number
      keep(name)
      return number
    },
    find: (name) => {
      const held = slots[slotOf(name, hashName(name)) + 1] ?? EMPTY
      return held === EMPTY ? undefined : held
    },
    nameOf: (number) => sayFrom(signs, startOf(number), number < ends.size() ? ends.at(number) : 0),
    count: () => ends.size(),
    bytes: () => signs.byteLength + slots.byteLength + ends.bytes(),
  }
}

function sayFrom(signs: Uint16Array, start: number, end: number): string {
  let name = ''
  for (let at = start; at < end; at++) name += String.fromCharCode(signs[at] ?? 0)
  return name
}

/** FNV-1a over the signs, stirred at the end so that its low bits tell names apart. */
function hashName(name: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) | 0
}
