import { describe, expect, test } from 'vitest'
import { stillWorld } from '../../test/surroundings.ts'
import { maskPolicy, type World } from '../../test/world.ts'
import { caseNumber } from '../core/case.ts'
import type { Answer } from '../core/objection.ts'
import { readCase } from '../store/case.ts'
import { fileAppeal } from './appeal.ts'
import { decideCase, takeCase } from './case.ts'
import { claimState, recordReadBack } from './restoration.ts'

const hour = 60 * 60_000
const open = { offered: true, searchable: true }
const shut = { offered: false, searchable: false }
const listing = (id: string) => ({ kind: 'listing' as const, id })

/** An appeal against these decisions, answered by a person in one go. */
async function answered(
  w: World,
  seller: Awaited<ReturnType<World['seller']>>,
  powers: Record<string, Answer['power']>,
) {
  const objections = Object.keys(powers).map((decisionId) => ({
    decisionId,
    track: 'dispute' as const,
    text: 'It is clay.',
    remedy: null,
  }))
  const filed = await fileAppeal(w.app, seller, { objections, fileIds: [] }, null)
  if (!filed.ok) throw new Error(filed.refusal)
  const { caseId } = filed.value
  const milan = await w.reviewer('Milan')
  await takeCase(w.app, milan, caseId)
  const held = await w.inside((tx) => readCase(tx, caseId))
  const answers = held!.objections.map(({ id, decisionId }) => ({
    objectionId: id,
    power: powers[decisionId]!,
    reasons: 'Clay is no mask.',
  }))
  const decided = await decideCase(w.app, milan, { caseId, answers })
  if (!decided.ok) throw new Error(decided.refusal)
  return { caseId, number: caseNumber(held!) }
}

const caseOf = async (w: World, caseId: string) => (await w.inside((tx) => readCase(tx, caseId)))!
const noticesOf = (w: World, kind: string) =>
  w.inside((tx) =>
    tx.selectFrom('notices').selectAll().where('kind', '=', kind).orderBy('created_at').execute(),
  )
const eventsOf = (w: World, kind: string) =>
  w.inside((tx) =>
    tx.selectFrom('events').selectAll().where('kind', '=', kind).orderBy('id').execute(),
  )
const restoringClock = (w: World) =>
  w.inside((tx) => tx.selectFrom('clocks').selectAll().where('kind', '=', 'restoring').execute())

describe('a listing that is given back', () => {
  test('is restored once the shop shows it, and not by the shop showing what was before', async () => {
    await using w = await stillWorld()
    const { seller, decisionId } = await w.removedListing()
    await w.shopShows('l1')
    const { caseId } = await answered(w, seller, { [decisionId]: 'grant' })
    expect(await caseOf(w, caseId)).toMatchObject({ state: 'restoring' })
    expect(await restoringClock(w)).toMatchObject([{ ref: 'listing:l1' }])

    const told = { sequence: 2, state: open }
    w.advance(3_000)
    expect(
      await recordReadBack(w.app, listing('l1'), { told, seen: { sequence: 1, state: shut } }),
    ).toBe('differs')
    expect(await caseOf(w, caseId)).toMatchObject({ state: 'restoring' })
    // The old number beside the right state proves nothing: the shop has not taken ours yet.
    expect(
      await recordReadBack(w.app, listing('l1'), { told, seen: { sequence: 1, state: open } }),
    ).toBe('differs')
    expect(await noticesOf(w, 'restored')).toEqual([])

    w.advance(13_000)
    expect(
      await recordReadBack(w.app, listing('l1'), { told, seen: { sequence: 2, state: open } }),
    ).toBe('agrees')
    expect(await caseOf(w, caseId)).toMatchObject({ state: 'closed', closedAt: w.app.now() })
    expect(await w.owed('l1')).toMatchObject({
      readBack: 'agrees',
      restoringSince: null,
      seenAt: w.app.now(),
    })
    expect(await restoringClock(w)).toEqual([])
    expect(await noticesOf(w, 'restored')).toMatchObject([
      {
        seller_id: 'clay',
        case_id: caseId,
        decision_id: decisionId,
        body: { opening: expect.stringContaining('16 seconds after the decision') },
      },
    ])
    expect((await eventsOf(w, 'subject.read_back')).at(-1)).toMatchObject({
      case_id: caseId,
      detail: { seen: { sequence: 2, state: open }, readBack: 'agrees' },
    })

    // The same answer again is no news: no second notice, no second closing.
    await recordReadBack(w.app, listing('l1'), { told, seen: { sequence: 2, state: open } })
    expect(await noticesOf(w, 'restored')).toHaveLength(1)
    expect(await eventsOf(w, 'case.closed')).toHaveLength(1)
  })

  test('that the shop does not have ends the case without being called back', async () => {
    await using w = await stillWorld()
    const { seller, decisionId } = await w.removedListing()
    const { caseId } = await answered(w, seller, { [decisionId]: 'grant' })
    const result = await recordReadBack(w.app, listing('l1'), {
      told: { sequence: 2, state: open },
      seen: { sequence: 2, state: null },
    })
    expect(result).toBe('not-in-shop')
    expect(await caseOf(w, caseId)).toMatchObject({ state: 'closed' })
    const [notice] = await noticesOf(w, 'restored')
    expect(notice!.body.opening).toContain('not in the shop at the moment')
    expect(JSON.stringify(notice)).not.toContain('back on sale')
  })

  test('is not settled by a shop that neither has it nor kept what it was told', async () => {
    await using w = await stillWorld()
    const { seller, decisionId } = await w.removedListing()
    const { caseId } = await answered(w, seller, { [decisionId]: 'grant' })
    await recordReadBack(w.app, listing('l1'), {
      told: { sequence: 2, state: open },
      seen: { sequence: 0, state: null },
    })
    expect(await caseOf(w, caseId)).toMatchObject({ state: 'restoring' })
    expect(await restoringClock(w)).toHaveLength(1)
  })

  test('and still not shown after an hour calls the officer hourly and tells the seller once, until it is shown', async () => {
    await using w = await stillWorld()
    const { seller, decisionId } = await w.removedListing()
    const { caseId } = await answered(w, seller, { [decisionId]: 'grant' })
    w.advance(hour - 1)
    await w.fireDue()
    expect(await noticesOf(w, 'not-yet-back')).toEqual([])
    w.advance(1)
    await w.fireDue()
    w.advance(hour)
    await w.fireDue()
    w.advance(hour)
    await w.fireDue()
    const said = await noticesOf(w, 'not-yet-back')
    expect(
      said.filter((notice) => notice.seller_id === null).map(({ address }) => address),
    ).toEqual(Array(3).fill('officer@the-bazaar.example'))
    expect(said.filter((notice) => notice.seller_id === 'clay')).toMatchObject([
      { case_id: caseId, decision_id: decisionId },
    ])

    await w.shopShows('l1')
    expect(await caseOf(w, caseId)).toMatchObject({ state: 'closed' })
    expect((await noticesOf(w, 'restored'))[0]!.body.opening).toContain(
      '3 hours after the decision',
    )
    w.advance(2 * hour)
    await w.fireDue()
    expect(await noticesOf(w, 'not-yet-back')).toHaveLength(4)
  })

  test('after an outage of ours calls the officer once, not once for every hour missed', async () => {
    await using w = await stillWorld()
    const { seller, decisionId } = await w.removedListing()
    await answered(w, seller, { [decisionId]: 'grant' })
    w.advance(30 * hour)
    await w.fireDue()
    expect(
      (await noticesOf(w, 'not-yet-back')).filter(({ address }) => address !== null),
    ).toHaveLength(1)
  })

  test('with another measure still on it comes off one by one, and the case waits for the proof either way', async () => {
    const other = {
      ...maskPolicy,
      policy: 'clay',
      title: 'Clay',
      signals: [{ name: 'clay', says: 'names clay', weight: 6, phrases: ['clay'] }],
    }
    await using w = await stillWorld({ policies: [maskPolicy, other] })
    const { seller } = await w.removedListing()
    const [one, two] = (await w.measures('l1')).map(({ decision }) => decision.id)
    await w.shopShows('l1')

    const first = await answered(w, seller, { [one!]: 'grant' })
    expect(await w.owed('l1')).toMatchObject({
      sequence: 1,
      state: shut,
      because: [two],
    })
    expect(await caseOf(w, first.caseId)).toMatchObject({ state: 'restoring' })
    w.advance(hour)
    await w.fireDue()
    // The shop's silence is the officer's matter; the seller has nothing to miss while the other measure holds.
    expect(await noticesOf(w, 'not-yet-back')).toMatchObject([{ seller_id: null }])
    const errand = await claimState(w.app)
    expect(errand).toMatchObject({ found: 'errand', errand: { sequence: 1, state: shut } })
    await w.shopShows('l1')
    expect(await caseOf(w, first.caseId)).toMatchObject({ state: 'closed' })
    expect((await noticesOf(w, 'restored'))[0]!.subject).toContain('another still holds it')

    const second = await answered(w, seller, { [two!]: 'grant' })
    expect(await w.owed('l1')).toMatchObject({ sequence: 2, state: open, because: [] })
    await w.shopShows('l1')
    expect(await caseOf(w, second.caseId)).toMatchObject({ state: 'closed' })
    expect((await noticesOf(w, 'restored'))[1]!.subject).toBe('“Clay face mask” is back on sale')
  })

  test('in one appeal with another is told at once, and the case ends when both are shown', async () => {
    await using w = await stillWorld()
    const { seller, decisionId } = await w.removedListing('l1')
    await w.listing('l2', 'clay', { title: 'Mud mask' })
    const [second] = await w.measures('l2')
    const { caseId } = await answered(w, seller, {
      [decisionId]: 'grant',
      [second!.decision.id]: 'grant',
    })
    await w.shopShows('l1')
    expect(await caseOf(w, caseId)).toMatchObject({ state: 'restoring' })
    expect(await noticesOf(w, 'restored')).toMatchObject([
      { subject: '“Clay face mask” is back on sale' },
    ])
    await w.shopShows('l2')
    expect(await caseOf(w, caseId)).toMatchObject({ state: 'closed' })
    expect((await noticesOf(w, 'restored')).map(({ subject }) => subject)).toContain(
      '“Mud mask” is back on sale',
    )
  })

  test('beside one that stands leaves the case answered, with its second look open', async () => {
    await using w = await stillWorld()
    const { seller, decisionId } = await w.removedListing('l1')
    await w.listing('l2', 'clay', { title: 'Mud mask' })
    const [second] = await w.measures('l2')
    const { caseId } = await answered(w, seller, {
      [decisionId]: 'grant',
      [second!.decision.id]: 'deny',
    })
    await w.shopShows('l1')
    expect(await caseOf(w, caseId)).toMatchObject({ state: 'answered', closedAt: null })
  })

  test('and taken again before the shop showed it is pursued as taken, and the case still ends', async () => {
    await using w = await stillWorld()
    const { seller, decisionId } = await w.removedListing('l1')
    const { caseId } = await answered(w, seller, { [decisionId]: 'grant' })
    // A new text is judged anew.
    w.advance(1_000)
    await w.listing('l1', 'clay', { title: 'Respirator mask with filter' })
    expect(await w.owed('l1')).toMatchObject({ sequence: 3, state: shut })
    // A case waits for it, so it stays pursued.
    expect(await restoringClock(w)).toHaveLength(1)
    await recordReadBack(w.app, listing('l1'), {
      told: { sequence: 2, state: open },
      seen: { sequence: 2, state: open },
    })
    expect(await caseOf(w, caseId)).toMatchObject({ state: 'restoring' })
    await w.shopShows('l1')
    expect(await caseOf(w, caseId)).toMatchObject({ state: 'closed' })
  })
})

describe('two at once', () => {
  test('many read-backs and clocks of the same listings leave each case closed once', async () => {
    await using w = await stillWorld()
    const cases: string[] = []
    for (let index = 0; index < 6; index++) {
      const { seller, decisionId } = await w.removedListing(`l${index}`, `s${index}`)
      cases.push((await answered(w, seller, { [decisionId]: 'grant' })).caseId)
    }
    w.advance(hour)
    const subjects = cases.map((_, index) => listing(`l${index}`))
    await Promise.all([
      ...[...subjects, ...subjects].map((subject) =>
        recordReadBack(w.app, subject, {
          told: { sequence: 2, state: open },
          seen: { sequence: 2, state: open },
        }),
      ),
      w.fireDue().catch((error: unknown) => expect(error).toMatchObject({ code: '55P03' })),
    ])
    for (const caseId of cases) expect(await caseOf(w, caseId)).toMatchObject({ state: 'closed' })
    expect(await eventsOf(w, 'case.closed')).toHaveLength(6)
    expect((await noticesOf(w, 'restored')).length).toBe(6)
  })
})
