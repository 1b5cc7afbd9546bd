/** A changed policy screens the listings on sale anew, in steps that survive a restart and hold up no new listing. */
import type { ListingVersion } from '../core/listing.ts'
import type { Jurisdiction } from '../core/policy.ts'
import { wordsIn } from '../core/words.ts'
import { transact, type Tx } from '../store/db.ts'
import { listingsHeldBy } from '../store/decision.ts'
import { replaceFindings, type FindingRecord } from '../store/finding.ts'
import { readWritten } from '../store/listing.ts'
import { holdPolicies, type AdoptedPolicy } from '../store/policy.ts'
import {
  advanceRescreening,
  cutShort,
  endRescreening,
  listingsAfter,
  takeRescreening,
  type ListingOnSale,
  type Rescreening,
} from '../store/rescreening.ts'
import type { App } from './app.ts'
import { grantWhatFell, lockCasesAbout } from './edit.ts'
import { followFinding, liftWhatFalls } from './following.ts'
import { prepareOnce, readRules, type Rules } from './rules.ts'
import { inOrder, keepBatch } from './screening.ts'
import { findIn } from './verdict.ts'

/** How many listings a step looks at: whoever changes a policy waits for a step that is under way. */
const batch = 2_000

/** Does one step of the rescreening that has run longest; answers false when none runs. */
export function rescreenSome(
  app: App,
  jurisdiction: Jurisdiction,
  { most = batch }: { most?: number } = {},
): Promise<boolean> {
  return transact(app.db, { inside: true }, async (tx) => {
    // Before the row, as whoever changes a policy does: the two never wait for each other.
    await holdPolicies(tx)
    const running = await takeRescreening(tx)
    if (running === null) return false
    const rules = await readRules(tx, jurisdiction)
    const adopted = rules.policies.get(running.policy)
    if (adopted?.policy.version !== running.version) {
      await cutShort(tx, running.policy, app.now())
      return true
    }
    const listings = await listingsAfter(tx, running, most)
    const last = listings.at(-1)
    if (last === undefined) {
      await endRescreening(tx, running.id, app.now())
      return true
    }
    // What waits for its first screening is screened by the changed policy there, and what that has been done with is done.
    const anew = listings.filter(({ isWaiting, isFoundSince }) => !isWaiting && !isFoundSince)
    const done = await screenAnew(app, tx, rules, {
      running,
      adopted,
      jurisdiction,
      listings: anew,
    })
    await advanceRescreening(tx, running.id, {
      ...done,
      afterListing: last.listingId,
      screened: listings.length,
    })
    return true
  })
}

/** Only where the policy finds something, or something that it found or did stands, is there anything to write. */
async function screenAnew(
  app: App,
  tx: Tx,
  rules: Rules,
  step: {
    running: Rescreening
    adopted: AdoptedPolicy
    jurisdiction: Jurisdiction
    listings: ListingOnSale[]
  },
): Promise<Pick<Rescreening, 'found' | 'acted' | 'asked' | 'lifted'>> {
  const { running, adopted, jurisdiction, listings } = step
  const { policy } = adopted
  const done = { found: 0, acted: 0, asked: 0, lifted: 0 }
  const found = await findIn(prepareOnce('rescreening', [policy], jurisdiction), listings)
  const flagged = listings.filter(({ isFlagged }) => isFlagged)
  await replaceFindings(tx, policy.policy, flagged, app.now())
  const kept = await keepBatch(app, tx, rules, {
    jurisdiction,
    rescreeningId: running.id,
    policies: [policy],
    versions: listings,
    found,
  })
  const held = await listingsHeldBy(
    tx,
    policy.policy,
    listings.map(({ listingId }) => listingId),
  )
  const touched = listings.filter((one) => kept.has(one) || held.has(one.listingId))
  for (const written of inOrder(touched)) {
    const listing = readWritten(written)
    const findings = kept.get(written) ?? []
    if (held.has(listing.listingId))
      done.lifted += await liftWhatNoLongerMatches(app, tx, rules, { adopted, listing, findings })
    for (const finding of findings) {
      done.found += 1
      const { acted, asked } = await followFinding(app, tx, rules, { listing, finding })
      if (acted) done.acted += 1
      if (asked) done.asked += 1
    }
  }
  return done
}

/** Where the policy as it reads now would not act on the text any more, what it did falls; and what contests that is granted. */
async function liftWhatNoLongerMatches(
  app: App,
  tx: Tx,
  rules: Rules,
  {
    adopted,
    listing,
    findings,
  }: { adopted: AdoptedPolicy; listing: ListingVersion; findings: FindingRecord[] },
): Promise<number> {
  if (findings.some(({ outcome }) => outcome === 'deactivate')) return 0
  const { policy, title, version } = adopted.policy
  const { own } = wordsIn('en')
  const reasons =
    findings.length === 0
      ? own.findsNothing(title, String(version))
      : own.wouldNotAct(title, String(version))
  const lifted = await liftWhatFalls(app, tx, rules, listing, (looked) =>
    looked.policy.policy === policy ? reasons : null,
  )
  if (lifted.length > 0)
    for (const held of await lockCasesAbout(tx, listing.listingId))
      await grantWhatFell(app, tx, held, { lifted, reasons })
  return lifted.length
}
