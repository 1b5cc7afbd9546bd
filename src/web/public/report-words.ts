/** The words of the pages for whoever complains: what can be wrong, and the sentence a complaint opens with. */
import type { ComplaintForReporter } from '../../contract/complaint.ts'
import { capital } from '../../core/capital.ts'
import type { ComplaintKind, ReporterKind } from '../../core/complaint.ts'
import { findingToReporter } from '../../core/complaint-notice.ts'
import { deskInSentence } from '../../core/holding.ts'
import { dueWords } from '../parts/time-words.ts'

/** What can be wrong, as one would say it, and what happens with it. */
export const kindWords = {
  unsafe: {
    label: 'It is unsafe',
    says: 'Somebody could get hurt. A person looks within hours, and the listing may be held until then.',
  },
  'not-as-described': { label: 'It is not as described', says: 'It came, and is something else.' },
  counterfeit: {
    label: 'It is counterfeit',
    says: 'It pretends to be of a maker who did not make it.',
  },
  rights: {
    label: 'It infringes a right',
    says: 'A trade mark, a design, a patent or somebody’s text or picture.',
  },
  'never-arrived': { label: 'It never arrived', says: 'It was paid for and did not come.' },
  other: { label: 'Something else', says: 'Say it in your own words.' },
} as const satisfies Record<ComplaintKind, { label: string; says: string }>

/** Who one may be. */
export const asWords = {
  customer: 'A customer, or anybody who saw it',
  'rights-owner': 'The owner of a right, or somebody who acts for them',
  authority: 'An authority',
  rival: 'Another seller',
} as const satisfies Record<ReporterKind, string>

/** One or two sentences that could be read out on the phone. */
export function reportSentence(told: ComplaintForReporter, now: Date, zone: string): string {
  const { state, holding, finding, allowed, secondLookDesk, contestBy, setAside } = told
  const due = holding.dueAt === null ? null : new Date(holding.dueAt)
  const name = capital(deskInSentence(holding.who.split(',')[0] ?? holding.who))
  switch (state) {
    case 'open':
      if (setAside !== null)
        return `Your complaint is here, and is set aside until ${dueWords(new Date(setAside.until), now, zone)}. A person reads it then.`
      return holding.state === 'overdue' || (due !== null && due < now)
        ? `We are late with your answer. ${name} still has to give it, and our officer has been told.`
        : `${name} looks into it. You have an answer${due === null ? '' : ` by ${dueWords(due, now, zone)}`}.`
    case 'asking':
      return `We asked the seller, who does not learn who you are. There is time for an answer${due === null ? '' : ` until ${dueWords(due, now, zone)}`}.`
    case 'answered':
    case 'closed': {
      const found = finding === null ? 'We answered.' : findingToReporter[finding]
      if (!allowed.includes('contest') || secondLookDesk === null) return found
      const until = contestBy === null ? '' : ` until ${dueWords(new Date(contestBy), now, zone)}`
      return `${found} ${capital(deskInSentence(secondLookDesk))} looks again if you ask${until}.`
    }
  }
}
