/** Health and metrics: how this server is, for the people and machines who run it. */
import type { FastifyInstance } from 'fastify'
import { sayClocks } from '../core/alarm.ts'
import { sayTime } from '../core/saying.ts'
import { blindAfterSeconds, type Sight } from '../operations/alarm.ts'
import { readFigures, readMeters, type Vitals } from '../operations/session.ts'
import type { Door } from './door.ts'

/** A database that has not answered by then is down for whoever asks here. */
const patience = 5_000

/**
 * 200 while all is well; 503 when this server cannot serve, so that a balancer takes it out; 500 when it serves
 * and what is due does not fire: taking it out would help nobody, and somebody must look.
 */
const statuses = { up: 200, late: 500, blind: 500, down: 503 } as const

/** Adds both. They ask the database once, and the watchdog from memory. */
export function serveHealth(server: FastifyInstance, { app, metrics, config }: Door): void {
  server.get('/health', { config: { command: 'health.read' } }, async (_request, reply) => {
    const vitals = await within(patience, readFigures(app))
    const sight = config.sight()
    const { status, sentence } = judge(vitals, sight, app.timeZone)
    return reply
      .code(statuses[status])
      .header('cache-control', 'no-store')
      .send({
        status,
        sentence,
        database: vitals ? 'up' : 'down',
        clocks: { overdue: sight.overdue.clocks, since: sight.overdue.since },
        watchdog: { lastLookSeconds: Math.round(sight.secondsAgo) },
      })
  })
  server.get('/metrics', { config: { command: 'metrics.read' } }, async (_request, reply) => {
    const vitals = await within(patience, readMeters(app))
    return reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(metrics.print(vitals, { ...config.sight(), now: app.now() }))
  })
}

function judge(
  vitals: Vitals | null,
  { overdue, secondsAgo }: Sight,
  timeZone: string,
): { status: keyof typeof statuses; sentence: string } {
  if (vitals === null)
    return { status: 'down', sentence: 'The database does not answer, so nothing can be served.' }
  if (secondsAgo > blindAfterSeconds)
    return {
      status: 'blind',
      sentence: `The watchdog has not looked at the clocks for ${Math.round(secondsAgo)} seconds, so nobody would notice if one did not fire.`,
    }
  if (overdue.since !== null)
    return {
      status: 'late',
      sentence: `${sayClocks(overdue.clocks)} not fired since ${sayTime(overdue.since, timeZone)}: what they promise is late.`,
    }
  return { status: 'up', sentence: 'All is well: every clock that was due has fired.' }
}

/** Null when it fails or takes longer. What exactly is wrong is for the log of the database. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds)
  })
  try {
    return await Promise.race([work.catch(() => null), late])
  } finally {
    clearTimeout(timer)
  }
}
