/** A claim at the desk of specialists: papers, the first sign, and what each thinks without seeing what another does. */
import type { Case } from '../core/case.ts'
import { isKnownContact, isOwnersFactor, isOldDestination } from '../core/claim-proof.ts'
import type { Command } from '../core/permission.ts'
import { reviewDeskOf, routeTo, type Procedure } from '../core/procedure.ts'
import { whyNotThink } from '../core/proving-change.ts'
import { hasProved, isBeingDecided, type Opinion } from '../core/proving.ts'
import { shutsAccount, type Claim } from '../core/recovery.ts'
import { refuse, type Refused, type Refusal } from '../core/refusal.ts'
import { isInForce } from '../core/action.ts'
import { readBalance } from '../store/balance.ts'
import { readCase } from '../store/case.ts'
import { payoutAskedAt } from '../store/claim-letter.ts'
import { changesOf, ordersOf, type ChangeRecord, type ClaimOrder } from '../store/claim-order.ts'
import { transact, type Tx } from '../store/db.ts'
import { measuresOfSeller } from '../store/decision.ts'
import { readDisputes, recordEvents } from '../store/event.ts'
import { factorMoments } from '../store/hand-over.ts'
import { listMembers } from '../store/member.ts'
import { procedureOf } from '../store/procedure.ts'
import {
  claimsOnAccount,
  clockClaim,
  insertFirstSign,
  insertOpinion,
  insertProof,
  opinionsOf,
  proofsOf,
  readProving,
  whoThought,
  type ProofRecord,
  type ProvingRecord,
} from '../store/proving.ts'
import { casesOfClaim, claimOfCase } from '../store/recovery.ts'
import { provingContacts } from '../store/seller.ts'
import type { App } from './app.ts'
import { firstSignOf, type FirstSign } from './first-sign.ts'
import { isPermitted, permit, whyNotTheirs } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

type ClaimCommand = Extract<Command, 'desk.giveOpinion' | 'desk.recordPapers' | 'desk.setFirstSign'>

/** What a specialist thinks of a claim; it counts by the claim's clock, together with what others think. */
export function giveOpinion(
  app: App,
  who: Who,
  { caseId, ...said }: { caseId: string } & Pick<Opinion, 'says' | 'identity' | 'reasons'>,
): Promise<Result<{ caseId: string }>> {
  return atDesk(app, who, { command: 'desk.giveOpinion', caseId }, async (tx, at) => {
    const { reader, claim, record, held, procedure } = at
    const opinion: Opinion = { by: reader.id, ...said, at: app.now() }
    const isHead = isHeadOf(reader, held, procedure)
    if (await hasThought(tx, claim.id, reader.id)) return refuse('both_parts')
    const why = whyNotThink(record.proving, { opinion, isHead, barred: null })
    if (why) return why
    const kept = { id: app.newId('opn'), opinion, look: record.look, isHead }
    if (!(await insertOpinion(tx, claim.id, kept))) return refuse('both_parts')
    await clockClaim(tx, claim.id, app.now())
    return done({ caseId })
  })
}

/** A specialist looked at papers and at who showed them, and they match: one proof. */
export function recordPapers(
  app: App,
  who: Who,
  { caseId, reasons }: { caseId: string; reasons: string },
): Promise<Result<{ caseId: string }>> {
  return atDesk(app, who, { command: 'desk.recordPapers', caseId }, async (tx, at) => {
    const { reader, claim, record } = at
    if (reasons.trim() === '') return refuse('reasons_missing')
    if (!isBeingDecided(record.proving)) return refuse('wrong_state')
    const proof = { kind: 'document' as const, at: app.now(), by: reader.id, said: reasons }
    if (!(await insertProof(tx, claim.id, proof))) return refuse('proof_given')
    await clockClaim(tx, claim.id, app.now())
    return done({ caseId })
  })
}

/** A specialist found an earlier sign of the takeover than the record shows. */
export function setFirstSign(
  app: App,
  who: Who,
  { caseId, at: firstAt, reasons }: { caseId: string; at: Date; reasons: string },
): Promise<Result<{ caseId: string }>> {
  return atDesk(app, who, { command: 'desk.setFirstSign', caseId }, async (tx, at) => {
    const { reader, claim, record } = at
    if (reasons.trim() === '') return refuse('reasons_missing')
    if (!isBeingDecided(record.proving)) return refuse('wrong_state')
    if (firstAt > (await firstSignOf(tx, claim)).at) return refuse('first_sign_later')
    await insertFirstSign(tx, {
      id: app.newId('fsg'),
      claimId: claim.id,
      at: firstAt,
      by: reader.id,
      reasons,
      saidAt: app.now(),
    })
    await recordEvents(tx, [
      {
        at: app.now(),
        kind: 'claim.first_sign_set',
        sellerId: claim.sellerId,
        caseId,
        decisionId: null,
        by: reader.id,
        detail: { at: firstAt.toISOString(), reasons },
      },
    ])
    return done({ caseId })
  })
}

interface AtDesk {
  reader: StaffReader
  held: Case
  procedure: Procedure
  claim: Claim & { sellerId: string }
  record: ProvingRecord
}

async function atDesk<T>(
  app: App,
  who: Who,
  { command, caseId }: { command: ClaimCommand; caseId: string },
  work: (tx: Tx, at: AtDesk) => Promise<Result<T>>,
): Promise<Result<T>> {
  const may = permit(app, who, command)
  if (!may.ok) return may
  const { reader } = may
  return refusalOf(
    transact(app.db, may.wall, async (tx): Promise<Result<T>> => {
      const held = await readCase(tx, caseId)
      if (held === null) return refuse('not_found')
      const procedure = await procedureOf(tx, held.procedureId)
      const why = whyNotAtDesk(app, { command, reader, held, procedure })
      if (why) return why
      const claim = held.kind === 'recovery' ? await claimOfCase(tx, caseId) : null
      const record = claim && (await readProving(tx, claim.id))
      if (claim === null || record === null) return refuse('wrong_state')
      const isLatest = (await casesOfClaim(tx, claim.id)).at(-1) === caseId
      if (!isLatest || held.state === 'closed') return refuse('wrong_state')
      const { sellerId } = claim
      if (sellerId === null) return refuse('seller_unknown')
      const linked = { ...claim, sellerId }
      const barred = await barredOf(app, tx, { reader, claim: linked })
      if (barred) return refuse(barred)
      return work(tx, { reader, held, procedure, claim: linked, record })
    }),
  )
}

/** The desk that has it; also the one that claims come to first, where a late one was handed on: it takes two. */
function whyNotAtDesk(
  app: App,
  {
    command,
    reader,
    held,
    procedure,
  }: { command: ClaimCommand; reader: StaffReader; held: Case; procedure: Procedure },
): Refused | null {
  const first = routeTo(procedure, 'matter.recovery', 'recovery')
  const isOfFirst = first !== null && reader.desks.includes(first) && !held.secondLook
  const desk = isOfFirst && !reader.desks.includes(held.desk) ? first : held.desk
  return whyNotTheirs(app, command, reader, { ...held, desk })
}

/** Who staffs the desk that looks again, or the one that has it where none does, has the third word. */
function isHeadOf({ desks }: StaffReader, held: Case, procedure: Procedure): boolean {
  return desks.includes(reviewDeskOf(procedure, held.desk) ?? held.desk)
}

/** Whoever shut the account, or worked on an earlier claim on it, says nothing of this one. */
async function barredOf(
  app: App,
  tx: Tx,
  { reader, claim }: { reader: StaffReader; claim: Claim & { sellerId: string } },
): Promise<Refusal | null> {
  const now = app.now()
  const shutting = (await measuresOfSeller(tx, claim.sellerId, now)).filter(
    ({ action }) => isInForce(action, now) && shutsAccount(action.measure),
  )
  const took = shutting.some(
    ({ decision: { takenBy } }) => takenBy.kind === 'person' && takenBy.id === reader.id,
  )
  if (took) return 'own_measure'
  const others = await claimsOnAccount(tx, claim.sellerId, { except: claim.id })
  const thought = await whoThought(
    tx,
    others.map(({ claimId }) => claimId),
  )
  return thought.includes(reader.id) ? 'handled_before' : null
}

async function hasThought(tx: Tx, claimId: string, by: string): Promise<boolean> {
  return (await opinionsOf(tx, claimId)).some(
    ({ opinion, fellAt }) => opinion.by === by && fellAt === null,
  )
}

export interface ClaimMoment {
  at: Date
  what:
    | 'contact-verified'
    | 'contact-removed'
    | 'passkey-added'
    | 'app-added'
    | 'codes-made'
    | 'member-added'
    | 'payout-target-named'
    | 'first-sign'
    | 'measure-taken'
    | 'claim-filed'
    | 'proof-given'
    | 'objection'
  words: string
  isOwners: boolean | null
}

export interface ProvingAtDesk {
  record: ProvingRecord
  proofs: ProofRecord[]
  /** When the marketplace was asked to ask the holder of an old bank account. */
  payoutAskedAt: Date | null
  firstSign: FirstSign
  moments: ClaimMoment[]
  mine: Opinion | null
  /** What everybody thinks, once it is decided. */
  opinions: Opinion[]
  otherClaims: { caseId: string; number: number; state: ProvingRecord['proving']['state'] }[]
  orders: ClaimOrder[]
  changes: ChangeRecord[]
  allowed: ('opine' | 'recordPapers' | 'setFirstSign')[]
  maySay: Opinion['says'][]
  whyNot: Refusal | null
}

/** How far a claim is proved, for a reader at the desks; null while nobody knows whose account it means. */
export async function provingAtDesk(
  app: App,
  tx: Tx,
  { who, reader, held, claim }: { who: Who; reader: StaffReader; held: Case; claim: Claim },
): Promise<ProvingAtDesk | null> {
  const { sellerId } = claim
  const record = await readProving(tx, claim.id)
  if (record === null || sellerId === null) return null
  const procedure = await procedureOf(tx, held.procedureId)
  const firstSign = await firstSignOf(tx, claim)
  const opinions = await opinionsOf(tx, claim.id)
  const mine = opinions.find(({ opinion, fellAt }) => opinion.by === reader.id && fellAt === null)
  const { state } = record.proving
  const isDecided = ['agreed', 'refused', 'handed-over', 'settled'].includes(state)
  const proofs = await proofsOf(tx, claim.id)
  return {
    record,
    proofs,
    payoutAskedAt: await payoutAskedAt(tx, claim.id),
    firstSign,
    moments: await momentsOf(app, tx, { claim: { ...claim, sellerId }, firstSign, proofs }),
    mine: mine?.opinion ?? null,
    opinions: isDecided
      ? opinions.filter(({ fellAt }) => fellAt === null).map(({ opinion }) => opinion)
      : [],
    otherClaims: await otherClaimsOf(tx, { ...claim, sellerId }),
    orders: await ordersOf(tx, claim.id),
    changes: await changesOf(tx, claim.id),
    ...(await allowedNow(app, tx, {
      who,
      reader,
      held,
      procedure,
      record,
      claim: { ...claim, sellerId },
      hasThought: mine !== undefined,
    })),
  }
}

async function otherClaimsOf(
  tx: Tx,
  { id, sellerId }: { id: string; sellerId: string },
): Promise<ProvingAtDesk['otherClaims']> {
  const others: ProvingAtDesk['otherClaims'] = []
  for (const { claimId, number, state } of await claimsOnAccount(tx, sellerId, { except: id })) {
    const caseId = (await casesOfClaim(tx, claimId)).at(-1)
    if (caseId !== undefined) others.push({ caseId, number, state })
  }
  return others
}

async function allowedNow(
  app: App,
  tx: Tx,
  {
    who,
    reader,
    held,
    procedure,
    record: { proving },
    claim,
    hasThought: isGiven,
  }: Omit<AtDesk, 'claim'> & {
    who: Who
    claim: Claim & { sellerId: string }
    hasThought: boolean
  },
): Promise<Pick<ProvingAtDesk, 'allowed' | 'maySay' | 'whyNot'>> {
  const nothing = { allowed: [], maySay: [] }
  if (!isPermitted(app, who, 'desk.giveOpinion')) return { ...nothing, whyNot: null }
  const why = whyNotAtDesk(app, { command: 'desk.giveOpinion', reader, held, procedure })
  if (why) return { ...nothing, whyNot: why.refusal }
  const barred = await barredOf(app, tx, { reader, claim })
  if (barred) return { ...nothing, whyNot: barred }
  if (!isBeingDecided(proving)) return { ...nothing, whyNot: null }
  const allowed: ProvingAtDesk['allowed'] = ['setFirstSign']
  if (!hasProved(proving, 'document')) allowed.push('recordPapers')
  const opinion = { by: reader.id, identity: 'matches', reasons: '-', at: app.now() } as const
  const isHead = isHeadOf(reader, held, procedure)
  const whyNo = (says: Opinion['says']): Refusal | null =>
    isGiven
      ? 'both_parts'
      : (whyNotThink(proving, { opinion: { ...opinion, says }, isHead, barred: null })?.refusal ??
        null)
  const maySay = (['yes', 'no'] as const).filter((says) => whyNo(says) === null)
  if (maySay.length > 0) allowed.push('opine')
  return { allowed, maySay, whyNot: whyNo('yes') }
}

/** Contacts, ways in, people, bank accounts, measures and what was said of the claim, on one line of time. */
async function momentsOf(
  app: App,
  tx: Tx,
  {
    claim,
    firstSign,
    proofs,
  }: { claim: Claim & { sellerId: string }; firstSign: FirstSign; proofs: ProofRecord[] },
): Promise<ClaimMoment[]> {
  const { sellerId, openedAt } = claim
  const now = app.now()
  const contacts = await provingContacts(tx, sellerId)
  const moments: ClaimMoment[] = [
    { at: firstSign.at, what: 'first-sign', words: 'The first sign of a takeover', isOwners: null },
    { at: openedAt, what: 'claim-filed', words: claim.address, isOwners: null },
  ]
  for (const contact of contacts) {
    const isOwners = isKnownContact(contact, firstSign.at, now)
    const { address, verifiedAt, removedAt } = contact
    if (verifiedAt !== null)
      moments.push({ at: verifiedAt, what: 'contact-verified', words: address, isOwners })
    if (removedAt !== null)
      moments.push({ at: removedAt, what: 'contact-removed', words: address, isOwners })
  }
  const addresses = contacts.map(({ address }) => address)
  for (const { at, what, words } of await factorMoments(tx, addresses))
    moments.push({ at, what, words, isOwners: isOwnersFactor({ madeAt: at }, firstSign.at) })
  for (const { addedAt, name, email } of await listMembers(tx, sellerId))
    moments.push({
      at: addedAt,
      what: 'member-added',
      words: `${name}, ${email}`,
      isOwners: addedAt < firstSign.at,
    })
  for (const destination of (await readBalance(tx, sellerId))?.destinations ?? [])
    moments.push({
      at: destination.addedAt,
      what: 'payout-target-named',
      words: destination.label ?? destination.id,
      isOwners: isOldDestination(destination, firstSign.at),
    })
  for (const { decision, statement } of await measuresOfSeller(tx, sellerId, now))
    if (decision.takenAt >= firstSign.at)
      moments.push({
        at: decision.takenAt,
        what: 'measure-taken',
        words: `${statement.measure.tag}: ${statement.subject.title} (${statement.number})`,
        isOwners: null,
      })
  for (const { kind, at } of proofs)
    moments.push({ at, what: 'proof-given', words: kind, isOwners: null })
  const disputes = await readDisputes(tx, await casesOfClaim(tx, claim.id))
  for (const { at, detail } of disputes)
    moments.push({
      at,
      what: 'objection',
      words: typeof detail['text'] === 'string' ? detail['text'] : '',
      isOwners: detail['isKnown'] === true,
    })
  return moments.toSorted((one, other) => one.at.getTime() - other.at.getTime())
}
