/** What a check says to people: the verdict as a sentence, then each gap with its path and how to mend it. */
import type { Procedure } from '../core/procedure.ts'
import type { Check } from './check.ts'
import { readDuration } from './duration.ts'
import type { Gap } from './gap.ts'
import { sayMending, sayPath, sayTime } from './words.ts'

/** The whole result of a check, for people. */
export function sayCheck(check: Check, procedure: Procedure): string {
  return [
    `${check.procedure}: ${procedure.title}`,
    sayVerdict(check, procedure),
    ...sayWorst(check),
    ...check.gaps.flatMap((gap) => ['', ...sayOne(gap)]),
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

function sayWorst({ worst }: Check): string[] {
  if (worst.path.length === 0) return ['No way in can be used by anybody.']
  return [
    `Worst case to a person: ${sayWritten(worst.person)}. Worst case to the answer: ${sayWritten(worst.answer)}:`,
    `  ${sayPath(worst.path)}`,
  ]
}

function sayOne(gap: Gap): string[] {
  return [
    `${gap.code}: ${gap.message}`,
    `  Path: ${sayPath(gap.path)}`,
    `  Mend: ${sayMending(gap)}`,
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
