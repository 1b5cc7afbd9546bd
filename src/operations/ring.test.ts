/** Rings as people look into them: what a confirmed one takes back, what one that is none teaches, and who sees what. */
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { complaint, crowd, order, puppets, seller } from '../../test/complaints.ts'
import { complaintsAbout, factsFrom } from '../../test/told-complaints.ts'
import { marketplace, valueOf, world, type World } from '../../test/world.ts'
import { undoWindow } from '../core/decision.ts'
import { readPolicy } from '../screening/policy.ts'
import { findComplaint, takeCase } from './case.ts'
import { readSellerCase } from './case-view.ts'
import { tellComplaints } from './complaint.ts'
import { openOwnFile } from './export.ts'
import { imposeByHand } from './measure.ts'
import { readOwnComplaints } from './own-complaint.ts'
import { confirmRing, dismissRing, pruneRing, putBackIntoRing } from './ring.ts'
import { listRings, readRing } from './ring-view.ts'
import { readStatement } from './statement.ts'
import { weighSome } from './weighing.ts'
import type { SellerReader, StaffReader } from './who.ts'

const read = readPolicy(
  await readFile(new URL('../../policies/product-safety.yaml', import.meta.url), 'utf8'),
  'product-safety.yaml',
)
if (!read.ok) throw new Error(`read policies/product-safety.yaml: ${JSON.stringify(read.errors)}`)

let w: World
let victim: SellerReader
let milan: StaffReader
let aiko: StaffReader
beforeEach(async () => {
  w = await world({ policies: [read.policy] })
  victim = await w.seller('victim')
  milan = await w.reviewer('Milan')
  aiko = await w.reviewer('Aiko')
  await w.listing('lamp', 'victim', { title: 'A lamp' })
  await tell(scene)
  await weigh()
})
afterEach(() => w[Symbol.asyncDispose]())

/** The same, about a listing. */
function aboutLamp(line: string): string {
  return line.replace('{', '{"listingId":"lamp",')
}

const scene = [
  ...crowd(5),
  seller({ id: 'victim', categories: ['tools'] }),
  seller({ id: 'rival', categories: ['tools'], devices: ['shared'] }),
  ...puppets(5, (at) => ({ devices: [at < 3 ? 'shared' : `own-${at}`] })).map(aboutLamp),
  order({ id: 'o-true', sellerId: 'victim', reporterId: 'r-true' }),
  complaint({ id: 'true', sellerId: 'victim', orderId: 'o-true', text: 'The blade is chipped.' }),
]

async function tell(lines: readonly string[]) {
  for (const one of await tellComplaints(w.app, marketplace, lines.map(factsFrom)))
    if (!one.ok) throw new Error(`tell: ${one.refusal}`)
}

const weigh = () => weighSome(w.app)

/** The one ring that a person would find in the list. */
async function theRing(reader = aiko) {
  const [first] = valueOf(await listRings(w.app, reader)).rings
  if (first === undefined) throw new Error('there is no ring')
  return valueOf(await readRing(w.app, reader, first.ring.id))
}

async function told(lineId: string) {
  const row = await w.inside((tx) =>
    tx
      .selectFrom('complaints')
      .select(['id', 'case_id'])
      .where('told_id', '=', lineId)
      .executeTakeFirstOrThrow(),
  )
  return { id: row.id, caseId: row.case_id }
}

async function confirmed(lineId: string, by = milan) {
  const { caseId } = await told(lineId)
  valueOf(await takeCase(w.app, by, caseId))
  valueOf(
    await findComplaint(w.app, by, {
      caseId,
      finding: 'confirmed',
      reasons: 'It is so.',
      words: 'It is so.',
    }),
  )
  return caseId
}

async function confirm(by = aiko) {
  const { ring } = await theRing(by)
  const found = { ringId: ring.id, version: ring.version, reasons: 'One device, one text.' }
  return confirmRing(w.app, by, found, null)
}

/** What no operation does yet: a decision that leans on two complaints. */
async function asOwner(statement: string) {
  const owner = new pg.Client({ connectionString: w.url })
  await owner.connect()
  await owner.query('set session_replication_role = replica')
  await owner.query(statement)
  await owner.end()
}

const scores = async () => {
  const found = await w.inside((tx) => complaintsAbout(tx, 'victim'))
  return { counting: found.filter(({ counts }) => counts).length, all: found.length }
}

describe('a confirmed ring', () => {
  test('refutes what is open, leaves out who is not of it, and each of its complaints counts no more', async () => {
    valueOf(await confirm())
    await weigh()
    for (const at of [0, 1, 2, 3, 4]) {
      const held = await w.case((await told(`puppet-${at}`)).caseId)
      expect(held).toMatchObject({ state: 'answered', complaint: { finding: 'refuted' } })
    }
    expect(await w.case((await told('true')).caseId)).toMatchObject({ state: 'open' })
    expect(await scores()).toEqual({ counting: 1, all: 6 })
    expect(await confirm().catch(String)).toContain('there is no ring')
  })

  test('lifts at once what leaned on it alone, though a person had confirmed the complaint, and its seller is told', async () => {
    const complaintCaseId = await confirmed('puppet-0')
    const decisionId = await w.imposed(milan, {
      subject: { kind: 'listing', id: 'lamp' },
      measure: 'listing.deactivate.safety',
      policy: 'product-safety',
      complaintCase: complaintCaseId,
    })
    expect(await w.owed('lamp')).toMatchObject({ state: { offered: false } })
    const { reach } = await theRing()
    expect(reach.falling.map(({ decision }) => decision.id)).toEqual([decisionId])
    valueOf(await confirm())
    expect(await w.owed('lamp')).toMatchObject({ state: { offered: true } })
    const [measure] = await w.measures('lamp')
    expect(measure?.endedBy).toMatchObject({ kind: 'lift', takenBy: { name: 'Aiko' } })
    expect(await w.case(complaintCaseId)).toMatchObject({ complaint: { finding: 'refuted' } })
    const notices = await w.notices({ decisionId })
    expect(notices.map(({ kind }) => kind)).toContain('lifted')
  })

  test('opens a repair where something else may bear what leaned on it', async () => {
    const complaintCaseId = await confirmed('puppet-0')
    const decisionId = await w.imposed(milan, {
      subject: { kind: 'account', id: 'victim' },
      measure: 'account.warn',
      policy: 'product-safety',
      complaintCase: complaintCaseId,
    })
    const other = await told('true')
    await confirmed('true')
    const both = JSON.stringify([
      { kind: 'complaint', id: (await told('puppet-0')).id },
      { kind: 'complaint', id: other.id },
    ])
    await asOwner(`update decisions set rests_on = '${both}' where id = '${decisionId}'`)
    valueOf(await confirm())
    const cases = await w.inside((tx) =>
      tx.selectFrom('cases').selectAll().where('kind', '=', 'repair').execute(),
    )
    expect(cases).toHaveLength(1)
    expect(await w.case(cases[0]?.id ?? '')).toMatchObject({
      sellerId: 'victim',
      objections: [{ decisionId, outcome: null }],
    })
    expect((await w.measures({ kind: 'account', id: 'victim' }))[0]?.endedBy).toBeNull()
  })

  test('is decided on as it was seen: not after more came, not twice, not without a reason, and not by who may not', async () => {
    const { ring } = await theRing()
    const found = { ringId: ring.id, version: ring.version, reasons: 'One device.' }
    expect(await confirmRing(w.app, aiko, { ...found, reasons: ' ' }, null)).toMatchObject({
      refusal: 'reasons_missing',
    })
    expect(
      await confirmRing(w.app, aiko, { ...found, version: ring.version - 1 }, null),
    ).toMatchObject({ refusal: 'ring_changed' })
    const sofia = await w.support()
    expect(await confirmRing(w.app, sofia, found, null)).toMatchObject({ refusal: 'not_allowed' })
    expect(await confirmRing(w.app, victim, found, null)).toMatchObject({ refusal: 'not_found' })
    valueOf(await confirmRing(w.app, aiko, found, null))
    expect(await dismissRing(w.app, milan, found, null)).toMatchObject({ refusal: 'ring_decided' })
  })

  test('stays as it was seen, and more of it is a ring of its own to look into', async () => {
    const { ring } = await theRing()
    valueOf(await confirm())
    await weigh()
    expect(valueOf(await readRing(w.app, aiko, ring.id)).ring.report.members).toHaveLength(5)
    expect(valueOf(await listRings(w.app, aiko)).rings).toEqual([])
    const [sixth = ''] = puppets(1, () => ({ devices: ['shared'] }))
    await tell([sixth.replaceAll('puppet-0', 'puppet-6')])
    await weigh()
    const next = await theRing()
    expect(next.ring).toMatchObject({ follows: ring.id, state: 'open' })
    expect(next.ring.report.members).toHaveLength(6)
    expect(valueOf(await readRing(w.app, aiko, ring.id)).ring.report.members).toHaveLength(5)
  })
})

describe('who is taken out of a ring', () => {
  test('stands by themselves, and the likelihood is worked out again without them', async () => {
    const { ring } = await theRing()
    const out = { ringId: ring.id, reporterId: 'r-puppet-4', reasons: 'A customer of mine.' }
    valueOf(await pruneRing(w.app, aiko, out))
    expect((await theRing()).ring).toMatchObject({ isRemainderDue: true, remainder: null })
    await weigh()
    const pruned = (await theRing()).ring
    expect(pruned.isRemainderDue).toBe(false)
    expect(pruned.remainder?.members).toHaveLength(4)
    expect(pruned.remainder?.evidence.total).toBeLessThan(ring.report.evidence.total)
    expect(await scores()).toEqual({ counting: 2, all: 6 })
    valueOf(await confirm())
    const held = await w.case((await told('puppet-4')).caseId)
    expect(held).toMatchObject({ state: 'open', complaint: { finding: null } })
  })

  test('is put back as if nothing had been', async () => {
    const { ring } = await theRing()
    const out = { ringId: ring.id, reporterId: 'r-puppet-4', reasons: 'A customer of mine.' }
    valueOf(await pruneRing(w.app, aiko, out))
    await weigh()
    valueOf(await putBackIntoRing(w.app, aiko, out))
    await weigh()
    expect((await theRing()).ring).toMatchObject({ pruned: [], remainder: null })
    expect(await scores()).toEqual({ counting: 1, all: 6 })
    const stranger = { ...out, reporterId: 'r-true' }
    expect(await pruneRing(w.app, aiko, stranger)).toMatchObject({ refusal: 'not_of_ring' })
  })
})

describe('what a person finds to be no ring', () => {
  test('lets each complaint stand by itself, teaches the weights, and is not shown again', async () => {
    const { ring } = await theRing()
    const found = { ringId: ring.id, version: ring.version, reasons: 'A class of students.' }
    valueOf(await dismissRing(w.app, aiko, found, null))
    await weigh()
    expect(await scores()).toEqual({ counting: 6, all: 6 })
    expect(valueOf(await listRings(w.app, aiko)).rings).toEqual([])
    const weights = await w.inside((tx) =>
      tx
        .selectFrom('weighings')
        .select('weights')
        .orderBy('number', 'desc')
        .executeTakeFirstOrThrow(),
    )
    expect(weights.weights['no-order']).toBeGreaterThan(-0.6)
    expect(await w.case((await told('puppet-0')).caseId)).toMatchObject({ state: 'open' })
  })
})

test('what people find stands beside what was said of it before, and teaches nothing about itself', async () => {
  expect(valueOf(await listRings(w.app, aiko)).calibration.whole).toBeNull()
  await confirmed('true')
  valueOf(await confirm())
  await weigh()
  const { bars, whole } = valueOf(await listRings(w.app, aiko)).calibration
  expect(whole?.found).toMatchObject({ count: 1, of: 6 })
  // The puppets were believed least, the customer most.
  expect(bars[0]?.found).toMatchObject({ count: 0, of: 5 })
  expect(bars.slice(7).find((bar) => bar !== null)?.found).toMatchObject({ count: 1, of: 1 })
})

test('a person may act on the account behind a ring once it is confirmed, names it, and on nobody else for it', async () => {
  const rival = await w.seller('rival')
  const { ring } = await theRing()
  const imposing = {
    ...({ subject: { kind: 'account', id: 'rival' }, measure: 'account.warn' } as const),
    ...{ policy: 'product-safety', reasons: 'Your device sent three of them.', ring: ring.id },
    ...{ endsAt: null, amount: null, exception: null },
  }
  const refused = { refusal: 'ring_not_theirs' }
  expect(await imposeByHand(w.app, milan, imposing, null)).toMatchObject(refused)
  valueOf(await confirm())
  const onVictim = { ...imposing, subject: { kind: 'account', id: 'victim' } } as const
  expect(await imposeByHand(w.app, milan, onVictim, null)).toMatchObject(refused)
  await w.listing('saw', 'rival', { title: 'A saw' })
  const onListing = {
    ...imposing,
    subject: { kind: 'listing', id: 'saw' } as const,
    measure: 'listing.deactivate' as const,
  }
  expect(await imposeByHand(w.app, milan, onListing, null)).toMatchObject(refused)
  const nowhere = { ...imposing, ring: 'rng-none' }
  expect(await imposeByHand(w.app, milan, nowhere, null)).toMatchObject({ refusal: 'not_found' })

  const { decisionId } = valueOf(await imposeByHand(w.app, milan, imposing, null))
  const [measure] = await w.measures({ kind: 'account', id: 'rival' })
  expect(measure?.decision.restsOn).toEqual([{ kind: 'ring', id: ring.id }])
  const { imposed } = valueOf(await readRing(w.app, aiko, ring.id))
  expect(imposed.map(({ decision }) => decision.id)).toEqual([decisionId])
  w.advance(undoWindow)
  const told = valueOf(await readStatement(w.app, rival, decisionId)).measure.statement
  const read = JSON.stringify(told)
  expect(read).toContain('look like one hand')
  for (const secret of ['r-puppet', 'victim', ring.id]) expect(read).not.toContain(secret)
})

test('a known ring of the same device holds no listing', async () => {
  const [next = ''] = puppets(1, () => ({ devices: ['shared'] }))
  const fact = factsFrom(next.replaceAll('puppet-0', 'puppet-7'))
  if (!('complaint' in fact)) throw new Error('not a complaint')
  const unsafe = { ...fact.complaint, kind: 'unsafe' as const, listingId: 'lamp' }
  await tellComplaints(w.app, marketplace, [{ complaint: unsafe }])
  expect(await w.measures('lamp')).toEqual([])
  const own = { ...unsafe, toldId: 'own', reporter: { ...unsafe.reporter, id: 'r-own' } }
  const traces = { ...own.reporter.traces, devices: ['own'] }
  await tellComplaints(w.app, marketplace, [
    { complaint: { ...own, reporter: { ...own.reporter, traces } } },
  ])
  expect(await w.measures('lamp')).toHaveLength(1)
})

test('the seller reads what became of complaints, and nothing of reporters, devices or the rival', async () => {
  valueOf(await confirm())
  const { caseId } = await told('puppet-0')
  const all = JSON.stringify([
    valueOf(await readSellerCase(w.app, victim, caseId)),
    valueOf(await readOwnComplaints(w.app, victim, { before: null })),
  ])
  const file = await openOwnFile(w.app, victim)
  if (!file.ok) throw new Error(file.refusal)
  const whole: unknown[] = []
  for (const list of [file.listings, file.measures, file.cases, file.files, file.orders])
    for await (const entry of list as AsyncIterable<unknown>) whole.push(entry)
  for (const secret of ['r-puppet', 'shared', 'rival', 'One device'])
    expect({ secret, isTold: `${all}${JSON.stringify(whole)}`.includes(secret) }).toEqual({
      secret,
      isTold: false,
    })
  expect(all).toContain('people who act as one')
})
