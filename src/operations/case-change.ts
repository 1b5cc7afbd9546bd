/** Saves a change of a case with all that follows from it, in one transaction: measures, notices, calls to the officer. */
import type { Case, CaseEvent, CaseResult } from '../core/case.ts'
import type { Decider } from '../core/decision.ts'
import type { Procedure } from '../core/procedure.ts'
import { saveCase } from '../store/case.ts'
import type { Tx } from '../store/db.ts'
import { staffNames } from '../store/staff.ts'
import { carryOut } from './answer.ts'
import type { App } from './app.ts'
import { callOfficer, tellArrival, tellAsked, tellMessage, tellOverdue } from './arrival.ts'
import { followFinding } from './complaint-desk.ts'
import { followConclusion } from './conclusion.ts'
import { answerWhoWrote } from './letter-answer.ts'
import { followLink } from './recovery-desk.ts'
import { done, RefusedError, type Result } from './result.ts'

type Changed = Extract<CaseResult, { ok: true }>

/** A change as core answered it, and from where. */
export interface Change {
  held: Case
  result: Changed
  procedure: Procedure
}

/** Whoever changed it, a person, a seller or a clock: what follows from it is the same. */
export async function followChange(app: App, tx: Tx, change: Change): Promise<void> {
  const { result } = change
  await saveCase(tx, result.case, result.events, app.now())
  for (const event of result.events) orThrow(await followEvent(app, tx, change, event))
}

async function followEvent(
  app: App,
  tx: Tx,
  { held, result, procedure }: Change,
  event: CaseEvent,
): Promise<Result<unknown>> {
  const next = result.case
  switch (event.kind) {
    case 'case.decided':
      return carryOut(app, tx, {
        case: next,
        effects: result.effects,
        takenBy: await deciderOf(tx, held, event),
        procedure,
      })
    case 'case.concluded':
      return followConclusion(app, tx, next, await deciderOf(tx, held, event))
    case 'case.found':
      return followFinding(app, tx, {
        found: next,
        takenBy: await deciderOf(tx, held, event),
        words: result.toReporter?.words ?? '',
        isUnfounded: result.toReporter?.isUnfounded ?? false,
      })
    case 'case.asked':
      return done(
        await tellAsked(app, tx, next, {
          by: await nameOf(tx, event),
          question: textOf(event, 'question'),
          until: new Date(textOf(event, 'until')),
          waits: event.detail['waits'] !== false,
        }),
      )
    case 'case.informed':
    case 'case.answered':
      return done(await followMessage(app, tx, next, event))
    case 'case.arrived':
      return done(await followArrival(app, tx, { held, next, event }))
    case 'case.linked':
      return done(await followLink(app, tx, { held, next, event }))
    case 'case.overdue':
      await callOfficer(app, tx, next)
      if (held.overdueSince === null) await tellOverdue(app, tx, next)
      return done(null)
    default:
      return done(null)
  }
}

/** To the seller; and what answers a letter, to whoever wrote it. */
async function followMessage(app: App, tx: Tx, next: Case, event: CaseEvent): Promise<void> {
  const name = await nameOf(tx, event)
  const text = textOf(event, 'text')
  await tellMessage(app, tx, next, { by: name, text })
  if (event.kind === 'case.answered' && event.by !== null)
    await answerWhoWrote(app, tx, next, { by: event.by, name, text })
}

async function followArrival(
  app: App,
  tx: Tx,
  { held, next, event }: { held: Case; next: Case; event: CaseEvent },
): Promise<void> {
  const from = held.desk
  const { why } = event.detail
  if (why === 'late' || why === 'second-look' || why === 'again')
    return tellArrival(app, tx, next, { from, why })
  if (why === 'forward')
    return tellArrival(app, tx, next, {
      from,
      why,
      by: await nameOf(tx, event),
      reason: textOf(event, 'reason'),
    })
}

/** A person of staff by name; a clock where nobody did it. */
async function deciderOf(tx: Tx, held: Case, event: CaseEvent): Promise<Decider> {
  if (event.by === null) return { kind: 'clock', desk: held.desk }
  return { kind: 'person', id: event.by, name: await nameOf(tx, event) }
}

async function nameOf(tx: Tx, event: CaseEvent): Promise<string> {
  const name = event.by === null ? undefined : (await staffNames(tx)).get(event.by)
  if (name === undefined)
    throw new Error(`follow ${event.kind}: ${event.by ?? 'nobody'} is not a person of staff`)
  return name
}

function textOf({ kind, detail }: CaseEvent, key: string): string {
  const text = detail[key]
  if (typeof text !== 'string') throw new Error(`follow ${kind}: it carries no ${key}`)
  return text
}

/** A refusal after the first write takes everything back. */
function orThrow(result: Result<unknown>): void {
  if (!result.ok) throw new RefusedError(result)
}
