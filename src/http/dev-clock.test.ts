import { expect, test } from 'vitest'
import { served } from '../../test/served.ts'
import { openTime } from '../clocks/time.ts'
import { timeMachine, type TimeMachine } from '../operations/time-machine.ts'

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/v1/dev/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const refusalOf = async (answer: Response) => ((await answer.json()) as { refusal: string }).refusal

/** Served with a machine that is built around the served world once it is there. */
async function demo(changes: { production?: boolean; demo?: boolean } = {}) {
  let machine: TimeMachine | null = null
  const lazy: TimeMachine = {
    ahead: () => machine?.ahead() ?? 0,
    stand: () => machine!.stand(),
    forward: (step) => machine!.forward(step),
  }
  const s = await served({ demo: true, timeMachine: lazy, ...changes })
  const time = await openTime(s.db)
  machine = timeMachine({ ...s.app, now: () => time.now() }, time)
  return s
}

test('the demo’s clock is read and moved by whoever is on this machine', async () => {
  await using s = await demo()
  const before = (await (await fetch(`${s.url}/v1/dev/clock`)).json()) as { ahead: number }
  expect(before.ahead).toBe(0)
  const moved = (await (await post(s.url, { forward: 'P2D' })).json()) as { ahead: number }
  expect(moved).toMatchObject({ ahead: 172_800_000, fired: [], waiting: 0 })
  expect((await s.nobody.session.getMe()).clockAhead).toBe(172_800_000)
  expect(await refusalOf(await post(s.url, { forward: 'P-1D' }))).toBe('invalid_request')
  expect(await refusalOf(await post(s.url, { forward: 'P1D', to: 'next-deadline' }))).toBe(
    'invalid_request',
  )
  expect(await refusalOf(await post(s.url, { forward: 'P9999D' }))).toBe('too_far_ahead')
})

test('there is no machine in production, where no demo is, and for whoever comes from elsewhere', async () => {
  await using production = await demo({ production: true })
  expect(await refusalOf(await post(production.url, { forward: 'P1D' }))).toBe('development_only')
  await using given = await served({ demo: true, timeMachine: null })
  expect(await refusalOf(await post(given.url, { forward: 'P1D' }))).toBe('development_only')
  expect((await given.nobody.session.getMe()).clockAhead).toBeNull()
  await using here = await demo()
  const from = { 'x-forwarded-for': '203.0.113.9' }
  expect(await refusalOf(await post(here.url, { forward: 'P1D' }, from))).toBe('development_only')
})
