/** A claim's case follows its proving: what shuts the account is what it is about, and the yes or no of two specialists answers it. */
import { later } from './calendar.ts'
import {
  arrival,
  arriveAt,
  goOn,
  lapseAfter,
  openObjections,
  type Case,
  type CaseEvent,
  type CaseResult,
} from './case.ts'
import type { Command } from './case-command.ts'
import { carryOut } from './case-decision.ts'
import { changed, event, unheld } from './case-result.ts'
import { reopenObjection, type Answer } from './objection.ts'
import { reviewDeskOf, type Procedure } from './procedure.ts'
import { refuse } from './refusal.ts'

/** What shuts the account now is what is decided on; its desk and its clock stay as they are. */
export function secure(
  held: Case,
  { objection, matter }: Command<'secure'>,
  now: Date,
): CaseResult {
  const isAboutIt = openObjections(held).some(
    ({ decisionId }) => decisionId === objection.decisionId,
  )
  if (isAboutIt) return changed(held, [])
  const others = held.objections.map((one) =>
    one.outcome === null ? { ...one, outcome: 'withdrawn' as const, answeredAt: now } : one,
  )
  const secured: Case = { ...held, matter, objections: [...others, reopenObjection(objection)] }
  return changed(secured, [event('case.secured', null, { decisionId: objection.decisionId })])
}

/** Two specialists agree. A no counts at once, a yes at the end of the cooling-off; until then it may still fall. */
export function agree(
  held: Case,
  { by, power, reasons, until }: Command<'agree'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  const [first] = by
  if (first === undefined) throw new Error(`agree on case ${held.id}: nobody did`)
  const going = held.state === 'asking' && held.ask !== null ? goOn(held, held.ask, now) : held
  const answers = openObjections(going).map(({ id }): Answer => ({
    objectionId: id,
    power,
    reasons,
  }))
  if (answers.length === 0) return sayNo(going, { by: first, power, reasons }, procedure, now)
  const pending = { by: first, at: now, until, answers, conclusion: null, finding: null }
  if (until <= now) {
    const others = by.slice(1).filter((person) => !going.decidedBy.includes(person))
    const decidedBy = [...going.decidedBy, ...others]
    return carryOut({ ...going, ...unheld, pending, decidedBy }, pending, procedure, now)
  }
  const deciding: Case = { ...going, ...unheld, state: 'deciding', pending }
  // Moved only: it was given before.
  if (held.state === 'deciding') return changed(deciding, [])
  return changed(deciding, [event('case.agreed', null, { until: until.toISOString() })])
}

/** A no where nothing shuts the account is a message: whoever got it may write again. */
function sayNo(
  held: Case,
  { by, power, reasons }: { by: string; power: 'grant' | 'deny'; reasons: string },
  procedure: Procedure,
  now: Date,
): CaseResult {
  if (power === 'grant') return refuse('nothing_to_lift')
  const answered: Case = {
    ...held,
    ...unheld,
    state: 'answered',
    overdueSince: null,
    decidedAt: now,
    contestBy: later(now, lapseAfter(procedure)),
  }
  return changed(answered, [event('case.answered', by, { text: reasons })])
}

/** Something new came up: the yes has fallen, and the same desk looks at it again with its clock begun anew. */
export function unsettle(held: Case, procedure: Procedure, now: Date): CaseResult {
  const again = arriveAt(held, held.desk, procedure, now)
  return changed(again, [arrival(again, { from: null, why: 'again' })])
}

/** Two specialists differ: the desk that looks again has the third word. */
export function passOn(held: Case, procedure: Procedure, now: Date): CaseResult {
  const desk = reviewDeskOf(procedure, held.desk)
  if (desk === null) return changed(held, [])
  const going = held.state === 'asking' && held.ask !== null ? goOn(held, held.ask, now) : held
  const moved = arriveAt(going, desk, procedure, now)
  const told: CaseEvent = arrival(moved, { from: held.desk, why: 'second-look' })
  return changed(moved, [told])
}
