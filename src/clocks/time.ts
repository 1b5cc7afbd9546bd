/** The time of this process: the real one, or in a demo as far ahead of it as its database says. */
import { later } from '../core/calendar.ts'
import type { App } from '../operations/app.ts'
import type { MovableTime } from '../operations/time-machine.ts'
import type { Db } from '../store/db.ts'
import { readTimeMoves, type TimeMove } from '../store/time-move.ts'
import { startBackground, type Loop } from './loop.ts'

export interface Time extends MovableTime {
  now(): Date
  /** What the clock said so many milliseconds of real time ago. */
  ago(milliseconds: number): Date
  /** Tells whenever it has gone ahead. */
  onMove(tell: () => void): void
}

/** Reads how far ahead the clock is. It never goes back, whatever is learned in which order. */
export async function openTime(db: Db, realNow: () => Date = () => new Date()): Promise<Time> {
  // Newest first.
  let moves = await readTimeMoves(db)
  const ahead = () => moves[0]?.ahead ?? 0
  const told: (() => void)[] = []
  return {
    ahead,
    now: () => later(realNow(), ahead()),
    ago(milliseconds) {
      const then = later(realNow(), -milliseconds)
      const past = moves.find(({ movedAt }) => movedAt <= then)
      return later(then, past?.ahead ?? 0)
    },
    learn(move: TimeMove) {
      if (move.ahead <= ahead()) return
      moves = [move, ...moves].slice(0, 20)
      told.forEach((tell) => tell())
    },
    onMove: (tell) => void told.push(tell),
  }
}

/** Follows the moves that other processes make. */
export function followTime(app: App, time: Time, { everyMs = 250 } = {}): Loop {
  const follow = async () => {
    for (const move of (await readTimeMoves(app.db)).toReversed()) time.learn(move)
    return false
  }
  return startBackground(app, follow, everyMs)
}
