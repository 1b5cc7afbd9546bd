/** Screening ahead tells what would happen to a listing and what to change, before it is offered; it changes nothing. */
import type { Outcome, Verdict } from '../core/finding.ts'
import { followingOf, mostSevere, type Following } from '../core/following.ts'
import type { ListingText } from '../core/listing.ts'
import { outcomeOf, type Jurisdiction, type Level, type Policy } from '../core/policy.ts'
import { refuse } from '../core/refusal.ts'
import { remedyFor, type Remedy } from '../screening/remedy.ts'
import { screen } from '../screening/screen.ts'
import { transact, type Tx } from '../store/db.ts'
import { readListing } from '../store/listing.ts'
import type { AdoptedPolicy } from '../store/policy.ts'
import type { App } from './app.ts'
import { textKey } from './fact.ts'
import { saidBefore, type SaidBefore } from './following.ts'
import { permit } from './permit.ts'
import { done, type Result } from './result.ts'
import { readRules, weighingAll } from './rules.ts'
import type { Who } from './who.ts'

/** A listing that may be offered one day, or is already. */
export interface ListingAhead {
  id: string | null
  sellerId: string | null
  text: ListingText
}

type Weighed = Pick<Verdict['findings'][number], 'evidence' | 'score'>

export interface RuleAhead extends Weighed {
  policy: Policy
  level: Level
  outcome: Outcome
  would: Following
  remedy: Remedy | null
  said: SaidBefore
}

export interface ScreeningAhead {
  verdict: Verdict
  would: Following
  rules: RuleAhead[]
  jurisdiction: Jurisdiction
  screenedAt: Date
}

/** Says what each policy in force makes of a text, for whoever may offer it; nothing is kept. */
export async function screenAhead(
  app: App,
  who: Who,
  listing: ListingAhead,
  jurisdiction: Jurisdiction,
): Promise<Result<ScreeningAhead>> {
  const may = permit(app, who, 'facts.screenListing')
  if (!may.ok) return may
  const owner = await transact(app.db, may.wall, (tx) => ownerOf(app, tx, may.reader, listing))
  if (!owner.ok) return owner
  // What people said of this text before may stand in cases that its seller never sees; of it only what follows is told.
  return transact(app.db, { inside: true }, async (tx): Promise<Result<ScreeningAhead>> => {
    const rules = await readRules(tx, jurisdiction)
    const weighing = weighingAll(rules, jurisdiction)
    const weigh = (text: ListingText) => screen(weighing, { id: '', text }).findings
    const weighed = new Map(weigh(listing.text).map((one) => [one.policy, one]))
    const ahead: RuleAhead[] = []
    for (const adopted of rules.policies.values()) {
      const { policy } = adopted
      const found = weighed.get(policy.policy)
      // Where nothing in the text speaks for a finding there is nothing to show.
      if (!found?.evidence.some(({ weight }) => weight > 0)) continue
      const level = rules.levels.get(policy.policy) ?? policy.level
      const outcome = outcomeOf(policy, found.score)
      const said = await saidOf(tx, owner.value, listing.text, adopted)
      ahead.push({
        policy,
        level,
        outcome,
        score: found.score,
        evidence: found.evidence,
        would: followingOf({ level, outcome, ...said }),
        remedy:
          outcome === 'allow'
            ? null
            : remedyFor({
                text: listing.text,
                finding: found,
                thresholds: policy.thresholds,
                weigh: (text) => weigh(text).find((one) => one.policy === policy.policy) ?? null,
              }),
        said,
      })
    }
    return done({
      verdict: screen(rules.screener.compiled, { id: listing.id ?? 'new', text: listing.text }),
      would: mostSevere(ahead.map(({ would }) => would)),
      rules: ahead.sort(bySeverity),
      jurisdiction,
      screenedAt: app.now(),
    })
  })
}

/** Whose listing it is; null where nobody said. Another seller's is not there for a seller. */
async function ownerOf(
  { judge }: App,
  tx: Tx,
  who: Who,
  { id, sellerId }: ListingAhead,
): Promise<Result<string | null>> {
  const asking = who.kind === 'seller' ? who.sellerId : sellerId
  const isOther = who.kind === 'seller' && sellerId !== null && sellerId !== who.sellerId
  if (isOther && judge.asks('facts.screenListing', 'own')) return refuse('not_found')
  const held = id === null ? null : await readListing(tx, id)
  if (held === null) return done(asking)
  if (asking === null || asking === held.version.sellerId) return done(held.version.sellerId)
  return refuse(who.kind === 'seller' ? 'not_found' : 'seller_mismatch')
}

async function saidOf(
  tx: Tx,
  sellerId: string | null,
  text: ListingText,
  adopted: AdoptedPolicy,
): Promise<SaidBefore> {
  if (sellerId === null) return { earlier: [], cleared: [] }
  return saidBefore(tx, { sellerId, textKey: textKey(text) }, adopted)
}

const severity = ['deactivate', 'review', 'allow'] as const satisfies readonly Outcome[]

function bySeverity(one: RuleAhead, other: RuleAhead): number {
  if (mostSevere([one.would, other.would]) !== one.would) return 1
  if (one.would !== other.would) return -1
  return severity.indexOf(one.outcome) - severity.indexOf(other.outcome) || other.score - one.score
}
