import { describe, expect, test } from 'vitest'
import { surroundings, type Surroundings } from '../../test/surroundings.ts'
import { marketplace } from '../../test/world.ts'
import { later } from '../core/calendar.ts'
import { isWitness } from '../core/unreached.ts'
import { tellContacts } from './fact.ts'

const aDay = 86_400_000
const noSuchBox = Array.from({ length: 60 }, () => ({ code: 550, words: 'no such mailbox' }))

/** Carries and fires what is due, day by day. */
async function live(s: Surroundings, days: number): Promise<void> {
  const delivery = s.carry()
  for (let day = 0; day < days; day++) {
    await delivery.idle()
    s.w.advance(aDay)
    await delivery.idle()
    await s.w.fireDue()
  }
  await delivery.idle()
  await delivery.stop()
}

const clocksOf = (s: Surroundings) =>
  s.w.inside((tx) =>
    tx
      .selectFrom('clocks')
      .select('kind')
      .where('kind', 'like', 'notice.%')
      .orderBy('kind')
      .execute(),
  )
/** The questions that support was asked, with what each says. */
const questionsOf = async (s: Surroundings) => {
  const rows = await s.w.inside((tx) =>
    tx
      .selectFrom('events')
      .innerJoin('cases', 'cases.id', 'events.case_id')
      .select(['cases.desk', 'events.detail'])
      .where('cases.kind', '=', 'question')
      .where('events.kind', '=', 'case.opened')
      .execute(),
  )
  return rows.map(({ desk, detail }) => ({ desk, text: String(detail['text']) }))
}
const arrivedAt = (s: Surroundings, address: string) =>
  s.post.arrived.filter(({ to }) => to === address)

/** A contact told as removed `daysAgo`, which had been verified so many days before that. */
const removedContact = (
  s: Surroundings,
  id: string,
  { daysAgo, knownFor }: { daysAgo: number; knownFor: number | null },
) => {
  const removedAt = later(s.w.app.now(), -daysAgo * aDay)
  return tellContacts(s.w.app, marketplace, [
    {
      id,
      sellerId: 'clay',
      address: `${id}@sellers.example`,
      verifiedAt: knownFor === null ? null : later(removedAt, -knownFor * aDay),
      removedAt,
      factAt: null,
    },
  ])
}

describe('a notice that reaches nobody', () => {
  test('that was taken at once leaves no clock behind', async () => {
    await using s = await surroundings()
    await s.w.removedListing()
    await live(s, 0)
    expect(s.post.arrived).toHaveLength(1)
    expect(await clocksOf(s)).toEqual([])
  })

  test('is told to witnesses after three days, in words that give nothing away, and no time begins to run', async () => {
    await using s = await surroundings()
    await s.w.seller('clay')
    s.post.refuse('clay@sellers.example', ...noSuchBox)
    await removedContact(s, 'owner', { daysAgo: 10, knownFor: 400 })
    await removedContact(s, 'passing', { daysAgo: 10, knownFor: 3 })
    await removedContact(s, 'unverified', { daysAgo: 10, knownFor: null })
    await removedContact(s, 'long-gone', { daysAgo: 120, knownFor: 400 })
    await s.w.removedListing()

    await live(s, 2)
    expect(s.post.arrived).toEqual([])
    expect(await clocksOf(s)).toEqual([{ kind: 'notice.unreached' }])
    await live(s, 1)
    expect(s.post.arrived.map(({ to }) => to)).toEqual(['owner@sellers.example'])
    const [{ mail } = { mail: null }] = arrivedAt(s, 'owner@sellers.example')
    expect(mail?.subject).toBe('The Bazaar cannot reach “clay & co”')
    expect(mail?.text).not.toMatch(/mask|off sale|clay@sellers|\/link\//i)
    expect(await s.informedAt()).toBeNull()
    expect(await clocksOf(s)).toEqual([{ kind: 'notice.seek' }])
  })

  test('goes at once to an address that came after it was sent out, though the first one still only refuses for now', async () => {
    await using s = await surroundings()
    await s.w.seller('clay')
    s.post.refuse(
      'clay@sellers.example',
      ...Array.from({ length: 5_000 }, () => ({ code: 451, words: 'mailbox full' })),
    )
    await s.w.removedListing()
    await live(s, 1)
    await tellContacts(s.w.app, marketplace, [
      {
        id: 'new',
        sellerId: 'clay',
        address: 'new@sellers.example',
        verifiedAt: null,
        removedAt: null,
        factAt: null,
      },
    ])
    await live(s, 0)
    expect(arrivedAt(s, 'new@sellers.example')).toHaveLength(1)
    expect(await s.informedAt()).not.toBeNull()
    expect(await clocksOf(s)).toEqual([])
  })

  test('has people look for the seller after seven days, once for all that waits', async () => {
    await using s = await surroundings()
    await s.w.seller('clay')
    s.post.refuse('clay@sellers.example', ...noSuchBox)
    await s.w.removedListing('l1')
    await s.w.removedListing('l2')
    await live(s, 6)
    expect(s.post.arrived).toEqual([])
    await live(s, 4)
    const [question, ...more] = await questionsOf(s)
    expect(more).toEqual([])
    expect(question?.text).toContain('Find the seller “clay & co”')
    expect(question?.text).toContain('no such mailbox')
    expect(question?.text?.match(/is off sale/g)).toHaveLength(2)
    expect(await clocksOf(s)).toEqual([])
  })

  test('of a seller of whom nothing is known has people look for them too, and an address that comes ends it', async () => {
    await using s = await surroundings()
    await s.w.listing('l1', 'unknown')
    await live(s, 8)
    expect(await questionsOf(s)).toHaveLength(1)
    await tellContacts(s.w.app, marketplace, [
      {
        id: 'found',
        sellerId: 'unknown',
        address: 'found@sellers.example',
        verifiedAt: null,
        removedAt: null,
        factAt: null,
      },
    ])
    await live(s, 0)
    expect(arrivedAt(s, 'found@sellers.example')).toHaveLength(1)
  })
})

test('a witness was the seller’s for a month, and was removed within 90 days', () => {
  const now = new Date('2026-11-23T09:00:00Z')
  const contact = (knownFor: number, removed: number) => ({
    verifiedAt: later(now, -(removed + knownFor) * aDay),
    removedAt: later(now, -removed * aDay),
  })
  expect(isWitness(contact(30, 90), now)).toBe(true)
  expect(isWitness(contact(29.9, 10), now)).toBe(false)
  expect(isWitness(contact(400, 90.1), now)).toBe(false)
  expect(isWitness({ verifiedAt: null, removedAt: now }, now)).toBe(false)
  expect(isWitness({ verifiedAt: contact(30, 1).verifiedAt, removedAt: null }, now)).toBe(false)
})
