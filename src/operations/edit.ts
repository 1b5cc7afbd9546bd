/** An edit during an appeal attaches to the open case, and may be the reason for a machine's yes. */
import { openObjections } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { mayNow } from '../core/case-command.ts'
import type { Outcome } from '../core/finding.ts'
import type { ListingVersion } from '../core/listing.ts'
import { casesAbout, lockCase, saveCase } from '../store/case.ts'
import type { Tx } from '../store/db.ts'
import { measuresOn } from '../store/decision.ts'
import { recordEvents } from '../store/event.ts'
import { procedureOf } from '../store/procedure.ts'
import type { App } from './app.ts'

export interface Edit {
  listing: ListingVersion
  outcome: Outcome
  /** The decisions that fell because the new text passes. */
  lifted: string[]
}

/** Writes the edit into every open case about this listing; where it answers all that is open, the machine grants. */
export async function noteEdit(
  app: App,
  tx: Tx,
  { listing, outcome, lifted }: Edit,
): Promise<void> {
  const now = app.now()
  const measures = await measuresOn(tx, { kind: 'listing', id: listing.listingId })
  const cases = await casesAbout(
    tx,
    measures.map(({ decision }) => decision.id),
  )
  for (const { id } of cases.filter((one) => mayNow(one, 'decide'))) {
    const held = await lockCase(tx, id)
    if (held === null || !mayNow(held, 'decide')) continue
    const detail = { listingId: listing.listingId, version: listing.version, outcome }
    await recordEvents(tx, [
      {
        at: now,
        kind: 'case.edited',
        sellerId: held.sellerId,
        caseId: id,
        decisionId: null,
        by: null,
        detail,
      },
    ])
    const open = openObjections(held)
    if (!open.every((objection) => lifted.includes(objection.decisionId))) continue
    const procedure = await procedureOf(tx, held.procedureId)
    const answers = open.map((objection) => ({
      objectionId: objection.id,
      power: 'grant' as const,
      reasons: `The new text, version ${listing.version}, passes the rule.`,
    }))
    const result = changeCase(
      held,
      { do: 'decide', by: { kind: 'machine', id: 'screening' }, answers, barred: {}, undoFor: 0 },
      procedure,
      now,
    )
    if (!result.ok) throw new Error(`grant case ${id} by machine: ${result.refusal}`)
    // The measures were lifted with their own notice; the case only follows.
    await saveCase(tx, result.case, result.events, now)
  }
}
