/** What a seller does in a case of their own: answer, write, ask for a second look, bring something new, take it back. */
import { addMonths, later } from '../core/calendar.ts'
import { caseNumber, hasSender, type Case } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { type CaseCommand } from '../core/case-command.ts'
import type { Command } from '../core/permission.ts'
import { routeTo } from '../core/procedure.ts'
import { appealWindowMonths } from '../core/reasons.ts'
import { refuse } from '../core/refusal.ts'
import { lockCase, saveCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { readMeasure } from '../store/decision.ts'
import { attachFiles, filesOfCase } from '../store/file.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { readListing } from '../store/listing.ts'
import { procedureOf } from '../store/procedure.ts'
import { readSeller } from '../store/seller.ts'
import { stoodStillAt, stoodStillSince } from '../store/standstill.ts'
import type { App } from './app.ts'
import { openAppealOn } from './appeal.ts'
import { tellArrival } from './arrival.ts'
import { cancelCallsOf } from './call.ts'
import { maySeeCase, type Asked } from './matter.ts'
import { once } from './once.ts'
import { permit } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { Who } from './who.ts'

export interface Written {
  caseId: string
  text: string
  fileIds: string[]
}

/** Answers the desk's question, opens an answered matter again, or adds to the thread; it never restarts a running clock. */
export function writeInCase(
  app: App,
  who: Who,
  written: Written,
  idempotency: Idempotency | null,
): Promise<Result<{ caseId: string }>> {
  return commandOwnCase(
    app,
    { who, command: 'seller.writeInCase' },
    { ...written, idempotency },
    (by) => Promise.resolve({ do: 'write', by, text: written.text }),
  )
}

/** Asks the desk of the second look to look again at what stands. */
export function contestCase(
  app: App,
  who: Who,
  written: Written,
  idempotency: Idempotency | null,
): Promise<Result<{ caseId: string }>> {
  return commandOwnCase(
    app,
    { who, command: 'seller.contestCase' },
    { ...written, idempotency },
    (by) => Promise.resolve({ do: 'contest', by, text: written.text }),
  )
}

/**
 * Opens a decided case once more, because of a file that comes with it or a listing that was changed since.
 * Refuses `no_new_facts`, `reopened_before` and, after the appeal window, `window_closed`.
 */
export function reopenCase(
  app: App,
  who: Who,
  { caseId, text, fileIds }: Written,
  idempotency: Idempotency | null,
): Promise<Result<{ caseId: string }>> {
  return commandOwnCase(
    app,
    { who, command: 'seller.reopenCase' },
    { caseId, fileIds, idempotency },
    async (by, tx, held) => {
      const procedure = await procedureOf(tx, held.procedureId)
      const desk = routeTo(procedure, held.matter, held.channel) ?? held.desk
      const hasNewFacts = await hasFactsSince(tx, held)
      return { do: 'reopen', by, text, desk, hasNewFacts, until: await reopenUntil(app, tx, held) }
    },
  )
}

/** Takes a case back; what it contested stays as it is and can be contested again in its window. */
export function withdrawCase(
  app: App,
  who: Who,
  caseId: string,
): Promise<Result<{ caseId: string }>> {
  return commandOwnCase(
    app,
    { who, command: 'seller.withdrawCase' },
    { caseId, fileIds: [], idempotency: null },
    (by) => Promise.resolve({ do: 'withdraw', by }),
  )
}

/** Until when a decided case can be opened again: as long as a decision can be contested, which stands still with it. */
export async function reopenUntil(app: App, tx: Tx, held: Case): Promise<Date | null> {
  if (held.closedAt === null) return null
  const seller = held.sellerId === null ? null : await readSeller(tx, held.sellerId)
  let until = addMonths(held.closedAt, appealWindowMonths, seller?.timeZone ?? app.timeZone)
  if (seller === null) return until
  const asked = { since: held.closedAt, now: app.now() }
  for (const { from, to } of await stoodStillAt(tx, seller.id, asked))
    // What was over before it began stays over.
    if (from <= until) until = later(until, to.getTime() - from.getTime())
  return until
}

/** Whether there is something nobody had seen when it was decided: a file, or a changed text of a listing it is about. */
export async function hasFactsSince(tx: Tx, held: Case): Promise<boolean> {
  const since = held.decidedAt ?? held.openedAt
  if ((await filesOfCase(tx, held.id)).some(({ receivedAt }) => receivedAt > since)) return true
  for (const { decisionId, outcome } of held.objections) {
    if (outcome !== 'measure_stands') continue
    const judged = (await readMeasure(tx, decisionId))?.decision.judged ?? null
    const sold = judged && (await readListing(tx, judged.listingId))
    if (judged && sold && sold.version.version > judged.version && sold.version.receivedAt > since)
      return true
  }
  return false
}

type OwnCaseCommand = `seller.${'write' | 'contest' | 'reopen' | 'withdraw'}${'Case' | 'InCase'}` &
  Command

async function commandOwnCase(
  app: App,
  { who, command: given }: { who: Who; command: OwnCaseCommand },
  {
    caseId,
    fileIds,
    idempotency,
  }: { caseId: string; fileIds: string[]; idempotency: Idempotency | null },
  commandOf: (by: string, tx: Tx, held: Case) => Promise<CaseCommand>,
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, given)
  if (!may.ok) return may
  const { reader } = may
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, async () => {
      const held = await lockOwnCase(app, tx, { reader, command: given }, caseId)
      if (held === null) return refuse('not_found')
      const attached = await attachFiles(tx, { ids: fileIds, sellerId: reader.sellerId, caseId })
      if (attached < new Set(fileIds).size)
        return refuse('not_found', 'One of the files is not there any more. Upload it again.')
      const command = await commandOf(reader.by, tx, held)
      const procedure = await procedureOf(tx, held.procedureId)
      const result = changeCase(
        await withoutStandstill(app, tx, held),
        command,
        procedure,
        app.now(),
      )
      if (!result.ok) return result
      const elsewhere = await openedElsewhere(tx, held, result.case)
      if (elsewhere !== null)
        return refuse('already_appealed', `It is looked at again in ${caseNumber(elsewhere)}.`)
      await saveCase(tx, result.case, result.events, app.now())
      if (result.case.state === 'closed') await cancelCallsOf(app, tx, caseId, reader.by)
      if (result.events.some(({ kind }) => kind === 'case.arrived'))
        await tellArrival(app, tx, result.case, {
          from: held.desk,
          why: command.do === 'contest' ? 'second-look' : 'again',
        })
      return done({ caseId })
    }),
  )
  return refusalOf(work)
}

/** Another case in which a dispute settlement body has what this one would open again looked at already. */
async function openedElsewhere(tx: Tx, before: Case, after: Case): Promise<Case | null> {
  const decidedBefore = before.objections.filter(({ outcome }) => outcome !== null)
  for (const { id, decisionId } of decidedBefore) {
    const isOpen = after.objections.some((each) => each.id === id && each.outcome === null)
    const other = isOpen ? await openAppealOn(tx, decisionId) : null
    if (other !== null && other.id !== before.id) return other
  }
  return null
}

/** While a claim keeps the account shut the window to contest stands still, also where that was not added yet. */
async function withoutStandstill(app: App, tx: Tx, held: Case): Promise<Case> {
  if (held.contestBy === null || held.sellerId === null) return held
  const stoodStill = await stoodStillSince(tx, held.sellerId, app.now())
  return stoodStill === 0 ? held : { ...held, contestBy: later(held.contestBy, stoodStill) }
}

/** A case of the seller's own, locked; null where it is another's, the marketplace's, or outside the link's matter. */
async function lockOwnCase(app: App, tx: Tx, asked: Asked, caseId: string): Promise<Case | null> {
  const held = await lockCase(tx, caseId)
  if (held === null || !hasSender(held)) return null
  return (await maySeeCase(app, tx, asked, held)) ? held : null
}
