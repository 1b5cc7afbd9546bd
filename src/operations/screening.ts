/** Screening in the running system: a verdict for each listing version, and what the policy's level makes of it. */
import { worstOutcome, type Verdict } from '../core/finding.ts'
import type { ListingVersion } from '../core/listing.ts'
import type { Jurisdiction } from '../core/policy.ts'
import { screen } from '../screening/screen.ts'
import { transact, type Tx } from '../store/db.ts'
import { insertFindings, type FindingRecord } from '../store/finding.ts'
import { markScreened, readListing, takeUnscreened } from '../store/listing.ts'
import { holdPolicies } from '../store/policy.ts'
import type { App } from './app.ts'
import { noteEdit } from './edit.ts'
import { followFinding, liftWhatFalls } from './following.ts'
import { readRules, type Rules } from './rules.ts'

const batch = 100

/**
 * Screens listing versions that wait, oldest first, and does what each policy's level says,
 * in one transaction a batch. Answers how many it screened; 0 when none waits.
 */
export function screenWaiting(app: App, jurisdiction: Jurisdiction): Promise<number> {
  return transact(app.db, { inside: true }, async (tx) => {
    const waiting = await takeUnscreened(tx, batch)
    if (waiting.length === 0) return 0
    await holdPolicies(tx)
    const rules = await readRules(tx, jurisdiction)
    // One order for everyone, so that two batches never wait for each other's subjects.
    const sorted = waiting.toSorted((a, b) => (a.listingId < b.listingId ? -1 : 1))
    const verdicts = sorted.map((listing) => ({
      listing,
      verdict: screen(rules.compiled, { id: listing.listingId, text: listing.text }),
    }))
    const found = verdicts.map(({ listing, verdict }) => ({
      listing,
      verdict,
      findings: recordsOf(app, listing, verdict, rules),
    }))
    await insertFindings(
      tx,
      found.flatMap(({ findings }) => findings),
    )
    await markScreened(
      tx,
      verdicts.map(({ listing, verdict }) => ({
        listingId: listing.listingId,
        version: listing.version,
        outcome: verdict.outcome,
      })),
      app.now(),
    )
    for (const { listing, findings } of found)
      await followVerdict(app, tx, rules, { listing, findings })
    return waiting.length
  })
}

/** What the policies in force say of a text now, without keeping it. */
export async function verdictOn(
  tx: Tx,
  listing: ListingVersion,
  jurisdiction: Jurisdiction,
): Promise<Verdict> {
  const { compiled } = await readRules(tx, jurisdiction)
  return screen(compiled, { id: listing.listingId, text: listing.text })
}

/** A verdict's findings as they are kept. */
export function recordsOf(
  app: App,
  listing: ListingVersion,
  verdict: Verdict,
  rules: Rules,
): FindingRecord[] {
  return verdict.findings.map((finding) => ({
    ...finding,
    id: app.newId('fnd'),
    listingId: listing.listingId,
    listingVersion: listing.version,
    sellerId: listing.sellerId,
    level: rules.levels.get(finding.policy) ?? 'shadow',
    foundAt: app.now(),
  }))
}

async function followVerdict(
  app: App,
  tx: Tx,
  rules: Rules,
  { listing, findings }: { listing: ListingVersion; findings: FindingRecord[] },
): Promise<void> {
  const sold = await readListing(tx, listing.listingId)
  // A newer version has come meanwhile: what was found in the old text is kept, and nothing is done about it.
  if (sold?.version.version !== listing.version) return
  const lifted = await liftWhatFalls(app, tx, rules, listing, ({ policy }, judgedVersion) =>
    judgedVersion === listing.version || findings.some((one) => one.policy === policy.policy)
      ? null
      : `The new text, version ${listing.version}, passes the rule “${policy.title}”.`,
  )
  if (listing.version > 1)
    await noteEdit(app, tx, {
      listing,
      outcome: worstOutcome(findings.map((finding) => finding.outcome)),
      lifted,
    })
  for (const finding of findings) await followFinding(app, tx, rules, { listing, finding })
}
