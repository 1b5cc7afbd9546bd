/** The thread that weighs: what is read and judged stays in it, and the server hears only that it is done. */
import { parentPort, workerData } from 'node:worker_threads'
import { later } from '../core/calendar.ts'
import { openDatabase } from '../store/db.ts'
import { hearDue } from '../store/due.ts'
import { newId } from './app.ts'
import { weighSome } from './weighing.ts'
import type { WeigherAnswer, WeigherSetup, WeighOrder } from './weigher.ts'

const { databaseUrl } = workerData as WeigherSetup // only `openWeigher` starts this file
const { db, pool } = openDatabase(databaseUrl, { connections: 1, name: 'recourse weighing' })
const answer = (said: WeigherAnswer) => parentPort?.postMessage(said)
hearDue(pool, (due) => answer({ due }))

parentPort?.on('message', (order: WeighOrder) => void weigh(order))

/** What fails here ends the thread, and whoever waits for it hears why; the next weighing begins with another. */
async function weigh({ ahead }: WeighOrder): Promise<void> {
  const app = { db, newId, now: () => later(new Date(), ahead) }
  answer({ weighed: await weighSome(app) })
}
