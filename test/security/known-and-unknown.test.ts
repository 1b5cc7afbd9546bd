/**
 * Nothing tells a stranger whether an account exists: the same words, status, headers and size, and about the same time.
 * A short run stands in `npm test`; PAIRS=2000 looks closer.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { served, type Served } from '../served.ts'

const pairs = Number(process.env['PAIRS'] ?? 60)
/** 0.5 is chance. A short run strays further from it by chance alone: three standard errors are let pass. */
const mostAuc = Math.max(0.55, 0.5 + 3 * Math.sqrt((2 * pairs + 1) / (12 * pairs * pairs)))

let s: Served
beforeAll(async () => {
  // Mail is written as a real one is, so that its work is there to be seen.
  s = await served({ signInMail: async (mail) => void JSON.stringify(mail).repeat(200) })
  await s.marketplace.facts.tellSeller({ id: 'known', name: 'Known & co' })
})
afterAll(async () => s[Symbol.asyncDispose]())

interface Seen {
  status: number
  headers: string
  body: string
  took: number
}

/** Asks for a link as a stranger does, each time from another place, and for an address of the same length. */
async function ask(email: string, place: number): Promise<Seen> {
  const before = performance.now()
  const answer = await fetch(`${s.url}/api/auth/sign-in/magic-link`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: s.url,
      // The proxy before us says where a request comes from; the tests stand where it stands.
      'x-forwarded-for': `10.${place >> 16}.${(place >> 8) & 255}.${place & 255}`,
    },
    body: JSON.stringify({ email, callbackURL: '/' }),
  })
  const body = await answer.text()
  const took = performance.now() - before
  const headers = [...answer.headers]
    .filter(([name]) => name !== 'date')
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
  return { status: answer.status, headers, body, took }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN

/** How often one of the first takes longer than one of the second, ties halved: 0.5 when nothing tells them apart. */
function auc(first: number[], second: number[]): number {
  let wins = 0
  for (const a of first) for (const b of second) wins += a > b ? 1 : a === b ? 0.5 : 0
  return wins / (first.length * second.length)
}

/** Tells `count` contacts whose addresses nobody asked for yet: each is asked for once, as a limit counts by address. */
async function knownAddresses(count: number): Promise<string[]> {
  const addresses = Array.from(
    { length: count },
    (_, n) => `k${String(n).padStart(5, '0')}@a.example`,
  )
  for (const [n, address] of addresses.entries())
    await s.marketplace.facts.tellContact({
      id: `k${n}`,
      sellerId: 'known',
      kind: 'email',
      address,
    })
  return addresses
}

test(
  `a known and an unknown address are asked for links in ${pairs} interleaved pairs, and look alike`,
  { timeout: 3_600_000 },
  async () => {
    const known = await knownAddresses(pairs)
    const taken: { known: Seen[]; unknown: Seen[] } = { known: [], unknown: [] }
    for (let warm = 0; warm < 5; warm++) await ask(`w${warm}@nowhere.example`, 60_000 + warm)
    for (const [n, address] of known.entries()) {
      const stranger = address.replace('k', 'u')
      // Which one comes first is chance, so that neither is always asked in the other's wake.
      if (Math.random() < 0.5) {
        taken.known.push(await ask(address, 2 * n))
        taken.unknown.push(await ask(stranger, 2 * n + 1))
      } else {
        taken.unknown.push(await ask(stranger, 2 * n))
        taken.known.push(await ask(address, 2 * n + 1))
      }
    }
    const looks = (seen: Seen[]) =>
      new Set(seen.map(({ status, headers, body }) => `${status}\n${headers}\n\n${body}`))
    expect(looks(taken.known).size).toBe(1)
    expect(looks(taken.known)).toEqual(looks(taken.unknown))

    const times = {
      known: taken.known.map(({ took }) => took),
      unknown: taken.unknown.map(({ took }) => took),
    }
    const apart = auc(times.known, times.unknown)
    console.log(
      `links, ${pairs} pairs: median known ${median(times.known).toFixed(2)} ms, ` +
        `unknown ${median(times.unknown).toFixed(2)} ms, AUC ${apart.toFixed(3)}`,
    )
    expect(Math.max(apart, 1 - apart)).toBeLessThanOrEqual(mostAuc)
  },
)

test('a passkey of nobody and one whose address is known no more are refused alike', async () => {
  const show = async (id: string) => {
    const answer = await fetch(`${s.url}/v1/sign-in/passkey`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: s.url },
      body: JSON.stringify({
        passkey: {
          id,
          rawId: id,
          response: { clientDataJSON: '', authenticatorData: '', signature: '' },
        },
      }),
    })
    return [answer.status, await answer.text()]
  }
  expect(await show('AAAA')).toEqual(await show('BBBB'))
})
