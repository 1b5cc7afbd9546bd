/** Screening in the running system: a verdict for each listing version, and what the policy's level makes of it. */
import { openCase } from '../core/case.ts'
import { worstOutcome, type Verdict } from '../core/finding.ts'
import type { ListingVersion } from '../core/listing.ts'
import { measures } from '../core/measure.ts'
import type { Jurisdiction, Level } from '../core/policy.ts'
import { routeTo } from '../core/procedure.ts'
import { compilePolicies, type CompiledPolicies } from '../screening/compile.ts'
import { screen } from '../screening/screen.ts'
import { insertCase, nextCaseNumber, openCheck } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { earlierLifts, measuresOn } from '../store/decision.ts'
import { insertFindings, type FindingRecord } from '../store/finding.ts'
import { markScreened, readListing, takeUnscreened } from '../store/listing.ts'
import { currentLevels, currentPolicies, type AdoptedPolicy } from '../store/policy.ts'
import { currentProcedure, type AdoptedProcedure } from '../store/procedure.ts'
import type { App } from './app.ts'
import { noteEdit } from './edit.ts'
import { impose, lift } from './enforcement.ts'
import { judgementOf } from './judgement.ts'

/** What is screened against, read once per batch: policies in force, their levels, and the procedure. */
interface Rules {
  compiled: CompiledPolicies
  policies: Map<string, AdoptedPolicy>
  levels: Map<string, Level>
  adopted: AdoptedProcedure
}

const batch = 100

/**
 * Screens listing versions that wait, oldest first, and does what each policy's level says,
 * in one transaction a batch. Answers how many it screened; 0 when none waits.
 */
export function screenWaiting(app: App, jurisdiction: Jurisdiction): Promise<number> {
  return transact(app.db, { inside: true }, async (tx) => {
    const waiting = await takeUnscreened(tx, batch)
    if (waiting.length === 0) return 0
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

let lastCompiled: { key: string; compiled: CompiledPolicies } | null = null

async function readRules(tx: Tx, jurisdiction: Jurisdiction): Promise<Rules> {
  const [policies, levels, adopted] = [
    await currentPolicies(tx),
    await currentLevels(tx),
    await currentProcedure(tx),
  ]
  const levelOf = (name: string, initial: Level) => levels.get(name)?.level ?? initial
  const live = policies.filter(({ policy }) => levelOf(policy.policy, policy.level) !== 'off')
  const key = [
    jurisdiction,
    ...live.map(({ policy }) => `${policy.policy}@${policy.version}`),
  ].join(' ')
  // Policy versions never change, so their names and numbers say what was compiled.
  if (lastCompiled?.key !== key) {
    lastCompiled = {
      key,
      compiled: compilePolicies(
        // The level that people set counts, not the one in the document.
        live.map(({ policy }) => ({ ...policy, level: levelOf(policy.policy, policy.level) })),
        { jurisdiction },
      ),
    }
  }
  return {
    compiled: lastCompiled.compiled,
    policies: new Map(live.map((adoptedPolicy) => [adoptedPolicy.policy.policy, adoptedPolicy])),
    levels: new Map(
      live.map(({ policy }) => [policy.policy, levelOf(policy.policy, policy.level)]),
    ),
    adopted,
  }
}

function recordsOf(
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
  const lifted = await liftWhatPasses(app, tx, rules, { listing, findings })
  if (listing.version > 1)
    await noteEdit(app, tx, {
      listing,
      outcome: worstOutcome(findings.map((finding) => finding.outcome)),
      lifted,
    })
  for (const finding of findings) await followFinding(app, tx, rules, { listing, finding })
}

/** A machine may say yes: where the policy that acted no longer sees anything in the new text, its measure falls. */
async function liftWhatPasses(
  app: App,
  tx: Tx,
  rules: Rules,
  { listing, findings }: { listing: ListingVersion; findings: FindingRecord[] },
): Promise<string[]> {
  const lifted: string[] = []
  for (const measure of await measuresOn(tx, { kind: 'listing', id: listing.listingId })) {
    const { action, decision } = measure
    if (action.endedAt !== null || decision.takenBy.kind !== 'policy') continue
    if (decision.judged?.version === listing.version || !measures[decision.measure].liftByClock)
      continue
    const stillLooked = rules.policies.get(decision.ground.policy)
    if (!stillLooked || findings.some((finding) => finding.policy === decision.ground.policy))
      continue
    const result = await lift(app, tx, measure, {
      takenBy: {
        kind: 'policy',
        policy: stillLooked.policy.policy,
        version: stillLooked.policy.version,
      },
      reasons: `The new text, version ${listing.version}, passes the rule “${stillLooked.policy.title}”.`,
      tellSeller: true,
    })
    if (result.ok) lifted.push(decision.id)
  }
  return lifted
}

async function followFinding(
  app: App,
  tx: Tx,
  rules: Rules,
  { listing, finding }: { listing: ListingVersion; finding: FindingRecord },
): Promise<void> {
  const adopted = rules.policies.get(finding.policy)
  if (!adopted || finding.level === 'off' || finding.level === 'shadow') return
  if (finding.level === 'suggest' || finding.outcome === 'review') {
    await askAPerson(app, tx, rules, { listing, finding, decisionId: null })
    return
  }
  const earlier = await earlierLifts(tx, {
    sellerId: listing.sellerId,
    textKey: listing.textKey,
    policy: finding.policy,
    policyTextKey: adopted.textKey,
  })
  if (earlier.length > 0) {
    // People said that this text is fine: the machine may not say otherwise, and they need not say it twice.
    if (earlier.every((one) => one.liftedBy.kind !== 'person'))
      await askAPerson(app, tx, rules, { listing, finding, decisionId: null })
    return
  }
  const judged = await judgementOf(app, tx, {
    listing,
    policy: adopted.policy,
    finding,
    takenBy: { kind: 'policy', policy: finding.policy, version: finding.version },
    reasons: '',
    procedure: rules.adopted.procedure,
  })
  if (!judged.ok) {
    // There is no money to hold, or none was told: whether to do anything else is for a person.
    await askAPerson(app, tx, rules, { listing, finding, decisionId: null })
    return
  }
  const imposed = await impose(app, tx, judged.value)
  // The same policy holds the listing already: an edit that still matches adds a finding, not a second measure.
  if (!imposed.ok && imposed.refusal === 'measure_in_force') return
  if (!imposed.ok)
    throw new Error(
      `impose ${adopted.policy.measure} on listing ${listing.listingId}: ${imposed.refusal} ${imposed.detail ?? ''}`,
    )
  if (finding.level === 'act-with-review')
    await askAPerson(app, tx, rules, { listing, finding, decisionId: imposed.value.id })
}

/** Opens a check: a person looks at the finding, or at what was done about it. One listing version needs one. */
async function askAPerson(
  app: App,
  tx: Tx,
  { adopted }: Rules,
  {
    listing,
    finding,
    decisionId,
  }: { listing: ListingVersion; finding: FindingRecord; decisionId: string | null },
): Promise<void> {
  if (await openCheck(tx, listing.listingId, listing.version)) return
  const desk = routeTo(adopted.procedure, 'matter.check', 'system')
  if (desk === null)
    throw new Error(
      `open a check of finding ${finding.id}: the procedure has no route for matter.check by system`,
    )
  const opened = openCase(
    {
      id: app.newId('cas'),
      number: await nextCaseNumber(tx),
      kind: 'check',
      matter: 'matter.check',
      channel: 'system',
      sellerId: listing.sellerId,
      procedureId: adopted.id,
      desk,
      by: null,
      text: null,
      objections: [],
      overdueSince: null,
      check: { listingId: listing.listingId, listingVersion: listing.version, decisionId },
    },
    adopted.procedure,
    app.now(),
  )
  if (!opened.ok) throw new Error(`open a check of finding ${finding.id}: ${opened.refusal}`)
  await insertCase(tx, opened.case, opened.events, app.now())
}
