/** Account health in the running system: one answer behind every wall, and thresholds that ask, propose, and fall. */
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readHealthRules } from '../core/health-rules.ts'
import { later } from '../core/calendar.ts'
import { readPolicy } from '../screening/policy.ts'
import { transact } from '../store/db.ts'
import type { MeasureRecord } from '../store/decision.ts'
import { marketplace, maskPolicy, valueOf, world, type World } from '../../test/world.ts'
import { healthOf, recheckThresholds } from './account-health.ts'
import { fileAppeal } from './appeal.ts'
import { concludeCheck, decideCase, findComplaint, takeCase } from './case.ts'
import { tellComplaints, type ToldAboutComplaints } from './complaint.ts'
import { openOwnFile } from './export.ts'
import { imposeByHand } from './measure.ts'
import { readDeskCase } from './case-view.ts'
import { readSellerForDesk, readSellerHome } from './seller.ts'
import { reachOfRing } from './ring.ts'
import { readStatement } from './statement.ts'
import type { SellerReader, StaffReader } from './who.ts'

const shipped = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')
const read = readHealthRules(await shipped('procedures/health.yaml'))
const policy = readPolicy(await shipped('policies/account-health.yaml'), 'account-health.yaml')
if (!read.ok || !policy.ok) throw new Error(`read the rules: ${JSON.stringify([read, policy])}`)
const { rules } = read
const day = 24 * 60 * 60_000

let w: World
let clay: SellerReader
let milan: StaffReader
let aiko: StaffReader
beforeEach(async () => {
  const jars = { ...maskPolicy, policy: 'jars', level: 'off' as const }
  w = await world({ policies: [maskPolicy, jars, policy.policy], health: rules })
  clay = await w.seller('clay')
  milan = await w.reviewer('Milan')
  aiko = await w.reviewer('Aiko')
})
afterEach(() => w[Symbol.asyncDispose]())

/** Milan takes a listing off sale by hand; each is a mistake of its own, because days lie between. */
async function broken(number: number): Promise<string> {
  const id = `vase-${number}`
  await w.listing(id, 'clay', { title: `A vase of clay, ${number}` })
  w.advance(day)
  return w.imposed(milan, { subject: { kind: 'listing', id }, measure: 'listing.deactivate' })
}

async function brokenOften(): Promise<string[]> {
  const decisions = []
  for (let number = 1; number <= 5; number++) decisions.push(await broken(number))
  return decisions
}

const now = () => w.inside((tx) => healthOf(tx, 'clay', rules, w.app.now()))
const cases = () =>
  w.inside((tx) =>
    tx.selectFrom('cases').select(['id', 'state', 'kind']).where('kind', '=', 'check').execute(),
  )
const account = { kind: 'account', id: 'clay' } as const

async function proposal(): Promise<string> {
  const [check, more] = await cases()
  if (check === undefined || more !== undefined) throw new Error('there is not one check')
  return check.id
}

async function contested(decisionId: string) {
  const objection = { decisionId, track: 'dispute', text: 'It is no mask.', remedy: null } as const
  const appeal = { objections: [{ ...objection, exhibits: [] }], fileIds: [] }
  return valueOf(await fileAppeal(w.app, clay, appeal, null))
}

async function warned(): Promise<string> {
  const caseId = await proposal()
  valueOf(await takeCase(w.app, aiko, caseId))
  valueOf(await concludeCheck(w.app, aiko, { caseId, conclusion: 'acted', reasons: 'It goes on.' }))
  await w.fireDue()
  const [measure] = await w.measures(account)
  if (!measure) throw new Error('nobody was warned')
  return measure.decision.id
}

/** Complaints of so many buyers, each with an order, and what they were weighed as. */
async function complained(
  count: number,
  {
    counts = true,
    weighed = true,
    from = 0,
  }: { counts?: boolean; weighed?: boolean; from?: number } = {},
) {
  const at = w.app.now()
  const told = Array.from({ length: count }, (_, place): ToldAboutComplaints => {
    const number = from + place
    return {
      complaint: {
        ...{ toldId: `c-${number}`, at, sellerId: 'clay', listingId: null, orderId: null },
        kind: 'not-as-described',
        text: `It is another colour, says ${number}.`,
        reporter: {
          ...{ id: `buyer-${number}`, kind: 'customer', name: null, address: null },
          traces: {
            ...{ createdAt: null, orders: 3, devices: [], ipPrefixes: [] },
            ...{ paymentHashes: [], addressHashes: [] },
          },
        },
      },
    }
  })
  const filed = (await tellComplaints(w.app, marketplace, told)).map(valueOf)
  const ids = filed.map(({ complaint }) => complaint?.id ?? '')
  if (weighed) await weigh(ids, { counts })
  await w.fireDue()
  return filed.map(({ complaint }) => complaint ?? { id: '', caseId: '' })
}

let weighing = 0
async function weigh(ids: readonly string[], { counts }: { counts: boolean }) {
  weighing += 1
  await w.inside(async (tx) => {
    await tx
      .insertInto('weighings')
      .values({
        ...{ number: weighing, engine: 'test', weights: '{}', weighed_at: w.app.now() },
        ...{ complaints: ids.length, counting: 0, rings: 0, took_ms: 1 },
      })
      .execute()
    for (const id of ids)
      await tx
        .insertInto('complaint_scores')
        .values({
          ...{ complaint_id: id, weighing, credibility: counts ? 0.9 : 0.1, counts },
          ...{ ring_id: null, reasons: '[]' },
        })
        .execute()
  })
}

const notices = () =>
  w.inside((tx) =>
    tx.selectFrom('notices').select(['subject', 'body']).where('seller_id', '=', 'clay').execute(),
  )

describe('one answer', () => {
  test('seller, desk and machine read the same, and the seller nobody who complains', async () => {
    await broken(1)
    await complained(4)
    const [home, desk] = [
      valueOf(await readSellerHome(w.app, clay)).health,
      valueOf(await readSellerForDesk(w.app, milan, 'clay')).health,
    ]
    const inside = await now()
    for (const one of [home, desk]) {
      expect(one?.points).toBe(inside.points)
      expect(one?.violations).toHaveLength(1)
      expect(one?.complaints.map(({ state }) => state)).toEqual(Array(4).fill('counts'))
    }
    expect(JSON.stringify(home)).not.toContain('buyer-')
    const file = await openOwnFile(w.app, clay)
    expect(file.ok && file.health?.points).toBe(inside.points)
  })

  test('another seller, a link and a stranger learn nothing', async () => {
    const decisionId = await broken(1)
    await w.seller('rival')
    for (const wall of [
      { sellerId: 'rival' },
      { link: { sellerId: 'clay', decisionId, caseId: null } },
      { nobody: true },
      { marketplace: 'key' },
    ] as const)
      expect(
        await transact(w.db, wall, (tx) => healthOf(tx, 'clay', rules, w.app.now())),
      ).toMatchObject({ points: 0, violations: [], share: { orders: 0 } })
    const link: SellerReader = { ...clay, by: 'link', matter: { decisionId, caseId: null } }
    expect(valueOf(await readSellerHome(w.app, link)).health).toBeNull()
  })

  test('what was decided while a stranger had the account leaves the points', async () => {
    await broken(1)
    const before = await now()
    const [one] = before.violations
    if (!one || before.points === 0) throw new Error('nothing counts')
    await w.inside(async (tx) => {
      const at = later(one.violation.takenAt, day)
      await tx
        .insertInto('claims')
        .values({
          ...{ id: 'clm', number: 9, account: 'clay', address: 'o@mail.example', code_hash: 'x' },
          ...{ seller_id: 'clay', linked_by: null, linked_at: null, opened_at: at },
        })
        .execute()
      await tx
        .insertInto('provings')
        .values({ claim_id: 'clm', state: 'settled', handed_over_at: at } as never)
        .execute()
      await tx
        .insertInto('claim_orders')
        .values({
          ...{ id: 'ord', claim_id: 'clm', seller_id: 'clay', ability: 'changesSince' },
          ...{ detail: JSON.stringify({ since: later(one.violation.takenAt, -day) }), made_at: at },
        } as never)
        .execute()
    })
    expect(await now()).toMatchObject({ points: 0, violations: [{ state: 'takeover' }] })
  })

  test('what is contested counts nothing until it is answered, and what was put right counts half', async () => {
    const decisionId = await broken(1)
    await contested(decisionId)
    expect(await now()).toMatchObject({ points: 0, violations: [{ state: 'contested' }] })
    const other = await broken(2)
    const { points } = await now()
    await w.listing('vase-2', 'clay', { title: 'A vase of clay, put right' })
    expect((await now()).points).toBeCloseTo(points / 2, 1)
    expect((await now()).violations[0]?.violation.decisionId).toBe(other)
  })
})

describe('a threshold', () => {
  test('that is met asks a person, once, and imposes nothing', async () => {
    await brokenOften()
    expect(await cases()).toHaveLength(1)
    expect(await w.measures(account)).toEqual([])
    const view = valueOf(await readDeskCase(w.app, aiko, await proposal(), 'eu'))
    expect(view.accountCheck).toMatchObject({ isMet: true, threshold: { threshold: 'warning' } })
    w.advance(day)
    await w.fireDue()
    expect(await cases()).toHaveLength(1)
  })

  test('sees every decision of the same minute, each from when it is told', async () => {
    for (let number = 1; number <= 3; number++) await broken(number)
    w.advance(day)
    for (const [id, rule] of [
      ['jar-1', 'masks'],
      ['jar-2', 'jars'],
    ] as const) {
      await w.listing(id, 'clay', { title: `A jar of clay, ${id}` })
      const subject = { kind: 'listing', id } as const
      valueOf(
        await imposeByHand(
          w.app,
          milan,
          {
            ...{ subject, measure: 'listing.deactivate', policy: rule, reasons: 'Seen.' },
            ...{ endsAt: null, amount: null, exception: null },
          },
          null,
        ),
      )
      w.advance(10_000)
    }
    for (let second = 0; second < 90; second += 5) {
      await w.fireDue()
      w.advance(5_000)
    }
    expect(await cases()).toHaveLength(1)
  })

  test('imposes by a person with the threshold, the numbers and the sources in its statement', async () => {
    const decisions = await brokenOften()
    const decisionId = await warned()
    const { statement, decision } = valueOf(await readStatement(w.app, clay, decisionId)).measure
    expect(decision.measure).toBe('account.warn')
    expect(decision.restsOn.map(({ id }) => id).sort()).toEqual(decisions.toSorted())
    const { narrative } = statement.facts
    expect(narrative).toContain('The written threshold “A warning” is met. It asks for 40 points')
    expect(narrative).toMatch(/There are 4\d(\.\d)? points, 5 independent sources/)
    expect(narrative).toContain('It goes on.')
    expect(statement.automation.words).toContain('Software of ours counts')
    expect(statement.automation.words).toContain('Aiko, a person, decided.')
    // What follows from points makes none.
    expect((await now()).violations).toHaveLength(5)
  })

  test('is computed again when a decision is lifted, and the measure falls at once', async () => {
    const decisions = await brokenOften()
    await warned()
    // Four still make it, and so does age.
    w.advance(40 * day)
    await w.fireDue()
    expect((await w.measures(account))[0]?.action.endedAt).toBeNull()
    for (const decisionId of decisions.slice(0, 2)) {
      const filed = await contested(decisionId)
      await w.fireDue()
      // That it is contested takes nothing away.
      valueOf(await takeCase(w.app, aiko, filed.caseId))
      const held = await w.case(filed.caseId)
      valueOf(
        await decideCase(w.app, aiko, {
          caseId: filed.caseId,
          answers: held.objections.map(({ id }) => ({
            objectionId: id,
            power: 'grant',
            reasons: 'It is a vase.',
          })),
        }),
      )
      await w.fireDue()
    }
    const [warning] = await w.measures(account)
    expect(warning?.endedBy).toMatchObject({ kind: 'lift', takenBy: { kind: 'policy' } })
    expect(warning?.endedBy?.reasons).toContain('no longer met')
    expect((await notices()).some(({ body }) => body.opening.includes('is lifted'))).toBe(true)
  })

  test('that is no longer met when somebody decides imposes nothing', async () => {
    const decisions = await brokenOften()
    const caseId = await proposal()
    for (const decisionId of decisions.slice(0, 3)) await contested(decisionId)
    valueOf(await takeCase(w.app, aiko, caseId))
    valueOf(await concludeCheck(w.app, aiko, { caseId, conclusion: 'acted', reasons: 'Yes.' }))
    expect(await w.measures(account)).toEqual([])
  })

  test('nobody imposes by hand what only a threshold may propose', async () => {
    const asked = await imposeByHand(
      w.app,
      milan,
      {
        ...{ subject: account, measure: 'account.warn', policy: 'account-health' },
        ...{ reasons: 'So.', endsAt: null, amount: null, exception: null },
      },
      null,
    )
    expect(asked).toMatchObject({ ok: false, refusal: 'not_found' })
  })
})

describe('complaints', () => {
  test('thirty that nobody weighed do nothing; weighed they ask the seller, once, and impose nothing', async () => {
    const told = await complained(30, { weighed: false })
    expect((await now()).points).toBe(0)
    await weigh(
      told.map(({ id }) => id),
      { counts: true },
    )
    await w.fireDue()
    const asked = (await notices()).filter(({ subject }) => subject.includes('your side'))
    expect(asked).toHaveLength(1)
    expect(asked[0]?.body.sections[1]?.paragraphs[0]).toContain('Nothing by itself.')
    expect(await w.measures(account)).toEqual([])
    w.advance(2 * day)
    await w.fireDue()
    expect((await notices()).filter(({ subject }) => subject.includes('your side'))).toHaveLength(1)
  })

  test('of which a ring is to take some leave the warning to be judged, and all of them take it away', async () => {
    await broken(1)
    const told = await complained(12)
    const decisionId = await warned()
    const reachOf = (count: number) =>
      w.inside((tx) =>
        reachOfRing(
          tx,
          told.slice(0, count).map(({ id }) => id),
        ),
      )
    const ids = (measures: MeasureRecord[]) => measures.map(({ decision }) => decision.id)
    const some = await reachOf(2)
    expect([ids(some.judged), ids(some.falling)]).toEqual([[decisionId], []])
    const all = await reachOf(12)
    expect([ids(all.judged), ids(all.falling)]).toEqual([[], [decisionId]])
  })

  test('that a person found untrue, or of a ring, take the warning away that leaned on them', async () => {
    await broken(1)
    const told = await complained(12)
    await warned()
    for (const { caseId } of told.slice(0, 4)) {
      valueOf(await takeCase(w.app, milan, caseId))
      valueOf(
        await findComplaint(w.app, milan, {
          ...{ caseId, finding: 'refuted', reasons: 'It is the colour of the page.' },
          words: 'We compared it.',
        }),
      )
    }
    await w.fireDue()
    const [kept] = await w.measures(account)
    expect(kept?.action.endedAt ?? kept?.endedBy?.kind).toBeDefined()
    await w.inside(async (tx) => {
      await tx
        .insertInto('rings')
        .values({
          ...{ id: 'rng', follows: null, state: 'open', version: 1, found_at: w.app.now() },
          ...{ weighing, report: '{}', pruned: '[]', remainder: null, is_remainder_due: false },
        } as never)
        .execute()
      for (const { id } of told)
        await tx
          .insertInto('ring_findings')
          .values({ ring_id: 'rng', complaint_id: id, is_of_ring: true, found_at: w.app.now() })
          .execute()
      await recheckThresholds(w.app, tx, 'clay')
    })
    expect((await w.measures(account))[0]?.endedBy?.kind).toBe('lift')
    expect((await now()).share.counting).toBe(0)
  })
})
