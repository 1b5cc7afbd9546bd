/** The sentence a case opens with: what happens next and by when. */
import type { CaseForSeller, ObjectionForSeller } from '../../contract/case.ts'
import { capital } from '../../core/capital.ts'
import { deskInSentence } from '../../core/holding.ts'
import { caseNoun } from '../../core/case.ts'
import { midSentence, saySubject } from '../../core/saying.ts'
import { complaintSentence } from './complaint-words.ts'
import { dueWords, momentWords } from '../parts/time-words.ts'
import { backSentence, restorationWords } from './measure-words.ts'
import { outcomeSentence } from './outcome-words.ts'

type Told = Pick<
  CaseForSeller,
  | 'kind'
  | 'state'
  | 'outcome'
  | 'holding'
  | 'ask'
  | 'promisedBy'
  | 'isForwarded'
  | 'objections'
  | 'complaint'
  | 'restoration'
  | 'contestBy'
  | 'secondLookDesk'
  | 'allowed'
  | 'joinedTo'
>

/** One or two sentences that could be read out on the phone. */
export function caseSentence(told: Told, now: Date, zone: string): string {
  const { complaint, holding } = told
  if (complaint !== null)
    return complaintSentence(told, complaint, { now, zone, name: nameOf(holding.who) })
  switch (told.state) {
    case 'open':
      return openSentence(told, now, zone)
    case 'asking':
      return askingSentence(told, now, zone)
    case 'restoring':
      return `${outcomeSentence(told)}. The shop does not show it yet, and this case stays open until it does.`
    case 'answered':
      return answeredSentence(told, now, zone)
    case 'closed':
      return closedSentence(told)
  }
}

function openSentence({ holding, isForwarded, promisedBy }: Told, now: Date, zone: string): string {
  const name = capital(nameOf(holding.who))
  const due = holding.dueAt === null ? null : new Date(holding.dueAt)
  if (holding.state === 'overdue' || (due !== null && due < now)) {
    const was = due === null ? '' : ` It was due ${momentWords(due, now, zone)}.`
    return `We are late with your answer.${was} ${name} still has to give it.`
  }
  const by = due === null ? '' : ` by ${dueWords(due, now, zone)}`
  // Who sees it handed on asks first whether that costs time; what happens if they are late is on the holding line.
  if (isForwarded && promisedBy !== null)
    return `${name} answers you${by}. The last date for your answer stays as it was: ${momentWords(new Date(promisedBy), now, zone)}.`
  return `${name} answers you${by}. If not, ${midSentence(holding.ifLate)}.`
}

function askingSentence({ ask, holding }: Told, now: Date, zone: string): string {
  const until = ask?.until ?? holding.dueAt
  const time = until === null ? '' : ` You have until ${dueWords(new Date(until), now, zone)},`
  return `${ask?.by ?? 'A person'} has a question for you.${time} and our clock stands still meanwhile.`
}

function answeredSentence(told: Told, now: Date, zone: string): string {
  const { kind, contestBy, secondLookDesk, allowed } = told
  const until = contestBy === null ? '' : ` until ${dueWords(new Date(contestBy), now, zone)}`
  if (isMatter(told)) {
    const again = allowed.includes('write') ? ` Write again${until} and it opens again.` : ''
    return `Your ${caseNoun(kind)} is answered.${again}`
  }
  const again =
    allowed.includes('contest') && secondLookDesk !== null
      ? ` You can ask ${deskInSentence(secondLookDesk)} to look again${until}.`
      : ''
  return `${outcomeSentence(told)}. Each of your points has its answer below.${again}`
}

function closedSentence(told: Told): string {
  const { kind, outcome, restoration, objections, joinedTo } = told
  if (joinedTo !== null)
    return `Your ${caseNoun(kind)} goes on as appeal ${joinedTo.number}, with every word that you wrote.`
  if (isMatter(told)) return `Your ${caseNoun(kind)} is closed. You can send a new one at any time.`
  if (outcome !== 'measure_lifted' || restoration === null)
    return `${outcomeSentence(told)}, and this case is closed.`
  const [only] = objections
  if (only === undefined || objections.length > 1)
    return `The measures were lifted. ${restorationWords(restoration, subjectKindOf(told))}`
  const lifted =
    restoration.state === 'back'
      ? backSentence(only)
      : `The measure on ${saySubject(only.subject)} was lifted`
  return `${lifted}. ${restorationWords(restoration, only.subject.kind)}`
}

/** Whether it contests nothing: a question, a letter, a claim. */
export function isMatter({ objections }: { objections: readonly unknown[] }): boolean {
  return objections.length === 0
}

/** What a case is about where that makes a difference to words; a listing wherever one is among it. */
export function subjectKindOf({
  objections,
}: {
  objections: readonly Pick<ObjectionForSeller, 'subject'>[]
}): ObjectionForSeller['subject']['kind'] {
  const kinds = objections.map(({ subject }) => subject.kind)
  return kinds.includes('listing') ? 'listing' : (kinds[0] ?? 'listing')
}

/** Who it is, inside a sentence: "Seller Performance, a person" → "Seller Performance"; "the executive office"; "Milan". */
export function nameOf(who: string): string {
  return deskInSentence(who.split(',')[0] ?? who)
}
