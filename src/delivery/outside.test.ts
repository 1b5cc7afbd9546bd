import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { publicReach, type Reach } from '../operations/reach.ts'
import { openOutside, OutsideError, type Resolve } from './outside.ts'

/** A server inside, as a webhook must never reach one: it counts who comes, also who only connects. */
let hits = 0
const http = createServer((request, response) => answer(request, response))
const raw = createTcpServer((socket) => {
  hits += 1
  socket.destroy()
})
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
let port = 0
let rawPort = 0
http.on('connection', () => (hits += 1))

beforeAll(async () => {
  await new Promise<void>((resolve) => http.listen(0, '::', () => resolve()))
  await new Promise<void>((resolve) => raw.listen(0, '::', () => resolve()))
  port = (http.address() as AddressInfo).port
  rawPort = (raw.address() as AddressInfo).port
})
afterAll(() => {
  http.closeAllConnections()
  http.close()
  raw.close()
})
beforeEach(() => {
  hits = 0
  answer = (_request, response) => void response.end('ok')
})

const runs = Number(process.env['PROPERTY_RUNS'] ?? 400)
const open: Reach = { thisMachine: true, ports: [] }
const send = { headers: { 'content-type': 'application/json' }, body: '{}' }

/** Ways to write an IPv4 address that some reader or other takes for the same one. */
const spellings = (address: string): string[] => {
  const parts = address.split('.').map(Number) as [number, number, number, number] // of an address
  const [a, b, c, d] = parts
  const whole = ((a * 256 + b) * 256 + c) * 256 + d
  const hex = (n: number) => n.toString(16)
  const groups = `${hex(a * 256 + b)}:${hex(c * 256 + d)}`
  const wide = (text: string, from: number) =>
    [...text]
      .map((digit) => (/\d/.test(digit) ? String.fromCodePoint(from + Number(digit)) : digit))
      .join('')
  return [
    address,
    `${address}.`,
    String(whole),
    `0x${hex(whole)}`,
    `0${whole.toString(8)}`,
    parts.map((part) => `0x${hex(part)}`).join('.'),
    parts.map((part) => `0${part.toString(8)}`).join('.'),
    parts.map((part) => `00000${part.toString(8)}`).join('.'),
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `0x${hex(a)}.0${b.toString(8)}.${c}.${d}`,
    address.replaceAll('.', '。'),
    address.replaceAll('.', '．'),
    address.replaceAll('.', '｡'),
    wide(address, 0xff10),
    address.replaceAll('.', '%2e'),
    `%${[...address].map((character) => hex(character.charCodeAt(0))).join('%')}`,
    `[::ffff:${address}]`,
    `[::ffff:${groups}]`,
    `[0:0:0:0:0:ffff:${groups}]`,
    `[::${address}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b:1::${address}]`,
    `[2002:${groups}::]`,
    `[::ffff:0:${address}]`,
    `[2001:0:${groups}::1]`,
    `me@${address}`,
    `hooks.example@${address}`,
    `hooks.example:443@${address}`,
    `hooks.example#@${address}`,
    `hooks.example%23@${address}`,
    `hooks.example\\@${address}`,
  ]
}

const inside = fc.oneof(
  fc.tuple(fc.constant(127), fc.nat(255), fc.nat(255), fc.nat(255)),
  fc.tuple(fc.constant(10), fc.nat(255), fc.nat(255), fc.nat(255)),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), fc.nat(255), fc.nat(255)),
  fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
  fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), fc.nat(255), fc.nat(255)),
  fc.constant([0, 0, 0, 0] as const),
  fc.constant([127, 0, 0, 1] as const),
  fc.constant([169, 254, 169, 254] as const),
)

/** The name of no public place: a resolver that would lead there is an error of the test. */
const nowhere: Resolve = async () => []

describe('a server inside', () => {
  test('is never reached, however its address is written', async () => {
    let tried = 0
    const outside = openOutside({
      // Every port is allowed, so that only the address keeps a request out.
      reach: { thisMachine: false, ports: [port, rawPort] },
      resolve: nowhere,
      timeoutMs: 2_000,
    })
    await fc.assert(
      fc.asyncProperty(
        inside,
        fc.nat(1),
        fc.constantFrom('https', 'HTTPS'),
        async (parts, which, scheme) => {
          for (const host of spellings(parts.join('.'))) {
            tried += 1
            const url = `${scheme}://${host}:${which === 0 ? port : rawPort}/hook`
            await expect(outside.post(url, send), url).rejects.toBeInstanceOf(OutsideError)
          }
        },
      ),
      { numRuns: runs },
    )
    for (const name of [
      'localhost',
      'LOCALHOST',
      'localhost.',
      '[::1]',
      '[::]',
      '[fe80::1]',
      '[fd00::1]',
    ]) {
      tried += 1
      await expect(
        openOutside({ reach: { thisMachine: false, ports: [port] } }).post(
          `https://${name}:${port}/`,
          send,
        ),
        name,
      ).rejects.toBeInstanceOf(OutsideError)
    }
    console.log(`${tried} spellings of addresses inside were tried: ${hits} hits`)
    expect(hits).toBe(0)
  }, 120_000)

  test('is never reached by a name that leads there at last, or among others', async () => {
    let tried = 0
    const places = [
      '127.0.0.1',
      '::1',
      '::ffff:127.0.0.1',
      '10.0.0.1',
      '169.254.169.254',
      'fd00::1',
      '64:ff9b::7f00:1',
      '0.0.0.0',
      '::',
      'fe80::1%eth0',
      'not an address',
      '',
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<string>('8.8.8.8', '2606:4700::1111'), { maxLength: 3 }),
        fc.constantFrom(...places),
        fc.nat(3),
        async (others, place, at) => {
          tried += 1
          const addresses = others.toSpliced(Math.min(at, others.length), 0, place)
          const outside = openOutside({
            reach: { thisMachine: false, ports: [port] },
            resolve: async () => addresses,
            timeoutMs: 1_000,
          })
          await expect(outside.post(`https://hooks.example:${port}/`, send)).rejects.toMatchObject({
            isForbidden: true,
          })
        },
      ),
      { numRuns: runs },
    )
    console.log(`${tried} names that lead inside were tried: ${hits} hits`)
    expect(hits).toBe(0)
  })

  test('is never reached by a name that changes where it leads between two looks', async () => {
    let looks = 0
    // 192.0.2.0/24 would do, but is no place of the public network; nothing answers on this one within the time.
    const rebinding: Resolve = async () => (looks++ % 2 === 0 ? ['8.8.8.8'] : ['127.0.0.1'])
    const outside = openOutside({
      reach: { thisMachine: false, ports: [port] },
      resolve: rebinding,
      timeoutMs: 300,
    })
    for (let time = 0; time < 6; time += 1)
      await outside.post(`https://rebind.example:${port}/`, send).catch(() => undefined)
    // One look for each request, so that what was checked is what is connected to.
    expect([looks, hits]).toEqual([6, 0])
  })

  test('is not reached by a redirect', async () => {
    const paths: (string | undefined)[] = []
    answer = (request, response) => {
      paths.push(request.url)
      response.writeHead(307, { location: `http://127.0.0.1:${rawPort}/inside` }).end()
    }
    expect(await openOutside({ reach: open }).post(`http://127.0.0.1:${port}/hook`, send)).toBe(307)
    expect([paths, hits]).toEqual([['/hook'], 1])
  })

  test('is not reached by a proxy that the environment names', async () => {
    const before = { ...process.env }
    Object.assign(process.env, {
      HTTP_PROXY: `http://127.0.0.1:${rawPort}`,
      HTTPS_PROXY: `http://127.0.0.1:${rawPort}`,
      ALL_PROXY: `http://127.0.0.1:${rawPort}`,
      NODE_USE_ENV_PROXY: '1',
    })
    try {
      const outside = openOutside({
        reach: publicReach,
        resolve: async () => ['8.8.8.8'],
        timeoutMs: 300,
      })
      await outside.post('https://hooks.example/', send).catch(() => undefined)
      expect(hits).toBe(0)
    } finally {
      process.env = before
    }
  })
})

describe('an answer', () => {
  test('is read to a few kilobytes and no further', async () => {
    let sent = 0
    answer = (_request, response) => {
      const pump = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384
      }
      response.on('drain', pump)
      pump()
    }
    expect(await openOutside({ reach: open }).post(`http://127.0.0.1:${port}/`, send)).toBe(200)
    expect(sent).toBeLessThan(16 * 1024 * 1024)
  })

  test('that does not come, or never ends, is given up in time', async () => {
    answer = () => undefined
    const outside = openOutside({ reach: open, timeoutMs: 200 })
    await expect(outside.post(`http://127.0.0.1:${port}/`, send)).rejects.toThrow('within 0.2 s')
    answer = (_request, response) => void response.write('.')
    await expect(outside.post(`http://127.0.0.1:${port}/`, send)).rejects.toThrow('within 0.2 s')
    const slow = openOutside({
      reach: open,
      timeoutMs: 200,
      resolve: () => new Promise(() => undefined),
    })
    await expect(slow.post('https://hooks.example/', send)).rejects.toThrow('within 0.2 s')
  })

  test('says what broke and nothing of the network', async () => {
    http.closeAllConnections()
    const outside = openOutside({ reach: open })
    await expect(outside.post(`http://127.0.0.1:${rawPort}/`, send)).rejects.toThrow(
      /^The connection failed: \w+\.$/,
    )
  })
})
