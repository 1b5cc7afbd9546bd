/** What a reader may see: the second thought after the wall, for links and for representatives of named matters. */
import type { Case } from '../core/case.ts'
import type { Decision } from '../core/decision.ts'
import type { Matters } from '../core/member.ts'
import type { Command } from '../core/permission.ts'
import { casesAbout, readCase } from '../store/case.ts'
import type { Tx, Wall } from '../store/db.ts'
import type { App } from './app.ts'
import type { SellerReader, Who } from './who.ts'

/** The wall behind which this reader's transactions run; at what time decides whether a member still acts. */
export function wallOf(who: Who, at: Date): Wall {
  switch (who.kind) {
    case 'seller':
      if (who.matter !== null) return { link: { sellerId: who.sellerId, ...who.matter } }
      return who.member
        ? { member: { id: who.member.id, sellerId: who.sellerId }, at }
        : { sellerId: who.sellerId }
    case 'staff':
      return { staff: { id: who.id, roles: who.roles, desks: who.desks } }
    case 'marketplace':
      return { marketplace: who.keyId }
    case 'claim':
      return { claimId: who.claimId }
    case 'reporter':
      return { complaintId: who.complaintId }
    case 'nobody':
      return { nobody: true }
  }
}

/** The matters that were named to a reader: the one of a link, those of a representative; null for every one. */
export function namedMatters({ matter, member }: SellerReader): Matters | null {
  if (matter !== null)
    return {
      // A link that names its case opens that one, whatever else contests its decision.
      decisions: matter.decisionId === null ? [] : [matter.decisionId],
      cases: matter.caseId === null ? [] : [matter.caseId],
    }
  return member?.part.role === 'representative' ? member.part.matters : null
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

/** The decisions that a reader's named matters open: those named, and those that their cases contest. Null for all of them. */
export async function decisionsNamed(
  { judge }: Pick<App, 'judge'>,
  tx: Tx,
  { reader, command }: Asked,
): Promise<Set<string> | null> {
  const named = namedMatters(reader)
  if (named === null || !judge.asks(command, 'own')) return null
  const byCase: (Case | null)[] = []
  for (const id of named.cases) byCase.push(await readCase(tx, id))
  const isLinkToCase = reader.matter !== null && named.cases.length > 0
  const byDecision = isLinkToCase ? [] : await casesAbout(tx, named.decisions)
  return new Set([
    ...named.decisions,
    ...[...byCase, ...byDecision].flatMap(
      (one) => one?.objections.map((objection) => objection.decisionId) ?? [],
    ),
  ])
}

/** Whether a seller's reader may see a case: every one of theirs, or where matters were named those of these. */
export async function maySeeCase(
  app: Pick<App, 'judge'>,
  tx: Tx,
  asked: Asked,
  held: Case,
): Promise<boolean> {
  if (!isOwn(app, asked, held.sellerId)) return false
  if (namedMatters(asked.reader)?.cases.includes(held.id)) return true
  const decisions = await decisionsNamed(app, tx, asked)
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
  const decisions = await decisionsNamed(app, tx, asked)
  return decisions === null || decisions.has(id)
}
