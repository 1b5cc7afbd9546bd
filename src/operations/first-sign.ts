/** The first sign of a takeover: what was known long before it speaks for the owner, and what was decided since is judged anew. */
import { later } from '../core/calendar.ts'
import { isKnownContact } from '../core/claim-proof.ts'
import { isFreezing } from '../core/freeze.ts'
import type { Decision } from '../core/decision.ts'
import type { Claim } from '../core/recovery.ts'
import type { Tx } from '../store/db.ts'
import { measuresOfSeller } from '../store/decision.ts'
import { firstSignSaid } from '../store/proving.ts'
import { provingContacts } from '../store/seller.ts'
import { securityEventTimes } from '../store/security-event.ts'

/** How far back a removed contact is taken for a sign, in milliseconds. */
const lookedBack = 30 * 24 * 60 * 60_000

export interface FirstSign {
  at: Date
  /** The specialist who said so; null where it is what the record shows. */
  by: string | null
}

/** As a specialist found it; else the earliest of what the record shows: the claim, a securing, a contact taken away. */
export async function firstSignOf(
  tx: Tx,
  { id, sellerId, openedAt }: Pick<Claim, 'id' | 'sellerId' | 'openedAt'>,
): Promise<FirstSign> {
  const said = await firstSignSaid(tx, id)
  if (said !== null) return said
  const signs = [openedAt]
  if (sellerId !== null) {
    const since = later(openedAt, -lookedBack)
    for (const { decision } of await measuresOfSeller(tx, sellerId, openedAt))
      if (
        decision.measure.startsWith('account.secure') &&
        !isFreezing({ policy: decision.ground.policy }) &&
        decision.takenAt >= since
      )
        signs.push(...(await eventsBehind(tx, decision)), decision.takenAt)
    for (const { removedAt } of await provingContacts(tx, sellerId))
      if (removedAt !== null && removedAt >= since) signs.push(removedAt)
  }
  return { at: new Date(Math.min(...signs.map((at) => at.getTime()))), by: null }
}

/** What the marketplace saw before it was secured: when a stranger came, and not only when that was noticed. */
async function eventsBehind(tx: Tx, { restsOn }: Pick<Decision, 'restsOn'>): Promise<Date[]> {
  const ids = restsOn.filter(({ kind }) => kind === 'security-event').map(({ id }) => id)
  return securityEventTimes(tx, ids)
}

/** The contacts that speak for the owner. */
export async function knownContactsOf(
  tx: Tx,
  claim: Pick<Claim, 'id' | 'sellerId' | 'openedAt'>,
  now: Date,
): Promise<{ id: string; address: string }[]> {
  if (claim.sellerId === null) return []
  const { at } = await firstSignOf(tx, claim)
  const contacts = await provingContacts(tx, claim.sellerId)
  return contacts.filter((contact) => isKnownContact(contact, at, now))
}
