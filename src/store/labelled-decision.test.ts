import { expect, test } from 'vitest'
import { maskPolicy, world, type World } from '../../test/world.ts'
import { fileAppeal } from '../operations/appeal.ts'
import { concludeCheck, decideCase, takeCase } from '../operations/case.ts'
import { readDeskCase } from '../operations/case-view.ts'
import { readQueue } from '../operations/queue.ts'
import { imposeByHand, undoMeasure } from '../operations/measure.ts'
import type { SellerReader, StaffReader } from '../operations/who.ts'
import { labelledDecisions } from './labelled-decision.ts'

const words = async (w: World, policy: string | null = null) =>
  (await w.inside((tx) => labelledDecisions(tx, { policy }))).map(
    (one) => `${one.text.title}: ${one.isViolation ? 'violation' : 'innocent'}`,
  )

async function answered(
  w: World,
  seller: SellerReader,
  by: StaffReader,
  {
    listing,
    power,
    track = 'dispute',
  }: { listing: string; power: 'grant' | 'deny'; track?: 'dispute' | 'remedy' },
) {
  await w.listing(listing, seller.sellerId, { title: `Mask ${listing}` })
  const [measure] = await w.measures(listing)
  const remedy = track === 'remedy' ? { cause: 'a', correction: 'b', prevention: 'c' } : null
  const filed = await fileAppeal(
    w.app,
    seller,
    {
      objections: [{ decisionId: measure!.decision.id, track, text: 'It is clay.', remedy }],
      fileIds: [],
    },
    null,
  )
  if (!filed.ok) throw new Error(filed.refusal)
  const { caseId } = filed.value
  await takeCase(w.app, by, caseId)
  const held = await readDeskCase(w.app, by, caseId, 'eu')
  if (!held.ok) throw new Error(held.refusal)
  const answers = held.value.case.objections.map(({ id }) => ({
    objectionId: id,
    power,
    reasons: 'The pack says so.',
  }))
  const decided = await decideCase(w.app, by, { caseId, answers })
  if (!decided.ok) throw new Error(decided.refusal)
}

test('what a person lifts is innocent and what a person confirms is a violation; a machine says nothing', async () => {
  await using w = await world()
  const [seller, milan] = [await w.seller(), await w.reviewer('Milan')]
  await w.listing('machine', 'clay', { title: 'Mask nobody looked at' })
  await answered(w, seller, milan, { listing: 'clay', power: 'grant' })
  await answered(w, seller, milan, { listing: 'dust', power: 'deny' })
  expect(await words(w)).toEqual(
    expect.arrayContaining(['Mask clay: innocent', 'Mask dust: violation']),
  )
  expect(await words(w)).toHaveLength(2)
  expect(await words(w, 'masks')).toHaveLength(2)
  expect(await words(w, 'another')).toEqual([])
})

test('what was lifted because the seller mended it is not called innocent', async () => {
  await using w = await world()
  const [seller, milan] = [await w.seller(), await w.reviewer('Milan')]
  await answered(w, seller, milan, { listing: 'mended', power: 'grant', track: 'remedy' })
  expect(await words(w)).toEqual([])
})

test('a measure by hand says violation, unless it was taken back within its minute', async () => {
  await using w = await world({ policies: [{ ...maskPolicy, level: 'shadow' }] })
  await w.seller()
  const milan = await w.reviewer('Milan')
  const byHand = async (id: string) => {
    await w.listing(id, 'clay', { title: `Mask ${id}` })
    const imposed = await imposeByHand(
      w.app,
      milan,
      {
        subject: { kind: 'listing', id },
        measure: 'listing.deactivate',
        policy: 'masks',
        reasons: 'Seen.',
        endsAt: null,
        amount: null,
        exception: null,
      },
      null,
    )
    if (!imposed.ok) throw new Error(imposed.refusal)
    return imposed.value.decisionId
  }
  await byHand('meant')
  await undoMeasure(w.app, milan, await byHand('slipped'))
  expect(await words(w)).toEqual(['Mask meant: violation'])
})

test('the conclusion of a check counts for the policy that asked', async () => {
  await using w = await world({ policies: [{ ...maskPolicy, level: 'suggest' }] })
  await w.seller()
  const milan = await w.reviewer('Milan')
  for (const [id, conclusion] of [
    ['fine', 'cleared'],
    ['dust', 'acted'],
  ] as const) {
    await w.listing(id, 'clay', { title: `Mask ${id}` })
    const queue = await readQueue(w.app, milan, { desk: null })
    if (!queue.ok) throw new Error(queue.refusal)
    const caseId = queue.value.cases.find(({ title }) => title === `Mask ${id}`)!.case.id
    await takeCase(w.app, milan, caseId)
    const concluded = await concludeCheck(w.app, milan, { caseId, conclusion, reasons: 'Seen.' })
    if (!concluded.ok) throw new Error(concluded.refusal)
  }
  expect((await words(w)).sort()).toEqual(['Mask dust: violation', 'Mask fine: innocent'])
})
