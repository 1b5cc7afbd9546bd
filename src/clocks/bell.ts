/** The bell rings where something becomes due, so that nobody has to look again and again. A hint: who waits looks at times without it. */
import type { App } from '../operations/app.ts'
import { dueKinds, openDueLine, type DueKind, type DueLine } from '../store/due.ts'
import { startLoop, type Loop } from './loop.ts'

/** How long who is woken by the bell waits without it. */
export const withoutBellMs = 2_000

/** How long what is to be told to other processes is gathered. */
const gatherMs = 20

/** Whom to wake for each kind of work. */
export type Wakers = Record<DueKind, () => void>

export interface Bell extends Loop {
  /** Wakes who waits for this kind of work, here and in every process on the database. */
  ring(kind: DueKind): void
}

/** Hangs it up until it is stopped. After a broken connection it rings for everything: nobody knows what was missed. */
export function startBell(
  app: App,
  { databaseUrl, wake }: { databaseUrl: string; wake: Wakers },
): Bell {
  const untold = new Set<DueKind>()
  let line: DueLine | null = null
  let isTelling = false

  const tellOthers = async (): Promise<void> => {
    if (isTelling) return
    isTelling = true
    await new Promise((resolve) => setTimeout(resolve, gatherMs))
    isTelling = false
    const kinds = [...untold]
    untold.clear()
    // Where the line is broken or breaks, the others look for themselves.
    await line?.tell(kinds).catch(() => undefined)
  }

  const loop = startLoop(app, {
    name: 'listening for what becomes due',
    everyMs: withoutBellMs,
    againMs: 250,
    longestPauseMs: 10_000,
    work: async () => {
      if (line !== null) return false
      line = await openDueLine(databaseUrl, {
        onDue: (kind) => wake[kind](),
        onBroken: () => {
          line = null
          loop.wake()
        },
      })
      for (const kind of dueKinds) wake[kind]()
      return false
    },
  })
  return {
    wake: () => loop.wake(),
    ring(kind) {
      wake[kind]()
      untold.add(kind)
      void tellOthers()
    },
    stop: async () => {
      await loop.stop()
      await line?.close()
      line = null
    },
  }
}
