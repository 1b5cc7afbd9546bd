/** The words of a check: what each gap means for a seller, and how to mend it. */
import { groupGaps } from './gap.ts'
import type { Gap, GapCode, Place } from './gap.ts'
import { isMatter } from './situations.ts'
import type { Means } from './situations.ts'

/** What a gap means, as one sentence. */
export function sayGap(code: GapCode, place: Place): string {
  return sentences[code](place)
}

/** How to mend a gap, as one line. */
export function sayMending(gap: Gap): string {
  return mendings[gap.code](gap)
}

/** Whom else a gap touches: "account.lock, account.close (with only the mailbox)". */
export function sayOthers(gaps: readonly Gap[], sayLeft = sayWith): string {
  const byMeans = groupGaps(gaps, ({ means }) => sayLeft(means ?? []))
  return [...byMeans]
    .map(([left, own]) => `${own.map(({ measure }) => measure ?? '').join(', ')} (${left})`)
    .join('; ')
}

/** A path for people: "account.lock, by link → identity → late → identity-chief". */
export function sayPath([measure = '', channel, ...way]: readonly string[]): string {
  if (channel === undefined) return measure
  const desks = way.map((word, place) => (place % 2 === 0 ? word : (arrows[word] ?? word)))
  return `${measure}, by ${channel} → ${desks.join(' ')}`
}

/** "1 day 12 hours"; "without end" where nothing bounds it. */
export function sayTime(milliseconds: number): string {
  if (milliseconds === Infinity) return 'without end'
  let rest = milliseconds
  const parts = units.flatMap(([name, length]) => {
    const count = name === 'second' ? rest / length : Math.floor(rest / length)
    rest -= count * length
    return count === 0 ? [] : [`${count} ${name}${count === 1 ? '' : 's'}`]
  })
  return parts.length === 0 ? 'no time' : parts.join(' ')
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

const arrows: Record<string, string> = {
  deny: '→ denied and contested →',
  forward: '→ forwarded →',
  late: '→ late →',
}

const sentences: Record<GapCode, (place: Place) => string> = {
  'no-way-in': (place) =>
    `${isMatter(place.measure ?? '') ? 'Somebody with' : 'A seller under'} ${sayMeasure(place)} who has ${sayMeans(place)} has no way in at all.`,
  'no-person': (place) =>
    `${sayWay(place)}, no desk of people that may decide can be reached, however willing the staff.`,
  limbo: ({ desk }) => `The desk "${desk}" may hold a case without end.`,
  'unsafe-lift': (place) =>
    `${sayWay(place)}, mere lateness can lift what must never be lifted by the clock.`,
  loop: ({ desk }) =>
    `Late hand-overs run in a circle (${desk?.replaceAll('+', ', ')}), so a case can travel for ever.`,
  'machine-denies': ({ desk }) => `The desk "${desk}" is a machine and may say no to a seller.`,
  'dead-end': ({ desk }) =>
    `The desk "${desk}" may not decide, may not pass a case on, and never loses it to the clock.`,
  'hollow-second-look': ({ desk }) =>
    `Denials of "${desk}" get their second look at a desk where no person may decide.`,
  'no-second-look': ({ desk }) =>
    `The desk "${desk}" may deny a seller whose case nobody else looks at again.`,
  'promise-person': (place) =>
    place.time === Infinity
      ? `${sayWay(place)}, a seller may wait without end for a person with power to decide.`
      : `${sayWay(place)}, a person with power to decide may have the case only after ${sayTime(place.time ?? 0)}, later than promised.`,
  'promise-answer': (place) =>
    place.time === Infinity
      ? `${sayWay(place)}, a seller may wait without end for the final answer.`
      : `${sayWay(place)}, the final answer may take ${sayTime(place.time ?? 0)}, longer than promised.`,
}

const mendings: Record<Gap['code'], (gap: Gap) => string> = {
  'no-way-in': ({ measure, means }) =>
    `Add a route for ${measure} by a channel that needs ${means?.length === 0 ? 'nothing (needs: [])' : `no more than the ${means?.join(' and ')}`}.`,
  'no-person': ({ path }) =>
    `Let "${path[2]}" hand its cases over (late or forward), in the end to a desk with staff: people that may grant, narrow or deny.`,
  limbo: ({ desk }) =>
    `Give "${desk}" both a clock (within: P2D) and a consequence (late: a desk, lift or narrow).`,
  'unsafe-lift': ({ path, measure }) =>
    `Give ${measure} a route to desks that end with late: narrow, apart from "${path.at(-1)}", whose lateness lifts.`,
  loop: ({ desk }) => {
    const names = desk?.split('+') ?? []
    return names.length === 1
      ? `Let the lateness of "${desk}" lead to another desk, or end the case (late: lift or narrow).`
      : `Let the lateness of one of ${names.join(', ')} lead out of the circle: to another desk, lift or narrow.`
  },
  'machine-denies': ({ desk }) =>
    `Take deny from what "${desk}" may do; a machine may say yes, and passes on what it cannot grant.`,
  'dead-end': ({ desk }) =>
    `Give "${desk}" a power to decide, a desk to forward to (and limits: forwards of 1 or more), or a late.`,
  'hollow-second-look': ({ desk }) =>
    `Let the review of "${desk}" be a desk with staff: people that may grant, narrow or deny.`,
  'no-second-look': ({ desk }) =>
    `Name another desk as the review of "${desk}", or take deny from what it may do.`,
  'promise-person': (gap) => mendTime('person', gap),
  'promise-answer': (gap) => mendTime('answer', gap),
  unused: ({ desk, channel }) => {
    if (desk !== null)
      return `Lead a route, a late, a review or a forward to "${desk}", or delete it.`
    if (channel !== null) return `Name "${channel}" in a route, or delete it.`
    return 'Define such a measure, or delete the pattern.'
  },
}

function mendTime(promise: 'person' | 'answer', { path, worst }: Gap): string {
  if (worst === 'unbounded') {
    const also =
      promise === 'answer'
        ? ''
        : ', no denial by a machine, and no lateness that ends a matter before a person had it'
    return `Let no case stay at "${path.at(-1)}" for ever: a clock and a consequence, no circle of late hand-overs${also}; or route elsewhere.`
  }
  const desks = [...new Set(path.filter((_, place) => place >= 2 && place % 2 === 0))]
  const names = desks.map((desk) => `"${desk}"`).join(', ')
  return `Give ${names} shorter clocks, route elsewhere, or promise more time (promise: ${promise}).`
}

function sayMeasure({ measure }: Place): string {
  return measure ?? 'a measure'
}

function sayMeans({ means }: Place): string {
  if (means == null || means.length === 0) return 'neither account nor mailbox'
  return means.length === 2 ? 'account and mailbox' : `only the ${means[0]}`
}

function sayWith(means: readonly Means[]): string {
  return `with ${sayMeans({ means })}`
}

function sayWay(place: Place): string {
  const left = place.means == null ? '' : ` ${sayWith(place.means)}`
  const under = isMatter(place.measure ?? '') ? 'For' : 'Under'
  return `${under} ${sayMeasure(place)}${left}, by ${place.channel ?? 'a channel'}`
}
