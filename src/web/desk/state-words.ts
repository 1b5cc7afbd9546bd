/** What the shop shows of a listing, in words: two levers, three things a customer can meet. */
import type { ListingForDesk } from '../../contract/desk.ts'
import type { ListingState } from '../../core/state-owed.ts'

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
