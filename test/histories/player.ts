/** Plays histories of cases in virtual time, on the very functions that the server runs, with a watch beside each. */
import type { changeCase } from '../../src/core/case-change.ts'
import type { CaseCommand } from '../../src/core/case-command.ts'
import {
  nextInstant,
  type Case,
  type CaseKind,
  type NewCase,
  type openCase,
} from '../../src/core/case.ts'
import type { Measure } from '../../src/core/measure.ts'
import { measureInProcedure, measureNames, narrowerMeasure } from '../../src/core/measure.ts'
import type { Procedure } from '../../src/core/procedure.ts'
import type { Chance } from './chance.ts'
import type { Game, Way } from './games.ts'
import { deskActs, machineGrants, senderActs } from './people.ts'
import { see, startWatch, type Announced, type Seen, type Watch } from './watch.ts'

/** The machine that is played: core's own, or one of which a clock was taken away. */
export interface Machine {
  openCase: typeof openCase
  changeCase: typeof changeCase
}

export const countedNames = [
  'late',
  'contested',
  'asked',
  'replied',
  'silent',
  'forwarded',
  'given',
  'undone',
  'reopened',
  'written again',
  'overdue',
  'lifted by clock',
  'narrowed by clock',
  'gone on',
  'granted by machine',
  'denied',
  'withdrawn',
  'lapsed',
  'clocks late',
  'clocks late by several',
  'twice at once',
  'refused',
] as const
export type Counts = Record<(typeof countedNames)[number], number> & {
  steps: number
  nearest: number
}

export function noCounts(): Counts {
  const none = Object.fromEntries(countedNames.map((name) => [name, 0]))
  return { ...(none as Counts), steps: 0, nearest: 0 }
}

const hour = 3_600_000
const day = 24 * hour
const minute = 60_000
const born = Date.UTC(2026, 10, 23, 9)
const forever = 100 * 365 * day

/** How the desks of one history behave: at once, some time, at the last moment, on the stroke of the clock, or never. */
const paces = ['at once', 'some time', 'last moment', 'on the stroke', 'never'] as const
type Pace = (typeof paces)[number]

export interface Play {
  game: Game
  machine: Machine
  chance: Chance
  counts: Counts
  /** Hears every step, where a history is told. */
  tell: ((words: string) => void) | null
}

interface Scene extends Play {
  watch: Watch
  held: Case
  now: number
  pace: Pace
  /** Cases that go on from this one because no clock could end it. */
  goingOn: NewCase[]
}

/** One history, to its end or far into it; throws a `BrokenPromise` where one is broken. */
export function playHistory(play: Play): void {
  const { game, chance } = play
  const way = chance.pick(game.ways)
  const goingOn = playCase(play, newCase(way, game.procedure, chance), way, born)
  for (const { matter, now } of goingOn.slice(0, 2)) {
    play.counts['gone on']++
    playCase(play, matter, { person: forever, answer: forever }, now)
  }
}

function playCase(
  play: Play,
  matter: NewCase,
  announced: Announced,
  from: number,
): { matter: NewCase; now: number }[] {
  const { game, machine, chance, counts, tell } = play
  const { procedure } = game
  const opened = machine.openCase(matter, procedure, new Date(from))
  if (!opened.ok) throw new Error(`open ${matter.kind} about ${matter.matter}: ${opened.refusal}`)
  const pace = chance.pick(paces)
  tell?.(`${matter.kind} about ${matter.matter} at ${matter.desk}; its desks act: ${pace}`)
  const watch = startWatch(opened.case, procedure, announced)
  const scene: Scene = { ...play, watch, held: opened.case, now: from, pace, goingOn: [] }
  for (let moment = 0; moment < 18; moment++) {
    if (scene.held.state === 'closed' && !opensAgain(scene)) break
    playMoment(scene)
  }
  counts.nearest = Math.max(counts.nearest, watch.nearest)
  return scene.goingOn.map((next) => ({ matter: next, now: scene.now }))
}

/** Something happens: somebody acts, or nobody does and the clock rings, in time or late. */
function playMoment(scene: Scene): void {
  const { held } = scene
  switch (held.state) {
    case 'open':
    case 'asking':
    case 'deciding':
      return playOpen(scene)
    case 'restoring':
      return playRestoring(scene)
    case 'answered':
      return playAnswered(scene)
    case 'closed':
  }
}

function playOpen(scene: Scene): void {
  const { chance, counts } = scene
  const due = nextInstant(scene.held)?.getTime() ?? scene.now
  // Even those who never act may come once the officer was called.
  if (scene.held.overdueSince !== null && chance.onceIn(3)) scene.pace = chance.pick(paces)
  const pace = chance.onceIn(5) ? chance.pick(paces) : scene.pace
  const isReply = scene.held.state === 'asking'
  const acts = pace !== 'never' && !(isReply && chance.onceIn(3))
  const isFirst = chance.onceIn(2)
  if (acts && (pace !== 'on the stroke' || isFirst)) {
    scene.now = Math.max(scene.now, actsAt(pace, scene.now, due, chance))
    playPeople(scene)
    if (scene.now < due) return
  } else scene.now = Math.max(scene.now, due)
  if (chance.onceIn(6)) {
    // The process was down: the clock rings late, and somebody may knock first.
    const down = Math.min(
      20 * day,
      5 * (scene.game.procedure.desks[scene.held.desk]?.within ?? day),
    )
    scene.now += 1 + chance.below(down)
    if (chance.onceIn(3)) playPeople(scene)
    counts['clocks late']++
  }
  ring(scene)
  if (acts && pace === 'on the stroke' && !isFirst) playPeople(scene)
}

function actsAt(pace: Pace, now: number, due: number, chance: Chance): number {
  const left = Math.max(0, due - now)
  if (pace === 'at once') return now + chance.below(Math.min(left, 5 * minute) + 1)
  if (pace === 'some time') return now + chance.below(left + 1)
  return pace === 'last moment' ? due - 1 - chance.below(3) : due
}

/** Everything that is due rings, one after the other. */
function ring(scene: Scene): void {
  for (let rung = 0; rung < 5_000; rung++) {
    const due = isRunning(scene.held) ? nextInstant(scene.held) : null
    if (due === null || due.getTime() > scene.now) return
    if (rung === 1) scene.counts['clocks late by several']++
    if (!does(scene, [{ do: 'due' }])) throw new Error('a clock that is due was refused')
  }
}

const isRunning = ({ state }: Case) =>
  state === 'open' || state === 'asking' || state === 'deciding'

/** One acts, or two at once, each on what was there when they looked: the second meets what the first has done. */
function playPeople(scene: Scene): void {
  const one = actOf(scene)
  if (!scene.chance.onceIn(5)) return void does(scene, one)
  const other = actOf(scene)
  does(scene, one)
  scene.counts['twice at once']++
  does(scene, other)
}

function actOf({ held, game, chance }: Scene): CaseCommand[] {
  if (chance.onceIn(20) && held.objections.length > 0) return [machineGrants(held)]
  const hasSender = held.kind !== 'check' && held.kind !== 'repair'
  if (hasSender && (held.state === 'asking' || chance.onceIn(10))) return [senderActs(held, chance)]
  return deskActs(held, game.procedure, chance)
}

function playRestoring(scene: Scene): void {
  scene.now += scene.chance.below(2 * hour)
  if (scene.chance.onceIn(4)) does(scene, [contesting])
  does(scene, [{ do: 'restored' }])
}

/** The seller is told, now or later, and contests or writes again, in time or too late, or vanishes. */
function playAnswered(scene: Scene): void {
  const { chance, held } = scene
  if (held.contestBy === null) {
    scene.now += chance.below(10 * day)
    if (chance.onceIn(4)) return void does(scene, [contesting])
    // As the store does when a notice has reached its seller.
    scene.held = { ...held, contestBy: new Date(scene.now + 180 * day) }
    return
  }
  const last = held.contestBy.getTime()
  if (chance.onceIn(3)) {
    scene.now = Math.max(scene.now, last)
    return void does(scene, [{ do: 'lapse' }])
  }
  scene.now += chance.below(Math.max(0, last - scene.now) + 2)
  const again: CaseCommand = { do: 'write', by: 'ines', text: 'And another thing.' }
  does(scene, [held.objections.length > 0 ? contesting : again])
  if (chance.onceIn(4)) does(scene, [{ do: 'lapse' }])
}

const contesting: CaseCommand = { do: 'contest', by: 'ines', text: 'Look again.' }

/** Whether new facts open a closed case again. */
function opensAgain(scene: Scene): boolean {
  const { chance, held, game } = scene
  if (held.objections.length === 0 || chance.onceIn(2)) return false
  scene.now += chance.below(60 * day)
  const desk = game.ways.find(
    (way) => way.matter === held.matter && way.channel === held.channel,
  )?.desk
  if (desk === undefined) return false
  const facts = { hasNewFacts: !chance.onceIn(4), until: new Date(born + 200 * day) }
  return does(scene, [{ do: 'reopen', by: 'ines', text: 'A new report.', desk, ...facts }])
}

/** Gives the commands one after the other, until one is refused. */
function does(scene: Scene, commands: readonly CaseCommand[]): boolean {
  const { machine, game, watch, counts, tell } = scene
  for (const command of commands) {
    const before = scene.held
    const result = machine.changeCase(before, command, game.procedure, new Date(scene.now))
    tell?.(line(scene.now, command, result))
    if (!result.ok) {
      counts.refused++
      return false
    }
    scene.held = result.case
    count(counts, before, command, result)
    see(watch, before, command, result, scene.now)
    goOn(scene, result)
  }
  return true
}

/** What a clock could only narrow, and may not end, goes on in a case of its own at the same desk. */
function goOn(scene: Scene, { case: held, effects }: Seen): void {
  const objections = effects.flatMap(({ objectionId, needsPerson }) => {
    const objection = needsPerson && held.objections.find(({ id }) => id === objectionId)
    const measure = objection ? narrowerMeasure(objection.measure) : null
    return objection && measure ? [{ ...objection, measure }] : []
  })
  if (objections.length === 0) return
  const { id, number, kind, matter, channel, sellerId, procedureId, desk } = held
  scene.goingOn.push({
    ...{ id, number, kind, matter, channel, sellerId, procedureId, desk },
    ...{ objections, by: null, text: null, check: null, overdueSince: new Date(scene.now) },
  })
}

function count(
  counts: Counts,
  before: Case,
  command: CaseCommand,
  { case: after, events, effects }: Seen,
) {
  counts.steps++
  const isClock = command.do === 'due' && before.state === 'open'
  for (const { kind, detail } of events) {
    if (kind === 'case.arrived' && detail['why'] === 'late') counts.late++
    if (kind === 'case.arrived' && detail['why'] === 'forward') counts.forwarded++
    if (kind === 'case.contested') counts.contested++
    if (kind === 'case.asked') counts.asked++
    if (kind === 'case.silent') counts.silent++
    if (kind === 'case.given') counts.given++
    if (kind === 'case.undone') counts.undone++
    if (kind === 'case.reopened') counts.reopened++
    if (kind === 'case.overdue') counts.overdue++
    if (kind === 'case.withdrawn') counts.withdrawn++
  }
  for (const { power } of effects) {
    if (isClock) counts[power === 'grant' ? 'lifted by clock' : 'narrowed by clock']++
    else if (power === 'deny') counts.denied++
    if (command.do === 'decide' && command.by.kind === 'machine') counts['granted by machine']++
  }
  if (command.do === 'write' && before.state === 'asking') counts.replied++
  if (command.do === 'write' && before.state === 'answered') counts['written again']++
  if (command.do === 'lapse' && after.state === 'closed') counts.lapsed++
}

function line(
  now: number,
  command: CaseCommand,
  result: ReturnType<Machine['changeCase']>,
): string {
  const what = `${new Date(now).toISOString()} ${command.do}${'by' in command ? ` by ${typeof command.by === 'string' ? command.by : Array.isArray(command.by) ? command.by.join(', ') : command.by.id}` : ''}`
  if (!result.ok) return `${what}: ${result.refusal}`
  const { state, desk, dueAt, ask, pending } = result.case
  const until = ask?.until ?? pending?.until ?? dueAt
  return `${what}: ${state} at ${desk} until ${until.toISOString()}`
}

const kinds: Record<string, readonly CaseKind[]> = {
  'matter.question': ['question'],
  'matter.letter': ['letter'],
  'matter.recovery': ['recovery'],
  'matter.complaint': ['complaint', 'appeal'],
  'matter.check': ['check'],
  'matter.repair': ['repair'],
}

/** A case of a kind that suits the way in; an appeal has one to three objections, the first of them the way's own. */
function newCase(way: Way, procedure: Procedure, chance: Chance): NewCase {
  const isMatter = way.matter.startsWith('matter.')
  const kind: CaseKind = isMatter ? chance.pick(kinds[way.matter] ?? ['question']) : 'appeal'
  const contested = kind === 'appeal' ? contestedBy(way.matter, procedure, chance) : []
  const isSystem = kind === 'check' || kind === 'repair'
  return {
    id: 'cas',
    number: 7001,
    kind,
    matter: way.matter,
    channel: way.channel,
    sellerId: 'clay',
    procedureId: procedure.procedure,
    desk: way.desk,
    by: isSystem ? null : 'ines',
    text: isSystem || kind === 'appeal' ? null : 'What is it?',
    check: kind === 'check' ? { listingId: 'l', listingVersion: 1, decisionId: null } : null,
    overdueSince: null,
    objections: contested.map((measure, place) => ({
      id: `o${place}`,
      decisionId: `d${place}`,
      measure,
      track: 'dispute',
      text: 'No.',
      remedy: null,
    })),
  }
}

function contestedBy(matter: string, procedure: Procedure, chance: Chance): Measure[] {
  const known = measureNames.filter((name) => measureInProcedure(name) in procedure.measures)
  const own = known.filter((name) => measureInProcedure(name) === matter)
  const first = chance.pick(own.length > 0 ? own : measureNames)
  const more = chance.onceIn(2) ? 0 : 1 + chance.below(2)
  return [
    first,
    ...Array.from({ length: more }, () => chance.pick(known.length ? known : measureNames)),
  ]
}
