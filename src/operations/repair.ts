/** Repairs: what was decided for a cause that fell waits for a person, who lifts each without blame or keeps it. */
import { openCase } from '../core/case.ts'
import { routeTo } from '../core/procedure.ts'
import { isFromWindow, isRepairable, repairWords } from '../core/repair.ts'
import type { RepairCause, TakeoverWindow } from '../core/repair-cause.ts'
import { casesAbout, insertCase, nextCaseNumber } from '../store/case.ts'
import type { Tx } from '../store/db.ts'
import { measuresOfSeller } from '../store/decision.ts'
import { recordEvents } from '../store/event.ts'
import { currentProcedure } from '../store/procedure.ts'
import type { App } from './app.ts'

/** One seller's decisions, by id, that a cause reaches. */
export interface RepairOpening {
  cause: RepairCause
  sellerId: string
  decisions: readonly string[]
}

/**
 * Opens a repair over the decisions that can still be judged anew; the list is frozen now. Answers its case, or null
 * where none is left: all were lifted, never reached the seller, or are before a person already.
 */
export async function openRepair(
  app: App,
  tx: Tx,
  { cause, sellerId, decisions }: RepairOpening,
): Promise<string | null> {
  const now = app.now()
  const reached = (await measuresOfSeller(tx, sellerId, now)).filter(
    ({ decision, action }) => decisions.includes(decision.id) && isRepairable(action, now),
  )
  // What somebody contests already, or another repair holds, is looked at there, by a person.
  const contested = new Set(
    (
      await casesAbout(
        tx,
        reached.map(({ decision }) => decision.id),
      )
    )
      .flatMap(({ objections }) => objections)
      .filter(({ outcome }) => outcome === null)
      .map(({ decisionId }) => decisionId),
  )
  const waiting = reached.filter(({ decision }) => !contested.has(decision.id))
  if (waiting.length === 0) return null
  const adopted = await currentProcedure(tx)
  const desk = routeTo(adopted.procedure, 'matter.repair', 'system')
  if (desk === null) {
    app.log('the procedure has no desk for a repair', { seller: sellerId, ...namesOf(cause) })
    return null
  }
  const { text, question } = repairWords(cause)
  const opened = openCase(
    {
      id: app.newId('cas'),
      number: await nextCaseNumber(tx),
      kind: 'repair',
      matter: 'matter.repair',
      channel: 'system',
      sellerId,
      procedureId: adopted.id,
      desk,
      by: null,
      text,
      objections: waiting.toReversed().map(({ decision }) => ({
        id: app.newId('obj'),
        decisionId: decision.id,
        measure: decision.measure,
        track: 'dispute',
        text: question,
        remedy: null,
      })),
      check: null,
      repair: cause,
      overdueSince: null,
    },
    adopted.procedure,
    now,
  )
  if (!opened.ok) throw new Error(`open a repair for ${sellerId}: ${opened.refusal}`)
  await insertCase(tx, opened.case, opened.events, now)
  await recordEvents(tx, [
    {
      at: now,
      kind: 'repair.opened',
      sellerId,
      caseId: opened.case.id,
      decisionId: null,
      by: null,
      detail: { ...namesOf(cause), decisions: waiting.length },
    },
  ])
  return opened.case.id
}

/** What was decided about a seller while a thief had the account. */
export async function decisionsFromWindow(
  app: App,
  tx: Tx,
  { sellerId, window }: { sellerId: string; window: TakeoverWindow },
): Promise<string[]> {
  return (await measuresOfSeller(tx, sellerId, app.now()))
    .filter(({ decision }) => isFromWindow(decision, window))
    .map(({ decision }) => decision.id)
}

/** What a cause is looked up by in the record of events. */
function namesOf(cause: RepairCause): { claim: string } | { ring: string } {
  return cause.kind === 'takeover' ? { claim: cause.claim.id } : { ring: cause.ring }
}
