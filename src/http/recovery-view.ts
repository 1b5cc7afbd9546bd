/** Claims as they cross the wire: for the claimant nothing of the account, for the desk what it needs to find it. */
import type { ClaimForDesk } from '../contract/desk.ts'
import type { ClaimForClaimant } from '../contract/recovery.ts'
import { isHeldBy } from '../core/case.ts'
import { deskTitle } from '../core/procedure.ts'
import { claimNumber, standingOf } from '../core/recovery.ts'
import { claimThread } from '../core/recovery-thread.ts'
import type { DeskCaseView } from '../operations/case-view.ts'
import type { ClaimView } from '../operations/recovery.ts'
import { askView } from './case-view.ts'
import { claimProgress, provingForDesk } from './claim-view.ts'
import { at, atOrNull, holdingView, nameFor } from './measure-view.ts'

/** A claim for its claimant. */
export function claimView(
  view: ClaimView,
  { now, timeZone }: { now: Date; timeZone: string },
): ClaimForClaimant {
  const { claim, case: held, procedure, told, people } = view
  const nameOf = nameFor('seller', people)
  const isHeld = held.heldBy !== null && isHeldBy(held, held.heldBy, now)
  const holderName = isHeld && held.heldBy !== null ? nameOf(held.heldBy) : null
  const standing = standingOf({ case: held, procedure, now, holderName })
  return {
    number: claimNumber(claim),
    account: claim.account,
    address: claim.address,
    state: standing.state,
    outcome: standing.outcome,
    desk: deskTitle(procedure, held.desk),
    holding: holdingView(standing.holding),
    openedAt: at(claim.openedAt),
    closedAt: atOrNull(held.closedAt),
    promisedBy: atOrNull(standing.promisedBy),
    ask: askView(held, nameOf),
    thread: claimThread({ cases: told, nameOf }).map((step) => ({ ...step, at: at(step.at) })),
    progress: claimProgress(view, { promisedBy: standing.promisedBy, now, timeZone }),
    allowed: standing.mayWrite ? ['write'] : [],
    writeUntil: atOrNull(standing.writeUntil),
    secondLookDesk: standing.secondLook,
    now: at(now),
  }
}

/** A claim for the desk, beside its case; null for every other case. */
export function claimForDesk({
  claim,
  seller,
  people,
  reader,
}: Pick<DeskCaseView, 'claim' | 'seller' | 'people'> & {
  reader: string
}): ClaimForDesk | null {
  if (claim === null) return null
  const { account, address, linkedBy, linkedAt } = claim.claim
  return {
    number: claimNumber(claim.claim),
    account,
    address,
    seller: seller && { id: seller.id, name: seller.name },
    linkedBy: linkedBy === null ? null : (people.get(linkedBy) ?? 'A colleague'),
    linkedAt: atOrNull(linkedAt),
    disputes: claim.disputes.map((dispute) => ({ ...dispute, at: at(dispute.at) })),
    proving:
      claim.proving && provingForDesk(claim.proving, { people, reader, repair: claim.repair }),
  }
}
