/** What anybody reads about the promises: true at this moment, also when it is not good. */
import { expect, test } from 'vitest'
import { maskPolicy, world } from '../../test/world.ts'
import { fileAppeal } from './appeal.ts'
import { askSeller, decideCase, takeCase } from './case.ts'
import { readPromises } from './promises.ts'
import { askQuestion } from './question.ts'

const day = 86_400_000

test('a matter that nobody answers is counted as overdue, and after the promise as beyond it', async () => {
  await using w = await world()
  const seller = await w.seller()
  await askQuestion(w.app, seller, { text: 'Is anybody there?', fileIds: [] }, null)
  expect((await readPromises(w.app)).waiting).toMatchObject({
    open: 1,
    overdue: 0,
    beyondAnswer: 0,
  })
  for (let step = 0; step < 5; step++) {
    w.advance(2 * day)
    await w.fireDue()
  }
  expect((await readPromises(w.app)).waiting).toMatchObject({
    open: 1,
    overdue: 1,
    beyondAnswer: 1,
  })
})

test('the time in which a question waits for the seller is not the marketplace’s', async () => {
  await using w = await world()
  const { seller, decisionId } = await w.removedListing()
  const filed = await fileAppeal(
    w.app,
    seller,
    { objections: [{ decisionId, track: 'dispute', text: 'Clay.', remedy: null }], fileIds: [] },
    null,
  )
  const caseId = filed.ok ? filed.value.caseId : ''
  const aiko = await w.reviewer('Aiko')
  await takeCase(w.app, aiko, caseId)
  await askSeller(w.app, aiko, { caseId, question: 'Which?' })
  w.advance(13 * day)
  await w.fireDue()
  const { waiting } = await readPromises(w.app)
  expect(waiting).toMatchObject({ open: 1, overdue: 0, beyondAnswer: 0 })
  expect(waiting.longestMs).toBeLessThan(day)
})

test('a seller who had one look instead of two, because the first desk was late, is counted', async () => {
  // Of product safety the second desk is the last.
  await using w = await world({
    policies: [{ ...maskPolicy, measure: 'listing.deactivate.safety' }],
  })
  const { seller, decisionId } = await w.removedListing()
  const filed = await fileAppeal(
    w.app,
    seller,
    { objections: [{ decisionId, track: 'dispute', text: 'Clay.', remedy: null }], fileIds: [] },
    null,
  )
  const caseId = filed.ok ? filed.value.caseId : ''
  w.advance(2 * day + 1_000)
  await w.fireDue()
  const aiko = await w.reviewer('Aiko')
  await takeCase(w.app, aiko, caseId)
  const { objections } = await w.case(caseId)
  await decideCase(w.app, aiko, {
    caseId,
    answers: objections.map(({ id }) => ({
      objectionId: id,
      power: 'deny',
      reasons: 'It protects.',
    })),
  })
  expect(await w.case(caseId)).toMatchObject({ state: 'closed', desk: 'safety-lead' })
  expect((await readPromises(w.app)).waiting).toMatchObject({ open: 0, oneLook: 1 })
})
