/** What a machine does about findings: no more than the policy's level allows, and nothing against what people said before. */
import { openCase } from '../core/case.ts'
import { followingOf } from '../core/following.ts'
import type { ListingVersion } from '../core/listing.ts'
import { measures } from '../core/measure.ts'
import { routeTo } from '../core/procedure.ts'
import { insertCase, nextCaseNumber, openCheck } from '../store/case.ts'
import type { Tx } from '../store/db.ts'
import { earlierLifts, measuresOn } from '../store/decision.ts'
import type { FindingRecord } from '../store/finding.ts'
import { clearedChecks, type ClearedCheck } from '../store/people-say.ts'
import type { AdoptedPolicy } from '../store/policy.ts'
import type { App } from './app.ts'
import { impose, lift } from './enforcement.ts'
import { judgementOf } from './judgement.ts'
import type { Rules } from './rules.ts'

/** What was done about a finding. */
export interface Followed {
  acted: boolean
  asked: boolean
}

/** Does what follows from a finding. */
export async function followFinding(
  app: App,
  tx: Tx,
  rules: Rules,
  { listing, finding }: { listing: ListingVersion; finding: FindingRecord },
): Promise<Followed> {
  const adopted = rules.policies.get(finding.policy)
  if (!adopted) return { acted: false, asked: false }
  const said = await saidBefore(tx, listing, adopted)
  const ask = async (decisionId: string | null = null) =>
    askAPerson(app, tx, rules, { listing, finding, decisionId })
  switch (followingOf({ level: finding.level, outcome: finding.outcome, ...said })) {
    case 'nothing':
    case 'note':
    case 'protected':
      return { acted: false, asked: false }
    case 'check':
      return { acted: false, asked: await ask() }
    case 'measure':
    case 'measure-and-check':
  }
  const judged = await judgementOf(app, tx, {
    listing,
    policy: adopted.policy,
    finding,
    takenBy: { kind: 'policy', policy: finding.policy, version: finding.version },
    reasons: '',
    procedure: rules.adopted.procedure,
  })
  // There is no money to hold, or none was told: whether to do anything else is for a person.
  if (!judged.ok) return { acted: false, asked: await ask() }
  const imposed = await impose(app, tx, judged.value)
  // The same policy holds the listing already: an edit that still matches adds a finding, not a second measure.
  if (!imposed.ok && imposed.refusal === 'measure_in_force') return { acted: false, asked: false }
  if (!imposed.ok)
    throw new Error(
      `impose ${adopted.policy.measure} on listing ${listing.listingId}: ${imposed.refusal} ${imposed.detail ?? ''}`,
    )
  const asked = finding.level === 'act-with-review' && (await ask(imposed.value.id))
  return { acted: true, asked }
}

export interface SaidBefore {
  earlier: Awaited<ReturnType<typeof earlierLifts>>
  cleared: ClearedCheck[]
}

/** What was said of this very text of this seller under this very policy text: measures lifted, checks that cleared it. */
export async function saidBefore(
  tx: Tx,
  { sellerId, textKey }: Pick<ListingVersion, 'sellerId' | 'textKey'>,
  { policy, textKey: policyTextKey }: AdoptedPolicy,
): Promise<SaidBefore> {
  const by = { sellerId, textKey, policy: policy.policy, policyTextKey }
  return { earlier: await earlierLifts(tx, by), cleared: await clearedChecks(tx, by) }
}

/**
 * A machine may say yes: where the policy that acted no longer stands by it, its measure falls. Answers the decisions
 * that were lifted; `why` gives the reasons, or null where the measure stays.
 */
export async function liftWhatFalls(
  app: App,
  tx: Tx,
  rules: Rules,
  listing: ListingVersion,
  why: (policy: AdoptedPolicy, judgedVersion: number | null) => string | null,
): Promise<string[]> {
  const lifted: string[] = []
  for (const measure of await measuresOn(tx, { kind: 'listing', id: listing.listingId })) {
    const { action, decision } = measure
    if (action.endedAt !== null || decision.takenBy.kind !== 'policy') continue
    if (!measures[decision.measure].liftByClock) continue
    const looked = rules.policies.get(decision.ground.policy)
    const reasons = looked ? why(looked, decision.judged?.version ?? null) : null
    if (!looked || reasons === null) continue
    const { policy, version } = looked.policy
    const takenBy = { kind: 'policy', policy, version } as const
    const result = await lift(app, tx, measure, { takenBy, reasons, tellSeller: true })
    if (result.ok) lifted.push(decision.id)
  }
  return lifted
}

/** Opens a check: a person looks at the finding, or at what was done about it. One listing version needs one; false where it has it. */
async function askAPerson(
  app: App,
  tx: Tx,
  { adopted }: Rules,
  {
    listing,
    finding,
    decisionId,
  }: { listing: ListingVersion; finding: FindingRecord; decisionId: string | null },
): Promise<boolean> {
  if (await openCheck(tx, listing.listingId, listing.version)) return false
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
  return true
}
