import { describe, expect, test } from 'vitest'
import { blank } from '../../test/blank.ts'
import { marketplace, world, type World } from '../../test/world.ts'
import { tellListings, type ListingTold } from './fact.ts'

const text = (title: string) => ({ ...blank, title })

const told = (id: string, title: string, more: Partial<ListingTold> = {}): ListingTold => ({
  id,
  sellerId: 'clay',
  text: text(title),
  factAt: null,
  ...more,
})

/** Everything that is kept of listings, without when it came. */
const kept = (w: World) =>
  w.inside(async (tx) => ({
    sellers: await tx.selectFrom('sellers').select('id').orderBy('id').execute(),
    listings: await tx
      .selectFrom('listings')
      .select(['id', 'seller_id', 'version', 'fact_at'])
      .orderBy('id')
      .execute(),
    versions: await tx
      .selectFrom('listing_versions')
      .select(['listing_id', 'version', 'seller_id', 'title', 'text_key'])
      .orderBy('listing_id')
      .orderBy('version')
      .execute(),
    waiting: await tx
      .selectFrom('waiting_versions')
      .select(['listing_id', 'version'])
      .orderBy('listing_id')
      .orderBy('version')
      .execute(),
  }))

/** Facts about few listings of few sellers, so that they meet in every way; the same for the same seed. */
function someFacts(seed: number, count: number): ListingTold[] {
  let state = seed
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  return Array.from({ length: count }, () =>
    told(`l${next(8)}`, `Thing ${next(3)}`, {
      sellerId: next(6) === 0 ? `other${next(2)}` : 'clay',
      factAt: new Date(Date.UTC(2026, 10, 1 + next(5))),
    }),
  )
}

describe('many listings told at once', () => {
  test.each([1, 2, 3, 4])('are answered and kept as if told one by one (%i)', async (seed) => {
    await using together = await world()
    await using alone = await world()
    for (const facts of [someFacts(seed, 40), someFacts(seed + 100, 40)]) {
      const answers = await tellListings(together.app, marketplace, facts)
      const oneByOne = []
      for (const fact of facts)
        oneByOne.push(...(await tellListings(alone.app, marketplace, [fact])))
      expect(answers).toEqual(oneByOne)
    }
    const [ours, theirs] = [await kept(together), await kept(alone)]
    // A line that is refused alone keeps nothing, in company the seller that it named.
    expect({ ...ours, sellers: [] }).toEqual({ ...theirs, sellers: [] })
    expect(ours.waiting).toHaveLength(ours.versions.length)
  })

  test('twice in one batch the same listing keeps its order: a second text is a second version', async () => {
    await using w = await world()
    const answers = await tellListings(w.app, marketplace, [
      told('a', 'One'),
      told('b', 'One'),
      told('a', 'Two'),
      told('a', 'Two'),
      told('b', 'One', { sellerId: 'other' }),
      told('a', 'Old', { factAt: new Date('2020-01-01') }),
    ])
    expect(answers).toEqual([
      { ok: true, value: { id: 'a', result: 'stored', version: 1 } },
      { ok: true, value: { id: 'b', result: 'stored', version: 1 } },
      { ok: true, value: { id: 'a', result: 'stored', version: 2 } },
      { ok: true, value: { id: 'a', result: 'unchanged', version: 2 } },
      expect.objectContaining({ ok: false, refusal: 'seller_mismatch' }),
      { ok: true, value: { id: 'a', result: 'older', version: 2 } },
    ])
  })

  test('as of now come after all that is held, whatever the clocks said', async () => {
    await using w = await world()
    const later = new Date('2027-01-01T00:00:00Z')
    const answers = await tellListings(w.app, marketplace, [
      told('l1', 'Ahead', { factAt: later }),
      told('l1', 'Now'),
      told('l1', 'Before', { factAt: new Date('2026-01-01T00:00:00Z') }),
    ])
    expect(answers.map((answer) => answer.ok && answer.value.result)).toEqual([
      'stored',
      'stored',
      'older',
    ])
  })

  test('by several at once, new and edited and in any order, none waits in a ring and every one is kept', async () => {
    await using w = await world()
    const ids = Array.from({ length: 300 }, (_, place) => `l${place}`)
    await tellListings(
      w.app,
      marketplace,
      ids.filter((_, place) => place % 2 === 0).map((id) => told(id, 'Before', { sellerId: id })),
    )
    const tellers = ['north', 'south', 'east', 'west'].map((title, place) => {
      const facts = ids.map((id) => told(id, title, { sellerId: id }))
      return tellListings(w.app, marketplace, place % 2 === 0 ? facts : facts.reverse())
    })
    const answers = (await Promise.all(tellers)).flat()
    expect(answers.filter(({ ok }) => !ok)).toEqual([])
    const { listings, versions, waiting } = await kept(w)
    expect(listings.map(({ version }) => version).sort()).toEqual([
      ...ids.filter((_, place) => place % 2 === 1).map(() => 4),
      ...ids.filter((_, place) => place % 2 === 0).map(() => 5),
    ])
    expect(versions).toHaveLength(150 * 4 + 150 * 5)
    expect(waiting).toHaveLength(versions.length)
  })
})
