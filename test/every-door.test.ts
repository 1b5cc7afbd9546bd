/** Every measure and every matter through every door that the procedure gives: it arrives at the desk that is named there. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMailFiler } from '../src/delivery/mail-filer.ts'
import type { LetterSender } from '../src/core/letter.ts'
import { undoWindow } from '../src/core/decision.ts'
import { Measure, measures, type Subject } from '../src/core/measure.ts'
import { routeTo } from '../src/core/procedure.ts'
import { imposeByHand } from '../src/operations/measure.ts'
import { makeTag } from '../src/operations/mail-tag.ts'
import { addStaff } from '../src/operations/staff.ts'
import type { StaffReader } from '../src/operations/who.ts'
import { readProcedure } from '../src/procedure/read.ts'
import { authority, board, lawyer, letterOf } from './letters.ts'
import { resolver } from './mail-door.ts'
import { secret, served, type Served } from './served.ts'

const read = readProcedure(
  await readFile(new URL('../procedures/recourse.yaml', import.meta.url), 'utf8'),
)
if (!read.ok) throw new Error(`read procedures/recourse.yaml: ${JSON.stringify(read.errors)}`)
const { procedure } = read

/** What a seller under a measure stands before: the decision, and who they are. */
interface Under {
  sellerId: string
  decisionId: string
}

/** Through each door a decision is contested; answers the case that it came to. */
const contest: Record<string, (under: Under) => Promise<string>> = {
  button: async ({ sellerId, decisionId }) => {
    const seller = s.clientWith(await s.signIn(`${sellerId}@sellers.example`))
    return (await seller.seller.fileAppeal(appealOf(decisionId))).id
  },
  link: async ({ sellerId, decisionId }) => {
    const byLink = s.clientWith({ 'x-recourse-link': s.linkTo({ sellerId, decisionId }) })
    return (await byLink.seller.fileAppeal(appealOf(decisionId))).id
  },
  // A question, which the person who reads it turns into the appeal that it is.
  contact: async ({ sellerId, decisionId }) => {
    const seller = s.clientWith(await s.signIn(`${sellerId}@sellers.example`))
    const { id } = await seller.seller.askQuestion({ text: words })
    return turned(id, decisionId)
  },
  email: (under) => mailed('appeals', under),
  support: (under) => mailed('support', under),
  executive: (under) => mailed('executive', under),
  legal: (under) => mailed('legal', under),
  letter: async ({ sellerId, decisionId }) => {
    const letter = letterOf({ sellerId, decisionId, text: words })
    return (await desk().letters.record(letter)).caseId
  },
  recovery: ({ sellerId }) => claimed(sellerId),
}

/** The doors at which a matter without a measure begins, and how. */
const file: Record<string, Record<string, (sellerId: string) => Promise<string>>> = {
  'matter.question': {
    contact: async (sellerId) => {
      const seller = s.clientWith(await s.signIn(`${sellerId}@sellers.example`))
      return (await seller.seller.askQuestion({ text: words })).id
    },
    email: (sellerId) => mailed('appeals', { sellerId, decisionId: null }),
    support: (sellerId) => mailed('support', { sellerId, decisionId: null }),
  },
  'matter.letter': {
    letter: async (sellerId) =>
      (await desk().letters.record(letterOf({ sellerId, text: words }))).caseId,
    executive: (sellerId) => mailed('executive', { sellerId, decisionId: null }),
    legal: (sellerId) => mailed('legal', { sellerId, decisionId: null }),
  },
  'matter.complaint': {
    report: (sellerId) => reported(sellerId, 'not-as-described'),
    complaints: (sellerId) => complained(sellerId, 'The spoon is of another wood.'),
  },
  'matter.complaint.safety': {
    report: (sellerId) => reported(sellerId, 'unsafe'),
    complaints: (sellerId) => complained(sellerId, 'The spoon caught fire.'),
  },
  'matter.recovery': { recovery: claimed },
  'matter.check': {
    system: async (sellerId) => {
      await s.listing(`${sellerId}-check`, sellerId, { title: 'A filter for tea' })
      const [check] = await casesOf('check', sellerId)
      return check ?? ''
    },
  },
}

interface Row {
  what: string
  sender?: { kind: LetterSender; name: string; answerTo: string }
  showsAuthority?: boolean
  sellerHears?: boolean
  becomes: { kind: 'appeal' | 'letter'; channel: 'letter' | 'system' }
}

/** Who writes about a decision, what is on the letter, and what becomes of it. */
const letters: readonly Row[] = [
  { what: 'the seller', becomes: { kind: 'appeal', channel: 'letter' } },
  {
    what: 'a lawyer with an authority',
    sender: lawyer,
    showsAuthority: true,
    becomes: { kind: 'appeal', channel: 'letter' },
  },
  {
    what: 'a lawyer without one',
    sender: lawyer,
    becomes: { kind: 'letter', channel: 'system' },
  },
  {
    what: 'a body that the seller hears',
    sender: board,
    sellerHears: true,
    becomes: { kind: 'appeal', channel: 'letter' },
  },
  { what: 'a body in confidence', sender: board, becomes: { kind: 'letter', channel: 'system' } },
  { what: 'an authority', sender: authority, becomes: { kind: 'letter', channel: 'system' } },
]

/** What the procedure knows before any door opens it. */
const notYet = ['matter.repair']

const isMatter = (name: string) => name.startsWith('matter.')
const named = Object.keys(procedure.measures)

/** Each measure with each door that is routed and can still be used under it. */
const contested = named
  .filter((name) => !isMatter(name))
  .flatMap((name) =>
    Object.entries(procedure.channels)
      .filter(
        ([channel, { needs }]) =>
          routeTo(procedure, name, channel) !== null &&
          !needs.some((means) => procedure.measures[name]?.takes.includes(means)),
      )
      .map(([channel]) => ({ measure: Measure.parse(name), channel })),
  )
const filed = Object.entries(file).flatMap(([matter, doors]) =>
  Object.keys(doors).map((channel) => ({ matter, channel })),
)

const words = 'It is clay for the skin. Please look at it again.'
const appealOf = (decisionId: string) => ({
  objections: [{ decisionId, track: 'dispute' as const, text: words }],
})

let s: Served
let filer: ReturnType<typeof startMailFiler>
let milan: StaffReader
let atDesk: Awaited<ReturnType<Served['signIn']>>
const desk = () => s.clientWith(atDesk)
const idOf = (...name: string[]) => name.join('-').replaceAll('.', '-')

beforeAll(async () => {
  s = await served()
  filer = startMailFiler(s.app, {
    setting: { domain: 'shop.example', secret, host: 'recourse.example' },
    resolver,
    everyMs: 20,
  })
  const aiko = await s.reviewer('Aiko')
  const desks = Object.keys(procedure.desks)
  const email = 'milan@marketplace.example'
  const roles = ['support', 'reviewer', 'legal'] as const
  const { id } = await addStaff(s.app, { email, name: 'Milan', roles: [...roles], desks })
  milan = { kind: 'staff', id, name: 'Milan', email, roles: [...roles], desks }
  atDesk = await s.signIn(milan.email)
  for (const { measure, channel } of contested) {
    const sellerId = idOf(measure, channel)
    await s.seller(sellerId)
    const imposed = await imposeByHand(
      s.app,
      aiko,
      {
        subject: await subjectOf(measure, sellerId),
        measure,
        policy: 'masks',
        reasons: 'Seen by a person.',
        endsAt: new Date(s.app.now().getTime() + 14 * 86_400_000),
        amount: measures[measure].subject === 'payouts' ? 50 : null,
        exception: null,
      },
      null,
    )
    if (!imposed.ok) throw new Error(`${measure} by ${channel}: ${imposed.refusal}`)
    decisions.set(sellerId, imposed.value.decisionId)
  }
  for (const { matter, channel } of filed) {
    const sellerId = idOf(matter, channel)
    await s.seller(sellerId)
    // Told before the others begin, so that nobody else screens what one of them waits for.
    if (channel === 'complaints')
      await s.listing(`${sellerId}-l`, sellerId, { title: 'A wooden spoon' })
  }
  for (const { what } of letters) {
    const sellerId = idOf('letter', what)
    const { decisionId } = await s.removedListing(`${sellerId}-l`, sellerId)
    decisions.set(sellerId, decisionId)
  }
  const { decisionId } = await s.removedListing('fourfold-l', 'fourfold')
  fourfold = { sellerId: 'fourfold', decisionId }
  s.advance(undoWindow + 1)
  await s.fireDue()
}, 120_000)
afterAll(async () => {
  await filer.stop()
  await s[Symbol.asyncDispose]()
})

const decisions = new Map<string, string>()
/** Whose matter comes through four doors at once. */
let fourfold: Under

describe('contested', () => {
  test.concurrent.each(contested)(
    '$measure by $channel',
    { timeout: 60_000 },
    async ({ measure, channel }) => {
      const sellerId = idOf(measure, channel)
      const decisionId = decisions.get(sellerId) ?? ''
      const caseId = await (contest[channel]?.({ sellerId, decisionId }) ?? '')
      const arrived = await s.case(caseId)
      expect(arrived.state).toBe('open')
      expect(arrived.dueAt.getTime()).toBeGreaterThan(s.app.now().getTime())
      // First it is told whose the account is; what shuts it is contested with it.
      if (channel === 'recovery') {
        const owed = await s.owed({ kind: 'account', id: sellerId })
        const isShut = owed !== null && 'signIn' in owed.state && !owed.state.signIn
        expect(arrived).toMatchObject({
          kind: 'recovery',
          desk: routeTo(procedure, measure, channel),
        })
        expect(arrived.objections.map((one) => one.decisionId)).toEqual(isShut ? [decisionId] : [])
        return
      }
      expect(arrived).toMatchObject({
        kind: 'appeal',
        matter: measure,
        objections: [{ decisionId }],
      })
      expect(arrived.desk).toBe(routeTo(procedure, measure, channel))
    },
  )
})

describe('filed', () => {
  test.concurrent.each(filed)(
    '$matter by $channel',
    { timeout: 60_000 },
    async ({ matter, channel }) => {
      const sellerId = idOf(matter, channel)
      const caseId = await (file[matter]?.[channel]?.(sellerId) ?? '')
      expect(await s.case(caseId)).toMatchObject({
        matter,
        channel,
        state: 'open',
        desk: routeTo(procedure, matter, channel),
      })
    },
  )
})

describe('letters about a decision', () => {
  test.concurrent.each(letters)(
    'of $what',
    { timeout: 60_000 },
    async ({ what, becomes, ...said }) => {
      const sellerId = idOf('letter', what)
      const decisionId = decisions.get(sellerId) ?? ''
      const letter = letterOf({ sellerId, decisionId, text: words, ...said })
      const { caseId } = await desk().letters.record(letter)
      const arrived = await s.case(caseId)
      expect(arrived).toMatchObject({ ...becomes, state: 'open', desk: 'legal' })
      expect(arrived.objections.map((one) => one.decisionId)).toEqual(
        becomes.kind === 'appeal' ? [decisionId] : [],
      )
    },
  )
})

test('the same matter through four doors at once is one case with four entries', async () => {
  const { sellerId, decisionId } = fourfold
  const seller = s.clientWith(await s.signIn(`${sellerId}@sellers.example`))
  // Where a mail or a letter was first, what the button sends goes there.
  const byButton = () => seller.seller.fileAppeal(appealOf(decisionId))
  const before = s.app.now()
  const doors = ['appeals', 'executive']
  const letter = letterOf({ sellerId, decisionId, text: `On paper: ${words}` })
  await Promise.all([
    byButton(),
    ...doors.map((local) => posted(local, fourfold)),
    desk().letters.record(letter),
  ])
  await filer.idle()
  const [caseId = '', ...others] = await casesOf(null, sellerId)
  expect(others).toEqual([])
  const { openedAt, objections } = await s.case(caseId)
  expect(objections.map((one) => one.decisionId)).toEqual([decisionId])
  const { thread } = await seller.seller.getCase({ caseId })
  const said = thread.filter(({ quote }) => quote?.includes(words))
  expect(said).toHaveLength(4)
  // The first of them counts.
  expect(openedAt.getTime()).toBeGreaterThan(before.getTime())
  expect(Math.min(...said.map(({ at }) => Date.parse(at)))).toBeGreaterThanOrEqual(
    openedAt.getTime(),
  )
})

test('no measure, matter or door of the procedure is without a row', () => {
  expect(
    named
      .filter((name) => !isMatter(name))
      .filter((name) => !contested.some(({ measure }) => measure === name)),
  ).toEqual([])
  expect(named.filter(isMatter).filter((name) => !file[name])).toEqual(notYet)
  const doors = new Set([...contested, ...filed].map(({ channel }) => channel))
  expect(Object.keys(procedure.channels).filter((channel) => !doors.has(channel))).toEqual([])
})

async function subjectOf(measure: Measure, sellerId: string): Promise<Subject> {
  const { subject: kind } = measures[measure]
  if (kind === 'payouts') await s.balance(sellerId, 100)
  if (kind !== 'listing') return { kind, id: sellerId }
  await s.listing(`${sellerId}-l`, sellerId, { title: 'A wooden spoon' })
  return { kind, id: `${sellerId}-l` }
}

/** By a mail server that brings it, to the address of the matter where there is one; answers the case it came to. */
async function mailed(local: string, to: Parameters<typeof posted>[1]): Promise<string> {
  await posted(local, to)
  await filer.idle()
  const [caseId = ''] = await casesOf(to.decisionId === null ? null : 'appeal', to.sellerId)
  return caseId
}

async function posted(
  local: string,
  { sellerId, decisionId }: { sellerId: string; decisionId: string | null },
): Promise<void> {
  const tag = decisionId === null ? '' : `+${makeTag(secret, { caseId: null, decisionId })}`
  const from = `${sellerId}@sellers.example`
  const to = `${local}${tag}@shop.example`
  const query = new URLSearchParams({ to, from, ip: '127.0.0.1', helo: 'mx.sellers.example' })
  const answer = await fetch(`${s.url}/v1/mail?${query.toString()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${s.key}`, 'content-type': 'message/rfc822' },
    body: `From: ${from}\r\nTo: ${to}\r\nSubject: My matter\r\nMessage-ID: <${local}.${sellerId}@sellers.example>\r\n\r\nBy ${local}: ${words}\r\n`,
  })
  expect(answer.status).toBe(202)
  filer.wake()
}

/** A person takes what was written and turns it into the appeal that it is. */
async function turned(caseId: string, decisionId: string): Promise<string> {
  await desk().desk.takeCase({ caseId })
  const { joinedTo } = await desk().desk.turnIntoAppeal({ caseId, decisionId })
  return joinedTo?.caseId ?? ''
}

/** On the public page, by whoever it is; answers the case that it opened. */
async function reported(sellerId: string, kind: 'unsafe' | 'not-as-described'): Promise<string> {
  const { number } = await s.nobody.report.file({
    where: `${sellerId} & co`,
    kind,
    text: words,
    address: `${sellerId}@elsewhere.example`,
  })
  const [caseId = ''] = await casesOf('complaint', sellerId)
  expect(number).toMatch(/^K-/)
  return caseId
}

/** By a mail of somebody whom nobody knows, which names what it is about. */
async function complained(sellerId: string, said: string): Promise<string> {
  const from = `${sellerId}@elsewhere.example`
  const to = 'complaints@shop.example'
  const query = new URLSearchParams({ to, from, ip: '127.0.0.1', helo: 'mx.elsewhere.example' })
  const answer = await fetch(`${s.url}/v1/mail?${query.toString()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${s.key}`, 'content-type': 'message/rfc822' },
    body: `From: ${from}\r\nTo: ${to}\r\nSubject: A spoon\r\nMessage-ID: <spoon.${sellerId}@elsewhere.example>\r\n\r\n${said} It is https://shop.example/products/${sellerId}-l\r\n`,
  })
  expect(answer.status).toBe(202)
  filer.wake()
  await filer.idle()
  const [caseId = ''] = await casesOf('complaint', sellerId)
  return caseId
}

async function claimed(sellerId: string): Promise<string> {
  const { claim } = await s.nobody.recovery.fileClaim({
    account: sellerId,
    happened: words,
    address: `${sellerId}@elsewhere.example`,
  })
  const row = await s.inside((tx) =>
    tx
      .selectFrom('cases')
      .select('id')
      .where('number', '=', Number(claim.number.replace(/\D/g, '')))
      .executeTakeFirstOrThrow(),
  )
  return row.id
}

/** The cases of a seller, of one kind or any, newest first. */
async function casesOf(
  kind: 'appeal' | 'check' | 'complaint' | null,
  sellerId: string,
): Promise<string[]> {
  const rows = await s.inside((tx) =>
    tx
      .selectFrom('cases')
      .select('id')
      .where('seller_id', '=', sellerId)
      .$if(kind !== null, (query) => query.where('kind', '=', kind ?? 'appeal'))
      .orderBy('number', 'desc')
      .execute(),
  )
  return rows.map(({ id }) => id)
}
