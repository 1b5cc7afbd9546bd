/** Screening in the running system: what the policies find in each listing version, and what their levels make of it. */
import { worstOutcome, type Finding, type Verdict } from '../core/finding.ts'
import type { ListingVersion } from '../core/listing.ts'
import type { Jurisdiction, Policy } from '../core/policy.ts'
import { wordsIn } from '../core/words.ts'
import { screen } from '../screening/screen.ts'
import { transact, type Tx } from '../store/db.ts'
import { listingsEverMeasured } from '../store/decision.ts'
import { insertFindings, type FindingRecord } from '../store/finding.ts'
import { currentVersions, readWritten, type WrittenVersion } from '../store/listing.ts'
import { holdPolicies } from '../store/policy.ts'
import { insertBatch, takeWaiting } from '../store/screening.ts'
import type { App } from './app.ts'
import { noteEdit } from './edit.ts'
import { followFinding, liftWhatFalls } from './following.ts'
import { readRules, type Rules } from './rules.ts'
import { findIn, outcomesOf, type Found } from './verdict.ts'

/** Enough to be fast, few enough that what was screened shows soon. */
const batch = 1_000

/**
 * Screens listing versions that wait, oldest first, and does what each policy's level says,
 * in one transaction a batch. Answers how many it screened; 0 when none waits.
 */
export function screenWaiting(app: App, jurisdiction: Jurisdiction): Promise<number> {
  return transact(app.db, { inside: true }, async (tx) => {
    const waiting = await takeWaiting(tx, batch)
    if (waiting.length === 0) return 0
    await holdPolicies(tx)
    const rules = await readRules(tx, jurisdiction)
    const found = await findIn(rules.screener, waiting)
    const kept = await keepBatch(app, tx, rules, {
      jurisdiction,
      rescreeningId: null,
      policies: [...rules.policies.values()].map(({ policy }) => policy),
      versions: waiting,
      found,
    })
    for (const written of await versionsToFollow(tx, waiting, found)) {
      const findings = kept.get(written) ?? []
      await followVerdict(app, tx, rules, { listing: readWritten(written), findings })
    }
    return waiting.length
  })
}

/** What the policies in force say of a text now, without keeping it. */
export async function verdictOn(
  tx: Tx,
  listing: ListingVersion,
  jurisdiction: Jurisdiction,
): Promise<Verdict> {
  const { screener } = await readRules(tx, jurisdiction)
  return screen(screener.compiled, { id: listing.listingId, text: listing.text })
}

/** What was found, as it is kept. */
export type Kept<Version extends WrittenVersion> = Map<Version, FindingRecord[]>

/** Keeps what was found as findings, and all that was screened as one counted batch. */
export async function keepBatch<Version extends WrittenVersion>(
  app: App,
  tx: Tx,
  { levels }: Rules,
  screened: {
    jurisdiction: Jurisdiction
    rescreeningId: string | null
    policies: readonly Policy[]
    versions: readonly Version[]
    found: Found<Version>
  },
): Promise<Kept<Version>> {
  const { jurisdiction, rescreeningId, policies, versions, found } = screened
  const kept: Kept<Version> = new Map()
  for (const [version, findings] of found)
    kept.set(
      version,
      findings.map((finding) => recordOf(app, version, finding, levels)),
    )
  const records = [...kept.values()].flat()
  await insertFindings(tx, records)
  const count = (policy: string, outcome: Finding['outcome']) =>
    records.filter((one) => one.policy === policy && one.outcome === outcome).length
  await insertBatch(tx, {
    id: app.newId('bat'),
    at: app.now(),
    jurisdiction,
    rescreeningId,
    versions,
    outcomes: outcomesOf(versions.length, found.values()),
    policies: policies.map(({ policy, version }) => ({
      policy,
      version,
      review: count(policy, 'review'),
      deactivate: count(policy, 'deactivate'),
    })),
  })
  return kept
}

function recordOf(
  app: App,
  listing: WrittenVersion,
  finding: Finding,
  levels: Rules['levels'],
): FindingRecord {
  return {
    ...finding,
    id: app.newId('fnd'),
    listingId: listing.listingId,
    listingVersion: listing.version,
    sellerId: listing.sellerId,
    level: levels.get(finding.policy) ?? 'shadow',
    foundAt: app.now(),
  }
}

/**
 * The versions after which anything may follow: those in which something was found, and edits of a listing on which
 * there ever was a measure. Where a newer version has come meanwhile, what was found in the old text is kept, and
 * nothing is done about it.
 */
async function versionsToFollow<Version extends WrittenVersion>(
  tx: Tx,
  versions: readonly Version[],
  found: Found<Version>,
): Promise<Version[]> {
  const edits = versions.filter(({ version }) => version > 1).map(({ listingId }) => listingId)
  const measured = await listingsEverMeasured(tx, edits)
  const touched = versions.filter((one) => found.has(one) || measured.has(one.listingId))
  const current = await currentVersions(
    tx,
    touched.map(({ listingId }) => listingId),
  )
  return inOrder(touched.filter((one) => current.get(one.listingId) === one.version))
}

/** One order for everyone, so that two batches never wait for each other's subjects. */
export function inOrder<Version extends WrittenVersion>(versions: readonly Version[]): Version[] {
  return versions.toSorted((a, b) => (a.listingId < b.listingId ? -1 : 1))
}

async function followVerdict(
  app: App,
  tx: Tx,
  rules: Rules,
  { listing, findings }: { listing: ListingVersion; findings: FindingRecord[] },
): Promise<void> {
  // Before a listing's first version nothing was judged, and no case is about it.
  if (listing.version > 1) {
    const lifted = await liftWhatFalls(app, tx, rules, listing, ({ policy }, judgedVersion) =>
      judgedVersion === listing.version || findings.some((one) => one.policy === policy.policy)
        ? null
        : wordsIn('en').own.textPassesRule(String(listing.version), policy.title),
    )
    await noteEdit(app, tx, {
      listing,
      outcome: worstOutcome(findings.map((finding) => finding.outcome)),
      lifted,
    })
  }
  for (const finding of findings) await followFinding(app, tx, rules, { listing, finding })
}
