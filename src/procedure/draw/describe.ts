/** The description tells in words what the picture shows, for whoever hears it. */
import { deskTitle, latenessOf, reviewDeskOf } from '../../core/procedure.ts'
import { sayPath, sayTime } from '../words.ts'
import type { Picture } from './picture.ts'
import { sayClock, sayLeft, sayPowers, sayWorst } from './words.ts'

/** The whole picture in sentences, one a line. */
export function describePicture({ procedure, check, graph, notes }: Picture): string {
  const nameOf = (desk: string) => deskTitle(procedure, desk)
  const leadsFrom = (id: string) =>
    graph.lines.filter(({ kind, from }) => kind === 'way' && from === id).map(({ to }) => to)
  const situations = graph.things.flatMap((thing) => {
    if (thing.kind !== 'situation') return []
    const channels = leadsFrom(thing.id).map((id) => id.replace('channel ', ''))
    const whom = `${thing.measures.join(', ')} (${sayLeft(thing.means)})`
    return [`${whom}: ${channels.length === 0 ? 'no way in' : `ways in ${channels.join(', ')}`}.`]
  })
  const channels = Object.keys(procedure.channels).map((name) => {
    const desks = leadsFrom(`channel ${name}`).map((id) => nameOf(id.replace('desk ', '')))
    return `Way in ${name}: ${desks.length === 0 ? 'leads nowhere' : `leads to ${desks.join(', ')}`}.`
  })
  const desks = Object.entries(procedure.desks).map(([name, desk]) => {
    const late = latenessOf(procedure, name)
    const review = reviewDeskOf(procedure, name)
    const forward = procedure.limits.forwards > 0 ? (desk.forward ?? []) : []
    return [
      `Desk ${nameOf(name)}: ${sayPowers(desk)}; clock: ${sayClock(desk)}`,
      `when late: ${late === null ? 'nothing happens' : late.does === 'hand-over' ? `${nameOf(late.desk)} gets it` : late.does === 'lift' ? 'the measure is lifted' : 'the measure is narrowed'}`,
      ...(review === null ? [] : [`second look: ${nameOf(review)}`]),
      ...(forward.length === 0 ? [] : [`may forward to ${forward.map(nameOf).join(', ')}`]),
    ]
      .join('; ')
      .concat('.')
  })
  const gaps = notes.flatMap(({ number, gaps: own }) =>
    own.map((gap) => `Gap ${number}: ${gap.message} Path: ${sayPath(gap.path)}.`),
  )
  return [
    ...situations,
    ...channels,
    ...desks,
    check.worst.path.length === 0
      ? 'No way in can be used by anybody.'
      : `The slowest way: ${sayPath(check.worst.path)}. Worst case to a person ${sayWorst(check.worst.person)}, to the answer ${sayWorst(check.worst.answer)}; promised ${sayTime(procedure.promise.person)} and ${sayTime(procedure.promise.answer)}.`,
    ...gaps,
    ...check.warnings.map(({ message }) => `Warning: ${message}`),
  ].join('\n')
}
