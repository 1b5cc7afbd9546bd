/** Misuse of complaints: who may be warned or set aside, and who never. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { complaintFindings } from './complaint.ts'
import {
  isManifestlyUnfounded,
  misuseLimits,
  setAsideAt,
  untilAfter,
  weighMisuse,
  type MisuseFacts,
  type PastComplaint,
  type ReporterMeasure,
} from './misuse.ts'

const now = new Date('2026-11-27T12:00:00Z')
const daysAgo = (days: number) => untilAfter(-days, now)

const unfounded = (days: number, changes: Partial<PastComplaint> = {}): PastComplaint => ({
  receivedAt: daysAgo(days),
  finding: 'refuted',
  isUnfounded: true,
  ringId: null,
  text: `It is fake, ${days}.`,
  ...changes,
})
const facts = (changes: Partial<MisuseFacts> = {}): MisuseFacts => ({
  complaints: [],
  besideInRing: [],
  caused: [],
  measures: [],
  ...changes,
})
const measure = (changes: Partial<ReporterMeasure> = {}): ReporterMeasure => ({
  id: 'rms_1',
  reporterId: 'ana',
  complaintId: 'cmp_1',
  complaintNumber: 7_001,
  kind: 'warning',
  takenBy: 'milan',
  takenByName: 'Milan',
  takenAt: daysAgo(10),
  until: null,
  reasons: 'Words.',
  lifted: null,
  ...changes,
})
const lifted = { by: 'aiko', byName: 'Aiko', at: daysAgo(1), reasons: 'Words.' }
const often = [unfounded(40), unfounded(30), unfounded(20)]

const anyComplaint = fc.record({
  receivedAt: fc.integer({ min: 0, max: 400 }).map(daysAgo),
  finding: fc.constantFrom(null, ...complaintFindings),
  isUnfounded: fc.boolean(),
  ringId: fc.constantFrom(null, 'ring'),
  text: fc.constantFrom('It is fake.', 'it IS  fake.', 'It broke.'),
})
const anyMeasure = fc
  .record({
    days: fc.integer({ min: 0, max: 500 }),
    lasts: fc.integer({ min: 1, max: 90 }),
    kind: fc.constantFrom('warning' as const, 'set-aside' as const),
    lifted: fc.constantFrom(null, lifted),
  })
  .map(({ days, lasts, ...rest }) =>
    measure({
      ...rest,
      takenAt: daysAgo(days),
      until: rest.kind === 'warning' ? null : untilAfter(lasts, daysAgo(days)),
    }),
  )
const anyFacts: fc.Arbitrary<MisuseFacts> = fc.record({
  complaints: fc.array(anyComplaint, { maxLength: 40 }),
  besideInRing: fc.array(fc.integer({ min: 0, max: 400 }).map(daysAgo)),
  caused: fc.array(fc.record({ from: fc.constant(daysAgo(3)), until: fc.constant(null) })),
  measures: fc.array(anyMeasure, { maxLength: 6 }),
})

describe('for all reporters', () => {
  test('who is mostly right is neither warned nor set aside, however many they send', () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 0, max: 200 }), (given, more) => {
        const wrong = given.complaints.filter(({ finding }) => finding === 'refuted').length
        const right = Array.from({ length: wrong + more }, () =>
          unfounded(1, { finding: 'confirmed', isUnfounded: false }),
        )
        const misuse = weighMisuse({ ...given, complaints: [...given.complaints, ...right] }, now)
        expect([misuse.warning.may, misuse.setAside.may]).toEqual([false, false])
      }),
    )
  })

  test('what could not be found out, and what is not found yet, changes nothing that may be done', () => {
    fc.assert(
      fc.property(anyFacts, fc.array(anyComplaint), (given, others) => {
        const open = others.map((one, at) => ({
          ...one,
          finding: at % 2 === 0 ? null : ('undetermined' as const),
        }))
        const without = weighMisuse(given, now)
        const withThem = weighMisuse({ ...given, complaints: [...given.complaints, ...open] }, now)
        expect([withThem.warning, withThem.setAside]).toEqual([without.warning, without.setAside])
      }),
    )
  })

  test('nothing is set aside without a warning that stands, and something new after it', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        if (!weighMisuse(given, now).setAside.may) return
        const warned = given.measures.filter((one) => one.kind === 'warning' && one.lifted === null)
        expect(warned.length).toBeGreaterThan(0)
        const first = Math.min(...warned.map(({ takenAt }) => takenAt.getTime()))
        const isNew = (one: PastComplaint) =>
          isManifestlyUnfounded(one) && one.receivedAt.getTime() > first
        expect(given.complaints.some(isNew)).toBe(true)
        const without = given.measures.filter(({ kind }) => kind !== 'warning')
        expect(weighMisuse({ ...given, measures: without }, now).setAside.may).toBe(false)
      }),
    )
  })

  test('it never lasts longer than 90 days', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        expect(weighMisuse(given, now).setAside.longestDays).toBeLessThanOrEqual(90)
      }),
    )
  })
})

describe('the four factors', () => {
  test('a refuted complaint alone is not manifestly unfounded', () => {
    expect(isManifestlyUnfounded(unfounded(1, { isUnfounded: false }))).toBe(false)
    expect(isManifestlyUnfounded(unfounded(1))).toBe(true)
    expect(isManifestlyUnfounded(unfounded(1, { isUnfounded: false, ringId: 'r' }))).toBe(true)
    const refuted = often.map((one) => ({ ...one, isUnfounded: false }))
    expect(weighMisuse(facts({ complaints: refuted }), now).warning.may).toBe(false)
  })

  test('number, share, gravity and intention are told with a sentence each', () => {
    const { factors } = weighMisuse(
      facts({
        complaints: [
          ...often,
          unfounded(10, { text: 'it  is FAKE, 20.' }),
          unfounded(5, { finding: 'confirmed', isUnfounded: false }),
          unfounded(500),
        ],
        caused: [{ from: daysAgo(4), until: daysAgo(2) }],
      }),
      now,
    )
    expect(factors.map(({ factor, value }) => [factor, value])).toEqual([
      ['number', 4],
      ['share', 0.8],
      ['gravity', 48],
      ['intention', 1],
    ])
    expect(factors.map(({ words }) => words)).toEqual([
      '4 complaints of the last 180 days were manifestly unfounded.',
      'That is 4 of 5 in which people found out what is so; 1 was confirmed. They sent 5 in all.',
      'Because of them 1 measure was put on sellers, for 48 hours in all.',
      '1 came in the same words as one that was refuted before.',
    ])
  })

  test('of a confirmed ring, which is one hand, all complaints are counted together', () => {
    const one = { complaints: [unfounded(3, { isUnfounded: false, ringId: 'ring' })] }
    expect(weighMisuse(facts(one), now).warning.may).toBe(false)
    const beside = { ...one, besideInRing: [daysAgo(3), daysAgo(2)] }
    expect(weighMisuse(facts(beside), now).warning.may).toBe(true)
  })
})

describe('in turn', () => {
  test('first a warning, and then for a time, which gets longer only by repetition', () => {
    const warned = [measure()]
    expect(weighMisuse(facts({ complaints: often }), now)).toMatchObject({
      warning: { may: true },
      setAside: { may: false, why: 'They have to be warned first.' },
    })
    expect(weighMisuse(facts({ complaints: often, measures: warned }), now)).toMatchObject({
      warning: { may: false },
      setAside: { may: false },
    })
    const again = [...often, unfounded(2)]
    const longest = (measures: ReporterMeasure[]) =>
      weighMisuse(facts({ complaints: again, measures }), now).setAside
    expect(longest(warned)).toMatchObject({ may: true, longestDays: 14 })
    const past = measure({ kind: 'set-aside', takenAt: daysAgo(9), until: daysAgo(5) })
    expect(longest([...warned, past])).toMatchObject({ may: true, longestDays: 30 })
    expect(longest([...warned, past, past, past])).toMatchObject({ longestDays: 90 })
    expect(longest([...warned, { ...past, lifted }])).toMatchObject({ longestDays: 14 })
    expect(longest([{ ...measure(), lifted }])).toMatchObject({ may: false })
    const old = measure({ takenAt: daysAgo(misuseLimits.warningDays + 1) })
    expect(longest([old])).toMatchObject({ may: false })
  })

  test('it is over at its end, and at once where it is lifted', () => {
    const aside = measure({ kind: 'set-aside', takenAt: daysAgo(1), until: untilAfter(13, now) })
    expect(setAsideAt([aside], now)?.id).toBe('rms_1')
    expect(setAsideAt([aside], aside.until ?? now)).toBeNull()
    expect(setAsideAt([{ ...aside, lifted }], now)).toBeNull()
  })
})
