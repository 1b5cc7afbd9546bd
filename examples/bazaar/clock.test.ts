import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/postgres.ts'
import { openClock } from './clock.ts'
import { makeTables, openDatabase } from './database.ts'

const aDay = 86_400_000

/** A Recourse that only says how far ahead its clock is. */
async function recourseAhead(told: { ahead: unknown; status?: number }) {
  const server = createServer((_request, response) => {
    response.writeHead(told.status ?? 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ ahead: told.ahead }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

test('in the demo the shop’s clock follows Recourse’s, forward only, and keeps it over a restart', async () => {
  const database = await freshDatabase()
  const db = openDatabase(database.url)
  await makeTables(db)
  const told: { ahead: unknown; status?: number } = { ahead: 2 * aDay }
  const recourse = await recourseAhead(told)
  const open = () => openClock({ db, recourseUrl: recourse.url, isDemo: true, everyMs: 10 })
  const daysAhead = (now: Date) => Math.round((now.getTime() - Date.now()) / aDay)

  const clock = await open()
  await expect.poll(() => daysAhead(clock.now()), { timeout: 15_000 }).toBe(2)
  for (const wrong of [aDay, 'far', null, 1.5]) {
    told.ahead = wrong
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(daysAhead(clock.now())).toBe(2)
  }
  await clock.stop()

  told.status = 404
  const again = await open()
  expect(daysAhead(again.now())).toBe(2)
  await again.stop()

  const outside = await openClock({ db, recourseUrl: recourse.url, isDemo: false })
  expect(daysAhead(outside.now())).toBe(0)
  await recourse.close()
  await db.end()
  await database.drop()
})
