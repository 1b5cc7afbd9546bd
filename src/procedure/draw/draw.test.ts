/** The picture shows all there is, hides nothing behind anything, and stays whole whatever the names. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deskTitle, Procedure } from '../../core/procedure.ts'
import { checkProcedure } from '../check.ts'
import { readProcedure } from '../read.ts'
import { drawProcedure } from './draw.ts'
import { layOutProcedure } from './picture.ts'
import { measureText, wrapText } from './text.ts'

const RUNS = 60

describe.each(['recourse', 'hands-off-the-wheel'])('the picture of %s', (file) => {
  const procedure = shipped(file)
  const check = checkProcedure(procedure)
  const picture = layOutProcedure(procedure, check)
  const words = wordsOf(drawProcedure(procedure, check))

  it('shows every desk with its title, every channel and every measure', () => {
    const boxes = picture.boxes.map(({ thing }) => thing)
    for (const name of Object.keys(procedure.desks)) {
      const box = picture.boxes.find(({ thing }) => thing.kind === 'desk' && thing.name === name)
      expect(box?.blocks[0]?.lines.join(' ')).toBe(deskTitle(procedure, name))
    }
    for (const name of Object.keys(procedure.channels))
      expect(boxes).toContainEqual(expect.objectContaining({ kind: 'channel', name }))
    for (const measure of Object.keys(procedure.measures)) expect(words).toContain(measure)
  })

  it('tells every gap in words with its path, and numbers each on the place that it touches', () => {
    expect(picture.notes.flatMap(({ gaps }) => gaps)).toHaveLength(check.gaps.length)
    for (const { message } of check.gaps) expect(words).toContain(message)
    for (const { at, number } of picture.notes) {
      expect(at.length).toBeGreaterThan(0)
      for (const id of at) expect(picture.boxes.find((box) => box.id === id)?.isGap).toBe(true)
      expect(picture.remarks.items.map(({ badge }) => badge)).toContain(`${number}`)
    }
    expect(picture.badges.length > 0).toBe(!check.sound)
  })

  it('is well-formed, and light or dark as the reader has it', () => {
    const svg = drawProcedure(procedure, check)
    expect(faultOf(svg)).toBeNull()
    expect(svg).toContain('@media (prefers-color-scheme: dark)')
  })
})

describe('the picture', () => {
  it('lets what never happens end in a red dot, and a slowest way without end run off the edge', () => {
    const picture = layOut(shipped('hands-off-the-wheel'))
    expect(picture.lines.filter(({ kind }) => kind === 'nothing')).toHaveLength(6)
    expect(picture.slowest?.parts.at(-1)).toMatchObject({ isEndless: true })
    expect(layOut(shipped('recourse')).lines.filter(({ kind }) => kind === 'nothing')).toEqual([])
  })

  it('draws the slowest way to scale', () => {
    const slowest = layOut(shipped('recourse')).slowest
    const [first, ...later] = slowest?.parts.map(({ width }) => width) ?? []
    expect(later.map((width) => Math.round((width / first!) * 100))).toEqual([200, 200, 300])
    expect(slowest?.above.map(({ words }) => words)).toEqual([
      'a person has it',
      'a person promised: 3 days',
      'the answer promised: 8 days',
      'the answer: 8 days',
    ])
  })

  it('never lets a title end an element or begin one', () => {
    const procedure = shipped('recourse')
    const hostile = `</text><script>alert(1)</script> & "quoted" 'too' ]]> <!-- \u0000\u001b\ud800\ufffe\u202e`
    procedure.title = hostile
    procedure.desks.performance!.title = hostile
    procedure.channels[hostile] = { needs: [] }
    procedure.measures[hostile] = { takes: [], 'may-take': [], 'lift-by-clock': true }
    procedure.routes.push({ for: ['*'], by: [hostile], to: 'performance' })
    const svg = drawProcedure(procedure)
    expect(faultOf(svg)).toBeNull()
    expect(svg).not.toContain('<script')
    expect(wordsOf(svg)).toContain('</text><script>alert(1)</script> & "quoted"')
  })

  it('is well-formed for any procedure', () => {
    fc.assert(
      fc.property(procedures(), (procedure) => {
        expect(faultOf(drawProcedure(procedure))).toBeNull()
      }),
      { numRuns: RUNS },
    )
  })

  it('lets no box stand on another, no line run through one, and nothing leave the page', () => {
    fc.assert(
      fc.property(procedures(), (procedure) => {
        const { boxes, lines, badges, width, height } = layOut(procedure)
        boxes.forEach((a, index) => {
          expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(
            true,
          )
          for (const b of boxes.slice(index + 1)) expect(overlap(a, b) ? [a, b] : null).toBeNull()
        })
        for (const { corners } of lines) {
          for (let at = 1; at + 1 < corners.length; at += 2) {
            const [from, to] = [corners[at]!, corners[at + 1]!]
            const lane = { x: from.x, y: from.y - 1, width: to.x - from.x, height: 2 }
            for (const box of boxes) expect(overlap(lane, box) ? box.id : null).toBeNull()
          }
        }
        badges.forEach((a, index) => {
          for (const b of badges.slice(index + 1)) expect(overlap(a, b)).toBe(false)
        })
      }),
      { numRuns: RUNS },
    )
  })

  it('keeps the text of every box within it', () => {
    fc.assert(
      fc.property(procedures(), (procedure) => {
        for (const box of layOut(procedure).boxes) {
          const high = box.blocks.reduce(
            (sum, block) => sum + block.lines.length * block.lineHeight,
            0,
          )
          expect(high).toBeLessThanOrEqual(box.height)
          for (const line of box.blocks.flatMap(({ lines }) => lines))
            expect(measureText(line, { size: 12 })).toBeLessThanOrEqual(box.width)
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('breaks text without losing any of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcdefW .-@é漢') }), (text) => {
        const lines = wrapText(text, 60, { size: 13 })
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        for (const line of lines) expect(measureText(line, { size: 13 })).toBeLessThanOrEqual(60)
      }),
    )
  })
})

function layOut(procedure: Procedure) {
  return layOutProcedure(procedure, checkProcedure(procedure))
}

function shipped(file: string): Procedure {
  const path = new URL(`../../../procedures/${file}.yaml`, import.meta.url)
  const read = readProcedure(readFileSync(path, 'utf8'))
  if (!read.ok) throw new Error(`${file} cannot be read`)
  return read.procedure
}

interface Area {
  x: number
  y: number
  width: number
  height: number
}

function overlap(a: Area, b: Area): boolean {
  const reach = (from: number, size: number, other: number, otherSize: number) =>
    from + size > other + 0.01 && other + otherSize > from + 0.01
  return reach(a.x, a.width, b.x, b.width) && reach(a.y, a.height, b.y, b.height)
}

/** What an XML parser would refuse, or null: names, nesting, attributes, characters and references. */
function faultOf(xml: string): string | null {
  const open: string[] = []
  const token = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z][a-zA-Z0-9-]*="[^"<]*")*)(\/?)>|([^<]+)/gy
  let end = 0
  for (let found = token.exec(xml); found !== null; found = token.exec(xml)) {
    end = token.lastIndex
    const [all, closes, name = '', attributes = '', alone, text] = found
    const names = [...attributes.matchAll(/ ([a-zA-Z0-9-]+)=/g)].map(([, key]) => key)
    if (new Set(names).size !== names.length) return `an attribute twice: ${all}`
    if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(attributes + (text ?? ''))) return `a bare &: ${all}`
    if (text !== undefined) {
      if (open.length === 0) return `text outside: ${text}`
    } else if (closes) {
      if (open.pop() !== name) return `closed out of turn: ${all}`
    } else if (!alone) open.push(name)
  }
  if (end !== xml.length) return `not XML: ${xml.slice(end, end + 60)}`
  // eslint-disable-next-line no-control-regex -- these are the ones that XML refuses
  const refused = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.exec(xml)
  if (refused) return `a character at ${refused.index}`
  return open.length === 0 ? null : `never closed: ${open.join(' ')}`
}

function wordsOf(svg: string): string {
  return svg
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

function procedures(): fc.Arbitrary<Procedure> {
  const days = fc.double({ min: 0.001, max: 400, noNaN: true }).map((count) => count * 86_400_000)
  const title = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 })
  const means = fc.subarray(['account', 'mailbox'] as const)
  return fc.integer({ min: 1, max: 12 }).chain((count) => {
    const names = Array.from({ length: count }, (_, place) => `desk-${place}`)
    const some = fc.constantFrom(...names)
    const desk = fc.record(
      {
        staff: fc.constantFrom('people', 'machine'),
        title,
        may: fc.subarray(['grant', 'narrow', 'deny', 'answer', 'ask']),
        within: days,
        late: fc.oneof(some, fc.constantFrom('lift', 'narrow')),
        review: some,
        forward: fc.array(some, { maxLength: 3 }),
      },
      { requiredKeys: ['staff', 'may'] },
    )
    const measures = ['listing.deactivate', 'account.lock', 'account.secure', 'matter.question']
    const channels = ['button', 'link', 'recovery', 'a-way-in-with-a-long-name']
    return fc
      .record({
        procedure: fc.constant('random'),
        title,
        officer: fc.constant('officer@shop.example'),
        promise: fc.record({ person: days, answer: days }),
        limits: fc.record({ forwards: fc.integer({ min: 0, max: 2 }) }),
        measures: named(measures, fc.record({ takes: means, 'may-take': means })),
        channels: named(channels, fc.record({ needs: means })),
        desks: named(names, desk),
        routes: fc.array(
          fc.record({
            for: fc.constantFrom(['*'], ['account.*'], ['matter.question']),
            by: fc.subarray(channels, { minLength: 1 }),
            to: some,
          }),
          { maxLength: 6 },
        ),
      })
      .map((written) => Procedure.parse(written))
  })
}

function named(
  names: readonly string[],
  one: fc.Arbitrary<unknown>,
): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .tuple(...names.map(() => one))
    .map((all) => Object.fromEntries(names.map((name, at) => [name, all[at]])))
}
