import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { world, type World, valueOf } from '../../test/world.ts'
import type { BulkAction } from '../core/bulk.ts'
import { fileAppeal } from './appeal.ts'
import { doBulk, previewBulk } from './bulk.ts'
import { takeCase } from './case.ts'
import { askQuestion } from './question.ts'
import type { SellerReader, StaffReader } from './who.ts'

async function appeal(w: World, listingId: string) {
  const { seller, decisionId } = await w.removedListing(listingId)
  const objections = [{ decisionId, track: 'dispute' as const, text: 'Clay.', remedy: null }]
  const filed = await fileAppeal(w.app, seller, { objections, fileIds: [] }, null)
  return valueOf(filed).caseId
}

async function question(w: World, seller: SellerReader, text: string) {
  return valueOf(await askQuestion(w.app, seller, { text, fileIds: [] }, null)).caseId
}

const key = (who: StaffReader, name = randomBytes(8).toString('hex')) => ({
  caller: `staff:${who.id}`,
  key: name,
  requestKey: name,
})

/** Everything that is kept, but for numbers that sequences gave away. */
const everything = (w: World) =>
  w.inside(async (tx) =>
    JSON.stringify([
      await tx.selectFrom('cases').selectAll().orderBy('id').execute(),
      await tx.selectFrom('objections').selectAll().orderBy('id').execute(),
      await tx.selectFrom('events').selectAll().orderBy('id').execute(),
      await tx.selectFrom('notices').selectAll().orderBy('id').execute(),
      await tx.selectFrom('clocks').selectAll().orderBy('ref').execute(),
      await tx.selectFrom('decisions').selectAll().orderBy('id').execute(),
      await tx.selectFrom('idempotency_keys').selectAll().execute(),
    ]),
  )

test('a preview says of each case what would happen, by doing it and taking it back', async () => {
  await using w = await world({ undoFor: 60_000 })
  const [milan, aiko] = [await w.reviewer('Milan'), await w.reviewer('Aiko')]
  const free = await appeal(w, 'l1')
  const held = await appeal(w, 'l2')
  valueOf(await takeCase(w.app, aiko, held))
  const asked = await question(w, await w.seller(), 'When?')
  const before = await everything(w)
  const action: BulkAction = { do: 'lift', reasons: '{listing} is a cosmetic.' }
  const previews = valueOf(
    await previewBulk(w.app, milan, { caseIds: [free, held, asked], action }),
  )
  expect(previews).toMatchObject([
    {
      case: { id: free },
      action: { do: 'lift', reasons: 'Clay face mask is a cosmetic.' },
      result: { ok: true, value: { did: 'lifted', lifts: 1 } },
    },
    { case: { id: held }, result: { refusal: 'held_by_another' } },
    { case: { id: asked }, result: { refusal: 'nothing_to_lift' } },
  ])
  expect(await everything(w)).toBe(before)
})

test('what was previewed is what is done, and done once however often it is sent', async () => {
  await using w = await world({ undoFor: 60_000 })
  const milan = await w.reviewer('Milan')
  const ids = [await appeal(w, 'l1'), await appeal(w, 'l2')]
  const action: BulkAction = { do: 'lift', reasons: '{listing} is a cosmetic.' }
  const previews = valueOf(await previewBulk(w.app, milan, { caseIds: ids, action }))
  for (const preview of previews) {
    const asked = { caseId: preview.case.id, action: preview.action }
    const once = key(milan)
    const [first, second] = await Promise.all([
      doBulk(w.app, milan, asked, once),
      doBulk(w.app, milan, asked, once),
    ])
    // The answer was lost on its way: sent again it is the same.
    expect(second).toEqual(first)
    expect(valueOf(first)).toMatchObject({ did: 'lifted', lifts: 1 })
    const kept = await w.case(preview.case.id)
    expect(kept).toMatchObject({ state: 'deciding', pending: { by: milan.id } })
    expect(kept.pending?.answers).toMatchObject([
      { power: 'grant', reasons: 'Clay face mask is a cosmetic.' },
    ])
  }
  w.advance(61_000)
  await w.fireDue()
  for (const id of ids)
    expect((await w.case(id)).objections).toMatchObject([{ outcome: 'measure_lifted' }])
})

test('several questions are answered with the same words, each with its own number', async () => {
  await using w = await world()
  const sofia = await w.support()
  const ids = [
    await question(w, await w.seller('clay'), 'When?'),
    await question(w, await w.seller('oak'), 'Why?'),
  ]
  const action: BulkAction = { do: 'answer', text: 'Dear {seller}, {case number} is here.' }
  for (const { case: held, action: own } of valueOf(
    await previewBulk(w.app, sofia, { caseIds: ids, action }),
  ))
    valueOf(await doBulk(w.app, sofia, { caseId: held.id, action: own }, key(sofia)))
  const told = await w.inside((tx) =>
    tx
      .selectFrom('events')
      .select(['case_id', 'detail'])
      .where('kind', '=', 'case.answered')
      .execute(),
  )
  const numbers = await Promise.all(ids.map(async (id) => `Q-${(await w.case(id)).number}`))
  expect(told.map(({ detail }) => detail['text'])).toEqual([
    `Dear clay & co, ${numbers[0]} is here.`,
    `Dear oak & co, ${numbers[1]} is here.`,
  ])
})

test('a field that a case has nothing for is refused for that case alone', async () => {
  await using w = await world()
  const milan = await w.reviewer('Milan')
  const contested = await appeal(w, 'l1')
  const asked = await question(w, await w.seller(), 'When?')
  const action: BulkAction = { do: 'answer', text: 'It is about {listing}.' }
  expect(
    valueOf(await previewBulk(w.app, milan, { caseIds: [contested, asked], action })),
  ).toMatchObject([
    { result: { ok: true, value: { did: 'informed' } } },
    { result: { refusal: 'field_unfilled' } },
  ])
})

test('a message in an appeal leaves it free again, and a hold of one’s own stays', async () => {
  await using w = await world()
  const milan = await w.reviewer('Milan')
  const [free, mine] = [await appeal(w, 'l1'), await appeal(w, 'l2')]
  valueOf(await takeCase(w.app, milan, mine))
  const action: BulkAction = { do: 'answer', text: 'We read it today.' }
  for (const caseId of [free, mine])
    valueOf(await doBulk(w.app, milan, { caseId, action }, key(milan)))
  expect(await w.case(free)).toMatchObject({ state: 'open', heldBy: null })
  expect(await w.case(mine)).toMatchObject({ state: 'open', heldBy: milan.id })
  valueOf(await doBulk(w.app, milan, { caseId: mine, action: { do: 'release' } }, key(milan)))
  expect(await w.case(mine)).toMatchObject({ heldBy: null })
  expect(
    await doBulk(w.app, milan, { caseId: free, action: { do: 'release' } }, key(milan)),
  ).toMatchObject({ refusal: 'not_your_case' })
})

test('each is handed on by a command of its own, with its own refusal', async () => {
  await using w = await world()
  const milan = await w.reviewer('Milan')
  const caseId = await appeal(w, 'l1')
  const forward = (to: string): BulkAction => ({ do: 'forward', to, reason: 'A contract.' })
  expect(await doBulk(w.app, milan, { caseId, action: forward('identity') }, null)).toMatchObject({
    refusal: 'not_a_forward',
  })
  // What was refused took nothing: nobody holds it now who did not before.
  expect(await w.case(caseId)).toMatchObject({ heldBy: null, desk: 'performance' })
  expect(
    valueOf(await doBulk(w.app, milan, { caseId, action: forward('legal') }, key(milan))),
  ).toMatchObject({ did: 'forwarded', deskTitle: 'Legal department' })
  expect(await w.case(caseId)).toMatchObject({ desk: 'legal', forwards: 1 })
})

test('in bulk nobody is barred less: desks, roles and one’s own measures count as ever', async () => {
  await using w = await world()
  const sofia = await w.support()
  const milan = await w.reviewer('Milan')
  const caseId = await appeal(w, 'l1')
  const action: BulkAction = { do: 'lift', reasons: 'A cosmetic.' }
  expect(await doBulk(w.app, sofia, { caseId, action }, null)).toMatchObject({
    refusal: 'not_your_desk',
  })
  const everywhere = { ...sofia, desks: ['performance'] }
  expect(await doBulk(w.app, everywhere, { caseId, action }, null)).toMatchObject({
    refusal: 'not_allowed',
  })
  const seller = await w.seller('oak')
  await w.balance('oak', 100)
  const decisionId = await w.imposed(milan, { subject: { kind: 'account', id: 'oak' } })
  const objections = [{ decisionId, track: 'dispute' as const, text: 'No.', remedy: null }]
  const own = valueOf(await fileAppeal(w.app, seller, { objections, fileIds: [] }, null)).caseId
  expect(await doBulk(w.app, milan, { caseId: own, action }, null)).toMatchObject({
    refusal: 'own_measure',
  })
})

test('whose account it is, is never said in bulk', async () => {
  await using w = await world()
  const [milan, noor] = [await w.reviewer('Milan'), await w.reviewer('Noor')]
  const seller = await w.seller('oak')
  const decisionId = await w.imposed(milan, {
    subject: { kind: 'account', id: 'oak' },
    measure: 'account.lock',
  })
  const objections = [{ decisionId, track: 'dispute' as const, text: 'It is me.', remedy: null }]
  const { caseId } = valueOf(await fileAppeal(w.app, seller, { objections, fileIds: [] }, null))
  expect(
    await doBulk(w.app, noor, { caseId, action: { do: 'lift', reasons: 'Yes.' } }, null),
  ).toMatchObject({ refusal: 'not_in_bulk' })
})
