/** A lane carries one kind of delivery: it claims what is due and carries a few at once. */
import { wordsOf } from '../core/thrown.ts'
import type { App } from '../operations/app.ts'
import { nextDeliveryIn } from '../operations/delivery.ts'
import { openRest } from '../operations/rest.ts'
import type { DeliveryKind } from '../store/delivery.ts'

/** What there is to carry, or why there is nothing: `settled` needed no carrying, `nothing` is due. */
export type Claimed = (() => Promise<void>) | 'settled' | 'nothing'

export interface Lane {
  kind: DeliveryKind
  stop(): Promise<void>
  /** Looks now instead of at the next look; after a failure the pause stays. */
  wake(): void
  idle(): Promise<void>
  /** How many were carried so far. */
  carried(): number
}

/** How long what is due and cannot be claimed is left alone: another has it, or it waits for something else. */
const shortly = 200

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
    kind,
  }: {
    name: string
    kind: DeliveryKind
    /** How often it looks at least. */
    everyMs: number
    atOnce: number
    claim: () => Promise<Claimed>
  },
): Lane {
  const underWay = new Set<Promise<void>>()
  const pause = openRest()
  let carried = 0
  let failures = 0
  /** How many looks began, and how many of them have found nothing due and nothing under way. */
  let looks = 0
  let restedAt = -1
  let onRest: (() => void)[] = []

  const carry = (errand: () => Promise<void>): void => {
    const run = errand()
      .catch((error: unknown) =>
        app.log(`carrying ${name}: one failed and will be carried again`, {
          error: wordsOf(error),
        }),
      )
      .finally(() => {
        carried += 1
        underWay.delete(run)
        pause.wake()
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

  const untilNext = async (): Promise<number> => {
    // Who looks that often anyhow sees in time what is due.
    const next = everyMs > shortly ? await nextDeliveryIn(app, kind) : null
    if (next === null) return everyMs
    return next > 0 ? Math.min(next, everyMs) : shortly
  }

  const loop = async (): Promise<void> => {
    while (!pause.isOver()) {
      try {
        if ((await look()) === 'more') continue
        if (underWay.size === 0) {
          restedAt = looks
          const rested = onRest
          onRest = []
          rested.forEach((tell) => tell())
        }
        await pause.take(await untilNext())
      } catch (error) {
        failures += 1
        app.log(`carrying ${name}: could not look for what is due`, {
          failures,
          error: wordsOf(error),
        })
        await pause.take(Math.min(250 * 2 ** (failures - 1), 10_000), { isDeep: true })
      }
    }
    // What hangs is left behind: its lease runs out, and the next carrier takes it up.
    const grace = openRest()
    await Promise.race([Promise.all(underWay), grace.take(graceMs)])
    grace.end()
    onRest.forEach((tell) => tell())
  }
  const ended = loop()

  return {
    kind,
    carried: () => carried,
    wake: () => pause.wake(),
    stop: () => {
      pause.end()
      return ended
    },
    idle: async () => {
      // Only a look that began after the question can answer it.
      const asked = looks
      while (!pause.isOver() && restedAt <= asked) {
        await new Promise<void>((resolve) => {
          onRest.push(resolve)
          pause.wake({ evenDeep: true })
        })
      }
    },
  }
}
