/** The time machine moves a demo's clock forward, for every process on its database, and tells what fired. */
import { later } from '../core/calendar.ts'
import { caseNumber } from '../core/case.ts'
import { sayFired } from '../core/fired.ts'
import { deskTitle } from '../core/procedure.ts'
import { refuse } from '../core/refusal.ts'
import { readDuration } from '../procedure/duration.ts'
import { countDue, nextDueAfter } from '../store/clock.ts'
import { transact, type Tx } from '../store/db.ts'
import { firedSince, lastEvent } from '../store/fired.ts'
import { procedureOf } from '../store/procedure.ts'
import { holdTime, insertTimeMove, readTimeMoves, type TimeMove } from '../store/time-move.ts'
import type { App } from './app.ts'
import { done, type Result } from './result.ts'

/** How far to go: an ISO 8601 duration, or to just after the next clock runs out. */
export type Step = { forward: string } | { to: 'next-deadline' }

/** Where the demo's clock stands. */
export interface Standing {
  now: Date
  /** Milliseconds ahead of the real clock. */
  ahead: number
  /** When the next clock runs out; null when none is running. */
  next: Date | null
}

/** What a move brought about. */
export interface Journey extends Standing {
  fired: { dueAt: Date; words: string }[]
  /** What was due and had not fired when this was told. */
  waiting: number
}

/** Handed to the pages of a demo; elsewhere there is none. */
export interface TimeMachine {
  /** Milliseconds ahead of the real clock. */
  ahead(): number
  stand(): Promise<Standing>
  forward(step: Step): Promise<Result<Journey>>
}

/** The clock of a process that has one: real time and how far ahead of it. */
export interface MovableTime {
  ahead(): number
  /** Takes a move over at once, before it is read back. */
  learn(move: TimeMove): void
}

/** Farther ahead makes no sense: certificates, sessions and people live in real time. */
const mostAhead = 5 * 365 * 86_400_000
const patience = 10_000

/** Builds the machine around a process's clock. */
export function timeMachine(app: App, time: MovableTime): TimeMachine {
  const stand = async (): Promise<Standing> => {
    const now = app.now()
    const next = await transact(app.db, { inside: true }, (tx) => nextDueAfter(tx, now))
    return { now, ahead: time.ahead(), next }
  }
  return {
    ahead: () => time.ahead(),
    stand,
    async forward(step) {
      const moved = await moveTime(app, step)
      if (!moved.ok) return moved
      time.learn(moved.value.move)
      const waiting = await untilFired(app)
      return done({
        ...(await stand()),
        fired: await tellFired(app, moved.value.eventsBefore),
        waiting,
      })
    },
  }
}

async function moveTime(
  app: App,
  step: Step,
): Promise<Result<{ move: TimeMove; eventsBefore: number }>> {
  return transact(app.db, { inside: true }, async (tx) => {
    await holdTime(tx)
    const [latest] = await readTimeMoves(tx)
    const movedAt = new Date()
    const now = later(movedAt, latest?.ahead ?? 0)
    const by = await lengthOf(tx, step, now)
    if (!by.ok) return by
    const ahead = (latest?.ahead ?? 0) + by.value
    if (ahead > mostAhead) return refuse('too_far_ahead')
    const move = { movedAt, ahead }
    await insertTimeMove(tx, move)
    return done({ move, eventsBefore: await lastEvent(tx) })
  })
}

async function lengthOf(tx: Tx, step: Step, now: Date): Promise<Result<number>> {
  if ('forward' in step) {
    const read = readDuration(step.forward)
    if (!read.ok) return refuse('invalid_request', `forward takes ${read.expected}.`)
    return done(read.milliseconds)
  }
  const next = await nextDueAfter(tx, now)
  return next === null ? refuse('nothing_due') : done(next.getTime() - now.getTime() + 1_000)
}

/** Waits while what is now due fires, in turn; answers how much is still waiting after a while. */
async function untilFired(app: App): Promise<number> {
  const end = performance.now() + patience
  for (;;) {
    const due = await transact(app.db, { inside: true }, (tx) => countDue(tx, app.now()))
    if (due === 0 || performance.now() > end) return due
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function tellFired(app: App, eventsBefore: number): Promise<Journey['fired']> {
  return transact(app.db, { inside: true }, async (tx) => {
    const told = []
    for (const clock of await firedSince(tx, eventsBefore)) {
      const procedure = clock.case && (await procedureOf(tx, clock.case.procedureId))
      const words = sayFired({
        ...clock,
        caseNumber: clock.case && caseNumber(clock.case),
        deskTitle: (desk) => (procedure ? deskTitle(procedure, desk) : desk),
      })
      told.push({ dueAt: clock.dueAt, words })
    }
    return told
  })
}
