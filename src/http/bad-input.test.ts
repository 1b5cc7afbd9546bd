import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '../contract/problem.ts'
import { served, type Served } from '../../test/served.ts'

let s: Served
let readers: Record<string, Record<string, string>>
let ids: string[]
beforeAll(async () => {
  s = await served()
  const { decisionId } = await s.removedListing('l1', 'clay')
  const reviewer = await s.reviewer('Milan')
  readers = {
    nobody: {},
    marketplace: { authorization: `Bearer ${s.key}` },
    seller: await s.signIn('clay@sellers.example'),
    staff: await s.signIn(reviewer.email),
    link: { 'x-recourse-link': s.linkTo({ sellerId: 'clay', decisionId }) },
  }
  const appeal = await s
    .clientWith(readers.seller!)
    .seller.fileAppeal({ objections: [{ decisionId, track: 'dispute', text: 'It is clay.' }] })
  ids = [decisionId, appeal.id, 'l1', 'clay', 'masks']
})
afterAll(async () => s[Symbol.asyncDispose]())

async function send(
  method: string,
  path: string,
  {
    headers = {},
    body,
  }: { headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> } = {},
) {
  const answer = await fetch(s.url + path, {
    method,
    headers,
    ...(body === undefined || method === 'GET' ? {} : { body }),
  })
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    text: await answer.text(),
  }
}

/** What was logged beside codes and tokens that were refused, which is on record by design. */
function broken(): unknown[] {
  return s.logged.filter(({ message }) => message !== 'a sign-in was refused')
}

/** A no is a problem with a stable type; nothing is ever broken by what was sent. */
function expectClear(answer: Awaited<ReturnType<typeof send>>) {
  if (answer.status < 400) return
  expect(answer.status, `${answer.text} ${JSON.stringify(s.logged.at(-1))}`).toBeLessThan(500)
  expect(answer.type).toContain('application/problem+json')
  const problem = Problem.parse(JSON.parse(answer.text))
  expect(problem.type).toBe(`/problems/${problem.refusal}`)
}

const json = { 'content-type': 'application/json' }

describe('generated requests', () => {
  test(
    'no route answers anything generated with a break, whoever sends it',
    { timeout: 300_000 },
    async () => {
      const document = JSON.parse((await send('GET', '/openapi.json')).text)
      const routes = Object.entries<Record<string, Operation>>(document.paths).flatMap(
        ([path, item]) =>
          Object.entries(item).map(([method, operation]) => ({
            method: method.toUpperCase(),
            path,
            operation,
          })),
      )
      expect(routes.length).toBeGreaterThan(25)
      const requests = fc.constantFrom(...routes).chain(({ method, path, operation }) =>
        fc.record({
          method: fc.constant(method),
          path: pathOf(path),
          query: queryOf(operation),
          body: bodyOf(operation, document),
          reader: fc.constantFrom(...Object.keys(readers)),
        }),
      )
      let count = 0
      await fc.assert(
        fc.asyncProperty(requests, async ({ method, path, query, body, reader }) => {
          count++
          expectClear(
            await send(method, `${path}${query}`, {
              headers: { ...json, ...readers[reader] },
              body: JSON.stringify(body),
            }),
          )
        }),
        { numRuns: Number(process.env.RECOURSE_RUNS ?? 500) },
      )
      expect(count).toBeGreaterThanOrEqual(500)
      expect(broken()).toEqual([])
    },
  )
})

describe('what is no request', () => {
  test('unreadable JSON, another kind of body, too much of it, and addresses that do not exist', async () => {
    const key = readers.marketplace
    const refusalOf = async (...args: Parameters<typeof send>) => {
      const answer = await send(...args)
      expectClear(answer)
      return JSON.parse(answer.text).refusal as string
    }
    expect(
      await refusalOf('POST', '/v1/listings', { headers: { ...key, ...json }, body: '{"id":' }),
    ).toBe('invalid_request')
    expect(
      await refusalOf('POST', '/v1/listings', {
        headers: { ...key, ...json },
        body: new Uint8Array([0x22, 0xff, 0x22]),
      }),
    ).toBe('invalid_request')
    expect(
      await refusalOf('POST', '/v1/listings', { headers: { ...key, ...json }, body: '' }),
    ).toBe('invalid_request')
    expect(
      await refusalOf('POST', '/v1/listings', {
        headers: { ...key, 'content-type': 'text/xml' },
        body: '<a/>',
      }),
    ).toBe('unsupported_media')
    expect(
      await refusalOf('POST', '/v1/listings', {
        headers: { ...key, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'id=1',
      }),
    ).toBe('unsupported_media')
    expect(
      await refusalOf('POST', '/v1/listings', {
        headers: { ...key, ...json, 'content-encoding': 'br' },
        body: 'x',
      }),
    ).toBe('unsupported_media')
    expect(
      await refusalOf('POST', '/v1/listings', {
        headers: { ...key, ...json, 'content-encoding': 'gzip' },
        body: 'x',
      }),
    ).toBe('invalid_request')
    expect(
      await refusalOf('POST', '/v1/listings', {
        headers: { ...key, ...json },
        body: JSON.stringify({ title: 'x'.repeat(5e6) }),
      }),
    ).toBe('too_large')
    expect(await refusalOf('GET', '/v1/nothing')).toBe('not_found')
    expect(await refusalOf('DELETE', '/v1/listings')).toBe('not_found')
    expect(await refusalOf('GET', '/v1/cases/%00', { headers: readers.seller! })).toBe(
      'invalid_request',
    )
    expect(
      await refusalOf('GET', '/v1/desk/listings?search=%00', { headers: readers.staff! }),
    ).toBe('invalid_request')
    expect(await refusalOf('GET', '/v1/desk/findings?cursor=x', { headers: readers.staff! })).toBe(
      'invalid_request',
    )
    expect(
      await refusalOf('POST', '/v1/sellers', {
        headers: { ...key, ...json, 'idempotency-key': 'a b' },
        body: '{"id":"x"}',
      }),
    ).toBe('invalid_request')
    for (const path of [
      '/v1/%',
      '/v1/%zz',
      '/%',
      '/v1//',
      '/..%2f..%2fetc/passwd',
      '/v1/files/..%2f..%2fetc',
      '/assets/..%2f..%2fpackage.json',
      '/problems/constructor',
      '/problems/__proto__',
    ]) {
      const answer = await send('GET', path)
      if (answer.type.includes('problem')) expectClear(answer)
      else expect(answer.status).toBeLessThan(504)
      expect(answer.text).not.toContain('root:')
      expect(answer.text).not.toContain('"private"')
    }
    expect(broken()).toEqual([])
  })

  test('a title of a megabyte, NUL and half characters are refused with where they stand', async () => {
    const tell = async (more: object) => {
      const answer = await send('POST', '/v1/listings', {
        headers: { ...readers.marketplace, ...json },
        body: JSON.stringify({ id: 'x', sellerId: 's', title: 't', ...more }),
      })
      return JSON.parse(answer.text) as Problem & { issues: { path: string }[] }
    }
    expect((await tell({ title: 'x'.repeat(1_000_000) })).issues[0]?.path).toBe('title')
    expect((await tell({ description: 'a\0b' })).issues[0]?.path).toBe('description')
    expect((await tell({ attributes: { size: '\udc00' } })).issues[0]?.path).toBe('attributes.size')
    expect((await tell({ attributes: { 'a\0': 'b' } })).refusal).toBe('invalid_request')
    expect((await tell({ bullets: ['fine', 7] })).issues[0]?.path).toBe('bullets[1]')
    expect(await tell({ description: '\u202e🀄️ <script>' })).toMatchObject({ result: 'stored' })
  })

  test('nesting deeper than any stack is refused and breaks nothing', async () => {
    for (const body of [
      '['.repeat(1_000_000),
      `${'['.repeat(500_000)}${']'.repeat(500_000)}`,
      `${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`,
    ]) {
      expectClear(
        await send('POST', '/v1/sellers', { headers: { ...readers.marketplace, ...json }, body }),
      )
    }
    expect((await send('GET', '/health')).status).toBe(200)
  })

  test('requests that two readers could frame differently are not taken', async () => {
    const smuggled = [
      'POST /v1/sellers HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n',
      'POST /v1/sellers HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
      'GET /health HTTP/1.1\r\nHost: x\r\nX-A: b\r\n folded\r\n\r\n',
      'GET /health HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n',
      'POST /v1/sellers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
      'GET /health HTTP/1.1\r\n\r\n',
      'GET /health HTTP/9.9\r\nHost: x\r\n\r\n',
      '\x16\x03\x01\x00\xa5\x01\x00',
    ]
    for (const bytes of smuggled)
      expect(await rawStatus(bytes), JSON.stringify(bytes)).toMatch(/^HTTP\/1\.1 4\d\d/)
  })
})

const samples = process.env.RECOURSE_SAMPLES

test.skipIf(samples === undefined)(
  'the JSON test suite: what is no JSON is refused, what is gets a clear answer (skipped without RECOURSE_SAMPLES)',
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'recourse-json-'))
    execFileSync('tar', ['-xzf', `${samples}/bad-input/json-test-suite.tar.gz`, '-C', folder])
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /(^|\/)[yni]_.*\.json$/.test(name),
    )
    expect(files.length).toBeGreaterThan(250)
    for (const name of files) {
      const body = Uint8Array.from(readFileSync(join(folder, name)))
      const one = await send('POST', '/v1/sellers', {
        headers: { ...readers.marketplace, ...json },
        body,
      })
      expectClear(one)
      if (/(^|\/)n_/.test(name)) expect(one.status, name).toBe(400)
      const streamed = await send('POST', '/v1/sellers', {
        headers: { ...readers.marketplace, 'content-type': 'application/x-ndjson' },
        body,
      })
      expect(streamed.status).toBe(200)
    }
    rmSync(folder, { recursive: true })
    expect(broken()).toEqual([])
  },
)

test.skipIf(samples === undefined)(
  'the big list of naughty strings goes in and comes out as it was (skipped without RECOURSE_SAMPLES)',
  { timeout: 240_000 },
  async () => {
    const strings = JSON.parse(readFileSync(`${samples}/bad-input/blns.json`, 'utf8')) as string[]
    for (const [index, text] of strings.entries()) {
      const body = JSON.stringify({
        id: `blns-${index}`,
        sellerId: 'blns',
        title: `x ${text}`.slice(0, 2_000),
        description: text,
        brand: text.slice(0, 500),
        attributes: { note: text },
      })
      expectClear(
        await send('POST', '/v1/listings', { headers: { ...readers.marketplace, ...json }, body }),
      )
      expectClear(
        await send('GET', `/v1/desk/listings?search=${encodeURIComponent(text.slice(0, 200))}`, {
          headers: readers.staff!,
        }),
      )
      expectClear(
        await send('GET', `/v1/cases/${encodeURIComponent(text)}`, { headers: readers.seller! }),
      )
      const read = await send('GET', `/v1/desk/listings/blns-${index}`, { headers: readers.staff! })
      expectClear(read)
      if (read.status === 200) expect(JSON.parse(read.text).text.description).toBe(text)
    }
    expect(broken()).toEqual([])
  },
)

interface Operation {
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}
interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  format?: string
  additionalProperties?: Schema | boolean
}

const odd = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'constructor',
    '__proto__',
    '\u202e',
    '\0',
    '\ud800',
    "' or 1=1 --",
    '<script>alert(1)</script>',
    '😀',
    '%s%n',
    '../..',
    '9'.repeat(400),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

/** Values near a schema: mostly of its shape, sometimes of none. */
function near(schema: Schema | undefined, depth = 0): fc.Arbitrary<unknown> {
  const any = fc.oneof(
    odd,
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(null, -1, 1e308, 2 ** 53 + 2, [], {}),
  )
  if (!schema || depth > 6) return any
  return fc.oneof({ weight: 9, arbitrary: shaped(schema, depth) }, { weight: 1, arbitrary: any })
}

function shaped(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const options = schema.anyOf ?? schema.oneOf
  if (options) return fc.oneof(...options.map((option) => near(option, depth + 1)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {}).map(
        ([name, property]) => [name, near(property, depth + 1)] as const,
      )
      if (properties.length === 0)
        return fc.dictionary(
          odd,
          near(
            schema.additionalProperties === true
              ? undefined
              : schema.additionalProperties || undefined,
            depth + 1,
          ),
          { maxKeys: 3 },
        )
      return fc.record(Object.fromEntries(properties), { requiredKeys: fcKeys(schema) })
    }
    case 'array':
      return fc.array(near(schema.items, depth + 1), { maxLength: 3 })
    case 'string':
      if (schema.format === 'date-time')
        return fc.oneof(
          fc.constantFrom(
            '2026-11-23T09:00:00Z',
            '0000-01-01T00:00:00Z',
            '9999-12-31T23:59:59.999Z',
            '2026-02-30T00:00:00Z',
          ),
          odd,
        )
      if (schema.format === 'email') return fc.oneof(fc.emailAddress(), odd)
      return fc.oneof(odd, fc.constantFrom(...ids))
    case 'number':
    case 'integer':
      return fc.oneof(fc.integer(), fc.double())
    case 'boolean':
      return fc.boolean()
    default:
      return fc.oneof(odd, fc.constant(null))
  }
}

function fcKeys(schema: Schema): string[] {
  return (schema.required ?? []).filter((name) => name in (schema.properties ?? {}))
}

function pathOf(path: string): fc.Arbitrary<string> {
  const parts = path
    .split(/(\{[^}]+\})/)
    .map((part) =>
      part.startsWith('{')
        ? fc.oneof(fc.constantFrom(...ids), odd).map(encoded)
        : fc.constant(part),
    )
  return fc.tuple(...parts).map((pieces) => pieces.join(''))
}

function queryOf(operation: Operation): fc.Arbitrary<string> {
  const names = (operation.parameters ?? [])
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => name)
  const pair = fc.tuple(
    fc.oneof(fc.constantFrom(...names, 'x', 'search[a]', '__proto__[x]', 'constructor'), odd),
    fc.oneof(odd, fc.constantFrom(...ids)),
  )
  return fc
    .array(pair, { maxLength: 3 })
    .map((pairs) =>
      pairs.length === 0
        ? ''
        : `?${pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')}`,
    )
}

function bodyOf(operation: Operation, _document: unknown): fc.Arbitrary<unknown> {
  return near(operation.requestBody?.content['application/json']?.schema)
}

function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?')) || 'x'
}

function rawStatus(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(s.url).port), '127.0.0.1')
    let text = ''
    socket.on('data', (data) => {
      text += data.toString('latin1')
      if (text.includes('\r\n')) socket.end()
    })
    socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''))
    socket.on('error', reject)
    socket.write(bytes, 'latin1')
  })
}
