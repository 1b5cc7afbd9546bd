/** What happens to accounts, told over HTTP: one by one or many at once, by the marketplace alone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemOf } from '../contract/client.ts'
import { served, type Served } from '../../test/served.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(() => s[Symbol.asyncDispose]())

async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'nothing was refused',
    (error: unknown) => problemOf(error)?.refusal ?? String(error),
  )
}

const event = (id: string, more: object = {}) => ({
  id,
  sellerId: 'clay',
  at: '2026-11-22T09:00:00Z',
  kind: 'sign-in' as const,
  device: 'browser-1',
  country: 'PT',
  ...more,
})

test('an event is stored once, and is refused where it says something else or cannot be read', async () => {
  const tell = s.marketplace.facts.tellSecurityEvent
  expect(await tell(event('e1'))).toEqual({ id: 'e1', result: 'stored' })
  expect(await tell(event('e1'))).toEqual({ id: 'e1', result: 'unchanged' })
  expect(await refusalOf(tell(event('e1', { country: 'BR' })))).toBe('event_told_otherwise')
  expect(await refusalOf(tell(event('e2', { at: '2036-11-22T09:00:00Z' })))).toBe('event_ahead')
  for (const wrong of [
    { country: 'Portugal' },
    { kind: 'thought' },
    { device: '' },
    { count: 0 },
    { count: 1.5 },
    { after: 'x'.repeat(501) },
    { before: 'a\0b' },
    { at: 'yesterday' },
    { sellerId: '' },
  ])
    expect([wrong, await refusalOf(tell(event('e3', wrong)))]).toEqual([wrong, 'invalid_request'])
})

test('many are answered line by line, and nobody but the marketplace tells them', async () => {
  const lines = [event('n1'), { id: 'n2' }, event('n3'), event('n3', { country: null })]
  const send = (authorization: string) =>
    fetch(`${s.url}/v1/security-events`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/x-ndjson' },
      body: lines.map((line) => JSON.stringify(line)).join('\n'),
    })
  const answers = (await (await send(`Bearer ${s.key}`)).text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id?: string; error?: { type: string } }) // as answered
  expect(answers.map(({ id, error }) => id ?? error?.type)).toEqual([
    'n1',
    '/problems/invalid_request',
    'n3',
    '/problems/event_told_otherwise',
  ])
  expect((await send('Bearer rk_wrong')).status).toBe(401)
})
