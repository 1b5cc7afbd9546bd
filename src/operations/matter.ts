/** What a reader may see: the second thought after the wall, for links that open one matter only. */
import type { Case } from '../core/case.ts'
import type { Decision } from '../core/decision.ts'
import type { Command } from '../core/permission.ts'
import { casesAbout, readCase } from '../store/case.ts'
import type { Tx, Wall } from '../store/db.ts'
import type { App } from './app.ts'
import type { SellerReader, Who } from './who.ts'

/** The wall behind which this reader's transactions run. */
export function wallOf(who: Who): Wall {
  switch (who.kind) {
    case 'seller':
      return who.matter === null
        ? { sellerId: who.sellerId }
        : { link: { sellerId: who.sellerId, ...who.matter } }
    case 'staff':
      return { staff: { id: who.id, roles: who.roles, desks: who.desks } }
    case 'marketplace':
      return { marketplace: who.keyId }
    case 'claim':
      return { claimId: who.claimId }
    case 'nobody':
      return { nobody: true }
  }
}

/** A seller's reader, and what they ask to do. */
export interface Asked {
  reader: SellerReader
  command: Command
}

/** Whether what belongs to a seller belongs to who asks, as far as the command minds. */
export function isOwn(
  { judge }: Pick<App, 'judge'>,
  { reader, command }: Asked,
  sellerId: string | null,
): boolean {
  return reader.sellerId === sellerId || !judge.asks(command, 'own')
}

/** The decisions that a signed link opens: its own, and those its case contests. Null for a seller who signed in: all. */
export async function decisionsOfLink(
  { judge }: Pick<App, 'judge'>,
  tx: Tx,
  { reader, command }: Asked,
): Promise<Set<string> | null> {
  if (reader.matter === null || !judge.asks(command, 'own')) return null
  const { decisionId, caseId } = reader.matter
  const own = decisionId === null ? [] : [decisionId]
  const cases = caseId === null ? await casesAbout(tx, own) : [await readCase(tx, caseId)]
  return new Set([
    ...own,
    ...cases.flatMap((one) => one?.objections.map((objection) => objection.decisionId) ?? []),
  ])
}

/** Whether a seller's reader may see a case: every case of theirs when signed in, by link only its own matter's. */
export async function maySeeCase(
  app: Pick<App, 'judge'>,
  tx: Tx,
  asked: Asked,
  held: Case,
): Promise<boolean> {
  if (!isOwn(app, asked, held.sellerId)) return false
  if (asked.reader.matter?.caseId === held.id) return true
  const decisions = await decisionsOfLink(app, tx, asked)
  return (
    decisions === null || held.objections.some((objection) => decisions.has(objection.decisionId))
  )
}

/** Whether a seller's reader may see a decision, in the same way. */
export async function maySeeDecision(
  app: Pick<App, 'judge'>,
  tx: Tx,
  asked: Asked,
  { id, sellerId }: Pick<Decision, 'id' | 'sellerId'>,
): Promise<boolean> {
  if (!isOwn(app, asked, sellerId)) return false
  const decisions = await decisionsOfLink(app, tx, asked)
  return decisions === null || decisions.has(id)
}
