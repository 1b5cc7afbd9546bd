/** The two procedures that come with the project: ours leaves nobody in limbo, and the story's shows what sellers complain of. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatDocumentError } from '../core/document.ts'
import { measureInProcedure, measureNames, measures } from '../core/measure.ts'
import { latenessOf, routeTo } from '../core/procedure.ts'
import { checkProcedure } from './check.ts'
import { readProcedure } from './read.ts'

function write(name: string): string {
  return readFileSync(new URL(`../../procedures/${name}.yaml`, import.meta.url), 'utf8')
}

function read(text: string) {
  const result = readProcedure(text, 'p.yaml')
  if (!result.ok) throw new Error(result.errors.map(formatDocumentError).join('\n'))
  return result.procedure
}

const covered = {
  measures: [
    'listing.deactivate',
    'listing.deactivate.safety',
    'listing.demote',
    'account.warn',
    'account.suspend',
    'account.lock',
    'account.secure',
    'account.close',
    'payout.hold',
  ],
  matters: [
    'matter.question',
    'matter.letter',
    'matter.complaint',
    'matter.complaint.safety',
    'matter.recovery',
    'matter.check',
    'matter.repair',
  ],
}

describe('the default procedure', () => {
  const written = write('recourse')
  const procedure = read(written)

  it('is sound, and keeps its promise with the worst case told', () => {
    expect(checkProcedure(procedure)).toEqual({
      procedure: 'recourse',
      sound: true,
      situations: 45,
      states: expect.any(Number),
      worst: {
        person: 'P1D',
        answer: 'P8D',
        path: [
          ...['matter.question', expect.any(String), 'support', expect.any(String), 'performance'],
          ...['forward', 'legal', 'deny', 'executive'],
        ],
      },
      gaps: [],
      warnings: [],
    })
    expect(procedure.promise).toEqual({ person: 3 * 86_400_000, answer: 8 * 86_400_000 })
  })

  it('covers every measure and every matter, and lets none be lifted by the clock that must not be', () => {
    expect(Object.keys(procedure.measures)).toEqual([...covered.measures, ...covered.matters])
    for (const measure of measureNames) {
      // What was narrowed goes the way of what it was.
      const named = procedure.measures[measureInProcedure(measure)]
      expect([measure, named?.['lift-by-clock']]).toEqual([measure, measures[measure].liftByClock])
    }
    const guarded = covered.measures.filter((name) => !procedure.measures[name]!['lift-by-clock'])
    expect(guarded).toEqual(['listing.deactivate.safety', 'account.secure'])
  })

  it('takes every measure from every door of a seller to a desk', () => {
    const identity = ['account.lock', 'account.secure']
    for (const measure of covered.measures) {
      const own = identity.includes(measure)
        ? 'identity'
        : measure === 'listing.deactivate.safety'
          ? 'safety'
          : null
      for (const channel of ['button', 'link', 'contact', 'email', 'support'])
        expect([measure, routeTo(procedure, measure, channel)]).toEqual([
          measure,
          own ?? 'performance',
        ])
      for (const channel of ['letter', 'legal'])
        expect([measure, routeTo(procedure, measure, channel)]).toEqual([measure, own ?? 'legal'])
      expect(routeTo(procedure, measure, 'executive')).toBe(own ?? 'executive')
      expect(routeTo(procedure, measure, 'system')).toBeNull()
    }
    expect(routeTo(procedure, 'matter.question', 'contact')).toBe('support')
    expect(routeTo(procedure, 'matter.question', 'system')).toBe('support')
    expect(routeTo(procedure, 'matter.question', 'support')).toBe('support')
    expect(routeTo(procedure, 'matter.letter', 'letter')).toBe('legal')
    expect(routeTo(procedure, 'matter.letter', 'executive')).toBe('executive')
    for (const matter of ['matter.complaint', 'matter.check', 'matter.repair'])
      expect(routeTo(procedure, matter, 'system')).toBe('performance')
  })

  it('has the executive office and the legal department look again at one another’s denials', () => {
    expect([procedure.desks['executive']!.review, procedure.desks['legal']!.review]).toEqual([
      'legal',
      'executive',
    ])
  })

  it('asks at the recovery page first who somebody is, whatever the matter', () => {
    for (const name of Object.keys(procedure.measures))
      expect(routeTo(procedure, name, 'recovery')).toBe('identity')
  })

  it('ends every row of late desks in the favour of the seller', () => {
    const ends = Object.keys(procedure.desks).map((name) => {
      const way = [name]
      for (;;) {
        const late = latenessOf(procedure, way.at(-1)!)
        if (late?.does !== 'hand-over') return [...way, late?.does].join(' > ')
        expect(way).not.toContain(late.desk)
        way.push(late.desk)
      }
    })
    expect(ends).toEqual([
      'support > performance > executive > lift',
      'performance > executive > lift',
      'legal > lift',
      'executive > lift',
      'safety > safety-lead > narrow',
      'safety-lead > narrow',
      'identity > identity-chief > narrow',
      'identity-chief > narrow',
    ])
  })

  it.each([
    ['account.secure', 'letter'],
    ['listing.deactivate.safety', 'button'],
    ['listing.deactivate.safety', 'link'],
    ['listing.deactivate.safety', 'contact'],
    ['listing.deactivate.safety', 'letter'],
  ])(
    'lets no lateness lift %s: a route by %s to a desk that lifts is found',
    (measure, channel) => {
      for (const desk of ['support', 'performance', 'legal', 'executive']) {
        const wrong = `routes:\n  - { for: [${measure}], by: [${channel}], to: ${desk} }`
        const { gaps } = checkProcedure(read(written.replace('routes:', wrong)))
        expect(gaps).toContainEqual(
          expect.objectContaining({ code: 'unsafe-lift', measure, channel }),
        )
      }
    },
  )

  it('lets the identity desk forward to no desk whose lateness lifts', () => {
    const wrong = written.replace(
      '    review: identity-chief\n',
      '    review: identity-chief\n    forward: [performance]\n',
    )
    const codes = checkProcedure(read(wrong)).gaps.map(({ code }) => code)
    expect(new Set(codes)).toEqual(new Set(['unsafe-lift', 'promise-answer']))
  })

  it.each(['safety', 'identity'])('would be caught with a lateness that lifts at %s', (desk) => {
    const late = desk === 'safety' ? 'safety-lead' : 'identity-chief'
    const lines = written.split('\n')
    const from = lines.findIndex((line) => line.startsWith(`  ${late}:`))
    const at = lines.findIndex((line, place) => place > from && line.startsWith('    late: narrow'))
    lines[at] = '    late: lift'
    const { gaps } = checkProcedure(read(lines.join('\n')))
    expect(gaps.map(({ code }) => code)).toContain('unsafe-lift')
  })
})

describe('the procedure of the story', () => {
  const procedure = read(write('hands-off-the-wheel'))
  const { gaps, warnings } = checkProcedure(procedure)

  it('has the same measures', () => {
    const names = Object.keys(procedure.measures)
    expect(names.filter((name) => !name.startsWith('matter.'))).toEqual(covered.measures)
  })

  it('shows what sellers complain of', () => {
    expect(new Set(gaps.map(({ code }) => code))).toEqual(
      new Set([
        ...['no-way-in', 'no-person', 'limbo', 'dead-end', 'no-second-look'],
        ...['promise-person', 'promise-answer'],
      ]),
    )
  })

  it('has no way in for who is locked out and has lost the mailbox, whatever was done', () => {
    for (const measure of covered.measures)
      expect(gaps).toContainEqual(
        expect.objectContaining({ code: 'no-way-in', measure, means: [] }),
      )
    expect(gaps).toContainEqual(
      expect.objectContaining({ code: 'no-way-in', measure: 'matter.recovery', means: [] }),
    )
  })

  it('has no desk with a clock, and a mailbox that nobody opens', () => {
    const limbo = gaps.filter(({ code }) => code === 'limbo').map(({ desk }) => desk)
    expect(limbo.sort()).toEqual(Object.keys(procedure.desks).sort())
    expect(warnings).toEqual([expect.objectContaining({ code: 'unused', channel: 'email' })])
  })
})

it('the page that compares them tells the figures of the check', () => {
  const page = readFileSync(new URL('../../docs/two-procedures.md', import.meta.url), 'utf8')
  const [story, ours] = ['hands-off-the-wheel', 'recourse'].map((name) => {
    const procedure = read(write(name))
    return { ...checkProcedure(procedure), desks: Object.keys(procedure.desks).length }
  })
  const countIn = (code: string) => story!.gaps.filter((gap) => gap.code === code).length
  for (const row of [
    `| situations explored | ${story!.situations} | ${ours!.situations} |`,
    `| gaps | ${story!.gaps.length} | none |`,
    `| situations without any way in | ${countIn('no-way-in')} | none |`,
    `| desks that may hold a case without end | ${countIn('limbo')} of ${story!.desks} | none of ${ours!.desks} |`,
  ])
    expect(page).toContain(row)
})
