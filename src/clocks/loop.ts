/** Loops that work in the background: clocks that fire, and work that waits. */
import { storyOf } from '../core/thrown.ts'
import type { App } from '../operations/app.ts'
import { openRest } from '../operations/rest.ts'
import { claimDueClock, nextDueAfter, type Clock } from '../store/clock.ts'
import { transact, type Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'

export interface Loop {
  /** Ends after what is under way; nothing is cut off in the middle. */
  stop(): Promise<void>
  /** Looks now instead of at the next look; after a failure the pause stays. */
  wake(): void
}

/** Whether there may be more to do at once, or in how many milliseconds. */
export type Prospect = boolean | number

/** How late a clock may fire before the people who run the server read of it. */
const lateAfter = 60_000

/**
 * Fires every due clock, the longest due first: claim, effect and the event that says so in one transaction each.
 * Several workers run beside each other, in one process or many. A clock that throws stays due, is logged, and
 * holds up no other. Between looks it waits for the next that runs out, to be woken, and at most for `everyMs`.
 */
export function startClocks(
  app: App,
  fire: (tx: Tx, clock: Clock) => Promise<void>,
  { everyMs, workers = 1 }: { everyMs: number; workers?: number },
): Loop {
  const failing = new Map<string, { clock: Clock; attempts: number; retryAt: number }>()

  const fireOne = async (): Promise<Prospect> => {
    const now = app.now()
    const resting = [...failing.values()].filter(({ retryAt }) => retryAt > now.getTime())
    const except = resting.map(({ clock }) => clock)
    const current: { clock: Clock | null; next: Date | null } = { clock: null, next: null }
    try {
      await transact(app.db, { inside: true }, async (tx) => {
        current.clock = await claimDueClock(tx, now, except)
        if (current.clock === null) {
          current.next = await nextDueAfter(tx, now)
          return
        }
        await fire(tx, current.clock)
        await recordEvents(tx, [firedEvent(current.clock, now)])
      })
    } catch (error) {
      if (current.clock === null) throw error
      rest(current.clock, error)
      return true
    }
    if (current.clock === null) {
      const coming = resting.map(({ retryAt }) => retryAt)
      if (current.next !== null) coming.push(current.next.getTime())
      return coming.length > 0 && Math.min(...coming) - app.now().getTime()
    }
    const { kind, ref, dueAt } = current.clock
    failing.delete(nameOf(current.clock))
    const late = now.getTime() - dueAt.getTime()
    if (late > lateAfter)
      app.log('a clock fired late', { kind, ref, seconds: Math.round(late / 1000) })
    return true
  }

  const rest = (clock: Clock, error: unknown): void => {
    const attempts = (failing.get(nameOf(clock))?.attempts ?? 0) + 1
    const pause = isLockTimeout(error) ? 100 : Math.min(1_000 * 2 ** (attempts - 1), 60_000)
    failing.set(nameOf(clock), { clock, attempts, retryAt: app.now().getTime() + pause })
    // Giving way to a command at the same case is no failure.
    if (!isLockTimeout(error))
      app.log('a clock failed and will be tried again', {
        kind: clock.kind,
        ref: clock.ref,
        attempts,
        error: storyOf(error),
      })
  }

  const loops = Array.from({ length: workers }, () =>
    startLoop(app, { name: 'firing clocks', work: fireOne, everyMs, againMs: 250 }),
  )
  return {
    wake: () => loops.forEach((loop) => loop.wake()),
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

/** Does work again and again while it answers that there may be more, and looks anew after a pause. */
export function startBackground(app: App, work: () => Promise<Prospect>, everyMs: number): Loop {
  return startLoop(app, { name: 'background work', work, everyMs, againMs: 250 })
}

/** The same under a name for the log; after failures it pauses for longer, up to `longestPauseMs`. */
export function startLoop(
  app: App,
  {
    name,
    work,
    everyMs,
    againMs = Math.max(everyMs, 250),
    longestPauseMs = 30_000,
  }: {
    name: string
    work: () => Promise<Prospect>
    everyMs: number
    /** The pause after one failure. */
    againMs?: number
    longestPauseMs?: number
  },
): Loop {
  const rest = openRest()
  let failures = 0
  const loop = async (): Promise<void> => {
    while (!rest.isOver()) {
      try {
        const prospect = await work()
        failures = 0
        if (prospect === true) continue
        await rest.take(prospect === false ? everyMs : Math.min(prospect, everyMs))
      } catch (error) {
        failures += 1
        app.log(`${name} failed and will be tried again`, { failures, error: storyOf(error) })
        await rest.take(Math.min(againMs * 2 ** (failures - 1), longestPauseMs), { isDeep: true })
      }
    }
  }
  const ended = loop()
  return {
    wake: () => rest.wake(),
    stop: () => {
      rest.end()
      return ended
    },
  }
}

/** Proof that a deadline was kept: which clock, when it was due, and when it fired. */
function firedEvent({ kind, ref, dueAt }: Clock, now: Date) {
  const detail = { clock: kind, ref, dueAt: dueAt.toISOString() }
  const nothing = { sellerId: null, caseId: null, decisionId: null, by: null }
  return { at: now, kind: 'clock.fired', ...nothing, detail }
}

function nameOf({ kind, ref }: Clock): string {
  return `${kind} ${ref}`
}

/** PostgreSQL's `lock_not_available`: a command held the row, and the clock gave way. */
function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03'
}
