/** Needles are letters of which some must stand in a text for a pattern to match it, so that most texts need not be tried. */

/** More choices than this are not multiplied out. */
const CHOICES = 500
/** Copies of what is repeated a fixed number of times. */
const COPIES = 8

/** So many sets of needles are told at most; more would rarely tell more. */
const SETS = 3
/** Needles as rare as this are enough, and as common as this are of no use beside others. */
const RARE = 2e-7
const COMMON = 0.02

/**
 * Literals in lower case of which at least one stands in every text that the pattern matches without regard to case, once
 * the text is in lower case, the long s is an s and the sign for Kelvin a k; null where none can be told.
 */
export function needlesOf(pattern: string): readonly string[] | null {
  return needleSetsOf(pattern)[0] ?? null
}

/** Sets of such needles, the rarest first: of each of them at least one stands. */
export function needleSetsOf(pattern: string): readonly Needles[] {
  const source = { pattern, at: 0 }
  try {
    const part = readChoice(source)
    if (source.at < pattern.length) return []
    const [first, ...others] = rarestFirst(setsIn(part))
    if (first === undefined) return []
    if (rarityOf(first) < RARE) return [first]
    return [first, ...others.filter((needles) => rarityOf(needles) < COMMON)].slice(0, SETS)
  } catch (thrown) {
    if (thrown === NOT_KNOWN) return []
    throw thrown
  }
}

type Needles = readonly string[]

/** A piece of a pattern: all that it can match where that is few ASCII texts, and sets of needles within it. */
interface Part {
  readonly all: readonly string[] | null
  readonly sets: readonly Needles[]
}

const NOTHING: Part = { all: [''], sets: [] }
const ANYTHING: Part = { all: null, sets: [] }
/** Thrown where a pattern has what is not read here. */
const NOT_KNOWN = new Error('not known')

interface Source {
  readonly pattern: string
  at: number
}

function readChoice(source: Source): Part {
  const parts = [readRow(source)]
  while (source.pattern[source.at] === '|') {
    source.at++
    parts.push(readRow(source))
  }
  const [only] = parts
  if (parts.length === 1 && only) return only
  const rarest = parts.map((part) => rarestFirst(setsIn(part))[0])
  const isSure = rarest.every((needles) => needles !== undefined)
  return {
    all: fewOf(parts.flatMap<string | null>(({ all }) => all ?? [null])),
    sets: isSure ? [shortestOf(rarest.flatMap((needles) => needles ?? []))] : [],
  }
}

function readRow(source: Source): Part {
  const row: Part[] = []
  while (source.at < source.pattern.length && !'|)'.includes(source.pattern[source.at] ?? '')) {
    const part = readOne(source)
    row.push(...readRepeat(source, part))
  }
  return join(row)
}

/** Letters that follow one another are longer needles together than alone. */
function join(row: readonly Part[]): Part {
  let run: readonly string[] = ['']
  let runSets: Needles[] = []
  let isAll = true
  const sets: Needles[] = []
  const endRun = () => {
    sets.push(...rarestFirst(runSets).slice(0, 1))
    runSets = []
  }
  for (const part of row) {
    const longer = part.all === null ? null : multiply(run, part.all)
    if (longer === null) {
      isAll = false
      endRun()
    }
    run = longer ?? part.all ?? ['']
    runSets.push(...setsIn({ all: run, sets: [] }))
    sets.push(...part.sets)
  }
  endRun()
  return { all: isAll ? run : null, sets }
}

function readOne(source: Source): Part {
  const { pattern } = source
  const sign = pattern[source.at++] ?? ''
  switch (sign) {
    case '(':
      return readGroup(source)
    case '[':
      return readClass(source)
    case '.':
      return ANYTHING
    case '^':
    case '$':
      return NOTHING
    case '\\':
      return readEscape(source)
    case '*':
    case '+':
    case '?':
      throw NOT_KNOWN
    default:
      return letterOf(pattern, source, sign)
  }
}

function letterOf(pattern: string, source: Source, sign: string): Part {
  if (sign < '\u0080') return { all: [sign.toLowerCase()], sets: [] }
  // The second half of a letter beyond the Basic Multilingual Plane is part of it.
  if ((pattern.codePointAt(source.at - 1) ?? 0) > 0xffff) source.at++
  return ANYTHING
}

function readGroup(source: Source): Part {
  const opening = /^\?(?::|P?<[A-Za-z0-9_]+>)/.exec(source.pattern.slice(source.at))
  if (opening) source.at += opening[0].length
  else if (source.pattern[source.at] === '?') throw NOT_KNOWN
  const part = readChoice(source)
  if (source.pattern[source.at++] !== ')') throw NOT_KNOWN
  return part
}

/** A part as often as the signs after it say. */
function readRepeat(source: Source, part: Part): Part[] {
  const repeat = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(source.pattern.slice(source.at))
  if (repeat === null) return [part]
  source.at += repeat[0].length
  if (/^(?:[*+?]|\{\d+,?\d*\})/.test(source.pattern.slice(source.at))) throw NOT_KNOWN
  const [, sign, least, comma, most] = repeat
  const from = sign === undefined ? Number(least) : sign === '+' ? 1 : 0
  const to =
    sign === '?' ? 1 : sign !== undefined || (comma && !most) ? Infinity : Number(most || least)
  if (from === 0) {
    const times = to === Infinity ? null : choose(part, to)
    return [times === null ? ANYTHING : { all: times, sets: [] }]
  }
  const copies = Array.from({ length: Math.min(from, COPIES) }, () => part)
  // However often it stands, it stands first and last.
  return from === to && from <= COPIES ? copies : [...copies, ANYTHING, part]
}

/** All that up to so many copies can match. */
function choose({ all }: Part, most: number): readonly string[] | null {
  let times: readonly string[] | null = ['']
  if (all === null || most > COPIES) return null
  for (let copy = 0; copy < most && times !== null; copy++) {
    const more = multiply(times, all)
    times = more === null ? null : fewOf(['', ...more])
  }
  return times
}

const digits = [...'0123456789']
const spaces = [...'\t\n\f\r ']
const wordSigns = [...'abcdefghijklmnopqrstuvwxyz0123456789_']
const written: Record<string, string> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' }

function readEscape(source: Source): Part {
  const all = readEscaped(source)
  return { all, sets: [] }
}

/** What an escape matches; null where that is much, or not ASCII. */
function readEscaped(source: Source): readonly string[] | null {
  const sign = source.pattern[source.at++] ?? ''
  switch (sign) {
    case 'd':
      return digits
    case 's':
      return spaces
    case 'w':
      return wordSigns
    case 'D':
    case 'S':
    case 'W':
      return null
    case 'b':
    case 'B':
    case 'A':
    case 'z':
      return ['']
    case 'p':
    case 'P': {
      const named = /^(?:\{\^?[A-Za-z_]+\}|[A-Z])/.exec(source.pattern.slice(source.at))
      if (named === null) throw NOT_KNOWN
      source.at += named[0].length
      return null
    }
  }
  const letter = written[sign]
  if (letter !== undefined) return [letter]
  if (sign < '\u0080' && /[^A-Za-z0-9]/.test(sign)) return [sign]
  throw NOT_KNOWN
}

function readClass(source: Source): Part {
  const { pattern } = source
  const signs = new Set<string>()
  let isFew = true
  if (pattern[source.at] === '^') {
    isFew = false
    source.at++
  }
  for (let isFirst = true; isFirst || pattern[source.at] !== ']'; isFirst = false) {
    const from = readClassSign(source)
    const isRange = pattern[source.at] === '-' && pattern[source.at + 1] !== ']'
    if (!isRange) {
      for (const sign of from ?? []) signs.add(sign.toLowerCase())
      if (from === null) isFew = false
      continue
    }
    source.at++
    const to = readClassSign(source)
    const [first, last] = [from?.[0], to?.[0]]
    if (first === undefined || last === undefined) isFew = false
    // A range of other signs may hold letters, and both cases of them.
    else if (from?.length !== 1 || to?.length !== 1) throw NOT_KNOWN
    else
      for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code++)
        signs.add(String.fromCharCode(code).toLowerCase())
  }
  source.at++
  return { all: isFew ? fewOf([...signs]) : null, sets: [] }
}

/** One sign of a class, or all of an escape in it; null where that is much, or not ASCII. */
function readClassSign(source: Source): readonly string[] | null {
  const { pattern } = source
  const point = pattern.codePointAt(source.at)
  if (point === undefined || pattern.startsWith('[:', source.at)) throw NOT_KNOWN
  source.at += point > 0xffff ? 2 : 1
  if (point > 127) return null
  if (point !== 92) return [String.fromCodePoint(point)]
  const escaped = readEscaped(source)
  // No boundary stands in a class.
  if (escaped?.[0] === '') throw NOT_KNOWN
  return escaped
}

function setsIn({ all, sets }: Part): readonly Needles[] {
  return all === null || all.length === 0 || all.includes('') ? sets : [shortestOf(all), ...sets]
}

function rarestFirst(sets: readonly Needles[]): readonly Needles[] {
  return [...sets].sort((a, b) => rarityOf(a) - rarityOf(b))
}

/** Those that hold another are found with it. */
function shortestOf(needles: readonly string[]): readonly string[] {
  const unique = [...new Set(needles)]
  return unique.filter(
    (needle) => !unique.some((other) => other !== needle && needle.includes(other)),
  )
}

function multiply(some: readonly string[], others: readonly string[]): readonly string[] | null {
  if (some.length * others.length > CHOICES) return null
  return fewOf(some.flatMap((first) => others.map((second) => first + second)))
}

function fewOf(texts: readonly (string | null)[]): readonly string[] | null {
  const few = new Set<string>()
  for (const text of texts) {
    if (text === null || few.size > CHOICES) return null
    few.add(text)
  }
  return few.size > CHOICES ? null : [...few]
}

/** How often about they are met in a place of a text, and a little for each that must be looked for. */
export function rarityOf(needles: readonly string[]): number {
  return needles.reduce(
    (sum, needle) => sum + 1e-7 + [...needle].reduce((share, sign) => share * shareOf(sign), 1),
    0,
  )
}

/** About how many in a hundred signs of a listing are this one. */
function shareOf(sign: string): number {
  if (/[a-z]/.test(sign)) return 'etaoinsrl'.includes(sign) ? 0.07 : 0.025
  if (/[0-9]/.test(sign)) return 0.02
  return sign === ' ' ? 0.15 : 0.015
}
