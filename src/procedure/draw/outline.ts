/** The outline tells the picture as a nested list: each situation, its ways in, and what follows at each desk. */
import { capital } from '../../core/capital.ts'
import {
  deskTitle,
  latenessOf,
  reviewDeskOf,
  routeTo,
  type Procedure,
} from '../../core/procedure.ts'
import { sayTime } from '../words.ts'
import type { Graph } from './graph.ts'
import { sayLeft, sayNothing, sayPowers } from './words.ts'

export interface OutlineItem {
  words: string
  items: OutlineItem[]
}

/** A desk that was told further up on the same way is named and not told again. */
export function outlineOf(procedure: Procedure, { things, lines }: Graph): OutlineItem[] {
  const situations = things.flatMap((thing) =>
    thing.kind === 'situation' ? splitByDesks(procedure, thing) : [],
  )
  return situations.map((thing): OutlineItem => {
    const channels = lines.filter(({ kind, from }) => kind === 'way' && from === thing.id)
    const told = new Set<string>()
    const items = channels.flatMap(({ to }) => {
      const name = to.replace('channel ', '')
      return lines
        .filter(({ kind, from }) => kind === 'way' && from === to)
        .filter(({ to: desk }) => leads(procedure, thing.measures, name, desk))
        .map(({ to: desk }) => ({
          words: `By ${name}`,
          items: [deskItem(procedure, desk.replace('desk ', ''), told)],
        }))
    })
    const none = { words: 'No way in at all.', items: [] }
    return {
      words: `${thing.measures.join(', ')} (${sayLeft(thing.means)})`,
      items: items.length === 0 ? [none] : items,
    }
  })
}

/** The picture joins measures that have the same ways in; here those that lead to other desks stand apart. */
function splitByDesks<Thing extends { measures: string[] }>(
  procedure: Procedure,
  thing: Thing,
): Thing[] {
  const groups = new Map<string, string[]>()
  for (const measure of thing.measures) {
    const desks = Object.keys(procedure.channels).map((name) => routeTo(procedure, measure, name))
    const key = JSON.stringify(desks)
    groups.set(key, [...(groups.get(key) ?? []), measure])
  }
  return [...groups.values()].map((measures) => ({ ...thing, measures }))
}

function leads(
  procedure: Procedure,
  measures: readonly string[],
  channel: string,
  desk: string,
): boolean {
  return measures.some((measure) => `desk ${routeTo(procedure, measure, channel)}` === desk)
}

function deskItem(procedure: Procedure, name: string, told: Set<string>): OutlineItem {
  const desk = procedure.desks[name]
  const title = deskTitle(procedure, name)
  if (desk === undefined) return { words: title, items: [] }
  if (told.has(name)) return { words: `${title}, as above`, items: [] }
  told.add(name)
  const items: OutlineItem[] = []
  const silence = sayNothing(procedure, name)
  const late = latenessOf(procedure, name)
  const after = desk.within === undefined ? 'When late' : `After ${sayTime(desk.within)}`
  if (silence !== null) items.push({ words: `${capital(silence)}: no end.`, items: [] })
  if (late?.does === 'hand-over')
    items.push({
      words: `${after}, by itself`,
      items: [deskItem(procedure, late.desk, told)],
    })
  else if (late !== null)
    items.push({
      words: `${after}, by itself: ${late.does === 'lift' ? 'lifted' : 'narrowed'}.`,
      items: [],
    })
  const review = reviewDeskOf(procedure, name)
  if (review !== null && desk.may.includes('deny'))
    items.push({
      words: 'A no that is contested: the second look',
      items: [deskItem(procedure, review, told)],
    })
  if (procedure.limits.forwards > 0) {
    for (const to of desk.forward ?? [])
      items.push({ words: 'It may be forwarded', items: [deskItem(procedure, to, told)] })
  }
  return { words: `${title}, ${sayPowers(desk)}`, items }
}
