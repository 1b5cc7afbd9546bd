/** A seller as the desk sees it on the wire: account and payouts, what is on them, and what may be imposed. */
import type { SellerForDesk } from '../contract/desk-seller.ts'
import { caseNumber } from '../core/case.ts'
import { mayHasten } from '../core/decision.ts'
import {
  closingExceptions,
  ClosingException,
  isByHand,
  measureNames,
  measures,
} from '../core/measure.ts'
import { caseNoun } from '../core/case.ts'
import { AccountState, openStates, PayoutsState } from '../core/state-owed.ts'
import type { SellerForDeskView } from '../operations/seller.ts'
import { historyView, measureAtDesk, type DeskReader } from './desk-view.ts'
import { healthView } from './health-view.ts'
import { at, type MeasureRecord } from './measure-view.ts'

/** A seller with everything on the account and its payouts. */
export function sellerForDesk(view: SellerForDeskView, reader: DeskReader): SellerForDesk {
  const { account, payouts, balance } = view
  const inForce = view.measures
    .filter(({ action }) => action.endedAt === null)
    .map(({ decision }) => decision.measure)
  return {
    seller: historyView(view.history, reader.now),
    account: {
      owed: AccountState.parse(account?.state ?? openStates.account),
      readBack: account?.readBack ?? null,
    },
    payouts: {
      owed: PayoutsState.parse(payouts?.state ?? openStates.payouts),
      readBack: payouts?.readBack ?? null,
    },
    balance: balance && {
      currency: balance.currency,
      available: balance.available,
      disputed: balance.disputed,
      updatedAt: at(balance.updatedAt),
    },
    measures: view.measures.map((measure) => ({
      ...measureAtDesk(measure, reader),
      subject: measure.decision.subject.kind,
      closing: closingOf(measure, { ...reader, mayHasten: view.mayHasten }),
    })),
    health: view.health && reader.rules && healthView(view.health, reader.rules, 'desk'),
    cases: view.cases.map((held) => ({
      id: held.id,
      number: caseNumber(held),
      title: caseNoun(held.kind),
      state: held.state,
      openedAt: at(held.openedAt),
    })),
    imposable: view.mayImpose
      ? measureNames
          .filter(isByHand)
          .filter((name) => measures[name].subject !== 'listing' && !inForce.includes(name))
          .map((measure) => ({
            measure,
            subject: measures[measure].subject,
            tag: measures[measure].tag,
            effect: measures[measure].effect,
            narrower: measures[measure].narrowsTo,
          }))
      : [],
    allowed: view.mayRecordLetter ? ['record_letter'] : [],
    policies: view.policies.map(({ policy }) => ({
      name: policy.policy,
      title: policy.title,
      version: policy.version,
    })),
    exceptions: ClosingException.options.map((name) => ({ name, words: closingExceptions[name] })),
  }
}

/** A closing that was told and does not count yet. */
function closingOf(
  measure: MeasureRecord,
  { id, now, mayHasten: mayEver }: DeskReader & { mayHasten: boolean },
): SellerForDesk['measures'][number]['closing'] {
  const { decision, action } = measure
  if (decision.measure !== 'account.close' || action.endedAt !== null || action.inForceFrom <= now)
    return null
  return {
    countsAt: at(action.inForceFrom),
    exception: decision.exception,
    exceptionWords: decision.exception && closingExceptions[decision.exception],
    mayHasten: mayEver && mayHasten(measure, id, now).ok,
  }
}
