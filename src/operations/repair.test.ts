/** What was decided for a cause that fell waits for a person, once, whatever the cause; each is judged by itself. */
import { expect, test } from 'vitest'
import { valueOf, world, type World } from '../../test/world.ts'
import type { NoticeBody } from '../core/notice.ts'
import { appealBy, fileAppeal } from './appeal.ts'
import { decideCase, takeCase, takeNextCase } from './case.ts'
import { readDeskCase } from './case-view.ts'
import { claimNotice, recordSent } from './notice.ts'
import { openRepair } from './repair.ts'

const account = { kind: 'account', id: 'clay' } as const
const cause = { kind: 'ring', ring: 'ring-7' } as const

test('what was decided on a ring waits in one repair, and what its seller contests already stays there', async () => {
  await using w = await world()
  const milan = await w.reviewer('Milan')
  const { seller, decisionId: first } = await w.removedListing('l1')
  await w.listing('l2', 'clay')
  const [second] = await w.measures('l2')
  const contested = await w.imposed(milan, { subject: account })
  const objection = { decisionId: contested, track: 'dispute', text: 'No.', remedy: null } as const
  valueOf(await fileAppeal(w.app, seller, { objections: [objection], fileIds: [] }, null))
  const decisions = [first, second?.decision.id ?? '', contested, 'dec_of_nobody']
  const opening = { cause, sellerId: 'clay', decisions }
  const caseId = await w.inside((tx) => openRepair(w.app, tx, opening))
  const held = await w.case(caseId ?? '')
  expect(held).toMatchObject({ kind: 'repair', desk: 'performance', repair: cause })
  expect(held.objections.map(({ decisionId }) => decisionId)).toEqual(decisions.slice(0, 2))
  expect(held.objections[0]?.text).toContain('complaints of a ring')
  // Told twice, it is opened once: what waits there waits there.
  expect(await w.inside((tx) => openRepair(w.app, tx, opening))).toBeNull()
})

/** Lets every mail be taken that is due; answers what each said. */
async function carry(w: World): Promise<NoticeBody[]> {
  const bodies: NoticeBody[] = []
  for (;;) {
    const found = await claimNotice(w.app)
    if (found.found === 'nothing') return bodies
    if (found.found !== 'letter') continue
    bodies.push(found.letter.notice.body)
    await recordSent(w.app, found.letter)
  }
}

/** A repair over two listings that a rule took down and one warning that Milan gave, which the seller contested in vain. */
async function mixed(w: World) {
  const milan = await w.reviewer('Milan')
  const vera = await w.reviewer('Vera')
  const { seller, decisionId: one } = await w.removedListing('l1')
  await w.listing('l2', 'clay')
  const two = (await w.measures('l2'))[0]?.decision.id ?? ''
  const own = await w.imposed(milan, { subject: account, measure: 'account.warn' })
  const objection = { decisionId: own, track: 'dispute', text: 'No.', remedy: null } as const
  const appeal = { objections: [objection], fileIds: [] }
  const filed = valueOf(await fileAppeal(w.app, seller, appeal, null))
  valueOf(await takeCase(w.app, vera, filed.caseId))
  await judge(w, vera, filed.caseId, { [own]: 'deny' })
  await carry(w)
  w.advance(100 * 24 * 60 * 60_000)
  const opening = { cause, sellerId: 'clay', decisions: [one, two, own] }
  const caseId = (await w.inside((tx) => openRepair(w.app, tx, opening))) ?? ''
  return { milan, vera, seller, one, two, own, caseId, appeal }
}

async function judge(
  w: World,
  by: Awaited<ReturnType<World['reviewer']>>,
  caseId: string,
  powers: Record<string, 'grant' | 'deny'>,
) {
  const { objections } = await w.case(caseId)
  const answers = objections.flatMap(({ id, decisionId }) => {
    const power = powers[decisionId]
    return power ? [{ objectionId: id, power, reasons: `${by.name} says so.` }] : []
  })
  return decideCase(w.app, by, { caseId, answers })
}

test('who took one of its decisions judges the others, one by one, and somebody else the one that is left', async () => {
  await using w = await world()
  const { milan, vera, one, two, own, caseId } = await mixed(w)
  const atDesk = async () => valueOf(await readDeskCase(w.app, milan, caseId, 'eu'))
  expect(valueOf(await takeNextCase(w.app, milan, { desk: 'performance' }))).toEqual({ caseId })
  const { allowed, barred, contested } = await atDesk()
  expect([allowed.includes('decide'), barred]).toEqual([true, null])
  expect(contested.map((each) => each.barred)).toEqual([null, null, 'own_measure'])
  expect(await judge(w, milan, caseId, { [own]: 'grant' })).toMatchObject({
    refusal: 'own_measure',
  })
  expect(await judge(w, milan, caseId, {})).toMatchObject({ refusal: 'answers_missing' })
  const dueAt = (await w.case(caseId)).dueAt
  valueOf(await judge(w, milan, caseId, { [one]: 'grant' }))
  // What is lifted counts at once, what waits keeps its clock, and whoever judged one may go on.
  expect((await w.measures('l1'))[0]?.endedBy?.kind).toBe('lift')
  expect(await w.case(caseId)).toMatchObject({
    state: 'open',
    heldBy: null,
    decidedAt: null,
    dueAt,
  })
  valueOf(await takeCase(w.app, milan, caseId))
  valueOf(await judge(w, milan, caseId, { [two]: 'deny' }))
  expect(await takeCase(w.app, milan, caseId)).toMatchObject({ refusal: 'own_measure' })
  valueOf(await takeCase(w.app, vera, caseId))
  valueOf(await judge(w, vera, caseId, { [own]: 'deny' }))
  const held = await w.case(caseId)
  expect(held.objections.map(({ outcome }) => outcome)).toEqual([
    'measure_lifted',
    'measure_stands',
    'measure_stands',
  ])
  expect(held.state).toBe('restoring')
  await w.shopShows('l1')
  expect((await w.case(caseId)).state).toBe('closed')
})

test('the seller is told what was lifted and what was kept, opens each, and contests what was kept anew', async () => {
  await using w = await world()
  const { vera, seller, one, two, own, caseId, appeal } = await mixed(w)
  const before = await fileAppeal(w.app, seller, appeal, null)
  expect(before).toMatchObject({ refusal: 'already_appealed' })
  valueOf(await takeCase(w.app, vera, caseId))
  valueOf(await judge(w, vera, caseId, { [one]: 'grant', [two]: 'deny', [own]: 'deny' }))
  // Nobody has told the seller yet: the time to contest has not begun.
  const kept = async () => (await w.measures(account))[0]
  expect(await kept()).toMatchObject({ informedAt: null, kept: { reasons: 'Vera says so.' } })
  const toldAt = w.app.now()
  const bodies = await carry(w)
  const body = bodies.find(({ opening }) => opening.includes('turned out to be false'))
  expect(body?.opening).toContain('One is lifted and two stay.')
  expect(body?.sections.map(({ opens }) => opens?.decisionId)).toEqual([one, two, own, undefined])
  const headings = body?.sections.map(({ heading }) => heading) ?? []
  expect(headings.map((words) => /lifted$|stays$/.exec(words)?.[0])).toEqual([
    'lifted',
    'stays',
    'stays',
    undefined,
  ])
  expect(body?.link).toMatchObject({ decisionId: two, caseId: null })
  const measure = await kept()
  const until = measure ? appealBy(measure, 'Europe/Lisbon') : null
  expect(until?.getTime()).toBeGreaterThan(toldAt.getTime() + 180 * 24 * 60 * 60_000)
  valueOf(await fileAppeal(w.app, seller, appeal, null))
})
