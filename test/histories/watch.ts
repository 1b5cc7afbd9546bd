/** A watch goes with one case: it keeps its own time, and breaks the history off where a promise is broken. */
import type { CaseCommand } from '../../src/core/case-command.ts'
import { nextInstant, promisedBy, type Case, type CaseResult } from '../../src/core/case.ts'
import { measureInProcedure, measures } from '../../src/core/measure.ts'
import type { Procedure } from '../../src/core/procedure.ts'
import { isDecidingPerson } from '../../src/procedure/explore.ts'
import { barred, undoFor } from './people.ts'

export type Seen = Extract<CaseResult, { ok: true }>

/** What the check announced for one way in, in milliseconds. */
export interface Announced {
  person: number
  answer: number
}

export interface Watch {
  procedure: Procedure
  announced: Announced
  /** When the waiting that the promise is about began. */
  since: number
  /** For how long it was nobody's of the marketplace: a question waited, or the seller had not contested. */
  stoodStill: number
  /** How long our own clocks were late to carry an answer out; the seller's time runs from when it fell due. */
  lag: number
  /** Until when the present desk has the case; while a question waits, how much it has left. */
  deskUntil: number
  deskLeft: number
  askedAt: number
  answeredAt: number
  metPerson: boolean
  /** Every clock ran out: the waiting that was announced is over, and a clock must still run. */
  isOverdue: boolean
  /** The longest share of an announced answer that anybody waited. */
  nearest: number
}

export class BrokenPromise extends Error {}

function broken(what: string): never {
  throw new BrokenPromise(what)
}

const active = (held: Case) =>
  held.state === 'open' || held.state === 'asking' || held.state === 'deciding'
const within = (watch: Watch, desk: string) =>
  watch.procedure.desks[desk]?.within ?? broken(`no clock is known of the desk ${desk}`)

/** Goes with a case from its opening. One that goes on from a case which no clock could end is overdue from the first. */
export function startWatch(held: Case, procedure: Procedure, announced: Announced): Watch {
  const since = held.openedAt.getTime()
  const watch: Watch = {
    procedure,
    announced,
    since,
    stoodStill: 0,
    lag: 0,
    deskUntil: since,
    deskLeft: 0,
    askedAt: 0,
    answeredAt: 0,
    metPerson: false,
    isOverdue: held.overdueSince !== null,
    nearest: 0,
  }
  watch.deskUntil = since + within(watch, held.desk)
  checkClocks(watch, held, since)
  meet(watch, held)
  return watch
}

/** Sees one change of the case. */
export function see(
  watch: Watch,
  before: Case,
  command: CaseCommand,
  result: Seen,
  now: number,
): void {
  const at = fellDueAt(before, command, now)
  if (active(before)) checkWaiting(watch, before, at)
  checkRules(watch, before, command, result)
  keepTime(watch, before, command, result, { at, now })
  if (!active(result.case)) return
  checkClocks(watch, result.case, at)
  if (result.case.state !== 'asking') checkStandingStill(watch, result.case)
  meet(watch, result.case)
}

/** What a clock does, or others in its place while it is late, counts from when it fell due; a desk has no such grace. */
function fellDueAt(before: Case, { do: what }: CaseCommand, now: number): number {
  const isDesks = !['due', 'decide', 'write', 'withdraw'].includes(what)
  const due = active(before) ? nextInstant(before) : null
  return isDesks || due === null ? now : Math.min(now, due.getTime())
}

function waited(watch: Watch, held: Case, at: number): number {
  const standsStill = held.state === 'asking' ? at - watch.askedAt : 0
  return at - watch.since - watch.stoodStill - standsStill
}

function checkWaiting(watch: Watch, held: Case, at: number): void {
  if (watch.isOverdue) return
  const so = waited(watch, held, at)
  if (!watch.metPerson && so > watch.announced.person)
    broken(`waited ${said(so)} for a person, announced were ${said(watch.announced.person)}`)
  if (so > watch.announced.answer)
    broken(`waited ${said(so)} for the answer, announced were ${said(watch.announced.answer)}`)
  watch.nearest = Math.max(watch.nearest, so / watch.announced.answer)
}

/** The watch's own time: what happened moves it, never what the case says of itself. */
function keepTime(
  watch: Watch,
  before: Case,
  command: CaseCommand,
  { case: after, events }: Seen,
  { at, now }: { at: number; now: number },
): void {
  const happened = (kind: string) => events.some((event) => event.kind === kind)
  if (command.do === 'ask') {
    watch.askedAt = at
    watch.deskLeft = watch.deskUntil - at
  } else if (before.state === 'asking' && (after.state === 'open' || command.do === 'decide')) {
    watch.stoodStill += at - watch.askedAt
    watch.deskUntil = at + watch.deskLeft
  }
  if (active(before) && !active(after)) {
    watch.answeredAt = at
    watch.lag += now - at
  }
  if (command.do === 'contest') watch.stoodStill += at - watch.answeredAt
  if (command.do === 'reopen' || (command.do === 'write' && before.state === 'answered'))
    Object.assign(watch, { since: at, stoodStill: 0, lag: 0, isOverdue: false })
  // Written to again it goes on where it was answered; new facts are a first look, as if it had just come.
  if (command.do === 'reopen') watch.metPerson = false
  if (happened('case.arrived') || happened('case.overdue'))
    watch.deskUntil = at + within(watch, after.desk)
  if (happened('case.overdue')) watch.isOverdue = true
}

function meet(watch: Watch, held: Case): void {
  if (isDecidingPerson(watch.procedure.desks[held.desk])) watch.metPerson = true
}

/** An open case has a desk that the procedure knows and a running clock, or a dated question; and the desk no more than its time. */
function checkClocks(watch: Watch, held: Case, at: number): void {
  const { procedure } = watch
  if (procedure.desks[held.desk] === undefined) broken(`is at no desk: ${held.desk}`)
  const next = nextInstant(held)?.getTime()
  if (next === undefined || !Number.isFinite(next)) return broken('is open and has no clock')
  if (held.state === 'asking') {
    if (held.ask === null) return broken('waits for an answer to no question')
    if (next - at > (procedure.limits['ask-wait'] ?? 0))
      broken('a question waits longer than asking may')
    if (held.dueAt.getTime() - next > watch.deskLeft)
      broken('a question gives the desk more time than it had left')
    return
  }
  if (next - at > within(watch, held.desk))
    broken('the next instant is further off than the desk’s time')
  if (held.dueAt.getTime() > watch.deskUntil) broken('the desk’s time was made longer')
  if (held.state === 'deciding' && (next - at > undoFor || next > held.dueAt.getTime()))
    broken('the minute of undoing is longer than a minute, or than the desk’s time')
}

function checkStandingStill(watch: Watch, held: Case): void {
  if (held.stoodStill + watch.lag !== watch.stoodStill)
    broken(`stood still for ${said(held.stoodStill)}, by the watch ${said(watch.stoodStill)}`)
  const promised = watch.since + watch.procedure.promise.answer + held.stoodStill
  if (promisedBy(held, watch.procedure).getTime() !== promised) broken('the promise moved')
}

/** What no machine, clock or barred person may do, whatever the time. */
function checkRules(watch: Watch, before: Case, command: CaseCommand, result: Seen): void {
  const { case: after, effects, events } = result
  const isClock = command.do === 'due' && before.state === 'open'
  const isMachine = command.do === 'decide' && command.by.kind === 'machine'
  for (const effect of effects) {
    const objection = before.objections.find(({ id }) => id === effect.objectionId)
    if (objection === undefined) return broken('an effect on what nobody contests')
    if (objection.outcome !== null) broken('the same objection was answered twice')
    if (!isClock && !isMachine) continue
    if (effect.power === 'deny') broken('a machine or a clock denied')
    if (before.matter.startsWith('matter.')) broken('a machine or a clock decided a matter')
    if (isMachine && effect.power !== 'grant') broken('a machine narrowed')
    if (!isClock) continue
    if (before.overdueSince !== null && before.overdueSince <= before.openedAt)
      broken('a clock ended what waits for a person')
    const rule = watch.procedure.measures[measureInProcedure(objection.measure)]
    const mayLift = measures[objection.measure].liftByClock && (rule?.['lift-by-clock'] ?? true)
    if (effect.power === 'grant' && !mayLift) broken(`${objection.measure} was lifted by clock`)
  }
  before.objections.forEach((objection, place) => {
    const { outcome } = after.objections[place]!
    const isLookedAtAgain =
      objection.outcome === 'measure_stands' &&
      (command.do === 'contest' || command.do === 'reopen')
    if (objection.outcome !== null && outcome !== objection.outcome && !isLookedAtAgain)
      broken('an answer was changed')
    if (objection.outcome === outcome || outcome === 'withdrawn' || outcome === null) return
    if (!effects.some(({ objectionId }) => objectionId === objection.id))
      broken('an answer has no effect')
  })
  const decider =
    command.do === 'due'
      ? before.pending?.by
      : command.do === 'decide' && command.by.kind === 'person'
        ? command.by.id
        : undefined
  if (decider === barred.takenBy || decider === barred.policyAuthor)
    if (before.objections.length > 0) broken('somebody decided their own measure or rule')
  if (decider !== undefined && before.decidedBy.includes(decider))
    broken('somebody decided the same matter twice')
  if (events.some(({ kind }) => kind === 'case.given') && effects.length > 0)
    broken('something left within the minute of undoing')
}

function said(milliseconds: number): string {
  return `${(milliseconds / 3_600_000).toFixed(3)} hours`
}
