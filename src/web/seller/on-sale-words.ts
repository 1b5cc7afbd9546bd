/** What the plot of listings on sale says in its title. */
import type { OnSale } from '../../contract/case.ts'
import { capital } from '../../core/capital.ts'
import { numberWords } from '../parts/time-words.ts'

/** "Three measures took listings off sale; we took two of them back." */
export function onSaleTitle({ dips }: Pick<OnSale, 'dips'>): string {
  if (dips.length === 0) return 'No measure took a listing off sale.'
  const back = dips.filter(({ isTakenBack }) => isTakenBack).length
  const took =
    dips.length === 1
      ? 'One measure took listings off sale'
      : `${capital(numberWords(dips.length))} measures took listings off sale`
  if (back === 0) return `${took}.`
  if (back === dips.length)
    return dips.length === 1
      ? `${took}, and we took it back.`
      : `${took}, and we took all of them back.`
  return `${took}; we took ${numberWords(back)} of them back.`
}
