/** Checks as the desk sees them on the wire: a listing that a rule found, or an account of which a threshold is met. */
import type { CaseForDesk } from '../contract/desk.ts'
import type { HealthRules } from '../core/health-rules.ts'
import { measures, type Measure } from '../core/measure.ts'
import type { HealthCheck } from '../operations/account-health.ts'
import type { DeskCaseView } from '../operations/case-view.ts'
import type { CheckView } from '../operations/check-view.ts'
import { healthView } from './health-view.ts'

type CheckForDesk = NonNullable<CaseForDesk['check']>

/** What a check asks, of a listing or of an account; null for every other case. */
export function checkForDesk(view: DeskCaseView, rules: HealthRules | null): CheckForDesk | null {
  const conclusion = view.case.check?.conclusion ?? null
  if (view.check !== null) return { ...checkView(view.check), conclusion }
  if (view.accountCheck === null || rules === null) return null
  return { ...accountCheckView(view.accountCheck, view.case.sellerId ?? '', rules), conclusion }
}

/** What a threshold proposes, and what stands against the account now. */
function accountCheckView(
  { threshold, health, isMet }: HealthCheck,
  sellerId: string,
  rules: HealthRules,
): Omit<CheckForDesk, 'conclusion'> {
  const measure = threshold?.measure ?? null
  const fell = 'Nothing happens: the threshold is no longer met.'
  return {
    judged: null,
    account: {
      sellerId,
      title: threshold?.title.en ?? null,
      isMet,
      health: healthView(health, rules, 'desk'),
    },
    finding: null,
    policyTitle: null,
    policyText: null,
    threshold: null,
    decisionId: null,
    decisionNumber: null,
    measure,
    effects: {
      cleared: 'Nothing happens to the account, and the seller is not troubled.',
      acted:
        isMet && measure !== null
          ? `${measures[measure].effect} The statement says the threshold, the numbers and each decision and complaint that counts, with your words, and the seller can appeal.`
          : fell,
    },
    earlier: [],
  }
}

function checkView({
  listing,
  finding,
  policy,
  measure,
  earlier,
}: CheckView): Omit<CheckForDesk, 'conclusion'> {
  const imposes = policy?.policy.measure ?? 'listing.deactivate'
  const inForce = measure !== null && measure.action.endedAt === null
  return {
    judged: {
      listingId: listing.listingId,
      listingVersion: listing.version,
      title: listing.text.title,
      text: listing.text,
    },
    account: null,
    finding,
    policyTitle: policy?.policy.title ?? null,
    policyText: policy?.policy.text ?? null,
    threshold: policy?.policy.thresholds.deactivate ?? null,
    decisionId: measure?.decision.id ?? null,
    decisionNumber: measure?.statement.number ?? null,
    measure: measure?.decision.measure ?? policy?.policy.measure ?? null,
    effects: {
      cleared: inForce
        ? `${backWords(measure.decision.measure)} and tells the seller that the rule was wrong here.`
        : 'Nothing happens to the listing, and the seller is not troubled.',
      acted: inForce
        ? 'The measure stays as it is. The seller can appeal it as before.'
        : `${measures[imposes].effect} The seller gets the statement of reasons with your words and can appeal.`,
    },
    earlier: earlier.map(({ decisionId, number, reasons }) => ({
      decisionId,
      number: `D-${number}`,
      words: `D-${number} on this very text was lifted: ${reasons}`,
    })),
  }
}

/** What lifting a measure does. */
export function backWords(measure: Measure): string {
  const { subject } = measures[measure]
  if (measure === 'listing.demote') return 'Puts it back in search'
  if (measure === 'account.warn') return 'Takes the warning back'
  return {
    listing: 'Puts it back on sale',
    account: 'Frees the account',
    payouts: 'Releases the money',
  }[subject]
}
