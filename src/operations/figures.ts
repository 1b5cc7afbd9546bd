/** Figures for anybody, worked out once a minute at most: a page without sign-in is no way to keep the database busy. */
import { later } from '../core/calendar.ts'
import {
  barsOf,
  leastGroup,
  mergeSmall,
  periodDays,
  stepFor,
  type Figures,
  type MeasureGroup,
  type Period,
  type ToldGroup,
  type Wait,
} from '../core/figures.ts'
import type { KnownGap } from '../core/known-gap.ts'
import { shareOf } from '../core/likely-range.ts'
import type { Procedure } from '../core/procedure.ts'
import type { Check } from '../procedure/check.ts'
import { transact, type Db, type Tx } from '../store/db.ts'
import {
  figuresOfAppeals,
  figuresOfCalls,
  figuresOfMeasures,
  figuresOfSales,
  figuresOfWaits,
  type MeasuresTold,
  type SalesTold,
  type Told,
  type WaitsTold,
} from '../store/figures.ts'
import { currentProcedure, latestAdoption } from '../store/procedure.ts'
import { countWaiting, type Waiting } from '../store/waiting.ts'
import type { App } from './app.ts'
import { worstOf } from './promises.ts'

export interface PublicFigures extends Figures {
  /** As it was at `until`. */
  now: Waiting
  procedure: {
    id: string
    title: string
    promise: Procedure['promise']
    worst: Check['worst']
    acceptedGaps: KnownGap[]
    adoptedAt: Date
  }
}

/** How long an answer is kept, in milliseconds. */
const keptFor = 60_000

interface Kept {
  at: Date
  figures: Promise<PublicFigures>
  isDone: boolean
}

/** What was answered last, for each database and period, and what is being worked out for it now. */
const answers = new WeakMap<Db, { kept: Map<Period, Kept>; last: Promise<unknown> }>()

/** The figures of a period, at most a minute old. Whoever asks meanwhile waits for the same answer. */
export function readPublicFigures(app: App, period: Period): Promise<PublicFigures> {
  const held = answers.get(app.db) ?? { kept: new Map<Period, Kept>(), last: Promise.resolve() }
  answers.set(app.db, held)
  const known = held.kept.get(period)
  const now = app.now()
  // A clock that was moved, as the demo's can be, makes an answer old in either direction.
  if (known && (!known.isDone || Math.abs(now.getTime() - known.at.getTime()) < keptFor))
    return known.figures
  // One period after the other, so that all of them together cost no more than one connection.
  const figures = held.last.then(() => workOut(app, period))
  const kept: Kept = { at: now, figures, isDone: false }
  held.kept.set(period, kept)
  held.last = figures.then(
    () => void (kept.isDone = true),
    // Whoever asked is told; who asks next begins anew.
    () => void held.kept.delete(period),
  )
  return figures
}

function workOut(app: App, period: Period): Promise<PublicFigures> {
  return transact(app.db, { nobody: true }, async (tx) => {
    const at = app.now()
    const days = periodDays[period]
    const told: Told = { days, at }
    const { id, procedure } = await currentProcedure(tx)
    const adoption = await latestAdoption(tx)
    if (adoption === null) throw new Error(`work out figures: ${id} was never adopted`)
    return {
      period,
      from: days === null ? null : later(at, -days * 86_400_000),
      until: at,
      now: await countWaiting(tx, at),
      measures: measuresOf(await figuresOfMeasures(tx, told), days),
      appeals: await figuresOfAppeals(tx, told),
      waits: await waitsOf(tx, told, procedure),
      calls: await figuresOfCalls(tx, told),
      sales: salesOf(await figuresOfSales(tx, told)),
      procedure: {
        id,
        title: procedure.title,
        promise: procedure.promise,
        worst: worstOf(id, procedure),
        acceptedGaps: adoption.acceptedGaps,
        adoptedAt: adoption.adoptedAt,
      },
    }
  })
}

/** What a measure has in common with others beside its rule, in words. */
const groupTitles: Record<string, string> = {
  'decider machine': 'Decided by a machine',
  'decider person': 'Decided by a person',
  'finder machine': 'Found by a machine',
  'finder complaint': 'Found by a complaint',
  'finder person': 'Found by a person',
}

function measuresOf(rows: readonly MeasuresTold[], days: number | null): Figures['measures'] {
  const all = rows.find(({ by }) => by === 'all') ?? { taken: 0, contested: 0, overturned: 0 }
  const groups = (by: MeasuresTold['by'], others: string): ToldGroup[] => {
    const own = rows.filter((row) => row.by === by)
    const titled = own.map(({ group, title, taken, contested, overturned }): MeasureGroup => {
      const words = title ?? groupTitles[`${by} ${group ?? ''}`] ?? group ?? ''
      return { group, title: words, taken, contested, overturned }
    })
    return mergeSmall(titled, others).map(({ overturned, ...group }) => ({
      ...group,
      overturned: shareOf(overturned, group.taken),
    }))
  }
  return {
    taken: all.taken,
    contested: all.contested,
    overturned: shareOf(all.overturned, all.taken),
    byPolicy: groups('policy', 'All other rules'),
    byDecider: groups('decider', 'Decided by machines and people'),
    byFinder: groups('finder', 'Found in other ways'),
    spans: rows
      .filter(({ by }) => by === 'span')
      .map(({ group, taken, overturned }) => ({
        start: group ?? '',
        taken,
        overturned: taken < leastGroup ? null : overturned,
      }))
      .toSorted((one, other) => one.start.localeCompare(other.start)),
    spanUnit: days === null ? 'month' : 'week',
  }
}

async function waitsOf(tx: Tx, told: Told, { promise }: Procedure): Promise<Figures['waits']> {
  const stepsOf = { person: stepFor(promise.person), answer: stepFor(promise.answer) }
  const rows = await figuresOfWaits(tx, told, stepsOf)
  const waitFor = (
    until: WaitsTold['until'],
    { stepMs, promiseMs }: Pick<Wait, 'stepMs' | 'promiseMs'>,
  ): Wait => {
    const own = rows.filter((row) => row.until === until)
    const all = own.find(({ place }) => place === null)
    const counted = own.flatMap(({ place, ended }) => (place === null ? [] : [{ place, ended }]))
    return {
      promiseMs,
      ended: all?.ended ?? 0,
      beyond: all?.beyond ?? 0,
      medianMs: all?.median ?? null,
      p95Ms: all?.p95 ?? null,
      worstMs: all?.worst ?? null,
      stepMs,
      bars: barsOf(counted, stepMs),
    }
  }
  return {
    person: waitFor('person', { stepMs: stepsOf.person, promiseMs: promise.person }),
    takenUp: waitFor('takenUp', { stepMs: stepsOf.person, promiseMs: null }),
    answer: waitFor('answer', { stepMs: stepsOf.answer, promiseMs: promise.answer }),
  }
}

function salesOf(rows: readonly SalesTold[]): Figures['sales'] {
  const all = rows.find(({ isBefore, currency }) => !isBefore && currency === null)
  const before = rows.find(({ isBefore, currency }) => isBefore && currency === null)
  return {
    orders: all?.orders ?? 0,
    bySellers: all?.bySellers ?? 0,
    share: all ? all.bySellers / all.orders : null,
    before: before ? before.bySellers / before.orders : null,
    byValue: rows
      .filter(
        ({ isBefore, orders, currency, value }) =>
          !isBefore && currency !== null && orders >= leastGroup && value > 0,
      )
      .map(({ currency, value, valueBySellers }) => ({
        currency: currency ?? '',
        share: valueBySellers / value,
      }))
      .toSorted((one, other) => one.currency.localeCompare(other.currency)),
  }
}
