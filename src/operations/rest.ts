/** The rest between two looks of whoever works in the background: until its time is over, or something is said to be due. */

export interface Rest {
  /** Resolves after so long at most; a deep rest, as after a failure, goes on when something becomes due. */
  take(milliseconds: number, how?: { isDeep?: boolean }): Promise<void>
  /** Ends the rest. Where nobody rests, the look that is under way may have missed what is due: the next rest is skipped. */
  wake(how?: { evenDeep?: boolean }): void
  /** Ends this rest and every later one. */
  end(): void
  isOver(): boolean
}

export function openRest(): Rest {
  let isOver = false
  let isMissed = false
  let resting: { end: () => void; isDeep: boolean } | null = null
  return {
    isOver: () => isOver,
    take(milliseconds, { isDeep = false } = {}) {
      if (isOver) return Promise.resolve()
      if (isMissed && !isDeep) {
        isMissed = false
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          resting = null
          resolve()
        }
        const timer = setTimeout(end, milliseconds)
        resting = { end, isDeep }
      })
    },
    wake({ evenDeep = false } = {}) {
      if (resting === null || (resting.isDeep && !evenDeep)) isMissed = true
      else resting.end()
    },
    end() {
      isOver = true
      resting?.end()
    },
  }
}
