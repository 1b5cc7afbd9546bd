/** The check finds what leaves a seller in limbo, and nothing where a procedure keeps its word. */
import { describe, expect, it } from 'vitest'
import { smallShop as small } from '../../test/small-shop.ts'
import { formatDocumentError } from '../core/document.ts'
import { checkProcedure } from './check.ts'
import { gapCodes } from './gap.ts'
import { readProcedure } from './read.ts'
import { sayCheck } from './saying.ts'

function read(text: string) {
  const result = readProcedure(text, 'p.yaml')
  if (!result.ok) throw new Error(result.errors.map(formatDocumentError).join('\n'))
  return result.procedure
}

const checkText = (text: string) => checkProcedure(read(text))

/** The small shop with some of its words replaced. */
function shop(...changes: [string, string][]): string {
  return changes.reduce((text, [from, to]) => {
    expect(text).toContain(from)
    return text.replace(from, to)
  }, small)
}

const support = 'within: P1D, late: performance, forward: [performance]'

describe('the small shop', () => {
  it('is sound, and its worst cases are told with the way there', () => {
    expect(checkText(small)).toEqual({
      procedure: 'small-shop',
      sound: true,
      situations: 10,
      states: expect.any(Number),
      worst: {
        person: 'P1D',
        answer: 'P8D',
        path: ['account.lock', 'recovery', 'identity', 'deny', 'identity-chief'],
      },
      gaps: [],
      warnings: [],
    })
  })
})

/** One broken shop for each code, and a shop that differs in little and is free of that gap. */
const gallery: Record<
  (typeof gapCodes)[number],
  { broken: [string, string][]; gap: object; twin: [string, string][] }
> = {
  'no-way-in': {
    broken: [['recovery: { needs: [] }', 'recovery: { needs: [mailbox] }']],
    gap: { measure: 'account.lock', means: [], channel: null, worst: null, path: ['account.lock'] },
    twin: [['button:   { needs: [account] }', 'button:   { needs: [account, mailbox] }']],
  },
  'no-person': {
    broken: [[support, 'within: P1D, late: narrow']],
    gap: {
      measure: 'listing.deactivate',
      means: ['account', 'mailbox'],
      channel: 'contact',
      path: ['listing.deactivate', 'contact', 'support'],
    },
    twin: [[support, 'within: P1D, late: performance']],
  },
  limbo: {
    broken: [['within: P3D, late: lift', 'late: lift']],
    gap: {
      desk: 'executive',
      measure: null,
      means: null,
      channel: null,
      path: ['listing.deactivate', 'link', 'triage', 'late', 'performance', 'deny', 'executive'],
    },
    twin: [['within: P3D, late: lift', 'within: P2D, late: lift']],
  },
  'unsafe-lift': {
    broken: [['within: P3D, late: narrow', 'within: P3D, late: lift']],
    gap: {
      measure: 'account.secure',
      means: [],
      channel: 'recovery',
      path: ['account.secure', 'recovery', 'identity', 'deny', 'identity-chief'],
    },
    twin: [
      ['within: P3D, late: narrow', 'within: P3D, late: lift'],
      [', lift-by-clock: false', ''],
    ],
  },
  loop: {
    broken: [['within: P3D, late: lift', 'within: P3D, late: performance']],
    gap: {
      desk: 'executive+performance',
      path: [
        ...['listing.deactivate', 'link', 'triage', 'late', 'performance'],
        ...['late', 'executive', 'late', 'performance'],
      ],
    },
    twin: [['within: P3D, late: lift', 'within: P3D, late: identity-chief']],
  },
  'machine-denies': {
    broken: [['staff: machine, may: [grant]', 'staff: machine, may: [grant, deny]']],
    gap: { desk: 'triage' },
    twin: [['staff: machine, may: [grant]', 'staff: machine, may: [grant, narrow]']],
  },
  'dead-end': {
    broken: [[support, 'within: P1D']],
    gap: { desk: 'support', path: ['listing.deactivate', 'contact', 'support'] },
    twin: [[support, 'within: P1D, forward: [performance]']],
  },
  'hollow-second-look': {
    broken: [['late: executive, review: executive', 'late: executive, review: support']],
    gap: { desk: 'performance' },
    twin: [['late: executive, review: executive', 'late: executive, review: identity-chief']],
  },
  'no-second-look': {
    broken: [['late: executive, review: executive', 'late: executive, review: performance']],
    gap: { desk: 'performance' },
    twin: [],
  },
  'promise-person': {
    broken: [[support, 'within: P3DT1S, late: performance']],
    gap: { measure: 'listing.deactivate', channel: 'contact', worst: 'P3DT1S' },
    twin: [[support, 'within: P3D, late: performance']],
  },
  'promise-answer': {
    broken: [['within: P5D', 'within: P5DT0.5H']],
    gap: {
      measure: 'account.lock',
      means: [],
      channel: 'recovery',
      worst: 'P8DT30M',
      path: ['account.lock', 'recovery', 'identity', 'deny', 'identity-chief'],
    },
    twin: [['within: P5D', 'within: P4DT24H']],
  },
}

describe('the gallery of broken shops', () => {
  it.each(gapCodes)('shows %s, and its twin is free of it', (code) => {
    const { broken, gap, twin } = gallery[code]
    const found = checkText(shop(...broken))
    expect(found.sound).toBe(false)
    expect(found.gaps).toContainEqual(expect.objectContaining({ code, ...gap }))
    expect(checkText(shop(...twin)).gaps.filter((one) => one.code === code)).toEqual([])
    // Whoever reads it is told how to mend each.
    const said = sayCheck(found, read(shop(...broken)))
    const told = [
      ...said.matchAll(
        /^[a-z-]+(?:, (\d+) gaps)?: .+\n(?: {2}The same for .+\n)? {2}Path: .+\n {2}Mend: ./gm,
      ),
    ]
    expect(told.reduce((sum, [, gaps]) => sum + Number(gaps ?? 1), 0)).toBe(found.gaps.length)
    expect(said).not.toMatch(/undefined|null|NaN/)
  })
})

describe('a case', () => {
  const codesOf = (text: string) => [...new Set(checkText(text).gaps.map(({ code }) => code))]

  it('about a matter that ends by lateness before a person held it never got a person', () => {
    const gaps = checkText(shop([support, 'within: P1D, late: narrow'])).gaps
    const unbounded = gaps.filter(({ code }) => code === 'promise-person')
    expect(new Set(unbounded.map(({ measure, worst }) => `${measure} ${worst}`))).toEqual(
      new Set(['matter.question unbounded']),
    )
  })

  it('that a machine denies for good never got a person', () => {
    const gaps = checkText(
      shop(['staff: machine, may: [grant]', 'staff: machine, may: [grant, deny]']),
    ).gaps
    expect(gaps).toContainEqual(
      expect.objectContaining({
        code: 'promise-person',
        worst: 'unbounded',
        path: ['listing.deactivate', 'button', 'triage'],
      }),
    )
  })

  it('that comes late to the desk of the second look is looked at in its stead, but not one that comes otherwise', () => {
    expect(codesOf(small)).toEqual([])
    expect(codesOf(shop(['late: performance, forward: [performance]', 'late: executive']))).toEqual(
      ['no-second-look'],
    )
  })

  it('is passed on by lateness also from a desk without a clock', () => {
    const { gaps, warnings } = checkText(
      shop(
        ['within: P3D, late: lift', 'late: identity-chief'],
        ['by: [recovery], to: identity }', 'by: [recovery], to: performance }'],
      ),
    )
    expect(gaps.some(({ code }) => code === 'limbo')).toBe(true)
    expect(warnings).toEqual([])
  })

  it('is forwarded within the limit only', () => {
    const chain: [string, string][] = [
      [support, 'within: P1D, late: lift, forward: [performance]'],
      ['limits: { forwards: 2,', 'limits: { forwards: 0,'],
    ]
    expect(codesOf(shop(...chain))).toContain('no-person')
    expect(codesOf(shop(...chain.slice(0, 1)))).not.toContain('no-person')
  })

  it('that is handed to its own desk by lateness goes in a circle of one', () => {
    const { gaps } = checkText(
      shop(['within: P3D, late: narrow', 'within: P3D, late: identity-chief']),
    )
    expect(gaps).toContainEqual(
      expect.objectContaining({
        code: 'loop',
        desk: 'identity-chief',
        path: [
          ...['account.lock', 'recovery', 'identity', 'deny', 'identity-chief'],
          ...['late', 'identity-chief'],
        ],
      }),
    )
  })
})

describe('a warning', () => {
  it('names what is defined and never comes into use', () => {
    const { sound, warnings } = checkText(
      shop(
        ['channels:\n', 'channels:\n  letter: {}\n'],
        ['desks:\n', 'desks:\n  legal: { staff: people, may: [deny] }\n'],
        ['for: ["*"], by: [button', 'for: ["shop.*", "*"], by: [button'],
      ),
    )
    expect(sound).toBe(true)
    expect(warnings.map(({ code, desk, channel }) => ({ code, desk, channel }))).toEqual([
      { code: 'unused', desk: 'legal', channel: null },
      { code: 'unused', desk: null, channel: 'letter' },
      { code: 'unused', desk: null, channel: null },
    ])
    expect(warnings[2]?.message).toContain('"shop.*" in route 3')
  })
})

describe('a large procedure', () => {
  const numbered = (count: number, say: (number: number) => string) =>
    Array.from({ length: count }, (_, number) => `  ${say(number)}\n`).join('')
  const large = (desks: number, forwards: number) => `procedure: large
title: Large
officer: o@large.example
promise: { person: P1D, answer: P9D }
limits: { forwards: ${forwards} }
measures:
${numbered(30, (number) => `m${number}: { may-take: [account, mailbox] }`)}channels:
${numbered(10, (number) => `c${number}: { needs: [${['', 'account', 'mailbox'][number % 3]}] }`)}desks:
${numbered(desks, (number) => `d${number}: { staff: people, may: [deny], within: P1D, late: ${number === desks - 1 ? 'lift' : `d${number + 1}`}, review: d${(number * 7) % desks}, forward: [${Array.from({ length: desks }, (_, to) => `d${to}`).join(', ')}] }`)}routes:
${numbered(10, (number) => `- { for: ["*"], by: [c${number}], to: d${number} }`)}`

  it('of 40 desks, 30 measures and 10 channels is checked in less than two seconds', () => {
    const startedAt = performance.now()
    const { situations, gaps } = checkText(large(40, 3))
    const took = performance.now() - startedAt
    console.log(`40 desks, 30 measures, 10 channels: ${Math.round(took)} ms, ${gaps.length} gaps`)
    expect(situations).toBe(120)
    expect(took).toBeLessThan(2000)
  })

  it.each([
    [large(40, 1_000_000_000), /^at most|at most \d+ forwards/],
    [
      large(2, 1).replace(
        'desks:\n',
        `desks:\n${numbered(2000, (n) => `x${n}: { staff: people }`)}`,
      ),
      /at most 1000 desks/,
    ],
  ])('that is too large to prove is refused at its place', (text, mistake) => {
    expect(readProcedure(text)).toMatchObject({
      ok: false,
      errors: [{ line: expect.any(Number), message: expect.stringMatching(mistake) }],
    })
  })
})

it.each(['desks', 'measures', 'channels'])('a name that is none is refused among the %s', (key) => {
  expect(readProcedure(small.replace(`${key}:\n`, `${key}:\n  __proto__: {}\n`))).toMatchObject({
    ok: false,
    errors: expect.arrayContaining([
      expect.objectContaining({ column: 3, message: expect.stringContaining('__proto__') }),
    ]),
  })
})
