/** What of a picture lights when a path is chosen: the things that the path comes by, and the lines between them. */
import type { Graph, LineKind } from './graph.ts'

const lineOfStep: Record<string, LineKind> = { deny: 'review', forward: 'forward', late: 'late' }

/** The ids of the things and lines on a path as a check reports it; of a situation only with these means, where given. */
export function lightPath(
  { things, lines }: Graph,
  [measure, channel, ...way]: readonly string[],
  means: readonly string[] | null,
): Set<string> {
  const lit = new Set<string>()
  const isThere = (id: string) => lines.some((line) => line.id === id)
  const situations = things.filter(
    (thing) =>
      thing.kind === 'situation' &&
      thing.measures.includes(measure ?? '') &&
      (means === null || thing.means.join() === means.join()),
  )
  if (channel === undefined) {
    for (const { id } of situations)
      for (const one of [id, `shut ${id}`, `shut ${id} shut ${id}`]) lit.add(one)
    return lit
  }
  const from = situations.find(({ id }) => isThere(`way ${id} channel ${channel}`))
  if (from !== undefined) {
    lit.add(from.id)
    lit.add(`way ${from.id} channel ${channel}`)
  }
  lit.add(`channel ${channel}`)
  const desks = way.filter((_, place) => place % 2 === 0)
  const steps = way.filter((_, place) => place % 2 === 1)
  lit.add(`way channel ${channel} desk ${desks[0] ?? ''}`)
  desks.forEach((desk, place) => {
    lit.add(`desk ${desk}`)
    const kind = lineOfStep[steps[place] ?? '']
    const next = desks[place + 1]
    if (kind !== undefined && next !== undefined) lit.add(`${kind} desk ${desk} desk ${next}`)
  })
  const last = desks.at(-1)
  const end = (['nothing', 'late-answer', 'answer'] as const).find((kind) =>
    isThere(`${kind} desk ${last} ${kind} ${last}`),
  )
  if (end !== undefined) lit.add(`${end} ${last}`).add(`${end} desk ${last} ${end} ${last}`)
  return lit
}
