/** What becomes due: the database says it to the connection that makes it so (migration 0031), and processes tell each other. */
import pg from 'pg'
import { connectionOf } from './db.ts'
import type { DeliveryKind } from './delivery.ts'

/** What a program waits for: rows of one kind that become due. */
export type DueKind =
  DeliveryKind | 'clock' | 'screening' | 'rescreening' | 'trial' | 'weighing' | 'mail' | 'time'

export const dueKinds: readonly DueKind[] = [
  'clock',
  'notice',
  'state',
  'webhook',
  'sessions',
  'order',
  'screening',
  'rescreening',
  'trial',
  'weighing',
  'mail',
  'time',
]

const channel = 'recourse_due'

function kindIn(words: string | undefined): DueKind | undefined {
  return dueKinds.find((kind) => kind === words)
}

/** Tells what a pool's transactions make due, each time one has ended; of one that was undone as well. */
export function hearDue(pool: pg.Pool, tell: (kind: DueKind) => void): void {
  const heard = new WeakMap<pg.PoolClient, Set<DueKind>>()
  pool.on('connect', (client) => {
    client.on('notice', ({ message, detail }) => {
      const kind = message === channel ? kindIn(detail) : undefined
      if (kind !== undefined) heard.set(client, (heard.get(client) ?? new Set()).add(kind))
    })
  })
  pool.on('release', (_error, client) => {
    const kinds = heard.get(client)
    heard.delete(client)
    kinds?.forEach(tell)
  })
}

/** A line to the other processes on a database. */
export interface DueLine {
  tell(kinds: readonly DueKind[]): Promise<void>
  close(): Promise<void>
}

/** Opens it on a connection of its own; that it broke is said once. What this process tells, it does not hear. */
export async function openDueLine(
  url: string,
  { onDue, onBroken }: { onDue: (kind: DueKind) => void; onBroken: () => void },
): Promise<DueLine> {
  // Between two rare words a silent connection must show that it still stands.
  const client = new pg.Client({ ...connectionOf(url), keepAlive: true })
  let isOver = false
  let own: number | null = null
  const end = (): void => {
    if (isOver) return
    isOver = true
    onBroken()
  }
  client.on('error', end)
  client.on('end', end)
  client.on('notification', ({ processId, payload }) => {
    const kind = processId === own ? undefined : kindIn(payload)
    if (kind !== undefined) onDue(kind)
  })
  const close = async (): Promise<void> => {
    isOver = true
    await client.end().catch(() => undefined)
  }
  try {
    await client.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    own = rows[0]?.pid ?? null
    await client.query(`listen ${channel}`)
  } catch (error) {
    await close()
    throw error
  }
  return {
    close,
    async tell(kinds) {
      await client.query('select pg_notify($1, kind) from unnest($2::text[]) kind', [
        channel,
        kinds,
      ])
    },
  }
}
