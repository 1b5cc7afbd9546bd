import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { maskPolicy } from '../../test/world.ts'
import { served, type Served } from '../../test/served.ts'
import type { Client } from '../contract/client.ts'
import { addStaff } from '../operations/staff.ts'
import { rescreenSome } from '../operations/rescreening.ts'
import { adoptPolicies } from '../operations/policy.ts'
import { trySome } from '../operations/trial.ts'

let s: Served
let paula: Client
let milan: Client
let clay: Client
beforeAll(async () => {
  s = await served()
  const email = 'paula@marketplace.example'
  await addStaff(s.app, { email, name: 'Paula Prado', roles: ['policy-manager'], desks: [] })
  paula = s.clientWith(await s.signIn(email))
  milan = s.clientWith(await s.signIn((await s.reviewer('Milan')).email))
  await s.seller('clay')
  clay = s.clientWith(await s.signIn('clay@sellers.example'))
})
afterAll(async () => s[Symbol.asyncDispose]())

const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: unknown) => (error as { data?: { refusal?: string } }).data?.refusal ?? String(error),
  )

/** Posts a body as it is, and answers its status and problem. */
async function post(path: string, body: string, headers: Record<string, string>) {
  const answer = await fetch(s.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    body: await answer.json(),
  }
}

describe('a screening before it happens', () => {
  test('says the verdict, what would follow and what to leave out, and changes nothing', async () => {
    const rows = () =>
      s.inside(async (tx) =>
        Promise.all(
          (
            [
              'listings',
              'listing_versions',
              'findings',
              'decisions',
              'cases',
              'events',
              'idempotency_keys',
            ] as const
          ).map(
            async (table) =>
              (
                await tx
                  .selectFrom(table)
                  .select((q) => q.fn.countAll().as('n'))
                  .executeTakeFirstOrThrow()
              ).n,
          ),
        ),
      )
    const before = await rows()
    const answer = await s.marketplace.facts.screenListing({
      title: 'Blue mask',
      description: 'With a filter.',
    })
    expect(answer).toMatchObject({
      verdict: { outcome: 'deactivate', findings: [{ policy: 'masks', outcome: 'deactivate' }] },
      would: 'measure',
      jurisdiction: 'eu',
      rules: [
        {
          policy: 'masks',
          level: 'act',
          would: 'measure',
          measure: { name: 'listing.deactivate' },
          thresholds: { review: 0.5, deactivate: 0.9 },
          wouldReverse: maskPolicy.wouldReverse,
          remedy: {
            leaveOut: [
              { field: 'title', start: 5, end: 9, text: 'mask' },
              { field: 'description', start: 7, end: 13, text: 'filter' },
            ],
            outcome: 'allow',
          },
          earlier: null,
        },
      ],
    })
    expect(await rows()).toEqual(before)
  })

  test('of a text that a person would look at, and of one in which nothing is found', async () => {
    const strict = await s.marketplace.facts.screenListing({ title: 'Coffee filter' })
    expect(strict).toMatchObject({ verdict: { outcome: 'review' }, would: 'check' })
    const empty = await s.marketplace.facts.screenListing({ title: 'Oak board' })
    expect(empty).toMatchObject({
      verdict: { outcome: 'allow', findings: [] },
      would: 'nothing',
      rules: [],
    })
  })

  test('a bad listing is a 422 that names each field', async () => {
    const key = { authorization: `Bearer ${s.key}` }
    for (const [body, path] of [
      ['{}', 'title'],
      ['{"title":7}', 'title'],
      ['{"title":" "}', 'title'],
      ['{"title":"x","bullets":["ok",{}]}', 'bullets[1]'],
      ['{"title":"x","attributes":{"a":{"b":1}}}', 'attributes.a'],
      [`{"title":"${'x'.repeat(5_001)}"}`, 'title'],
      ['{"title":"x","id":".."}', 'id'],
    ] as const) {
      const answer = await post('/v1/screenings', body, key)
      expect(answer.status, body.slice(0, 60)).toBe(422)
      expect(answer.type).toContain('application/problem+json')
      expect(answer.body).toMatchObject({ refusal: 'listing_unreadable', issues: [{ path }] })
    }
    expect(await post('/v1/screenings', '[]', key)).toMatchObject({ status: 422 })
    // What is no text, or no JSON, is refused before anything is read as a listing.
    for (const body of ['{"title":', '{"title":"\\u0000"}'])
      expect(await post('/v1/screenings', body, key)).toMatchObject({ status: 400 })
    expect(
      await post('/v1/screenings', '{"title":"x","__proto__":{"description":"mask"}}', key),
    ).toMatchObject({
      status: 200,
      body: { would: 'nothing' },
    })
  })

  test('is for the marketplace, staff, and a seller’s own goods', async () => {
    await s.listing('others', 'rival', { title: 'Cup' })
    const title = 'Mask'
    expect(await refusalOf(s.nobody.facts.screenListing({ title }))).toBe('not_signed_in')
    expect(await refusalOf(milan.facts.screenListing({ title }))).toBe('none')
    expect(await refusalOf(clay.facts.screenListing({ title }))).toBe('none')
    // What another seller offers is not there: the id is as good as new.
    expect(await refusalOf(clay.facts.screenListing({ title, id: 'others' }))).toBe('none')
    expect(await refusalOf(clay.facts.screenListing({ title, sellerId: 'rival' }))).toBe(
      'not_found',
    )
    expect(
      await refusalOf(s.marketplace.facts.screenListing({ title, id: 'others', sellerId: 'clay' })),
    ).toBe('seller_mismatch')
    const link = s.clientWith({
      'x-recourse-link': s.linkTo({ sellerId: 'clay', decisionId: 'dec_x' }),
    })
    expect(await refusalOf(link.facts.screenListing({ title }))).toBe('not_allowed')
  })

  test('knows that people let this very text stand, for this seller alone', async () => {
    const { decisionId } = await s.removedListing('lifted', 'clay')
    const filed = await clay.seller.fileAppeal({
      objections: [{ decisionId, track: 'dispute', text: 'It is clay.' }],
    })
    await milan.desk.takeCase({ caseId: filed.id })
    await milan.desk.decideCase({
      caseId: filed.id,
      answers: [{ objectionId: filed.objections[0]!.id, power: 'grant', reasons: 'It is clay.' }],
    })
    s.advance(61_000)
    await s.fireDue()
    const title = 'Clay face mask'
    expect(await clay.facts.screenListing({ title })).toMatchObject({
      would: 'protected',
      rules: [{ would: 'protected', earlier: { by: 'person', reasons: 'It is clay.' } }],
    })
    expect(await s.marketplace.facts.screenListing({ title, id: 'lifted' })).toMatchObject({
      would: 'protected',
    })
    expect(await s.marketplace.facts.screenListing({ title, sellerId: 'rival' })).toMatchObject({
      would: 'measure',
    })
    expect(await clay.facts.screenListing({ title: `${title} two` })).toMatchObject({
      would: 'measure',
    })
  })
})

describe('a trial on the last month', () => {
  const candidate = {
    ...maskPolicy,
    version: 2,
    signals: [
      ...maskPolicy.signals,
      { name: 'clay', says: 'is of clay', weight: -9, phrases: ['clay'] },
      { name: 'respirator', says: 'names one', weight: 4, phrases: ['respirator'] },
    ],
  }

  test('reports what would change, against the version in force and what people said, and nothing acts', async () => {
    await s.listing('gas', 'clay', { title: 'Gas mask' })
    await s.listing('resp', 'clay', { title: 'Respirator' })
    await s.listing('board', 'clay', { title: 'Oak board' })
    const begun = await paula.policies.startTrial({ name: 'masks', source: stringify(candidate) })
    expect(begun).toMatchObject({
      state: 'running',
      version: 2,
      against: 1,
      isInForce: false,
      askedBy: 'Paula Prado',
    })
    while (await trySome(s.app, 'eu'));
    const trial = await paula.policies.getTrial({ name: 'masks', id: begun.id })
    expect(trial).toMatchObject({
      state: 'done',
      screened: begun.listings,
      document: { version: 2 },
    })
    const { report } = trial
    expect(report.newlyFlagged).toMatchObject({
      count: 1,
      listings: [
        { listingId: 'resp', outcome: 'review', before: { outcome: 'allow', score: null } },
      ],
    })
    expect(report.noLongerFlagged).toMatchObject({
      count: 1,
      listings: [{ listingId: 'lifted', people: 'innocent', before: { outcome: 'deactivate' } }],
    })
    expect(report.flagged).toEqual({ deactivate: 1, review: 1 })
    expect(report.flaggedBefore).toEqual({ deactivate: 2, review: 0 })
    expect(report.people).toMatchObject({
      innocentsPassed: 1,
      innocentsFlagged: 0,
      agrees: { count: 1, of: 1 },
    })
    expect(report.peopleBefore).toMatchObject({ innocentsFlagged: 1, agrees: { count: 0, of: 1 } })
    expect(report.days).toMatchObject([
      { flagged: { deactivate: 1, review: 1 }, flaggedBefore: { deactivate: 2, review: 0 } },
    ])
    expect(await s.measures('resp')).toEqual([])
    const [inForce] = await paula.policies.list()
    expect(inForce).toMatchObject({ policy: { version: 1 } })
    // Thousands of phrases are for the record; the list only says which policies there are.
    expect(Object.keys(inForce?.policy ?? {})).not.toContain('signals')
  })

  test('of the version in force compares it with itself; a newer trial stops the one that runs', async () => {
    const first = await paula.policies.startTrial({ name: 'masks' })
    expect(first).toMatchObject({ isInForce: true, version: 1, against: 1 })
    await paula.policies.startTrial({ name: 'masks', days: 1 })
    while (await trySome(s.app, 'eu'));
    const trials = await paula.policies.listTrials({ name: 'masks' })
    expect(trials.slice(0, 2).map(({ state }) => state)).toEqual(['done', 'stopped'])
    const { report } = await paula.policies.getTrial({ name: 'masks', id: trials[0]!.id })
    expect(report).toMatchObject({ newlyFlagged: { count: 0 }, noLongerFlagged: { count: 0 } })
    expect(report.flagged).toEqual(report.flaggedBefore)
  })

  test('stops where it is when somebody ends it, and stays stopped', async () => {
    const begun = await paula.policies.startTrial({ name: 'masks' })
    expect(begun.allowed).toEqual(['stop'])
    const at = { name: 'masks', id: begun.id }
    expect(await refusalOf(milan.policies.stopTrial(at))).toBe('not_allowed')
    expect(await refusalOf(paula.policies.stopTrial({ name: 'masks', id: 'trl_x' }))).toBe(
      'not_found',
    )
    const stopped = await paula.policies.stopTrial(at)
    expect(stopped).toMatchObject({ state: 'stopped', allowed: [], endedAt: expect.any(String) })
    expect(await trySome(s.app, 'eu')).toBe(false)
    expect(await paula.policies.stopTrial(at)).toEqual(stopped)
    expect((await paula.policies.getTrial(at)).state).toBe('stopped')
  })

  test('of a policy that is new here stands alone', async () => {
    const source = stringify({ ...maskPolicy, policy: 'gloves' })
    const begun = await paula.policies.startTrial({ name: 'gloves', source })
    expect(begun.against).toBeNull()
    while (await trySome(s.app, 'eu'));
    const { report } = await paula.policies.getTrial({ name: 'gloves', id: begun.id })
    expect(report).toMatchObject({
      flagged: { deactivate: 2 },
      flaggedBefore: null,
      peopleBefore: null,
    })
  })

  test('answers each mistake of a document with its line and column', async () => {
    const headers = await s.signIn('paula@marketplace.example')
    const wrong = stringify(candidate).replace('base: -2', 'base: low\nbass: 1')
    const answer = await post(
      '/v1/policies/masks/trials',
      JSON.stringify({ source: wrong }),
      headers,
    )
    expect(answer).toMatchObject({
      status: 422,
      body: {
        refusal: 'policy_unreadable',
        errors: [
          {
            line: expect.any(Number),
            column: 7,
            message: expect.stringContaining('expected a number'),
          },
          { column: 1, message: expect.stringContaining('"bass"') },
        ],
      },
    })
    const other = await post(
      '/v1/policies/gloves/trials',
      JSON.stringify({ source: stringify(candidate) }),
      headers,
    )
    expect(other.body).toMatchObject({
      errors: [{ line: 1, message: 'expected the name "gloves", found "masks"' }],
    })
  })

  test('is for those who manage policies', async () => {
    const trial = await paula.policies.startTrial({ name: 'masks' })
    const outsiders = [clay, s.marketplace].map((reader) => [reader, 'not_found'] as const)
    for (const [reader, refusal] of [[milan, 'not_allowed'] as const, ...outsiders]) {
      expect(await refusalOf(reader.policies.startTrial({ name: 'masks' }))).toBe(refusal)
      expect(await refusalOf(reader.policies.listTrials({ name: 'masks' }))).toBe(refusal)
      expect(await refusalOf(reader.policies.getTrial({ name: 'masks', id: trial.id }))).toBe(
        refusal,
      )
    }
    expect(await refusalOf(s.nobody.policies.startTrial({ name: 'masks' }))).toBe('not_signed_in')
    expect(await refusalOf(paula.policies.startTrial({ name: 'nothing' }))).toBe('not_found')
    expect(await refusalOf(paula.policies.listTrials({ name: 'nothing' }))).toBe('not_found')
    expect(await refusalOf(paula.policies.getTrial({ name: 'gloves', id: trial.id }))).toBe(
      'not_found',
    )
  })
})

describe('a policy with its record', () => {
  test('reads its weeks, what people said, its curve, its examples and its versions', async () => {
    const examples = [
      { title: 'Mask', outcome: 'deactivate' as const },
      { title: 'Oak board', outcome: 'review' as const },
      { title: 'Filter', jurisdiction: 'us' as const, outcome: 'review' as const },
    ]
    await adoptPolicies(s.app, [{ ...maskPolicy, version: 2, examples }], 'eu')
    while (await rescreenSome(s.app, 'eu'));
    const record = await paula.policies.get({ name: 'masks' })
    expect(record.versions).toMatchObject([
      { version: 2, isInForce: true, hasNewText: false },
      { version: 1, isInForce: false, hasNewText: true },
    ])
    expect(record).toMatchObject({ jurisdiction: 'eu', policy: { signals: maskPolicy.signals } })
    expect(record.weeks).toHaveLength(12)
    expect(record.weeks.at(-1)).toMatchObject({
      start: '2026-11-23T00:00:00.000Z',
      found: 2,
      acted: 2,
      looked: 1,
      overturned: 1,
      overturnedSince: 1,
    })
    expect(record.precision).toMatchObject({ count: 0, of: 1, share: 0 })
    expect(record.scores).toHaveLength(2)
    expect(record.curve).toMatchObject([{ touched: 2, perWeek: 2, precision: { of: 1 } }])
    expect(
      record.examples.map(({ passes, outcome, jurisdiction }) => [passes, outcome, jurisdiction]),
    ).toEqual([
      [true, 'deactivate', 'us'],
      [false, 'allow', 'us'],
      [true, 'review', 'us'],
    ])
    expect(record.rescreening).toMatchObject({ version: 2, lifted: 0, acted: 0, found: 2 })
    expect(record.levels).toHaveLength(1)
    expect((await milan.policies.getVersion({ name: 'masks', version: 1 })).policy).toMatchObject({
      version: 1,
    })
    expect(await refusalOf(milan.policies.getVersion({ name: 'masks', version: 9 }))).toBe(
      'not_found',
    )
    expect(await refusalOf(milan.policies.get({ name: 'nothing' }))).toBe('not_found')
    expect(await refusalOf(clay.policies.get({ name: 'masks' }))).toBe('not_found')
    expect(await refusalOf(s.nobody.policies.getVersion({ name: 'masks', version: 1 }))).toBe(
      'not_signed_in',
    )
  })
})
