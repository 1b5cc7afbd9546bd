/** What is said of a seller at the desk: how things stand in one sentence, and where each case is. */
import type { SellerForDesk } from '../../contract/desk-seller.ts'

/** "Clay & Clover: the account is open, and payouts are paid as usual." */
export function sellerTitle({
  seller,
  account,
  payouts,
}: Pick<SellerForDesk, 'seller' | 'account' | 'payouts'>): string {
  const money =
    payouts.owed.held !== null
      ? 'a part of the money is held'
      : payouts.owed.onlyTo !== null
        ? 'payouts go to old destinations only'
        : 'payouts go out as usual'
  return `${seller.name}: ${standsWords(account.owed)}, and ${money}.`
}

function standsWords({ signIn, sell, addListings }: SellerForDesk['account']['owed']): string {
  if (!signIn) return sell ? 'nobody can sign in, but the shop sells' : 'the account is shut'
  if (!sell) return 'the account does not sell'
  return addListings ? 'the account is open' : 'the account may not add listings'
}

/** Where a case is, in words for a row of a table. */
export function caseStateWords(state: string): string {
  const words: Record<string, string> = {
    open: 'At a desk',
    asking: 'Waits for the seller',
    deciding: 'Decided, nobody told yet',
    restoring: 'Decided, the shop is being read back',
    answered: 'Answered',
    closed: 'Closed',
  }
  return words[state] ?? state
}
