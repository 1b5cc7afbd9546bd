/** What the shop shows of a listing, in words: two levers, three things a customer can meet. */
import type { MeasureForSeller } from '../../contract/case.ts'
import type { ListingForDesk } from '../../contract/desk.ts'
import type { ListingState } from '../../core/state-owed.ts'
import { statementTitle, type Statement } from '../../core/statement.ts'

/** "For sale and in search", "For sale, not in search", "Off sale". */
export function stateWords(state: ListingState): string {
  if (!state.offered) return 'Off sale'
  return state.searchable ? 'For sale and in search' : 'For sale, not in search'
}

/** What the shop was last seen to show, beside what is owed. */
export function readBackWords(readBack: ListingForDesk['readBack']): string {
  switch (readBack) {
    case 'agrees':
      return 'The shop was read back and shows exactly this.'
    case 'not-in-shop':
      return 'The shop does not have this listing. What is owed applies when it appears.'
    case 'differs':
      return 'The shop still shows something else. We go on telling it.'
    case null:
      return 'The shop has not been read back yet.'
  }
}

/** The colour of what became of a measure: red in force, green given back, plain for the rest. */
export function statusTone(status: string): 'red' | 'green' | 'plain' {
  if (/force/i.test(status)) return 'red'
  return /lift|back/i.test(status) ? 'green' : 'plain'
}

/** The sentence a statement's page opens with, true also when the measure is over. */
export function measureTitle(statement: Statement, status: MeasureForSeller['status']): string {
  const was = `“${statement.subject.title}” was ${statement.measure.tag.toLowerCase()}.`
  switch (status) {
    case 'in-force':
      return statementTitle(statement)
    case 'lifted':
      return `${was} The measure was taken back.`
    case 'narrowed':
      return `${was} The measure was made narrower.`
    case 'expired':
      return `${was} The measure has ended by itself.`
  }
}
