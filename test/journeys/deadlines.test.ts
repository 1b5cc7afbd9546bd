import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { later } from '../../src/core/calendar.ts'
import { latenessOf, type Procedure } from '../../src/core/procedure.ts'
import { fileAppeal } from '../../src/operations/appeal.ts'
import { tellListings, tellSellers } from '../../src/operations/fact.ts'
import { screenWaiting } from '../../src/operations/screening.ts'
import { countDue } from '../../src/store/clock.ts'
import { currentProcedure } from '../../src/store/procedure.ts'
import { measuresOn } from '../../src/store/decision.ts'
import { insertTimeMove, type TimeMove } from '../../src/store/time-move.ts'
import { builtOf } from '../built.ts'
import { world, marketplace, type World } from '../world.ts'

/** How many cases run through all their deadlines; `npm run test:faults` takes 1500. */
const cases = Number(process.env['DEADLINE_CASES'] ?? 40)
/** Workers are killed at random all the while. */
const workers = 3
/** How many clocks one fires before it is killed, at most: by work and not by time, so that a slow machine ends too. */
const longestLife = cases > 500 ? 120 : 20
/** In so many steps the whole span is walked through, as fast as the machine can follow. */
const steps = Math.max(cases, 40)
const aDay = 24 * 60 * 60_000
/** Cases are opened over this span of virtual time, and the last one's last deadline is five days later. */
const openedOver = 3 * aDay

const entry = await builtOf(fileURLToPath(new URL('clock-worker.ts', import.meta.url)))

interface Arrival {
  desk: string
  at: number
}

/** What must happen to a case that nobody answers, worked out from the procedure alone. */
function deadlinesOf(procedure: Procedure, desk: string, openedAt: number): Arrival[] {
  const found: Arrival[] = []
  let at = openedAt
  for (let here: string | null = desk; here !== null;) {
    found.push({ desk: here, at })
    at += procedure.desks[here]?.within ?? 0
    const lateness = latenessOf(procedure, here)
    here = lateness?.does === 'hand-over' ? lateness.desk : null
  }
  found.push({ desk: 'lifted', at })
  return found
}

/** Sellers whose listings were taken off sale, and an appeal of each, spread over the span. */
async function openCases(w: World, start: Date): Promise<Map<string, number>> {
  const ids = Array.from({ length: cases }, (_, n) => `l${n}`)
  const sellerOf = (id: string) => `s-${id}`
  let now = start
  w.app.now = () => now
  await tellSellers(
    w.app,
    marketplace,
    ids.map((id) => ({ id: sellerOf(id), name: id, timeZone: 'UTC', factAt: null })),
  )
  const text = {
    title: 'Clay face mask',
    description: '',
    bullets: [],
    brand: '',
    category: '',
    attributes: {},
  }
  await tellListings(
    w.app,
    marketplace,
    ids.map((id) => ({ id, sellerId: sellerOf(id), text, factAt: null })),
  )
  while ((await screenWaiting(w.app, 'eu')) > 0);
  const opened = new Map<string, number>()
  for (const [place, id] of ids.entries()) {
    now = later(start, Math.floor((place * openedOver) / cases) + randomInt(1_000))
    const [measure] = await w.inside((tx) => measuresOn(tx, { kind: 'listing', id }))
    if (!measure) throw new Error(`${id} was not taken off sale`)
    const seller = { kind: 'seller' as const, sellerId: sellerOf(id), by: id, matter: null }
    const objections = [
      { decisionId: measure.decision.id, track: 'dispute' as const, text: 'Clay.', remedy: null },
    ]
    const filed = await fileAppeal(w.app, seller, { objections, fileIds: [] }, null)
    if (!filed.ok) throw new Error(`file the appeal of ${id}: ${filed.refusal}`)
    opened.set(filed.value.caseId, now.getTime())
  }
  return opened
}

/** One worker after another, each killed with its transactions wherever they are, until it is stopped. */
function startMortal(env: Record<string, string>): { kills(): number; stop(): Promise<void> } {
  let kills = 0
  let isStopping = false
  let worker: ChildProcess
  const live = async (): Promise<void> => {
    while (!isStopping) {
      worker = spawn(process.execPath, [entry], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: { PATH: process.env['PATH'], ...env },
      })
      const condemned = worker
      let left = 2 + randomInt(longestLife)
      worker.on('message', () => {
        if (--left === 0)
          setTimeout(() => (kills += Number(condemned.kill('SIGKILL'))), randomInt(30))
      })
      await once(worker, 'exit')
    }
  }
  const life = live()
  return {
    kills: () => kills,
    async stop() {
      isStopping = true
      worker.kill('SIGKILL')
      await life
    },
  }
}

test(
  `${cases} cases run through all their deadlines while workers are killed: none is missed, doubled or early`,
  { timeout: cases * 1_500 + 240_000 },
  async () => {
    await using w = await world()
    // Time only goes ahead of the real one, on whatever day this runs.
    const start = later(new Date(), aDay)
    const opened = await openCases(w, start)
    const { procedure } = await w.inside((tx) => currentProcedure(tx))
    const expected = new Map(
      [...opened].map(([id, at]) => [id, deadlinesOf(procedure, 'performance', at)]),
    )
    const deadlines = [...expected.values()].reduce((sum, { length }) => sum + length - 1, 0)
    const first = Math.min(...opened.values()) + 2 * aDay
    const last = Math.max(...[...expected.values()].map((each) => each.at(-1)?.at ?? 0))

    const time = walkThrough(w, { from: first - 60_000, to: last + 60_000 })
    w.app.now = () => time.now()

    const env = { WORKER_DATABASE_URL: w.url }
    const mortals = Array.from({ length: workers }, () => startMortal(env))
    const isShowing = new AbortController()
    const shop = showWhatIsOwed(w, isShowing.signal)
    try {
      await time.walk()
      await expect
        .poll(
          () =>
            w.inside((tx) =>
              tx
                .selectFrom('clocks')
                .select((select) => select.fn.countAll<number>().as('left'))
                .where('kind', '=', 'case.due')
                .executeTakeFirstOrThrow(),
            ),
          { timeout: 60_000, interval: 250, message: 'no deadline is missed' },
        )
        .toEqual({ left: 0 })
    } finally {
      await Promise.all(mortals.map((mortal) => mortal.stop()))
      isShowing.abort()
      await shop
    }

    const kills = mortals.reduce((sum, mortal) => sum + mortal.kills(), 0)
    const worstLateness = await verify(w, expected, time.realOf)
    console.log(
      `deadlines ${deadlines} of ${cases} cases over ${Math.round((last - start.getTime()) / aDay)} virtual days, ` +
        `killed ${kills} times; missed 0, doubled 0, early 0; worst lateness ${worstLateness.toFixed(2)} s of real time`,
    )
    expect(kills).toBeGreaterThan(2)
  },
)

/** The time of the run, kept in the database for every process, and how it is walked through. */
function walkThrough(w: World, { from, to }: { from: number; to: number }) {
  const moves: TimeMove[] = []
  const move = async (virtual: number) => {
    const movedAt = new Date()
    const next = { movedAt, ahead: virtual - movedAt.getTime() }
    if (next.ahead <= (moves.at(-1)?.ahead ?? 0)) return
    await w.inside((tx) => insertTimeMove(tx, next))
    moves.push(next)
  }
  return {
    now: () => new Date(Date.now() + (moves.at(-1)?.ahead ?? from - Date.now())),
    async walk() {
      for (let step = 0; step <= steps; step++) {
        await move(Math.round(from + ((to - from) * step) / steps))
        // Where workers have just been killed much waits; time does not run away from them.
        const end = Date.now() + 60_000
        do await new Promise((resolve) => setTimeout(resolve, 50))
        while (Date.now() < end && (await waitingNow(w, this.now())) > 25)
      }
    },
    /** When, by the real clock, the virtual one showed an instant; for one that was leapt over, when it was. */
    realOf: (virtual: number): number => {
      const next = moves.findIndex(({ movedAt, ahead }) => movedAt.getTime() + ahead > virtual)
      const before = moves.at(next === -1 ? -1 : next - 1)
      if (before === undefined || next === 0) return moves[0]?.movedAt.getTime() ?? 0
      const shown = virtual - before.ahead
      const leapt = next === -1 ? Infinity : (moves[next]?.movedAt.getTime() ?? Infinity)
      return Math.min(shown, leapt)
    },
  }
}

function waitingNow(w: World, now: Date): Promise<number> {
  return w.inside(async (tx) => {
    const restoring = await tx
      .selectFrom('subjects')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('restoring_since', 'is not', null)
      .executeTakeFirstOrThrow()
    return (await countDue(tx, now)) + restoring.count
  })
}

/** Each deadline is found exactly once: as an arrival or the end of a case, and as the clock that fired. */
async function verify(
  w: World,
  expected: Map<string, Arrival[]>,
  realOf: (virtual: number) => number,
): Promise<number> {
  const events = await w.inside((tx) =>
    tx.selectFrom('events').select(['at', 'kind', 'case_id', 'detail']).orderBy('id').execute(),
  )
  const seen = new Map<string, { desk: string; firedAt: number }[]>()
  const fired = new Map<string, number>()
  for (const { at, kind, case_id: caseId, detail } of events) {
    if (kind === 'clock.fired') {
      const name = `${String(detail['clock'])} ${String(detail['ref'])} ${String(detail['dueAt'])}`
      fired.set(name, (fired.get(name) ?? 0) + 1)
      expect(at.getTime(), `${name} is not early`).toBeGreaterThanOrEqual(
        new Date(String(detail['dueAt'])).getTime(),
      )
    }
    if (caseId === null || (kind !== 'case.arrived' && kind !== 'case.decided')) continue
    const desk = kind === 'case.decided' ? 'lifted' : String(detail['desk'])
    seen.set(caseId, [...(seen.get(caseId) ?? []), { desk, firedAt: at.getTime() }])
  }
  expect(
    [...fired].filter(([, times]) => times !== 1),
    'no clock fired twice',
  ).toEqual([])

  let worst = 0
  for (const [caseId, deadlines] of expected) {
    const arrivals = seen.get(caseId) ?? []
    expect(
      arrivals.map(({ desk }) => desk),
      `case ${caseId} takes each step once and in order`,
    ).toEqual(deadlines.map(({ desk }) => desk))
    for (const [place, { at }] of deadlines.entries()) {
      if (place === 0) continue
      expect(
        fired.get(`case.due ${caseId} ${new Date(at).toISOString()}`),
        `the clock of case ${caseId} fired at its own time`,
      ).toBe(1)
      const late = (arrivals[place]?.firedAt ?? 0) - at
      expect(late, `case ${caseId} is not early at step ${place}`).toBeGreaterThanOrEqual(0)
      worst = Math.max(worst, (realOf(at + late) - realOf(at)) / 1000)
    }
  }
  const lifts = await w.inside((tx) =>
    tx
      .selectFrom('decisions')
      .select(['about', (select) => select.fn.countAll<number>().as('times')])
      .where('kind', '=', 'lift')
      .groupBy('about')
      .execute(),
  )
  expect(lifts).toHaveLength(expected.size)
  expect(lifts.filter(({ times }) => times !== 1)).toEqual([])
  const stillOn = await w.inside((tx) =>
    tx.selectFrom('actions').select('decision_id').where('ended_at', 'is', null).execute(),
  )
  expect(stillOn, 'what was lifted is off').toEqual([])
  return worst
}

/** A shop that does as it is told, so that restoring ends; it looks a few times a second. */
async function showWhatIsOwed(w: World, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    const waiting = await w.inside((tx) =>
      tx.selectFrom('subjects').select('id').where('restoring_since', 'is not', null).execute(),
    )
    for (const { id } of waiting) await w.shopShows(id)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
