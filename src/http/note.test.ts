/** Notes for colleagues: whatever a seller opens, reads or is sent, there is not a word of them in it. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDelivery } from '../delivery/carrier.ts'
import { devMailer } from '../delivery/mailer.ts'
import { problemOf, type Client } from '../contract/client.ts'
import { addStaff } from '../operations/staff.ts'
import { transact, type Wall } from '../store/db.ts'
import { secret, served, type Served } from '../../test/served.ts'

const words = 'Colleague-Words: he called twice and was rude.'

let s: Served
let ines: Client
let milan: Client
let sofia: Client
let caseId: string
let decisionId: string
let cookie: Record<string, string>
beforeAll(async () => {
  s = await served()
  const removed = await s.removedListing('l1', 'clay')
  decisionId = removed.decisionId
  cookie = await s.signIn('clay@sellers.example')
  ines = s.clientWith(cookie)
  milan = s.clientWith(await s.signIn((await s.reviewer('Milan')).email))
  const support = { email: 'sofia@marketplace.example', name: 'Sofia', desks: ['support'] }
  await addStaff(s.app, { ...support, roles: ['support'] })
  sofia = s.clientWith(await s.signIn(support.email))
  const appeal = await ines.seller.fileAppeal({
    objections: [{ decisionId, track: 'dispute', text: 'It is clay.' }],
  })
  caseId = appeal.id
})
afterAll(async () => s[Symbol.asyncDispose]())

const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => 'nothing was refused',
    (error: unknown) => problemOf(error)?.refusal ?? String(error),
  )

test('colleagues of every desk read it beside the case, with who wrote it', async () => {
  const written = await sofia.desk.writeNote({ caseId, text: words })
  expect(written.notes).toMatchObject([{ by: 'Sofia', text: words, caseNumber: null }])
  const read = await milan.desk.getCase({ caseId })
  expect(read.notes).toMatchObject([{ by: 'Sofia', text: words, takeBackUntil: null }])
  expect(read.allowed).toContain('note')
  expect(await refusalOf(sofia.desk.writeNote({ caseId, text: ' ' }))).toBe('note_missing')
  const long = 'x'.repeat(5_001)
  expect(await refusalOf(sofia.desk.writeNote({ caseId, text: long }))).toBe('invalid_request')
})

test('its author takes it back within a minute, a colleague never, and later nobody', async () => {
  const { notes } = await sofia.desk.writeNote({ caseId, text: 'On the wrong case.' })
  const mine = notes.at(-1)
  const noteId = mine?.id ?? ''
  expect(mine?.takeBackUntil).not.toBeNull()
  expect(await refusalOf(milan.desk.takeBackNote({ noteId }))).toBe('not_yours_to_undo')
  const taken = await sofia.desk.takeBackNote({ noteId })
  expect(taken.notes.at(-1)).toMatchObject({ id: noteId, text: null, takeBackUntil: null })
  const kept = await s.inside((tx) =>
    tx.selectFrom('notes').select('text').where('id', '=', noteId).executeTakeFirst(),
  )
  expect(kept?.text).toBeNull()
  s.advance(61_000)
  const [first] = taken.notes
  expect(await refusalOf(sofia.desk.takeBackNote({ noteId: first?.id ?? '' }))).toBe('note_stays')
})

test('neither page nor API nor export of the seller has a word of it', async () => {
  await milan.desk.takeCase({ caseId })
  await milan.desk.answerCase({ caseId, text: 'We look at it today.' })
  const link = s.clientWith({ 'x-recourse-link': s.linkTo({ sellerId: 'clay', caseId }) })
  const read = [
    await ines.seller.getHome(),
    await ines.seller.getCase({ caseId }),
    await ines.seller.getStatement({ decisionId }),
    await link.seller.getCase({ caseId }),
    await link.seller.getHome(),
  ]
  expect(JSON.stringify(read)).not.toContain('Colleague-Words')
  for (const path of ['/v1/export', `/statements/${decisionId}/print`]) {
    const answer = await fetch(s.url + path, { headers: cookie })
    const body = await answer.text()
    expect(answer.status, path).toBe(200)
    expect(body, path).toContain('Clay')
    expect(body, path).not.toContain('Colleague-Words')
  }
  expect(await refusalOf(ines.desk.getCase({ caseId }))).toBe('not_found')
  expect(await refusalOf(ines.desk.writeNote({ caseId, text: 'x' }))).toBe('not_found')
})

test('no mail and no event tells of it, and no webhook either', async () => {
  const delivery = startDelivery(s.app, {
    mailer: devMailer(s.app),
    connector: null,
    publicUrl: s.url,
    secret,
    everyMs: 20,
  })
  await delivery.idle()
  await delivery.stop()
  await s.inside(async (tx) => {
    const told = {
      mails: await tx.selectFrom('dev_mails').selectAll().execute(),
      notices: await tx.selectFrom('notices').selectAll().execute(),
      events: await tx.selectFrom('events').selectAll().execute(),
      hooks: await tx.selectFrom('webhook_deliveries').selectAll().execute(),
    }
    expect(told.mails.length).toBeGreaterThan(0)
    expect(told.events.some(({ kind }) => kind === 'case.informed')).toBe(true)
    expect(JSON.stringify(told)).not.toContain('Colleague-Words')
    expect(told.events.some(({ kind }) => kind.includes('note'))).toBe(false)
  })
})

test('behind the wall of a seller, a link, a claim or the marketplace there is no note at all', async () => {
  const walls: Wall[] = [
    { sellerId: 'clay' },
    { link: { sellerId: 'clay', decisionId: null, caseId } },
    { claimId: 'clm_1' },
    { marketplace: 'key' },
    { nobody: true },
    { entrance: true },
    { recovery: true },
    { staff: { id: 'guest', roles: [], desks: ['performance'] } },
  ]
  for (const wall of walls) {
    const rows = await transact(s.db, wall, (tx) => tx.selectFrom('notes').selectAll().execute())
    expect(rows, JSON.stringify(wall)).toEqual([])
  }
})

test('a note is appended: the database changes none, and writes none under another name', async () => {
  const wall = { staff: { id: 'stf_other', roles: ['reviewer'], desks: ['performance'] } }
  const change = transact(s.db, wall, (tx) =>
    sql`update notes set text = null, taken_back_at = now()`.execute(tx),
  )
  expect((await change).numAffectedRows).toBe(0n)
  await expect(
    transact(s.db, wall, (tx) => sql`update notes set by_id = 'stf_other'`.execute(tx)),
  ).rejects.toThrow('permission denied')
  await expect(
    transact(s.db, wall, (tx) =>
      sql`insert into notes (id, case_id, by_id, at, text) select 'n', ${caseId}, by_id, now(), 'x' from notes limit 1`.execute(
        tx,
      ),
    ),
  ).rejects.toThrow('row-level security')
})

test('what was noted on a question is read in the appeal that it became', async () => {
  const other = await s.removedListing('l2', 'clay')
  const { id } = await ines.seller.askQuestion({ text: 'Why is the second one off sale?' })
  await sofia.desk.takeCase({ caseId: id })
  const question = await sofia.desk.writeNote({
    caseId: id,
    text: 'Sounds like a mistake of ours.',
  })
  const turned = await sofia.desk.turnIntoAppeal({ caseId: id, decisionId: other.decisionId })
  const appeal = await milan.desk.getCase({ caseId: turned.joinedTo?.caseId ?? '' })
  expect(appeal.notes).toMatchObject([
    { text: 'Sounds like a mistake of ours.', caseNumber: question.number },
  ])
})

test('two who have the same case open hear of each other, and of who writes', async () => {
  const looking = { caseId, doing: 'looking' } as const
  expect(await milan.desk.showPresence(looking)).toEqual({ others: [] })
  expect(await sofia.desk.showPresence({ caseId, doing: 'writing' })).toEqual({
    others: [{ name: 'Milan', isWriting: false }],
  })
  expect(await milan.desk.showPresence(looking)).toEqual({
    others: [{ name: 'Sofia', isWriting: true }],
  })
  await sofia.desk.showPresence({ caseId, doing: 'gone' })
  expect(await milan.desk.showPresence(looking)).toEqual({ others: [] })
  // Whose page was shut without a word is gone after some seconds.
  await sofia.desk.showPresence(looking)
  s.advance(11_000)
  expect(await milan.desk.showPresence(looking)).toEqual({ others: [] })
  expect(await refusalOf(milan.desk.showPresence({ ...looking, caseId: 'cas_none' }))).toBe(
    'not_found',
  )
})
