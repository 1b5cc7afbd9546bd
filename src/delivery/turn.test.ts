/** In which order mails set out, and what waits for what. */
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { stillWorld, surroundings, type Surroundings } from '../../test/surroundings.ts'
import { marketplace, type World } from '../../test/world.ts'
import { later } from '../core/calendar.ts'
import { undoWindow } from '../core/decision.ts'
import type { Subject } from '../core/measure.ts'
import { lift } from '../operations/enforcement.ts'
import { tellContacts, tellSellers } from '../operations/fact.ts'
import { imposeByHand } from '../operations/measure.ts'
import { claimNotice, recordFailure, recordSent, type Letter } from '../operations/notice.ts'
import { setHearing } from '../operations/settings.ts'
import type { StaffReader } from '../operations/who.ts'
import { lockMeasure } from '../store/decision.ts'
import { leaseFor } from '../store/delivery.ts'
import { insertMember } from '../store/member.ts'
import { cancelNotices, insertNotice, type NewNotice } from '../store/notice.ts'
import type { Mailer, Sent } from './mailer.ts'

interface Written extends Partial<Pick<NewNotice, 'sellerId' | 'address' | 'kind'>> {
  subject: string
  /** How long it is held back. */
  heldFor?: number
}

/** Writes notices in one transaction, at one time and under ids that tell no order. */
const write = (w: World, ...notices: Written[]) =>
  w.inside(async (tx) => {
    for (const { heldFor = 0, ...notice } of notices)
      await insertNotice(tx, {
        id: `ntc_${randomUUID()}`,
        sellerId: 'clay',
        kind: 'message',
        decisionId: null,
        caseId: null,
        address: null,
        body: { opening: 'Something happened.', sections: [], statement: null, link: null },
        createdAt: w.app.now(),
        releaseAt: later(w.app.now(), heldFor),
        ...notice,
      })
  })

/** “1”, “2” and so on. */
const numbered = (count: number, more: Omit<Written, 'subject'> = {}): Written[] =>
  Array.from({ length: count }, (_, at) => ({ subject: `${at + 1}`, ...more }))

const contact = (w: World, id: string, address: string, sellerId = 'clay') =>
  tellContacts(w.app, marketplace, [
    { id, sellerId, address, verifiedAt: null, removedAt: null, factAt: null },
  ])

/** A mailer that keeps what set out and what came of it, as `subject to name`. */
function noting(send: (to: string, subject: string) => Promise<Sent> = taken) {
  const setOut: string[] = []
  const ended: string[] = []
  const mailer: Mailer = {
    close: () => undefined,
    async send({ to, subject }) {
      const what = `${subject} to ${to.split('@')[0]}`
      setOut.push(what)
      const sent = await send(to, subject)
      ended.push(`${what}${sent.ok ? '' : ', in vain'}`)
      return sent
    },
  }
  return { mailer, setOut, ended }
}

const taken = (): Promise<Sent> => Promise.resolve({ ok: true })
const slowAt =
  (...subjects: string[]) =>
  async (_: string, subject: string): Promise<Sent> => {
    await soon(subjects.includes(subject) ? 150 : 1)
    return { ok: true }
  }
const busy: Sent = { ok: false, isPermanent: false, error: 'try again later' }
const soon = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Waits until every carrier has come to rest, also where one took up what another had left. */
async function allIdle(s: Surroundings, carriers: ReturnType<Surroundings['carry']>[]) {
  await expect
    .poll(
      async () => {
        await Promise.all(carriers.map((delivery) => delivery.idle()))
        return (await s.deliveries()).filter(({ due_at }) => due_at <= s.w.app.now())
      },
      { timeout: 10_000 },
    )
    .toEqual([])
}

describe('mails to one address set out one after another, in the order in which they were written', () => {
  test('however long one takes, and however many carriers there are', async () => {
    await using s = await surroundings()
    await s.w.seller('clay')
    await write(s.w, ...numbered(8))
    const { mailer, setOut, ended } = noting(slowAt('1', '4'))
    await allIdle(s, [s.carry({ mailer }), s.carry({ mailer })])
    expect(setOut).toEqual(numbered(8).map(({ subject }) => `${subject} to clay`))
    expect(ended).toEqual(setOut)
  })

  test('at each address by itself, whoever has it: one contact, another, a member, a witness', async () => {
    await using w = await stillWorld()
    await w.seller('clay')
    await contact(w, 'office', 'office@sellers.example')
    await hearingMember(w, 'cara@sellers.example')
    await write(w, ...numbered(2, { kind: 'answered' }))
    const waiting = await claims(w)
    expect(waiting.map(nameOf).sort()).toEqual(['1 to cara', '1 to clay', '1 to office'])
    // The same address comes by another contact, whom notices are addressed to before the first.
    await contact(w, 'a second one', 'Office@sellers.example')
    await write(w, { subject: '3', kind: 'answered' })
    await write(w, { subject: 'x', address: 'CARA@sellers.example' })
    expect(await claims(w)).toEqual([])
    const setOut = waiting.map(nameOf)
    for (let letters = waiting; letters.length > 0; letters = await claims(w)) {
      if (letters !== waiting) setOut.push(...letters.map(nameOf))
      for (const letter of letters) await recordSent(w.app, letter)
    }
    const at = (name: string) =>
      setOut.filter((what) => what.endsWith(` ${name}`)).map((what) => what[0])
    expect(at('clay')).toEqual(['1', '2', '3'])
    expect(at('office')).toEqual(['1', '2', '3'])
    expect(at('cara')).toEqual(['1', '2', '3', 'x'])
  })

  test('also when they had waited for the first address', async () => {
    await using s = await surroundings()
    await tellSellers(s.w.app, marketplace, [{ id: 'clay', factAt: null }])
    await write(s.w, ...numbered(6))
    const { mailer, setOut, ended } = noting(slowAt('1'))
    const carriers = [s.carry({ mailer }), s.carry({ mailer })]
    await allIdle(s, carriers)
    expect(setOut).toEqual([])
    await contact(s.w, 'first', 'first@sellers.example')
    await allIdle(s, carriers)
    expect(ended).toEqual(numbered(6).map(({ subject }) => `${subject} to first`))
  })
})

describe('of mails in one line', () => {
  test('one that must be tried again holds up no other', async () => {
    await using s = await surroundings()
    await s.w.seller('clay')
    await write(s.w, ...numbered(3))
    let tries = 0
    const { mailer, ended } = noting((_, subject) =>
      subject === '1' && (tries += 1) < 3 ? Promise.resolve(busy) : taken(),
    )
    const delivery = s.carry({ mailer })
    await delivery.idle()
    expect(ended).toEqual(['1 to clay, in vain', '2 to clay', '3 to clay'])
    await s.untilDone(delivery)
    expect(ended.slice(3)).toEqual(['1 to clay, in vain', '1 to clay'])
  })

  test('one that an address refuses for good, or that stumbled, holds up no other', async () => {
    await using s = await surroundings()
    await s.w.seller('clay')
    await write(s.w, ...numbered(3))
    const { mailer, setOut } = noting((_, subject) => {
      if (subject === '1') return Promise.resolve({ ...busy, isPermanent: true })
      return subject === '2' ? Promise.reject(new Error('a bug')) : taken()
    })
    await s.carry({ mailer }).idle()
    expect(setOut).toEqual(['1 to clay', '2 to clay', '3 to clay'])
  })

  test('one that hangs holds up its own address until its lease is over, and neither another nor another seller', async () => {
    await using s = await surroundings()
    await s.w.seller('clay')
    await contact(s.w, 'office', 'office@sellers.example')
    await s.w.seller('wool')
    await write(s.w, ...numbered(3), { subject: '1', sellerId: 'wool' })
    let giveUp = () => {}
    const hung = new Promise<void>((resolve) => (giveUp = resolve))
    const { mailer, setOut, ended } = noting((to, subject) =>
      to.startsWith('clay') && subject === '1' ? hung.then(() => busy) : taken(),
    )
    const carriers = [s.carry({ mailer }), s.carry({ mailer })]
    await expect
      .poll(() => ended.toSorted())
      .toEqual(['1 to office', '1 to wool', '2 to office', '3 to office'])
    s.w.advance(leaseFor - 1)
    await soon(100)
    expect(setOut.filter((what) => what.endsWith('clay'))).toEqual(['1 to clay'])
    s.w.advance(1)
    await expect.poll(() => ended).toContain('3 to clay')
    expect(ended.filter((what) => what.endsWith('clay'))).toEqual(['2 to clay', '3 to clay'])
    giveUp()
    await Promise.all(carriers.map((delivery) => delivery.stop()))
  })

  test('one that is held back or was taken back holds up no other, and one that is released goes before what is written later', async () => {
    await using w = await stillWorld()
    await w.seller('clay')
    await write(w, { subject: 'held', heldFor: 60_000 }, { subject: 'receipt' })
    const first = await claims(w)
    expect(first.map(nameOf)).toEqual(['receipt to clay'])
    for (const letter of first) await recordSent(w.app, letter)
    w.advance(60_000)
    await write(w, { subject: 'later' })
    expect((await claims(w)).map(nameOf)).toEqual(['held to clay'])
    await w.inside((tx) => tx.updateTable('notices').set({ state: 'cancelled' }).execute())
    w.advance(leaseFor)
    expect(await claims(w)).toEqual([])
    expect(await deliveriesOf(w)).toEqual([])
  })

  test('what is said of a measure within its minute waits for the statement, and is taken back with it', async () => {
    await using w = await stillWorld()
    const paula = await w.reviewer('Paula')
    await w.seller('clay')
    const subject = { kind: 'account' as const, id: 'clay' }
    for (const isUndone of [false, true]) {
      const decisionId = await imposedNow(w, paula, subject)
      await w.inside(async (tx) => {
        const measure = await lockMeasure(tx, decisionId)
        if (measure === null) throw new Error(`there is no measure ${decisionId}`)
        const takenBy = { kind: 'policy' as const, policy: 'masks', version: 1 }
        const lifting = { takenBy, reasons: 'It rested on nothing.', tellSeller: true }
        expect(await lift(w.app, tx, measure, lifting)).toMatchObject({ ok: true })
      })
      await write(w, { subject: 'receipt' })
      expect((await claims(w)).map(nameOf)).toEqual(['receipt to clay'])
      if (isUndone) await w.inside((tx) => cancelNotices(tx, decisionId))
      w.advance(undoWindow)
      const kinds: string[] = []
      for (let letters = await claims(w); letters.length > 0; letters = await claims(w))
        for (const letter of letters) {
          if (letter.claim.attempt === 1) kinds.push(letter.notice.kind)
          await recordSent(w.app, letter)
        }
      expect(kinds).toEqual(isUndone ? [] : ['statement', 'lifted'])
    }
  })

  test('also those to somebody without an account have their turn: a customer who complained, an officer', async () => {
    await using w = await stillWorld()
    const customer = { sellerId: null, address: 'customer@mail.example' }
    const officer = { sellerId: null, address: 'officer@marketplace.example' }
    await write(w, ...numbered(2, customer), ...numbered(2, officer))
    for (const number of ['1', '2']) {
      const letters = await claims(w)
      expect(letters.map(nameOf).sort()).toEqual([`${number} to customer`, `${number} to officer`])
      for (const letter of letters) await recordSent(w.app, letter)
    }
    expect(await claims(w)).toEqual([])
  })
})

const runs = Number(process.env['PROPERTY_RUNS'] ?? 6)

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      seller: fc.nat(1),
      heldFor: fc.constantFrom(0, 0, 20_000),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      atOnce: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('send' as const, 'fail' as const),
      which: fc.nat(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      for: fc.constantFrom(1, 5_000, leaseFor),
    }),
  },
)

test(
  'in no interleaving of carriers that send, fail and die does a first attempt set out before or beside that of an earlier notice',
  { timeout: 60_000 + runs * 5_000 },
  async () => {
    await using w = await stillWorld()
    let worlds = 0
    const played = async (steps: (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) => {
      worlds += 1
      const sellers = [`a${worlds}`, `b${worlds}`]
      for (const id of sellers) await w.seller(id)
      /** Each notice, and until when its first attempt has the line; null before it. */
      const written: { sellerId: string; subject: string; releaseAt: Date; until: Date | null }[] =
        []
      const inHand: Letter[] = []
      const claim = async (atOnce: number) => {
        const found = await Promise.all(Array.from({ length: atOnce }, () => claimNotice(w.app)))
        const letters = found.flatMap((one) => (one.found === 'letter' ? [one.letter] : []))
        for (const letter of letters.filter(({ claim: { attempt } }) => attempt === 1)) {
          const at = written.findIndex(({ subject }) => subject === letter.notice.subject)
          const { sellerId, releaseAt } = written[at]!
          const others = written.filter((one) => one.sellerId === sellerId && one !== written[at])
          expect(others.filter(({ until }) => until !== null && until > w.app.now())).toEqual([])
          const before = others.filter(
            (one) => written.indexOf(one) < at && one.releaseAt <= releaseAt,
          )
          expect(before.filter(({ until }) => until === null)).toEqual([])
          written[at]!.until = letter.claim.leasedUntil
        }
        inHand.push(...letters)
        return found.some((one) => one.found !== 'nothing')
      }
      const settle = async (letter: Letter, isSent: boolean) => {
        await (isSent ? recordSent(w.app, letter) : recordFailure(w.app, letter, busy))
        const one = written.find(({ subject }) => subject === letter.notice.subject)
        if (letter.claim.attempt === 1 && one) one.until = w.app.now()
      }
      for (const next of steps) {
        if (next.do === 'wait') w.advance(next.for)
        if (next.do === 'claim') await claim(next.atOnce)
        if (next.do === 'write') {
          const { heldFor } = next
          const sellerId = sellers[next.seller]!
          const notices = numbered(next.count).map(({ subject }) => ({
            ...{ sellerId, heldFor },
            subject: `${worlds}.${written.length}.${subject}`,
          }))
          await write(w, ...notices)
          const releaseAt = later(w.app.now(), heldFor)
          written.push(
            ...notices.map(({ subject }) => ({ sellerId, subject, releaseAt, until: null })),
          )
        }
        if (next.do === 'send' || next.do === 'fail') {
          const [letter] = inHand.splice(next.which % Math.max(1, inHand.length), 1)
          if (letter) await settle(letter, next.do === 'send')
        }
      }
      // Whatever became of the carriers, all of it arrives.
      for (let round = 0; (await deliveriesOf(w)).length > 0 && round < 100; round++) {
        if (await claim(1)) for (const letter of inHand.splice(0)) await settle(letter, true)
        else w.advance(leaseFor)
      }
      expect(await deliveriesOf(w)).toEqual([])
    }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 50, size: 'max' }), played),
      {
        numRuns: runs,
        endOnFailure: true,
      },
    )
  },
)

/** All that can be claimed now, with what has to be addressed. */
async function claims(w: World): Promise<Letter[]> {
  const letters: Letter[] = []
  for (;;) {
    const claimed = await claimNotice(w.app)
    if (claimed.found === 'nothing') return letters
    if (claimed.found === 'letter') letters.push(claimed.letter)
  }
}

const nameOf = ({ notice, address }: Letter) =>
  `${notice.subject} to ${address.toLowerCase().split('@')[0]}`

/** A measure by hand, within its minute. */
async function imposedNow(w: World, by: StaffReader, subject: Subject): Promise<string> {
  const imposition = { measure: 'account.suspend' as const, policy: 'masks', reasons: 'Seen.' }
  const nothing = { endsAt: null, amount: null, exception: null }
  const imposed = await imposeByHand(w.app, by, { subject, ...imposition, ...nothing }, null)
  if (!imposed.ok) throw new Error(`impose: ${imposed.refusal}`)
  return imposed.value.decisionId
}

const deliveriesOf = (w: World) =>
  w.inside((tx) => tx.selectFrom('deliveries').select(['ref', 'due_at', 'attempts']).execute())

/** A member who chose to hear. */
async function hearingMember(w: World, email: string): Promise<void> {
  const part = { role: 'staff' as const }
  const member = { id: 'cara', sellerId: 'clay', name: 'Cara', email, part }
  await w.inside((tx) => insertMember(tx, { ...member, removedAt: null }, w.app.now()))
  const who = { kind: 'seller' as const, sellerId: 'clay', by: email, member, matter: null }
  expect(await setHearing(w.app, who, true)).toMatchObject({ ok: true })
}
