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

test('no route gives what belongs to one seller to any other reader', async () => {
  await setPolicyLevel(s.app, paulaReader, {
    name: 'masks',
    level: 'act',
    reason: 'For this test.',
  })
  const { decisionId } = await s.removedListing('private', 'private')
  const owner = s.clientWith(await s.signIn('private@sellers.example'))
  const kept = await owner.seller.uploadFile({
    file: new File([Buffer.from('%PDF-1.7\n1 0 obj\n')], 'a.pdf'),
  })
  const appeal = await owner.seller.fileAppeal({
    objections: [{ decisionId, track: 'dispute', text: 'No.' }],
    fileIds: [kept.id],
  })
  await s.removedListing('other', 'other')
  const otherDecision = (await s.measures('other'))[0]!.decision.id
  const readers = {
    nobody: {},
    stranger: await s.signIn('other@sellers.example'),
    'link of another matter': {
      'x-recourse-link': s.linkTo({ sellerId: 'other', decisionId: otherDecision }),
    },
    marketplace: { authorization: `Bearer ${s.key}` },
  }
  const ids: Record<string, string> = {
    version: '1',
    decisionId,
    caseId: appeal.id,
    id: kept.id,
    listingId: 'private',
    sellerId: 'clay',
    name: 'masks',
    number: 'R-7001',
  }
  const bodies: Record<string, unknown> = {
    '/v1/appeals': { objections: [{ decisionId, track: 'dispute', text: 'x' }] },
    '/v1/cases/{caseId}/second-look': { text: 'x' },
    '/v1/cases/{caseId}/messages': { text: 'x' },
    '/v1/cases/{caseId}/reopening': { text: 'x' },
    '/v1/desk/cases/{caseId}/forward': { to: 'executive', reason: 'x' },
    '/v1/desk/cases/{caseId}/question': { question: 'x' },
    '/v1/desk/cases/{caseId}/answer': { text: 'x' },
    '/v1/desk/cases/{caseId}/seller': { sellerId: 'clay' },
    '/v1/desk/letters': { sellerId: 'clay', text: 'x' },
    '/v1/desk/measures/{decisionId}/hastening': { reasons: 'x' },
    '/v1/desk/next': {},
    '/v1/procedures': { source: 'procedure: x', reason: 'x' },
    '/v1/procedures/check': { source: 'procedure: x' },
    '/v1/desk/cases/{caseId}/decision': { answers: [] },
    '/v1/desk/cases/{caseId}/conclusion': { conclusion: 'cleared', reasons: 'x' },
    '/v1/desk/measures': {
      subject: { kind: 'listing' as const, id: 'private' },
      measure: 'listing.demote',
      policy: 'masks',
      reasons: 'x',
    },
    '/v1/desk/measure-previews': {
      subject: { kind: 'listing' as const, id: 'private' },
      measure: 'listing.demote',
      policy: 'masks',
      reasons: 'x',
    },
    '/v1/webhooks': { name: 'x', url: 'https://shop.example/', kinds: ['case.opened'] },
    '/v1/policies/{name}/level': { level: 'off', reason: 'x' },
  }
  // Open to their own readers, and without anything of the one seller in them.
  const theirs = new Set([
    'GET /v1/me',
    'GET /v1/seller',
    'POST /v1/sellers',
    'POST /v1/contacts',
    'POST /v1/listings',
    'POST /v1/balances',
    'GET /v1/listings/{id}',
    'POST /v1/files',
    'POST /v1/questions',
    'GET /v1/promises',
    'GET /v1/recovery',
    'POST /v1/claims',
    // For whoever may offer goods, of their own: policy.test.ts tries it with another seller's.
    'POST /v1/screenings',
    // Opened by a code alone, and slower at each wrong one: recovery.test.ts tries it.
    'POST /v1/claims/{number}/messages',
  ])
  const document = (await (await fetch(`${s.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>
  }
  let cells = 0
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of Object.keys(item).map((name) => name.toUpperCase())) {
      if (theirs.has(`${method} ${path}`)) continue
      const address =
        path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'x') +
        (path === '/v1/desk/listings' || path === '/v1/desk/sellers' ? '?search=private' : '')
      for (const [name, headers] of Object.entries<Record<string, string>>(readers)) {
        const body = method === 'GET' ? null : JSON.stringify(bodies[path] ?? {})
        const answer = await fetch(s.url + address, {
          method,
          headers: { ...headers, ...(body === null ? {} : { 'content-type': 'application/json' }) },
          body,
        })
        expect(
          [401, 403, 404],
          `${method} ${path} for ${name}: ${await answer.clone().text()}`,
        ).toContain(answer.status)
        cells++
      }
    }
  }
  expect(cells).toBeGreaterThan(70)
})
