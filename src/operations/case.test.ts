/** Cases at the desks, on a real database: taking, asking, forwarding, answering, undoing, and opening again. */
import { expect, test } from 'vitest'
import { letterOf } from '../../test/letters.ts'
import { world, type World } from '../../test/world.ts'
import { nextInstant, promisedBy } from '../core/case.ts'
import { readCaseEvents } from '../store/event.ts'
import { procedureOf } from '../store/procedure.ts'
import { endStandstill, insertStandstill } from '../store/standstill.ts'
import { fileAppeal } from './appeal.ts'
import {
  answerCase,
  askSeller,
  decideCase,
  forwardCase,
  takeCase,
  takeNextCase,
  undoCase,
} from './case.ts'
import { keepFile } from './file.ts'
import { reopenCase, withdrawCase, writeInCase } from './own-case.ts'
import { recordLetter } from './letter.ts'
import { askQuestion } from './question.ts'
import { fileClaim } from './recovery.ts'
import type { SellerReader, StaffReader } from './who.ts'

const hour = 3_600_000
const day = 24 * hour

async function appealed(w: World, id = 'l1', sellerId = 'clay') {
  const { seller, decisionId } = await w.removedListing(id, sellerId)
  const filed = await fileAppeal(
    w.app,
    seller,
    {
      objections: [{ decisionId, track: 'dispute', text: 'It is a clay mask.', remedy: null }],
      fileIds: [],
    },
    null,
  )
  if (!filed.ok) throw new Error(filed.refusal)
  return { seller, decisionId, caseId: filed.value.caseId }
}

async function answersOf(w: World, caseId: string, power: 'grant' | 'deny') {
  const { objections } = await w.case(caseId)
  return objections.map(({ id }) => ({ objectionId: id, power, reasons: 'I read it.' }))
}

const kindsOf = async (w: World, caseId: string) =>
  (await w.notices({ caseId })).map(({ kind }) => kind)

const eventsOf = (w: World, caseId: string) =>
  w.inside(async (tx) => (await readCaseEvents(tx, caseId)).map(({ kind }) => kind))

async function asked(w: World, seller: SellerReader, text: string): Promise<string> {
  const result = await askQuestion(w.app, seller, { text, fileIds: [] }, null)
  if (!result.ok) throw new Error(result.refusal)
  return result.value.caseId
}

test('next is the case due first that one may decide; two who ask at once get two, and whoever took a measure is passed over', async () => {
  await using w = await world()
  const first = await appealed(w, 'l1')
  w.advance(hour)
  const second = await appealed(w, 'l2', 'loam')
  const aiko = await w.reviewer('Aiko')
  const milan = await w.reviewer('Milan')
  const taken = await Promise.all([
    takeNextCase(w.app, aiko, { desk: null }),
    takeNextCase(w.app, milan, { desk: null }),
  ])
  expect(taken.map((one) => one.ok && one.value.caseId).sort()).toEqual(
    [first.caseId, second.caseId].sort(),
  )
  const tomas = await w.reviewer('Tomas')
  expect(await takeNextCase(w.app, tomas, { desk: null })).toMatchObject({
    refusal: 'nothing_waiting',
  })
  w.advance(20 * 60_000)
  expect(await takeNextCase(w.app, tomas, { desk: null })).toMatchObject({
    value: { caseId: first.caseId },
  })
})

test('a question to the seller stops the clock; the answer starts it with what was left, and the promise moves by no more', async () => {
  await using w = await world({ ticks: 0 })
  const { seller, caseId } = await appealed(w)
  const aiko = await w.reviewer('Aiko')
  const before = await w.case(caseId)
  const procedure = await w.inside((tx) => procedureOf(tx, before.procedureId))
  await takeCase(w.app, aiko, caseId)
  w.advance(6 * hour)
  await takeCase(w.app, aiko, caseId)
  expect(
    await askSeller(w.app, aiko, { caseId, question: 'Is it for the skin or against dust?' }),
  ).toMatchObject({ ok: true })
  expect(await kindsOf(w, caseId)).toContain('asked')
  expect(await takeNextCase(w.app, await w.reviewer('Milan'), { desk: null })).toMatchObject({
    refusal: 'nothing_waiting',
  })
  w.advance(5 * day)
  expect(await w.fireDue(), 'nothing is late while the question waits').toBe(0)
  expect(
    await writeInCase(w.app, seller, { caseId, text: 'For the skin.', fileIds: [] }, null),
  ).toMatchObject({ ok: true })
  const after = await w.case(caseId)
  expect(after.state).toBe('open')
  expect(after.dueAt.getTime() - before.dueAt.getTime()).toBe(5 * day)
  expect(promisedBy(after, procedure).getTime() - promisedBy(before, procedure).getTime()).toBe(
    5 * day,
  )
})

test('a silent seller is decided on what there is, in the time that the desk had left', async () => {
  await using w = await world()
  const { caseId } = await appealed(w)
  const aiko = await w.reviewer('Aiko')
  await takeCase(w.app, aiko, caseId)
  await askSeller(w.app, aiko, { caseId, question: 'Which is it?' })
  const until = nextInstant(await w.case(caseId))
  w.advance((until?.getTime() ?? 0) - w.app.now().getTime() + 1)
  await w.fireDue()
  const held = await w.case(caseId)
  expect(held).toMatchObject({ state: 'open', desk: 'performance' })
  expect(held.dueAt.getTime()).toBeGreaterThan(w.app.now().getTime())
  expect(held.dueAt.getTime() - w.app.now().getTime()).toBeLessThan(2 * day)
  expect(await eventsOf(w, caseId)).toContain('case.silent')
})

test('a forward tells the seller why and where, and moves the promise by nothing', async () => {
  await using w = await world()
  const { caseId } = await appealed(w)
  const aiko = await w.reviewer('Aiko')
  await takeCase(w.app, aiko, caseId)
  const before = await w.case(caseId)
  const procedure = await w.inside((tx) => procedureOf(tx, before.procedureId))
  expect(
    await forwardCase(w.app, aiko, { caseId, to: 'executive', reason: 'Higher up.' }),
  ).toMatchObject({ refusal: 'not_a_forward' })
  expect(await forwardCase(w.app, aiko, { caseId, to: 'legal', reason: ' ' })).toMatchObject({
    refusal: 'reasons_missing',
  })
  expect(
    await forwardCase(w.app, aiko, { caseId, to: 'legal', reason: 'It is about a trademark.' }),
  ).toMatchObject({ ok: true })
  const after = await w.case(caseId)
  expect(after).toMatchObject({ desk: 'legal', forwards: 1, heldBy: null })
  expect(promisedBy(after, procedure)).toEqual(promisedBy(before, procedure))
  const told = await w.notices({ caseId })
  expect(told.at(-1)).toMatchObject({ kind: 'handed-over', seller_id: 'clay' })
})

test('a decision may be taken back for a minute: until then nothing leaves and nothing moves', async () => {
  await using w = await world({ undoFor: 60_000 })
  const { seller, caseId, decisionId } = await appealed(w)
  const aiko = await w.reviewer('Aiko')
  const milan = await w.reviewer('Milan')
  await takeCase(w.app, aiko, caseId)
  const told = await kindsOf(w, caseId)
  await decideCase(w.app, aiko, { caseId, answers: await answersOf(w, caseId, 'grant') })
  expect(await w.case(caseId)).toMatchObject({ state: 'deciding' })
  expect(await kindsOf(w, caseId)).toEqual(told)
  expect((await w.owed('l1'))?.state).toMatchObject({ offered: false })
  expect(await undoCase(w.app, milan, caseId)).toMatchObject({ refusal: 'not_yours_to_undo' })
  w.advance(30_000)
  await w.fireDue()
  expect(await undoCase(w.app, aiko, caseId)).toMatchObject({ ok: true })
  expect(await w.case(caseId)).toMatchObject({ state: 'open', heldBy: aiko.id, decidedBy: [] })

  await decideCase(w.app, aiko, { caseId, answers: await answersOf(w, caseId, 'deny') })
  w.advance(61_000)
  expect(await undoCase(w.app, aiko, caseId)).toMatchObject({ refusal: 'undo_too_late' })
  await w.fireDue()
  expect(await w.case(caseId)).toMatchObject({ state: 'answered', decidedBy: [aiko.id] })
  const confirmed = await w.inside((tx) =>
    tx
      .selectFrom('decisions')
      .select(['kind', 'taken_by'])
      .where('about', '=', decisionId)
      .execute(),
  )
  expect(confirmed).toMatchObject([
    { kind: 'confirm', taken_by: { kind: 'person', id: aiko.id, name: 'Aiko' } },
  ])
  expect(await kindsOf(w, caseId)).toContain('outcome')
  expect(seller.sellerId).toBe('clay')
})

test('a seller who takes the appeal back within that minute is never told a no', async () => {
  await using w = await world({ undoFor: 60_000 })
  const { seller, caseId } = await appealed(w)
  const aiko = await w.reviewer('Aiko')
  await takeCase(w.app, aiko, caseId)
  await decideCase(w.app, aiko, { caseId, answers: await answersOf(w, caseId, 'deny') })
  expect(await withdrawCase(w.app, seller, caseId)).toMatchObject({ ok: true })
  w.advance(2 * 60_000)
  await w.fireDue()
  expect(await w.case(caseId)).toMatchObject({
    state: 'closed',
    objections: [{ outcome: 'withdrawn' }],
  })
})

test('a decided case opens once more for a new file, goes to who has not decided it, and not a second time', async () => {
  await using w = await world()
  const { seller, caseId } = await appealed(w)
  const aiko = await w.reviewer('Aiko')
  const milan = await w.reviewer('Milan')
  const decide = async (by: StaffReader, power: 'grant' | 'deny') => {
    await takeCase(w.app, by, caseId)
    return decideCase(w.app, by, { caseId, answers: await answersOf(w, caseId, power) })
  }
  await decide(aiko, 'deny')
  expect(await w.case(caseId)).toMatchObject({ state: 'answered' })
  // The second look is open, so there is no need for new facts yet.
  const again = (fileIds: string[]) =>
    reopenCase(w.app, seller, { caseId, text: 'Here is the label.', fileIds }, null)
  expect(await again([])).toMatchObject({ refusal: 'wrong_state' })
  w.advance(200 * day)
  await w.inside((tx) =>
    tx.updateTable('cases').set({ contest_by: w.app.now() }).where('id', '=', caseId).execute(),
  )
  await w.inside((tx) =>
    tx
      .insertInto('clocks')
      .values({ kind: 'case.lapse', ref: caseId, due_at: w.app.now() })
      .execute(),
  )
  w.advance(1_000)
  await w.fireDue()
  expect(await w.case(caseId)).toMatchObject({ state: 'closed' })
  expect(await again([])).toMatchObject({ refusal: 'no_new_facts' })
  const kept = await keepFile(w.app, seller, {
    name: 'label.png',
    mediaType: 'image/png',
    bytes: Buffer.from('a photo'),
  })
  if (!kept.ok) throw new Error(kept.refusal)
  // Half a year and some days have passed, but while a claim kept the account shut they did not count.
  const closedAt = (await w.case(caseId)).closedAt ?? w.app.now()
  w.advance(200 * day)
  expect(await again([kept.value.id])).toMatchObject({ refusal: 'window_closed' })
  const lost = { account: 'clay', happened: 'I was locked out.', address: 'clay@new.example' }
  await fileClaim(w.app, { ...lost, code: '7KQX-M2D9-R4TB-0WZE' }, null)
  const stoodStill = (begun: number, ended: number) =>
    w.inside(async (tx) => {
      const at = (days: number) => new Date(closedAt.getTime() + days * day)
      const { id: claimId } = await tx.selectFrom('claims').select('id').executeTakeFirstOrThrow()
      const id = w.app.newId('sts')
      const { sellerId } = seller
      await insertStandstill(tx, {
        id,
        sellerId,
        claimId,
        beganAt: at(begun),
        carriedTo: at(begun),
        isFreeze: false,
        decisionId: null,
      })
      await endStandstill(tx, id, at(ended))
    })
  await stoodStill(-10, 5)
  await stoodStill(2, 4)
  await stoodStill(190, 199)
  expect(await again([kept.value.id])).toMatchObject({ refusal: 'window_closed' })
  await stoodStill(100, 115)
  expect(await again([kept.value.id])).toMatchObject({ ok: true })
  expect(await w.case(caseId)).toMatchObject({ state: 'open', desk: 'performance' })
  expect(await takeCase(w.app, aiko, caseId)).toMatchObject({ refusal: 'decided_before' })
  expect(await decide(milan, 'grant')).toMatchObject({ ok: true })
  expect((await w.owed('l1'))?.state).toMatchObject({ offered: true })
})

test('a question is answered by a person, opens again when its sender writes, and lapses when nobody does', async () => {
  await using w = await world()
  const seller = await w.seller()
  const aiko = await w.reviewer('Aiko', ['support'])
  const caseId = await asked(w, seller, 'When is money paid out?')
  expect(await w.case(caseId)).toMatchObject({ kind: 'question', desk: 'support', state: 'open' })
  expect(await kindsOf(w, caseId)).toEqual(['case-received'])
  await takeCase(w.app, aiko, caseId)
  expect(await answerCase(w.app, aiko, { caseId, text: 'On Fridays.' })).toMatchObject({ ok: true })
  expect(await w.case(caseId)).toMatchObject({ state: 'answered' })
  expect(await kindsOf(w, caseId)).toEqual(['case-received', 'answered'])
  w.advance(3 * day)
  await writeInCase(w.app, seller, { caseId, text: 'Which Friday?', fileIds: [] }, null)
  const again = await w.case(caseId)
  expect(again).toMatchObject({ state: 'open', desk: 'support' })
  expect(again.dueAt.getTime() - w.app.now().getTime()).toBeGreaterThan(day - hour)
  await takeCase(w.app, aiko, caseId)
  await answerCase(w.app, aiko, { caseId, text: 'Every one.' })
  w.advance(15 * day)
  await w.fireDue()
  expect(await w.case(caseId)).toMatchObject({ state: 'closed' })
})

test('a question that nobody answers goes from desk to desk, and then the officer is called and its sender told', async () => {
  await using w = await world()
  const seller = await w.seller()
  const caseId = await asked(w, seller, 'Is anybody there?')
  for (let week = 0; week < 2; week++) {
    w.advance(4 * day)
    await w.fireDue()
  }
  const held = await w.case(caseId)
  expect(held).toMatchObject({ state: 'open', desk: 'executive' })
  expect(held.overdueSince).not.toBeNull()
  const told = await w.notices({ caseId })
  expect(
    told.filter(({ kind, seller_id }) => kind === 'overdue' && seller_id === null).length,
  ).toBe(1)
  expect(
    told.filter(({ kind, seller_id }) => kind === 'overdue' && seller_id === 'clay'),
  ).toHaveLength(1)
})

test('a desk that may only inform cannot decide, and informing ends nothing', async () => {
  await using w = await world()
  const { caseId } = await appealed(w)
  const aiko = await w.reviewer('Aiko')
  await takeCase(w.app, aiko, caseId)
  expect(await answerCase(w.app, aiko, { caseId, text: 'I look at it today.' })).toMatchObject({
    ok: true,
  })
  expect(await w.case(caseId)).toMatchObject({ state: 'open', heldBy: aiko.id })
  expect(await kindsOf(w, caseId)).toContain('message')
})

test('a letter that came by post gets its number and goes to the legal department', async () => {
  await using w = await world()
  await w.seller()
  const aiko = await w.reviewer('Aiko')
  const recorded = await recordLetter(
    w.app,
    aiko,
    letterOf({ sellerId: 'clay', text: 'Dear Sirs, …' }),
    null,
  )
  if (!recorded.ok) throw new Error(recorded.refusal)
  expect(await w.case(recorded.value.caseId)).toMatchObject({ kind: 'letter', desk: 'legal' })
  expect(
    await recordLetter(w.app, aiko, letterOf({ sellerId: 'nobody', text: 'Dear Sirs, …' }), null),
  ).toMatchObject({ refusal: 'not_found' })
})

test('two commands on one case at once are both kept or one refused, never half done', async () => {
  await using w = await world()
  const { seller, caseId } = await appealed(w)
  const aiko = await w.reviewer('Aiko')
  await takeCase(w.app, aiko, caseId)
  const answers = await answersOf(w, caseId, 'grant')
  const [decided, withdrawn] = await Promise.all([
    decideCase(w.app, aiko, { caseId, answers }),
    withdrawCase(w.app, seller, caseId),
  ])
  expect([decided.ok, withdrawn.ok].filter(Boolean)).toHaveLength(1)
  const held = await w.case(caseId)
  expect(held.objections[0]?.outcome).toBe(decided.ok ? 'measure_lifted' : 'withdrawn')
})
