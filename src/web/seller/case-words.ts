/** The sentence a case opens with: what happens next and by when. */
import type { CaseForSeller } from '../../contract/case.ts'
import { deskInSentence } from '../../core/holding.ts'
import { dueWords, momentWords } from '../parts/time-words.ts'
import { measureWords, restorationWords } from './measure-words.ts'
import { outcomeSentence } from './outcome-words.ts'

type Told = Pick<
  CaseForSeller,
  | 'state'
  | 'outcome'
  | 'holding'
  | 'objections'
  | 'restoration'
  | 'contestBy'
  | 'secondLookDesk'
  | 'allowed'
>

/** One or two sentences that could be read out on the phone. */
export function caseSentence(told: Told, now: Date, zone: string): string {
  const { state, holding, contestBy, secondLookDesk, restoration } = told
  switch (state) {
    case 'open': {
      const name = capital(nameOf(holding.who))
      const due = holding.dueAt === null ? null : new Date(holding.dueAt)
      if (holding.state === 'overdue' || (due !== null && due < now)) {
        const was = due === null ? '' : ` It was due ${momentWords(due, now, zone)}.`
        return `We are late with your answer.${was} ${name} still has to give it.`
      }
      const by = due === null ? '' : ` by ${dueWords(due, now, zone)}`
      return `${name} answers you${by}. If not, ${midSentence(holding.ifLate)}.`
    }
    case 'restoring':
      return `${outcomeSentence(told)}. The shop does not show it yet, and this case stays open until it does.`
    case 'answered': {
      const until = contestBy === null ? '' : ` until ${dueWords(new Date(contestBy), now, zone)}`
      const again =
        told.allowed.includes('contest') && secondLookDesk !== null
          ? ` You can ask ${deskInSentence(secondLookDesk)} to look again${until}.`
          : ''
      return `${outcomeSentence(told)}. Each of your points has its answer below.${again}`
    }
    case 'closed':
      return told.outcome === 'measure_lifted' && restoration !== null
        ? `${backSentence(told)} ${restorationWords(restoration)}`
        : `${outcomeSentence(told)}, and this case is closed.`
  }
}

function backSentence({ objections, restoration }: Told): string {
  const [only] = objections
  if (only === undefined || objections.length > 1) return 'The measures were lifted.'
  if (restoration?.state !== 'back') return `The measure on “${only.subjectTitle}” was lifted.`
  // A case does not carry the measure's name, only its tag; only one of them is not about being on sale.
  const { back } =
    only.tag === 'Out of search'
      ? measureWords['listing.demote']
      : measureWords['listing.deactivate']
  return `“${only.subjectTitle}” ${back}.`
}

/** Who it is, inside a sentence: "Seller Performance, a person" → "Seller Performance"; "the executive office"; "Milan". */
export function nameOf(who: string): string {
  return deskInSentence(who.split(',')[0] ?? who)
}

/** The same where a sentence begins. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A sentence as it reads in the middle of another: its first word small where that is no name, no full stop. */
export function midSentence(sentence: string): string {
  const words = sentence.trim().replace(/\.$/, '')
  return /^(The|Our|It|A|An|Nothing|Your|We|They|Nobody|Only|What)\b/.test(words)
    ? words.charAt(0).toLowerCase() + words.slice(1)
    : words
}
