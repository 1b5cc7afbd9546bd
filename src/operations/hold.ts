/** A hold: what one complaint does by itself, and all of it. It takes the one listing off sale until a person has looked. */
import { mayHold, type Complaint } from '../core/complaint.ts'
import type { ListingVersion } from '../core/listing.ts'
import type { Procedure } from '../core/procedure.ts'
import { comesFrom } from '../core/ring.ts'
import { wordsIn } from '../core/words.ts'
import { holdsAnother, lockHolds } from '../store/complaint.ts'
import type { Tx } from '../store/db.ts'
import { currentPolicy } from '../store/policy.ts'
import { ringsAgainst } from '../store/ring.ts'
import type { App } from './app.ts'
import { impose } from './enforcement.ts'
import { saidBefore } from './following.ts'

/** The rule under which a listing is held; a marketplace that has no such rule holds none. */
export const holdingRule = 'product-safety'

/**
 * Holds a listing of which somebody says that it is unsafe, through the one door of decisions, with a statement to its
 * seller. Answers the decision, or null where nothing is held: a person looks within hours all the same.
 *
 * What was weighed may only keep a hold from being made: where the complaint comes from a ring that is known. It is not
 * weighed itself yet, and nobody waits for that.
 */
export async function holdForComplaint(
  app: App,
  tx: Tx,
  {
    complaint,
    isSaid,
    listing,
    substance,
    procedure,
  }: {
    complaint: Complaint & { setAsideBy: string | null }
    isSaid: boolean
    listing: ListingVersion | null
    substance: string
    procedure: Procedure
  },
): Promise<string | null> {
  if (complaint.kind !== 'unsafe' || listing === null) return null
  const adopted = await currentPolicy(tx, holdingRule)
  if (adopted === null) return null
  const { sellerId, listingId } = listing
  // Two complaints at once about two listings: the second waits here, and then sees what the first holds.
  await lockHolds(tx, sellerId)
  const { earlier, cleared } = await saidBefore(tx, listing, adopted)
  const may = mayHold({
    kind: complaint.kind,
    isSaid,
    hasListing: true,
    holdsAnother: await holdsAnother(tx, { sellerId, listingId }),
    wasCleared: earlier.length > 0 || cleared.length > 0,
    isOfRing: (await ringsAgainst(tx, sellerId)).some((ring) =>
      comesFrom(ring, { reporterId: complaint.reporterId, ...complaint.traces }),
    ),
    isSetAside: complaint.setAsideBy !== null,
  })
  if (!may) return null
  const { policy } = adopted
  const held = await impose(app, tx, {
    subject: { kind: 'listing', id: listingId },
    sellerId,
    listing,
    measure: 'listing.deactivate.safety',
    policy,
    finding: null,
    restsOn: [{ kind: 'complaint', id: complaint.id }],
    takenBy: { kind: 'policy', policy: policy.policy, version: policy.version },
    reasons: wordsIn('en').own.heldForSafety(quoted(substance)),
    procedure,
    heldFor: 0,
    endsAt: null,
    terms: null,
    exception: null,
    complaint: quoted(substance),
  })
  if (held.ok) return held.value.id
  // It is off sale for this very reason already; the person who looks at that sees this, too.
  if (held.refusal === 'measure_in_force') return null
  throw new Error(
    `hold listing ${listingId} for complaint ${complaint.id}: ${held.refusal} ${held.detail ?? ''}`,
  )
}

/** As much of what was said as a statement quotes; the case has all of it. */
function quoted(substance: string): string {
  const line = substance.replaceAll(/\s+/g, ' ').trim()
  return line.length <= 600 ? line : `${[...line].slice(0, 600).join('')} …`
}
