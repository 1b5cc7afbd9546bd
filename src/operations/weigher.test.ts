/** The thread that weighs: the same as is weighed here, while the server goes on, and all of it or nothing. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judge } from '../../test/complaints.ts'
import { linesHeld } from '../../test/told-complaints.ts'
import { world, type World } from '../../test/world.ts'
import type { DueKind } from '../store/due.ts'
import { callForWeighing, latestWeighing, openCalls } from '../store/weighing.ts'
import { openWeigher, type Weigher } from './weigher.ts'
import { weighSome } from './weighing.ts'

let w: World
let weigher: Weigher
let owner: pg.Client
const due: DueKind[] = []
beforeAll(async () => {
  w = await world()
  weigher = openWeigher(w.app, { databaseUrl: w.url, onDue: (kind) => due.push(kind) })
  owner = new pg.Client({ connectionString: w.url })
  await owner.connect()
  await owner.query(manyComplaints)
})
afterAll(async () => {
  await weigher.close()
  await owner.end()
  await w[Symbol.asyncDispose]()
})

const many = 4_000

/** As if they had come one by one, each with an order, by people who complain of a few sellers each. */
const manyComplaints = `
  set session_replication_role = replica;
  insert into sellers (id, name, fact_at, received_at)
    select 'seller-' || n, 'seller ' || n, now(), now() from generate_series(0, 99) n;
  insert into orders (id, seller_id, listing_id, reporter_id, at, state, fact_at, received_at)
    select 'order-' || n, 'seller-' || n % 100, 'listing', 'buyer-' || n / 2, '2026-09-01'::timestamptz + n * interval '7 minutes',
      'delivered', now(), now()
    from generate_series(1, ${many}) n;
  insert into complaints (id, number, case_id, told_id, at, received_at, seller_id, order_id, reporter_id, kind, text, same_key, traces)
    select 'cmp_' || n, n, 'cas_' || n, 'told-' || n, '2026-10-01'::timestamptz + n * interval '7 minutes', now(),
      'seller-' || n % 100, 'order-' || n, 'buyer-' || n / 2, 'other',
      'It ' || md5(n::text) || ' and ' || md5((n + 1)::text) || ' of ' || md5((n % 9)::text), n::text,
      jsonb_build_object('createdAt', '2025-01-01T00:00:00Z', 'orders', n % 12, 'devices', jsonb_build_array('device-' || n / 2),
        'ipPrefixes', jsonb_build_array('net-' || n % 500), 'paymentHashes', '[]'::jsonb, 'addressHashes', '[]'::jsonb)
    from generate_series(1, ${many}) n;
  set session_replication_role = origin`

const call = () => w.inside((tx) => callForWeighing(tx))
const weighings = () => w.inside(async (tx) => (await latestWeighing(tx))?.number ?? 0)

/** All that is kept of the scores. */
async function scores() {
  const { rows } = await owner.query<{ told_id: string; credibility: number }>(
    `select c.told_id, s.credibility, s.counts, s.reasons
      from complaint_scores s join complaints c on c.id = s.complaint_id order by c.id`,
  )
  return rows
}

/** The longest that nobody was answered meanwhile, in milliseconds. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  await work()
  delays.disable()
  return delays.max / 1e6
}

/** Lets a weighing judge everything and write its first rows, and then wait for us. */
async function heldUp(meanwhile: (pid: number) => Promise<unknown>): Promise<void> {
  await owner.query('begin; lock table complaint_scores in share mode')
  for (;;) {
    // Within a transaction the activity of others stays as it was first seen.
    await owner.query('select pg_stat_clear_snapshot()')
    const { rows } = await owner.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database()
        and application_name = 'recourse weighing' and wait_event_type = 'Lock'`,
    )
    if (rows[0] !== undefined) {
      await meanwhile(rows[0].pid)
      break
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await owner.query('rollback')
}

test('a weighing whose connection breaks says why and leaves nothing half, and the next is whole', async () => {
  await call()
  const weighing = weigher.weigh()
  const outcome = expect(weighing).rejects.toThrow('weigh complaints: ')
  await heldUp((pid) => owner.query('select pg_terminate_backend($1, 5000)', [pid]))
  await outcome
  expect(await w.inside(openCalls)).toHaveLength(1)
  expect(await scores()).toEqual([])
  expect(await weighings()).toBe(0)
  expect(await weigher.weigh()).toBe(true)
  expect(await scores()).toHaveLength(many)
  expect(await weigher.weigh()).toBe(false)
})

test('the server hears what a weighing made due, and lends it its time', async () => {
  expect(new Set(due)).toEqual(new Set(['clock']))
  const latest = await w.inside(latestWeighing)
  const minutes = (w.app.now().getTime() - (latest?.weighedAt.getTime() ?? 0)) / 60_000
  expect(Math.abs(minutes)).toBeLessThan(10)
})

test('a weighing of many complaints does not hold the server up, and finds what is found without a thread', async () => {
  const inThread = await scores()
  await call()
  const there = await longestHold(() => weigher.weigh())
  await owner.query('delete from complaint_scores')
  await call()
  const here = await longestHold(() => weighSome(w.app))
  expect(await scores()).toEqual(inThread)
  const lines = (await w.inside(linesHeld)).map((line) => JSON.stringify(line))
  expect(
    judge(lines)
      .scores.map(({ id, credibility }) => [id, credibility])
      .toSorted(),
  ).toEqual(inThread.map(({ told_id, credibility }) => [told_id, credibility]).toSorted())
  expect(there).toBeLessThan(here / 3)
})

test('a server that stops ends what it weighs, and nothing of that is kept', async () => {
  const before = await weighings()
  await owner.query('delete from complaint_scores')
  await call()
  const outcome = expect(weigher.weigh()).rejects.toThrow('weigh complaints: ')
  await heldUp(() => weigher.close())
  await outcome
  expect(await w.inside(openCalls)).toHaveLength(1)
  expect(await scores()).toEqual([])
  expect(await weighings()).toBe(before)
})
