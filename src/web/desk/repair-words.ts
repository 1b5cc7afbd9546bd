/** What a stranger did, and when a decision was taken, in words for who judges it anew. */
import type { ActForDesk, RepairForDesk } from '../../contract/desk-repair.ts'
import { sayLength } from '../../core/saying.ts'

const one = {
  'sign-in': 'Signed in',
  'contact-changed': 'A contact changed',
  'factor-changed': 'A way to sign in changed',
  'payout-target-changed': 'A bank account changed',
  'listings-changed': 'A listing changed',
} as const satisfies Record<ActForDesk['kind'], string>

const several = {
  'sign-in': (count) => `Signed in ${count} times`,
  'contact-changed': (count) => `${count} changes of contacts`,
  'factor-changed': (count) => `${count} changes of ways to sign in`,
  'payout-target-changed': (count) => `${count} changes of bank accounts`,
  'listings-changed': (count) => `${count} listings changed`,
} as const satisfies Record<ActForDesk['kind'], (count: number) => string>

/** What was done, and from where. */
export function actWords(act: ActForDesk): { what: string; where: string } {
  const { kind, count, before, after, device, country } = act
  const did = count > 1 ? several[kind](count) : one[kind]
  const change =
    before !== null && after !== null ? `${before} → ${after}` : (after ?? before ?? null)
  return {
    what: change === null ? did : `${did}: ${change}`,
    where: [device, country].filter((part) => part !== null).join(', '),
  }
}

const near = 6 * 60 * 60_000
const mostNear = 5

/** What was done within six hours of a decision, at most the five nearest, in the order of time. */
export function actsAround(acts: readonly ActForDesk[], takenAt: string): ActForDesk[] {
  const taken = new Date(takenAt).getTime()
  // An act may have gone on for a while; what counts is how near any of it was.
  const apart = ({ at, until }: ActForDesk) =>
    Math.max(0, new Date(at).getTime() - taken, taken - new Date(until).getTime())
  return acts
    .filter((act) => apart(act) <= near)
    .toSorted((a, b) => apart(a) - apart(b))
    .slice(0, mostNear)
    .toSorted((a, b) => a.at.localeCompare(b.at))
}

/** "2 hours after the first sign, 3 days before the hand-over". */
export function placeInWindow(
  takenAt: string,
  { from, to }: NonNullable<RepairForDesk['window']>,
): string {
  const seconds = (a: string, b: string) => (new Date(b).getTime() - new Date(a).getTime()) / 1000
  return `${sayLength(seconds(from, takenAt))} after the first sign, ${sayLength(seconds(takenAt, to))} before the hand-over`
}
