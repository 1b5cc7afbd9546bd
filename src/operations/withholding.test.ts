import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { world, type World } from '../../test/world.ts'
import { transact, type Wall } from '../store/db.ts'
import { fileAppeal } from './appeal.ts'
import { decideCase, takeCase } from './case.ts'
import { readDeskCase } from './case-view.ts'
import { previewMeasure } from './measure.ts'
import { readStatement } from './statement.ts'
import { readWithheld } from './withholding.ts'
import type { SellerReader, StaffReader } from './who.ts'

const withholding = {
  byMachine: true,
  method: 'The devices of nine buyers were the device of the seller.',
  reason: 'It would show thieves how they are seen.',
}
const lock = {
  subject: { kind: 'account', id: 'clay' },
  measure: 'account.lock',
  reasons: 'Nine orders went to the address from which they were sent.',
  withholding,
} as const

async function locked(w: World) {
  const seller = await w.seller()
  const milan = await w.reviewer('Milan')
  const decisionId = await w.imposed(milan, lock)
  return { seller, milan, decisionId }
}

async function appeal(w: World, seller: SellerReader, decisionId: string): Promise<string> {
  const matter = { decisionId, caseId: null }
  const objections = [
    { decisionId, track: 'dispute' as const, text: 'They are gifts.', remedy: null },
  ]
  const byLink = { ...seller, by: 'link', matter }
  const filed = await fileAppeal(w.app, byLink, { objections, fileIds: [] }, null)
  if (!filed.ok) throw new Error(filed.refusal)
  return filed.value.caseId
}

test('a locked seller reads that the method is withheld, and neither the method nor why', async () => {
  await using w = await world()
  const { seller, decisionId } = await locked(w)
  const told = await readStatement(w.app, seller, decisionId)
  if (!told.ok) throw new Error(told.refusal)
  const { statement } = told.value.measure
  expect(statement.automation.withheld).toMatch(/How we noticed it is withheld/)
  expect(statement.facts.narrative).toBe(lock.reasons)
  expect(statement.ground.text).not.toBe('')
  expect(JSON.stringify(told)).not.toContain(withholding.method)
  const { rows } = await w.inside((tx) =>
    sql<{ body: string }>`select body::text as body from notices`.execute(tx),
  )
  expect(rows.map(({ body }) => body).join()).toContain('withheld')
  expect(rows.map(({ body }) => body).join()).not.toContain('devices of nine buyers')
})

test('who decides the appeal sees the method whole, and so does an auditor; support and a seller do not', async () => {
  await using w = await world()
  const { seller, decisionId } = await locked(w)
  const noor = await w.reviewer('Noor')
  const caseId = await appeal(w, seller, decisionId)
  const opened = await readDeskCase(w.app, noor, caseId, 'eu')
  if (!opened.ok) throw new Error(opened.refusal)
  expect(opened.value.contested[0]?.withholding).toEqual(withholding)
  const as = (role: 'auditor' | 'support' | 'administrator'): StaffReader => ({
    ...noor,
    roles: [role],
  })
  expect(await readWithheld(w.app, as('auditor'), decisionId)).toEqual({
    ok: true,
    value: withholding,
  })
  expect(await readWithheld(w.app, as('support'), decisionId)).toMatchObject({
    refusal: 'not_allowed',
  })
  expect(await readWithheld(w.app, seller, decisionId)).toMatchObject({ refusal: 'not_found' })
  const asAdministrator = await readDeskCase(w.app, as('administrator'), caseId, 'eu')
  expect(asAdministrator.ok && asAdministrator.value.contested[0]?.withholding).toBeNull()
})

test('no wall of a seller, of the marketplace or of support has the method behind it', async () => {
  await using w = await world()
  await locked(w)
  const count = (wall: Wall) =>
    transact(
      w.db,
      wall,
      async (tx) => (await tx.selectFrom('withholdings').select('decision_id').execute()).length,
    )
  const staff = (role: string): Wall => ({
    staff: { id: 'noor', roles: [role], desks: ['identity'] },
  })
  expect(await count({ inside: true })).toBe(1)
  expect(await count(staff('reviewer'))).toBe(1)
  expect(await count(staff('auditor'))).toBe(1)
  expect(await count(staff('support'))).toBe(0)
  expect(await count({ sellerId: 'clay' })).toBe(0)
  expect(await count({ marketplace: 'key_test' })).toBe(0)
  expect(await count({ nobody: true })).toBe(0)
})

test('what is narrowed keeps back what it was imposed with, for the same readers', async () => {
  await using w = await world()
  const { seller, decisionId } = await locked(w)
  const noor = await w.reviewer('Noor')
  const caseId = await appeal(w, seller, decisionId)
  await takeCase(w.app, noor, caseId)
  const { objections } = await w.case(caseId)
  const answers = objections.map(({ id }) => ({
    objectionId: id,
    power: 'narrow' as const,
    reasons: 'Your parcels arrive; who signs in is not clear yet.',
  }))
  expect(await decideCase(w.app, noor, { caseId, answers })).toMatchObject({ ok: true })
  const [narrowed] = await w.measures({ kind: 'account', id: 'clay' })
  expect(narrowed?.decision.measure).toBe('account.lock.narrowed')
  expect(narrowed?.statement.automation.withheld).toMatch(/withheld/)
  expect(await readWithheld(w.app, noor, narrowed?.decision.id ?? '')).toEqual({
    ok: true,
    value: withholding,
  })
})

test('a preview shows exactly what the seller reads, and refuses to keep back anything of another measure', async () => {
  await using w = await world()
  await w.seller()
  const milan = await w.reviewer('Milan')
  const imposition = { ...lock, policy: 'masks', endsAt: null, amount: null, exception: null }
  const shown = await previewMeasure(w.app, milan, imposition)
  expect(shown.ok && shown.value.statement.automation.withheld).toMatch(/withheld/)
  expect(
    await previewMeasure(w.app, milan, { ...imposition, measure: 'account.suspend' }),
  ).toMatchObject({
    refusal: 'not_to_withhold',
  })
})
