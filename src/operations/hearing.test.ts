/** Who hears of a case and who sees whether it arrived: contacts, members who chose to, and the rest once nobody can be reached. */
import { expect, test } from 'vitest'
import { surroundings, type Surroundings } from '../../test/surroundings.ts'
import { marketplace, world } from '../../test/world.ts'
import { later } from '../core/calendar.ts'
import type { ReadMail } from '../core/mail.ts'
import type { MemberPart } from '../core/member.ts'
import { sendingState } from '../core/sending.ts'
import { say } from '../core/words/say.ts'
import { insertMember } from '../store/member.ts'
import { insertNotice } from '../store/notice.ts'
import { tellContacts } from './fact.ts'
import { markUndelivered } from './mail-bounce.ts'
import { setHearing } from './settings.ts'
import { readStatement } from './statement.ts'
import type { SellerReader, StaffReader } from './who.ts'

const aMonth = 30 * 86_400_000

async function member(
  s: Surroundings,
  id: string,
  part: MemberPart = { role: 'staff' },
): Promise<SellerReader> {
  const email = `${id}@helpers.example`
  const facts = { id, sellerId: 'clay', email, name: id, part, removedAt: null }
  await s.w.inside((tx) => insertMember(tx, facts, s.w.app.now()))
  return { kind: 'seller', sellerId: 'clay', by: id, member: { id, name: id, part }, matter: null }
}

/** The mail server gives a notice back that it took before. */
const bounce = (s: Surroundings, noticeId: string, ...addresses: string[]) =>
  s.w.inside((tx) =>
    markUndelivered(s.w.app, tx, {
      noticeIds: [noticeId],
      // All that is read of a bounce here.
      mail: {
        report: { recipients: addresses.map((address) => ({ address, status: '5.1.1' })) },
        headers: {},
        subject: 'Undelivered mail to clay@sellers.example',
      } as unknown as ReadMail,
    }),
  )

const arrivedAt = (s: Surroundings, address: string) =>
  s.post.arrived.flatMap(({ to, mail }) => (to === address ? [mail] : []))

test('the seller and the desk see at which address a notice arrived, and why not at another; addresses are masked but for the desks', async () => {
  await using s = await surroundings()
  const seller = await s.w.seller('clay')
  for (const [id, codes] of [
    ['gone', [550]],
    ['full', [451, 451, 451]],
  ] as const) {
    const address = `${id}@sellers.example`
    const told = { verifiedAt: null, removedAt: null, factAt: null }
    await tellContacts(s.w.app, marketplace, [{ id, sellerId: 'clay', address, ...told }])
    const words = `no room for ${address} here`
    s.post.refuse(address, ...codes.map((code) => ({ code, words })))
  }
  const { decisionId } = await s.w.removedListing()
  const delivery = s.carry()
  await delivery.idle()
  await delivery.stop()

  const seen = async (who: SellerReader | StaffReader) => {
    const read = await readStatement(s.w.app, who, decisionId)
    if (!read.ok) throw new Error(read.refusal)
    const [notice] = read.value.notices
    return notice?.sendings.map((sending) => ({
      address: sending.address,
      state: sendingState(sending),
      said: sending.diagnosis,
      again: sending.nextAt !== null,
    }))
  }
  const masked = await seen(seller)
  expect(masked?.map(({ address, state, again }) => [address, state, again]).sort()).toEqual([
    ['c…@sellers.example', 'delivered', false],
    ['f…@sellers.example', 'trying', true],
    ['g…@sellers.example', 'refused', false],
  ])
  expect(JSON.stringify(masked)).toContain('no room for … here')
  expect(JSON.stringify(masked)).not.toContain('gone@')
  const link = { ...seller, by: 'link', matter: { decisionId, caseId: null } }
  expect(await seen(link)).toEqual(masked)
  const reviewer = await s.w.reviewer('Milan')
  expect(JSON.stringify(await seen(reviewer))).toContain('gone@sellers.example')
  const manager: StaffReader = { ...reviewer, roles: ['policy-manager'] }
  expect(await seen(manager)).toEqual(masked)
})

test('a member hears of a case who chose to and was let into it, by a mail that asks them to sign in and tells the seller nothing', async () => {
  await using s = await surroundings()
  await s.w.seller('clay')
  s.post.refuse('clay@sellers.example', { code: 451, words: 'later' })
  const until = later(s.w.app.now(), aMonth)
  const elsewhere: MemberPart = {
    role: 'representative',
    matters: { decisions: ['another'], cases: [] },
    mayWrite: false,
    until,
  }
  for (const [id, part, hears] of [
    ['chose', { role: 'staff' }, true],
    ['did-not', { role: 'staff' }, false],
    ['lawyer', elsewhere, true],
  ] as const) {
    const who = await member(s, id, part)
    if (hears) expect(await setHearing(s.w.app, who, true)).toMatchObject({ ok: true })
  }
  await s.w.removedListing()
  const delivery = s.carry()
  await delivery.idle()
  await delivery.stop()
  expect(s.post.arrived.map(({ to }) => to)).toEqual(['chose@helpers.example'])
  const [mail] = arrivedAt(s, 'chose@helpers.example')
  expect(mail?.text).toMatch(/https:\/\/bazaar\.example\/measures\/dec_/)
  expect(mail?.text).not.toContain('/link/')
  expect(mail?.text).toContain('asks you to sign in')
  expect(await s.informedAt()).toBeNull()
})

test('what matters and comes back from every contact goes at once to one that is new, and who else acts there learns that it waits', async () => {
  await using s = await surroundings()
  await s.w.seller('clay')
  const { decisionId } = await s.w.removedListing()
  await member(s, 'helper')
  const delivery = s.carry()
  await delivery.idle()
  const informedAt = await s.informedAt()
  expect(informedAt).not.toBeNull()
  const [notice] = await s.notices()
  await bounce(s, notice?.id ?? '', 'clay@sellers.example')
  expect(await s.informedAt()).toBeNull()
  await delivery.idle()
  const [waits] = arrivedAt(s, 'helper@helpers.example')
  expect(waits?.subject).toBe('The Bazaar cannot reach “clay & co”, for whom you act')
  expect(waits?.text).not.toMatch(/mask|off sale|clay@sellers|\/link\//i)
  const told = { verifiedAt: null, removedAt: null, factAt: null }
  await tellContacts(s.w.app, marketplace, [
    { id: 'new', sellerId: 'clay', address: 'new@sellers.example', ...told },
  ])
  await delivery.idle()
  expect(arrivedAt(s, 'new@sellers.example')).toHaveLength(1)
  expect(await s.informedAt()).not.toBeNull()
  await delivery.stop()
  const reader = await s.w.reviewer('Aiko')
  const read = await readStatement(s.w.app, reader, decisionId)
  expect(read.ok && read.value.notices[0]?.sendings.map(sendingState)).toContain('delivered')
})

test('a bounce at one address of two leaves the seller told, and a member’s mailbox that gives it back changes nothing', async () => {
  await using s = await surroundings()
  await s.w.seller('clay')
  const told = { verifiedAt: null, removedAt: null, factAt: null }
  await tellContacts(s.w.app, marketplace, [
    { id: 'two', sellerId: 'clay', address: 'two@sellers.example', ...told },
  ])
  const who = await member(s, 'chose')
  await setHearing(s.w.app, who, true)
  await s.w.removedListing()
  const delivery = s.carry()
  await delivery.idle()
  const [notice] = await s.notices()
  for (const address of ['two@sellers.example', 'chose@helpers.example'])
    await bounce(s, notice?.id ?? '', address)
  expect(await s.informedAt()).not.toBeNull()
  expect((await s.notices()).map(({ state }) => state)).toEqual(['sent'])
  await delivery.stop()
})

test('a notice whose words lack a value is a bug that throws, and nothing of it is stored or sent', async () => {
  await using w = await world()
  const seller = await w.seller('clay')
  const missing = undefined as unknown as string // what an old row or a cast can bring
  const notice = {
    id: 'ntc_unfilled',
    sellerId: seller.sellerId,
    kind: 'message' as const,
    decisionId: null,
    caseId: null,
    address: null,
    subject: say`${missing} wrote to you`,
    body: { opening: 'Hello.', sections: [], statement: null, link: null },
    releaseAt: w.app.now(),
    createdAt: w.app.now(),
  }
  await expect(w.inside((tx) => insertNotice(tx, notice))).rejects.toThrow('lack a value')
  const kept = await w.inside((tx) => tx.selectFrom('notices').select('id').execute())
  expect(kept).toEqual([])
})
