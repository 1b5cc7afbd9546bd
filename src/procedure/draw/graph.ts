/** The graph of a procedure: what stands in the picture and what leads where, before anything has a place. */
import { deskTitle, latenessOf, reviewDeskOf } from '../../core/procedure.ts'
import type { Procedure } from '../../core/procedure.ts'
import type { Check } from '../check.ts'
import { listSituations, listWays } from '../situations.ts'
import type { Means, Situation } from '../situations.ts'
import { sayNothing, sayOutcomes } from './words.ts'

export type Thing = { id: string; layer: number } & (
  | { kind: 'situation'; measures: string[]; means: readonly Means[]; isShut: boolean }
  | { kind: 'shut' }
  | { kind: 'channel'; name: string; isUnused: boolean }
  | { kind: 'desk'; name: string; title: string; isUnused: boolean }
  | { kind: 'nothing'; desk: string; words: string }
  | { kind: 'answer'; desk: string; outcomes: string[]; isLate: boolean }
)

export type LineKind =
  'way' | 'shut' | 'late' | 'forward' | 'review' | 'answer' | 'late-answer' | 'nothing'

export interface Line {
  id: string
  kind: LineKind
  from: string
  to: string
  /** It leads back, and is laid out the other way round. */
  isBack: boolean
  shares?: string
}

export interface Graph {
  things: Thing[]
  lines: Line[]
  /** How many layers desks stand in, from the third on. */
  deskLayers: number
  /** Desks whose lateness leads to themselves. */
  selfLate: ReadonlySet<string>
}

const FIRST_DESK_LAYER = 2

/** Builds the graph: situations, ways in, desks by their longest way from a door, silences, answers. */
export function buildGraph(procedure: Procedure, check: Check): Graph {
  const situations = listSituations(procedure)
  const ways = listWays(procedure, situations)
  const unused = new Set(
    check.warnings.map(({ desk, channel }) =>
      desk === null ? `channel ${channel}` : `desk ${desk}`,
    ),
  )
  const things: Thing[] = []
  const lines: Line[] = []
  const add = (kind: LineKind, from: string, to: string, more: Partial<Line> = {}) =>
    lines.push({ id: `${kind} ${from} ${to}`, kind, from, to, isBack: false, ...more })

  for (const { measures, means, desks } of groupSituations(situations, ways)) {
    const id = `situation ${measures.join(' ')} ${means.join('+')}`
    const isShut = desks.size === 0
    things.push({ id, layer: 0, kind: 'situation', measures, means, isShut })
    for (const channel of desks.keys()) add('way', id, `channel ${channel}`)
    if (!isShut) continue
    things.push({ id: `shut ${id}`, layer: 1, kind: 'shut' })
    add('shut', id, `shut ${id}`)
  }
  for (const name of Object.keys(procedure.channels)) {
    const id = `channel ${name}`
    things.push({ id, layer: 1, kind: 'channel', name, isUnused: unused.has(id) })
    const led = new Set(ways.filter(({ channel }) => channel === name).map(({ desk }) => desk))
    for (const desk of led) add('way', id, `desk ${desk}`, { shares: 'way' })
  }

  const steps = stepsBetween(procedure)
  const depths = depthsOf(procedure, [...new Set(ways.map(({ desk }) => desk))], steps)
  for (const [name, depth] of depths.layers) {
    const id = `desk ${name}`
    const layer = FIRST_DESK_LAYER + depth
    const title = deskTitle(procedure, name)
    things.push({ id, layer, kind: 'desk', name, title, isUnused: unused.has(id) })
  }
  for (const { kind, from, to } of steps) {
    if (from === to) continue
    const isBack = (depths.layers.get(from) ?? 0) >= (depths.layers.get(to) ?? 0)
    add(kind, `desk ${from}`, `desk ${to}`, { isBack })
  }
  const deskLayers = Math.max(1, ...[...depths.layers.values()].map((depth) => depth + 1))
  const isAnySilent = Object.keys(procedure.desks).some(
    (name) => sayNothing(procedure, name) !== null,
  )
  const silences = FIRST_DESK_LAYER + deskLayers
  const answers = silences + (isAnySilent ? 1 : 0)
  for (const name of depths.layers.keys())
    addEnds(procedure, name, { things, add, silences, answers })
  return {
    things,
    lines,
    deskLayers,
    selfLate: new Set(
      steps.filter(({ kind, from, to }) => kind === 'late' && from === to).map(({ from }) => from),
    ),
  }
}

function addEnds(
  procedure: Procedure,
  name: string,
  graph: {
    things: Thing[]
    add: (kind: LineKind, from: string, to: string) => void
    silences: number
    answers: number
  },
): void {
  const desk = procedure.desks[name]
  if (desk === undefined) return
  const outcomes = sayOutcomes(desk)
  if (outcomes.length > 0) {
    const id = `answer ${name}`
    graph.things.push({
      id,
      layer: graph.answers,
      kind: 'answer',
      desk: name,
      outcomes,
      isLate: false,
    })
    graph.add('answer', `desk ${name}`, id)
  }
  const late = latenessOf(procedure, name)
  if (late !== null && late.does !== 'hand-over') {
    const id = `late-answer ${name}`
    const outcome = late.does === 'lift' ? 'lifted' : 'narrowed'
    graph.things.push({
      id,
      layer: graph.answers,
      kind: 'answer',
      desk: name,
      outcomes: [outcome],
      isLate: true,
    })
    graph.add('late-answer', `desk ${name}`, id)
  }
  const words = sayNothing(procedure, name)
  if (words === null) return
  const id = `nothing ${name}`
  graph.things.push({ id, layer: graph.silences, kind: 'nothing', desk: name, words })
  graph.add('nothing', `desk ${name}`, id)
}

/** Situations that have the same means and the same ways in stand together; where those lead is drawn from the ways on. */
function groupSituations(situations: readonly Situation[], ways: ReturnType<typeof listWays>) {
  const groups = new Map<
    string,
    { measures: string[]; means: readonly Means[]; desks: Map<string, string> }
  >()
  for (const { measure, means } of situations) {
    const own = ways.filter((way) => way.measure === measure && way.means.join() === means.join())
    const desks = new Map(own.map(({ channel, desk }) => [channel, desk]))
    const key = JSON.stringify([means, [...desks.keys()]])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { measures: [measure], means, desks })
    else group.measures.push(measure)
  }
  return [...groups.values()].sort((a, b) => b.means.length - a.means.length)
}

interface DeskStep {
  kind: 'late' | 'forward' | 'review'
  from: string
  to: string
}

function stepsBetween(procedure: Procedure): DeskStep[] {
  return Object.entries(procedure.desks).flatMap(([from, desk]) => {
    const steps: DeskStep[] = []
    const review = reviewDeskOf(procedure, from)
    if (review !== null && desk.may.includes('deny'))
      steps.push({ kind: 'review', from, to: review })
    const late = latenessOf(procedure, from)
    if (late?.does === 'hand-over') steps.push({ kind: 'late', from, to: late.desk })
    if (procedure.limits.forwards > 0) {
      for (const to of new Set(desk.forward))
        if (to !== from) steps.push({ kind: 'forward', from, to })
    }
    return steps
  })
}

/** Each desk's place on the longest way from the desks that doors lead to; steps that close a circle do not count. */
function depthsOf(procedure: Procedure, doors: readonly string[], steps: readonly DeskStep[]) {
  const next = new Map(Object.keys(procedure.desks).map((name) => [name, new Set<string>()]))
  for (const { from, to } of steps) if (from !== to) next.get(from)?.add(to)
  const done: string[] = []
  const states = new Map<string, 'open' | 'done'>()
  const onward = new Map<string, string[]>()
  const roots = [...doors, ...Object.keys(procedure.desks)]
  for (const root of roots) {
    if (states.has(root)) continue
    // By hand and not by recursion: a chain of desks may be as long as its author likes.
    const walk = [{ name: root, left: [...(next.get(root) ?? [])] }]
    states.set(root, 'open')
    for (let at = walk.at(-1); at !== undefined; at = walk.at(-1)) {
      const to = at.left.shift()
      if (to === undefined) {
        states.set(at.name, 'done')
        done.push(at.name)
        walk.pop()
        continue
      }
      if (states.get(to) === 'open') continue
      onward.set(at.name, [...(onward.get(at.name) ?? []), to])
      if (states.has(to)) continue
      states.set(to, 'open')
      walk.push({ name: to, left: [...(next.get(to) ?? [])] })
    }
  }
  const layers = new Map(roots.map((name) => [name, 0]))
  for (const name of done.reverse()) {
    for (const to of onward.get(name) ?? [])
      layers.set(to, Math.max(layers.get(to) ?? 0, (layers.get(name) ?? 0) + 1))
  }
  return { layers }
}
