/** Tests of what counts against an account: examples, and what has to hold of all facts. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accountHealth,
  isMet,
  restingOn,
  stillMet,
  type ComplaintFact,
  type HealthFacts,
  type Violation,
} from './account-health.ts'
import { later } from './calendar.ts'
import { complaintFindings } from './complaint.ts'
import { readHealthRules } from './health-rules.ts'
import { measureNames } from './measure.ts'

const file = new URL('../../procedures/health.yaml', import.meta.url)
const read = readHealthRules(readFileSync(file, 'utf8'), 'health.yaml')
if (!read.ok) throw new Error(`read procedures/health.yaml: ${JSON.stringify(read.errors)}`)
const { rules } = read

const day = 24 * 60 * 60_000
const now = new Date('2026-11-23T09:00:00Z')
const ago = (days: number) => later(now, -days * day)

/** A person took a listing off sale today, for a rule of medium severity. */
function violation(number: number, over: Partial<Violation> = {}): Violation {
  return {
    decisionId: `dec_${number}`,
    number,
    measure: 'listing.deactivate',
    subject: 'listing',
    title: `Listing ${number}`,
    policy: `rule-${number}`,
    policyTitle: `Rule ${number}`,
    takenAt: now,
    isInForce: true,
    isLifted: false,
    byMachine: false,
    isSeen: true,
    isOnComplaint: false,
    isContested: false,
    isInTakeover: false,
    remediedAt: null,
    ...over,
  }
}

function complaint(number: number, over: Partial<ComplaintFact> = {}): ComplaintFact {
  return {
    complaintId: `cmp_${number}`,
    caseId: `cas_${number}`,
    number,
    at: ago(1),
    source: `buyer-${number}`,
    finding: null,
    ringId: null,
    score: { counts: true, credibility: 0.9 },
    ...over,
  }
}

const facts = (over: Partial<HealthFacts> = {}): HealthFacts => ({
  violations: [],
  complaints: [],
  orders: 200,
  ...over,
})
const health = (over: Partial<HealthFacts> = {}, at = now) => accountHealth(facts(over), rules, at)
const many = (count: number, over: Partial<ComplaintFact> = {}) =>
  Array.from({ length: count }, (_, place) => complaint(place + 1, over))

describe('what counts', () => {
  test('nothing counts against a new account', () => {
    expect(health({ orders: 0 })).toMatchObject({
      points: 0,
      standing: { standing: 'good' },
      sources: 0,
      raises: [],
    })
  })

  test('a broken rule counts by its severity, ages by half in sixty days, and is over after 180', () => {
    const broken = [violation(1)]
    expect(health({ violations: broken }).points).toBe(10)
    expect(health({ violations: broken }, later(now, 60 * day)).points).toBe(5)
    expect(health({ violations: broken }, later(now, 180 * day))).toMatchObject({
      points: 0,
      violations: [],
    })
  })

  test('what a machine did and nobody looked at counts a quarter, and what was put right half', () => {
    expect(health({ violations: [violation(1, { byMachine: true, isSeen: false })] }).points).toBe(
      2.5,
    )
    expect(health({ violations: [violation(1, { remediedAt: now })] }).points).toBe(5)
  })

  test('forty listings that one rule finds on one day are one mistake', () => {
    const flood = Array.from({ length: 40 }, (_, place) => violation(place + 1, { policy: 'ppe' }))
    const { points, decisions, violations } = health({ violations: flood })
    expect([points, decisions]).toEqual([10, 1])
    expect(violations.filter(({ state }) => state === 'same-mistake')).toHaveLength(39)
    expect(violations.find(({ state }) => state === 'same-mistake')?.countsWith).toBe(1)
  })

  test.each([
    ['taken back', { isLifted: true }],
    ['of a rule that is no misconduct', { policy: 'seller-identity-and-fraud' }],
    [
      'that follows from the points themselves',
      { policy: 'account-health', measure: 'account.warn' },
    ],
    ['a lock on suspicion', { measure: 'account.lock', subject: 'account' }],
    ['that secures an account', { measure: 'account.secure.narrowed', subject: 'account' }],
    ['that holds money', { measure: 'payout.hold', subject: 'payouts' }],
  ] as const)('a decision %s leaves no mark', (_, over) => {
    expect(health({ violations: [violation(1, over)] })).toMatchObject({
      points: 0,
      violations: [],
    })
  })

  test.each([
    ['contested', { isContested: true }],
    ['takeover', { isInTakeover: true }],
    ['unconfirmed', { isOnComplaint: true, byMachine: true, isSeen: false }],
  ] as const)('a decision that is %s is shown and makes no points', (state, over) => {
    const { points, violations } = health({ violations: [violation(1, over)] })
    expect([points, violations.map((one) => one.state)]).toEqual([0, [state]])
  })

  test('an appeal never costs anything: what was contested and stands counts what it did before', () => {
    const alone = violation(1, { byMachine: true, isSeen: false })
    const before = health({ violations: [alone] }).points
    expect(health({ violations: [{ ...alone, isContested: true }] }).points).toBeLessThan(before)
    expect(health({ violations: [{ ...alone, isContested: false }] }).points).toBe(before)
  })

  test.each([
    ['of a ring', { ringId: 'ring_1', score: { counts: false, credibility: 0.1 } }, 'ring'],
    [
      'confirmed, and of a ring',
      { finding: 'confirmed', ringId: 'ring_1', score: { counts: true, credibility: 0.9 } },
      'ring',
    ],
    [
      'confirmed, of a ring, and set aside',
      { finding: 'confirmed', ringId: 'ring_1', score: null },
      'ring',
    ],
    ['refuted', { finding: 'refuted' }, 'refuted'],
    ['undetermined', { finding: 'undetermined' }, 'undetermined'],
    ['not weighed yet', { score: null }, 'unweighed'],
    ['unlikely', { score: { counts: false, credibility: 0.1 } }, 'unlikely'],
    ['of one reporter', { source: 'ana' }, 'too-few'],
  ] as const)('thirty complaints that are %s count nothing', (_, over, state) => {
    const { points, complaints } = health({ complaints: many(30, over) })
    expect(points).toBe(0)
    expect(complaints.some((one) => one.state === state)).toBe(true)
    expect(complaints.some((one) => one.state === 'counts')).toBe(false)
  })

  test('complaints count against the orders: thirty of two hundred much, thirty of twenty thousand nothing', () => {
    const complaints = many(30)
    expect(health({ complaints }).standing.standing).toBe('at-risk')
    expect(health({ complaints, orders: 20_000 }).points).toBe(0)
    expect(health({ complaints: many(2) }).points).toBe(0)
  })
})

describe('what would raise it', () => {
  test('each says what the points are then, exactly', () => {
    const violations = [
      violation(1, { byMachine: true, policy: 'product-safety' }),
      violation(2, { takenAt: ago(40) }),
    ]
    const { raises } = health({ violations, complaints: many(20), orders: 200 })
    const corrected = raises.find(
      (one) => one.kind === 'correct' && one.decisions.some(({ number }) => number === 1),
    )
    expect(corrected).toMatchObject({ way: 'edit' })
    const lifted = violations.map((one) => ({ ...one, isLifted: one.number === 1 }))
    expect(corrected?.points).toBe(
      health({ violations: lifted, complaints: many(20), orders: 200 }).points,
    )
    const orders = raises.find((one) => one.kind === 'orders')
    if (orders?.kind !== 'orders') throw new Error('more orders would not help')
    const then = health({ violations, complaints: many(20), orders: 200 + orders.orders })
    expect(then.points).toBe(orders.points)
    expect(then.share.points).toBe(0)
    const fewer = health({ violations, complaints: many(20), orders: 199 + orders.orders })
    expect(fewer.share.points).toBeGreaterThan(0)
  })

  test('without complaints the day is told on which it stands better by itself', () => {
    const { raises } = health({ violations: [violation(1), violation(2)] })
    const time = raises.find((one) => one.kind === 'time')
    if (time?.kind !== 'time') throw new Error('waiting would not help')
    expect(time.standing.standing).toBe('good')
    const two = { violations: [violation(1), violation(2)] }
    expect(health(two, time.at).standing.standing).toBe('good')
    expect(health(two, later(time.at, -day)).standing.standing).toBe('fair')
  })

  test('what a person took is corrected by an appeal', () => {
    const { raises } = health({ violations: [violation(1)] })
    expect(raises[0]).toMatchObject({ kind: 'correct', way: 'appeal', points: 0 })
  })
})

describe('written thresholds', () => {
  const [ask, warn, suspend] = rules.thresholds
  if (!ask || !warn || !suspend) throw new Error('procedures/health.yaml has no three thresholds')

  test('complaints alone never come to a suspension, however many they are', () => {
    const worst = health({ complaints: many(200), orders: 200 })
    expect(isMet(ask, worst)).toBe(true)
    expect(isMet(suspend, worst)).toBe(false)
  })

  test('a measure rests on everything that counts, and on nothing else', () => {
    const complaints = [...many(5), complaint(9, { finding: 'refuted' })]
    const violations = [violation(1), violation(2, { isContested: true })]
    expect(restingOn(health({ violations, complaints }))).toEqual([
      { kind: 'decision', id: 'dec_1' },
      ...[5, 4, 3, 2, 1].map((number) => ({ kind: 'complaint', id: `cmp_${number}` })),
    ])
  })

  test('it is computed again without what fell, as of the day of its decision', () => {
    const violations = [1, 2, 3, 4].map((number) => violation(number))
    expect(isMet(warn, health({ violations }))).toBe(true)
    // Ageing and an appeal are no reason, and what came afterwards is none either.
    const contested = violations.map((one) => ({ ...one, isContested: true }))
    expect(stillMet(warn, facts({ violations: contested }), rules, now)).toBe(true)
    const lifted = violations.map((one) => ({ ...one, isLifted: one.number === 1 }))
    expect(stillMet(warn, facts({ violations: lifted }), rules, now)).toBe(false)
    const afterwards = [...lifted, violation(5, { takenAt: later(now, day) })]
    expect(stillMet(warn, facts({ violations: afterwards }), rules, now)).toBe(false)
  })
})

const aViolation = fc
  .record({
    number: fc.integer({ min: 1, max: 40 }),
    measure: fc.constantFrom(...measureNames),
    policy: fc.constantFrom('ppe', 'cosmetic', 'product-safety', 'account-takeover', 'else'),
    age: fc.integer({ min: 0, max: 200 }),
    isInForce: fc.boolean(),
    isLifted: fc.boolean(),
    byMachine: fc.boolean(),
    isSeen: fc.boolean(),
    isOnComplaint: fc.boolean(),
    isContested: fc.boolean(),
    isInTakeover: fc.boolean(),
    remedied: fc.boolean(),
  })
  .map(({ age, remedied, number, ...over }) =>
    violation(number, {
      ...over,
      subject: over.measure.startsWith('listing')
        ? 'listing'
        : over.measure.startsWith('payout')
          ? 'payouts'
          : 'account',
      takenAt: ago(age),
      remediedAt: remedied ? ago(0) : null,
    }),
  )
const aComplaint = fc
  .record({
    number: fc.integer({ min: 100, max: 200 }),
    source: fc.integer({ min: 1, max: 30 }).map((one) => `buyer-${one}`),
    age: fc.integer({ min: 0, max: 100 }),
    finding: fc.option(fc.constantFrom(...complaintFindings)),
    ringId: fc.option(fc.constantFrom('ring_1', 'ring_2')),
    score: fc.option(
      fc.record({
        counts: fc.boolean(),
        credibility: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    ),
  })
  .map(({ age, number, ...over }) => complaint(number, { ...over, at: ago(age) }))
const someFacts = fc.record({
  violations: fc.uniqueArray(aViolation, { selector: ({ number }) => number, maxLength: 12 }),
  complaints: fc.uniqueArray(aComplaint, { selector: ({ number }) => number, maxLength: 40 }),
  orders: fc.nat(2_000),
})
const metBy = (some: HealthFacts) => {
  const of = accountHealth(some, rules, now)
  return rules.thresholds.filter((one) => isMet(one, of)).map(({ threshold }) => threshold)
}

describe('of all facts', () => {
  test('a lifted decision never lowers the standing', () => {
    fc.assert(
      fc.property(someFacts, fc.nat(), (some, which) => {
        const violations = some.violations.map((one, place) =>
          place === which % Math.max(1, some.violations.length) ? { ...one, isLifted: true } : one,
        )
        const [before, after] = [some, { ...some, violations }].map((one) =>
          accountHealth(one, rules, now),
        )
        expect(after?.points).toBeLessThanOrEqual(before?.points ?? 0)
        expect(after?.sources).toBeLessThanOrEqual(before?.sources ?? 0)
      }),
    )
  })

  test('one unverified complaint never changes what is met', () => {
    fc.assert(
      fc.property(someFacts, aComplaint, (some, one) => {
        const known = some.complaints.filter(
          ({ finding, number }) => finding !== null && number !== one.number,
        )
        const before = { ...some, complaints: known }
        const after = { ...some, complaints: [...known, { ...one, finding: null }] }
        expect(metBy(after)).toEqual(metBy(before))
        expect(accountHealth(after, rules, now).points).toBe(
          accountHealth(before, rules, now).points,
        )
      }),
    )
  })

  test('the order of facts does not matter', () => {
    fc.assert(
      fc.property(someFacts, (some) => {
        const turned = {
          ...some,
          violations: some.violations.toReversed(),
          complaints: some.complaints.toReversed(),
        }
        expect(accountHealth(turned, rules, now)).toEqual(accountHealth(some, rules, now))
      }),
    )
  })

  test('more orders without complaints never hurt', () => {
    fc.assert(
      fc.property(someFacts, fc.nat(1_000), (some, more) => {
        const after = { ...some, orders: some.orders + more }
        expect(accountHealth(after, rules, now).points).toBeLessThanOrEqual(
          accountHealth(some, rules, now).points,
        )
        expect(metBy(some)).toEqual(expect.arrayContaining(metBy(after)))
      }),
    )
  })

  test('a ring counts not at all, whatever its complaints say', () => {
    fc.assert(
      fc.property(someFacts, fc.array(aComplaint, { maxLength: 60 }), (some, ring) => {
        const members = ring.map((one, place) => ({
          ...one,
          number: 1_000 + place,
          source: `member-${place}`,
          ringId: 'ring_9',
          score: { counts: true, credibility: 1 },
        }))
        const after = { ...some, complaints: [...some.complaints, ...members] }
        expect(accountHealth(after, rules, now).points).toBe(accountHealth(some, rules, now).points)
      }),
    )
  })

  test('what would raise it makes fewer points, and time alone never adds any', () => {
    fc.assert(
      fc.property(someFacts, fc.nat(200), (some, days) => {
        const { points, raises } = accountHealth(some, rules, now)
        for (const raise of raises) expect(raise.points).toBeLessThan(points)
        const decisions = { ...some, complaints: [] }
        expect(accountHealth(decisions, rules, later(now, days * day)).points).toBeLessThanOrEqual(
          accountHealth(decisions, rules, now).points,
        )
      }),
    )
  })
})
