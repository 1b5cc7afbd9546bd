/** What a check says to people: the verdict as a sentence, then the gaps with their path and how to mend them. */
import type { Procedure } from '../core/procedure.ts'
import type { Check } from './check.ts'
import { readDuration } from './duration.ts'
import { groupGaps } from './gap.ts'
import type { Gap } from './gap.ts'
import { sayMending, sayOthers, sayPath, sayTime } from './words.ts'

/** The whole result of a check, for people. */
export function sayCheck(check: Check, procedure: Procedure): string {
  return [
    `${check.procedure}: ${procedure.title}`,
    sayVerdict(check, procedure),
    ...sayWorst(check, procedure),
    ...groupAlike(check.gaps).flatMap((alike) => ['', ...sayAlike(alike)]),
    ...(check.warnings.length > 0 ? ['', 'Warnings:'] : []),
    ...check.warnings.map((gap) => `  ${gap.message} ${sayMending(gap)}`),
  ].join('\n')
}

function sayVerdict(check: Check, { promise }: Procedure): string {
  const explored = `${count(check.situations, 'situation')} and ${count(check.states, 'state')} of a case were explored.`
  if (!check.sound)
    return `Not sound: ${count(check.gaps.length, 'gap')} can leave a seller in limbo. ${explored}`
  return (
    `Sound: however the staff behave, every seller reaches a person with power to decide within ${sayTime(promise.person)} ` +
    `and the final answer within ${sayTime(promise.answer)}. ${explored}`
  )
}

function sayWorst({ worst }: Check, { promise }: Procedure): string[] {
  if (worst.path.length === 0) return ['No way in can be used by anybody.']
  return [
    `Worst case to a person who may decide: ${sayWritten(worst.person)} (promised: ${sayTime(promise.person)}). ` +
      `To the final answer: ${sayWritten(worst.answer)} (promised: ${sayTime(promise.answer)}), on this way:`,
    `  ${sayPath(worst.path)}`,
  ]
}

/** Gaps of one kind at one place and by one path are told together: they differ only in whom they touch. */
function groupAlike(gaps: readonly Gap[]): [Gap, ...Gap[]][] {
  const alike = groupGaps(gaps, ({ code, desk, channel, means, path }) =>
    JSON.stringify([code, desk, channel, channel === null && means, path.slice(1)]),
  )
  return [...alike.values()]
}

function sayAlike([first, ...others]: [Gap, ...Gap[]]): string[] {
  const howMany = others.length > 0 ? `, ${count(others.length + 1, 'gap')}` : ''
  return [
    `${first.code}${howMany}: ${first.message}`,
    ...(others.length > 0 ? [`  The same for ${sayOthers(others)}.`] : []),
    `  Path: ${sayPath(first.path)}`,
    `  Mend: ${sayMending(first)}`,
  ]
}

function sayWritten(worst: string): string {
  if (worst === 'unbounded') return sayTime(Infinity)
  if (worst === 'PT0S') return 'at once'
  const read = readDuration(worst)
  // A sum of clocks may be longer than any duration that can be read.
  return read.ok ? sayTime(read.milliseconds) : worst
}

function count(number: number, thing: string): string {
  return `${number.toLocaleString('en-US')} ${thing}${number === 1 ? '' : 's'}`
}
