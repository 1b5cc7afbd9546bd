/** A comparison screens the same lines with and without the fast pass, and looks for the smallest that are told otherwise. */
import type { ScreenedBlock } from '../../src/screening/block.ts'
import type { World } from './world.ts'

export interface Difference {
  readonly lines: string
  readonly exactly: string
  readonly fast: string
}

export interface Compared {
  /** Null where every byte and every count is the same. */
  readonly difference: Difference | null
  readonly outcomes: ScreenedBlock['outcomes']
  readonly unread: number
}

export function compare(world: World, lines: readonly Uint8Array[]): Compared {
  const bytes = inOne(lines)
  const [exactly, fast] = [world.screen(bytes, false), world.screen(bytes, true)]
  const { outcomes, unread } = exactly
  return { difference: isSame(exactly, fast) ? null : smallest(world, lines), outcomes, unread }
}

function smallest(world: World, lines: readonly Uint8Array[]): Difference {
  const few = least(lines, (some) => differ(world, some))
  const [only] = few
  const shortest =
    few.length === 1 && only !== undefined
      ? [Uint8Array.from(least([...only], (bytes) => differ(world, [Uint8Array.from(bytes)])))]
      : few
  const told = (isFast: boolean) => {
    const { output, ...counts } = world.screen(inOne(shortest), isFast)
    return `${asText(output)}${JSON.stringify(counts)}`
  }
  return { lines: asText(inOne(shortest)), exactly: told(false), fast: told(true) }
}

/** Every byte told apart, those too that are no text. */
function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes).equals(Buffer.from(Buffer.from(bytes).toString()))
    ? Buffer.from(bytes).toString()
    : Buffer.from(bytes).toString('latin1')
}

export function inOne(lines: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lines.reduce((sum, { length }) => sum + length + 1, 0)).fill(10)
  let at = 0
  for (const line of lines) {
    bytes.set(line, at)
    at += line.length + 1
  }
  return bytes
}

function differ(world: World, lines: readonly Uint8Array[]): boolean {
  const bytes = inOne(lines)
  return !isSame(world.screen(bytes, false), world.screen(bytes, true))
}

function isSame(one: ScreenedBlock, other: ScreenedBlock): boolean {
  return (
    Buffer.compare(one.output, other.output) === 0 &&
    one.unread === other.unread &&
    JSON.stringify(one.outcomes) === JSON.stringify(other.outcomes) &&
    sorted(one.byPolicy) === sorted(other.byPolicy)
  )
}

function sorted(counts: object): string {
  return JSON.stringify(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Leaves out halves, quarters, eighths … down to one as long as it still holds. */
function least<Item>(items: readonly Item[], holds: (some: readonly Item[]) => boolean): Item[] {
  let kept = [...items]
  for (
    let size = Math.ceil(kept.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < kept.length;) {
      const less = [...kept.slice(0, at), ...kept.slice(at + size)]
      if (less.length > 0 && holds(less)) kept = less
      else at += size
    }
  }
  return kept
}
