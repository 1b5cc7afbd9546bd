/** The words of the picture: powers, what a seller has left, the verdict, and what a desk's silence leads to. */
import { latenessOf } from '../../core/procedure.ts'
import type { Desk, Power, Procedure } from '../../core/procedure.ts'
import type { Check } from '../check.ts'
import { readDuration } from '../duration.ts'
import type { Gap } from '../gap.ts'
import type { Means } from '../situations.ts'
import { sayTime } from '../words.ts'

/** `3 days` for `P3D`, and `without end` for `unbounded`. */
export function sayWorst(written: string): string {
  if (written === 'unbounded') return 'without end'
  const read = readDuration(written)
  return read.ok ? sayTime(read.milliseconds) : sayTime(0)
}

/** `1 desk`, `2 desks`. */
export function countOf(count: number, thing: string): string {
  return `${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`
}

const powerWords: Record<Power, string> = {
  grant: 'yes',
  narrow: 'narrow',
  deny: 'no',
  answer: 'inform',
  ask: 'ask',
}

/** Who sits at a desk and what they may do. */
export function sayPowers(desk: Desk): string {
  const who = desk.staff === 'people' ? 'people' : 'a machine'
  const may = desk.may.map((power) => powerWords[power])
  return `${who}: ${may.length === 0 ? 'may only pass it on' : may.join('\u00a0· ')}`
}

/** What a seller can still use. */
export function sayLeft(means: readonly Means[]): string {
  const mail = means.includes('mailbox')
  if (means.includes('account')) return mail ? 'signs in, reads mail' : 'signs in, mailbox lost'
  return mail ? 'locked out, reads mail' : 'locked out, mailbox lost'
}

/** How long a desk may hold a case, as it stands under its clock. */
export function sayClock(desk: Desk): string {
  return desk.within === undefined ? 'no clock, no end' : sayTime(desk.within)
}

/** What a seller gets when a desk never acts, or null where something happens by itself. */
export function sayNothing(procedure: Procedure, name: string): string | null {
  const desk = procedure.desks[name]
  const late = latenessOf(procedure, name)
  if (desk === undefined || (desk.within !== undefined && late !== null)) return null
  if (desk.within !== undefined) return `after ${sayTime(desk.within)} nothing happens`
  return late === null ? 'nothing makes it act' : 'without a clock it is never late'
}

/** The outcomes that a desk may give. */
export function sayOutcomes(desk: Desk): string[] {
  return [
    ...(desk.may.includes('grant') ? ['lifted'] : []),
    ...(desk.may.includes('narrow') ? ['narrowed'] : []),
    ...(desk.may.includes('deny') ? ['stands'] : []),
  ]
}

/** The result of the check in a word, and the sentence after it. */
export function sayVerdict({ sound, gaps, worst }: Check): { word: string; sentence: string } {
  if (sound) {
    const person = worst.person === 'PT0S' ? 'at once' : `within ${sayWorst(worst.person)}`
    return {
      word: 'Sound.',
      sentence: `Whatever the staff do, every seller reaches a person ${person} and the last answer within ${sayWorst(worst.answer)}.`,
    }
  }
  const countIn = (code: Gap['code']) => gaps.filter((gap) => gap.code === code).length
  const [limbo, loops, shut] = [countIn('limbo'), countIn('loop'), countIn('no-way-in')]
  const parts = [
    ...(limbo > 0 ? [`a case can wait for ever at ${countOf(limbo, 'desk')}`] : []),
    ...(loops > 0 ? ['a case can go round in a circle for ever'] : []),
    ...(shut > 0 ? [`in ${countOf(shut, 'situation')} a seller has no way in at all`] : []),
  ]
  const said = parts.length > 0 ? `${parts.join(', and ')}.` : (gaps[0]?.message ?? '')
  return {
    word: `Not sound: ${countOf(gaps.length, 'gap')}.`,
    sentence: said.charAt(0).toUpperCase() + said.slice(1),
  }
}

const codeWords: Record<Gap['code'], string> = {
  'no-way-in': 'No way in',
  'no-person': 'No person',
  limbo: 'Limbo',
  'unsafe-lift': 'Unsafe lift',
  loop: 'Circle',
  'machine-denies': 'A machine says no',
  'dead-end': 'Dead end',
  'hollow-second-look': 'Hollow second look',
  'no-second-look': 'No second look',
  'promise-person': 'Promise of a person not kept',
  'promise-answer': 'Promise of an answer not kept',
  unused: 'Unused',
}

/** What a kind of gap is called. */
export function sayCode(code: Gap['code']): string {
  return codeWords[code]
}

/** What is true of every sound procedure, so that each can be held to it. */
export function sayProofs(check: Check, procedure: Procedure): string[] {
  return [
    'Every seller has a way in, whatever else was taken',
    'Every way in leads to a person who may decide',
    'Every desk has a clock, and something happens when it is late',
    'No case can travel in a circle',
    'No machine says no; a contested no goes to a second desk, unless that desk gave it',
    `A person within ${sayTime(procedure.promise.person)} and the answer within ${sayTime(procedure.promise.answer)}, as promised: ${countOf(check.situations, 'situation')}, ${countOf(check.states, 'state')}`,
  ]
}
