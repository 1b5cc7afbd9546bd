/** Turns: what one caller asks for at once is done a little at a time, so that a flood of one leaves room for everybody else. */

export interface Turns {
  /** Does the work when it is this key's turn; nobody is turned away. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>
}

/** Lets each key have so many things under way; the rest wait in the order in which they came. */
export function createTurns(atOnce: number): Turns {
  const keys = new Map<string, { underWay: number; waiting: (() => void)[] }>()
  return {
    async take(key, work) {
      const held = keys.get(key) ?? { underWay: 0, waiting: [] }
      keys.set(key, held)
      // Whoever ends hands its place on, so it is never free for somebody who comes later.
      if (held.underWay >= atOnce) await new Promise<void>((go) => held.waiting.push(go))
      else held.underWay += 1
      try {
        return await work()
      } finally {
        const next = held.waiting.shift()
        if (next) next()
        else {
          held.underWay -= 1
          if (held.underWay === 0) keys.delete(key)
        }
      }
    },
  }
}
