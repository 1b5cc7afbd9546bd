/** The sentences of rings, as the pages of those who look into them say them. */
import type { RingForDesk, RingMember, RingShared } from '../../contract/ring.ts'
import { capital } from '../../core/capital.ts'
import type { RingState, SharedKind } from '../../core/ring.ts'
import { count, numberWords } from '../parts/time-words.ts'

export const stateWords: Record<RingState, string> = {
  open: 'To look into',
  gone: 'Not found any more',
  confirmed: 'Confirmed',
  dismissed: 'Not a ring',
}

export const thingWords: Record<SharedKind, string> = {
  device: 'device',
  payment: 'one payment card',
  address: 'one address',
  network: 'network',
}

export function ringsTitle(open: number): string {
  if (open === 0) return 'No complaints look like the work of one hand.'
  return open === 1
    ? 'One group of reporters looks like one hand.'
    : `${capital(numberWords(open))} groups of reporters look like one hand each.`
}

/** "Ten of eleven complaints against Lindqvist Tools look like the work of one rival. One measure leans on them." */
export function ringTitle(ring: RingForDesk): string {
  const { complaints, state, targets, rival, reach } = ring
  const against = listWords(targets.map(({ name }) => name))
  const about = complaints.filter(({ sellerId }) => targets.some(({ id }) => id === sellerId))
  const held = heldComplaints(ring).length
  const all = about.length
  const who = held === all ? `All ${words(all)}` : `${capital(words(held))} of ${words(all)}`
  const what = `${who} complaints against ${against}`
  if (state === 'dismissed') return `${what} are no ring: each stands by itself.`
  if (state === 'confirmed') return `${what} were found to be the work of one hand.`
  const looks = `${what} look like the work of one ${rival === null ? 'hand' : 'rival'}.`
  const falling = reach.falling.length
  if (falling > 0)
    return `${looks} ${falling === 1 ? 'One measure leans' : `${capital(words(falling))} measures lean`} on them alone.`
  return looks
}

function words(amount: number): string {
  return amount <= 12 ? numberWords(amount) : String(amount)
}

/** Complaints of the ring whose reporters nobody took out. */
export function heldComplaints({
  complaints,
  members,
}: Pick<RingForDesk, 'complaints' | 'members'>) {
  const inside = new Set(
    members.filter(({ pruned }) => pruned === null).map(({ reporterId }) => reporterId),
  )
  return complaints.filter(({ isOfRing, reporterId }) => isOfRing && inside.has(reporterId))
}

/** "3", "under 1", "over 99". */
export function inHundredWords(likelihood: number): string {
  const hundred = likelihood * 100
  if (hundred < 1) return 'under 1'
  return hundred > 99 ? 'over 99' : String(Math.round(hundred))
}

/** "Clay & Clover, Lindqvist Tools and 2 others". */
export function listWords(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? 'nobody'
  const [first = '', second = '', ...rest] = names
  if (rest.length === 0) return `${first} and ${second}`
  return rest.length === 1
    ? `${first}, ${second} and ${rest[0]}`
    : `${first}, ${second} and ${rest.length} others`
}

/** "device, 5 reporters". */
export function sharedWords({ kind, reporters }: RingShared): string {
  return `${thingWords[kind]}, ${count(reporters.length, 'reporter')}`
}

/** What a reporter shares, in labels: "D1, P1". */
export function sharesWords({ reporterId }: RingMember, shared: readonly RingShared[]): string {
  const labels = shared.filter(({ reporters }) => reporters.includes(reporterId))
  return labels.length === 0 ? 'nothing' : labels.map(({ label }) => label).join(', ')
}

/** The picture in a sentence, for who does not see it. */
export function graphWords(ring: RingForDesk): string {
  const { members, shared, rival, targets, outside } = ring
  const things = shared.map(
    ({ label, kind, reporters, isRivals }) =>
      `${label}, ${thingWords[kind]}, is used by ${listWords(
        members
          .filter(({ reporterId }) => reporters.includes(reporterId))
          .map(({ label }) => label),
      )}${isRivals ? ` and by ${rival?.name ?? 'another seller'}` : ''}`,
  )
  return [
    `${count(members.length, 'reporter')} complain about ${listWords(targets.map(({ name }) => name))}`,
    ...things,
    ...(outside.length > 0 ? [`${count(outside.length, 'reporter')} stand outside`] : []),
  ].join('. ')
}
