/** A pattern is a regular expression of an operator, run by an engine that takes linear time whatever the text. */
import { RE2JS } from 're2js'

export interface Found {
  readonly start: number
  readonly end: number
}

export type PatternRead = { ok: true; pattern: RE2JS } | { ok: false; why: string }

/** Compiles a pattern (RE2 syntax, without regard to case), or says what is wrong with it. */
export function readPattern(source: string): PatternRead {
  if (repeatsWhatRepeats(source)) {
    return {
      ok: false,
      why: 'it repeats what repeats already, as (a+)+ does, which takes other engines minutes; write one of the two',
    }
  }
  try {
    const pattern = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
    if (pattern.matches('')) return { ok: false, why: 'it matches a text without any character' }
    return { ok: true, pattern }
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    return {
      ok: false,
      why: message.replace('error parsing regexp: ', '').replace(/\(\?i\)/g, ''),
    }
  }
}

/** Where a pattern stands in a text, from the left, at most so many. */
export function findPattern(pattern: RE2JS, text: string, atMost: number): Found[] {
  if (!pattern.test(text)) return []
  const found: Found[] = []
  const matcher = pattern.matcher(text)
  while (found.length < atMost && matcher.find()) {
    if (matcher.end() > matcher.start()) found.push({ start: matcher.start(), end: matcher.end() })
  }
  return found
}

/** Whether a group that has an unbounded repetition in it is itself repeated without bound. */
function repeatsWhatRepeats(source: string): boolean {
  const unbounded = /^(?:[*+]|\{\d+,\})/
  /** For each open group, whether something in it repeats without bound. */
  const open: boolean[] = []
  let isInClass = false
  for (let at = 0; at < source.length; at++) {
    const sign = source.charAt(at)
    if (sign === '\\') at++
    else if (isInClass) isInClass = sign !== ']'
    else if (sign === '[') isInClass = true
    else if (sign === '(') open.push(false)
    else if (sign === ')') {
      const repeats = open.pop() ?? false
      const isRepeated = unbounded.test(source.slice(at + 1))
      if (repeats && isRepeated) return true
      if ((repeats || isRepeated) && open.length > 0) open[open.length - 1] = true
    } else if (unbounded.test(source.slice(at)) && open.length > 0) open[open.length - 1] = true
  }
  return false
}
