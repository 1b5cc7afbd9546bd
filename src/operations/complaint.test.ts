/** Complaints in the running system: what one can do, what the desk finds, and that the seller never learns who. */
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPolicy } from '../screening/policy.ts'
import type { ComplaintFinding } from '../core/complaint.ts'
import { readComplaint } from '../store/complaint.ts'
import { transact } from '../store/db.ts'
import { linesHeld } from '../../test/told-complaints.ts'
import { marketplace, maskPolicy, world, type World } from '../../test/world.ts'
import { askSeller, findComplaint, takeCase } from './case.ts'
import { readDeskCase, readSellerCase } from './case-view.ts'
import { complaintCode } from './complaint-code.ts'
import {
  fileReport,
  tellComplaints,
  type ReportWritten,
  type ToldAboutComplaints,
} from './complaint.ts'
import { openOwnFile } from './export.ts'
import { imposeByHand } from './measure.ts'
import { readOwnComplaints } from './own-complaint.ts'
import { writeInCase } from './own-case.ts'
import { addReportFile, contestReport, readReport } from './report.ts'
import { readSellerHome } from './seller.ts'
import type { SellerReader, StaffReader } from './who.ts'

const read = readPolicy(
  await readFile(new URL('../../policies/product-safety.yaml', import.meta.url), 'utf8'),
  'product-safety.yaml',
)
if (!read.ok) throw new Error(`read policies/product-safety.yaml: ${JSON.stringify(read.errors)}`)
const secret = 'a secret for tests of thirty-two characters'
const nobody = { kind: 'nobody' } as const

let w: World
let clay: SellerReader
let milan: StaffReader
let aiko: StaffReader
beforeEach(async () => {
  w = await world({ policies: [maskPolicy, read.policy] })
  clay = await w.seller('clay')
  milan = await w.reviewer('Milan')
  aiko = await w.reviewer('Aiko')
  await w.listing('lamp', 'clay', { title: 'A lamp of clay' })
  await w.listing('vase', 'clay', { title: 'A vase of clay' })
})
afterEach(() => w[Symbol.asyncDispose]())

/** In every field that says who complains. */
const canary = 'Zilverkanarie'
const ana: Extract<ToldAboutComplaints, { complaint: object }> = {
  complaint: {
    toldId: `told-${canary}-1`,
    at: null,
    sellerId: 'clay',
    listingId: 'lamp',
    orderId: `order-${canary}`,
    kind: 'not-as-described',
    text: `The lamp is of plastic. I am ${canary}, write to ${canary}@mail.example about order-${canary}.`,
    reporter: {
      id: `buyer-${canary}`,
      kind: 'customer',
      name: canary,
      address: `${canary}@mail.example`,
      traces: {
        createdAt: new Date('2025-01-01T00:00:00Z'),
        orders: 4,
        devices: [`device-${canary}`],
        ipPrefixes: [`net-${canary}`],
        paymentHashes: [`pay-${canary}`],
        addressHashes: [`home-${canary}`],
      },
    },
  },
}
type Complaint = Extract<ToldAboutComplaints, { complaint: object }>['complaint']
const anas: Complaint = ana.complaint

async function told(changes: Partial<Complaint> = {}) {
  const [filed] = await tellComplaints(w.app, marketplace, [{ complaint: { ...anas, ...changes } }])
  if (!filed?.ok || filed.value.complaint === null)
    throw new Error(`tell: ${JSON.stringify(filed)}`)
  return { ...filed.value.complaint, result: filed.value.result }
}

const written: ReportWritten = {
  where: 'https://shop.example/listings/lamp',
  kind: 'other',
  text: 'The lamp leans.',
  orderId: null,
  address: 'bo@mail.example',
  name: null,
  as: 'customer',
  ipPrefix: '203.0.113.0/24',
}

async function found(caseId: string, finding: ComplaintFinding, by: StaffReader = milan) {
  const taken = await takeCase(w.app, by, caseId)
  if (!taken.ok) throw new Error(`take: ${taken.refusal}`)
  return findComplaint(w.app, by, {
    caseId,
    finding,
    reasons: 'We compared the pack with the page.',
    words: 'We compared it for you.',
  })
}

const notices = (address: string) =>
  w.inside((tx) =>
    tx
      .selectFrom('notices')
      .select(['kind', 'subject', 'body', 'case_id'])
      .where('address', '=', address)
      .orderBy('created_at')
      .execute(),
  )

describe('coming in', () => {
  test('a complaint opens a case at its desk with a clock, and its reporter hears number and date', async () => {
    const { number, caseId } = await told()
    const held = await w.case(caseId)
    expect(held).toMatchObject({ kind: 'complaint', desk: 'performance', state: 'open', number })
    const [receipt] = await notices(`${canary}@mail.example`)
    expect(receipt).toMatchObject({ kind: 'case-received' })
    expect(receipt?.subject).toContain(`K-${number}`)
    expect(receipt?.subject).toMatch(/answers by \w+ \d+/)
  })

  test('the same complaint again is the first one, by its name or by the same words of the same reporter', async () => {
    const first = await told()
    expect(await told()).toEqual({ ...first, result: 'unchanged' })
    const other = await told({ toldId: 'told-2', text: `  ${anas.text.toUpperCase()} ` })
    expect(other).toEqual({ ...first, result: 'unchanged' })
    expect(await notices(`${canary}@mail.example`)).toHaveLength(1)
    const third = await told({ toldId: 'told-3', listingId: 'vase' })
    expect(third.number).not.toBe(first.number)
  })

  test('two at the same moment are one', async () => {
    const both = await Promise.all([told(), told({ toldId: 'told-2' })])
    expect(new Set(both.map(({ number }) => number)).size).toBe(1)
  })

  test('the public page finds what is meant by an address of the shop, an id or a name, and says so where it does not', async () => {
    for (const [where, listingId] of [
      ['https://shop.example/listings/lamp?x=1', 'lamp'],
      ['vase', 'vase'],
      ['clay & co', null],
    ] as const) {
      const filed = await fileReport(w.app, nobody, { ...written, where, text: where }, null)
      if (!filed.ok) throw new Error(`${where}: ${filed.refusal}`)
      const kept = await w.inside((tx) => readComplaint(tx, filed.value.complaint.id))
      expect(kept).toMatchObject({ sellerId: 'clay', listingId })
    }
    const lost = await fileReport(w.app, nobody, { ...written, where: 'the thing' }, null)
    expect(lost).toMatchObject({ ok: false, refusal: 'place_unknown' })
  })

  test('a listing of another seller than the one named is refused', async () => {
    await w.seller('rival')
    const [filed] = await tellComplaints(w.app, marketplace, [
      { complaint: { ...anas, sellerId: 'rival' } },
    ])
    expect(filed).toMatchObject({ ok: false, refusal: 'seller_mismatch' })
  })

  test('nobody’s mailbox is filled with receipts, and every complaint is there all the same', async () => {
    for (let each = 0; each < 8; each += 1)
      await fileReport(w.app, nobody, { ...written, text: `It leans ${each}.` }, null)
    expect(await notices('bo@mail.example')).toHaveLength(5)
    const own = await readOwnComplaints(w.app, clay, { before: null })
    expect(own).toMatchObject({ ok: true, value: { found: { open: 8 } } })
  })

  test('what stands around complaints is kept, and read again as the lines that credibility is weighed by', async () => {
    await tellComplaints(w.app, marketplace, [
      {
        seller: {
          id: 'clay',
          createdAt: null,
          categories: ['lamps'],
          devices: ['d1'],
          ipPrefixes: [],
          paymentHashes: [],
          addressHashes: ['h1'],
        },
      },
    ])
    await told()
    expect(await w.inside(linesHeld)).toEqual([
      { seller: expect.objectContaining({ id: 'clay', categories: ['lamps'], devices: ['d1'] }) },
      expect.objectContaining({
        id: anas.toldId,
        sellerId: 'clay',
        listingId: 'lamp',
        reporterId: `buyer-${canary}`,
        orderId: `order-${canary}`,
        kind: 'not-as-described',
        text: anas.text,
        reporter: expect.objectContaining({ orders: 4, devices: [`device-${canary}`] }),
      }),
    ])
  })
})

describe('what one complaint does by itself', () => {
  const unsafe = { kind: 'unsafe', text: 'It gave me a shock.' } as const

  test('holds the one listing of which it says that it is unsafe, with a statement, and a person looks within hours', async () => {
    const { caseId, id } = await told(unsafe)
    const held = await w.case(caseId)
    const hours = (held.dueAt.getTime() - held.openedAt.getTime()) / 3_600_000
    expect(held).toMatchObject({ desk: 'safety', matter: 'matter.complaint.safety' })
    expect(hours).toBeLessThanOrEqual(8)
    const [measure] = await w.measures('lamp')
    expect(measure).toMatchObject({
      decision: {
        measure: 'listing.deactivate.safety',
        takenBy: { kind: 'policy', policy: 'product-safety' },
        restsOn: [{ kind: 'complaint', id }],
      },
      action: { endedAt: null },
      statement: { automation: { decision: true } },
    })
    expect(measure?.statement.facts.narrative).toContain('It gave me a shock.')
    expect(measure?.statement.automation.words).toContain('complaint')
    expect((await w.owed('lamp'))?.state).toMatchObject({ offered: false })
  })

  test('holds no second listing of the seller while the first waits, and never the account', async () => {
    await told(unsafe)
    await told({ ...unsafe, toldId: 'told-2', listingId: 'vase' })
    await told({ ...unsafe, toldId: 'told-3', listingId: null })
    expect(await w.measures('vase')).toEqual([])
    expect(await w.measures({ kind: 'account', id: 'clay' })).toEqual([])
  })

  test('two at the same moment about two listings hold one', async () => {
    await Promise.all([told(unsafe), told({ ...unsafe, toldId: 'told-2', listingId: 'vase' })])
    const all = [...(await w.measures('lamp')), ...(await w.measures('vase'))]
    expect(all).toHaveLength(1)
  })

  test('every other kind does nothing to the seller at all', async () => {
    for (const kind of [
      'not-as-described',
      'counterfeit',
      'rights',
      'never-arrived',
      'other',
    ] as const)
      await told({ kind, toldId: `told-${kind}`, text: `It is ${kind}.` })
    expect(await w.measures('lamp')).toEqual([])
  })

  test('a hold that a person found to be nothing is lifted, and no complaint brings it back on the same text', async () => {
    const { caseId } = await told(unsafe)
    expect(await found(caseId, 'refuted')).toMatchObject({ ok: true })
    expect((await w.measures('lamp'))[0]?.action.endedAt).not.toBeNull()
    expect((await w.owed('lamp'))?.state).toMatchObject({ offered: true })
    await told({ ...unsafe, toldId: 'told-2', text: 'A shock again.' })
    expect((await w.measures('lamp')).filter(({ action }) => action.endedAt === null)).toEqual([])
  })

  test('where nobody could find out it is lifted as well, and where it is so it stands in a person’s name', async () => {
    const first = await told(unsafe)
    await found(first.caseId, 'undetermined')
    expect((await w.measures('lamp'))[0]?.action.endedAt).not.toBeNull()
    const second = await told({ ...unsafe, toldId: 'told-2', listingId: 'vase' })
    await found(second.caseId, 'confirmed')
    expect((await w.measures('vase'))[0]?.action.endedAt).toBeNull()
    const confirmed = await w.inside((tx) =>
      tx.selectFrom('decisions').select('taken_by').where('kind', '=', 'confirm').execute(),
    )
    expect(confirmed).toMatchObject([{ taken_by: { kind: 'person', id: milan.id } }])
  })

  test('lateness only hands over: after every clock the case waits for a person, and nothing is imposed', async () => {
    const { caseId } = await told()
    w.advance(40 * 86_400_000)
    await w.fireDue()
    const held = await w.case(caseId)
    expect(held).toMatchObject({ state: 'open', complaint: { finding: null } })
    expect(held.overdueSince).not.toBeNull()
    expect(await w.measures('lamp')).toEqual([])
  })
})

describe('the desk', () => {
  test('asks the seller, who reads what is said and answers, before anything happens', async () => {
    const { caseId } = await told()
    await takeCase(w.app, milan, caseId)
    await askSeller(w.app, milan, { caseId, question: 'Of what is the lamp?' })
    expect(await w.case(caseId)).toMatchObject({ state: 'asking' })
    const mail = await w.inside((tx) =>
      tx
        .selectFrom('notices')
        .select('body')
        .where('seller_id', '=', 'clay')
        .where('kind', '=', 'asked')
        .executeTakeFirstOrThrow(),
    )
    expect(JSON.stringify(mail.body)).toContain('The lamp is of plastic.')
    const text = 'Of clay; the shade is of plastic, and the page says so.'
    const answered = await writeInCase(w.app, clay, { caseId, text, fileIds: [] }, null)
    expect(answered).toMatchObject({ ok: true })
    expect(await w.case(caseId)).toMatchObject({ state: 'open', ask: null })
  })

  test('knows the order, what else the reporter said, and what else is said of the seller', async () => {
    const [order] = await tellComplaints(w.app, marketplace, [
      {
        order: {
          id: `order-${canary}`,
          sellerId: 'clay',
          listingId: 'lamp',
          reporterId: `buyer-${canary}`,
          at: new Date('2026-11-01T00:00:00Z'),
          state: 'delivered',
          amount: null,
          currency: null,
          shipBy: null,
          soldBy: 'seller',
          factAt: null,
        },
      },
    ])
    expect(order).toMatchObject({ ok: true })
    const { caseId } = await told()
    await told({ toldId: 'told-2', listingId: 'vase', text: 'The vase leaks.' })
    const view = await readDeskCase(w.app, milan, caseId, 'eu')
    expect(view).toMatchObject({
      ok: true,
      value: {
        complaint: {
          reporter: { name: canary },
          order: { state: 'delivered', reporterId: `buyer-${canary}` },
          byReporter: { found: { open: 1 }, complaints: [{ text: 'The vase leaks.' }] },
          aboutSeller: { found: { open: 1 } },
        },
      },
    })
  })

  test('imposes by hand on what it confirmed, and on nothing else', async () => {
    const { caseId, id } = await told()
    const imposing = {
      subject: { kind: 'listing', id: 'lamp' } as const,
      measure: 'listing.deactivate' as const,
      policy: 'masks',
      reasons: 'The lamp is of plastic.',
      endsAt: null,
      amount: null,
      exception: null,
      complaintCase: caseId,
    }
    expect(await imposeByHand(w.app, milan, imposing, null)).toMatchObject({
      refusal: 'complaint_not_confirmed',
    })
    await found(caseId, 'confirmed')
    const vase = { ...imposing, subject: { kind: 'listing', id: 'vase' } as const }
    expect(await imposeByHand(w.app, milan, vase, null)).toMatchObject({
      refusal: 'complaint_not_confirmed',
    })
    const imposed = await imposeByHand(w.app, milan, imposing, null)
    expect(imposed).toMatchObject({ ok: true })
    const [measure] = await w.measures('lamp')
    expect(measure?.decision.restsOn).toEqual([{ kind: 'complaint', id }])
  })

  test('what leans on a complaint alone falls when the second look finds that it is not so', async () => {
    const { caseId, id, number } = await told()
    await found(caseId, 'confirmed')
    await w.imposed(milan, {
      subject: { kind: 'listing', id: 'lamp' },
      measure: 'listing.deactivate',
      complaintCase: caseId,
    })
    const key = { number, code: complaintCode(secret, id), secret }
    await contestReport(w.app, { ...key, text: 'I was wrong.' }, null)
    await found(caseId, 'refuted', aiko)
    expect((await w.measures('lamp'))[0]?.action.endedAt).not.toBeNull()
  })
})

describe('the reporter', () => {
  const keyOf = ({ id, number }: { id: string; number: number }) => ({
    number,
    code: complaintCode(secret, id),
    secret,
  })

  test('opens it by number and code, and by nothing else', async () => {
    const complaint = await told()
    const key = keyOf(complaint)
    expect(await readReport(w.app, key)).toMatchObject({ ok: true })
    const typed = key.code.toLowerCase().replaceAll('-', ' ')
    expect(await readReport(w.app, { ...key, code: typed })).toMatchObject({ ok: true })
    const other = await told({ toldId: 'told-2', listingId: 'vase' })
    for (const wrong of [
      { ...key, code: '' },
      { ...key, number: other.number },
      { ...key, number: 1 },
    ])
      expect(await readReport(w.app, wrong)).toMatchObject({ refusal: 'complaint_not_opened' })
  })

  test('hears what was found in words, also that we could not find out, and has six months to contest it', async () => {
    const complaint = await told()
    await found(complaint.caseId, 'undetermined')
    const mails = await notices(`${canary}@mail.example`)
    expect(mails.at(-1)).toMatchObject({ kind: 'outcome' })
    expect(mails.at(-1)?.subject).toContain('could not find out')
    expect(JSON.stringify(mails.at(-1)?.body)).toContain('We compared it for you.')
    const contested = await contestReport(
      w.app,
      { ...keyOf(complaint), text: `Look at the photo of ${canary}.` },
      null,
    )
    expect(contested).toMatchObject({ ok: true })
    const held = await w.case(complaint.caseId)
    expect(held).toMatchObject({
      desk: 'executive',
      secondLook: true,
      complaint: { finding: null },
    })
    expect(await found(complaint.caseId, 'refuted', milan)).toMatchObject({
      refusal: 'decided_before',
    })
    expect(
      await findComplaint(w.app, aiko, {
        caseId: complaint.caseId,
        finding: 'confirmed',
        reasons: 'So.',
        words: 'So.',
      }),
    ).toMatchObject({ refusal: 'not_your_case' })
  })

  test('adds photos, which no seller sees', async () => {
    const complaint = await told()
    const bytes = Buffer.from('89504e470d0a1a0a', 'hex')
    const added = await addReportFile(w.app, {
      ...keyOf(complaint),
      file: { name: `${canary}.png`, mediaType: 'image/png', bytes },
    })
    expect(added).toMatchObject({ ok: true })
    const view = await readSellerCase(w.app, clay, complaint.caseId)
    expect(view).toMatchObject({ ok: true, value: { files: [] } })
    const atDesk = await readDeskCase(w.app, milan, complaint.caseId, 'eu')
    expect(atDesk).toMatchObject({ ok: true, value: { files: [{ name: `${canary}.png` }] } })
  })

  test('reads nothing of the seller', async () => {
    const complaint = await told({ text: 'It leans.' })
    await takeCase(w.app, milan, complaint.caseId)
    await askSeller(w.app, milan, { caseId: complaint.caseId, question: 'Why, secret-of-clay?' })
    await writeInCase(
      w.app,
      clay,
      { caseId: complaint.caseId, text: 'Because secret-of-clay.', fileIds: [] },
      null,
    )
    await found(complaint.caseId, 'refuted')
    const view = await readReport(w.app, keyOf(complaint))
    const mails = await notices(`${canary}@mail.example`)
    const told_ = JSON.stringify([view, mails])
    expect(told_).not.toContain('secret-of-clay')
    expect(told_).not.toContain('clay@sellers.example')
  })
})

test('nothing that a seller reads tells who complains: not the pages, the mail, the file, or a row of the database', async () => {
  const unsafe = await told({ kind: 'unsafe' })
  const { caseId, id, number } = unsafe
  await addReportFile(w.app, {
    number,
    code: complaintCode(secret, id),
    secret,
    file: { name: `${canary}.png`, mediaType: 'image/png', bytes: Buffer.from([1]) },
  })
  await takeCase(w.app, milan, caseId)
  await askSeller(w.app, milan, { caseId, question: 'Is it so?' })
  await findComplaint(w.app, milan, {
    caseId,
    finding: 'confirmed',
    reasons: 'It is so.',
    words: `Dear ${canary}, it is so.`,
  })
  await contestReport(
    w.app,
    { number, code: complaintCode(secret, id), secret, text: `${canary} wants more.` },
    null,
  )
  const file = await openOwnFile(w.app, clay)
  if (!file.ok) throw new Error(file.refusal)
  const exported: unknown[] = []
  for (const list of [file.listings, file.measures, file.cases, file.files, file.orders])
    for await (const entry of list as AsyncIterable<unknown>) exported.push(entry)
  const mail = await w.inside((tx) =>
    tx.selectFrom('notices').selectAll().where('seller_id', '=', 'clay').execute(),
  )
  expect(mail.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['statement', 'asked', 'message']),
  )
  const read = JSON.stringify(
    [
      await readSellerCase(w.app, clay, caseId),
      await readSellerHome(w.app, clay),
      await readOwnComplaints(w.app, clay, { before: null }),
      exported,
      mail,
      await w.measures('lamp'),
    ],
    // What is of the seller alone has maps in it.
    (_, value: unknown) => (value instanceof Map ? [...value] : value),
  )
  expect(read).toContain('The lamp is of plastic.')
  expect(read).not.toContain(canary)
  // Also where a query forgets whose it is, the database shows none of it.
  const rows = await transact(w.db, { sellerId: 'clay' }, async (tx) => [
    await tx.selectFrom('complaints').selectAll().execute(),
    await tx.selectFrom('reporters').selectAll().execute(),
    await tx.selectFrom('seller_traces').selectAll().execute(),
    await tx.selectFrom('notices').selectAll().where('case_id', '=', caseId).execute(),
    await tx.selectFrom('events').selectAll().execute(),
    await tx.selectFrom('cases').selectAll().execute(),
    await tx.selectFrom('files').select(['id', 'name']).execute(),
  ])
  expect(rows.slice(0, 3)).toEqual([[], [], []])
  expect(JSON.stringify(rows)).not.toContain(canary)
})
