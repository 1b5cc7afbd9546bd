/** Adopting procedures: refused with their gaps, accepted by name and told, and open cases moved only where it is proved. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { byTheTable } from './judge.ts'
import { readProcedure } from '../procedure/read.ts'
import { sayKnownGaps } from '../core/known-gap-words.ts'
import { readCase } from '../store/case.ts'
import { adoptionOfVersion, currentProcedure } from '../store/procedure.ts'
import { world, type World } from '../../test/world.ts'
import { fileAppeal } from './appeal.ts'
import { readSellerCase } from './case-view.ts'
import {
  adoptProcedure,
  adoptVersion,
  checkText,
  listProcedures,
  UnsoundProcedure,
  type Proposal,
} from './procedure.ts'
import { readPromises } from './promises.ts'
import { readSellerHome } from './seller.ts'
import { readStatement } from './statement.ts'
import type { StaffReader } from './who.ts'

const recourse = readFileSync(new URL('../../procedures/recourse.yaml', import.meta.url), 'utf8')
const unclocked = recourse.replace(/(executive:[\s\S]*?)\n {4}within: P3D\n {4}late: lift/, '$1')
const faster = recourse.replace('within: P2D', 'within: P1D')
// Sound as well: what the executive office takes longer, support takes less.
const slower = recourse
  .replace('within: P1D', 'within: PT12H')
  .replace('within: P3D', 'within: PT84H')

const paula: StaffReader = {
  kind: 'staff',
  id: 'stf_paula',
  name: 'Paula Nunes',
  email: 'paula@marketplace.example',
  roles: ['policy-manager'],
  desks: [],
}

function proposal(changes: Partial<Proposal>): Proposal {
  return {
    source: recourse,
    reason: 'Sellers asked for it.',
    acceptGaps: [],
    moveOpenCases: false,
    inPlaceOf: null,
    ...changes,
  }
}

async function inForce(w: World): Promise<string> {
  return (await w.inside((tx) => currentProcedure(tx))).id
}

async function openAppeal(w: World) {
  const { seller, decisionId } = await w.removedListing()
  const filed = await fileAppeal(
    w.app,
    seller,
    {
      objections: [{ decisionId, track: 'dispute', text: 'It is clay.', remedy: null }],
      fileIds: [],
    },
    null,
  )
  if (!filed.ok) throw new Error(filed.refusal)
  return { seller, decisionId, caseId: filed.value.caseId }
}

function fileOf(source: string) {
  const read = readProcedure(source)
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  return { procedure: read.procedure, source }
}

describe('in the studio', () => {
  test('a sound version comes into force with who adopted it, when and why; open cases stay on theirs', async () => {
    await using w = await world()
    const before = await inForce(w)
    const { caseId } = await openAppeal(w)
    const adopted = await adoptVersion(w.app, paula, proposal({ source: faster }))
    expect(adopted).toMatchObject({ ok: true, value: { moved: 0, stayed: 1 } })
    expect(await inForce(w)).not.toBe(before)
    expect(await w.inside((tx) => readCase(tx, caseId))).toMatchObject({ procedureId: before })
    const listed = await listProcedures(w.app, paula)
    expect(listed.ok && listed.value.adoptions).toMatchObject([
      {
        isInForce: true,
        adoptedByName: 'Paula Nunes',
        reason: 'Sellers asked for it.',
        origin: 'studio',
        openCases: 0,
      },
      { isInForce: false, origin: 'file', openCases: 1 },
    ])
  })

  test('an unsound version is refused with every gap that is not accepted by name', async () => {
    await using w = await world()
    const before = await inForce(w)
    const report = checkText(w.app, paula, unclocked)
    if (!report.ok) throw new Error(report.refusal)
    const names = report.value.gaps.map(({ name }) => name)
    expect(names).toContain('limbo:executive')
    const refused = await adoptVersion(
      w.app,
      paula,
      proposal({ source: unclocked, acceptGaps: names.slice(1) }),
    )
    expect(refused).toMatchObject({
      ok: false,
      refusal: 'procedure_unsound',
      gaps: [{ name: names[0] }],
    })
    expect(await inForce(w)).toBe(before)
    expect(
      await adoptVersion(w.app, paula, proposal({ source: unclocked, acceptGaps: names })),
    ).toMatchObject({ ok: true })
  })

  test('accepted gaps are told in the notice, on the statement, the case and the home of whom they touch', async () => {
    await using w = await world()
    const report = checkText(w.app, paula, unclocked)
    const acceptGaps = report.ok ? report.value.gaps.map(({ name }) => name) : []
    await adoptVersion(w.app, paula, proposal({ source: unclocked, acceptGaps }))
    const { seller, decisionId, caseId } = await openAppeal(w)
    const told = /Known gap of our procedure: Executive office has no clock or no consequence/
    const statement = await readStatement(w.app, seller, decisionId)
    if (!statement.ok) throw new Error(statement.refusal)
    expect(statement.value.measure.statement.redress.words).toMatch(told)
    expect(statement.value.knownGaps.join(' ')).toMatch(told)
    const matter = await readSellerCase(w.app, seller, caseId)
    expect(matter.ok && matter.value.knownGaps.join(' ')).toMatch(told)
    const home = await readSellerHome(w.app, seller)
    expect(home.ok && home.value.knownGaps.join(' ')).toMatch(told)
    const bystander = await readSellerHome(w.app, await w.seller('calm'))
    expect(bystander.ok && bystander.value.knownGaps).toEqual([])
    const promises = await readPromises(w.app)
    expect(promises.acceptedGaps.map(({ name }) => name)).toEqual(acceptGaps)
    expect(promises.adoption.adoptedByName).toBe('Paula Nunes')
  })

  test('a case that started on a sound version is told of no gap of a later one', async () => {
    await using w = await world()
    const { seller, caseId } = await openAppeal(w)
    const report = checkText(w.app, paula, unclocked)
    const acceptGaps = report.ok ? report.value.gaps.map(({ name }) => name) : []
    await adoptVersion(w.app, paula, proposal({ source: unclocked, acceptGaps }))
    const matter = await readSellerCase(w.app, seller, caseId)
    expect(matter.ok && matter.value.knownGaps).toEqual([])
  })

  test('a procedure that leads a measure of the system nowhere must be accepted for it by name', async () => {
    await using w = await world()
    const source = recourse
      .replace(/ {2}listing\.demote: .*\n/, '')
      .replace(
        "for: ['*'], by: [button, link, contact, email",
        'for: [listing.deactivate, account.*, payout.*, matter.*], by: [button, link, contact, email',
      )
    expect(await adoptVersion(w.app, paula, proposal({ source }))).toMatchObject({
      refusal: 'procedure_unsound',
      gaps: expect.arrayContaining([
        expect.objectContaining({ name: 'not-covered:listing.demote' }),
      ]),
    })
  })

  test.each([
    ['slower', slower, 0],
    ['faster', faster, 1],
  ])(
    'open cases move to a %s version only where no promise gets longer',
    async (_, source, moved) => {
      await using w = await world()
      const { caseId } = await openAppeal(w)
      const before = await w.inside((tx) => readCase(tx, caseId))
      const adopted = await adoptVersion(w.app, paula, proposal({ source, moveOpenCases: true }))
      expect(adopted).toMatchObject({ ok: true, value: { moved, stayed: 1 - moved } })
      const after = await w.inside((tx) => readCase(tx, caseId))
      expect(after?.dueAt).toEqual(before?.dueAt)
      expect(after?.procedureId === before?.procedureId).toBe(moved === 0)
    },
  )

  test.each([
    ['without a reason', { source: faster, reason: '  ' }, 'reasons_missing'],
    ['the text that is in force', { source: recourse }, 'wrong_state'],
    [
      'over what came into force meanwhile',
      { source: faster, inPlaceOf: 'other-1' },
      'wrong_state',
    ],
    ['what cannot be read', { source: 'procedure: [' }, 'procedure_unreadable'],
  ])('it refuses %s', async (_, changes, refusal) => {
    await using w = await world()
    expect(await adoptVersion(w.app, paula, proposal(changes))).toMatchObject({
      ok: false,
      refusal,
    })
  })

  test('a document that cannot be read is told by line and column', async () => {
    const text = recourse.replace('late: executive', 'late: executiv')
    expect(checkText({ judge: byTheTable, now: () => new Date() }, paula, text)).toMatchObject({
      refusal: 'procedure_unreadable',
      errors: [
        {
          line: text.split('\n').findIndex((line) => line.endsWith('late: executiv')) + 1,
          message: expect.stringContaining('did you mean "executive"?'),
        },
      ],
    })
  })

  test('reviewers read and do not adopt; sellers do neither', async () => {
    await using w = await world()
    const reviewer = await w.reviewer('Milan')
    expect(await listProcedures(w.app, reviewer)).toMatchObject({ value: { mayAdopt: false } })
    const refused = { ok: false, refusal: 'not_allowed' }
    expect(await adoptVersion(w.app, reviewer, proposal({ source: faster }))).toMatchObject(refused)
    expect(await listProcedures(w.app, await w.seller())).toMatchObject({
      ok: false,
      refusal: 'not_found',
    })
  })
})

describe('at the start', () => {
  test('what the studio adopted stays in force until the text of the file changes', async () => {
    await using w = await world()
    const adopted = await adoptVersion(w.app, paula, proposal({ source: faster }))
    const id = adopted.ok ? adopted.value.id : ''
    expect(await adoptProcedure(w.app, fileOf(recourse))).toBe(id)
    expect(await inForce(w)).toBe(id)
    expect(await adoptProcedure(w.app, fileOf(slower))).not.toBe(id)
    expect(await adoptProcedure(w.app, fileOf(slower))).toBe(await inForce(w))
    const listed = await listProcedures(w.app, paula)
    expect(listed.ok && listed.value.adoptions.map(({ origin }) => origin)).toEqual([
      'file',
      'studio',
      'file',
    ])
  })

  test('an unsound file is refused unless all its gaps are accepted at this very start', async () => {
    await using w = await world()
    await expect(adoptProcedure(w.app, fileOf(unclocked))).rejects.toThrow(UnsoundProcedure)
    await expect(
      adoptProcedure(w.app, { ...fileOf(unclocked), acceptGaps: ['limbo:legal'] }),
    ).rejects.toThrow(/limbo:executive/)
    const id = await adoptProcedure(w.app, { ...fileOf(unclocked), acceptGaps: 'all' })
    const adoption = await w.inside((tx) => adoptionOfVersion(tx, id))
    expect(adoption?.acceptedGaps.map(({ name }) => name)).toContain('limbo:executive')
    await expect(adoptProcedure(w.app, fileOf(unclocked))).rejects.toThrow(UnsoundProcedure)
  })

  test('gaps that a person accepted in the studio need no word at the next start', async () => {
    await using w = await world()
    const report = checkText(w.app, paula, unclocked)
    const acceptGaps = report.ok ? report.value.gaps.map(({ name }) => name) : []
    await adoptVersion(w.app, paula, proposal({ source: unclocked, acceptGaps }))
    expect(await adoptProcedure(w.app, fileOf(recourse))).toBe(await inForce(w))
  })
})

describe('the promises', () => {
  test('count who waits, who is overdue, and who waits longer than promised', async () => {
    await using w = await world()
    await openAppeal(w)
    const day = 86_400_000
    expect((await readPromises(w.app)).waiting).toMatchObject({
      open: 1,
      overdue: 0,
      beyondPerson: 0,
      beyondAnswer: 0,
    })
    w.advance(3 * day)
    expect((await readPromises(w.app)).waiting).toMatchObject({ overdue: 1, beyondAnswer: 0 })
    w.advance(6 * day)
    expect((await readPromises(w.app)).waiting).toMatchObject({ overdue: 1, beyondAnswer: 1 })
  })
})

test('gaps that differ only in the way in are one sentence for the seller', () => {
  const read = readProcedure(
    readFileSync(new URL('../../procedures/hands-off-the-wheel.yaml', import.meta.url), 'utf8'),
  )
  const report = checkText(
    { judge: byTheTable, now: () => new Date() },
    paula,
    readFileSync(new URL('../../procedures/hands-off-the-wheel.yaml', import.meta.url), 'utf8'),
  )
  if (!read.ok || !report.ok) throw new Error('the story cannot be read')
  const secured = report.value.gaps.filter(({ measure }) => measure === 'account.secure')
  const said = sayKnownGaps(secured, read.procedure)
  expect(said[0]).toBe(
    'Known gap of our procedure: from this measure, with neither the account nor the mailbox, there is no way in.',
  )
  expect(new Set(said).size).toBe(said.length)
})
