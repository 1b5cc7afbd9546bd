/** A hand-over: what the thief made in the window ends, the claimant's address is bound, and the marketplace is told what to do. */
import { later } from '../core/calendar.ts'
import type { Decision } from '../core/decision.ts'
import { freezeFinding, freezePolicy, protecting } from '../core/freeze.ts'
import { payoutsLockedFor, probationFor } from '../core/proving.ts'
import type { Claim } from '../core/recovery.ts'
import { bindingLetter } from '../core/recovery-notice.ts'
import { insertLetter } from '../store/claim-letter.ts'
import { insertOrder } from '../store/claim-order.ts'
import type { Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import {
  addressesOpening,
  endLinksOf,
  endSessionsOf,
  removeContacts,
  removeFactorsSince,
  removeMembersSince,
} from '../store/hand-over.ts'
import { insertNotice } from '../store/notice.ts'
import { procedureOf } from '../store/procedure.ts'
import type { App } from './app.ts'
import { impose, termsOf } from './enforcement.ts'
import { firstSignOf } from './first-sign.ts'
import { rulesOfFreeze } from './freeze.ts'
import { decisionsFromWindow, openRepair } from './repair.ts'

/** Whose account it is from now on, and what was decided. */
export interface HandingOver {
  claim: Claim & { sellerId: string }
  procedureId: string
  /** The decision that opened sign-in again. */
  because: Decision['id'][]
}

/** Ends what was made in the window and orders what the marketplace has to do; in the transaction that opens sign-in. */
export async function handOver(
  app: App,
  tx: Tx,
  { claim, procedureId, because }: HandingOver,
): Promise<void> {
  const { sellerId, id: claimId } = claim
  const now = app.now()
  const { at: since } = await firstSignOf(tx, claim)
  const addresses = await addressesOpening(tx, sellerId)
  const members = await removeMembersSince(tx, sellerId, { since, at: now })
  await removeContacts(tx, sellerId, { except: claim.address, at: now })
  const factors = await removeFactorsSince(tx, addresses, since)
  // Sessions live by the real time, however far a demo's clock has gone.
  await endSessionsOf(tx, addresses, new Date())
  await endLinksOf(tx, sellerId, now)
  await orderAll(app, tx, { claim, since, because })
  await protectPayouts(app, tx, { sellerId, procedureId })
  const window = { from: since, to: now }
  await openRepair(app, tx, {
    cause: { kind: 'takeover', claim: { id: claimId, number: claim.number }, window },
    sellerId,
    decisions: await decisionsFromWindow(app, tx, { sellerId, window }),
  })
  await inviteOwner(app, tx, claim)
  await recordEvents(tx, [
    {
      at: now,
      kind: 'account.handed_over',
      sellerId,
      caseId: null,
      decisionId: null,
      by: null,
      detail: { claim: claimId, members: members.length, factors, addresses: addresses.length },
    },
  ])
}

/** It was handed over wrongly: the address that was bound opens nothing any more, nor does what it signed in to. */
export async function takeBack(
  app: App,
  tx: Tx,
  { sellerId, address }: Claim & { sellerId: string },
): Promise<void> {
  const now = app.now()
  const addresses = await addressesOpening(tx, sellerId)
  await removeContacts(tx, sellerId, { except: '', at: now })
  await endSessionsOf(tx, [...addresses, address.toLowerCase()], new Date())
  await endLinksOf(tx, sellerId, now)
}

/** Each is carried at least once under an id of its own, so that the marketplace does it once. */
async function orderAll(
  app: App,
  tx: Tx,
  {
    claim: { id: claimId, sellerId, address },
    since,
    because,
  }: Pick<HandingOver, 'claim' | 'because'> & { since: Date },
): Promise<void> {
  const madeAt = app.now()
  const details = {
    endSessions: { because },
    resetAccess: { address },
    changesSince: { since: since.toISOString() },
  } as const
  for (const ability of ['endSessions', 'resetAccess', 'changesSince'] as const)
    await insertOrder(tx, {
      id: app.newId('ord'),
      claimId,
      sellerId,
      ability,
      detail: details[ability],
      madeAt,
    })
}

/** For a week money goes only where it went before: that a thief was let in by mistake must not pay. */
async function protectPayouts(
  app: App,
  tx: Tx,
  { sellerId, procedureId }: { sellerId: string; procedureId: string },
): Promise<void> {
  const policy = await rulesOfFreeze(app, tx)
  const terms = await termsOf(app, tx, protecting, { sellerId, amount: null })
  const procedure = await procedureOf(tx, procedureId)
  const imposed = await impose(app, tx, {
    subject: { kind: 'payouts', id: sellerId },
    sellerId,
    listing: null,
    measure: protecting,
    policy,
    finding: freezeFinding(['contact', 'document']),
    restsOn: [],
    takenBy: { kind: 'policy', policy: freezePolicy.policy, version: freezePolicy.version },
    reasons: 'An account that was just handed over pays out to old bank accounts only.',
    procedure,
    heldFor: 0,
    endsAt: later(app.now(), payoutsLockedFor),
    terms: terms.ok ? terms.value : null,
    exception: null,
  })
  // Handed over twice within the week, it is protected already.
  if (!imposed.ok && imposed.refusal !== 'measure_in_force')
    throw new Error(`protect the payouts of ${sellerId}: ${imposed.refusal}`)
}

/** The one-use link that makes the claimant's address the account's. */
async function inviteOwner(app: App, tx: Tx, claim: Claim): Promise<void> {
  const now = app.now()
  const letterId = app.newId('let')
  const until = later(now, probationFor)
  await insertLetter(tx, {
    id: letterId,
    claimId: claim.id,
    purpose: 'binding',
    madeAt: now,
    until,
  })
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: null,
    decisionId: null,
    caseId: null,
    address: claim.address,
    createdAt: now,
    releaseAt: now,
    ...bindingLetter({ claim, letterId, until, timeZone: app.timeZone }),
  })
}
