/** Members over real sockets: what each may do, what bites at once, and what the database holds alone. */
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { served, type Served } from '../../test/served.ts'
import { problemOf, type Client } from '../contract/client.ts'
import { freshFor } from '../core/factor.ts'
import { addStaff } from '../operations/staff.ts'
import { transact, type Wall } from '../store/db.ts'

let s: Served
let count = 0

beforeAll(async () => {
  s = await served()
})
afterAll(async () => {
  await s?.[Symbol.asyncDispose]()
})

const refusalOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => problemOf(error)?.refusal,
  )

type Part = Parameters<Client['members']['invite']>[0]['part']

/** The day so many days from now, as the form gives it. */
const dayIn = (days: number) =>
  new Date(s.app.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
const representing = (
  change: Partial<Extract<Part, { role: 'representative' }>> = {},
): Extract<Part, { role: 'representative' }> => ({
  role: 'representative',
  matters: null,
  mayWrite: true,
  lastDay: dayIn(10),
  ...change,
})

/** A seller with two contested measures, its owner signed in. */
async function shop() {
  const id = `shop${++count}`
  const [one, two] = [
    await s.removedListing(`l${++count}`, id),
    await s.removedListing(`l${++count}`, id),
  ]
  const email = `${id}@sellers.example`
  const owner = s.clientWith(await s.signIn(email))
  const contest = async (decisionId: string) =>
    (
      await owner.seller.fileAppeal({
        objections: [{ decisionId, track: 'dispute', text: 'Clay.' }],
      })
    ).id
  return {
    id,
    email,
    owner,
    one: { ...one, caseId: await contest(one.decisionId) },
    two: { ...two, caseId: await contest(two.decisionId) },
  }
}

/** Somebody whom the owner let in, and who signed in by the mail to their own mailbox. */
async function letIn(owner: Client, part: Part, email = `jo${++count}@law.example`) {
  const { id } = await owner.members.invite({ email, name: 'Jo Lind', part })
  const headers = await s.signIn(email)
  return { id, email, headers, client: s.clientWith(headers) }
}

const mailsAbout = (sellerId: string, kind: 'member' | 'invited') =>
  s.inside((tx) =>
    tx
      .selectFrom('notices')
      .selectAll()
      .where('seller_id', '=', sellerId)
      .where('kind', '=', kind)
      .orderBy('created_at')
      .execute(),
  )

describe('an owner lets somebody in', () => {
  test('by a mail that lets nobody in, and everybody whom the account is known by is told', async () => {
    const { id, owner, email } = await shop()
    const jo = await letIn(owner, representing())
    const [invited, ...more] = await mailsAbout(id, 'invited')
    expect(more).toEqual([])
    expect(invited).toMatchObject({ address: jo.email, body: { link: { page: '/sign-in' } } })
    const [told] = await mailsAbout(id, 'member')
    expect(told).toMatchObject({ address: null, body: { link: { page: '/recovery' } } })
    expect(told?.subject).toMatch(/^Jo Lind may now act for shop/)
    expect(JSON.stringify(told?.body)).toContain(email)
    expect((await jo.client.session.getMe()).me).toMatchObject({
      kind: 'seller',
      role: 'representative',
      name: 'Jo Lind',
      sellerId: id,
      isNamed: false,
      allowed: ['write', 'ask'],
    })
    const { members, history, owners } = await owner.members.list()
    expect(owners).toEqual([email])
    expect(members).toMatchObject([{ id: jo.id, isOver: false, part: { lastDay: dayIn(10) } }])
    expect(history).toMatchObject([{ kind: 'member.invited', by: email, before: null }])
  })

  test('with a fresh proof, once, and nobody who is there already or works for the marketplace', async () => {
    const { owner, email } = await shop()
    const jo = await letIn(owner, { role: 'staff' })
    const invite = (to: string) =>
      refusalOf(owner.members.invite({ email: to, name: 'Jo', part: { role: 'staff' } }))
    expect(await invite(jo.email.toUpperCase())).toBe('member_known')
    expect(await invite(email)).toBe('member_is_owner')
    const colleague = `c${++count}@marketplace.example`
    await addStaff(s.app, { email: colleague, name: 'C', roles: ['reviewer'], desks: [] })
    expect(await invite(colleague)).toBe('address_of_marketplace')
    await s.owner(
      `update auth.session set "provedAt" = $1
       where "userId" = (select id from auth."user" where email = $2)`,
      [new Date(Date.now() - freshFor - 1_000), email],
    )
    expect(await invite('x@law.example')).toBe('proof_needed')
    const same = { memberId: jo.id }
    expect(await refusalOf(owner.members.remove(same))).toBe('proof_needed')
    expect(
      await refusalOf(owner.members.change({ ...same, name: 'Jo', part: { role: 'staff' } })),
    ).toBe('proof_needed')
  })

  test('whose address no administrator can invite to work at the marketplace then', async () => {
    const { owner } = await shop()
    const jo = await letIn(owner, { role: 'staff' })
    const admin = `admin${++count}@marketplace.example`
    await addStaff(s.app, { email: admin, name: 'A', roles: ['administrator'], desks: [] })
    const ada = s.clientWith(await s.signIn(admin))
    const draft = { email: jo.email, name: 'Jo', roles: ['reviewer' as const], desks: [] }
    expect(await refusalOf(ada.people.invite(draft))).toBe('address_of_seller')
  })

  test('in matters of the account alone, by a day that there is', async () => {
    const { owner } = await shop()
    const other = await shop()
    const invite = (part: Part) =>
      refusalOf(owner.members.invite({ email: `a${++count}@law.example`, name: 'A', part }))
    const matters = { decisions: [other.one.decisionId], cases: [] }
    expect(await invite(representing({ matters }))).toBe('not_found')
    expect(
      await invite(representing({ matters: { decisions: [], cases: [other.one.caseId] } })),
    ).toBe('not_found')
    expect(await invite(representing({ lastDay: dayIn(-1) }))).toBe('member_end_invalid')
    expect(await invite(representing({ lastDay: dayIn(367) }))).toBe('member_end_invalid')
  })
})

describe('a representative of one case', () => {
  test('reads and writes in it by their name, and of the rest there is nothing', async () => {
    const { owner, one, two } = await shop()
    const jo = await letIn(owner, representing({ matters: { decisions: [], cases: [one.caseId] } }))
    const { measures, cases } = await jo.client.seller.getHome()
    expect(measures.map(({ decisionId }) => decisionId)).toEqual([one.decisionId])
    expect(cases.map(({ id }) => id)).toEqual([one.caseId])
    await jo.client.seller.writeInCase({ caseId: one.caseId, text: 'I write for them.' })
    const wordsFor = async (client: Client) =>
      (await client.seller.getCase({ caseId: one.caseId })).thread.map(({ words }) => words)
    expect(await wordsFor(owner)).toContain('Jo Lind, representative, wrote.')
    expect(await wordsFor(jo.client)).toEqual(
      expect.arrayContaining(['You wrote.', expect.stringMatching(/^The owner appealed/)]),
    )
    const rui = await s.reviewer(`Rui${++count}`)
    const desk = s.clientWith(await s.signIn(rui.email))
    const { thread } = await desk.desk.getCase({ caseId: one.caseId })
    expect(thread.map(({ words }) => words)).toContain(
      'Jo Lind, representative of the seller, wrote.',
    )
    const out = { caseId: two.caseId }
    expect(await refusalOf(jo.client.seller.getCase(out))).toBe('not_found')
    expect(await refusalOf(jo.client.seller.writeInCase({ ...out, text: 'Me too.' }))).toBe(
      'not_found',
    )
    expect(await refusalOf(jo.client.seller.getStatement({ decisionId: two.decisionId }))).toBe(
      'not_found',
    )
    expect(await refusalOf(jo.client.seller.askQuestion({ text: 'A new one?' }))).toBe(
      'named_matters_only',
    )
    expect(await refusalOf(jo.client.seller.getBelongings())).toBe('not_allowed')
    expect(await refusalOf(jo.client.members.list())).toBe('not_allowed')
  })

  test('who was let in to read does nothing else', async () => {
    const { owner, one } = await shop()
    const jo = await letIn(owner, representing({ mayWrite: false }))
    const { allowed } = await jo.client.seller.getCase({ caseId: one.caseId })
    expect(allowed).toEqual([])
    expect(await refusalOf(jo.client.seller.writeInCase({ caseId: one.caseId, text: 'No.' }))).toBe(
      'reads_only',
    )
    expect(await refusalOf(jo.client.seller.askQuestion({ text: 'May I?' }))).toBe('reads_only')
  })

  test('lets no time of the seller’s begin by reading', async () => {
    const { id, owner } = await shop()
    const jo = await letIn(owner, representing())
    const { decisionId } = await s.removedListing(`l${++count}`, id)
    const informedAt = async () =>
      (
        await s.inside((tx) =>
          tx
            .selectFrom('statements')
            .select('informed_at')
            .where('decision_id', '=', decisionId)
            .executeTakeFirstOrThrow(),
        )
      ).informed_at
    await jo.client.seller.getStatement({ decisionId })
    expect(await informedAt()).toBeNull()
    await owner.seller.getStatement({ decisionId })
    expect(await informedAt()).not.toBeNull()
  })

  test('is nobody there after the last day, and the next request says so', async () => {
    const { owner, one } = await shop()
    const jo = await letIn(owner, representing({ lastDay: dayIn(1) }))
    await jo.client.seller.getHome()
    s.advance(3 * 86_400_000)
    const text = 'Too late.'
    expect(await refusalOf(jo.client.seller.writeInCase({ caseId: one.caseId, text }))).toBe(
      'acting_ended',
    )
    expect(await refusalOf(jo.client.session.getMe())).toBe('acting_ended')
    const [over] = (await owner.members.list()).members
    expect(over).toMatchObject({ id: jo.id, isOver: true })
    const change = { memberId: jo.id, name: 'Jo Lind', part: representing() }
    await owner.members.change(change)
    await jo.client.seller.writeInCase({ caseId: one.caseId, text: 'In time again.' })
  })
})

test('staff of a seller do all but decide who else acts and take the whole file', async () => {
  const { owner, one } = await shop()
  const jo = await letIn(owner, { role: 'staff' })
  expect((await jo.client.session.getMe()).me).toMatchObject({
    role: 'staff',
    allowed: ['write', 'ask', 'see_belongings', 'see_members'],
  })
  await jo.client.seller.writeInCase({ caseId: one.caseId, text: 'From the shop.' })
  await jo.client.seller.getBelongings()
  expect((await jo.client.members.list()).mayChange).toBe(false)
  const part = { role: 'staff' } as const
  expect(
    await refusalOf(jo.client.members.invite({ email: 'b@law.example', name: 'B', part })),
  ).toBe('not_allowed')
  expect(await refusalOf(jo.client.members.remove({ memberId: jo.id }))).toBe('not_allowed')
  const file = await fetch(`${s.url}/v1/export`, { headers: jo.headers })
  expect(file.status).toBe(403)
})

describe('who acts for several sellers', () => {
  test('chooses, and once removed from the chosen one writes for no other by mistake', async () => {
    const [first, second] = [await shop(), await shop()]
    const jo = await letIn(first.owner, representing())
    await second.owner.members.invite({ email: jo.email, name: 'Jo Lind', part: representing() })
    const me = await jo.client.session.getMe()
    expect(me.me).toMatchObject({ isChosen: false, others: [{ id: expect.any(String) }] })
    const as = (id: string) =>
      s.clientWith({ ...jo.headers, cookie: `${jo.headers.cookie}; recourse_seller=${id}` })
    expect((await as(first.id).session.getMe()).me).toMatchObject({
      sellerId: first.id,
      isChosen: true,
    })
    await first.owner.members.remove({ memberId: jo.id })
    expect(await refusalOf(as(first.id).seller.askQuestion({ text: 'For the first.' }))).toBe(
      'acting_ended',
    )
    expect((await as(second.id).session.getMe()).me).toMatchObject({ sellerId: second.id })
    const removed = (await first.owner.members.list()).left
    expect(removed).toMatchObject([{ id: jo.id }])
    // What let them in before lets them in again only as somebody new.
    expect(
      await refusalOf(
        first.owner.members.change({ memberId: jo.id, name: 'Jo', part: representing() }),
      ),
    ).toBe('not_found')
    const again = await first.owner.members.invite({
      email: jo.email,
      name: 'Jo Lind',
      part: representing(),
    })
    expect(again.id).not.toBe(jo.id)
  })
})

test('a file of the seller opens for who may read it, until they are removed', async () => {
  const { owner, one } = await shop()
  const jo = await letIn(
    owner,
    representing({ matters: { decisions: [one.decisionId], cases: [] } }),
  )
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const form = new FormData()
  form.set('file', new Blob([png], { type: 'image/png' }), 'mask.png')
  const sent = await fetch(`${s.url}/v1/files`, { method: 'POST', headers: jo.headers, body: form })
  const { id: fileId } = (await sent.json()) as { id: string }
  await jo.client.seller.writeInCase({ caseId: one.caseId, text: 'See.', fileIds: [fileId] })
  const { address } = await jo.client.seller.readFile({ fileId })
  const open = () =>
    new Promise<number>((resolve, reject) => {
      const { host, pathname } = new URL(address)
      const call = request(`${s.url}${pathname}`, { headers: { host } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
      call.on('error', reject)
      call.end()
    })
  expect(await open()).toBe(200)
  await owner.members.remove({ memberId: jo.id })
  expect(await refusalOf(jo.client.seller.readFile({ fileId }))).toBe('acting_ended')
  expect(await open()).not.toBe(200)
})

describe('the database alone', () => {
  const behind = (id: string, sellerId: string): Wall => ({
    member: { id, sellerId },
    at: s.app.now(),
  })
  const seen = (wall: Wall) =>
    transact(s.app.db, wall, async (tx) => ({
      cases: (await tx.selectFrom('cases').select('id').execute()).map(({ id }) => id),
      decisions: (await tx.selectFrom('decisions').select('id').execute()).map(({ id }) => id),
      contacts: (await tx.selectFrom('contacts').select('id').execute()).length,
      members: (await tx.selectFrom('members').select('id').execute()).length,
    }))
  const error = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (e: unknown) => String(e),
    )

  test('shows a representative the matters that were named, staff the account, and the removed nothing', async () => {
    const { id, owner, one, two } = await shop()
    const named = await letIn(
      owner,
      representing({ matters: { decisions: [], cases: [one.caseId] } }),
    )
    const whole = await letIn(owner, representing())
    const staff = await letIn(owner, { role: 'staff' })
    expect(await seen(behind(named.id, id))).toEqual({
      cases: [one.caseId],
      decisions: [one.decisionId],
      contacts: 0,
      members: 0,
    })
    const all = [one.caseId, two.caseId].sort()
    expect((await seen(behind(whole.id, id))).cases.sort()).toEqual(all)
    expect(await seen(behind(whole.id, id))).toMatchObject({ contacts: 0, members: 0 })
    expect(await seen(behind(staff.id, id))).toMatchObject({ contacts: 1, members: 3 })
    // A member of one seller is nobody at another, whatever is asked for.
    const other = await shop()
    const nothing = { cases: [], decisions: [], contacts: 0, members: 0 }
    expect(await seen(behind(staff.id, other.id))).toEqual(nothing)
    await owner.members.remove({ memberId: whole.id })
    expect(await seen(behind(whole.id, id))).toEqual(nothing)
    s.advance(12 * 86_400_000)
    expect(await seen(behind(named.id, id))).toEqual(nothing)
  })

  test('lets no member write members, nobody who reads write anything, and nobody removed come back', async () => {
    const { id, owner, one } = await shop()
    const staff = await letIn(owner, { role: 'staff' })
    const reads = await letIn(owner, representing({ mayWrite: false }))
    const row = {
      id: `mbr_${++count}`,
      seller_id: id,
      email: 'x@law.example',
      name: 'X',
      role: 'staff' as const,
      decisions: null,
      cases: null,
      may_write: true,
      until: null,
      added_at: s.app.now(),
      removed_at: null,
    }
    expect(
      await error(
        transact(s.app.db, behind(staff.id, id), (tx) =>
          tx.insertInto('members').values(row).execute(),
        ),
      ),
    ).toMatch(/row-level security/)
    const grown = await transact(s.app.db, behind(reads.id, id), (tx) =>
      tx.updateTable('members').set({ may_write: true }).where('id', '=', reads.id).execute(),
    )
    expect(grown[0]?.numUpdatedRows).toBe(0n)
    expect(
      await error(
        transact(s.app.db, behind(reads.id, id), (tx) =>
          tx
            .insertInto('events')
            .values({
              at: s.app.now(),
              kind: 'case.written',
              seller_id: id,
              case_id: one.caseId,
              decision_id: null,
              by: reads.id,
              detail: '{}',
            })
            .execute(),
        ),
      ),
    ).toMatch(/row-level security/)
    await owner.members.remove({ memberId: reads.id })
    expect(
      await error(
        transact(s.app.db, { sellerId: id }, (tx) =>
          tx.updateTable('members').set({ removed_at: null }).where('id', '=', reads.id).execute(),
        ),
      ),
    ).toMatch(/who was removed stays/)
  })
})
