/** A slow lane lets everybody through: who comes often lately waits longer, and nobody is turned away. */

export interface SlowLane {
  /** Counts one more for this key and answers how many milliseconds it is to wait first. */
  enter(key: string, now: Date): number
  /** How many were counted for this key. */
  count(key: string): number
  /** Forgets what was counted for this key. */
  clear(key: string): void
}

/** Strangers' keys fill memory otherwise; the oldest are forgotten first. */
const mostKeys = 20_000

/** The first `free` go at once; each after that waits twice as long as the one before, at most `most`. Calm lets `within` forget. */
export function createSlowLane({
  free,
  first,
  most,
  within,
  inTurn = false,
}: {
  free: number
  first: number
  most: number
  within: number
  /** Whether those who come at once also wait for each other: for what could be guessed by many tries beside each other. */
  inTurn?: boolean
}): SlowLane {
  const counts = new Map<string, { count: number; at: number; turn: number }>()
  return {
    enter(key, now) {
      const at = now.getTime()
      const held = counts.get(key)
      const count = held === undefined || at - held.at > within ? 1 : held.count + 1
      const pause = count <= free ? 0 : Math.min(most, first * 2 ** Math.min(count - free - 1, 20))
      const turn = (inTurn && held ? Math.max(at, held.turn) : at) + pause
      counts.delete(key)
      counts.set(key, { count, at, turn })
      const [oldest] = counts.keys()
      if (counts.size > mostKeys && oldest !== undefined) counts.delete(oldest)
      return turn - at
    },
    count: (key) => counts.get(key)?.count ?? 0,
    clear: (key) => void counts.delete(key),
  }
}

/** Waits so long. */
export function wait(milliseconds: number): Promise<void> {
  return milliseconds <= 0
    ? Promise.resolve()
    : new Promise((resolve) => setTimeout(resolve, milliseconds))
}
