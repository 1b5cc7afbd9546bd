import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { served, type Served } from '../../test/served.ts'

let s: Served
let cookie: string
beforeAll(async () => {
  s = await served()
  await s.seller('clay')
  cookie = (await s.signIn('clay@sellers.example')).cookie
})
afterAll(async () => s[Symbol.asyncDispose]())

/** Asks a question as the browser of a seller who is signed in would, from wherever a page stands. */
async function ask(
  headers: Record<string, string>,
  body = JSON.stringify({ text: 'Is this allowed?' }),
) {
  const answer = await fetch(`${s.url}/v1/questions`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', ...headers },
    body,
  })
  await answer.body?.cancel()
  return answer.status
}

describe('a change that a cookie vouches for', () => {
  test('is made from our own pages', async () => {
    expect(await ask({ origin: s.url })).toBe(201)
    expect(await ask({ 'sec-fetch-site': 'same-origin' })).toBe(201)
  })

  test('is not made from another origin, nor from none', async () => {
    const { port } = new URL(s.url)
    for (const origin of [
      'https://evil.example',
      'null',
      '',
      `http://127.0.0.1:${Number(port) + 1}`,
      `https://127.0.0.1:${port}x`,
      `http://127.0.0.1:${port}.evil.example`,
      `http://evil.example#${s.url}`,
      `http://evil.example/${s.url}`,
      // Where evidence opens is no page of ours.
      `http://files.localhost:${port}`,
      `${s.url}, https://evil.example`,
      'file://',
      'javascript:',
    ])
      expect([origin, await ask({ origin })]).toEqual([origin, 403])
    for (const site of [
      'cross-site',
      'same-site',
      'none',
      'same-origin, cross-site',
      'SAME-ORIGIN',
    ])
      expect([site, await ask({ 'sec-fetch-site': site })]).toEqual([site, 403])
    expect(await ask({})).toBe(403)
    // An origin that says otherwise is not made good by where else it says that it comes from.
    expect(await ask({ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' })).toBe(403)
  })

  test('is not made by what a form can send', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'text/plain; application/json',
      'application/csp-report',
    ])
      for (const origin of [s.url, 'https://evil.example'])
        expect(
          await ask({ 'content-type': type, origin }, '{"text":"x","a":"="}'),
        ).toBeGreaterThanOrEqual(400)
    const form = new FormData()
    form.append('file', new File(['x'], 'x.png'))
    const answer = await fetch(`${s.url}/v1/files`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example' },
      body: form,
    })
    expect(answer.status).toBe(403)
  })

  test('is not made by an address that is only opened', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await fetch(`${s.url}/v1/questions?text=x`, { method, headers: { cookie } })
      expect(answer.status).toBe(404)
    }
    const cases = await s.inside((tx) => tx.selectFrom('cases').select('id').execute())
    expect(cases).toHaveLength(2)
  })
})
