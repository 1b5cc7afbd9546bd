/** An open case moves to another version only where nobody then waits longer, or is left with less. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { days, play, written } from '../../test/random-procedure.ts'
import type { Written } from '../../test/random-procedure.ts'
import { formatDocumentError } from '../core/document.ts'
import type { Procedure } from '../core/procedure.ts'
import { proveMove } from './move.ts'
import type { CasePlace } from './move.ts'
import { readProcedure } from './read.ts'

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500)
const day = 86_400_000

const shop = `procedure: small-shop
title: Every seller reaches a person
officer: owner@small-shop.example
promise: { person: P3D, answer: P8D }
limits: { forwards: 1 }
measures:
  listing.deactivate: {}
  listing.deactivate.safety: { lift-by-clock: false }
  matter.question: {}
channels:
  button: { needs: [] }
desks:
  support: { staff: people, may: [answer], within: P1D, late: performance, forward: [performance] }
  performance: { staff: people, may: [grant, deny], within: P2D, late: executive, review: executive, forward: [legal] }
  legal: { staff: people, may: [grant, deny], within: P2D, late: executive, review: executive }
  executive: { staff: people, may: [grant, deny], within: P3D, late: lift }
  safety: { staff: people, may: [grant, narrow], within: P3D, late: narrow }
routes:
  - { for: [listing.deactivate.safety], by: [button], to: safety }
  - { for: ["*"], by: [button], to: support }
`

function read(text: string): Procedure {
  const result = readProcedure(text, 'p.yaml')
  if (!result.ok) throw new Error(result.errors.map(formatDocumentError).join('\n'))
  return result.procedure
}

const atSupport: CasePlace = {
  measure: 'listing.deactivate',
  channel: 'button',
  desk: 'support',
  forwards: 0,
  secondLook: false,
  left: day / 2,
}

/** Moves a case of the shop to the shop with some of its words replaced. */
function move(place: Partial<CasePlace>, ...changes: [string, string][]) {
  const changed = changes.reduce((text, [was, will]) => {
    expect(text).toContain(was)
    return text.replaceAll(was, will)
  }, shop)
  return proveMove(read(shop), read(changed), { ...atSupport, ...place })
}

describe('an open case', () => {
  it('moves to a version that is faster, or that differs where the case no longer comes', () => {
    expect(move({}, ['within: P2D', 'within: P1D'])).toEqual({ ok: true })
    expect(move({ desk: 'executive', secondLook: true }, ['within: P2D', 'within: P7D'])).toEqual({
      ok: true,
    })
    // It keeps the clock of the desk where it is, and never comes back there.
    expect(move({}, ['within: P1D', 'within: P3D'])).toEqual({ ok: true })
    // Its one forward is spent, so that the legal department never sees it.
    const slower: [string, string] = [
      'legal: { staff: people, may: [grant, deny], within: P2D',
      'legal: { staff: people, may: [grant, deny], within: P6D',
    ]
    expect(move({ desk: 'performance', forwards: 1 }, slower)).toEqual({ ok: true })
    expect(move({ desk: 'performance', forwards: 0 }, slower)).toMatchObject({ ok: false })
  })

  it.each<[string, Partial<CasePlace>, [string, string][], string]>([
    [
      'where its desk is gone',
      { desk: 'legal' },
      [
        ['  legal: { staff', '  lawyers: { staff'],
        ['forward: [legal]', 'forward: [lawyers]'],
      ],
      'The new version has no desk "legal", where the case is.',
    ],
    [
      'where its measure is unknown',
      {},
      [['  listing.deactivate: {}', '  listing.demote: {}']],
      'The new version does not know listing.deactivate, which the case is about.',
    ],
    [
      'where the next clock is longer',
      { desk: 'performance', forwards: 1 },
      [['within: P3D, late: lift', 'within: P4D, late: lift']],
      'The final answer could take 4 days 12 hours more under the new version, and takes at most 3 days 12 hours now.',
    ],
    [
      'where a person has it later, although the answer comes as early',
      {},
      [
        [
          'performance: { staff: people, may: [grant, deny], within: P2D',
          'performance: { staff: machine, may: [grant], within: P2D',
        ],
      ],
      'A person with power to decide could take 2 days 12 hours more under the new version, and takes at most 12 hours now.',
    ],
    [
      'where a clock is missing',
      {},
      [['within: P3D, late: lift', 'late: lift']],
      'The new version has a gap here: The desk "executive" may hold a case without end.',
    ],
    [
      'where nobody looks again at a denial',
      { desk: 'performance' },
      [[', review: executive, forward', ', forward']],
      'The new version has a gap here: The desk "performance" may deny a seller whose case nobody else looks at again.',
    ],
    [
      'where lateness lifts what must never be lifted so',
      { measure: 'listing.deactivate.safety', desk: 'safety' },
      [['within: P3D, late: narrow', 'within: P3D, late: lift']],
      'The new version has a gap here: Under listing.deactivate.safety, by button, mere lateness can lift what must never be lifted by the clock.',
    ],
    [
      'where lateness would only narrow what it lifts now',
      { desk: 'executive', secondLook: true },
      [['late: lift', 'late: narrow']],
      'Under the new version, lateness could only narrow the measure that it lifts now.',
    ],
  ])('stays with its version %s, and the reason is one sentence', (_, place, changes, why) => {
    expect(move(place, ...changes)).toEqual({ ok: false, why })
  })

  it('about a matter moves also where lateness would narrow: there it has nothing to lift', () => {
    const end: [string, string] = ['late: lift', 'late: narrow']
    expect(move({ measure: 'matter.question', desk: 'executive' }, end)).toEqual({ ok: true })
  })

  it('leaves a version in which it could wait without end', () => {
    const endless = read(shop.replace('within: P3D, late: lift', 'late: lift'))
    expect(proveMove(endless, read(shop), atSupport)).toEqual({ ok: true })
  })
})

/** A document with a place in it where a case may be. */
const placed = written.chain((document) =>
  fc
    .record({
      measure: fc.constantFrom(...Object.keys(document.measures)),
      channel: fc.constantFrom(...Object.keys(document.channels)),
      desk: fc.constantFrom(...Object.keys(document.desks)),
      forwards: fc.integer({ min: 0, max: document.limits.forwards }),
      secondLook: fc.boolean(),
      left: fc.option(fc.integer({ min: -day, max: 4 * day })),
    })
    .map((place) => ({ document, place })),
)

function readWritten(document: Written): Procedure {
  const head = { procedure: 'random', title: 'Random', officer: 'o@example.com' }
  return read(JSON.stringify({ ...head, ...document }))
}

describe('any open case', { timeout: 30_000 + RUNS * 40 }, () => {
  it('may move to the very same version', () => {
    fc.assert(
      fc.property(placed, ({ document, place }) => {
        expect(proveMove(readWritten(document), readWritten(document), place)).toEqual({ ok: true })
      }),
      { numRuns: RUNS },
    )
  })

  it('may move where only clocks got shorter', () => {
    fc.assert(
      fc.property(placed, fc.array(fc.nat(3), { maxLength: 4 }), ({ document, place }, cuts) => {
        const faster = structuredClone(document)
        Object.values(faster.desks).forEach((desk, at) => {
          if (desk.within === undefined) return
          desk.within = `P${Math.max(1, days(desk.within) - (cuts[at] ?? 0))}D`
        })
        expect(proveMove(readWritten(document), readWritten(faster), place)).toEqual({ ok: true })
      }),
      { numRuns: RUNS },
    )
  })

  it('may not move where the clock of the desk that gets it late is longer than all it could wait for', () => {
    let refused = 0
    fc.assert(
      fc.property(placed, ({ document, place }) => {
        const next = document.desks[document.desks[place.desk]!.late ?? '']
        const now = { desk: place.desk, spent: place.forwards, looked: place.secondLook }
        const isMatter = place.measure.startsWith('matter.')
        fc.pre(next?.within !== undefined && play(document, now, isMatter).answer < Infinity)
        const slower = structuredClone(document)
        slower.desks[document.desks[place.desk]!.late!]!.within = 'P1000D'
        expect(proveMove(readWritten(document), readWritten(slower), place)).toEqual({
          ok: false,
          why: expect.stringMatching(/^(The final answer|A person) .* under the new version/),
        })
        refused++
      }),
      { numRuns: RUNS },
    )
    expect(refused).toBeGreaterThan(0)
  })

  it('that moves to any other version never waits longer, as every history played by hand tells', () => {
    const counts = { moved: 0, stayed: 0 }
    const other = fc.record({ within: fc.integer({ min: 1, max: 4 }), late: fc.nat(5) })
    fc.assert(
      fc.property(placed, fc.array(other, { maxLength: 4 }), ({ document, place }, changes) => {
        const changed = structuredClone(document)
        const names = Object.keys(changed.desks)
        changes.forEach(({ within, late }, at) => {
          const desk = changed.desks[names[at] ?? '']
          if (desk === undefined) return
          desk.within = `P${within}D`
          desk.late = [...names, 'narrow', 'lift'][late] ?? 'narrow'
        })
        const moved = proveMove(readWritten(document), readWritten(changed), place)
        counts[moved.ok ? 'moved' : 'stayed']++
        if (!moved.ok) return
        const [before, after] = [document, changed].map((one) => {
          const now = { desk: place.desk, spent: place.forwards, looked: place.secondLook }
          const { answer, person } = play(one, now, place.measure.startsWith('matter.'))
          const own = days(one.desks[place.desk]!.within ?? 'P0D')
          return { answer: answer - own, person: person === 0 ? 0 : person - own }
        })
        expect(after!.answer).toBeLessThanOrEqual(before!.answer)
        expect(after!.person).toBeLessThanOrEqual(before!.person)
      }),
      { numRuns: RUNS },
    )
    console.log(`${counts.moved} random moves proved, ${counts.stayed} refused`)
    expect(Math.min(counts.moved, counts.stayed)).toBeGreaterThan(0)
  })
})
