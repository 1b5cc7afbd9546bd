import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authority, board, lawyer, letterOf } from '../../test/letters.ts'
import { valueOf, world } from '../../test/world.ts'
import { dayOf } from '../core/calendar.ts'
import { undoWindow } from '../core/decision.ts'
import { openStates } from '../core/state-owed.ts'
import { transact } from '../store/db.ts'
import { readCaseEvents } from '../store/event.ts'
import { filesOfCase } from '../store/file.ts'
import { readLetter } from '../store/letter.ts'
import { fileAppeal } from './appeal.ts'
import { answerCase, askSeller, decideCase, takeCase } from './case.ts'
import { readDeskCase, readSellerCase } from './case-view.ts'
import { openOwnFile } from './export.ts'
import { keepScan } from './file.ts'
import { readSellerHome } from './seller.ts'
import { answerLetter } from './letter-answer.ts'
import { recordBodyOutcome } from './letter-outcome.ts'
import { suggestForLetter } from './letter-suggestion.ts'
import { contestCase } from './own-case.ts'
import { readQueue } from './queue.ts'
import { recordLetter, type NewLetter } from './letter.ts'
import { readStatement } from './statement.ts'
import type { SellerReader, StaffReader } from './who.ts'

const aDay = 86_400_000
let w: Awaited<ReturnType<typeof world>>
let aiko: StaffReader
let lena: StaffReader

beforeAll(async () => {
  w = await world()
  aiko = await w.reviewer('Aiko')
  lena = await w.reviewer('Lena', ['legal'])
})
afterAll(() => w[Symbol.asyncDispose]())

let number = 0
/** A seller with a listing off sale, told of it. */
async function removed() {
  const id = `s${(number += 1)}`
  const { seller, decisionId } = await w.removedListing(`${id}-l`, id)
  w.advance(undoWindow + 1)
  await w.fireDue()
  return { seller, decisionId, sellerId: id, listing: `${id}-l` }
}

/** Today, so many days ago, as a letter is dated. */
const daysAgo = (days: number) =>
  dayOf(new Date(w.app.now().getTime() - days * aDay), w.app.timeZone)

const record = async (letter: NewLetter, who = lena) =>
  valueOf(await recordLetter(w.app, who, letter, null))

const today = (letter: Partial<NewLetter>) =>
  letterOf({ text: 'It is clay for the skin.', receivedOn: daysAgo(0), ...letter })

const appealOf = (seller: SellerReader, decisionId: string) =>
  fileAppeal(
    w.app,
    seller,
    {
      objections: [{ decisionId, track: 'dispute', text: 'It is clay.', remedy: null }],
      fileIds: [],
    },
    null,
  )

async function denied(seller: SellerReader, decisionId: string) {
  const { caseId } = valueOf(await appealOf(seller, decisionId))
  valueOf(await takeCase(w.app, aiko, caseId))
  const [objection] = (await w.case(caseId)).objections
  const answers = [
    { objectionId: objection?.id ?? '', power: 'deny' as const, reasons: 'It is a mask.' },
  ]
  valueOf(await decideCase(w.app, aiko, { caseId, answers }))
  return caseId
}

const seenBy = async (seller: SellerReader, caseId: string) => {
  const view = await readSellerCase(w.app, seller, caseId)
  return JSON.stringify(
    view.ok
      ? [view.value.events, view.value.case.objections, view.value.files, view.value.notices]
      : view,
  )
}

describe('a letter of a seller', () => {
  test('contests a decision, and counts from the day on which it was received', async () => {
    const { decisionId, sellerId } = await removed()
    w.advance(3 * aDay)
    const { caseId, became } = await record(today({ decisionId, sellerId, receivedOn: daysAgo(2) }))
    expect(became).toBe('appeal')
    const held = await w.case(caseId)
    expect(held).toMatchObject({ kind: 'appeal', channel: 'letter', desk: 'legal' })
    expect(dayOf(held.openedAt, w.app.timeZone)).toBe(daysAgo(2))
    // Two days lay about, and the desk has two: an hour is left.
    const left = held.dueAt.getTime() - w.app.now().getTime()
    expect(left).toBeLessThanOrEqual(60 * 60_000)
    expect(left).toBeGreaterThan(59 * 60_000)
  })

  test('has no date in the future, and none longer ago than a year', async () => {
    const { sellerId } = await removed()
    for (const wrong of [
      { receivedOn: daysAgo(-1) },
      { receivedOn: daysAgo(400) },
      { receivedOn: '2026-02-30' },
      { receivedOn: daysAgo(2), writtenOn: daysAgo(1) },
      { wants: 'file' as const, dueOn: daysAgo(3), receivedOn: daysAgo(1) },
      { wants: 'file' as const },
    ])
      expect(await recordLetter(w.app, lena, today({ sellerId, ...wrong }), null)).toMatchObject({
        refusal: 'letter_dates_wrong',
      })
  })

  test('is about a seller, whoever wrote it', async () => {
    for (const kind of ['seller', 'representative', 'authority', 'body'] as const) {
      const sender = { kind, name: 'Somebody', answerTo: 'somebody@elsewhere.example' }
      expect(await recordLetter(w.app, lena, today({ sender }), null), kind).toMatchObject({
        refusal: 'letter_nobodys',
      })
    }
  })

  test('joins the appeal that is open, and the earliest date counts', async () => {
    const { seller, decisionId, sellerId } = await removed()
    w.advance(2 * aDay)
    const { caseId } = valueOf(await appealOf(seller, decisionId))
    const joined = await record(today({ decisionId, sellerId, receivedOn: daysAgo(1) }))
    expect(joined).toMatchObject({ caseId, became: 'joined' })
    expect(dayOf((await w.case(caseId)).openedAt, w.app.timeZone)).toBe(daysAgo(1))
    expect(await seenBy(seller, caseId)).toContain('It is clay for the skin.')
  })

  test('answers what was asked, also at a desk that is not its reader’s', async () => {
    const { seller, decisionId, sellerId } = await removed()
    const { caseId } = valueOf(await appealOf(seller, decisionId))
    valueOf(await takeCase(w.app, aiko, caseId))
    valueOf(await askSeller(w.app, aiko, { caseId, question: 'Have you an invoice?' }))
    await record(today({ caseId, sellerId, text: 'Here it is.' }))
    await w.fireDue()
    expect(await w.case(caseId)).toMatchObject({ state: 'open', ask: null })
  })
})

test('a lawyer’s letter acts for the seller only with an authority, and else only informs', async () => {
  const { seller, decisionId } = await removed()
  const { caseId } = valueOf(await appealOf(seller, decisionId))
  valueOf(await takeCase(w.app, aiko, caseId))
  valueOf(await askSeller(w.app, aiko, { caseId, question: 'Have you an invoice?' }))
  await record(today({ sender: lawyer, caseId, text: 'I say so.' }))
  await w.fireDue()
  expect((await w.case(caseId)).state).toBe('asking')
  expect(await seenBy(seller, caseId)).toContain('I say so.')
  await record(today({ sender: lawyer, caseId, showsAuthority: true }))
  await w.fireDue()
  expect((await w.case(caseId)).state).toBe('open')
})

describe('what an authority writes', () => {
  const secret = 'We look into a theft ring.'

  test('is nothing that the seller sees, on its own or in a case of theirs', async () => {
    const { seller, decisionId, sellerId } = await removed()
    const { caseId } = valueOf(await appealOf(seller, decisionId))
    const scan = valueOf(
      await keepScan(w.app, lena, {
        name: `${secret}.pdf`,
        mediaType: 'application/pdf',
        bytes: Buffer.from('%PDF-1.7'),
      }),
    )
    const inCase = await record(
      today({ sender: authority, caseId, text: secret, fileIds: [scan.id] }),
    )
    expect(inCase).toMatchObject({ caseId, became: 'joined' })
    const alone = await record(today({ sender: authority, sellerId, text: secret }))
    expect(alone.became).toBe('letter')
    expect(await seenBy(seller, caseId)).not.toContain(secret)
    expect(await readSellerCase(w.app, seller, alone.caseId)).toMatchObject({
      refusal: 'not_found',
    })
    const home = valueOf(await readSellerHome(w.app, seller))
    expect(home.cases.map((each) => each.case.id)).toEqual([caseId])
    // Behind the seller's own wall neither letter, event nor scan is there.
    await transact(w.db, { sellerId }, async (tx) => {
      expect(await readLetter(tx, inCase.letterId)).toBeNull()
      expect(JSON.stringify(await readCaseEvents(tx, caseId))).not.toContain(secret)
      expect(await readCaseEvents(tx, alone.caseId)).toEqual([])
      expect(await filesOfCase(tx, caseId)).toEqual([])
    })
    const told = await w.inside((tx) =>
      tx.selectFrom('notices').select('body').where('seller_id', '=', sellerId).execute(),
    )
    expect(JSON.stringify(told)).not.toContain(secret)
    const own = await openOwnFile(w.app, seller)
    if (!own.ok) throw new Error(own.refusal)
    const exported: unknown[] = []
    for await (const each of own.cases)
      exported.push(each.case, each.events, each.files, each.notices)
    for await (const each of own.files) exported.push(each)
    expect(JSON.stringify(exported)).toContain('It is clay.')
    expect(JSON.stringify(exported)).not.toContain(secret)
    const atDesk = valueOf(await readDeskCase(w.app, lena, caseId, 'eu'))
    expect(JSON.stringify(atDesk.events)).toContain(secret)
  })

  test('reaches the seller where the person says that they may hear of it', async () => {
    const { seller, decisionId, sellerId } = await removed()
    const { caseId } = valueOf(await appealOf(seller, decisionId))
    await record(today({ sender: authority, caseId, text: secret, sellerHears: true }))
    expect(await seenBy(seller, caseId)).toContain(secret)
    expect((await w.notices({ caseId })).map(({ kind }) => kind)).toContain('letter-told')
    // A matter with the authority itself stays the marketplace's, and the seller hears of it by a notice.
    const alone = await record(
      today({ sender: authority, sellerId, text: secret, sellerHears: true }),
    )
    expect((await readSellerCase(w.app, seller, alone.caseId)).ok).toBe(false)
  })

  test('is answered by mail or post, and nobody else hears that', async () => {
    const { sellerId, seller } = await removed()
    const { caseId } = await record(today({ sender: authority, sellerId, text: secret }))
    valueOf(await takeCase(w.app, lena, caseId))
    valueOf(await answerCase(w.app, lena, { caseId, text: 'Here is what we know.' }))
    expect(await w.case(caseId)).toMatchObject({ state: 'answered' })
    const events = await w.inside((tx) => readCaseEvents(tx, caseId))
    expect(events.find(({ kind }) => kind === 'case.letter_answered')?.detail).toMatchObject({
      way: 'post',
      text: 'Here is what we know.',
    })
    expect((await readSellerCase(w.app, seller, caseId)).ok).toBe(false)
  })
})

describe('a body that settles disputes', () => {
  test('sets a date of its own beside the desk’s clock, and the officer is called once it has passed', async () => {
    const { decisionId, sellerId } = await removed()
    const { caseId, letterId } = await record(
      today({
        sender: board,
        sellerHears: true,
        decisionId,
        sellerId,
        wants: 'file',
        dueOn: daysAgo(-5),
      }),
    )
    const waits = async () => {
      const queue = valueOf(await readQueue(w.app, lena, { desk: null }))
      return queue.cases.find((each) => each.case.id === caseId)?.letters
    }
    expect(await waits()).toMatchObject([{ id: letterId, wants: 'file', overdueSince: null }])
    const about = async () => {
      const { number: quoted } = await w.case(caseId)
      const all = await w.inside((tx) =>
        tx.selectFrom('notices').select(['kind', 'address', 'subject']).execute(),
      )
      return all.filter(
        ({ subject }) => subject.includes(`A-${quoted}`) && subject.includes('our file by'),
      )
    }
    w.advance(4 * aDay)
    await w.fireDue()
    expect((await about()).filter(({ kind }) => kind === 'letter-due').length).toBeGreaterThan(0)
    w.advance(3 * aDay)
    await w.fireDue()
    expect((await about()).filter(({ kind }) => kind === 'overdue').length).toBeGreaterThan(0)
    expect((await w.inside((tx) => readLetter(tx, letterId)))?.overdueSince).not.toBeNull()
    // Answered, it is met, and nobody is called any more.
    const answer = { letterId, text: 'You find it enclosed.', withFile: false }
    const desk = (await w.case(caseId)).desk
    const person = await w.reviewer(`P${number}`, [desk])
    valueOf(await answerLetter(w.app, person, answer, null))
    const called = (await about()).length
    w.advance(5 * aDay)
    await w.fireDue()
    expect((await about()).length).toBe(called)
  })

  test('is asked once we have decided: its letter opens the matter anew, and what it decides is carried out at once', async () => {
    const { seller, decisionId, sellerId, listing } = await removed()
    const first = await denied(seller, decisionId)
    const { caseId, letterId, became } = await record(
      today({ sender: board, sellerHears: true, decisionId, sellerId, text: 'Send your file.' }),
    )
    expect(became).toBe('appeal')
    expect(await seenBy(seller, caseId)).toContain('Send your file.')
    // Meanwhile the same is not looked at twice.
    const again = { caseId: first, text: 'Look again.', fileIds: [] }
    expect(await contestCase(w.app, seller, again, null)).toMatchObject({
      refusal: 'already_appealed',
      detail: expect.stringContaining(`A-${(await w.case(caseId)).number}`) as string,
    })
    valueOf(await takeCase(w.app, lena, caseId))
    valueOf(
      await recordBodyOutcome(w.app, lena, {
        caseId,
        letterId,
        outcome: 'lifted',
        on: daysAgo(0),
        text: 'It is a cosmetic.',
        follows: true,
        reasons: '',
      }),
    )
    expect(await w.case(caseId)).toMatchObject({
      state: 'restoring',
      objections: [{ outcome: 'measure_lifted' }],
    })
    expect((await w.owed(listing))?.state).toEqual(openStates.listing)
    expect(await seenBy(seller, caseId)).toContain('It is a cosmetic.')
    expect((await w.notices({ caseId })).map(({ kind }) => kind)).toContain('outcome')
    expect((await w.inside((tx) => readLetter(tx, letterId)))?.outcome).toMatchObject({
      outcome: 'lifted',
      follows: true,
    })
  })

  test('binds nobody, but not to follow it takes reasons, and another than who said no before', async () => {
    const { seller, decisionId, sellerId } = await removed()
    await denied(seller, decisionId)
    const { caseId, letterId } = await record(
      today({ sender: board, sellerHears: true, decisionId, sellerId }),
    )
    const refused = (reasons: string) => ({
      caseId,
      letterId,
      outcome: 'lifted' as const,
      on: daysAgo(0),
      text: 'It is a cosmetic.',
      follows: false,
      reasons,
    })
    valueOf(await takeCase(w.app, aiko, caseId))
    expect(await recordBodyOutcome(w.app, aiko, refused('It claims to filter.'))).toMatchObject({
      refusal: 'decided_before',
    })
    w.advance(21 * 60_000)
    valueOf(await takeCase(w.app, lena, caseId))
    expect(await recordBodyOutcome(w.app, lena, refused(' '))).toMatchObject({
      refusal: 'reasons_missing',
    })
    // What was refused left nothing behind.
    expect((await w.inside((tx) => readLetter(tx, letterId)))?.outcome).toBeNull()
    valueOf(await recordBodyOutcome(w.app, lena, refused('It claims to filter.')))
    const held = await w.case(caseId)
    expect(held.objections).toMatchObject([
      { outcome: 'measure_stands', answer: 'It claims to filter.' },
    ])
    // The executive office looks again at what legal denied.
    expect(held).toMatchObject({ state: 'answered', desk: 'legal' })
    const view = valueOf(await readSellerCase(w.app, seller, caseId))
    expect(view.secondLookDesk).toBe('executive')
  })
})

test('what a letter could be about is found by numbers, ids, names, addresses and references', async () => {
  const { seller, decisionId, sellerId } = await removed()
  const { caseId } = valueOf(await appealOf(seller, decisionId))
  const { number: quoted } = await w.case(caseId)
  await record(today({ sender: board, caseId, reference: 'DBL 2026/9' }))
  const found = async (text: string, reference: string | null = null) => {
    const all = valueOf(await suggestForLetter(w.app, lena, { text, reference, sellerId: null }))
    return all.map((each) => each.seller.id)
  }
  expect(await found(`Your case A-${quoted} concerns us.`)).toEqual([sellerId])
  expect(await found(`Decision ${decisionId}`)).toEqual([sellerId])
  expect(await found(`Write to ${sellerId}@sellers.example.`)).toEqual([sellerId])
  expect(await found('As before.', 'dbl 2026/9')).toEqual([sellerId])
  expect(await found(`In the matter of ${sellerId} & CO, we write.`)).toEqual([sellerId])
  expect(await found('Nothing of anybody.')).toEqual([])
})

test('a letter is in time when it was received in time, however late it is typed', async () => {
  const { seller, decisionId, sellerId } = await removed()
  valueOf(await readStatement(w.app, seller, decisionId))
  w.advance(190 * aDay)
  const late = today({ decisionId, sellerId })
  expect((await record(late)).became).toBe('letter')
  const inTime = today({ decisionId, sellerId, receivedOn: daysAgo(60) })
  expect((await record(inTime)).became).toBe('appeal')
})
