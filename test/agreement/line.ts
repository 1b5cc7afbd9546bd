/** A written line is a listing as JSON, in one of the many ways in which that can be written, right and wrong. */
import { listingLimits } from '../../src/core/listing.ts'
import type { ListingText } from '../../src/core/listing.ts'
import type { Chance } from '../histories/chance.ts'

const utf8 = new TextEncoder()

/** The line of a listing; most are as a program writes them, and of the rest hardly two are odd in the same way. */
export function writeLine(text: ListingText, number: number, chance: Chance): Uint8Array {
  if (chance.onceIn(2)) return utf8.encode(JSON.stringify({ id: `a-${number}`, ...text }))
  const write = { chance, isEscaped: chance.onceIn(3), isSpaced: chance.onceIn(3) }
  const odd = <Value>(usual: Value, unusual: readonly Value[]): Value =>
    chance.onceIn(150) ? chance.pick(unusual) : usual
  const raw = (json: string) => new Raw(json)
  const members: [string, unknown][] = [
    ['id', odd<unknown>(`a-${number}`, oddIds(chance))],
    ['title', odd<unknown>(text.title, [...oddTexts(listingLimits.title, text.title), null, ' '])],
    ['description', odd<unknown>(text.description, oddTexts(listingLimits.description, ''))],
    ['bullets', odd<unknown>(text.bullets, oddLists(text.bullets))],
    ['brand', odd<unknown>(text.brand, oddTexts(listingLimits.brand, text.brand))],
    ['category', odd<unknown>(text.category, oddTexts(listingLimits.category, text.category))],
    ['attributes', odd<unknown>(attributesOf(text, chance), [null, [], 'x', {}, raw('{,}')])],
  ]
  const kept = members.filter(
    ([, value]) =>
      value instanceof Raw || value === null || chance.below(3) > 0 || !isNothing(value),
  )
  if (chance.onceIn(4)) kept.push(['sellerId', odd<unknown>('s-1', [null, '', 7, ' s', 'ß'])])
  if (chance.onceIn(12)) kept.splice(chance.below(kept.length), 0, chance.pick(unknown))
  if (chance.onceIn(40)) kept.push(chance.pick(kept))
  if (chance.onceIn(3)) kept.sort(() => chance.below(3) - 1)
  const json = writeValue(Object.assign(new Members(), { members: kept }), write)
  const around = odd(
    ['', ''],
    [
      [' ', ''],
      ['', '\r'],
      ['', ' \t'],
      ['\ufeff', ''],
      ['', ','],
      ['', '}'],
      ['[', ']'],
      ['', '\u0000'],
    ],
  )
  const bytes = utf8.encode(`${around[0] ?? ''}${json}${around[1] ?? ''}`)
  return chance.onceIn(30) ? damage(bytes, chance) : bytes
}

/** JSON as it is to stand there, right or wrong. */
class Raw {
  readonly json: string
  constructor(json: string) {
    this.json = json
  }
}

/** Members of an object in their order, perhaps two of one name. */
class Members {
  members: readonly [string, unknown][] = []
}

const unknown: readonly [string, unknown][] = [
  ['price', new Raw('1E+2')],
  ['__proto__', { title: 'kills viruses' }],
  ['constructor', null],
  ['more', { deep: [[], {}, [1, 'a"\\', [true, { x: null }]]] }],
  ['titlé', 'ü'],
  ['Title', 'kills viruses'],
  ['deep', new Raw('['.repeat(39) + ']'.repeat(39))],
  ['deep', new Raw('['.repeat(42) + ']'.repeat(42))],
  ['text', new Raw('"\\ud800"')],
  ['text', new Raw('"\\u12G4"')],
  ['text', new Raw('"\\x41"')],
  ['n', new Raw('01')],
  ['n', new Raw('-')],
  ['n', new Raw('1.')],
  ['n', new Raw('-0.0e-0')],
  ['n', new Raw('NaN')],
  ['n', new Raw('tru')],
  ['n', new Raw('[1,]')],
  ['n', new Raw('{"a":1,}')],
]

function oddIds(chance: Chance): readonly unknown[] {
  const sign = String.fromCodePoint(chance.below(0x3000))
  return [
    ...['', ' ', ' a', 'a ', 'a b', '"', '\\', 'ß', '\u007f', '\u0000', '\n', '</script>', '/'],
    ...[null, 7, ['a'], 'a'.repeat(200), 'a'.repeat(201), `a${sign}`, sign, '😀', '\ufeff'],
  ]
}

function oddTexts(limit: number, start: string): readonly unknown[] {
  // A whole field of 200,000 letters is seldom worth the time it takes.
  const length = Math.min(limit, 20_000)
  const long = (unit: string, size: number) =>
    (start + ' ' + unit.repeat(Math.ceil(size / unit.length))).slice(0, size)
  return [
    ...['', '!!!', '口', '\u200b', '\u0000', 'a\u0000', 7, true, ['a'], {}, '...', '\u00a0'],
    ...[long('a', length), long('a', length + 1), long('é', length), long('mask ', length - 1)],
    ...[new Raw('"\\udc00"'), new Raw('"a\\ud83d\\ude00"'), new Raw('"\\ud83d\\u0041"')],
    ...[new Raw('"\\u0000"'), new Raw('"a\tb"'), new Raw('"open'), new Raw('"\\'), new Raw("'a'")],
  ]
}

function oddLists(list: readonly string[]): readonly unknown[] {
  return [
    ...[null, [''], ['', ...list], [null], [7], 'x', {}, new Raw('[,]'), new Raw('["a",]')],
    ...[[...list, 'a'.repeat(10_001)], Array<string>(200).fill('a'), Array<string>(201).fill('a')],
  ]
}

const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, 95, 1.5, [], [''], ['a', ''], '', {}, [[]], [null], [1]],
  ...['-0', '0.10', '1e2', '1E400', '0.05', '1e-7', '12345678901234567890', '1.0', '-1.50'].map(
    (json) => new Raw(json),
  ),
]

function attributesOf({ attributes }: ListingText, chance: Chance): unknown {
  const members: [string, unknown][] = Object.entries(attributes)
  if (chance.onceIn(8)) members.push(['odd', chance.pick(oddValues)])
  if (chance.onceIn(20)) members.push([chance.pick(['__proto__', 'odd', 'ö', '', 'a\\u']), 'x'])
  if (chance.onceIn(40)) members.push(['n'.repeat(chance.pick([200, 201])), 'x'])
  if (chance.onceIn(200))
    for (let more = chance.pick([495, 501]); more > 0; more--) members.push([`a${more}`, more])
  return Object.assign(new Members(), { members })
}

function isNothing(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0)
}

interface Writing {
  chance: Chance
  isEscaped: boolean
  isSpaced: boolean
}

function writeValue(value: unknown, writing: Writing): string {
  const { chance } = writing
  const space = () =>
    writing.isSpaced && chance.onceIn(3) ? chance.pick([' ', '\t', '\r', '  ']) : ''
  const row = (parts: string[], [open, close]: [string, string]) =>
    `${open}${space()}${parts.join(`${space()},${space()}`)}${space()}${close}`
  if (value instanceof Raw) return value.json
  if (typeof value === 'string') return writeText(value, writing)
  if (Array.isArray(value))
    return row(
      value.map((one) => writeValue(one, writing)),
      ['[', ']'],
    )
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = value instanceof Members ? value.members : Object.entries(value)
  return row(
    members.map(([name, own]) => {
      const key = chance.onceIn(300)
        ? writeText(name, { ...writing, isEscaped: true })
        : JSON.stringify(name)
      return `${key}${space()}:${space()}${writeValue(own, writing)}`
    }),
    ['{', '}'],
  )
}

function writeText(text: string, { chance, isEscaped }: Writing): string {
  if (!isEscaped) return JSON.stringify(text)
  let json = ''
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const hex = unit.toString(16).padStart(4, '0')
    if (chance.onceIn(4)) json += `\\u${chance.onceIn(2) ? hex : hex.toUpperCase()}`
    else if (text[at] === '/' && chance.onceIn(2)) json += '\\/'
    else if (unit < 32 || unit === 34 || unit === 92) json += JSON.stringify(text[at]).slice(1, -1)
    else json += text[at] ?? ''
  }
  // A half that was left alone between escapes is written as one.
  return `"${json.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`)}"`
}

/** Bytes that are not UTF-8: too long for what they say, halves of pairs, cut sequences, and what no sequence begins with. */
const broken = [
  [0xc0, 0x80],
  [0xc1, 0xbf],
  [0xe0, 0x80, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x80, 0x80, 0xaf],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x98],
  [0x80],
  [0xff],
  [0x00],
  [0x7f],
  [0x08],
  [0x5c],
  [0x22],
  [0xef, 0xbb, 0xbf],
]

/** Cut off, or with a few bytes changed, left out or put in. */
function damage(bytes: Uint8Array, chance: Chance): Uint8Array {
  const at = chance.below(bytes.length + 1)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  const changed = chance.pick<() => number[]>([
    () => [...before],
    () => [...before, ...chance.pick(broken), ...after],
    () => [...before, ...chance.pick(broken), ...after.subarray(1)],
    () => [...before, ...after.subarray(1 + chance.below(3))],
    () => [...before, chance.below(256), ...after.subarray(1)],
    () => [...before, ...after.subarray(0, 8), ...after],
  ])()
  return Uint8Array.from(changed.filter((byte) => byte !== 10))
}
