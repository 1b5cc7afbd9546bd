import { expect, test } from 'vitest'
import { served } from '../../test/served.ts'
import type { Sight } from '../operations/alarm.ts'

const allWell: Sight = { overdue: { clocks: 0, since: null, first: [] }, secondsAgo: 2 }

/** What is answered while the watchdog sees this. */
async function answersTo(sight: Sight) {
  await using s = await served({ sight: () => sight })
  const health = await fetch(`${s.url}/health`)
  const metrics = await (await fetch(`${s.url}/metrics`)).text()
  const metric = (name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(metrics)?.[1])
  return { status: health.status, body: (await health.json()) as { sentence: string }, metric }
}

test('health is well while every clock fires, and says when the watchdog looked', async () => {
  const { status, body, metric } = await answersTo(allWell)
  expect(status).toBe(200)
  expect(body).toMatchObject({ status: 'up', watchdog: { lastLookSeconds: 2 } })
  expect(metric('recourse_watchdog_last_look_seconds')).toBe(2)
})

test('health says which promise is late, with a status that takes no server out of service', async () => {
  const since = new Date('2026-11-23T08:00:00Z')
  const overdue = { clocks: 3, since, first: [] }
  const { status, body, metric } = await answersTo({ ...allWell, overdue })
  expect(status).toBe(500)
  expect(body.sentence).toBe(
    '3 clocks have not fired since Monday 23 November 08:00: what they promise is late.',
  )
  expect(metric('recourse_clocks_overdue')).toBe(3)
  expect(metric('recourse_clock_lateness_seconds')).toBeGreaterThan(3_600)
})

test('a watchdog that does not look is itself not well', async () => {
  const { status, body } = await answersTo({ ...allWell, secondsAgo: 61 })
  expect(status).toBe(500)
  expect(body).toMatchObject({ status: 'blind' })
  expect(body.sentence).toContain('has not looked at the clocks for 61 seconds')
})
