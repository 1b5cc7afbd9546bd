import { expect, test } from 'vitest'
import { maskPolicy, world } from '../../test/world.ts'
import { fileAppeal } from './appeal.ts'
import { contestCase, withdrawCase } from './own-case.ts'
import { concludeCheck, decideCase, takeCase } from './case.ts'
import { readDeskCase, readSellerCase } from './case-view.ts'
import { readQueue } from './queue.ts'
import { imposeByHand, undoMeasure } from './measure.ts'
import { setPolicyLevel } from './policy.ts'
import { readSellerHome } from './seller.ts'
import { readStatement } from './statement.ts'

const day = 86_400_000
const dispute = (decisionId: string) => ({
  decisionId,
  track: 'dispute' as const,
  text: 'It is clay.',
  remedy: null,
})

async function appealed(world_: Awaited<ReturnType<typeof world>>) {
  const removed = await world_.removedListing()
  const filed = await fileAppeal(
    world_.app,
    removed.seller,
    { objections: [dispute(removed.decisionId)], fileIds: [] },
    null,
  )
  if (!filed.ok) throw new Error(filed.refusal)
  return { ...removed, caseId: filed.value.caseId }
}

async function decide(
  w: Awaited<ReturnType<typeof world>>,
  who: Parameters<typeof decideCase>[1],
  caseId: string,
  power: 'grant' | 'narrow' | 'deny',
) {
  const held = await readDeskCase(w.app, who, caseId, 'eu')
  if (!held.ok) return held
  const answers = held.value.case.objections
    .filter((o) => o.outcome === null)
    .map((o) => ({ objectionId: o.id, power, reasons: 'The pack says kaolin.' }))
  return decideCase(w.app, who, { caseId, answers })
}

test('a listing goes there and back: taken off by machine, contested, lifted by a person, seen in the shop, closed', async () => {
  await using w = await world()
  const { seller, measure, caseId } = await appealed(w)
  expect(measure.decision.takenBy).toEqual({ kind: 'policy', policy: 'masks', version: 1 })
  expect(measure.statement.facts.evidence.map((term) => term.text)).toContain('mask')
  expect((await w.owed('l1'))?.state).toEqual({ offered: false, searchable: false })

  const milan = await w.reviewer('Milan')
  expect(await takeCase(w.app, milan, caseId)).toMatchObject({ ok: true })
  expect(await decide(w, milan, caseId, 'grant')).toMatchObject({ ok: true })
  expect((await w.owed('l1'))?.state).toEqual({ offered: true, searchable: true })
  const restoring = await readSellerCase(w.app, seller, caseId)
  expect(restoring).toMatchObject({ ok: true, value: { case: { state: 'restoring' } } })

  await w.shopShows('l1')
  const closed = await readSellerCase(w.app, seller, caseId)
  expect(closed).toMatchObject({ ok: true, value: { case: { state: 'closed' } } })
})

test('the same text posted again stays up after a person lifted the measure, under a new id too', async () => {
  await using w = await world()
  const { caseId } = await appealed(w)
  const milan = await w.reviewer('Milan')
  await takeCase(w.app, milan, caseId)
  await decide(w, milan, caseId, 'grant')
  await w.listing('l1', 'clay')
  await w.listing('l2', 'clay')
  const inForce = [...(await w.measures('l1')), ...(await w.measures('l2'))].filter(
    ({ action }) => action.endedAt === null,
  )
  expect(inForce).toEqual([])
})

test('new text frees it: the policy may act on what nobody has judged', async () => {
  await using w = await world()
  const { caseId } = await appealed(w)
  const milan = await w.reviewer('Milan')
  await takeCase(w.app, milan, caseId)
  await decide(w, milan, caseId, 'grant')
  await w.listing('l1', 'clay', { title: 'Surgical mask' })
  expect((await w.owed('l1'))?.state).toEqual({ offered: false, searchable: false })
})

test('an edit that passes the rule is granted by machine, and the open case follows', async () => {
  await using w = await world()
  const { seller, caseId } = await appealed(w)
  await w.listing('l1', 'clay', { title: 'Clay face pack' })
  expect((await w.owed('l1'))?.state).toEqual({ offered: true, searchable: true })
  expect(await readSellerCase(w.app, seller, caseId)).toMatchObject({
    ok: true,
    value: { case: { state: 'restoring', objections: [{ outcome: 'measure_lifted' }] } },
  })
})

test('who took the measure cannot take its appeal, and the queue still shows it to others', async () => {
  await using w = await world({ policies: [{ ...maskPolicy, level: 'shadow' }] })
  const seller = await w.seller()
  await w.listing('l1', 'clay')
  const milan = await w.reviewer('Milan')
  const aiko = await w.reviewer('Aiko')
  const imposed = await imposeByHand(
    w.app,
    milan,
    {
      subject: { kind: 'listing', id: 'l1' },
      measure: 'listing.deactivate',
      policy: 'masks',
      reasons: 'I read it as protective.',
      endsAt: null,
      amount: null,
      exception: null,
    },
    null,
  )
  if (!imposed.ok) throw new Error(imposed.refusal)
  w.advance(60_000)
  await w.fireDue()
  const filed = await fileAppeal(
    w.app,
    seller,
    { objections: [dispute(imposed.value.decisionId)], fileIds: [] },
    null,
  )
  if (!filed.ok) throw new Error(filed.refusal)
  expect(await takeCase(w.app, milan, filed.value.caseId)).toMatchObject({
    ok: false,
    refusal: 'own_measure',
  })
  expect(await readDeskCase(w.app, milan, filed.value.caseId, 'eu')).toMatchObject({
    ok: true,
    value: { barred: 'own_measure', allowed: ['note'] },
  })
  expect(await takeCase(w.app, aiko, filed.value.caseId)).toMatchObject({ ok: true })
  expect(await readQueue(w.app, aiko, { desk: null })).toMatchObject({
    ok: true,
    value: { cases: [{ title: 'Clay face mask' }] },
  })
})

test('within its minute a measure by hand is told to nobody, and undoing it leaves a decision and no effect', async () => {
  await using w = await world({ policies: [{ ...maskPolicy, level: 'shadow' }] })
  const seller = await w.seller()
  await w.listing('l1', 'clay')
  const milan = await w.reviewer('Milan')
  const imposed = await imposeByHand(
    w.app,
    milan,
    {
      subject: { kind: 'listing', id: 'l1' },
      measure: 'listing.demote',
      policy: 'masks',
      reasons: 'A slip.',
      endsAt: null,
      amount: null,
      exception: null,
    },
    null,
  )
  if (!imposed.ok) throw new Error(imposed.refusal)
  const { decisionId } = imposed.value
  expect(await w.owed('l1')).toBeNull()
  expect(await readStatement(w.app, seller, decisionId)).toMatchObject({
    ok: false,
    refusal: 'not_found',
  })
  expect(
    await fileAppeal(w.app, seller, { objections: [dispute(decisionId)], fileIds: [] }, null),
  ).toMatchObject({ ok: false, refusal: 'not_found' })
  expect(await undoMeasure(w.app, await w.reviewer('Aiko'), decisionId)).toMatchObject({
    ok: false,
    refusal: 'not_yours_to_undo',
  })
  expect(await undoMeasure(w.app, milan, decisionId)).toMatchObject({ ok: true })
  w.advance(61_000)
  await w.fireDue()
  expect(await w.owed('l1')).toBeNull()
  const notices = await w.inside((tx) => tx.selectFrom('notices').select('state').execute())
  expect(notices).toEqual([{ state: 'cancelled' }])
  expect(await readStatement(w.app, seller, decisionId)).toMatchObject({
    ok: false,
    refusal: 'not_found',
  })
  expect(await readSellerHome(w.app, seller)).toMatchObject({ ok: true, value: { measures: [] } })
  expect(await undoMeasure(w.app, milan, decisionId)).toMatchObject({ ok: false })
})

test('two measures on one listing come off one by one', async () => {
  await using w = await world()
  const { caseId } = await appealed(w)
  const aiko = await w.reviewer('Aiko')
  await imposeByHand(
    w.app,
    aiko,
    {
      subject: { kind: 'listing', id: 'l1' },
      measure: 'listing.demote',
      policy: 'masks',
      reasons: 'Too many pictures of hospitals.',
      endsAt: null,
      amount: null,
      exception: null,
    },
    null,
  )
  w.advance(60_000)
  await w.fireDue()
  const milan = await w.reviewer('Milan')
  await takeCase(w.app, milan, caseId)
  await decide(w, milan, caseId, 'grant')
  expect((await w.owed('l1'))?.state).toEqual({ offered: true, searchable: false })
})

test('nobody acts: the case moves to the next desk, and then the measure is lifted by itself within the promise', async () => {
  await using w = await world()
  const { seller, caseId } = await appealed(w)
  w.advance(2 * day)
  await w.fireDue()
  expect(await readSellerCase(w.app, seller, caseId)).toMatchObject({
    ok: true,
    value: { case: { desk: 'executive', state: 'open' } },
  })
  w.advance(3 * day)
  await w.fireDue()
  expect(await readSellerCase(w.app, seller, caseId)).toMatchObject({
    ok: true,
    value: { case: { state: 'restoring' } },
  })
  expect((await w.owed('l1'))?.state).toEqual({ offered: true, searchable: true })
})

test('after an outage longer than every clock the promise is kept at once', async () => {
  await using w = await world()
  const { seller, caseId } = await appealed(w)
  w.advance(30 * day)
  await w.fireDue()
  expect(await readSellerCase(w.app, seller, caseId)).toMatchObject({
    ok: true,
    value: { case: { state: 'restoring' } },
  })
})

test('a measure for safety is never lifted by lateness: the officer is called each time', async () => {
  await using w = await world({
    policies: [{ ...maskPolicy, measure: 'listing.deactivate.safety' }],
  })
  const { caseId, seller } = await appealed(w)
  w.advance(20 * day)
  await w.fireDue()
  expect((await w.owed('l1'))?.state).toEqual({ offered: false, searchable: false })
  const held = await readSellerCase(w.app, seller, caseId)
  expect(held).toMatchObject({ ok: true, value: { case: { state: 'open', desk: 'safety-lead' } } })
  const calls = await w.inside((tx) =>
    tx.selectFrom('notices').select('address').where('kind', '=', 'overdue').execute(),
  )
  expect(calls.length).toBeGreaterThan(1)
  expect(calls[0]?.address).toBe('officer@the-bazaar.example')
})

test('a denial is contested at another desk, by somebody who did not decide it, and is then final', async () => {
  await using w = await world()
  const { caseId, seller, decisionId } = await appealed(w)
  const milan = await w.reviewer('Milan')
  await takeCase(w.app, milan, caseId)
  await decide(w, milan, caseId, 'deny')
  expect(
    await contestCase(w.app, seller, { caseId, text: 'Look again.', fileIds: [] }, null),
  ).toMatchObject({
    ok: true,
  })
  expect(await takeCase(w.app, milan, caseId)).toMatchObject({
    ok: false,
    refusal: 'decided_before',
  })
  const aiko = await w.reviewer('Aiko')
  await takeCase(w.app, aiko, caseId)
  expect(await decide(w, aiko, caseId, 'deny')).toMatchObject({ ok: true })
  expect(
    await contestCase(w.app, seller, { caseId, text: 'And again.', fileIds: [] }, null),
  ).toMatchObject({
    ok: false,
    refusal: 'wrong_state',
  })
  expect(
    await fileAppeal(w.app, seller, { objections: [dispute(decisionId)], fileIds: [] }, null),
  ).toMatchObject({ ok: false, refusal: 'already_appealed' })
})

test('narrowing replaces the measure by a milder one with a statement of its own, which can be contested', async () => {
  await using w = await world()
  const { caseId, seller } = await appealed(w)
  const milan = await w.reviewer('Milan')
  await takeCase(w.app, milan, caseId)
  expect(await decide(w, milan, caseId, 'narrow')).toMatchObject({ ok: true })
  expect((await w.owed('l1'))?.state).toEqual({ offered: true, searchable: false })
  const [narrowed] = await w.measures('l1')
  expect(narrowed?.statement).toMatchObject({ kind: 'narrow', measure: { name: 'listing.demote' } })
  expect(
    await fileAppeal(
      w.app,
      seller,
      { objections: [dispute(narrowed?.decision.id ?? '')], fileIds: [] },
      null,
    ),
  ).toMatchObject({ ok: true })
})

test("another seller's decision and case do not exist, and a link opens its own matter only", async () => {
  await using w = await world()
  const { caseId, decisionId, seller } = await appealed(w)
  const rival = await w.seller('rival')
  expect(await readStatement(w.app, rival, decisionId)).toMatchObject({
    ok: false,
    refusal: 'not_found',
  })
  expect(await readSellerCase(w.app, rival, caseId)).toMatchObject({
    ok: false,
    refusal: 'not_found',
  })
  expect(await withdrawCase(w.app, rival, caseId)).toMatchObject({
    ok: false,
    refusal: 'not_found',
  })
  expect(
    await fileAppeal(w.app, rival, { objections: [dispute(decisionId)], fileIds: [] }, null),
  ).toMatchObject({ ok: false, refusal: 'not_found' })

  await w.listing('l2', 'clay', { title: 'Another mask' })
  const [other] = await w.measures('l2')
  const byLink = {
    ...seller,
    by: 'link',
    matter: { decisionId: other?.decision.id ?? '', caseId: null },
  }
  expect(await readStatement(w.app, byLink, decisionId)).toMatchObject({
    ok: false,
    refusal: 'not_found',
  })
  expect(await readStatement(w.app, byLink, other?.decision.id ?? '')).toMatchObject({ ok: true })
  expect(await readSellerHome(w.app, byLink)).toMatchObject({
    ok: true,
    value: { measures: [{ measure: { decision: { id: other?.decision.id } } }], cases: [] },
  })
})

test('the window runs from the day the seller was informed and not before, and then it closes', async () => {
  await using w = await world()
  const { seller, decisionId } = await w.removedListing()
  w.advance(400 * day)
  const home = await readSellerHome(w.app, seller)
  expect(home).toMatchObject({
    ok: true,
    value: { measures: [{ appealBy: null, allowed: ['read_statement', 'appeal'] }] },
  })
  expect(await readStatement(w.app, seller, decisionId)).toMatchObject({ ok: true })
  w.advance(184 * day)
  expect(
    await fileAppeal(w.app, seller, { objections: [dispute(decisionId)], fileIds: [] }, null),
  ).toMatchObject({ ok: false, refusal: 'window_closed' })
})

test('the same appeal twice at once is one appeal', async () => {
  await using w = await world()
  const { seller, decisionId } = await w.removedListing()
  const key = { caller: 'seller:clay:x', key: 'k1', requestKey: 'same' }
  const filed = await Promise.all(
    Array.from({ length: 8 }, () =>
      fileAppeal(w.app, seller, { objections: [dispute(decisionId)], fileIds: [] }, key),
    ),
  )
  expect(new Set(filed.map((one) => (one.ok ? one.value.caseId : one.refusal))).size).toBe(1)
  expect(
    await fileAppeal(
      w.app,
      seller,
      { objections: [dispute(decisionId)], fileIds: [] },
      { ...key, requestKey: 'other' },
    ),
  ).toMatchObject({ ok: false, refusal: 'key_reused' })
  const unkeyed = await Promise.all(
    Array.from({ length: 4 }, () =>
      fileAppeal(w.app, seller, { objections: [dispute(decisionId)], fileIds: [] }, null),
    ),
  )
  expect(unkeyed.map((one) => (one.ok ? 'filed' : one.refusal))).toEqual(
    Array(4).fill('already_appealed'),
  )
})

test('at "suggest" a person is asked, and only their conclusion takes the listing down', async () => {
  await using w = await world({ policies: [{ ...maskPolicy, level: 'suggest' }] })
  await w.seller()
  await w.listing('l1', 'clay')
  expect(await w.measures('l1')).toEqual([])
  const milan = await w.reviewer('Milan')
  const queue = await readQueue(w.app, milan, { desk: null })
  if (!queue.ok || !queue.value.cases[0]) throw new Error('no check was opened')
  const caseId = queue.value.cases[0].case.id
  await takeCase(w.app, milan, caseId)
  expect(
    await concludeCheck(w.app, milan, {
      caseId,
      conclusion: 'acted',
      reasons: 'It is a surgical mask.',
    }),
  ).toMatchObject({ ok: true })
  expect((await w.measures('l1'))[0]?.decision.takenBy).toMatchObject({
    kind: 'person',
    name: 'Milan',
  })
})

test('at "act-with-review" the machine acts and a person looks at each act; clearing it lifts the measure', async () => {
  await using w = await world({ policies: [{ ...maskPolicy, level: 'act-with-review' }] })
  await w.removedListing()
  const milan = await w.reviewer('Milan')
  const queue = await readQueue(w.app, milan, { desk: null })
  if (!queue.ok || !queue.value.cases[0]) throw new Error('no check was opened')
  const caseId = queue.value.cases[0].case.id
  await takeCase(w.app, milan, caseId)
  expect(
    await concludeCheck(w.app, milan, { caseId, conclusion: 'cleared', reasons: 'It is clay.' }),
  ).toMatchObject({ ok: true })
  expect((await w.owed('l1'))?.state).toEqual({ offered: true, searchable: true })
})

test.each(['off', 'shadow'] as const)('at "%s" nothing happens to the listing', async (level) => {
  await using w = await world({ policies: [{ ...maskPolicy, level }] })
  await w.seller()
  await w.listing('l1', 'clay')
  expect(await w.measures('l1')).toEqual([])
  const counts = await w.inside(async (tx) => ({
    findings: (await tx.selectFrom('findings').select('id').execute()).length,
    cases: (await tx.selectFrom('cases').select('id').execute()).length,
  }))
  expect(counts).toEqual({ findings: level === 'shadow' ? 1 : 0, cases: 0 })
})

test('a check that nobody looks at leaves the listing up and calls the officer', async () => {
  await using w = await world({ policies: [{ ...maskPolicy, level: 'suggest' }] })
  await w.seller()
  await w.listing('l1', 'clay')
  w.advance(30 * day)
  await w.fireDue()
  expect(await w.measures('l1')).toEqual([])
  expect(await w.owed('l1')).toBeNull()
})

test('a policy whose document says "off" screens once people have set it to act', async () => {
  await using w = await world({ policies: [{ ...maskPolicy, level: 'off' }] })
  await w.seller()
  const paula = { ...(await w.reviewer('Paula')), roles: ['policy-manager' as const] }
  await setPolicyLevel(w.app, paula, { name: 'masks', level: 'act', reason: 'Audited.' })
  await w.listing('l1', 'clay')
  expect(await w.measures('l1')).toHaveLength(1)
})
