import { expect, test } from 'vitest'
import { blank } from '../../test/blank.ts'
import { sql } from 'kysely'
import { marketplace, maskPolicy, world, type World } from '../../test/world.ts'
import type { ListingText } from '../core/listing.ts'
import { countScreened, countScreenedByPolicy, insertBatch } from '../store/screening.ts'
import { tellListings } from './fact.ts'
import { readListingForMarketplace } from './listing.ts'
import { adoptPolicies } from './policy.ts'
import { rescreenSome } from './rescreening.ts'
import { screenWaiting } from './screening.ts'

const shadow = { ...maskPolicy, level: 'shadow' as const }
/** Finds "shelf", and never what the other finds. */
const shelves = {
  ...shadow,
  policy: 'shelves',
  signals: [{ name: 'shelf', says: 'names a shelf', weight: 2.5, phrases: ['shelf'] }],
}

async function tell(w: World, texts: Record<string, Partial<ListingText>>): Promise<void> {
  await tellListings(
    w.app,
    marketplace,
    Object.entries(texts).map(([id, text]) => ({
      id,
      sellerId: 'clay',
      text: { ...blank, title: 'Bowl', ...text },
      factAt: null,
    })),
  )
}

const bowls = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, place) => [`bowl${place}`, {}]))

const batches = (w: World) =>
  w.inside((tx) => tx.selectFrom('screening_batches').selectAll().orderBy('at').execute())

const findings = (w: World) =>
  w.inside((tx) => tx.selectFrom('findings').selectAll().orderBy('found_at').execute())

const waiting = (w: World) =>
  w.inside((tx) => tx.selectFrom('waiting_versions').selectAll().execute())

/** What an auditor works out of the rows that a batch says it covered. */
const digests = (w: World) =>
  w.inside(async (tx) => {
    const { rows } = await sql<{ digest: string; screened: number }>`
      select encode(sha256(convert_to(
          string_agg(v.listing_id || ' ' || v.version || ' ' || v.text_key || E'\n', '' order by v.arrival), 'UTF8')), 'hex') as digest,
        count(*) as screened
      from screening_batches b join listing_versions v on b.arrivals @> v.arrival
      group by b.id, b.at
      order by b.at`.execute(tx)
    return rows
  })

test('what passes leaves a count and nothing else, and the count says which texts it covers', async () => {
  await using w = await world({ policies: [shadow, shelves] })
  await tell(w, { ...bowls(40), m1: { title: 'Mask' }, m2: { title: 'Mask on a shelf' } })
  await tell(w, { ...bowls(2), bowl7: { title: 'Filter' } })
  expect(await screenWaiting(w.app, 'eu')).toBe(43)
  expect(await waiting(w)).toEqual([])

  const [batch, ...more] = await batches(w)
  expect(more).toEqual([])
  expect(batch).toMatchObject({ screened: 43, allowed: 40, review: 1, deactivate: 2 })
  expect(await digests(w)).toEqual([{ digest: batch?.digest, screened: 43 }])

  const rows = await findings(w)
  expect(rows.map(({ listing_id, policy }) => `${listing_id} ${policy}`).sort()).toEqual([
    'bowl7 masks',
    'm1 masks',
    'm2 masks',
    'm2 shelves',
  ])
  const counted = await w.inside(async (tx) => ({
    all: await countScreened(tx),
    by: await countScreenedByPolicy(tx),
  }))
  expect(counted.all).toBe(43)
  expect(counted.by).toEqual(
    new Map([
      ['masks', { versions: 43, review: 1, deactivate: 2 }],
      ['shelves', { versions: 43, review: 1, deactivate: 0 }],
    ]),
  )
})

test('a listing reads as screened once its batch is kept, with the verdict that the findings make', async () => {
  await using w = await world({ policies: [shadow] })
  await tell(w, { bowl: {}, mask: { title: 'Mask' } })
  const seen = async (id: string) => {
    const read = await readListingForMarketplace(w.app, marketplace, id)
    if (!read.ok) throw new Error(read.refusal)
    return read.value
  }
  expect(await seen('bowl')).toMatchObject({ screenedAt: null, outcome: null })
  await screenWaiting(w.app, 'eu')
  const [batch] = await batches(w)
  expect(await seen('bowl')).toMatchObject({ screenedAt: batch?.at, outcome: 'allow' })
  expect(await seen('mask')).toMatchObject({ screenedAt: batch?.at, outcome: 'deactivate' })
  await tell(w, { bowl: { title: 'Another bowl' } })
  expect(await seen('bowl')).toMatchObject({ screenedAt: null, outcome: null })
})

test('a batch that breaks in the middle leaves all of it waiting, and is screened once afterwards', async () => {
  await using w = await world({ policies: [shadow] })
  await tell(w, { ...bowls(20), m: { title: 'Mask' } })
  const newId = (prefix: string) => {
    if (prefix === 'bat') throw new Error('killed')
    return w.app.newId(prefix)
  }
  await expect(screenWaiting({ ...w.app, newId }, 'eu')).rejects.toThrow('killed')
  expect([(await waiting(w)).length, await findings(w), await batches(w)]).toEqual([21, [], []])
  expect(await screenWaiting(w.app, 'eu')).toBe(21)
  expect([(await findings(w)).length, (await batches(w)).length]).toEqual([1, 1])
})

test('two who screen at once take each version once', async () => {
  await using w = await world({ policies: [shadow] })
  await tell(w, bowls(1_500))
  const taken = await Promise.all([screenWaiting(w.app, 'eu'), screenWaiting(w.app, 'eu')])
  const rest = await screenWaiting(w.app, 'eu')
  expect(taken[0] + taken[1] + rest).toBe(1_500)
  expect(await w.inside(countScreened)).toBe(1_500)
  const covered = await digests(w)
  expect(covered.map(({ digest }) => digest)).toEqual(
    (await batches(w)).map(({ digest }) => digest),
  )
})

test('an attribute longer than a listing line may have was taken in, so it is screened as well', async () => {
  await using w = await world({ policies: [shadow] })
  await tell(w, { long: { attributes: { note: `${'x '.repeat(15_000)}mask` } }, bowl: {} })
  await screenWaiting(w.app, 'eu')
  expect(await findings(w)).toMatchObject([{ listing_id: 'long', policy: 'masks' }])
})

test('texts of megabytes are read a few at a time', async () => {
  await using w = await world({ policies: [shadow] })
  const large = { description: 'x'.repeat(7 * 1024 * 1024) }
  await tell(w, { a: large, b: large, c: large, d: large, e: {} })
  expect([await screenWaiting(w.app, 'eu'), await screenWaiting(w.app, 'eu')]).toEqual([3, 2])
  await adoptPolicies(w.app, [{ ...shadow, version: 2 }], 'eu')
  let steps = 0
  while (await rescreenSome(w.app, 'eu')) steps += 1
  // Two that read, and one that finds nothing left.
  expect(steps).toBe(3)
})

test('screened anew, what passed and still passes is not touched, and the sums agree with the rows', async () => {
  await using w = await world({ policies: [shadow] })
  await tell(w, { ...bowls(30), m: { title: 'Mask' }, f: { title: 'Filter' } })
  await screenWaiting(w.app, 'eu')
  const versionsAsWritten = () =>
    w.inside(async (tx) => {
      const { rows } =
        await sql`select listing_id, xmin::text from listing_versions order by 1`.execute(tx)
      return rows
    })
  const before = await versionsAsWritten()
  await adoptPolicies(w.app, [{ ...shadow, version: 2, signals: shadow.signals.slice(0, 1) }], 'eu')
  while (await rescreenSome(w.app, 'eu'));
  expect(await versionsAsWritten()).toEqual(before)

  const rows = await findings(w)
  expect(
    rows
      .map(
        ({ listing_id, policy_version, replaced_at }) =>
          `${listing_id} ${policy_version} ${replaced_at === null ? 'stands' : 'replaced'}`,
      )
      .sort(),
  ).toEqual(['f 1 replaced', 'm 1 replaced', 'm 2 stands'])
  const [, anew] = await batches(w)
  expect(anew).toMatchObject({ screened: 32, allowed: 31, review: 0, deactivate: 1 })
  const by = await w.inside(countScreenedByPolicy)
  const { versions = 0, review = 0, deactivate = 0 } = by.get('masks') ?? {}
  expect([versions, review + deactivate]).toEqual([64, rows.length])
  expect(await w.inside(countScreened)).toBe(32)
})

test('of an empty batch nothing is kept', async () => {
  await using w = await world()
  await w.inside((tx) =>
    insertBatch(tx, {
      id: 'bat_none',
      at: w.app.now(),
      jurisdiction: 'eu',
      rescreeningId: null,
      versions: [],
      outcomes: { allow: 0, review: 0, deactivate: 0 },
      policies: [],
    }),
  )
  expect(await batches(w)).toEqual([])
})
