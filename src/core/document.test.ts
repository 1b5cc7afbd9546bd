/** A document is read whole, or refused with the place of every mistake. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { formatDocumentError, readDocument } from './document.ts'

const schema = z.strictObject({
  name: z.string().regex(/^[a-z]+$/, 'small letters'),
  size: z.int().min(1).max(9).default(1),
  colour: z.enum(['red', 'green']).optional(),
  parts: z.array(z.strictObject({ weight: z.number() })).default([]),
  desks: z.record(z.string(), z.strictObject({ staff: z.string() })).default({}),
})

function mistakes(text: string): string[] {
  const read = readDocument({ file: 'a.yaml', text, schema })
  return read.ok ? [] : read.errors.map(formatDocumentError)
}

describe('a document', () => {
  it('is read into the shape of its schema', () => {
    expect(
      readDocument({ file: 'a.yaml', text: 'name: box\nparts: [{ weight: 2 }]', schema }),
    ).toEqual({
      ok: true,
      value: { name: 'box', size: 1, parts: [{ weight: 2 }], desks: {} },
    })
  })

  it.each([
    [
      'name: box\nclour: red',
      'a.yaml:2:1: "clour" is not a key that is known here; did you mean "colour"?',
    ],
    [
      'name: box\nparts:\n  - wieght: 2',
      'a.yaml:3:5: "wieght" is not a key that is known here; did you mean "weight"?',
    ],
    ['name: box\nparts:\n  - wieght: 2', 'a.yaml:3:5: "weight" is missing: expected a number'],
    ['size: 2', 'a.yaml:1:1: "name" is missing: expected a text'],
    ['name: box\nsize: many', 'a.yaml:2:7: expected a number, found "many"'],
    ['name: box\nsize: 12', 'a.yaml:2:7: expected at most 9, found 12'],
    ['name: BOX', 'a.yaml:1:7: expected small letters, found "BOX"'],
    [
      'name: box\ncolour: gren',
      'a.yaml:2:9: expected one of red, green, found "gren"; did you mean "green"?',
    ],
    ['name: box\ndesks:\n  legal: {}', 'a.yaml:3:10: "staff" is missing: expected a text'],
    ['name: box\ndesks:\n  legal:', 'a.yaml:3:3: expected a mapping (name: value), found nothing'],
    ['name: box\nparts: &a [{ weight: x }]', 'a.yaml:2:22: expected a number, found "x"'],
    ['', 'a.yaml:1:1: expected a mapping (name: value), found nothing'],
    ['name: box\n? [a, b]\n: c', 'a.yaml:2:3: expected a name, found a list or mapping'],
    ['- a', 'a.yaml:1:1: expected a mapping (name: value), found a list of 1'],
  ])('says of %j what was expected, and where', (text, mistake) => {
    expect(mistakes(text)).toContain(mistake)
  })

  it.each([
    ['name: [', 1],
    ['name: a\nname: b', 2],
    ['name: a\n--- \nname: b', 2],
    ['name: !secret a', 1],
  ])('that is no YAML is refused at its line: %j', (text, line) => {
    const [first] = mistakes(text)
    expect(first).toMatch(new RegExp(`^a.yaml:${line}:\\d+: not readable as YAML: `))
  })

  it('survives a bomb of aliases, a tower of brackets, and a flood', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'
        .split('')
        .map(
          (letter, at) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefg'[at]}`).join(',')}]`,
        ),
    ]
    expect(mistakes(bomb.join('\n'))[0]).toContain('not readable as YAML')
    expect(mistakes('x'.repeat(1_000_001))[0]).toContain('longer than')
  })

  it.each([
    ['[', 100],
    ['{a: ', 400],
    ['- ', 200],
    ['? ', 200],
    ['a: {b: [', 400],
    [': ', 200],
  ])('nested ever deeper by %j is refused where it gets too deep', (opening, column) => {
    const read = readDocument({ file: 'a.yaml', text: opening.repeat(100_000), schema })
    if (read.ok) throw new Error('a tower of brackets is no document')
    expect(read.errors).toHaveLength(1)
    expect(read.errors[0]?.message).toContain('nested more than 100 levels deep')
    expect(read.errors[0]?.column).toBeLessThanOrEqual(column + 1)
  })

  it('may repeat itself by aliases, within reason', () => {
    expect(mistakes('name: &n box\nparts: [&p { weight: 1 }, *p]')).toEqual([])
    const chain = Array.from({ length: 20_000 }, (_, at) => `b${at}: &a${at + 1} [*a${at}]`)
    expect(mistakes(['a: &a0 [x]', ...chain].join('\n'))).toEqual([
      expect.stringContaining('more than 100 aliases'),
    ])
  })

  it('nested ever deeper by indenting is refused, and long lines and texts are not', () => {
    const stairs = Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')
    expect(mistakes(stairs)).toEqual([
      expect.stringMatching(/^a.yaml:101:102: .*nested more than 100/),
    ])
    const parts = Array.from({ length: 500 }, () => '{ weight: 1 }').join(', ')
    const text = `name: box\nparts: [${parts}]\ncolour: red # ${'[ - '.repeat(500)}\n`
    expect(mistakes(text)).toEqual([])
  })

  it('reports every mistake, in the order of the text', () => {
    expect(
      mistakes('size: 0\ncolour: blue\nname: 5').map((mistake) => mistake.split(': ')[0]),
    ).toEqual(['a.yaml:1:7', 'a.yaml:2:9', 'a.yaml:3:7'])
  })
})
