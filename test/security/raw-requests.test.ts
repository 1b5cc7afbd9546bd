/** Requests as no browser sends them: what two readers could take for two different things is refused, over a raw socket. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { served, type Served } from '../served.ts'

let s: Served
/** Which host is named makes no difference to how a request is read. */
const host = 'recourse.example'
beforeAll(async () => {
  s = await served()
})
afterAll(async () => s[Symbol.asyncDispose]())

/** Sends bytes and answers all that comes back until the server closes, or is silent for a moment. */
function send(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const { port } = new URL(s.url)
    const socket = connect(Number(port), '127.0.0.1')
    let said = ''
    const end = () => {
      socket.destroy()
      resolve(said)
    }
    socket.setTimeout(700, end)
    socket.on('data', (data: Buffer) => (said += data.toString('latin1')))
    socket.on('close', end)
    socket.on('error', end)
    socket.write(Buffer.from(bytes, 'latin1'))
  })
}

const statuses = (said: string) =>
  [...said.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status))

/** The second request, which must never be answered: a health check that a smuggler hides in a body. */
const hidden = 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n'
const start = (lines: string[], body = '', line = 'POST /v1/questions HTTP/1.1') =>
  `${line}\r\nHost: ${host}\r\nContent-Type: application/json\r\n${lines.map((one) => `${one}\r\n`).join('')}\r\n${body}`

const framing: Record<string, string> = {
  'a length and chunks': start(
    ['Content-Length: 6', 'Transfer-Encoding: chunked'],
    `0\r\n\r\n${hidden}`,
  ),
  'chunks and a length': start(
    ['Transfer-Encoding: chunked', 'Content-Length: 6'],
    `0\r\n\r\n${hidden}`,
  ),
  'two lengths that differ': start(
    ['Content-Length: 0', `Content-Length: ${hidden.length}`],
    hidden,
  ),
  'two lengths in one line': start([`Content-Length: 0, ${hidden.length}`], hidden),
  'a length with a sign': start(['Content-Length: +0'], hidden),
  'a negative length': start(['Content-Length: -1'], hidden),
  'a length in hex': start(['Content-Length: 0x10'], hidden),
  'a length with a space within': start(['Content-Length: 1 0'], hidden),
  'a length with letters': start(['Content-Length: 5abc'], hidden),
  'a length in exponent form': start(['Content-Length: 1e1'], hidden),
  'a length past what can be counted': start(['Content-Length: 99999999999999999999999'], hidden),
  'a length with a vertical tab': start(['Content-Length:\x0b5'], hidden),
  'chunks spelled with a space before the colon': start(
    ['Transfer-Encoding : chunked'],
    `0\r\n\r\n${hidden}`,
  ),
  'chunks spelled with a tab before the colon': start(
    ['Transfer-Encoding\t: chunked'],
    `0\r\n\r\n${hidden}`,
  ),
  'chunks under an unknown name': start(['Transfer-Encoding: xchunked'], `0\r\n\r\n${hidden}`),
  'chunks with a vertical tab': start(['Transfer-Encoding:\x0bchunked'], `0\r\n\r\n${hidden}`),
  'chunks in quotes': start(['Transfer-Encoding: "chunked"'], `0\r\n\r\n${hidden}`),
  'chunks before another coding': start(
    ['Transfer-Encoding: chunked, identity'],
    `0\r\n\r\n${hidden}`,
  ),
  'chunks twice': start(['Transfer-Encoding: chunked, chunked'], `0\r\n\r\n${hidden}`),
  'identity and chunks in two lines': start(
    ['Transfer-Encoding: identity', 'Transfer-Encoding: chunked'],
    `0\r\n\r\n${hidden}`,
  ),
  'chunks with a NUL': start(['Transfer-Encoding: chunked\0'], `0\r\n\r\n${hidden}`),
  'chunks folded over two lines': start(['Transfer-Encoding:', ' chunked'], `0\r\n\r\n${hidden}`),
  'a chunk size with a sign': start(['Transfer-Encoding: chunked'], `+0\r\n\r\n${hidden}`),
  'a chunk size in 0x': start(['Transfer-Encoding: chunked'], `0x0\r\n\r\n${hidden}`),
  'a chunk size with a space before it': start(
    ['Transfer-Encoding: chunked'],
    ` 0\r\n\r\n${hidden}`,
  ),
  'a negative chunk size': start(['Transfer-Encoding: chunked'], `-1\r\n\r\n${hidden}`),
  'a chunk size past what can be counted': start(
    ['Transfer-Encoding: chunked'],
    `fffffffffffffffffff\r\nx\r\n0\r\n\r\n${hidden}`,
  ),
  'a chunk longer than its size': start(
    ['Transfer-Encoding: chunked'],
    `1\r\nxyz\r\n0\r\n\r\n${hidden}`,
  ),
  'a chunk size that is no number': start(['Transfer-Encoding: chunked'], `zz\r\n\r\n${hidden}`),
  'a chunk line ended by LF alone': start(['Transfer-Encoding: chunked'], `0\n\n${hidden}`),
  'a chunk extension with a bare CR': start(
    ['Transfer-Encoding: chunked'],
    `0;a\rb\r\n\r\n${hidden}`,
  ),
}

const headers: Record<string, string> = {
  'a NUL in a value': start(['X-A: a\0b']),
  'a NUL in a name': start(['X\0A: b']),
  'a bare CR in a value': start(['X-A: a\rX-B: b']),
  'a bare LF between headers': `GET /health HTTP/1.1\nHost: ${host}\n\n`,
  'a bare LF within the headers': start(['X-A: a\nX-B: b']),
  'a folded value': start(['X-A: a', ' b']),
  'a folded value with a tab': start(['X-A: a', '\tb']),
  'a folded first header': `GET /health HTTP/1.1\r\n Host: ${host}\r\n\r\n`,
  'a space in a name': start(['X A: b']),
  'a space before a colon': start(['X-A : b']),
  'a name without a colon': start(['X-A']),
  'an empty name': start([': b']),
  'a name with brackets': start(['X(A): b']),
  'a name in letters of another script': start(['X-\xc3\xa4: b']),
  'a DEL in a name': start(['X-\x7f: b']),
  'an escape in a value': start(['X-A: \x1b[2J']),
  'two hosts': `GET /health HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\n\r\n`,
  'no host': 'GET /health HTTP/1.1\r\n\r\n',
  'headers larger than we take': start([`X-A: ${'a'.repeat(20_000)}`]),
  'cookies larger than we take': start([`Cookie: ${'recourse.session_token=a; '.repeat(1_000)}`]),
  'more headers than we take': start(Array.from({ length: 5_000 }, (_, at) => `X-${at}: b`)),
}

const lines: Record<string, string> = {
  'a NUL in the address': start([], '', 'GET /health\0 HTTP/1.1'),
  'a space in the address': start([], '', 'GET /heal th HTTP/1.1'),
  'a tab between the parts': start([], '', 'GET\t/health\tHTTP/1.1'),
  'a method in small letters': start([], '', 'get /health HTTP/1.1'),
  'an unknown method': start([], '', 'SMUGGLE /health HTTP/1.1'),
  'no version': start([], '', 'GET /health'),
  'a version of another protocol': start([], '', 'GET /health HTTPS/1.1'),
  'a version that does not exist': start([], '', 'GET /health HTTP/9.9'),
  'the start of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a way to another server': start([], '', 'CONNECT 127.0.0.1:22 HTTP/1.1'),
  'what is no HTTP': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
  'a trace': start([], '', 'TRACE /health HTTP/1.1'),
}

describe('a request that two readers could read in two ways', () => {
  const all = { ...framing, ...headers, ...lines }
  test.each(Object.entries(all))('is refused: %s', async (_name, bytes) => {
    const said = await send(bytes)
    const answered = statuses(said)
    // Refused once and closed; whatever came behind it is never a request of its own.
    expect(answered.length).toBeLessThanOrEqual(1)
    for (const status of answered) expect(status).toBeGreaterThanOrEqual(400)
    for (const status of answered) expect(status).toBeLessThan(500)
    expect(said).not.toContain('"ok"')
    expect(s.logged).toEqual([])
  })

  test('is never answered more than once, and the server goes on', async () => {
    console.log(`${Object.keys(all).length} raw requests were refused`)
    const said = await send(`GET /health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(statuses(said)).toEqual([200])
  })
})

describe('what a request says of itself', () => {
  test('makes no difference to whom links lead and who may come in', async () => {
    await s.seller('clay')
    const browser = await s.signIn('clay@sellers.example')
    const sayings: Record<string, string>[] = [
      { 'x-forwarded-host': 'evil.example' },
      { 'x-forwarded-proto': 'https' },
      { 'x-forwarded-for': '127.0.0.1' },
      { forwarded: 'host=evil.example;for=127.0.0.1' },
      { 'x-original-url': '/metrics' },
      { 'x-rewrite-url': '/dev/mail' },
      { 'x-http-method-override': 'DELETE' },
      { 'x-host': 'evil.example' },
    ]
    for (const said of sayings) {
      const headers = { ...said, 'content-type': 'application/json', origin: s.url }
      const before = s.mails.length
      const asked = await fetch(`${s.url}/api/auth/sign-in/magic-link`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ email: 'clay@sellers.example', callbackURL: '/' }),
      })
      expect(asked.status).toBe(200)
      await expect.poll(() => s.mails.length).toBe(before + 1)
      expect(new URL(s.mails.at(-1)?.url ?? '').origin).toBe(s.url)
      expect((await fetch(`${s.url}/dev/mail`, { headers: said })).status).toBe(404)
      const home = await fetch(`${s.url}/v1/seller`, { headers: { ...browser, ...said } })
      expect(home.status).toBeLessThan(500)
    }
  })
})
