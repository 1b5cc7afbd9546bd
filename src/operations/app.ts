/** The App value: what every operation needs from the world, handed in once. */
import { randomBytes } from 'node:crypto'
import type { HealthRules } from '../core/health-rules.ts'
import type { Help } from '../core/help.ts'
import type { Db } from '../store/db.ts'
import type { Judge } from './judge.ts'

export interface App {
  db: Db
  /** The one clock. Everything that is stored or compared comes from here. */
  now(): Date
  /** Says who may do what: `byTheTable`, wherever the system runs. */
  judge: Judge
  /** A new id of 128 random bits behind a short prefix, e.g. `dec_…`. */
  newId(prefix: string): string
  /** How long what a person decided may be taken back before anyone hears of it, in milliseconds; a minute unless set. */
  undoFor: number
  /** What the marketplace is called on pages and in mail. */
  marketplace: string
  /** The language of times in notices until a seller names one. */
  timeZone: string
  /** The topics that lead to a person, and when people call; null where no pages are served. */
  help: Help | null
  /** What counts against an account, and what follows from it; null where nothing is worked out. */
  health: HealthRules | null
  /** Says what happened to people who run the server; never a secret, never a seller's words. */
  log(message: string, detail?: Record<string, unknown>): void
}

/** A new id as `App.newId` gives it, wherever the system runs. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(16).toString('hex')}`
}
