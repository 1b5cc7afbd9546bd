/** Figures in PostgreSQL: sums that functions of the database work out, for whoever may not see the rows. */
import { sql } from 'kysely'
import type { Figures } from '../core/figures.ts'
import type { Tx } from './db.ts'

/** How far back is told of; all of it where `days` is null. */
export interface Told {
  days: number | null
  at: Date
}

export interface MeasuresTold {
  by: 'all' | 'policy' | 'decider' | 'finder' | 'span'
  group: string | null
  title: string | null
  taken: number
  contested: number
  overturned: number
}

/** Measures imposed, by what they have in common. */
export async function figuresOfMeasures(tx: Tx, { days, at }: Told): Promise<MeasuresTold[]> {
  const { rows } =
    await sql<MeasuresTold>`select * from figures_of_measures(${days}, ${at})`.execute(tx)
  return rows
}

/** Appeals filed, by what came of them. */
export async function figuresOfAppeals(tx: Tx, { days, at }: Told): Promise<Figures['appeals']> {
  const { rows } = await sql<
    Figures['appeals']
  >`select * from figures_of_appeals(${days}, ${at})`.execute(tx)
  return only(rows)
}

export interface WaitsTold {
  until: 'person' | 'takenUp' | 'answer'
  /** In which step they ended; null for all of them together. */
  place: number | null
  ended: number
  beyond: number
  /** Null of a step. */
  median: number | null
  p95: number | null
  worst: number | null
}

/** How long whoever wrote to us waited, in milliseconds; nothing where nobody did. */
export async function figuresOfWaits(
  tx: Tx,
  { days, at }: Told,
  { person, answer }: { person: number; answer: number },
): Promise<WaitsTold[]> {
  const { rows } =
    await sql<WaitsTold>`select * from figures_of_waits(${days}, ${at}, ${person}, ${answer})`.execute(
      tx,
    )
  return rows
}

export interface SalesTold {
  isBefore: boolean
  /** Null for all of them together. */
  currency: string | null
  orders: number
  bySellers: number
  value: number
  valueBySellers: number
}

/** What was sold, and how much of it by sellers. */
export async function figuresOfSales(tx: Tx, { days, at }: Told): Promise<SalesTold[]> {
  const { rows } = await sql<SalesTold>`select * from figures_of_sales(${days}, ${at})`.execute(tx)
  return rows
}

/** The calls that were booked, and those that nobody made. */
export async function figuresOfCalls(
  tx: Tx,
  { days, at }: Told,
): Promise<{ booked: number; notMade: number }> {
  const { rows } = await sql<{ booked: number; notMade: number }>`
    select * from figures_of_calls(${days}, ${at})`.execute(tx)
  return only(rows)
}

function only<Row>([row]: Row[]): Row {
  if (!row) throw new Error('work out figures: the database answered nothing')
  return row
}
