/** What anybody reads in figures: each counted from the rows, and each with a known answer. */
import { describe, expect, test } from 'vitest'
import { maskPolicy, marketplace, world, type World } from '../../test/world.ts'
import type { Period } from '../core/figures.ts'
import { undoWindow } from '../core/decision.ts'
import { insertMail, saveMail } from '../store/mail.ts'
import { transact } from '../store/db.ts'
import { figuresOfMeasures } from '../store/figures.ts'
import { fileAppeal } from './appeal.ts'
import { contestCase, withdrawCase } from './own-case.ts'
import { bookCall, readCallSlots } from './call.ts'
import { answerCase, askSeller, decideCase, takeCase } from './case.ts'
import { tellOrders } from './fact.ts'
import { readPublicFigures } from './figures.ts'
import { imposeByHand, undoMeasure } from './measure.ts'
import { readPromises } from './promises.ts'
import { askQuestion } from './question.ts'
import type { SellerReader, StaffReader } from './who.ts'

const hour = 3_600_000
const day = 24 * hour

/** As of now, whatever was answered a moment ago. */
async function figures(w: World, period: Period = '90d') {
  w.advance(61_000)
  return readPublicFigures(w.app, period)
}

async function appealed(
  w: World,
  { seller, decisionId }: { seller: SellerReader; decisionId: string },
  track: 'dispute' | 'remedy' = 'dispute',
): Promise<string> {
  const remedy = { cause: 'A word.', correction: 'Took it out.', prevention: 'Never again.' }
  const filed = await fileAppeal(
    w.app,
    seller,
    {
      objections: [
        { decisionId, track, text: 'Clay.', remedy: track === 'remedy' ? remedy : null },
      ],
      fileIds: [],
    },
    null,
  )
  if (!filed.ok) throw new Error(`appeal: ${filed.refusal}`)
  return filed.value.caseId
}

async function decided(
  w: World,
  by: StaffReader,
  caseId: string,
  power: 'grant' | 'narrow' | 'deny',
): Promise<void> {
  await takeCase(w.app, by, caseId)
  const { objections } = await w.case(caseId)
  const answers = objections.map(({ id }) => ({ objectionId: id, power, reasons: 'Seen.' }))
  const result = await decideCase(w.app, by, { caseId, answers })
  if (!result.ok) throw new Error(`decide: ${result.refusal}`)
}

test('a shop in which nothing has happened yet has figures that say so', async () => {
  await using w = await world()
  expect(await figures(w, 'all')).toMatchObject({
    from: null,
    now: { open: 0, withoutClock: 0, mailsLate: 0 },
    measures: { taken: 0, overturned: { share: null }, byPolicy: [], spans: [] },
    appeals: { filed: 0 },
    waits: { answer: { ended: 0, medianMs: null, worstMs: null, bars: [], promiseMs: 8 * day } },
    calls: { booked: 0 },
    sales: { orders: 0, share: null, before: null, byValue: [] },
    procedure: { acceptedGaps: [] },
  })
})

describe('open cases without a running clock', () => {
  const withoutClock = async (w: World) => (await readPromises(w.app)).waiting.withoutClock

  test('are counted from the rows: one that is broken is one', async () => {
    await using w = await world()
    const one = await appealed(w, await w.removedListing('l1'))
    const other = await appealed(w, await w.removedListing('l2', 'oak'))
    expect(await withoutClock(w)).toBe(0)
    expect((await figures(w)).now).toMatchObject({ open: 2, withoutClock: 0 })

    const setTo = (caseId: string, dueAt: Date) =>
      w.inside((tx) =>
        tx.updateTable('clocks').set({ due_at: dueAt }).where('ref', '=', caseId).execute(),
      )
    const { dueAt } = await w.case(one)
    await w.inside((tx) => tx.deleteFrom('clocks').where('ref', '=', other).execute())
    expect(await withoutClock(w)).toBe(1)
    expect((await figures(w)).now.withoutClock).toBe(1)
    // A clock that rings later than the desk has time is none, and neither is one that has not rung.
    await setTo(one, new Date(dueAt.getTime() + 1_000))
    expect(await withoutClock(w)).toBe(2)
    await setTo(one, dueAt)
    expect(await withoutClock(w)).toBe(1)
    w.advance(2 * day + 10 * 60_000)
    expect(await withoutClock(w)).toBe(2)
    // The one that is left rings; nothing ever happens to the other.
    await w.fireDue()
    expect(await withoutClock(w)).toBe(1)
  })

  test('are not those of which a question waits for the seller, or an answer for its minute', async () => {
    await using w = await world({ undoFor: undoWindow })
    const aiko = await w.reviewer('Aiko')
    const asking = await appealed(w, await w.removedListing('l1'))
    const deciding = await appealed(w, await w.removedListing('l2', 'oak'))
    await takeCase(w.app, aiko, asking)
    await askSeller(w.app, aiko, { caseId: asking, question: 'Which?' })
    await decided(w, aiko, deciding, 'deny')
    expect([(await w.case(asking)).state, (await w.case(deciding)).state]).toEqual([
      'asking',
      'deciding',
    ])
    expect(await withoutClock(w)).toBe(0)
    await w.inside((tx) => tx.deleteFrom('clocks').where('ref', '=', deciding).execute())
    expect(await withoutClock(w)).toBe(1)
  })
})

describe('measures', () => {
  test('are overturned where somebody looked again, and not where a clock ran out or the seller mended it', async () => {
    await using w = await world()
    const aiko = await w.reviewer('Aiko')
    const removed = []
    for (let place = 1; place <= 11; place++) removed.push(await w.removedListing(`l${place}`))
    const [wrong, mended, edited, late, stands] = removed
    if (!wrong || !mended || !edited || !late || !stands) throw new Error('nothing was removed')
    await decided(w, aiko, await appealed(w, wrong), 'grant')
    await decided(w, aiko, await appealed(w, mended, 'remedy'), 'grant')
    await decided(w, aiko, await appealed(w, stands), 'deny')
    await w.listing('l3', 'clay', { title: 'Clay for faces' })
    expect((await w.measures('l3'))[0]?.action.endedAt).not.toBeNull()
    await appealed(w, late)
    for (let step = 0; step < 3; step++) {
      w.advance(3 * day)
      await w.fireDue()
    }
    expect((await w.measures('l4'))[0]?.endedBy?.takenBy.kind).toBe('clock')
    // Taken back within its minute it was never there.
    const undone = await imposeByHand(
      w.app,
      aiko,
      {
        subject: { kind: 'account', id: 'clay' },
        measure: 'account.warn',
        policy: 'masks',
        reasons: 'Seen.',
        endsAt: null,
        amount: null,
        exception: null,
      },
      null,
    )
    if (!undone.ok) throw new Error(undone.refusal)
    await undoMeasure(w.app, aiko, undone.value.decisionId)

    const { measures } = await figures(w)
    expect(measures).toMatchObject({
      taken: 11,
      contested: 4,
      overturned: { count: 1, of: 11 },
      byPolicy: [{ group: 'masks', title: 'Protective masks', taken: 11 }],
      byDecider: [{ group: 'machine', taken: 11 }],
      byFinder: [{ group: 'machine', taken: 11 }],
      spanUnit: 'week',
      spans: [{ start: '2026-11-23', taken: 11, overturned: 1 }],
    })
    expect(measures.overturned.low).toBeGreaterThan(0)
    expect(measures.overturned.high).toBeLessThan(0.4)
  })

  test('by rules, deciders and finders of fewer than ten are told together', async () => {
    const other = { ...maskPolicy, policy: 'knives', title: 'Knives', signals: [] }
    await using w = await world({ policies: [maskPolicy, other] })
    const aiko = await w.reviewer('Aiko')
    for (let place = 1; place <= 9; place++) await w.removedListing(`l${place}`)
    for (const id of ['a', 'b', 'c']) {
      await w.seller(id)
      await w.imposed(aiko, { subject: { kind: 'account', id }, policy: 'knives' })
    }
    const { measures } = await figures(w)
    const merged = [{ group: null, taken: 12, contested: 0 }]
    expect(measures).toMatchObject({
      taken: 12,
      byPolicy: merged,
      byDecider: merged,
      byFinder: merged,
    })
    expect(JSON.stringify(measures)).not.toMatch(/knives|Knives/)
  })
})

describe('appeals', () => {
  test('add up, whatever comes of each', async () => {
    await using w = await world()
    const aiko = await w.reviewer('Aiko')
    const milan = await w.reviewer('Milan')
    const filed: string[] = []
    for (let place = 1; place <= 7; place++)
      filed.push(await appealed(w, await w.removedListing(`l${place}`, `seller-${place}`)))
    const [lifted, narrowed, stands, again, withdrawn, late, open] = filed
    const of = (place: number): SellerReader => {
      const sellerId = `seller-${place}`
      return { kind: 'seller', sellerId, by: `${sellerId}@sellers.example`, matter: null }
    }
    const adds = async () => {
      const { appeals } = await figures(w)
      expect(
        appeals.lifted + appeals.narrowed + appeals.stands + appeals.withdrawn + appeals.open,
      ).toBe(appeals.filed)
      expect(appeals.byMachine + appeals.byClock + appeals.byPerson).toBe(
        appeals.lifted + appeals.narrowed,
      )
      return appeals
    }
    expect(await adds()).toMatchObject({ filed: 7, open: 7 })
    await decided(w, aiko, lifted ?? '', 'grant')
    await decided(w, aiko, narrowed ?? '', 'narrow')
    await decided(w, aiko, stands ?? '', 'deny')
    await decided(w, aiko, again ?? '', 'deny')
    expect(await adds()).toMatchObject({ lifted: 1, narrowed: 1, stands: 2, open: 3 })
    await contestCase(w.app, of(4), { caseId: again ?? '', text: 'Look again.', fileIds: [] }, null)
    expect(await adds()).toMatchObject({ stands: 1, open: 4, secondLooks: 1, secondLooksOpen: 1 })
    await decided(w, milan, again ?? '', 'grant')
    await withdrawCase(w.app, of(5), withdrawn ?? '')
    expect(await adds()).toMatchObject({ secondLooksChanged: 1, secondLooksOpen: 0, withdrawn: 1 })
    // The machine agrees to what it would not have taken down, and the clock to what nobody looked at.
    await w.listing('l7', 'seller-7', { title: 'Clay for faces' })
    expect((await w.case(open ?? '')).state).toBe('restoring')
    for (let step = 0; step < 3; step++) {
      w.advance(3 * day)
      await w.fireDue()
    }
    expect((await w.case(late ?? '')).objections[0]?.outcome).toBe('measure_lifted')
    expect(await adds()).toEqual({
      filed: 7,
      lifted: 4,
      narrowed: 1,
      stands: 1,
      withdrawn: 1,
      open: 0,
      byMachine: 1,
      byClock: 1,
      byPerson: 3,
      secondLooks: 1,
      secondLooksChanged: 1,
      secondLooksOpen: 0,
      oneLook: 0,
    })
  })

  test('of a desk that stood in for the second look are counted, in the period alone', async () => {
    await using w = await world({
      policies: [{ ...maskPolicy, measure: 'listing.deactivate.safety' }],
    })
    const caseId = await appealed(w, await w.removedListing())
    w.advance(2 * day + 1_000)
    await w.fireDue()
    await decided(w, await w.reviewer('Aiko'), caseId, 'deny')
    expect((await figures(w)).appeals.oneLook).toBe(1)
    w.advance(100 * day)
    expect((await figures(w)).appeals.oneLook).toBe(0)
    expect((await figures(w, 'year')).appeals.oneLook).toBe(1)
  })
})

describe('waits', () => {
  test('run on our own clock, to the desk, to a person’s hands and to the answer', async () => {
    await using w = await world({ ticks: 0 })
    const aiko = await w.reviewer('Aiko')
    const caseId = await appealed(w, await w.removedListing())
    w.advance(5 * hour)
    await takeCase(w.app, aiko, caseId)
    await askSeller(w.app, aiko, { caseId, question: 'Which?' })
    // The seller lets all the time pass, and our clock stands still.
    w.advance(14 * day)
    await w.fireDue()
    w.advance(3 * hour)
    await decided(w, aiko, caseId, 'deny')
    const { waits } = await figures(w)
    expect(waits.person).toMatchObject({ ended: 1, worstMs: 0, beyond: 0, promiseMs: 3 * day })
    expect(waits.takenUp).toMatchObject({ ended: 1, medianMs: 5 * hour, promiseMs: null })
    expect(waits.answer).toMatchObject({
      ended: 1,
      worstMs: 8 * hour,
      beyond: 0,
      stepMs: 12 * hour,
    })
    expect(waits.answer.bars).toEqual([{ fromMs: 0, toMs: 12 * hour, cases: 1 }])
  })

  test('of a question that passed a desk which may not decide include the time there', async () => {
    await using w = await world({ ticks: 0 })
    const aiko = await w.reviewer('Aiko')
    const asked = await askQuestion(
      w.app,
      await w.seller(),
      { text: 'Is anybody there?', fileIds: [] },
      null,
    )
    const caseId = asked.ok ? asked.value.caseId : ''
    // Support lets its day pass.
    w.advance(day)
    await w.fireDue()
    w.advance(2 * hour)
    await takeCase(w.app, aiko, caseId)
    const answered = await answerCase(w.app, aiko, { caseId, text: 'Yes.' })
    expect(answered.ok).toBe(true)
    const { waits } = await figures(w)
    expect(waits.person.worstMs).toBe(day)
    expect(waits.takenUp.worstMs).toBe(day + 2 * hour)
    expect(waits.answer.worstMs).toBe(day + 2 * hour)
  })

  test('have a median, a 95 in 100 and a worst, and say how many broke the promise', async () => {
    await using w = await world({ ticks: 0 })
    const aiko = await w.reviewer('Aiko')
    const filed: string[] = []
    for (let place = 1; place <= 4; place++)
      filed.push(await appealed(w, await w.removedListing(`l${place}`, `seller-${place}`)))
    for (const caseId of filed) {
      w.advance(hour)
      await decided(w, aiko, caseId, 'deny')
    }
    expect((await figures(w)).waits.answer).toMatchObject({
      ended: 4,
      medianMs: 2 * hour,
      p95Ms: 4 * hour,
      worstMs: 4 * hour,
      beyond: 0,
    })
    // As if it had been filed long before.
    await w.inside((tx) =>
      tx
        .updateTable('cases')
        .set({ opened_at: new Date(w.app.now().getTime() - 9 * day) })
        .where('id', '=', filed[0] ?? '')
        .execute(),
    )
    expect((await figures(w)).waits.answer).toMatchObject({ ended: 4, beyond: 1 })
  })
})

test('the share of sales by sellers is of what was sold, and beside it that of the time before', async () => {
  await using w = await world()
  await w.seller()
  const at = w.app.now()
  const order = (id: string, daysAgo: number, more: object = {}) => ({
    id,
    sellerId: 'clay',
    listingId: 'l1',
    reporterId: 'buyer',
    at: new Date(at.getTime() - daysAgo * day),
    state: 'delivered' as const,
    amount: 10,
    currency: 'EUR',
    shipBy: null,
    soldBy: 'seller' as const,
    factAt: null,
    ...more,
  })
  const own = { soldBy: 'marketplace' as const }
  const told = await tellOrders(w.app, marketplace, [
    ...Array.from({ length: 6 }, (_, place) => order(`o${place}`, place)),
    ...Array.from({ length: 4 }, (_, place) => order(`p${place}`, place, { ...own, amount: 30 })),
    order('called-off', 1, { state: 'cancelled' }),
    order('dollars', 1, { currency: 'USD' }),
    order('before-1', 40, own),
    order('before-2', 41),
  ])
  expect(told.every(({ ok }) => ok)).toBe(true)
  const { sales } = await figures(w, '30d')
  // Of dollars there are too few to tell them apart.
  expect(sales).toEqual({
    orders: 11,
    bySellers: 7,
    share: 7 / 11,
    before: 1 / 2,
    byValue: [{ currency: 'EUR', share: 60 / 180 }],
  })
  expect((await figures(w, 'all')).sales).toMatchObject({ orders: 13, before: null })
})

describe('what is unanswered', () => {
  test('are calls that nobody of ours made, and not those that the seller took back', async () => {
    await using w = await world()
    const seller = await w.seller()
    const slots = await readCallSlots(w.app, seller)
    if (!slots.ok) throw new Error(slots.refusal)
    const [first] = slots.value.slots
    if (!first) throw new Error('no call can be had')
    const booked = await bookCall(
      w.app,
      seller,
      {
        startsAt: first.startsAt,
        number: '+351 210 000 000',
        caseId: null,
        text: 'Why?',
        topic: null,
      },
      null,
    )
    expect(booked.ok).toBe(true)
    expect((await figures(w)).calls).toEqual({ booked: 0, notMade: 0 })
    w.advance(first.endsAt.getTime() - w.app.now().getTime() + hour)
    await w.fireDue()
    expect((await figures(w)).calls).toEqual({ booked: 1, notMade: 1 })
  })

  test('is mail that waits for longer than was promised', async () => {
    await using w = await world()
    const now = w.app.now()
    const raw = Buffer.from('Subject: x\r\n\r\ny')
    await w.inside(async (tx) => {
      await insertMail(tx, {
        id: 'mai_1',
        key: 'k',
        rawFileId: 'fil_1',
        raw,
        sha256: 'x',
        door: 'smtp',
        envelopeFrom: 'a@b.example',
        clientIp: null,
        helo: null,
        arrivedAt: now,
        recipients: [{ address: 'support@shop.example', channel: 'support', tag: '' }],
      })
      await saveMail(tx, 'mai_1', {
        state: 'held',
        heldBecause: 'sender_unknown',
        dueAt: new Date(now.getTime() + day),
      })
    })
    expect((await readPromises(w.app)).waiting).toMatchObject({ mailsHeld: 1, mailsLate: 0 })
    w.advance(day + 1)
    expect((await readPromises(w.app)).waiting).toMatchObject({ mailsHeld: 1, mailsLate: 1 })
  })
})

describe('whoever asks', () => {
  test('is answered for a minute with what was worked out once', async () => {
    await using w = await world()
    const [one, other] = await Promise.all([
      readPublicFigures(w.app, '90d'),
      readPublicFigures(w.app, '90d'),
    ])
    expect(other).toBe(one)
    await appealed(w, await w.removedListing())
    expect(await readPublicFigures(w.app, '90d')).toBe(one)
    // Another period is another answer, and what waits is told of this moment elsewhere.
    expect((await readPublicFigures(w.app, '30d')).appeals.filed).toBe(1)
    expect((await readPromises(w.app)).waiting.open).toBe(1)
    w.advance(60_000)
    expect((await readPublicFigures(w.app, '90d')).appeals.filed).toBe(1)
  })

  test('sees sums through the wall and not a row, and of no time shorter than thirty days', async () => {
    await using w = await world()
    await w.removedListing()
    w.advance(20 * day)
    await transact(w.db, { nobody: true }, async (tx) => {
      for (const table of ['cases', 'decisions', 'orders', 'mails', 'calls', 'clocks'] as const)
        expect(await tx.selectFrom(table).selectAll().execute()).toEqual([])
      const [all] = (await figuresOfMeasures(tx, { days: 1, at: w.app.now() })).filter(
        ({ by }) => by === 'all',
      )
      expect(all).toMatchObject({ taken: 1 })
    })
  })
})
