/** Letters on the wire, for the desk. */
import type { LetterForDesk, SuggestedSeller, WaitedFor } from '../contract/letter.ts'
import { capital } from '../core/capital.ts'
import { caseNoun, caseNumber, type Case } from '../core/case.ts'
import {
  firstWaitedFor,
  isMailAddress,
  senderWords,
  wishWords,
  type Letter,
} from '../core/letter.ts'
import { saySubjectAtDesk } from '../core/saying.ts'
import { sayStandingAtDesk } from '../core/standing.ts'
import type { SuggestedSeller as Suggested } from '../operations/letter-suggestion.ts'
import type { LetterView } from '../operations/letter-view.ts'
import { at } from './measure-view.ts'

/** A letter with what may be done about it. */
export function letterView(
  { letter, case: held, allowed }: LetterView,
  people: ReadonlyMap<string, string>,
  now: Date,
): LetterForDesk {
  const { sender, outcome, dueAt, metAt, metBy } = letter
  const called = (id: string | null) => (id === null ? null : people.get(id)) ?? 'A colleague'
  const isPast = dueAt !== null && dueAt < now
  return {
    id: letter.id,
    caseId: held.id,
    caseNumber: caseNumber(held),
    sender,
    from: `${sender.name}, ${senderWords[sender.kind]}`,
    byMail: isMailAddress(sender.answerTo),
    reference: letter.reference,
    writtenOn: letter.writtenOn,
    receivedOn: letter.receivedOn,
    recordedBy: called(letter.recordedBy),
    text: letter.text,
    showsAuthority: letter.showsAuthority,
    sellerHears: letter.sellerHears,
    wish: dueAt && {
      words: wishWords(letter, { isPast: isPast || metAt !== null }),
      by: at(dueAt),
      isPast,
      met: metAt && { at: at(metAt), by: called(metBy) },
    },
    outcome: outcome && {
      outcome: outcome.outcome,
      text: outcome.text,
      on: outcome.on,
      follows: outcome.follows,
      by: called(outcome.by),
    },
    allowed,
  }
}

/** What somebody waits for first, as a queue says it; null where nobody does. */
export function waitedFor(letters: readonly Letter[], now: Date): WaitedFor | null {
  const first = firstWaitedFor(letters)
  if (first?.dueAt == null) return null
  const isPast = first.dueAt < now
  return { words: wishWords(first, { isPast }), by: at(first.dueAt), isPast }
}

/** Whom a letter could be about. */
export function suggestedView({ seller, because, cases, measures }: Suggested): SuggestedSeller {
  return {
    id: seller.id,
    name: seller.name,
    because,
    cases: cases.map(({ case: held, deskTitle, isNamed }) => ({
      id: held.id,
      number: caseNumber(held),
      words: `${capital(caseNoun(held.kind))} ${caseNumber(held)}, ${whereWords(held, deskTitle)}`,
      isNamed,
    })),
    measures: measures.map(({ measure: { decision, statement, action }, ...each }) => ({
      decisionId: decision.id,
      number: statement.number,
      words:
        action.endedAt === null
          ? capital(
              sayStandingAtDesk({
                measure: decision.measure,
                subject: statement.subject,
                terms: decision.terms,
              }),
            )
          : `${capital(saySubjectAtDesk(statement.subject))}: no longer in force`,
      ...each,
    })),
  }
}

function whereWords({ state }: Case, deskTitle: string): string {
  return state === 'closed' ? 'closed' : `with ${deskTitle}`
}
