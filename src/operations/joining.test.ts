import { expect, test } from 'vitest'
import { world, type World, valueOf } from '../../test/world.ts'
import type { SellerReader, StaffReader } from './who.ts'
import { answerCase, forwardCase, takeCase } from './case.ts'
import { readDeskCase, readSellerCase } from './case-view.ts'
import { fileAppeal } from './appeal.ts'
import { turnIntoAppeal } from './joining.ts'
import { withdrawCase, writeInCase } from './own-case.ts'
import { askQuestion } from './question.ts'
import { readSellerHome, readSellerForDesk } from './seller.ts'
import { lastAnswer } from '../core/case-ahead.ts'
import { arriveAt, openCase, promisedBy, type Case } from '../core/case.ts'
import { deskOf, withPromiseOf } from '../core/joining.ts'
import { Measure, measureInProcedure } from '../core/measure.ts'
import { routeTo } from '../core/procedure.ts'
import { currentProcedure, procedureOf } from '../store/procedure.ts'
import { transact } from '../store/db.ts'
import { sql } from 'kysely'

const hour = 3_600_000
const day = 24 * hour

async function asked(w: World, seller: SellerReader, text = 'My mask is cosmetic.') {
  return valueOf(await askQuestion(w.app, seller, { text, fileIds: [] }, null)).caseId
}

async function held(w: World, by: StaffReader, caseId: string) {
  valueOf(await takeCase(w.app, by, caseId))
  return caseId
}

const promiseOf = async (w: World, caseId: string) => {
  const one = await w.case(caseId)
  return promisedBy(one, await w.inside((tx) => procedureOf(tx, one.procedureId)))
}

test('a question becomes an appeal with the seller’s words, and its day counts', async () => {
  await using w = await world()
  const { seller, decisionId } = await w.removedListing()
  const sofia = await w.support()
  const caseId = await asked(w, seller)
  valueOf(
    await writeInCase(w.app, seller, { caseId, text: 'It is made of clay.', fileIds: [] }, null),
  )
  const promised = await promiseOf(w, caseId)
  w.advance(20 * hour)
  await held(w, sofia, caseId)
  const beside = valueOf(await readDeskCase(w.app, sofia, caseId, 'eu'))
  expect(beside.allowed).toContain('turn')
  expect(beside.beside?.measures).toMatchObject([{ appeal: null, whyNot: null }])
  const { appealId } = valueOf(await turnIntoAppeal(w.app, sofia, { caseId, decisionId }))

  const appeal = await w.case(appealId)
  expect(appeal).toMatchObject({
    kind: 'appeal',
    channel: 'contact',
    desk: 'performance',
    state: 'open',
  })
  expect(appeal.objections).toMatchObject([
    {
      decisionId,
      track: 'dispute',
      text: 'My mask is cosmetic.\n\nIt is made of clay.',
      outcome: null,
    },
  ])
  expect(await promiseOf(w, appealId)).toEqual(promised)
  expect(await w.case(caseId)).toMatchObject({ state: 'closed', joinedTo: appealId })

  const question = valueOf(await readSellerCase(w.app, seller, caseId))
  expect(question.events.at(-2)).toMatchObject({
    kind: 'case.joined',
    by: sofia.id,
    detail: { intoId: appealId, into: `A-${appeal.number}` },
  })
  const there = valueOf(await readSellerCase(w.app, seller, appealId))
  expect(there.events[0]).toMatchObject({ kind: 'case.opened', detail: { fromId: caseId } })
  const told = await w.notices({ caseId: appealId })
  expect(told.map(({ kind }) => kind)).toEqual(['handed-over'])
  expect(told[0]?.subject).toMatch(
    /^Your question Q-\d+ is an appeal now: A-\d+, with Seller Performance$/,
  )
})

test('a question about what is contested already is added there, and the earlier date counts', async () => {
  await using w = await world()
  const { seller, decisionId } = await w.removedListing()
  const sofia = await w.support()
  const caseId = await asked(w, seller, 'Why is it off sale?')
  const askedAt = (await w.case(caseId)).openedAt
  w.advance(5 * hour)
  const objections = [{ decisionId, track: 'dispute' as const, text: 'It is clay.', remedy: null }]
  const filed = valueOf(await fileAppeal(w.app, seller, { objections, fileIds: [] }, null))
  const before = await w.case(filed.caseId)
  await held(w, sofia, caseId)
  const { appealId } = valueOf(await turnIntoAppeal(w.app, sofia, { caseId, decisionId }))
  expect(appealId).toBe(filed.caseId)
  const after = await w.case(appealId)
  expect(after).toEqual({ ...before, openedAt: askedAt })
  const { events } = valueOf(await readSellerCase(w.app, seller, appealId))
  expect(events.at(-1)).toMatchObject({
    kind: 'case.joined',
    detail: { fromId: caseId, text: 'Why is it off sale?' },
  })
})

test('only who holds the question turns it, into an appeal of its own seller, and never against what was decided', async () => {
  await using w = await world()
  const { seller, decisionId } = await w.removedListing()
  const other = await w.removedListing('l2', 'rival')
  const [sofia, tom] = [await w.support(), await w.support('Tom')]
  const caseId = await asked(w, seller)
  const turn = (by: StaffReader, against: string) =>
    turnIntoAppeal(w.app, by, { caseId, decisionId: against })
  expect(await turn(sofia, decisionId)).toMatchObject({ refusal: 'not_your_case' })
  await held(w, sofia, caseId)
  expect(await turn(tom, decisionId)).toMatchObject({ refusal: 'not_your_case' })
  expect(await turn(sofia, other.decisionId)).toMatchObject({ refusal: 'not_found' })
  expect(await turn({ ...sofia, desks: [] }, decisionId)).toMatchObject({
    refusal: 'not_your_desk',
  })
  expect(await w.case(caseId)).toMatchObject({ state: 'open', joinedTo: null })
})

test('the promise holds also where a question was handed on as often as it may be', async () => {
  await using w = await world()
  const seller = await w.seller()
  const milan = await w.reviewer('Milan')
  const decisionId = await w.imposed(milan, { subject: { kind: 'account', id: 'clay' } })
  const caseId = await asked(w, seller)
  const promised = await promiseOf(w, caseId)
  const [aiko, lea, noor] = [
    await w.reviewer('Aiko'),
    await w.reviewer('Lea'),
    await w.reviewer('Noor'),
  ]
  w.advance(day - hour)
  await held(w, aiko, caseId)
  valueOf(await forwardCase(w.app, aiko, { caseId, to: 'performance', reason: 'A measure.' }))
  w.advance(2 * day - hour)
  await held(w, lea, caseId)
  valueOf(await forwardCase(w.app, lea, { caseId, to: 'legal', reason: 'A contract.' }))
  w.advance(2 * day - hour)
  await held(w, noor, caseId)
  const { appealId } = valueOf(await turnIntoAppeal(w.app, noor, { caseId, decisionId }))
  const appeal = await w.case(appealId)
  expect(appeal).toMatchObject({ desk: 'legal', forwards: 2 })
  expect(await promiseOf(w, appealId)).toEqual(promised)
  // Whatever the desks do from here, the last answer is there by then.
  const procedure = await w.inside((tx) => procedureOf(tx, appeal.procedureId))
  expect(lastAnswer(appeal, procedure).getTime()).toBeLessThanOrEqual(promised.getTime())
})

test('asking changes nothing of how the account stands', async () => {
  await using w = await world()
  const { seller } = await w.removedListing()
  const sofia = await w.support()
  const standing = async () => {
    // But for the questions themselves, all that page and desk say of the account.
    const home = { ...valueOf(await readSellerHome(w.app, seller)), cases: [] }
    const atDesk = { ...valueOf(await readSellerForDesk(w.app, sofia, 'clay')), cases: [] }
    return JSON.stringify({ home, atDesk })
  }
  const before = await standing()
  for (const words of ['When?', 'When is it?', 'Hello?']) {
    const caseId = await asked(w, seller, words)
    await held(w, sofia, caseId)
    valueOf(await answerCase(w.app, sofia, { caseId, text: 'By Thursday.' }))
  }
  expect(await standing()).toBe(before)
})

test('nobody closes a question because its account is shut: it is answered, or it goes on', async () => {
  await using w = await world()
  const seller = await w.seller()
  const sofia = await w.support()
  const milan = await w.reviewer('Milan')
  const caseId = await asked(w, seller)
  for (const measure of ['account.suspend', 'account.lock', 'account.secure'] as const) {
    await w.imposed(milan, { subject: { kind: 'account', id: 'clay' }, measure })
    expect(await w.case(caseId)).toMatchObject({ state: 'open' })
  }
  await held(w, sofia, caseId)
  const wall = { staff: { id: sofia.id, roles: sofia.roles, desks: sofia.desks } }
  const shut = transact(w.db, wall, (tx) =>
    sql`update cases set state = 'closed', closed_at = now(), held_by = null, held_until = null where id = ${caseId}`.execute(
      tx,
    ),
  )
  await expect(shut).rejects.toThrow('a question is answered before it is closed')
  valueOf(await answerCase(w.app, sofia, { caseId, text: 'It is open to you by the link.' }))
  expect(await w.case(caseId)).toMatchObject({ state: 'answered' })
  // Its own seller may take back what was asked.
  const again = await asked(w, seller)
  valueOf(await withdrawCase(w.app, seller, again))
  expect(await w.case(again)).toMatchObject({ state: 'closed', joinedTo: null })
})

test('whatever a question turns out to contest, and wherever it was by then, its promise is kept', async () => {
  await using w = await world()
  const { procedure } = await w.inside((tx) => currentProcedure(tx))
  const start = new Date('2026-11-23T09:00:00Z')
  const base = { procedureId: 'p', sellerId: 'clay', by: 'ines', check: null, overdueSince: null }
  const matter = { ...base, id: 'q', number: 1, channel: 'contact', objections: [] }
  const asked = openCase(
    { ...matter, kind: 'question', matter: 'matter.question', desk: 'support', text: 'Why?' },
    procedure,
    start,
  )
  if (!asked.ok) throw new Error(asked.refusal)
  /** The question at the last moment at a desk, after each hand-over had taken all its time. */
  const stations: Case[] = [asked.case]
  for (const to of ['performance', 'legal']) {
    const from = stations.at(-1) ?? asked.case
    const moved = arriveAt(from, to, procedure, from.dueAt)
    stations.push({ ...moved, forwards: from.forwards + 1 })
  }
  for (const measure of Measure.options) {
    const routed = routeTo(procedure, measureInProcedure(measure), 'contact')
    if (routed === null) throw new Error(`nothing leads from ${measure}`)
    for (const question of stations) {
      const now = new Date(question.dueAt.getTime() - hour)
      const desk = deskOf(question, routed, procedure)
      const objection = {
        id: 'o',
        decisionId: 'd',
        measure,
        track: 'dispute' as const,
        text: '-',
        remedy: null,
      }
      const opened = openCase(
        {
          ...matter,
          kind: 'appeal',
          matter: measureInProcedure(measure),
          desk,
          text: null,
          objections: [objection],
        },
        procedure,
        now,
      )
      if (!opened.ok) throw new Error(opened.refusal)
      const appeal = withPromiseOf(opened.case, question, { procedure, now })
      const promised = promisedBy(question, procedure).getTime()
      const where = `${measure} from ${question.desk} at ${desk}`
      expect(promisedBy(appeal, procedure).getTime(), where).toBe(promised)
      expect(lastAnswer(appeal, procedure).getTime(), where).toBeLessThanOrEqual(promised)
    }
  }
})
