/** The clock is the bazaar's time: the real one, and in the demo as far ahead as Recourse's, which can be moved. */
import type { Database } from './database.ts'

export interface ShopClock {
  now(): Date
  stop(): Promise<void>
}

interface ClockOptions {
  db: Database
  /** Only in the demo is there somebody to ask. */
  recourseUrl: string | null
  isDemo: boolean
  everyMs?: number
}

/** Opens it. What it was told is kept, so that time never goes back, not even while Recourse is away. */
export async function openClock({
  db,
  recourseUrl,
  isDemo,
  everyMs = 500,
}: ClockOptions): Promise<ShopClock> {
  if (!isDemo || recourseUrl === null)
    return { now: () => new Date(), stop: () => Promise.resolve() }
  let ahead = await readAhead(db)
  const stopping = new AbortController()

  const follow = async () => {
    while (!stopping.signal.aborted) {
      // While nobody answers, the clock goes on as it was told last.
      const told = await askAhead(recourseUrl, stopping.signal).catch(() => null)
      if (told !== null && told > ahead) {
        const kept = await keepAhead(db, told).catch(() => false)
        if (kept) ahead = told
      }
      await pause(everyMs, stopping.signal)
    }
  }
  const following = follow()
  return {
    now: () => new Date(Date.now() + ahead),
    async stop() {
      stopping.abort()
      await following
    },
  }
}

async function askAhead(recourseUrl: string, stopped: AbortSignal): Promise<number | null> {
  const answer = await fetch(`${recourseUrl}/v1/dev/clock`, {
    signal: AbortSignal.any([stopped, AbortSignal.timeout(5_000)]),
  })
  const told: unknown = answer.ok ? await answer.json() : null
  if (typeof told !== 'object' || told === null || !('ahead' in told)) return null
  return typeof told.ahead === 'number' && Number.isSafeInteger(told.ahead) ? told.ahead : null
}

async function readAhead(db: Database): Promise<number> {
  const { rows } = await db.query<{ value: string }>(
    `select value from settings where name = 'clock-ahead'`,
  )
  return Number(rows[0]?.value ?? 0)
}

/** Keeps the farther of the two, whoever else writes. */
async function keepAhead(db: Database, ahead: number): Promise<boolean> {
  await db.query(
    `insert into settings (name, value) values ('clock-ahead', $1)
     on conflict (name) do update set value = greatest(settings.value::bigint, excluded.value::bigint)::text`,
    [String(ahead)],
  )
  return true
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stopped.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      stopped.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    stopped.addEventListener('abort', end)
  })
}
