/** Repairs: what was decided while a thief had the account waits for a person, who lifts each without blame or keeps it. */
import { openCase } from '../core/case.ts'
import { routeTo } from '../core/procedure.ts'
import { claimNumber, type Claim } from '../core/recovery.ts'
import { isForRepair, type TakeoverWindow } from '../core/repair.ts'
import { casesAbout, insertCase, nextCaseNumber } from '../store/case.ts'
import type { Tx } from '../store/db.ts'
import { measuresOfSeller } from '../store/decision.ts'
import { recordEvents } from '../store/event.ts'
import { currentProcedure } from '../store/procedure.ts'
import type { App } from './app.ts'

/** Opens the repair of a takeover over a list that is frozen now; answers its case, or null where nothing was decided. */
export async function openRepair(
  app: App,
  tx: Tx,
  { claim, window }: { claim: Claim & { sellerId: string }; window: TakeoverWindow },
): Promise<string | null> {
  const now = app.now()
  const { sellerId } = claim
  const taken = (await measuresOfSeller(tx, sellerId, now)).filter((one) =>
    isForRepair(one, window, now),
  )
  // What its seller contests already is looked at there, by a person.
  const contested = new Set(
    (
      await casesAbout(
        tx,
        taken.map(({ decision }) => decision.id),
      )
    )
      .flatMap(({ objections }) => objections)
      .filter(({ outcome }) => outcome === null)
      .map(({ decisionId }) => decisionId),
  )
  const waiting = taken.filter(({ decision }) => !contested.has(decision.id))
  if (waiting.length === 0) return null
  const adopted = await currentProcedure(tx)
  const desk = routeTo(adopted.procedure, 'matter.repair', 'system')
  if (desk === null) {
    app.log('the procedure has no desk for a repair', { claim: claim.id })
    return null
  }
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
      text: `The account was handed over to its owner in claim ${claimNumber(claim)}. What was decided while a stranger had it waits here.`,
      objections: waiting.toReversed().map(({ decision }) => ({
        id: app.newId('obj'),
        decisionId: decision.id,
        measure: decision.measure,
        track: 'dispute',
        text: 'Decided while a stranger had the account. Is it about what the stranger did?',
        remedy: null,
      })),
      check: null,
      overdueSince: null,
    },
    adopted.procedure,
    now,
  )
  if (!opened.ok) throw new Error(`open the repair of claim ${claim.id}: ${opened.refusal}`)
  await insertCase(tx, opened.case, opened.events, now)
  await recordEvents(tx, [
    {
      at: now,
      kind: 'repair.opened',
      sellerId,
      caseId: opened.case.id,
      decisionId: null,
      by: null,
      detail: { claim: claim.id, decisions: waiting.length },
    },
  ])
  return opened.case.id
}
