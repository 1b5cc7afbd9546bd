/** What was decided for a cause that fell waits for a person, once, whatever the cause. */
import { expect, test } from 'vitest'
import { valueOf, world } from '../../test/world.ts'
import { caseNumbered } from '../store/case.ts'
import { fileAppeal } from './appeal.ts'
import { openRepair } from './repair.ts'

test('what was decided on a ring waits in one repair, and what its seller contests already stays there', async () => {
  await using w = await world()
  const milan = await w.reviewer('Milan')
  const { seller, decisionId: first } = await w.removedListing('l1')
  await w.listing('l2', 'clay')
  const [second] = await w.measures('l2')
  const contested = await w.imposed(milan, { subject: { kind: 'account', id: 'clay' } })
  const objection = { decisionId: contested, track: 'dispute', text: 'No.', remedy: null } as const
  valueOf(await fileAppeal(w.app, seller, { objections: [objection], fileIds: [] }, null))
  const opening = {
    cause: { kind: 'ring', ring: 'ring-7' },
    sellerId: 'clay',
    decisions: [first, second?.decision.id ?? '', contested, 'dec_of_nobody'],
  } as const
  const caseId = await w.inside((tx) => openRepair(w.app, tx, opening))
  const held = await w.case(caseId ?? '')
  expect(held).toMatchObject({ kind: 'repair', desk: 'performance', repair: opening.cause })
  expect(held.objections.map(({ decisionId }) => decisionId)).toEqual(opening.decisions.slice(0, 2))
  expect(held.objections[0]?.text).toContain('complaints of a ring')
  // Told twice, it is opened once: what waits there waits there.
  expect(await w.inside((tx) => openRepair(w.app, tx, opening))).toBeNull()
  expect(await w.inside((tx) => caseNumbered(tx, held.number))).toMatchObject({ id: caseId })
})
