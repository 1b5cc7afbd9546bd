/** Statements that a connection asks again and again are planned once for it, and from then on only run. */
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/** From which time on a connection keeps a statement: most texts come once or twice, and a plan takes memory. */
const keptFrom = 3

/** How many statements a connection keeps; what one takes at the server is in decision 45. */
const mostKept = 100

/** How many texts are counted before they are kept: lists of many lengths make ever new ones, which are not worth it. */
const mostCounted = 2_000

/**
 * A pool as Kysely takes it, whose connections name a statement once it has come often enough, so that PostgreSQL keeps
 * its plan. Planning takes several times as long as running, because row-level security adds to every table all that
 * anybody may be allowed to see.
 *
 * A plan holds behind every wall: who asks is said in settings, which policies read while a statement runs. Where a
 * migration changes what a statement answers, PostgreSQL refuses the old plan: that transaction fails, and its
 * connection is replaced.
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, KeepingPlans>()
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const keeping = known.get(client) ?? keepPlans(client)
      known.set(client, keeping)
      return {
        // Of its ways to ask the one that is used: a stream would need a cursor, which the dialect is not given.
        query: keeping.query as unknown as PostgresPoolClient['query'],
        release: () => client.release(keeping.isOutdated()),
      }
    },
  }
}

/** A connection that keeps plans. */
export interface KeepingPlans {
  query: (text: string, values: readonly unknown[]) => Promise<pg.QueryResult>
  /** Whether a table has changed under one of its plans, so that the connection is of no more use. */
  isOutdated: () => boolean
}

/** Has one connection keep the plans of what comes by often. */
export function keepPlans(client: pg.ClientBase): KeepingPlans {
  const uses = new Map<string, number>()
  const names = new Map<string, string>()
  let isOutdated = false

  /** Null while it is not worth it, and for what takes no values, such as `commit`. */
  const nameOf = (text: string, values: readonly unknown[]): string | null => {
    const name = names.get(text)
    if (name !== undefined) return name
    if (values.length === 0 || names.size >= mostKept) return null
    const times = (uses.get(text) ?? 0) + 1
    if (times < keptFrom) {
      if (times > 1 || uses.size < mostCounted) uses.set(text, times)
      return null
    }
    uses.delete(text)
    const fresh = `kept_${names.size}`
    names.set(text, fresh)
    return fresh
  }

  return {
    isOutdated: () => isOutdated,
    query: async (text, values) => {
      const name = nameOf(text, values)
      try {
        return await client.query({ text, values: [...values], ...(name && { name }) })
      } catch (error) {
        isOutdated ||= isOfOutdatedPlan(error)
        throw error
      }
    },
  }
}

/** What PostgreSQL says where a table has another shape than when the statement was planned. */
function isOfOutdatedPlan(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === '0A000' &&
    error.message.includes('cached plan')
  )
}
