/** What a reader may see: the second thought after the wall, for links that open one matter only. */
import type { Case } from '../core/case.ts'
import { casesAbout, readCase } from '../store/case.ts'
import type { Tx, Wall } from '../store/db.ts'
import type { SellerReader, Who } from './who.ts'

/** The wall behind which this reader's transactions run; nobody and the marketplace see no seller's matters. */
export function wallOf(who: Who): Wall | null {
  if (who.kind === 'seller') return { sellerId: who.sellerId }
  return who.kind === 'staff' ? { inside: true } : null
}

/** The decisions that a signed link opens: its own, and those its case contests. Null for a seller who signed in: all. */
export async function decisionsOfLink(tx: Tx, who: SellerReader): Promise<Set<string> | null> {
  if (who.matter === null) return null
  const { decisionId, caseId } = who.matter
  const own = decisionId === null ? [] : [decisionId]
  const cases = caseId === null ? await casesAbout(tx, own) : [await readCase(tx, caseId)]
  return new Set([
    ...own,
    ...cases.flatMap((one) => one?.objections.map((objection) => objection.decisionId) ?? []),
  ])
}

/** Whether a seller's reader may see a case: every case when signed in, by link only its own matter's. */
export async function maySeeCase(tx: Tx, who: SellerReader, held: Case): Promise<boolean> {
  if (who.matter === null) return true
  if (who.matter.caseId === held.id) return true
  const decisions = await decisionsOfLink(tx, who)
  return held.objections.some((objection) => decisions?.has(objection.decisionId))
}
