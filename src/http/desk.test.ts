import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problemOf, type Client } from '../contract/client.ts'
import { addStaff } from '../operations/staff.ts'
import { setPolicyLevel } from '../operations/policy.ts'
import type { StaffReader } from '../operations/who.ts'
import { served, type Served } from '../../test/served.ts'

let s: Served
let milan: Client
let paula: Client
let paulaReader: StaffReader
beforeAll(async () => {
  s = await served()
  const reviewer = await s.reviewer('Milan')
  milan = s.clientWith(await s.signIn(reviewer.email))
  const person = {
    email: 'paula@marketplace.example',
    name: 'Paula Prado',
    roles: ['policy-manager' as const],
    desks: [],
  }
  const { id } = await addStaff(s.app, person)
  paulaReader = { kind: 'staff', id, ...person }
  paula = s.clientWith(await s.signIn(person.email))
})
afterAll(async () => s[Symbol.asyncDispose]())

const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => 'nothing was refused',
    (error: unknown) => problemOf(error)?.refusal ?? String(error),
  )

describe('a measure by hand', () => {
  test('is previewed, imposed, seen by nobody outside for a minute, and undone', async () => {
    await s.seller('hand')
    await s.listing('by-hand', 'hand', { title: 'Wooden spoon' })
    const imposition = {
      subject: { kind: 'listing' as const, id: 'by-hand' },
      measure: 'listing.demote' as const,
      policy: 'masks',
      reasons: 'The picture shows a mask.',
    }
    const preview = await milan.desk.previewMeasure(imposition)
    expect(preview.statement.facts.narrative).toBe('The picture shows a mask.')
    expect(preview.owedAfter).toEqual({ offered: true, searchable: false })
    expect(preview.mail.text).toContain('Wooden spoon')
    const imposed = await milan.desk.imposeMeasure(imposition)
    expect(imposed.number).toMatch(/^D-\d+$/)
    const onDesk = await milan.desk.getListing({ listingId: 'by-hand' })
    expect(onDesk.measures[0]).toMatchObject({
      takenBy: 'Milan',
      status: 'In force in a moment',
      undoUntil: imposed.undoUntil,
    })
    expect(onDesk.imposable.map(({ measure }) => measure)).not.toContain('listing.demote')
    const seller = s.clientWith(await s.signIn('hand@sellers.example'))
    expect(await refusalOf(seller.seller.getStatement({ decisionId: imposed.decisionId }))).toBe(
      'not_found',
    )
    expect(await refusalOf(milan.desk.imposeMeasure(imposition))).toBe('measure_in_force')
    expect((await milan.desk.undoMeasure({ decisionId: imposed.decisionId })).number).not.toBe(
      imposed.number,
    )
    expect((await milan.desk.getListing({ listingId: 'by-hand' })).measures[0]?.status).toBe(
      'Undone',
    )
    expect(await refusalOf(milan.desk.undoMeasure({ decisionId: imposed.decisionId }))).not.toBe(
      'nothing was refused',
    )
  })

  test('without reasons, or with an end that has passed, is refused', async () => {
    const imposition = {
      subject: { kind: 'listing' as const, id: 'by-hand' },
      measure: 'listing.demote' as const,
      policy: 'masks',
      reasons: ' ',
    }
    expect(await refusalOf(milan.desk.previewMeasure(imposition))).toBe('reasons_missing')
    expect(
      await refusalOf(
        milan.desk.previewMeasure({ ...imposition, reasons: 'x', endsAt: '2020-01-01T00:00:00Z' }),
      ),
    ).toBe('duration_invalid')
  })
})

describe('a check', () => {
  test('opens from a finding, shows its sum, and is concluded by a person', async () => {
    await setPolicyLevel(s.app, paulaReader, {
      name: 'masks',
      level: 'suggest',
      reason: 'Too many mistakes.',
    })
    await s.seller('checked')
    await s.listing('checked-1', 'checked', { title: 'Snorkel mask' })
    const [item] = (await milan.desk.getQueue({})).cases
    expect(item).toMatchObject({
      kind: 'check',
      title: 'Snorkel mask',
      subtitle: 'A rule asks for a person',
    })
    const taken = await milan.desk.takeCase({ caseId: item!.id })
    expect(taken.check).toMatchObject({
      policyTitle: 'Protective masks',
      conclusion: null,
      decisionId: null,
    })
    expect(taken.check?.finding?.evidence.map(({ signal }) => signal)).toContain('mask')
    expect(taken.holding.ifLateDetail).toContain('The listing stays as it is meanwhile.')
    const flagged = await milan.desk.listFlagged({ search: 'snorkel' })
    expect(flagged.findings[0]?.came).toMatch(/^A person looks by /)
    const cleared = await milan.desk.concludeCheck({
      caseId: item!.id,
      conclusion: 'cleared',
      reasons: 'For diving.',
    })
    expect(cleared).toMatchObject({ state: 'closed', check: { conclusion: 'cleared' } })
    expect(cleared.holding.who).toBe('Closed. The listing is fine.')
    expect(
      (await milan.desk.findListings({ search: 'snorkel' })).map(({ id, tag }) => [id, tag]),
    ).toEqual([['checked-1', null]])
  })

  test('flagged listings come a page at a time, and a page is asked for by its cursor', async () => {
    await s.seller('many')
    for (let index = 0; index < 55; index++)
      await s.listing(`many-${index}`, 'many', { title: `Mask ${index}` })
    const first = await milan.desk.listFlagged({ search: 'mask' })
    expect(first.findings).toHaveLength(50)
    const second = await milan.desk.listFlagged({ search: 'mask', cursor: first.nextCursor! })
    const ids = [...first.findings, ...second.findings].map(({ findingId }) => findingId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThanOrEqual(55)
    expect(second.nextCursor).toBeNull()
  })
})

describe('the studio', () => {
  test('a policy manager sets a level with a reason; a reviewer reads it', async () => {
    expect(
      await refusalOf(paula.policies.setLevel({ name: 'masks', level: 'off', reason: '' })),
    ).toBe('reasons_missing')
    expect(
      await refusalOf(milan.policies.setLevel({ name: 'masks', level: 'off', reason: 'No.' })),
    ).toBe('not_allowed')
    const set = await paula.policies.setLevel({
      name: 'masks',
      level: 'shadow',
      reason: 'To watch it.',
    })
    expect(set).toMatchObject({
      level: 'shadow',
      levelSetBy: 'Paula Prado',
      levelReason: 'To watch it.',
      allowed: ['set_level', 'try'],
    })
    expect((await milan.policies.list())[0]).toMatchObject({ level: 'shadow', allowed: [] })
    expect(
      await refusalOf(paula.policies.setLevel({ name: 'nothing', level: 'off', reason: 'x' })),
    ).toBe('not_found')
  })
})

test('who is a contact of two sellers chooses for which one to read', async () => {
  await s.seller('north')
  await s.seller('south')
  await s.marketplace.facts.tellContact({
    id: 'both',
    sellerId: 'south',
    kind: 'email',
    address: 'north@sellers.example',
  })
  const browser = await s.signIn('north@sellers.example')
  expect((await s.clientWith(browser).session.getMe()).me).toMatchObject({ sellerId: 'north' })
  expect(
    (await s.clientWith({ ...browser, 'x-recourse-seller': 'south' }).session.getMe()).me,
  ).toMatchObject({ sellerId: 'south' })
  expect(
    (await s.clientWith({ ...browser, 'x-recourse-seller': 'hand' }).session.getMe()).me,
  ).toMatchObject({ sellerId: 'north' })
})
