/** Claims on an account: the door for who has neither account nor mailbox. What it answers never tells whether the account exists. */
import { caseNumber, openCase, secondLookDesk, type Case } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { mayNow } from '../core/case-command.ts'
import { measureInProcedure } from '../core/measure.ts'
import { deskTitle, routeTo, type Procedure } from '../core/procedure.ts'
import type { Proving } from '../core/proving.ts'
import { claimLateWords, claimNumber, type Claim } from '../core/recovery.ts'
import { refuse } from '../core/refusal.ts'
import { insertCase, lockCase, nextCaseNumber, readCase, saveCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { readCaseEvents, readDisputes, recordEvents, type EventRecord } from '../store/event.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { currentProcedure, procedureOf } from '../store/procedure.ts'
import { letterRequest, payoutAskedAt } from '../store/claim-letter.ts'
import { changesOf, ordersOf, type ChangeRecord, type ClaimOrder } from '../store/claim-order.ts'
import {
  clockClaim,
  insertClaimObjection,
  lockObjections,
  proofsOf,
  readProving,
} from '../store/proving.ts'
import { casesOfClaim, claimNumbered, codeHashOf, insertClaim } from '../store/recovery.ts'
import { staffNames } from '../store/staff.ts'
import type { App } from './app.ts'
import { acknowledge, tellArrival } from './arrival.ts'
import { hashOfCode, isCode } from './claim-code.ts'
import { knownContactsOf } from './first-sign.ts'
import type { Link } from './link.ts'
import { once } from './once.ts'
import { permit } from './permit.ts'
import { openMatter } from './question.ts'
import { objectionTo, sellerMeant, shutBy, tellAccount } from './recovery-desk.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { Who } from './who.ts'

/** How a claim made now would go. */
export interface RecoveryWay {
  deskTitle: string
  /** Milliseconds until its desk is late. */
  within: number | null
  ifLate: string
  ifLateDetail: string
}

/** The way through the recovery page, from the procedure in force. */
export function readRecoveryWay(app: App): Promise<Result<RecoveryWay>> {
  return transact(app.db, { nobody: true }, async (tx) => {
    const { procedure } = await currentProcedure(tx)
    const desk = routeTo(procedure, 'matter.recovery', 'recovery')
    if (desk === null) return refuse('no_way_in')
    const within = procedure.desks[desk]?.within ?? null
    return done({
      deskTitle: deskTitle(procedure, desk),
      within,
      ...claimLateWords({ desk }, procedure),
    })
  })
}

export interface NewClaim {
  /** Which account, in the claimant's own words. */
  account: string
  happened: string
  /** Where the claimant can be reached. */
  address: string
  /** What will open it; only its hash is kept. */
  code: string
}

/** Files a claim and answers its number once it is stored: what names no known account is a claim like any other. */
export function fileClaim(
  app: App,
  claimed: NewClaim,
  idempotency: Idempotency | null,
): Promise<Result<{ number: number }>> {
  const isWhole = [claimed.account, claimed.happened, claimed.address].every(
    (part) => part.trim() !== '',
  )
  if (!isWhole) return Promise.resolve(refuse('claim_incomplete'))
  const work = transact(app.db, { recovery: true }, (tx) =>
    once(app, tx, idempotency, () => openClaim(app, tx, claimed)),
  )
  return refusalOf(work)
}

async function openClaim(
  app: App,
  tx: Tx,
  { account, happened, address, code }: NewClaim,
): Promise<Result<{ number: number }>> {
  const now = app.now()
  const adopted = await currentProcedure(tx)
  const { procedure } = adopted
  const ownDesk = routeTo(procedure, 'matter.recovery', 'recovery')
  if (ownDesk === null) return refuse('no_way_in')
  const sellerId = await sellerMeant(tx, account)
  const shut = sellerId === null ? null : await shutBy(app, tx, sellerId)
  const measure = shut && measureInProcedure(shut.decision.measure)
  // A measure without a route of its own by this door is claimed as what nobody has secured yet.
  const desk = measure && routeTo(procedure, measure, 'recovery')
  const number = await nextCaseNumber(tx)
  const opened = openCase(
    {
      id: app.newId('cas'),
      number,
      kind: 'recovery',
      matter: desk !== null && measure !== null ? measure : 'matter.recovery',
      channel: 'recovery',
      sellerId: null,
      procedureId: adopted.id,
      desk: desk ?? ownDesk,
      by: null,
      text: happened,
      objections:
        shut && desk !== null ? [objectionTo(shut, { id: app.newId('obj'), text: happened })] : [],
      check: null,
      overdueSince: null,
    },
    procedure,
    now,
  )
  if (!opened.ok) return opened
  const held = opened.case
  const claim: Claim = {
    id: app.newId('clm'),
    number,
    account,
    address: address.trim(),
    sellerId,
    linkedBy: null,
    linkedAt: null,
    openedAt: now,
  }
  await insertCase(tx, held, opened.events, now)
  await insertClaim(tx, claim, { caseId: held.id, codeHash: hashOfCode(code) })
  await acknowledge(app, tx, held)
  if (sellerId !== null) await tellAccount(app, tx, { claim, sellerId, held })
  return done({ number })
}

/** Which claim, and what opens it. */
export interface ClaimKey {
  number: number
  code: string
}

export interface ClaimView {
  claim: Pick<Claim, 'number' | 'openedAt' | 'account' | 'address'>
  /** The case in which it is answered now. */
  case: Case
  procedure: Procedure
  /** What happened in each of its cases, the first first. */
  told: { desk: string; procedure: Procedure; events: EventRecord[] }[]
  people: Map<string, string>
  /** How far it is proved; of proofs also those that are about to count. */
  proving: Proving
  lettersAskedAt: Date | null
  payoutAskedAt: Date | null
  boundAt: Date | null
  orders: ClaimOrder[]
  /** What was changed since the takeover: nobody's to read before the address is bound. */
  changes: ChangeRecord[]
}

/** A claim for who has its code; without it, or without such a claim, `claim_not_opened`. */
export async function readClaim(app: App, key: ClaimKey): Promise<Result<ClaimView>> {
  const may = permit(app, await openedBy(app, key), 'recovery.getClaim')
  if (!may.ok) return refuse('claim_not_opened')
  const { claimId } = may.reader
  return transact(app.db, may.wall, async (tx) => {
    const claim = await claimNumbered(tx, key.number)
    const told: ClaimView['told'] = []
    let held: Case | null = null
    for (const caseId of await casesOfClaim(tx, claimId)) {
      held = await readCase(tx, caseId)
      if (held === null) continue
      const procedure = await procedureOf(tx, held.procedureId)
      told.push({ desk: held.desk, procedure, events: await readCaseEvents(tx, caseId) })
    }
    const latest = told.at(-1)
    if (claim === null || held === null || latest === undefined) return refuse('claim_not_opened')
    const { number, openedAt, account, address } = claim
    const record = await readProving(tx, claimId)
    if (record === null) return refuse('claim_not_opened')
    const proofs = await proofsOf(tx, claimId)
    return done({
      proving: { ...record.proving, proofs: proofs.map(({ kind, at, by }) => ({ kind, at, by })) },
      lettersAskedAt: (await letterRequest(tx, claimId))?.askedAt ?? null,
      payoutAskedAt: await payoutAskedAt(tx, claimId),
      boundAt: record.boundAt,
      orders: await ordersOf(tx, claimId),
      changes: await changesOf(tx, claimId),
      claim: { number, openedAt, account, address },
      case: held,
      procedure: latest.procedure,
      told,
      people: await staffNames(tx),
    })
  })
}

/** Answers the desk's question, adds to the thread, or asks for the other look after a no. It never restarts a running clock. */
export async function writeInClaim(
  app: App,
  { text, ...key }: ClaimKey & { text: string },
  idempotency: Idempotency | null,
): Promise<Result<null>> {
  const may = permit(app, await openedBy(app, key), 'recovery.writeInClaim')
  if (!may.ok) return refuse('claim_not_opened')
  const { claimId } = may.reader
  const own = idempotency && { ...idempotency, caller: `claim:${claimId}` }
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, own, async () => {
      const caseId = (await casesOfClaim(tx, claimId)).at(-1)
      const held = caseId === undefined ? null : await lockCase(tx, caseId)
      if (held === null) return refuse('claim_not_opened')
      const procedure = await procedureOf(tx, held.procedureId)
      const contests = !mayNow(held, 'write') && secondLookDesk(held, procedure) !== null
      const command = { do: contests ? 'contest' : 'write', by: 'claimant', text } as const
      const result = changeCase(held, command, procedure, app.now())
      if (!result.ok) return result
      await saveCase(tx, result.case, result.events, app.now())
      // After a no it is looked at again.
      await clockClaim(tx, claimId, app.now())
      if (result.events.some(({ kind }) => kind === 'case.arrived'))
        await tellArrival(app, tx, result.case, {
          from: held.desk,
          why: contests ? 'second-look' : 'again',
        })
      return done(null)
    }),
  )
  return refusalOf(work)
}

/**
 * Somebody whom the account is known by says that a claim was not theirs: a question to the desk that decides such
 * claims, with a clock of its own, and beside the claim for whoever decides it.
 */
export function disputeClaim(
  app: App,
  link: Link,
  { number, text }: { number: number; text: string },
  idempotency: Idempotency | null,
): Promise<Result<{ caseNumber: string }>> {
  const { sellerId, decisionId, caseId } = link
  const matter = { decisionId, caseId }
  const may = permit(app, { kind: 'seller', sellerId, by: 'link', matter }, 'recovery.disputeClaim')
  if (!may.ok) return Promise.resolve(may)
  const own = idempotency && { ...idempotency, caller: `account:${link.sellerId}` }
  const work = transact(app.db, { recovery: true }, (tx) =>
    once(app, tx, own, async () => {
      const claim = await claimNumbered(tx, number)
      const cases = claim === null ? [] : await casesOfClaim(tx, claim.id)
      if (link.caseId === null || !cases.includes(link.caseId)) return refuse('link_invalid')
      const said = text.trim() === '' ? 'It was not us.' : text
      if (claim === null) return refuse('link_invalid')
      const { contactId = null } = link
      // Pressed many times at once it is still one objection: whoever comes second sees what the first said.
      if (contactId !== null) await lockObjections(tx, claim.id, contactId)
      const known = await knownContactsOf(tx, claim, app.now())
      const isKnown = contactId !== null && known.some(({ id }) => id === contactId)
      const told = (await readDisputes(tx, cases)).find(
        ({ detail }) => contactId !== null && detail['contactId'] === contactId,
      )
      const earlier = told?.detail['caseNumber']
      // Heard once, it is heard: said again it opens no second question, and none is lost.
      if (typeof earlier === 'string') {
        await recordEvents(tx, [
          {
            at: app.now(),
            kind: 'claim.disputed_again',
            sellerId: link.sellerId,
            caseId: cases.at(-1) ?? link.caseId,
            decisionId: null,
            by: 'link',
            detail: { ...told?.detail, text: said, contactId, isKnown },
          },
        ])
        return done({ caseNumber: earlier })
      }
      const opened = await openMatter(app, tx, {
        kind: 'question',
        matter: 'matter.recovery',
        channel: 'link',
        sellerId: link.sellerId,
        by: 'link',
        text: `Claim ${claimNumber({ number })} on our account was not made by us.\n\n${said}`,
        fileIds: [],
      })
      if (!opened.ok) return opened
      const question = await readCase(tx, opened.value.caseId)
      if (question === null) throw new Error(`dispute claim ${number}: its question is not kept`)
      await recordEvents(tx, [
        {
          at: app.now(),
          kind: 'claim.disputed',
          sellerId: link.sellerId,
          caseId: cases.at(-1) ?? link.caseId,
          decisionId: null,
          by: 'link',
          detail: {
            text: said,
            caseId: question.id,
            caseNumber: caseNumber(question),
            contactId,
            isKnown,
          },
        },
      ])
      // Newer contacts are told and may write; only those that were known long before take a yes back.
      if (isKnown && contactId !== null) {
        const at = app.now()
        await insertClaimObjection(tx, claim.id, { contactId, at })
        await clockClaim(tx, claim.id, at)
      }
      return done({ caseNumber: caseNumber(question) })
    }),
  )
  return refusalOf(work)
}

/** Who asks by this number and code: who made the claim that they open, or nobody. */
export function openedBy(app: App, { number, code }: ClaimKey): Promise<Who> {
  return transact(app.db, { recovery: true }, async (tx) => {
    const claim = await claimNumbered(tx, number)
    const hash = claim && (await codeHashOf(tx, claim.id))
    const isOpened = claim !== null && hash !== null && isCode(code, hash)
    return isOpened ? { kind: 'claim', claimId: claim.id } : { kind: 'nobody' }
  })
}
