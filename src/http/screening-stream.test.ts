import { once } from 'node:events'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { served, type Served } from '../../test/served.ts'
import { maskPolicy } from '../../test/world.ts'
import type { Problem } from '../contract/problem.ts'
import type { Verdict } from '../core/finding.ts'
import { setPolicyLevel } from '../operations/policy.ts'
import { addStaff } from '../operations/staff.ts'
import { screenBlock } from '../screening/block.ts'
import { compilePolicies } from '../screening/compile.ts'
import type { Explanation } from '../screening/explain.ts'
import { openUtf8 } from '../screening/utf8.ts'

let s: Served
/** The threads that were started. */
const threads: Worker[] = []
const remember = (thread: Worker) => void threads.push(thread)

beforeAll(async () => {
  process.on('worker', remember)
  s = await served()
})
beforeEach(() => {
  s.logged.length = 0
})
afterAll(async () => {
  await s[Symbol.asyncDispose]()
  process.off('worker', remember)
})

const ndjson = { 'content-type': 'application/x-ndjson' }
const line = (id: string, title: string) => `${JSON.stringify({ id, title })}\n`

/** So many lines, of which every tenth is found, with text enough to weigh something. */
function catalogue(lines: number, prefix = 'x'): string {
  const text = 'Made of oak, oiled, and packed without plastic. '.repeat(8)
  return Array.from({ length: lines }, (_, index) =>
    line(`${prefix}${index}`, `${index % 10 === 0 ? 'Sleep mask' : 'Wooden train'}. ${text}`),
  ).join('')
}

/** What the engine itself says of a text. */
function expected(text: string | Buffer, explanation: Explanation = 'full'): string {
  const compiled = compilePolicies([maskPolicy], { jurisdiction: 'eu' })
  const block = { bytes: new Uint8Array(Buffer.from(text)), firstLine: 1, isTooLong: false }
  const { output } = screenBlock(compiled, block, { explanation, utf8: openUtf8() })
  return Buffer.from(output).toString()
}

async function screen(
  body: string | Buffer,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
) {
  const answer = await fetch(`${s.url}/v1/screenings${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${s.key}`, ...ndjson, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    judges: answer.headers.get('recourse-policies'),
    type: answer.headers.get('content-type'),
    text,
    lines: text
      .split('\n')
      .filter((one) => one !== '')
      .map((one) => JSON.parse(one) as Answer),
  }
}

/** A verdict, the error of a line, or a problem. */
type Answer = Partial<Pick<Verdict, 'id' | 'outcome'> & Problem> & {
  line?: number
  error?: { type: string; refusal?: string }
}

/** A stream that is sent and read by hand. */
function openStream(): { request: ClientRequest; answer: Promise<IncomingMessage> } {
  const open = request(`${s.url}/v1/screenings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${s.key}`, ...ndjson },
  })
  open.on('error', () => undefined)
  const answer = once(open, 'response').then(([response]) => response as IncomingMessage)
  answer.catch(() => undefined)
  return { request: open, answer }
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${s.url}/metrics`)).text()
  const found = text.split('\n').find((one) => one.startsWith(`${name} `))
  return Number(found?.split(' ')[1])
}

async function until(holds: () => Promise<boolean> | boolean, within = 10_000): Promise<void> {
  const end = performance.now() + within
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to that')
    await sleep(20)
  }
}

describe('a stream of listings to screen', () => {
  test('is answered line by line in order, as the engine answers, a broken line in its place', async () => {
    const text = `${line('a', 'Sleep mask')}{"id":\n\n${line('b', 'Oak table')}null\r\n${line('c', 'Water filter')}{"id":"d","title":"Mask"}`
    const { status, type, judges, lines, text: answered } = await screen(text)
    expect(status).toBe(200)
    expect(type).toBe('application/x-ndjson')
    expect(judges).toBe('masks/1')
    expect(answered).toBe(expected(text))
    expect(lines.map((one) => one.outcome ?? `line ${one.line}: ${one.error?.type}`)).toEqual([
      'deactivate',
      'line 2: invalid_json',
      'allow',
      'line 5: wrong_type',
      'review',
      'deactivate',
    ])
  })

  test('keeps its order over many blocks and threads, plain or packed', async () => {
    const text = catalogue(5000)
    const answer = expected(text)
    expect((await screen(text)).text).toBe(answer)
    expect((await screen(gzipSync(text), { headers: { 'content-encoding': 'gzip' } })).text).toBe(
      answer,
    )
  })

  test('is explained as asked', async () => {
    const text = line('a', 'mask, filter')
    for (const explanation of ['full', 'short', 'none'] as const)
      expect((await screen(text, { query: `?explain=${explanation}` })).text).toBe(
        expected(text, explanation),
      )
    const refused = await screen(text, { query: '?explain=loudly' })
    expect(refused.status).toBe(400)
    expect(refused.lines[0]).toMatchObject({
      refusal: 'invalid_request',
      issues: [{ path: 'explain' }],
    })
  })

  test('an answer comes while the stream stays open', async () => {
    const { request, answer } = openStream()
    request.write(line('first', 'Sleep mask'))
    const response = await answer
    expect(response.headers['recourse-policies']).toBe('masks/1')
    const [first] = (await once(response, 'data')) as [Buffer]
    expect(first.toString()).toBe(expected(line('first', 'Sleep mask')))
    request.end(line('second', 'Oak table'))
    expect(await readAll(response)).toContain('"second"')
  })

  test('an empty one is answered with nothing', async () => {
    expect(await screen('')).toMatchObject({ status: 200, text: '' })
    expect(await screen('\n \r\n')).toMatchObject({ status: 200, text: '' })
  })

  test('is counted', async () => {
    const before = await metric('recourse_screening_listings_total{outcome="deactivate"}')
    const [bytes, unread] = [
      await metric('recourse_screening_bytes_total'),
      await metric('recourse_screening_unread_lines_total'),
    ]
    const text = `${line('a', 'mask')}{\n${line('b', 'mask')}`
    await screen(text)
    expect(await metric('recourse_screening_listings_total{outcome="deactivate"}')).toBe(before + 2)
    expect(await metric('recourse_screening_bytes_total')).toBe(bytes + text.length)
    expect(await metric('recourse_screening_unread_lines_total')).toBe(unread + 1)
    expect(await metric('recourse_screening_streams')).toBe(0)
    expect(await metric('recourse_screening_seconds_total')).toBeGreaterThan(0)
    const requests = await metric(
      'http_request_duration_seconds_count{route="screenings.stream",status="200"}',
    )
    expect(requests).toBeGreaterThan(0)
  })
})

describe('who may send one', () => {
  test('the marketplace by its key, and nobody without', async () => {
    const noKey = await fetch(`${s.url}/v1/screenings`, {
      method: 'POST',
      headers: ndjson,
      body: line('a', 'mask'),
    })
    expect(noKey.status).toBe(401)
    expect(((await noKey.json()) as { refusal: string }).refusal).toBe('not_signed_in')
    const wrong = await screen(line('a', 'mask'), { headers: { authorization: 'Bearer rk_no' } })
    expect(wrong).toMatchObject({ status: 401, lines: [{ refusal: 'not_signed_in' }] })
  })

  test('staff who may screen ahead, and no others', async () => {
    const reviewer = await s.reviewer('Nora')
    const guest = 'guest@marketplace.example'
    await addStaff(s.app, { email: guest, name: 'Guest', roles: [], desks: ['support'] })
    const by = async (email: string) => {
      const answer = await fetch(`${s.url}/v1/screenings`, {
        method: 'POST',
        headers: { ...(await s.signIn(email)), ...ndjson },
        body: line('a', 'mask'),
      })
      return { status: answer.status, text: await answer.text() }
    }
    expect(await by(reviewer.email)).toEqual({ status: 200, text: expected(line('a', 'mask')) })
    expect((await by(guest)).status).toBe(403)
  })

  test('a seller screens one by one, as JSON', async () => {
    await s.seller('shopkeeper')
    const session = await s.signIn('shopkeeper@sellers.example')
    const by = async (headers: Record<string, string>, body: string) => {
      const answer = await fetch(`${s.url}/v1/screenings`, { method: 'POST', headers, body })
      return { status: answer.status, answer: (await answer.json()) as { refusal?: string } }
    }
    expect(await by({ ...session, ...ndjson }, line('a', 'mask'))).toMatchObject({
      status: 403,
      answer: { refusal: 'not_allowed' },
    })
    const json = { ...session, 'content-type': 'application/json' }
    expect((await by(json, '{"title":"mask"}')).status).toBe(200)
    const { decisionId } = await s.removedListing('l-link', 'shopkeeper')
    const link = { 'x-recourse-link': s.linkTo({ sellerId: 'shopkeeper', decisionId }) }
    expect((await by({ ...link, ...ndjson }, line('a', 'mask'))).status).toBe(403)
  })

  test('a page of others cannot use the session of staff', async () => {
    const reviewer = await s.reviewer('Otto')
    const { cookie } = await s.signIn(reviewer.email)
    const answer = await fetch(`${s.url}/v1/screenings`, {
      method: 'POST',
      headers: { cookie, origin: 'https://elsewhere.example', ...ndjson },
      body: line('a', 'mask'),
    })
    expect(answer.status).toBe(403)
  })
})

describe('whatever comes', () => {
  test('what is not UTF-8, binary, or too long is answered in its place, and the run goes on', async () => {
    const binary = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 256))
    const body = Buffer.concat([
      Buffer.from(line('a', 'mask')),
      Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a]),
      binary,
      Buffer.from('\n'),
      Buffer.from(line('b', 'mask')),
      Buffer.alloc(5 * 1024 * 1024, 'x'),
      Buffer.from('\n'),
      Buffer.from(line('c', 'mask')),
    ])
    const { lines } = await screen(body)
    expect(lines[0]!.id).toBe('a')
    expect(lines[1]).toMatchObject({ line: 2, error: { type: 'invalid_utf8' } })
    expect(lines.map(({ id }) => id).filter((id) => id !== undefined)).toEqual(['a', 'b', 'c'])
    expect(lines.at(-2)!.error?.type).toBe('too_large')
    expect(lines.at(-2)!.line).toBe(lines.length + binaryBlanks(body))
    expect(s.logged).toEqual([])
  })

  test('an endless line is not held in memory, and is answered when it ends', async () => {
    const { request, answer } = openStream()
    const before = process.memoryUsage.rss()
    const part = Buffer.alloc(1024 * 1024, 'x')
    for (let sent = 0; sent < 200; sent++) if (!request.write(part)) await once(request, 'drain')
    expect(process.memoryUsage.rss() - before).toBeLessThan(120 * 1024 * 1024)
    request.end(`\n${line('after', 'mask')}`)
    const text = await readAll(await answer)
    const [long, after] = text.trim().split('\n')
    expect(JSON.parse(long!)).toMatchObject({ line: 1, error: { type: 'too_large' } })
    expect(after).toContain('"after"')
  })

  test('half a gzip answers what is whole, and then that it broke off', async () => {
    const packed = gzipSync(catalogue(20_000))
    const headers = { 'content-encoding': 'gzip' }
    const half = await screen(packed.subarray(0, packed.length / 2), { headers })
    expect(half.status).toBe(200)
    expect(half.lines.length).toBeGreaterThan(100)
    expect(half.lines.at(-1)).toMatchObject({ error: { refusal: 'invalid_request' } })
    expect(half.lines.at(-1)).not.toHaveProperty('line')
    expect(half.lines.slice(0, -1).every(({ id }, index) => id === `x${index}`)).toBe(true)
    const none = await screen(Buffer.from('no gzip at all'), { headers })
    expect(none.lines).toMatchObject([{ error: { refusal: 'invalid_request' } }])
    expect(s.logged).toEqual([])
  })
})

/** Lines without anything in them are not answered. */
function binaryBlanks(body: Buffer): number {
  return (
    body
      .toString('latin1')
      .split('\n')
      .slice(0, -2)
      .filter((one) => one.trim() === '').length - 1
  )
}

describe('whoever is at the other end', () => {
  test('who sends everything and reads afterwards is answered in full', async () => {
    const text = catalogue(20_000)
    const { request, answer } = openStream()
    request.end(text)
    const response = await answer
    await sleep(1500)
    expect(await readAll(response)).toBe(expected(text))
  })

  test(
    'who does not read stops what is taken in, and goes on when it reads',
    { timeout: 120_000 },
    async () => {
      // Every word is found, so that the answers are far longer than the lines.
      const text = Array.from({ length: 2000 }, (_, index) =>
        line(`m${index}`, 'mask '.repeat(60)),
      ).join('')
      const { request, answer } = openStream()
      let taken = 0
      let rounds = 0
      let hasStopped = false
      // Without end, until it is stopped from the other side.
      const send = async () => {
        for (; !hasStopped; rounds++) {
          for (let at = 0; at < text.length; at += 65_536) {
            const part = text.slice(at, at + 65_536)
            if (!request.write(part)) await once(request, 'drain')
            taken += part.length
          }
        }
        request.end()
      }
      const sent = send()
      const response = await answer
      // Still for four looks in a row: on a busy machine the buffers on the way take a while to fill.
      let stoodAt = -1
      let looks = 0
      await until(async () => {
        looks = taken === stoodAt ? looks + 1 : 0
        stoodAt = taken
        await sleep(750)
        return looks >= 4
      }, 60_000)
      // Others are served meanwhile, and nothing more is taken in.
      expect((await screen(line('other', 'mask'))).text).toBe(expected(line('other', 'mask')))
      expect(taken).toBe(stoodAt)
      hasStopped = true
      let lines = 0
      for await (const part of response)
        lines += (part as Buffer).toString('latin1').split('\n').length - 1
      await sent
      expect(lines).toBe(rounds * 2000)
      expect(s.logged).toEqual([])
    },
  )

  test('who goes away leaves nothing behind', async () => {
    const streams = Array.from({ length: 5 }, () => openStream())
    for (const { request } of streams) request.write(catalogue(2000))
    await Promise.all(streams.map(({ answer }) => answer))
    expect(await metric('recourse_screening_streams')).toBe(5)
    for (const { request } of streams) request.destroy()
    await until(async () => (await metric('recourse_screening_streams')) === 0, 3000)
    const silent = openStream()
    silent.request.write('{"id":"half')
    await silent.answer
    silent.request.destroy()
    await until(async () => (await metric('recourse_screening_streams')) === 0, 1000)
    expect(s.logged).toEqual([])
  })

  test('several share the threads by turns, and other requests are answered meanwhile', async () => {
    const text = catalogue(60_000)
    const answer = expected(text)
    const ends: number[] = []
    const large = [1, 2, 3].map(async () => {
      const { text: answered } = await screen(text)
      ends.push(performance.now())
      expect(answered).toBe(answer)
    })
    const started = performance.now()
    await sleep(50)
    const small = (async () => {
      await screen(line('small', 'mask'))
      return performance.now()
    })()
    const waits: number[] = []
    while (ends.length === 0) {
      const asked = performance.now()
      await fetch(`${s.url}/health`)
      waits.push(performance.now() - asked)
    }
    await Promise.all(large)
    expect(await small).toBeLessThan(Math.min(...ends))
    const times = ends.map((end) => end - started)
    expect(Math.max(...times) / Math.min(...times)).toBeLessThan(2)
    expect(Math.max(...waits)).toBeLessThan(1000)
  })
})

describe('the threads', () => {
  test('are started once, and shared', async () => {
    await screen(line('a', 'mask'))
    const started = threads.length
    await Promise.all([1, 2, 3, 4].map(() => screen(line('a', 'mask'))))
    expect(threads.length).toBe(started)
  })

  test('a policy that changes judges the next stream, and not the one that is under way', async () => {
    const paula = { kind: 'staff', id: 'paula', name: 'Paula', email: 'paula@m.example' } as const
    const setLevel = async (level: 'off' | 'suggest') => {
      const manager = { ...paula, roles: ['policy-manager' as const], desks: [] }
      const set = await setPolicyLevel(s.app, manager, { name: 'masks', level, reason: 'a test' })
      expect(set.ok).toBe(true)
    }
    const { request, answer } = openStream()
    request.write(line('before', 'mask'))
    const response = await answer
    const [before] = (await once(response, 'data')) as [Buffer]
    await setLevel('off')
    const after = await screen(line('after', 'mask'))
    expect(after).toMatchObject({ judges: '', lines: [{ outcome: 'allow' }] })
    request.end(line('still', 'mask'))
    expect(before.toString() + (await readAll(response))).toBe(
      expected(line('before', 'mask') + line('still', 'mask')),
    )
    // At whatever level, a policy that is not off judges in full.
    await setLevel('suggest')
    expect(await screen(line('again', 'mask'))).toMatchObject({
      judges: 'masks/1',
      text: expected(line('again', 'mask')),
    })
    // What no stream uses any more has ended.
    await until(() => threads.filter((thread) => thread.threadId !== -1).length === 2, 3000)
  })

  test('one that fails breaks its streams off with a line that says so, and the next stream has others', async () => {
    const { request, answer } = openStream()
    request.write(line('a', 'mask'))
    const response = await answer
    await once(response, 'data')
    const alive = threads.filter((thread) => thread.threadId !== -1)
    await Promise.all(alive.map((thread) => thread.terminate()))
    // Still sending, far more than any buffer holds, when it breaks off.
    const rest = readAll(response)
    const text = catalogue(40_000)
    request.end(text)
    const last = JSON.parse((await rest).trim().split('\n').at(-1)!)
    expect(last).toMatchObject({ error: { refusal: 'unexpected' } })
    expect(last).not.toHaveProperty('line')
    expect(s.logged).toHaveLength(1)
    expect(s.logged[0]).toMatchObject({
      message: 'a request broke',
      detail: { doing: 'a stream of listings to screen' },
    })
    expect((await screen(line('next', 'mask'))).text).toBe(expected(line('next', 'mask')))
  })
})
