import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openBazaar } from '../../test/bazaar.ts'

const told = { sequence: 1, state: { offered: false, searchable: false }, because: ['d1'] }

test('a request that Recourse did not sign gets a problem and changes nothing', async () => {
  await using bazaar = await openBazaar()
  for (const [method, path] of [
    ['PUT', '/subjects/listing/rose-soap-bar'],
    ['GET', '/subjects/listing/rose-soap-bar'],
    ['GET', ''],
    ['GET', '/elsewhere'],
  ] as const) {
    const response = await fetch(`${bazaar.url}/connector${path}`, {
      method,
      ...(method === 'PUT' ? { body: JSON.stringify(told) } : {}),
    })
    expect([method, path, response.status]).toEqual([method, path, 401])
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  }
  expect((await bazaar.call('GET', '/subjects/listing/rose-soap-bar')).body.sequence).toBe(0)
})

test('what cannot be read gets a problem with a sentence, and changes nothing', async () => {
  await using bazaar = await openBazaar()
  const bad: unknown[] = [
    '',
    '{',
    'null',
    '[]',
    '"text"',
    {},
    { ...told, sequence: 0 },
    { ...told, sequence: 2 ** 53 },
    { ...told, sequence: '1' },
    { ...told, sequence: 1.5 },
    { ...told, state: null },
    { ...told, state: { offered: false } },
    { ...told, state: { offered: false, searchable: 'no' } },
    { ...told, state: { offered: false, searchable: false, visible: false } },
    { ...told, state: { held: null, onlyTo: null } },
    { ...told, because: 'd1' },
    { ...told, because: [1] },
    { ...told, because: undefined },
    { ...told, because: ['a\0b'] },
    '{"sequence":1,"state":{"offered":false,"searchable":false},"because":["\\ud800"]}',
    '['.repeat(100_000),
  ]
  for (const body of bad) {
    const answer = await bazaar.call('PUT', '/subjects/listing/rose-soap-bar', body)
    expect([JSON.stringify(body)?.slice(0, 120), answer.status]).toEqual([
      JSON.stringify(body)?.slice(0, 120),
      400,
    ])
    expect(answer.type).toContain('application/problem+json')
    expect(answer.body.detail).toMatch(/\.$/)
  }
  const payouts = (held: unknown) =>
    bazaar.call('PUT', '/subjects/payouts/p', {
      sequence: 1,
      state: { held, onlyTo: null },
      because: [],
    })
  for (const held of [
    1,
    {},
    { amount: -1, until: '2030-01-01T00:00:00Z' },
    { amount: 1, until: 'soon' },
    { amount: 1, until: '2030-13-01T00:00:00Z' },
  ])
    expect((await payouts(held)).status).toBe(400)
  expect((await bazaar.call('PUT', '/subjects/listing/x', 'x'.repeat(300_000))).status).toBe(413)
  expect((await bazaar.call('GET', '/subjects/listing/rose-soap-bar')).body.sequence).toBe(0)
})

test('an id is anything that can be written, and a problem where it cannot', async () => {
  await using bazaar = await openBazaar()
  for (const id of ['%00', 'a%0ab', 'x'.repeat(201), 'x'.repeat(1_999), '%7f'])
    expect([id, (await bazaar.call('PUT', `/subjects/listing/${id}`, told)).status]).toEqual([
      id,
      400,
    ])
  for (const path of ['/subjects/parcel/1', '/subjects/listing/%ff', '/subjects/listing/%'])
    expect([path, (await bazaar.call('PUT', path, told)).status]).toEqual([path, 400])
  expect((await bazaar.call('GET', '/subjects/listing')).status).toBe(404)
  for (const id of ['a/b c', 'é 🧼', "'; drop table listings; --", '<script>', '..', '__proto__']) {
    const path = `/subjects/listing/${encodeURIComponent(id).replaceAll('.', '%2e')}`
    // The address parser of the sender takes ".." for "above", however it is written.
    if (id === '..') continue
    expect((await bazaar.call('PUT', path, told)).body).toEqual({ sequence: 1, state: told.state })
    expect((await bazaar.call('GET', path)).body).toEqual({ sequence: 1, state: null })
  }
})

const samples = process.env.RECOURSE_SAMPLES
test.skipIf(samples === undefined)(
  'hostile strings as ids and as bodies never break it (needs RECOURSE_SAMPLES)',
  async () => {
    await using bazaar = await openBazaar()
    const strings: string[] = JSON.parse(
      readFileSync(join(samples ?? '', 'bad-input/blns.json'), 'utf8'),
    )
    expect(strings.length).toBeGreaterThan(400)
    const tell = async (string: string) => {
      // Half a character cannot be sent; it arrives as the sign for one that was lost.
      const id = encodeURIComponent(Buffer.from(string).toString())
      if (id !== '' && id !== '.' && id !== '..') {
        const { status } = await bazaar.call('PUT', `/subjects/listing/${id}`, told)
        const isId = string.length <= 200 && !/\p{Cc}/u.test(string)
        expect([string, status]).toEqual([string, isId ? 200 : 400])
      }
      const asBody = await bazaar.call('PUT', '/subjects/listing/rose-soap-bar', string)
      expect(asBody.status).toBe(400)
    }
    for (let from = 0; from < strings.length; from += 20)
      await Promise.all(strings.slice(from, from + 20).map(tell))
  },
)
