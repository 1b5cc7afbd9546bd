/** A claim at the desk: whose account it means, what shuts that account, and who knows the account hears of it. */
import { z } from 'zod'
import type { Case, CaseEvent, NewCase } from '../core/case.ts'
import type { CaseCommand } from '../core/case-command.ts'
import { measureInProcedure } from '../core/measure.ts'
import { deskTitle } from '../core/procedure.ts'
import { accountNames, whatShuts, type Claim } from '../core/recovery.ts'
import { accountClaimed, type ClaimNews } from '../core/recovery-notice.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { addObjections } from '../store/case.ts'
import type { Tx } from '../store/db.ts'
import { measuresOfSeller, type MeasureRecord } from '../store/decision.ts'
import { readCaseEvents, readDisputes } from '../store/event.ts'
import { insertNotice } from '../store/notice.ts'
import { procedureOf } from '../store/procedure.ts'
import { casesOfClaim, claimOfCase, linkClaim, repairOfClaim } from '../store/recovery.ts'
import { proofsOf } from '../store/proving.ts'
import { readSeller, sellersNamed } from '../store/seller.ts'
import type { App } from './app.ts'
import { provingAtDesk, type ProvingAtDesk } from './claim-desk.ts'
import type { StaffReader, Who } from './who.ts'

/** What a desk knows of a claim beside its case. */
export interface ClaimAtDesk {
  claim: Claim
  /** What somebody who knows the account said against it. */
  /** How far it is proved; null while nobody knows whose account it means. */
  proving: ProvingAtDesk | null
  /** The repair of what was decided meanwhile; null where there is none. */
  repair: { caseId: string; number: number } | null
  disputes: { at: Date; text: string; caseId: string; caseNumber: string; isKnown: boolean }[]
}

/** What the event of a dispute carries. */
const Dispute = z.object({
  text: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  isKnown: z.boolean().default(false),
})

/** The claim that a case answers; null for every other case. */
export async function claimAtDesk(
  app: App,
  tx: Tx,
  held: Case,
  { who, reader }: { who: Who; reader: StaffReader },
): Promise<ClaimAtDesk | null> {
  if (held.kind !== 'recovery') return null
  const claim = await claimOfCase(tx, held.id)
  if (claim === null) throw new Error(`read case ${held.id}: it answers no claim`)
  const disputes = await readDisputes(tx, await casesOfClaim(tx, claim.id))
  return {
    claim,
    proving: await provingAtDesk(app, tx, { who, reader, held, claim }),
    repair: await repairOfClaim(tx, claim.id),
    // Of a flood the first words count, and the last are news.
    disputes: [...disputes.slice(0, 10), ...disputes.slice(10).slice(-40)].map(
      ({ at, detail }) => ({ at, ...Dispute.parse(detail) }),
    ),
  }
}

/** The one seller that a claimant's words name; null where they name none, or might name several. */
export async function sellerMeant(tx: Tx, account: string): Promise<string | null> {
  const [sellerId = null, another] = await sellersNamed(tx, accountNames(account))
  return another === undefined ? sellerId : null
}

/** What keeps everybody out of this account now; null where nothing does. */
export async function shutBy(app: App, tx: Tx, sellerId: string): Promise<MeasureRecord | null> {
  const now = app.now()
  return whatShuts(await measuresOfSeller(tx, sellerId, now), now)
}

/** What a claim says against the measure that shuts the account. */
export function objectionTo(
  { decision }: MeasureRecord,
  { id, text }: { id: string; text: string },
): NewCase['objections'][number] {
  const { id: decisionId, measure } = decision
  return { id, decisionId, measure, track: 'dispute', text, remedy: null }
}

/** The command by which a person links a claim with a seller. */
export async function linkingOf(
  app: App,
  tx: Tx,
  held: Case,
  { sellerId, by }: { sellerId: string; by: string },
): Promise<CaseCommand | Refused> {
  const seller = await readSeller(tx, sellerId)
  if (seller === null) return refuse('not_found', 'We know no seller by this id.')
  const claim = await claimOfCase(tx, held.id)
  // What proved that one account is theirs proves nothing of another.
  if (claim !== null && claim.sellerId !== sellerId && (await proofsOf(tx, claim.id)).length > 0)
    return refuse('proof_given', 'Proofs were given for the account that it is linked with.')
  const shut = await shutBy(app, tx, sellerId)
  const opened = (await readCaseEvents(tx, held.id)).find(({ kind }) => kind === 'case.opened')
  const said = opened?.detail['text']
  const text = typeof said === 'string' ? said : (held.objections[0]?.text ?? 'A claim.')
  return {
    do: 'link',
    by,
    matter: shut === null ? 'matter.recovery' : measureInProcedure(shut.decision.measure),
    objection: shut && objectionTo(shut, { id: app.newId('obj'), text }),
    sellerId,
    sellerName: seller.name,
  }
}

/** A claim was linked: it is about that account from now on, and who knows that account hears of it. */
export async function followLink(
  app: App,
  tx: Tx,
  { held, next, event }: { held: Case; next: Case; event: CaseEvent },
): Promise<void> {
  const claim = await claimOfCase(tx, held.id)
  const { sellerId } = event.detail
  if (claim === null || event.by === null || typeof sellerId !== 'string')
    throw new Error(`link case ${held.id}: it answers no claim, or nobody linked it`)
  await addObjections(tx, next, held.objections.length)
  await linkClaim(tx, claim.id, { sellerId, by: event.by, at: app.now() })
  if (sellerId !== claim.sellerId) await tellAccount(app, tx, { claim, sellerId, held: next })
}

/** Everybody whom the account is known by is told that it is claimed, or how far that has come. */
export async function tellAccount(
  app: App,
  tx: Tx,
  { claim, sellerId, held, news }: { claim: Claim; sellerId: string; held: Case; news?: ClaimNews },
): Promise<void> {
  const now = app.now()
  const seller = await readSeller(tx, sellerId)
  const procedure = await procedureOf(tx, held.procedureId)
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId,
    decisionId: null,
    caseId: held.id,
    address: null,
    releaseAt: now,
    createdAt: now,
    ...accountClaimed({
      claim,
      caseId: held.id,
      news: news ?? {
        stage: 'filed',
        deskTitle: deskTitle(procedure, held.desk),
        dueAt: held.dueAt,
      },
      timeZone: seller?.timeZone ?? app.timeZone,
      language: seller?.language ?? 'en',
    }),
  })
}
