/** A lane carries one kind of delivery: it claims what is due and carries a few at once. */
import type { App } from '../operations/app.ts'

/** What there is to carry, or why there is nothing: `settled` needed no carrying, `nothing` is due. */
export type Claimed = (() => Promise<void>) | 'settled' | 'nothing'

export interface Lane {
  stop(): Promise<void>
  wake(): void
  idle(): Promise<void>
  /** How many were carried so far. */
  carried(): number
}

/** How long a lane that stops waits for what is under way. */
const graceMs = 5_000

/** Starts a lane. A failure to record what came of a delivery leaves its lease to run out, so it is carried again. */
export function startLane(
  app: App,
  {
    name,
    everyMs,
    atOnce,
    claim,
  }: { name: string; everyMs: number; atOnce: number; claim: () => Promise<Claimed> },
): Lane {
  const underWay = new Set<Promise<void>>()
  let isStopping = false
  let carried = 0
  let failures = 0
  /** How many looks began, and how many of them have found nothing due and nothing under way. */
  let looks = 0
  let restedAt = -1
  let endPause = () => {}
  let onRest: (() => void)[] = []

  const carry = (errand: () => Promise<void>): void => {
    const run = errand()
      .catch((error: unknown) =>
        app.log(`carrying ${name}: one failed and will be carried again`, {
          error: describe(error),
        }),
      )
      .finally(() => {
        carried += 1
        underWay.delete(run)
        endPause()
      })
    underWay.add(run)
  }

  const look = async (): Promise<'more' | 'rest'> => {
    if (underWay.size >= atOnce) {
      await Promise.race(underWay)
      return 'more'
    }
    looks += 1
    const found = await claim()
    failures = 0
    if (found === 'settled') {
      carried += 1
      return 'more'
    }
    if (found === 'nothing') return 'rest'
    carry(found)
    return 'more'
  }

  const rest = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const loop = async (): Promise<void> => {
    while (!isStopping) {
      try {
        if ((await look()) === 'more') continue
        if (underWay.size === 0) {
          restedAt = looks
          const rested = onRest
          onRest = []
          rested.forEach((tell) => tell())
        }
        await rest(everyMs)
      } catch (error) {
        failures += 1
        app.log(`carrying ${name}: could not look for what is due`, {
          failures,
          error: describe(error),
        })
        await rest(Math.min(250 * 2 ** (failures - 1), 10_000))
      }
    }
    // What hangs is left behind: its lease runs out, and the next carrier takes it up.
    await Promise.race([Promise.all(underWay), rest(graceMs)])
    endPause()
    onRest.forEach((tell) => tell())
  }
  const ended = loop()

  return {
    carried: () => carried,
    wake: () => endPause(),
    stop: () => {
      isStopping = true
      endPause()
      return ended
    },
    idle: async () => {
      // Only a look that began after the question can answer it.
      const asked = looks
      while (!isStopping && restedAt <= asked) {
        await new Promise<void>((resolve) => {
          onRest.push(resolve)
          endPause()
        })
      }
    },
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
