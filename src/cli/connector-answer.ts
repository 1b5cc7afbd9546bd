/** A connector's answer is read against what the contract says it must be. */
import type { Answer } from './connector-probe.ts'

export type State = Record<string, unknown>

/** What was seen where a check fails; the message is a sentence. */
export class NotSo extends Error {}

export interface Held {
  sequence: number
  state: State | null
}

/** The answer says this sequence and this state, or null for a subject that the shop does not have. */
export function expectAnswer(
  answer: Answer,
  sequence: number,
  state: State,
  which: string,
  { isThere = false }: { isThere?: boolean } = {},
): string {
  const held = expectHeld(answer)
  if (held.sequence !== sequence)
    throw new NotSo(`${which}: expected sequence ${sequence}, seen ${held.sequence}`)
  if (held.state === null && !isThere) return `sequence ${sequence}; kept for when the shop has it`
  if (!sameValue(held.state, state))
    throw new NotSo(
      `${which}: expected state ${JSON.stringify(state)}, seen ${JSON.stringify(held.state)}`,
    )
  return `sequence ${sequence}, state as told`
}

/** The answer is a sequence and a state, whichever. */
export function expectHeld(answer: Answer): Held {
  const { sequence, state } = expectJson(answer)
  const isState = state === null || (typeof state === 'object' && !Array.isArray(state))
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 0 || !isState)
    throw new NotSo(
      `${answer.asked} answers {"sequence", "state"}, not ${answer.text.slice(0, 200)}`,
    )
  return { sequence, state: state === null ? null : { ...state } }
}

/** The answer is 200 with a JSON object. */
export function expectJson(answer: Answer): Record<string, unknown> {
  if (answer.status !== 200)
    throw new NotSo(`${answer.asked} answered ${answer.status}: ${answer.text.slice(0, 200)}`)
  let value: unknown
  try {
    value = JSON.parse(answer.text)
  } catch {
    throw new NotSo(
      `${answer.asked} answered something that is not JSON: ${answer.text.slice(0, 200)}`,
    )
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new NotSo(
      `${answer.asked} answered something that is not an object: ${answer.text.slice(0, 200)}`,
    )
  return { ...value }
}

/** The answer is a refusal: one of these statuses, or any of the sender's own mistakes. */
export function expectRefusal(
  answer: Answer,
  which: string,
  statuses: readonly number[] | null,
): void {
  const { status } = answer
  const isRefusal = statuses === null ? status >= 400 && status < 500 : statuses.includes(status)
  if (isRefusal) return
  const expected = statuses === null ? 'a status from 400 to 499' : statuses.join(' or ')
  throw new NotSo(`${which}: expected ${expected}, seen ${status}`)
}

/** Whether two JSON values say the same, whatever the order of their keys; times may be spelt differently. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (typeof one === 'string' && typeof other === 'string') {
    const isTime = /^\d{4}-\d\d-\d\dT/.test(one) && /^\d{4}-\d\d-\d\dT/.test(other)
    return one === other || (isTime && Date.parse(one) === Date.parse(other))
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [mine, theirs] = [Object.entries(one), new Map<string, unknown>(Object.entries(other))]
  return (
    mine.length === theirs.size &&
    mine.every(
      ([key, value]: [string, unknown]) => theirs.has(key) && sameValue(value, theirs.get(key)),
    )
  )
}
