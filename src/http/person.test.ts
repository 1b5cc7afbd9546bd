/** People over real sockets: who may manage them, what bites at once, and what the database holds alone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { served, type Served } from '../../test/served.ts'
import { problemOf, type Client } from '../contract/client.ts'
import type { Role } from '../core/role.ts'
import { addStaff } from '../operations/staff.ts'
import { transact, type Wall } from '../store/db.ts'
import { freshFor } from '../core/factor.ts'
import { forgetFactors, insertPasskey } from '../store/factor.ts'
import { updateStaff } from '../store/staff.ts'

let s: Served
let count = 0

beforeAll(async () => {
  s = await served()
})
afterAll(async () => {
  await s?.[Symbol.asyncDispose]()
})

interface Colleague {
  id: string
  email: string
  client: Client
  headers: { cookie: string; origin: string }
}

/** Somebody who works here and signed in just now. */
async function colleague(roles: Role[], desks: string[] = []): Promise<Colleague> {
  const email = `person${++count}@marketplace.example`
  const { id } = await addStaff(s.app, { email, name: `Person ${count}`, roles, desks })
  const headers = await s.signIn(email)
  return { id, email, headers, client: s.clientWith(headers) }
}

const refusalOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => problemOf(error)?.refusal,
  )
const draft = (change: Partial<{ email: string; roles: Role[]; desks: string[] }> = {}) => ({
  email: `guest${++count}@marketplace.example`,
  name: 'Guest',
  roles: ['reviewer' as Role],
  desks: ['performance'],
  ...change,
})

/** As if they had last proved who they are too long ago. */
async function makeStale(email: string): Promise<void> {
  await s.owner(
    `update auth.session set "provedAt" = $1
     where "userId" = (select id from auth."user" where email = $2)`,
    [new Date(Date.now() - freshFor - 1_000), email],
  )
}

describe('people are managed by administrators', () => {
  test('and seen by auditors, who change nothing', async () => {
    const auditor = await colleague(['auditor'])
    const { people, mayChange } = await auditor.client.people.list()
    expect(mayChange).toBe(false)
    expect(people.find(({ isMe }) => isMe)).toMatchObject({
      email: auditor.email,
      hasPasskey: false,
      signedInAt: expect.any(String),
    })
    expect(await refusalOf(auditor.client.people.invite(draft()))).toBe('not_allowed')
  })

  test('and to everybody else they do not exist', async () => {
    const reviewer = await colleague(['reviewer'], ['performance'])
    expect(await refusalOf(reviewer.client.people.list())).toBe('not_allowed')
    expect(await refusalOf(reviewer.client.people.invite(draft()))).toBe('not_allowed')
    expect(await refusalOf(s.marketplace.people.list())).toBe('not_found')
    expect(await refusalOf(s.nobody.people.list())).toBe('not_signed_in')
  })

  test('who showed lately that it is them', async () => {
    const ada = await colleague(['administrator'])
    await makeStale(ada.email)
    const { id } = await colleague(['reviewer'], ['performance'])
    expect(await refusalOf(ada.client.people.invite(draft()))).toBe('proof_needed')
    expect(await refusalOf(ada.client.people.change({ personId: id, roles: ['legal'] }))).toBe(
      'proof_needed',
    )
    expect(await refusalOf(ada.client.people.remove({ personId: id, reason: 'gone' }))).toBe(
      'proof_needed',
    )
    const { people } = await ada.client.people.list()
    expect(people.find((person) => person.id === id)).toMatchObject({ roles: ['reviewer'] })
  })
})

describe('an invitation', () => {
  test('is one mail without any secret, and whoever reads the mailbox comes in', async () => {
    const ada = await colleague(['administrator'])
    const guest = draft()
    const { id } = await ada.client.people.invite(guest)
    const [notice, ...more] = await s.inside((tx) =>
      tx.selectFrom('notices').selectAll().where('address', '=', guest.email).execute(),
    )
    expect(more).toEqual([])
    expect(notice).toMatchObject({
      kind: 'invited',
      seller_id: null,
      body: { link: { page: '/sign-in', decisionId: null, caseId: null } },
    })
    expect(notice?.subject).toMatch(/^Person \d+ invites you to work at The Bazaar$/)
    const before = (await ada.client.people.list()).people.find((person) => person.id === id)
    expect(before).toMatchObject({ signedInAt: null, hasPasskey: false })
    const client = s.clientWith(await s.signIn(guest.email))
    expect((await client.session.getMe()).me).toMatchObject({ kind: 'staff', id })
    const after = (await ada.client.people.list()).people.find((person) => person.id === id)
    expect(after?.signedInAt).not.toBeNull()
  })

  test('of somebody who is here, or who acts for a seller, is refused', async () => {
    const ada = await colleague(['administrator'])
    const { email } = await colleague(['legal'], ['legal'])
    expect(await refusalOf(ada.client.people.invite(draft({ email: email.toUpperCase() })))).toBe(
      'person_known',
    )
    await s.seller('clay')
    expect(
      await refusalOf(ada.client.people.invite(draft({ email: 'clay@sellers.example' }))),
    ).toBe('address_of_seller')
  })
})

describe('what is taken from somebody', () => {
  test('bites on their next request, ends their sessions, and puts what they hold back', async () => {
    const ada = await colleague(['administrator'])
    const rui = await colleague(['reviewer'], ['performance'])
    const { seller, decisionId } = await s.removedListing(`l${++count}`, `shop${count}`)
    const own = s.clientWith({
      'x-recourse-link': s.linkTo({ sellerId: seller.sellerId, decisionId }),
    })
    const { id: caseId } = await own.seller.fileAppeal({
      objections: [{ decisionId, track: 'dispute', text: 'It is clay.' }],
    })
    await rui.client.desk.takeCase({ caseId })
    const before = await s.case(caseId)
    expect(before.heldBy).toBe(rui.id)
    await ada.client.people.remove({ personId: rui.id, reason: 'Left the house.' })
    expect(await refusalOf(rui.client.desk.answerCase({ caseId, text: 'Hello' }))).toBe(
      'not_signed_in',
    )
    const after = await s.case(caseId)
    expect(after).toEqual({ ...before, heldBy: null, heldUntil: null })
    const { left, history, people } = await ada.client.people.list()
    expect(left).toEqual(expect.arrayContaining([expect.objectContaining({ id: rui.id })]))
    expect(people.map(({ id }) => id)).not.toContain(rui.id)
    expect(history[0]).toMatchObject({
      kind: 'person.removed',
      reason: 'Left the house.',
      before: { roles: ['reviewer'] },
      after: null,
    })
    // A link to the mailbox opens nothing any more, and says no more than to a stranger.
    await fetch(`${s.url}/api/auth/sign-in/magic-link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: s.url },
      body: JSON.stringify({ email: rui.email, callbackURL: '/' }),
    }).then((answer) => expect(answer.status).toBe(200))
    expect(s.mails.filter(({ address }) => address === rui.email)).toHaveLength(1)
  })

  test('by a session that nobody ended, too', async () => {
    const rui = await colleague(['reviewer'], ['performance'])
    await s.inside((tx) =>
      tx.updateTable('staff').set({ removed_at: s.app.now() }).where('id', '=', rui.id).execute(),
    )
    expect(await refusalOf(rui.client.desk.getQueue({}))).toBe('not_signed_in')
  })

  test('a desk with what they hold there; what they hold elsewhere stays with them', async () => {
    const ada = await colleague(['administrator'])
    const rui = await colleague(['reviewer'], ['performance'])
    const { seller, decisionId } = await s.removedListing(`l${++count}`, `shop${count}`)
    const own = s.clientWith({
      'x-recourse-link': s.linkTo({ sellerId: seller.sellerId, decisionId }),
    })
    const { id: caseId } = await own.seller.fileAppeal({
      objections: [{ decisionId, track: 'dispute', text: 'It is clay.' }],
    })
    await rui.client.desk.takeCase({ caseId })
    await ada.client.people.change({ personId: rui.id, desks: ['performance', 'safety'] })
    expect((await s.case(caseId)).heldBy).toBe(rui.id)
    await ada.client.people.change({ personId: rui.id, desks: ['safety'] })
    expect((await s.case(caseId)).heldBy).toBeNull()
    // Their sessions ended with the first change; the address still opens what is left.
    expect(await refusalOf(rui.client.desk.getQueue({}))).toBe('not_signed_in')
    const again = s.clientWith(await s.signIn(rui.email))
    expect((await again.desk.getQueue({})).desks.map(({ name }) => name)).toEqual(['safety'])
  })
})

describe('who lost their passkey', () => {
  const keyed = async (person: Colleague) => {
    const passkey = {
      id: `pky_${person.id}`,
      address: person.email,
      credentialId: `credential of ${person.id}`,
      publicKey: new Uint8Array([1]),
      signCount: 0,
      transports: [],
      name: 'Telephone',
      addedAt: s.app.now(),
    }
    await s.inside((tx) => insertPasskey(tx, passkey))
  }
  const askForLink = (email: string) =>
    fetch(`${s.url}/api/auth/sign-in/magic-link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: s.url },
      body: JSON.stringify({ email, callbackURL: '/' }),
    })
  const opens = (email: string) => s.mails.findLast(({ address }) => address === email)?.opens

  test('is let in by a link once an administrator lets them enrol anew, and it is on record', async () => {
    const ada = await colleague(['administrator'])
    const rui = await colleague(['reviewer'], ['performance'])
    await keyed(rui)
    await askForLink(rui.email)
    expect(opens(rui.email)).toBe(false)
    await ada.client.people.letEnrolAnew({ personId: rui.id })
    // What was open is shut: whoever has the lost key may have the session, too.
    expect(await refusalOf(rui.client.desk.getQueue({}))).toBe('not_signed_in')
    const again = s.clientWith(await s.signIn(rui.email))
    expect((await again.session.getMe()).me).toMatchObject({ kind: 'staff', id: rui.id })
    const { people, history } = await ada.client.people.list()
    expect(people.find(({ id }) => id === rui.id)).toMatchObject({ hasPasskey: false })
    expect(history[0]).toMatchObject({ kind: 'person.enrolled', name: expect.any(String) })
    const [told] = await s.inside((tx) =>
      tx.selectFrom('notices').selectAll().where('address', '=', rui.email).execute(),
    )
    expect(told?.subject).toMatch(/lets you set up your sign-in .* anew$/)
  })

  test('is another than the administrator, who shows first that it is them', async () => {
    const ada = await colleague(['administrator'])
    const rui = await colleague(['reviewer'], ['performance'])
    const anew = (personId: string) => refusalOf(ada.client.people.letEnrolAnew({ personId }))
    expect(await anew(ada.id)).toBe('own_factors')
    await makeStale(ada.email)
    expect(await anew(rui.id)).toBe('proof_needed')
    expect(await refusalOf(rui.client.people.letEnrolAnew({ personId: ada.id }))).toBe(
      'not_allowed',
    )
  })

  test('and the database alone forgets nothing for anybody else', async () => {
    const rui = await colleague(['reviewer'], ['performance'])
    await keyed(rui)
    const wall = (id: string, roles: string[]): Wall => ({ staff: { id, roles, desks: [] } })
    for (const [id, roles] of [
      ['stf_other', ['reviewer', 'auditor']],
      [rui.id, ['administrator']],
    ] as const)
      await expect(
        transact(s.app.db, wall(id, [...roles]), (tx) => forgetFactors(tx, rui.id)),
      ).rejects.toThrow(/for administrators to forget/)
  })
})

test('nobody gives themselves roles; one’s own session goes on when one gives some up', async () => {
  const ada = await colleague(['administrator', 'policy-manager'])
  const own = { personId: ada.id }
  expect(
    await refusalOf(ada.client.people.change({ ...own, roles: ['administrator', 'legal'] })),
  ).toBe('own_roles')
  await ada.client.people.change({ ...own, roles: ['administrator'] })
  expect((await ada.client.people.list()).people.find(({ isMe }) => isMe)?.roles).toEqual([
    'administrator',
  ])
})

describe('the database alone', () => {
  const behind = (person: Colleague, roles: string[]): Wall => ({
    staff: { id: person.id, roles, desks: [] },
  })
  const facts = { name: 'Taken over', desks: [], removedAt: null }
  const error = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (e: unknown) => String(e),
    )

  test('lets nobody but administrators write people', async () => {
    const rui = await colleague(['reviewer'], ['performance'])
    for (const role of ['support', 'reviewer', 'policy-manager', 'auditor', 'legal'])
      await transact(s.app.db, behind(rui, [role]), (tx) =>
        updateStaff(tx, { ...facts, id: rui.id, email: rui.email, roles: ['administrator'] }),
      )
    const kept = await s.inside((tx) =>
      tx.selectFrom('staff').selectAll().where('id', '=', rui.id).executeTakeFirstOrThrow(),
    )
    expect(kept).toMatchObject({ roles: ['reviewer'], removed_at: null })
  })

  test('lets no administrator give themselves a role, or who has left come back', async () => {
    const ada = await colleague(['administrator'])
    const wall = behind(ada, ['administrator'])
    const more = { ...facts, id: ada.id, email: ada.email, roles: ['administrator', 'legal'] }
    expect(await error(transact(s.app.db, wall, (tx) => updateStaff(tx, more)))).toMatch(
      /nobody gives themselves/,
    )
    const gone = await colleague(['legal'], ['legal'])
    await ada.client.people.remove({ personId: gone.id, reason: 'gone' })
    const back = { ...facts, id: gone.id, email: gone.email, roles: ['legal'] }
    expect(await error(transact(s.app.db, wall, (tx) => updateStaff(tx, back)))).toMatch(
      /who has left/,
    )
  })

  test('keeps the last administrator, also of two who remove each other at once', async () => {
    const [ada, bea] = [await colleague(['administrator']), await colleague(['administrator'])]
    await s.inside((tx) =>
      tx
        .updateTable('staff')
        .set({ removed_at: s.app.now() })
        .where('id', 'not in', [ada.id, bea.id])
        .where('removed_at', 'is', null)
        .execute(),
    )
    const drop = (by: Colleague, whom: Colleague) =>
      error(
        transact(s.app.db, behind(by, ['administrator']), (tx) =>
          updateStaff(tx, {
            ...facts,
            id: whom.id,
            email: whom.email,
            roles: ['administrator'],
            removedAt: s.app.now(),
          }),
        ),
      )
    const both = await Promise.all([drop(ada, bea), drop(bea, ada)])
    expect(both.filter((one) => one === null)).toHaveLength(1)
    expect(both.filter((one) => one?.includes('last administrator'))).toHaveLength(1)
  })

  test('shows what happened to people to nobody but administrators and auditors', async () => {
    const eve = await colleague(['reviewer'], ['performance'])
    const seen = (roles: string[]) =>
      transact(s.app.db, behind(eve, roles), (tx) =>
        tx.selectFrom('events').select('id').where('kind', 'like', 'person.%').execute(),
      )
    expect(await seen(['reviewer', 'support', 'legal', 'policy-manager'])).toEqual([])
    expect((await seen(['auditor'])).length).toBeGreaterThan(0)
  })
})
