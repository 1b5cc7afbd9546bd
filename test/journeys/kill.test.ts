import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomInt, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { oneClick } from '../../src/cli/demo.ts'
import { forward, place, startProgram, type Program } from './program.ts'

/** How often everything is killed, each time with one deed of every kind in flight; `npm run test:faults` does it 50 times. */
const kills = Number(process.env['KILLS'] ?? 1)

const title = (name: string) => `${name} clay face mask with a protective filter`

interface People {
  program: Program
  seller: string
  reviewer: string
  marketplace: string
  /** The shop's own session and form token of the seller. */
  shop: { cookie: string; token: string }
}

interface Home {
  measures: { decisionId: string; subject: { id: string }; status: string; allowed: string[] }[]
  cases: { id: string }[]
}

interface DeskCase {
  state: string
  contested: { objection: { id: string; outcome: string | null } }[]
}

/** What was acknowledged, to be looked for at the end. */
interface Acknowledged {
  told: string[]
  posted: string[]
  appealed: { decisionId: string; caseId: string }[]
  lifted: string[]
}

/** One request; `main` is what may be cut off in the middle, `again` asks for the same once more. */
interface Deed {
  kind: keyof Acknowledged
  main(): Promise<void>
  again(people: People): Promise<void>
}

async function enter(program: Program): Promise<People> {
  const seller = await oneClick(new URL(program.signIn('seller')))
  const reviewer = await oneClick(new URL(program.signIn('reviewer')))
  const marketplace = await readFile(join(program.data, 'bazaar-key'), 'utf8')
  return { program, seller, reviewer, marketplace, shop: await enterShop(program) }
}

async function enterShop({ bazaar }: Program): Promise<People['shop']> {
  const cookies = new Map<string, string>()
  const keep = (answer: Response) => {
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const equals = pair.indexOf('=')
      cookies.set(pair.slice(0, equals), pair.slice(equals + 1))
    }
    return answer
  }
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const tokenIn = (page: string) => /name="token" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const door = await keep(await fetch(`${bazaar}/seller/sign-in`)).text()
  const form = new URLSearchParams({
    token: tokenIn(door),
    address: 'ines@clayandclover.example',
    password: 'bazaar',
  })
  keep(
    await fetch(`${bazaar}/seller/sign-in`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie: cookie(), origin: bazaar },
    }),
  )
  const page = await keep(
    await fetch(`${bazaar}/seller/listings/new`, { headers: { cookie: cookie() } }),
  ).text()
  return { cookie: cookie(), token: tokenIn(page) }
}

const asPerson = (people: People, cookie: string, extra: Record<string, string> = {}) => ({
  cookie,
  origin: people.program.recourse,
  'content-type': 'application/json',
  ...extra,
})

async function read<T>(people: People, cookie: string, path: string): Promise<T> {
  const answer = await fetch(people.program.recourse + path, { headers: asPerson(people, cookie) })
  expect(answer.status, path).toBe(200)
  return (await answer.json()) as T // the shapes above, as the contract has them
}

async function send(
  people: People,
  cookie: string,
  path: string,
  body: unknown,
  extra: Record<string, string> = {},
): Promise<Response> {
  return fetch(people.program.recourse + path, {
    method: 'POST',
    headers: asPerson(people, cookie, extra),
    body: JSON.stringify(body),
  })
}

/** The marketplace tells a listing that the shop itself does not have. */
function tell(people: People, id: string, done: Acknowledged): Deed {
  const main = async (now: People) => {
    const answer = await fetch(`${now.program.recourse}/v1/listings`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${now.marketplace}`,
        'content-type': 'application/json',
        'idempotency-key': id,
      },
      body: JSON.stringify({ id, sellerId: 'told-seller', title: title(id) }),
    })
    expect(answer.status, await answer.clone().text()).toBe(200)
    await answer.json()
    done.told.push(id)
  }
  return { kind: 'told', main: () => main(people), again: main }
}

/** The seller adds a listing in the shop. */
function post(people: People, name: string, done: Acknowledged): Deed {
  return {
    kind: 'posted',
    async main() {
      const { bazaar } = people.program
      const body = new URLSearchParams({
        token: people.shop.token,
        title: title(name),
        description: 'Clay.',
        bullets: '',
        category: 'Bath & skin',
        price: '9.50',
        brand: '',
        attributes: '',
      })
      const answer = await fetch(`${bazaar}/seller/listings/new`, {
        method: 'POST',
        body,
        redirect: 'manual',
        headers: { cookie: people.shop.cookie, origin: bazaar },
      })
      expect(answer.status, (await answer.clone().text()).slice(0, 2_000)).toBe(303)
      done.posted.push(name)
    },
    // A form sent twice is two listings: a seller would look first, and so does the end of this test.
    again: () => Promise.resolve(),
  }
}

/** The seller appeals a measure by its button. */
async function appeal(people: People, done: Acknowledged): Promise<Deed | null> {
  const home = await read<Home>(people, people.seller, '/v1/seller')
  const measure = home.measures.find(({ allowed }) => allowed.includes('appeal'))
  if (!measure) return null
  const key = randomUUID()
  const main = async (now: People) => {
    const body = {
      objections: [{ decisionId: measure.decisionId, track: 'dispute', text: 'It is clay.' }],
    }
    const answer = await send(now, now.seller, '/v1/appeals', body, { 'idempotency-key': key })
    expect(answer.status, await answer.clone().text()).toBe(201)
    const { id } = (await answer.json()) as { id: string } // a case, as the contract has it
    done.appealed.push({ decisionId: measure.decisionId, caseId: id })
  }
  return { kind: 'appealed', main: () => main(people), again: main }
}

/** The reviewer lifts what an open appeal contests. */
async function lift(people: People, done: Acknowledged): Promise<Deed | null> {
  const open = done.appealed.find(({ caseId }) => !done.lifted.includes(caseId))
  if (!open) return null
  const { caseId } = open
  const main = async (now: People) => {
    await send(now, now.reviewer, `/v1/desk/cases/${caseId}/hold`, {})
    const held = await read<DeskCase>(now, now.reviewer, `/v1/desk/cases/${caseId}`)
    if (held.state === 'open') {
      const answers = held.contested.map(({ objection }) => ({
        objectionId: objection.id,
        power: 'grant',
        reasons: 'It is clay.',
      }))
      const answer = await send(now, now.reviewer, `/v1/desk/cases/${caseId}/decision`, { answers })
      expect(answer.status, await answer.clone().text()).toBe(200)
    }
    done.lifted.push(caseId)
  }
  return { kind: 'lifted', main: () => main(people), again: main }
}

async function someDeed(people: People, done: Acknowledged, round: number): Promise<Deed> {
  const name = `k${round}-${randomInt(1_000_000)}`
  switch (randomInt(4)) {
    case 0:
      return (await appeal(people, done)) ?? post(people, name, done)
    case 1:
      return (await lift(people, done)) ?? tell(people, name, done)
    case 2:
      return tell(people, name, done)
    default:
      return post(people, name, done)
  }
}

/** One of every kind that there is something for. */
async function everyDeed(people: People, done: Acknowledged, round: number): Promise<Deed[]> {
  const name = `k${round}-${randomInt(1_000_000)}`
  const deeds = [
    tell(people, `${name}-told`, done),
    post(people, `${name}-posted`, done),
    await appeal(people, done),
    await lift(people, done),
  ]
  return deeds.filter((deed) => deed !== null)
}

test(
  `killed ${kills} times with requests in flight, nothing acknowledged is lost or doubled, and the shop agrees`,
  { timeout: kills * 60_000 + 240_000 },
  async () => {
    const here = await place()
    const done: Acknowledged = { told: [], posted: [], appealed: [], lifted: [] }
    let inFlight = { cut: 0, answered: 0 }
    let program = await startProgram(here)
    try {
      for (let round = 1; round <= kills; round++) {
        const people = await enter(program)
        const many = 1 + randomInt(4)
        for (let n = 0; n < many; n++) await (await someDeed(people, done, round)).main()
        // So that there is something to lift.
        await (await appeal(people, done))?.main()
        const last = await everyDeed(people, done, round)
        const flights = last.map((deed) =>
          deed.main().then(
            () => null,
            () => deed,
          ),
        )
        await new Promise((resolve) => setTimeout(resolve, randomInt(15)))
        await program.killAll()
        const cut = (await Promise.all(flights)).filter((deed) => deed !== null)
        inFlight = {
          cut: inFlight.cut + cut.length,
          answered: inFlight.answered + last.length - cut.length,
        }
        program = await startProgram(here)
        const back = await enter(program)
        for (const deed of cut) await deed.again(back)
      }
      const total =
        done.told.length + done.posted.length + done.appealed.length + done.lifted.length
      console.log(
        `kills ${kills}; acknowledged ${total} (told ${done.told.length}, posted ${done.posted.length}, appealed ${done.appealed.length}, lifted ${done.lifted.length}); ` +
          `in flight when killed ${inFlight.cut + inFlight.answered}: ${inFlight.cut} cut off, ${inFlight.answered} answered just before`,
      )
      expect(total).toBeGreaterThanOrEqual(kills)
      await verify(await enter(program), done)
    } finally {
      await program.stop()
      await here.remove()
    }
  },
)

async function verify(people: People, done: Acknowledged): Promise<void> {
  const found = async (name: string) =>
    read<{ id: string; title: string }[]>(
      people,
      people.reviewer,
      `/v1/desk/listings?search=${encodeURIComponent(title(name))}`,
    )
  const settled = async (id: string) =>
    read<{
      version: number
      owed: { offered: boolean }
      readBack: string | null
      measures: { status: string }[]
    }>(people, people.reviewer, `/v1/desk/listings/${encodeURIComponent(id)}`)

  for (const id of done.told) {
    await expect
      .poll(async () => (await settled(id)).measures.length, {
        timeout: 60_000,
        message: `${id} is screened and acted on once`,
      })
      .toBe(1)
    expect(await settled(id)).toMatchObject({ version: 1 })
  }
  for (const name of new Set(done.posted)) {
    await expect
      .poll(async () => (await found(name)).length, { timeout: 60_000, message: `${name} arrives` })
      .toBe(1)
    const [listing] = await found(name)
    if (!listing) throw new Error(`${name} is gone`)
    await expect
      .poll(async () => (await settled(listing.id)).measures.length, { timeout: 60_000 })
      .toBe(1)
    await expect
      .poll(async () => (await settled(listing.id)).readBack, {
        timeout: 60_000,
        message: `${name}: the shop agrees`,
      })
      .toBe('agrees')
    const { owed } = await settled(listing.id)
    const page = await (
      await fetch(`${people.program.bazaar}/products/${encodeURIComponent(listing.id)}`)
    ).text()
    expect(/not for sale just now/i.test(page), `${name}: the shop shows what is owed`).toBe(
      !owed.offered,
    )
  }
  // What was lifted last may still be taken back; after its minute it counts.
  await forward(people.program, 'PT2M')
  const home = await read<Home>(people, people.seller, '/v1/seller')
  for (const { decisionId, caseId } of done.appealed) {
    expect(
      home.cases.filter(({ id }) => id === caseId),
      `case ${caseId} is there once`,
    ).toHaveLength(1)
    expect(
      new Set(done.appealed.filter((one) => one.decisionId === decisionId).map((one) => one.caseId))
        .size,
      'one appeal, one case',
    ).toBe(1)
  }
  for (const caseId of new Set(done.lifted)) {
    await expect
      .poll(
        async () =>
          (await read<DeskCase>(people, people.reviewer, `/v1/desk/cases/${caseId}`)).state,
        { timeout: 60_000, message: `case ${caseId} is restored and closed` },
      )
      .toBe('closed')
    const { contested } = await read<DeskCase>(people, people.reviewer, `/v1/desk/cases/${caseId}`)
    expect(contested.map(({ objection }) => objection.outcome)).toEqual(['measure_lifted'])
  }
}
