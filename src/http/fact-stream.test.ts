import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { served, type Served } from '../../test/served.ts'
import { screenWaiting } from '../operations/screening.ts'
import { createLineCutter } from './lines.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(async () => s[Symbol.asyncDispose]())

/** What one line is answered with: the fact's id and result, or an error. */
interface Answer {
  id?: string
  result?: string
  refusal?: string
  line?: number
  error: { type: string; detail?: string; refusal?: string }
}

async function stream(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const answer = await fetch(s.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${s.key}`,
      'content-type': 'application/x-ndjson',
      ...headers,
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    lines: text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Answer),
  }
}

const line = (id: string, more: object = {}) =>
  JSON.stringify({ id, sellerId: 's1', title: `Thing ${id}`, ...more })

describe('a stream of facts', () => {
  test('every line gets its answer, in order, and a bad one stops nobody', async () => {
    const { status, lines } = await stream(
      '/v1/listings',
      [
        line('a'),
        '{"id":',
        line('b'),
        '',
        'null',
        line('c', { attributes: { x: 'a\u0000b' } }),
        line('d', { title: 'half \ud800' }),
        line('a'),
        line('e', { title: '' }),
        line('f'),
      ].join('\r\n'),
    )
    expect(status).toBe(200)
    expect(lines.map((answer) => answer.id ?? `line ${answer.line}: ${answer.error.type}`)).toEqual(
      [
        'a',
        'line 2: /problems/invalid_request',
        'b',
        'line 5: /problems/invalid_request',
        'line 6: /problems/invalid_request',
        'line 7: /problems/invalid_request',
        'a',
        'line 9: /problems/invalid_request',
        'f',
      ],
    )
    expect(lines[0]).toEqual({ id: 'a', result: 'stored', version: 1 })
    expect(lines[6]).toEqual({ id: 'a', result: 'unchanged', version: 1 })
    expect(lines[1]!.error.detail).toContain('not JSON')
    expect(lines[4]!.error.detail).toContain('attributes.x')
  })

  test('a line that is too long is passed over, and the next one is read again', async () => {
    const long = line('long', { description: 'x'.repeat(5 * 1024 * 1024) })
    const { lines } = await stream('/v1/listings', `${line('before')}\n${long}\n${line('after')}\n`)
    expect(lines.map((answer) => answer.id ?? answer.error.type)).toEqual([
      'before',
      '/problems/too_large',
      'after',
    ])
  })

  test('what another seller owns is refused for its line alone', async () => {
    const { lines } = await stream(
      '/v1/listings',
      `${line('owned')}\n${line('owned', { sellerId: 's2' })}\n${line('owned-2')}\n`,
    )
    expect(lines.map((answer) => answer.result ?? answer.error.type)).toEqual([
      'stored',
      '/problems/seller_mismatch',
      'stored',
    ])
  })

  test('a packed stream is unpacked as it comes; a broken one is said to be broken', async () => {
    const text = Array.from({ length: 500 }, (_, index) => line(`z${index}`)).join('\n')
    const { lines } = await stream('/v1/listings', gzipSync(text), { 'content-encoding': 'gzip' })
    expect(lines).toHaveLength(500)
    const broken = await stream('/v1/listings', Buffer.from('no gzip at all'), {
      'content-encoding': 'gzip',
    })
    expect(broken.lines[0]!.error.refusal).toBe('invalid_request')
  })

  test('many lines at once are all answered, and what was screened of them is counted', async () => {
    const told = Array.from({ length: 2_500 }, (_, index) =>
      line(`many${index}`, index === 7 ? { title: 'Clay face mask' } : {}),
    )
    const again = line('many3', { title: 'Another thing' })
    const { lines } = await stream('/v1/listings', [...told, again].join('\n'))
    expect(lines.filter(({ result }) => result !== 'stored')).toEqual([])
    expect(lines.map(({ id }) => id)).toEqual([...told.map((_, index) => `many${index}`), 'many3'])
    expect(lines.at(-1)).toEqual({ id: 'many3', result: 'stored', version: 2 })
    while ((await screenWaiting(s.app, 'eu')) > 0);
    const metrics = await (await fetch(`${s.url}/metrics`)).text()
    const figure = (name: string) => Number(metrics.split(`\n${name} `)[1]?.split('\n')[0])
    const versions = await s.inside((tx) =>
      tx.selectFrom('listing_versions').select('listing_id').execute(),
    )
    expect(figure('recourse_listings_unscreened')).toBe(0)
    expect(figure('recourse_listings_screened_total{outcome="deactivate"}')).toBe(1)
    expect(figure('recourse_listings_screened_total{outcome="allow"}')).toBe(versions.length - 1)
  })

  test('sellers and contacts stream as well', async () => {
    const sellers = await stream(
      '/v1/sellers',
      '{"id":"n1","name":"Näh & Zeug"}\n{"name":"nobody"}\n',
    )
    expect(sellers.lines.map((answer) => answer.result ?? answer.error.type)).toEqual([
      'stored',
      '/problems/invalid_request',
    ])
    const contacts = await stream(
      '/v1/contacts',
      '{"id":"c1","sellerId":"n1","kind":"email","address":"n@seller.example"}\n',
    )
    expect(contacts.lines).toEqual([{ id: 'c1', result: 'stored' }])
  })

  test('an answer comes as soon as nothing more does, while the stream stays open', async () => {
    const socket = connect(Number(new URL(s.url).port), '127.0.0.1')
    const seen = new Promise<string>((resolve) => {
      let text = ''
      socket.on('data', (data) => {
        text += data.toString()
        if (text.includes('"live"')) resolve(text)
      })
    })
    const body = `${line('live')}\n`
    socket.write(
      `POST /v1/listings HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${s.key}\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n`,
    )
    expect(await seen).toContain('"result":"stored"')
    socket.destroy()
  })

  test('two streams over the same listings at once leave each line answered', async () => {
    const ids = Array.from({ length: 400 }, (_, index) => `both${index}`)
    const forward = stream('/v1/listings', ids.map((id) => line(id)).join('\n'))
    const backward = stream(
      '/v1/listings',
      ids
        .toReversed()
        .map((id) => line(id))
        .join('\n'),
    )
    const [one, other] = await Promise.all([forward, backward])
    expect([...one.lines, ...other.lines].filter((answer) => 'error' in answer)).toEqual([])
    expect(one.lines.map(({ id }) => id)).toEqual(ids)
  })

  test('only the marketplace may stream', async () => {
    const answer = await fetch(`${s.url}/v1/listings`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: line('x'),
    })
    expect(answer.status).toBe(401)
    expect((await stream('/v1/appeals', line('x'))).lines[0]!.refusal).toBe('unsupported_media')
  })
})

test('lines are cut the same wherever the chunks are cut', () => {
  const text = Buffer.from('one\n\ntwo äöü\nthree is far too long\nfour')
  const whole = cutBy(text, text.length)
  expect(whole.map(({ bytes }) => bytes?.toString() ?? null)).toEqual([
    'one',
    '',
    'two äöü',
    null,
    'four',
  ])
  for (let size = 1; size < text.length; size++) expect(cutBy(text, size)).toEqual(whole)
})

function cutBy(text: Buffer, size: number) {
  const cutter = createLineCutter(12)
  const lines = []
  for (let from = 0; from < text.length; from += size)
    lines.push(...cutter.cut(text.subarray(from, from + size)))
  return [...lines, ...cutter.rest()]
}

const samples = process.env.RECOURSE_SAMPLES
test.skipIf(samples === undefined)(
  'a whole real catalogue goes in, each line answered (skipped without RECOURSE_SAMPLES)',
  { timeout: 120_000 },
  async () => {
    const bytes = gunzipSync(
      await readFile(`${samples}/listings/amazon-industrial-office.jsonl.gz`),
    )
    const rows = bytes
      .toString()
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row) as { id?: string; sellerId?: string })
    const body = rows
      .map((row, index) =>
        JSON.stringify({ ...row, id: row.id ?? `r${index}`, sellerId: row.sellerId ?? 'real' }),
      )
      .join('\n')
    const started = performance.now()
    const { lines } = await stream('/v1/listings', body)
    const seconds = (performance.now() - started) / 1000
    const stored = lines.filter(({ result }) => result === 'stored').length
    console.info(
      `${lines.length} lines answered, ${stored} stored, in ${seconds.toFixed(1)} s (${Math.round(lines.length / seconds)} a second)`,
    )
    expect(lines).toHaveLength(rows.length)
    expect(lines.filter((answer) => 'error' in answer).slice(0, 5)).toEqual([])
  },
)
