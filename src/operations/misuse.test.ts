/** Measures against reporters: only a person takes one, only after a warning, only for a time, and no seller learns of it. */
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ComplaintFinding } from '../core/complaint.ts'
import { readPolicy } from '../screening/policy.ts'
import { transact } from '../store/db.ts'
import { saveScores, insertWeighing } from '../store/weighing.ts'
import { noTraces } from '../core/complaint.ts'
import { complaintsAbout } from '../../test/told-complaints.ts'
import { marketplace, maskPolicy, world, type World } from '../../test/world.ts'
import { findComplaint, takeCase } from './case.ts'
import { readDeskCase } from './case-view.ts'
import { complaintCode } from './complaint-code.ts'
import { tellComplaints, type ToldAboutComplaints } from './complaint.ts'
import { openOwnFile } from './export.ts'
import { actOnReporter, liftFromReporter } from './misuse.ts'
import { readOwnComplaints } from './own-complaint.ts'
import { contestReport, readReport } from './report.ts'
import type { SellerReader, StaffReader } from './who.ts'

const read = readPolicy(
  await readFile(new URL('../../policies/product-safety.yaml', import.meta.url), 'utf8'),
  'product-safety.yaml',
)
if (!read.ok) throw new Error(`read policies/product-safety.yaml: ${JSON.stringify(read.errors)}`)
const secret = 'a secret for tests of thirty-two characters'
const aDay = 24 * 60 * 60_000

let w: World
let clay: SellerReader
let milan: StaffReader
let aiko: StaffReader
let sent = 0
beforeEach(async () => {
  w = await world({ policies: [maskPolicy, read.policy] })
  clay = await w.seller('clay')
  milan = await w.reviewer('Milan')
  aiko = await w.reviewer('Aiko')
  await w.listing('lamp', 'clay', { title: 'A lamp of clay' })
  sent = 0
})
afterEach(() => w[Symbol.asyncDispose]())

type Complaint = Extract<ToldAboutComplaints, { complaint: object }>['complaint']

async function told(changes: Partial<Complaint> = {}) {
  sent += 1
  const complaint: Complaint = {
    toldId: `told-${sent}`,
    at: null,
    sellerId: 'clay',
    listingId: 'lamp',
    orderId: null,
    kind: 'other',
    text: `It is a fake, the ${sent}th time.`,
    reporter: {
      id: 'buyer-rex',
      kind: 'customer',
      name: null,
      address: 'rex@mail.example',
      traces: noTraces,
    },
    ...changes,
  }
  const [filed] = await tellComplaints(w.app, marketplace, [{ complaint }])
  if (!filed?.ok || filed.value.complaint === null)
    throw new Error(`tell: ${JSON.stringify(filed)}`)
  return filed.value.complaint
}

async function found(
  caseId: string,
  finding: ComplaintFinding,
  { by = milan, isUnfounded = false }: { by?: StaffReader; isUnfounded?: boolean } = {},
) {
  const words = 'We compared it with the page.'
  const taken = await takeCase(w.app, by, caseId)
  if (!taken.ok) throw new Error(`take: ${taken.refusal}`)
  const result = await findComplaint(w.app, by, {
    ...{ caseId, finding, reasons: words, words, isUnfounded },
  })
  if (!result.ok) throw new Error(`find: ${result.refusal}`)
}

/** One that anybody sees at once is not so. */
async function unfounded() {
  const one = await told()
  await found(one.caseId, 'refuted', { isUnfounded: true })
  return one
}

const act = (caseId: string, changes: Partial<Parameters<typeof actOnReporter>[2]> = {}) =>
  actOnReporter(w.app, milan, {
    caseId,
    act: 'warning',
    days: null,
    reasons: 'None of the four lamps is what you say.',
    ...changes,
  })
const setAside = (caseId: string, days = 14) => act(caseId, { act: 'set-aside', days })

/** Warned, once more unfounded, and set aside. */
async function aside() {
  await unfounded()
  await unfounded()
  const third = await unfounded()
  expect(await act(third.caseId)).toMatchObject({ ok: true })
  w.advance(60_000)
  const fourth = await unfounded()
  expect(await setAside(fourth.caseId)).toMatchObject({ ok: true })
  return fourth
}

async function atDesk(caseId: string) {
  const view = await readDeskCase(w.app, milan, caseId, 'eu')
  if (!view.ok || view.value.complaint === null) throw new Error('no complaint at the desk')
  return view.value.complaint.misuse
}

const notices = () =>
  w.inside((tx) =>
    tx
      .selectFrom('notices')
      .select(['subject', 'seller_id', 'body'])
      .where('address', '=', 'rex@mail.example')
      .orderBy('created_at')
      .execute(),
  )
const lastSubject = async () => (await notices()).at(-1)?.subject ?? ''

const key = (one: { id: string; number: number }) => ({
  ...{ number: one.number, secret, code: complaintCode(secret, one.id) },
})

describe('a warning', () => {
  test('is never automatic, needs what is manifestly unfounded often, and is told with reasons', async () => {
    const first = await unfounded()
    await unfounded()
    expect(await act(first.caseId)).toMatchObject({ refusal: 'misuse_not_shown' })
    const third = await unfounded()
    expect((await atDesk(third.caseId)).measures).toEqual([])
    expect(await act(third.caseId, { reasons: ' ' })).toMatchObject({ refusal: 'reasons_missing' })
    expect(await act(third.caseId)).toMatchObject({ ok: true })
    expect(await lastSubject()).toContain('A warning')
    expect(await act(third.caseId)).toMatchObject({ refusal: 'misuse_not_shown' })
    expect(await setAside(third.caseId)).toMatchObject({ refusal: 'misuse_not_shown' })
  })

  test('is not for who was refuted without that being manifest, and not for who is mostly right', async () => {
    for (let at = 0; at < 4; at++) await found((await told()).caseId, 'refuted')
    const last = await unfounded()
    expect(await act(last.caseId)).toMatchObject({ refusal: 'misuse_not_shown' })
    const right = await told()
    await found(right.caseId, 'confirmed')
    expect((await atDesk(right.caseId)).may).toBe('lift')
    expect(await act(right.caseId)).toMatchObject({ refusal: 'misuse_not_shown' })
  })

  test('is for who works at the desk of the complaint, and the database lets nobody set aside without it', async () => {
    const third = (await unfounded()) && (await unfounded()) && (await unfounded())
    const elsewhere = { ...aiko, desks: [] }
    expect(await actOnReporter(w.app, elsewhere, warning(third.caseId))).toMatchObject({
      refusal: 'not_your_desk',
    })
    const { desks, id, roles } = milan
    await expect(
      transact(w.app.db, { staff: { id, roles, desks } }, (tx) =>
        tx
          .insertInto('reporter_measures')
          .values({
            ...{ id: 'rms_x', reporter_id: 'buyer-rex', complaint_id: third.id },
            ...{ complaint_number: third.number, kind: 'set-aside', taken_by: id },
            ...{ taken_by_name: 'Milan', taken_at: w.app.now(), reasons: 'Words.' },
            ...{ until: new Date(w.app.now().getTime() + aDay), factors: '[1,2,3,4]' },
            ...{ lifted_by: null, lifted_by_name: null, lifted_at: null, lifted_reasons: null },
          })
          .execute(),
      ),
    ).rejects.toThrow('not warned')
  })
})

const warning = (caseId: string) => ({
  ...{ caseId, act: 'warning' as const, days: null, reasons: 'Words.' },
})

describe('while complaints are set aside', () => {
  test('a new one is received, numbered and answered truthfully, waits, and does not count', async () => {
    const decided = await aside()
    const normal = await told({ reporter: { ...other, id: 'buyer-ana' } })
    const one = await told()
    const [held, usual] = [await w.case(one.caseId), await w.case(normal.caseId)]
    expect(held?.state).toBe('open')
    const later = (held?.dueAt.getTime() ?? 0) - (usual?.dueAt.getTime() ?? 0)
    expect(Math.round(later / aDay)).toBe(14)
    expect(await lastSubject()).toMatch(
      new RegExp(`Your complaint K-${one.number} is here. It is set aside until .* and read then`),
    )
    expect(await readReport(w.app, key(one))).toMatchObject({
      value: { setAside: { complaintNumber: decided.number }, measures: [] },
    })
    await weighed([one.id, normal.id])
    expect(await counting()).toEqual([normal.id])
    await found(one.caseId, 'confirmed', { by: aiko })
    expect((await counting()).toSorted()).toEqual([normal.id, one.id].toSorted())
  })

  test('what may be dangerous holds nothing by machine, and a person has it within hours all the same', async () => {
    await aside()
    const one = await told({ kind: 'unsafe' })
    const held = await w.case(one.caseId)
    expect(held).toMatchObject({ state: 'open', complaint: { decisionId: null } })
    const within = (held?.dueAt.getTime() ?? 0) - w.app.now().getTime()
    expect(within).toBeLessThanOrEqual(8 * 60 * 60_000)
    expect(await lastSubject()).not.toContain('set aside')
    const another = await told({ kind: 'unsafe', reporter: { ...other, id: 'buyer-ana' } })
    expect((await w.case(another.caseId))?.complaint?.decisionId).not.toBeNull()
  })

  test('nothing of it reaches the seller', async () => {
    const decided = await aside()
    await told()
    expect(await liftFromReporter(w.app, milan, await lifting(decided.caseId))).toMatchObject({
      ok: true,
    })
    const complaints = await readOwnComplaints(w.app, clay, { before: null })
    const file = await openOwnFile(w.app, clay)
    if (!file.ok) throw new Error(file.refusal)
    const exported: unknown[] = []
    for (const list of [file.measures, file.cases, file.files])
      for await (const entry of list as AsyncIterable<unknown>) exported.push(entry)
    const mail = await w.inside((tx) =>
      tx.selectFrom('notices').selectAll().where('seller_id', '=', 'clay').execute(),
    )
    const seen = JSON.stringify([complaints, exported, mail])
    expect(seen).toContain('It is a fake, the 1th time.')
    for (const word of ['rex', 'set aside', 'set-aside', 'nfounded', 'arning', 'four lamps'])
      expect(seen).not.toContain(word)
    const rows = await transact(w.app.db, { sellerId: 'clay' }, async (tx) => [
      await tx.selectFrom('reporter_measures').selectAll().execute(),
      await tx.selectFrom('complaints').selectAll().execute(),
    ])
    expect(rows).toEqual([[], []])
  })

  test('it is over at its end, lasts no longer than the first time allows, and longer only after that', async () => {
    const decided = await aside()
    expect(await setAside(decided.caseId)).toMatchObject({ refusal: 'misuse_not_shown' })
    w.advance(15 * aDay)
    const after = await told()
    expect(await lastSubject()).not.toContain('set aside')
    await found(after.caseId, 'refuted', { isUnfounded: true })
    expect(await setAside(after.caseId, 31)).toMatchObject({ refusal: 'period_too_long' })
    expect(await setAside(after.caseId, 30)).toMatchObject({ ok: true })
  })
})

describe('contested by number and code', () => {
  test('another person looks again, and unless they say the same it is lifted at once', async () => {
    const decided = await aside()
    const one = await told()
    const before = await w.case(one.caseId)
    const opened = await readReport(w.app, key(decided))
    expect(opened).toMatchObject({ value: { measures: [{ kind: 'set-aside', lifted: null }] } })
    const contested = await contestReport(
      w.app,
      { ...key(decided), text: 'I did buy that one.' },
      null,
    )
    expect(contested).toMatchObject({ ok: true })
    const lena = await w.reviewer('Lena')
    await found(decided.caseId, 'undetermined', { by: lena })
    expect((await notices()).map(({ subject }) => subject)).toContain(
      'Your complaints are set aside no more',
    )
    const now = await w.case(one.caseId)
    expect(Math.round(((before?.dueAt.getTime() ?? 0) - (now?.dueAt.getTime() ?? 0)) / aDay)).toBe(
      14,
    )
    await weighed([one.id])
    expect(await counting()).toEqual([one.id])
    expect(await readReport(w.app, key(decided))).toMatchObject({
      value: { measures: [{ lifted: { byName: 'Lena' } }] },
    })
  })

  test('with the warning falls what rested on it, also where a clock carries out what a person found', async () => {
    Object.assign(w.app, { undoFor: 60_000 })
    const minute = async () => {
      w.advance(61_000)
      await w.fireDue()
    }
    const all = [await told(), await told(), await told()]
    for (const { caseId } of all) await found(caseId, 'refuted', { isUnfounded: true })
    await minute()
    const [warned] = all
    if (warned === undefined) throw new Error('nothing was told')
    expect(await act(warned.caseId)).toMatchObject({ ok: true })
    w.advance(60_000)
    const fourth = await unfounded()
    await minute()
    expect(await setAside(fourth.caseId)).toMatchObject({ ok: true })
    const waits = await told()
    const before = await w.case(waits.caseId)
    await contestReport(w.app, { ...key(warned), text: 'I did buy that one.' }, null)
    await found(warned.caseId, 'confirmed', { by: await w.reviewer('Lena') })
    await minute()
    const { measures } = await atDesk(fourth.caseId)
    expect(measures.map(({ kind, lifted }) => [kind, lifted?.byName])).toEqual([
      ['warning', 'Lena'],
      ['set-aside', 'Lena'],
    ])
    const after = await w.case(waits.caseId)
    expect(after?.dueAt.getTime()).toBeLessThan((before?.dueAt.getTime() ?? 0) - 13 * aDay)
  })

  test('who says the same again leaves it standing', async () => {
    const decided = await aside()
    await contestReport(w.app, { ...key(decided), text: 'I did buy that one.' }, null)
    const lena = await w.reviewer('Lena')
    await found(decided.caseId, 'refuted', { by: lena, isUnfounded: true })
    await told()
    expect(await lastSubject()).toContain('set aside until')
  })
})

const other: Complaint['reporter'] = {
  ...{ id: 'buyer-ana', kind: 'customer', name: null, address: null, traces: noTraces },
}

async function lifting(caseId: string) {
  const measure = (await atDesk(caseId)).measures.at(-1)
  return { caseId, measureId: measure?.id ?? '', reasons: 'The photos were not looked at.' }
}

/** As a weighing would say of complaints that look genuine. */
async function weighed(complaintIds: string[]) {
  await w.inside(async (tx) => {
    const weighing = { number: 1, engine: 'none', weights: {}, weighedAt: w.app.now(), tookMs: 0 }
    await insertWeighing(tx, { ...weighing, complaints: 1, counting: 1, rings: 0 })
    const score = { credibility: 0.8, counts: true, ringId: null, reasons: [] }
    await saveScores(
      tx,
      1,
      complaintIds.map((complaintId) => ({ complaintId, ...score })),
    )
  })
}

const counting = async () =>
  (await w.inside((tx) => complaintsAbout(tx, 'clay')))
    .filter(({ counts }) => counts)
    .map(({ complaintId }) => complaintId)
