/** An edit during an appeal attaches to the open case, and may be the reason for a machine's yes. */
import { openObjections, type Case } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { mayNow } from '../core/case-command.ts'
import type { Outcome } from '../core/finding.ts'
import type { ListingVersion } from '../core/listing.ts'
import { wordsIn } from '../core/words.ts'
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
  const detail = { listingId: listing.listingId, version: listing.version, outcome }
  for (const held of await lockCasesAbout(tx, listing.listingId)) {
    await recordEvents(tx, [
      {
        at: app.now(),
        kind: 'case.edited',
        sellerId: held.sellerId,
        caseId: held.id,
        decisionId: null,
        by: null,
        detail,
      },
    ])
    const reasons = wordsIn('en').own.textPasses(String(listing.version))
    await grantWhatFell(app, tx, held, { lifted, reasons })
  }
}

/** The cases about a listing in which something can still be decided, each locked. */
export async function lockCasesAbout(tx: Tx, listingId: string): Promise<Case[]> {
  const measures = await measuresOn(tx, { kind: 'listing', id: listingId })
  const about = await casesAbout(
    tx,
    measures.map(({ decision }) => decision.id),
  )
  const held: Case[] = []
  for (const { id } of about.filter((one) => mayNow(one, 'decide'))) {
    const locked = await lockCase(tx, id)
    if (locked !== null && mayNow(locked, 'decide')) held.push(locked)
  }
  return held
}

/** Where every measure that is still contested in a case has fallen, the machine grants. */
export async function grantWhatFell(
  app: App,
  tx: Tx,
  held: Case,
  { lifted, reasons }: { lifted: string[]; reasons: string },
): Promise<void> {
  const now = app.now()
  const open = openObjections(held)
  if (!open.every((objection) => lifted.includes(objection.decisionId))) return
  const procedure = await procedureOf(tx, held.procedureId)
  const answers = open.map((objection) => ({
    objectionId: objection.id,
    power: 'grant' as const,
    reasons,
  }))
  const result = changeCase(
    held,
    { do: 'decide', by: { kind: 'machine', id: 'screening' }, answers, barred: {}, undoFor: 0 },
    procedure,
    now,
  )
  if (!result.ok) throw new Error(`grant case ${held.id} by machine: ${result.refusal}`)
  // The measures were lifted with their own notice; the case only follows.
  await saveCase(tx, result.case, result.events, now)
}
