/** What changes between two procedures, in words: promises, desks and their clocks, ways in, and what a measure takes. */
import { deskTitle, latenessOf, reviewDeskOf, routeTo, type Procedure } from '../core/procedure.ts'
import { sayTime } from './words.ts'

/** One sentence for each change, the promises first; none where the two do the same. */
export function sayDifference(from: Procedure, to: Procedure): string[] {
  return [
    ...promisesOf(from, to),
    ...limitsOf(from, to),
    ...measuresOf(from, to),
    ...desksOf(from, to),
    ...waysOf(from, to),
    ...(from.officer === to.officer ? [] : [`The officer is ${to.officer} (was ${from.officer}).`]),
  ]
}

function promisesOf(from: Procedure, to: Procedure): string[] {
  return (['person', 'answer'] as const).flatMap((key) => {
    const [before, after] = [from.promise[key], to.promise[key]]
    if (before === after) return []
    const what = key === 'person' ? 'A person' : 'The last answer'
    return [`${what} is promised within ${sayTime(after)} (was ${sayTime(before)}).`]
  })
}

function limitsOf(from: Procedure, to: Procedure): string[] {
  const changes: string[] = []
  const say = (what: string, before: string, after: string) => {
    if (before !== after) changes.push(`${what}: ${after} (was ${before}).`)
  }
  say('Hand-overs by choice per case', `${from.limits.forwards}`, `${to.limits.forwards}`)
  say('Questions to the seller per case', `${from.limits.asks}`, `${to.limits.asks}`)
  say('How long a seller has to answer a question', wait(from), wait(to))
  return changes
}

function wait({ limits }: Procedure): string {
  const time = limits['ask-wait']
  return time === undefined ? 'no time' : sayTime(time)
}

function measuresOf(from: Procedure, to: Procedure): string[] {
  return named(from.measures, to.measures, 'measure', (name, before, after) => {
    const changes: string[] = []
    if (before['lift-by-clock'] !== after['lift-by-clock']) {
      changes.push(
        after['lift-by-clock']
          ? `${name} may be lifted by lateness now.`
          : `${name} is never lifted by lateness now.`,
      )
    }
    for (const [key, what] of [
      ['takes', 'takes'],
      ['may-take', 'may take'],
    ] as const) {
      if (list(before[key]) !== list(after[key]))
        changes.push(`${name} ${what} ${list(after[key])} (was ${list(before[key])}).`)
    }
    return changes
  })
}

function desksOf(from: Procedure, to: Procedure): string[] {
  const titleOf = titlesOf(from, to)
  return named(from.desks, to.desks, 'desk', (name, before, after) => {
    const title = titleOf(name)
    const changes: string[] = []
    const say = (what: string, was: string, is: string) => {
      if (was !== is) changes.push(`${what}: ${is} (was ${was}).`)
    }
    if (deskTitle(from, name) !== deskTitle(to, name))
      changes.push(`${deskTitle(from, name)} is called ${title} now.`)
    say(`${title} is staffed by`, before.staff, after.staff)
    say(`The clock of ${title}`, clock(before.within), clock(after.within))
    say(`When ${title} is late`, late(from, name, titleOf), late(to, name, titleOf))
    say(
      `Second look at what ${title} denies`,
      review(from, name, titleOf),
      review(to, name, titleOf),
    )
    say(`${title} may`, list(before.may), list(after.may))
    say(`${title} may forward to`, list(before.forward), list(after.forward))
    return changes
  })
}

/** Where each measure goes by each channel, changes of one kind together. */
function waysOf(from: Procedure, to: Procedure): string[] {
  const titleOf = titlesOf(from, to)
  const groups = new Map<string, string[]>()
  const channels = new Set([...Object.keys(from.channels), ...Object.keys(to.channels)])
  for (const measure of Object.keys(to.measures)) {
    for (const channel of channels) {
      const [before, after] = [from, to].map((one) => doorOf(one, { measure, channel, titleOf }))
      if (before === after) continue
      const key =
        after == null
          ? `By ${channel} there is no way in any more`
          : before == null
            ? `By ${channel} one newly reaches ${after}`
            : `By ${channel} one reaches ${after} (was ${before})`
      groups.set(key, [...(groups.get(key) ?? []), measure])
    }
  }
  return [...groups].map(([change, measures]) => `${change}: ${measures.join(', ')}.`)
}

type TitleOf = (desk: string) => string

/** A desk goes by its new title on both sides, so that a new title is one change and not many. */
function titlesOf(from: Procedure, to: Procedure): TitleOf {
  return (desk) => deskTitle(to.desks[desk] === undefined ? from : to, desk)
}

function doorOf(
  procedure: Procedure,
  { measure, channel, titleOf }: { measure: string; channel: string; titleOf: TitleOf },
): string | null {
  const needs = procedure.channels[channel]?.needs
  if (needs === undefined || procedure.measures[measure] === undefined) return null
  const desk = routeTo(procedure, measure, channel)
  if (desk === null) return null
  return titleOf(desk) + (needs.length === 0 ? '' : `, with ${needs.join(' and ')}`)
}

function named<Value>(
  from: Record<string, Value>,
  to: Record<string, Value>,
  kind: string,
  say: (name: string, before: Value, after: Value) => string[],
): string[] {
  const [before, after] = [new Map(Object.entries(from)), new Map(Object.entries(to))]
  return [
    ...[...after.keys()].filter((name) => !before.has(name)).map((name) => `New ${kind}: ${name}.`),
    ...[...before.keys()]
      .filter((name) => !after.has(name))
      .map((name) => `No longer a ${kind}: ${name}.`),
    ...[...after].flatMap(([name, value]) => {
      const known = before.get(name)
      return known === undefined ? [] : say(name, known, value)
    }),
  ]
}

function clock(within: number | undefined): string {
  return within === undefined ? 'none' : sayTime(within)
}

function late(procedure: Procedure, name: string, titleOf: TitleOf): string {
  const lateness = latenessOf(procedure, name)
  if (lateness === null) return 'nothing happens'
  switch (lateness.does) {
    case 'hand-over':
      return `${titleOf(lateness.desk)} gets the case`
    case 'lift':
      return 'the measure is lifted'
    case 'narrow':
      return 'the measure is narrowed'
  }
}

function review(procedure: Procedure, name: string, titleOf: TitleOf): string {
  const desk = reviewDeskOf(procedure, name)
  return desk === null ? 'none' : titleOf(desk)
}

function list(names: readonly string[] | undefined): string {
  return names === undefined || names.length === 0 ? 'nothing' : names.join(', ')
}
