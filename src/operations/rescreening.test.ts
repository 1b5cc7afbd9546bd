import { expect, test } from 'vitest'
import { marketplace, maskPolicy, world, type World } from '../../test/world.ts'
import { transact } from '../store/db.ts'
import { findingsOn } from '../store/finding.ts'
import { latestRescreenings } from '../store/rescreening.ts'
import { fileAppeal } from './appeal.ts'
import { adoptPolicies, ChangedPolicy, setPolicyLevel } from './policy.ts'
import { rescreenSome } from './rescreening.ts'
import { screenWaiting } from './screening.ts'
import { tellListings } from './fact.ts'
import type { StaffReader } from './who.ts'

const paula: StaffReader = {
  kind: 'staff',
  id: 'stf_paula',
  name: 'Paula',
  email: 'paula@marketplace.example',
  roles: ['policy-manager'],
  desks: [],
}

/** The second version knows clay for what it is: a clay mask alone is let pass. */
const mended = {
  ...maskPolicy,
  version: 2,
  signals: [
    ...maskPolicy.signals,
    { name: 'clay', says: 'is of clay', weight: -4, phrases: ['clay'] },
  ],
}

async function rescreenAll(w: World): Promise<number> {
  let steps = 0
  while (await rescreenSome(w.app, 'eu')) steps += 1
  return steps
}

const progress = (w: World) =>
  transact(
    w.db,
    { inside: true },
    async (tx) => (await latestRescreenings(tx)).get('masks') ?? null,
  )

const standing = (w: World, listing: string) =>
  transact(w.db, { inside: true }, (tx) => findingsOn(tx, listing, 1))

const inForce = async (w: World, listing: string) =>
  (await w.measures(listing)).filter(({ action }) => action.endedAt === null)

test('a new version lifts what no longer matches, keeps what does, acts on what it finds, and grants the appeal', async () => {
  await using w = await world()
  const { seller, decisionId } = await w.removedListing('clay-mask')
  await w.listing('gas-mask', 'clay', { title: 'Gas mask' })
  await w.listing('cup', 'clay', { title: 'Respirator cup' })
  const filed = await fileAppeal(
    w.app,
    seller,
    {
      objections: [{ decisionId, track: 'dispute', text: 'It is clay.', remedy: null }],
      fileIds: [],
    },
    null,
  )
  if (!filed.ok) throw new Error(filed.refusal)

  const respirator = {
    name: 'respirator',
    says: 'names a respirator',
    weight: 6,
    phrases: ['respirator'],
  }
  await adoptPolicies(w.app, [{ ...mended, signals: [...mended.signals, respirator] }], 'eu')
  expect(await progress(w)).toMatchObject({
    version: 2,
    because: 'version',
    listings: 3,
    screened: 0,
    endedAt: null,
  })
  await rescreenAll(w)

  expect(await inForce(w, 'clay-mask')).toEqual([])
  const [fallen] = await w.measures('clay-mask')
  expect(fallen?.endedBy).toMatchObject({ kind: 'lift', takenBy: { kind: 'policy', version: 2 } })
  expect((await w.case(filed.value.caseId)).objections[0]?.outcome).toBe('measure_lifted')
  expect(await standing(w, 'clay-mask')).toEqual([])

  const [kept, ...more] = await w.measures('gas-mask')
  expect(more).toEqual([])
  expect(kept).toMatchObject({ decision: { ground: { version: 1 } }, action: { endedAt: null } })
  expect(await standing(w, 'gas-mask')).toMatchObject([{ version: 2, outcome: 'deactivate' }])

  expect(await inForce(w, 'cup')).toMatchObject([{ decision: { ground: { version: 2 } } }])
  expect(await progress(w)).toMatchObject({
    screened: 3,
    found: 2,
    acted: 1,
    lifted: 1,
    asked: 0,
    isCutShort: false,
  })
  expect((await progress(w))?.endedAt).not.toBeNull()
})

test('where the changed policy would only ask, its measure falls and a person looks', async () => {
  await using w = await world()
  await w.removedListing('l1')
  await adoptPolicies(
    w.app,
    [{ ...maskPolicy, version: 2, thresholds: { review: 0.5, deactivate: 0.99 } }],
    'eu',
  )
  await rescreenAll(w)
  expect(await inForce(w, 'l1')).toEqual([])
  expect(await progress(w)).toMatchObject({ lifted: 1, asked: 1, acted: 0 })
})

test('after a lift the same rule may not act again on the same text, unless its text for people is new', async () => {
  await using w = await world()
  await w.removedListing('l1')
  await adoptPolicies(w.app, [mended], 'eu')
  await rescreenAll(w)
  expect(await inForce(w, 'l1')).toEqual([])

  await adoptPolicies(w.app, [{ ...maskPolicy, version: 3 }], 'eu')
  await rescreenAll(w)
  expect(await inForce(w, 'l1')).toEqual([])
  expect(await progress(w)).toMatchObject({ version: 3, found: 1, acted: 0, asked: 1 })

  await adoptPolicies(
    w.app,
    [{ ...maskPolicy, version: 4, text: 'All masks need approval.' }],
    'eu',
  )
  await rescreenAll(w)
  expect(await inForce(w, 'l1')).toHaveLength(1)
})

test('it goes on where it stopped, also when another takes over, and never looks at a listing twice', async () => {
  await using w = await world({ policies: [{ ...maskPolicy, level: 'shadow' }] })
  await w.seller('clay')
  await tellListings(
    w.app,
    marketplace,
    Array.from({ length: 120 }, (_, index) => ({
      id: `l${index}`,
      sellerId: 'clay',
      text: {
        title: `Mask ${index}`,
        description: '',
        bullets: [],
        brand: '',
        category: '',
        attributes: {},
      },
      factAt: null,
    })),
  )
  while ((await screenWaiting(w.app, 'eu')) > 0);
  await adoptPolicies(w.app, [{ ...maskPolicy, version: 2, level: 'shadow' }], 'eu')
  await rescreenSome(w.app, 'eu', { most: 50 })
  expect(await progress(w)).toMatchObject({ listings: 120, screened: 50 })
  // A listing that came meanwhile is screened by the new version at once and needs no second look.
  await w.listing('new', 'clay', { title: 'New mask' })
  expect(await standing(w, 'new')).toMatchObject([{ version: 2 }])
  // A broken step leaves nothing behind; the next begins where the one before ended.
  await expect(
    rescreenSome(
      {
        ...w.app,
        newId: () => {
          throw new Error('killed')
        },
      },
      'eu',
    ),
  ).rejects.toThrow('killed')
  expect(await progress(w)).toMatchObject({ screened: 50 })
  await rescreenAll(w)
  const done = await progress(w)
  expect(done).toMatchObject({ screened: 121, found: 120 })
  expect(await standing(w, 'l7')).toMatchObject([{ version: 2 }])
  expect(await standing(w, 'new')).toHaveLength(1)
})

test('a policy that leaves off screens everything anew, and one that is switched off stops', async () => {
  await using w = await world({ policies: [{ ...maskPolicy, level: 'off' }] })
  await w.seller('clay')
  await w.listing('l1', 'clay')
  expect(await inForce(w, 'l1')).toEqual([])
  const set = (level: 'off' | 'act') =>
    setPolicyLevel(w.app, paula, { name: 'masks', level, reason: 'A test.' })
  expect(await set('act')).toMatchObject({
    ok: true,
    value: { rescreening: { because: 'level', listings: 1 } },
  })
  expect(await set('off')).toMatchObject({ ok: true, value: { rescreening: { isCutShort: true } } })
  await rescreenAll(w)
  expect(await inForce(w, 'l1')).toEqual([])
  await set('act')
  await rescreenAll(w)
  expect(await inForce(w, 'l1')).toHaveLength(1)
})

test('a newer version takes the place of the one that runs', async () => {
  await using w = await world()
  await w.removedListing('l1')
  await adoptPolicies(w.app, [mended], 'eu')
  await adoptPolicies(w.app, [{ ...mended, version: 3 }], 'eu')
  await rescreenAll(w)
  expect(await progress(w)).toMatchObject({ version: 3, lifted: 1 })
})

test('a version adopted before with other contents is refused with the parts that differ, and nothing is adopted', async () => {
  await using w = await world()
  const changed = { ...maskPolicy, text: 'Otherwise.', base: -1 }
  const other = { ...maskPolicy, policy: 'other' }
  const refused = adoptPolicies(w.app, [other, changed], 'eu')
  await expect(refused).rejects.toThrow(ChangedPolicy)
  await expect(refused).rejects.toThrow(
    'Version 1 of the policy masks was adopted on 2026-11-23 with other contents (text, base).',
  )
  const names = await w.inside((tx) => tx.selectFrom('policies').select('name').execute())
  expect(names).toEqual([{ name: 'masks' }])
  // The very same again, with the keys in another order, is no change.
  await adoptPolicies(
    w.app,
    [Object.fromEntries(Object.entries(maskPolicy).reverse()) as typeof maskPolicy],
    'eu',
  )
})

test('a policy is quoted as it reads where it holds, and elsewhere it needs a version of its own', async () => {
  const variants = { eu: { text: 'In the Union, protective masks need a notified body.' } }
  await using w = await world({ policies: [{ ...maskPolicy, variants }] })
  const { measure } = await w.removedListing('l1')
  expect(measure.statement.ground.text).toBe(variants.eu.text)
  await expect(adoptPolicies(w.app, [{ ...maskPolicy, variants }], 'us')).rejects.toThrow(
    'what reads otherwise in us',
  )
})
