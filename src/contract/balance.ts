/** The fact of a balance: what the marketplace keeps for a seller, and where it may be paid out to. */
import { z } from 'zod'
import { isToTheCent, largestAmount } from '../core/balance.ts'
import { at, fact, FactAnswer, id, readable } from './listing.ts'

const amount = z
  .number()
  .min(-largestAmount)
  .max(largestAmount)
  .refine(isToTheCent, 'an amount in the main unit of its currency, with up to two decimals')

export const BalanceFact = z.object({
  sellerId: id,
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency of ISO 4217, such as EUR'),
  available: amount,
  disputed: amount.refine((sum) => sum >= 0, 'not below zero'),
  destinations: z
    .array(z.object({ id, label: readable(200).optional(), addedAt: at }))
    .max(100)
    .refine(
      (destinations) => new Set(destinations.map((one) => one.id)).size === destinations.length,
      'holds one destination twice',
    ),
  updatedAt: at.optional(),
})
export type BalanceFact = z.infer<typeof BalanceFact>

export const tellBalance = fact
  .route({
    method: 'POST',
    path: '/v1/balances',
    tags: ['Facts'],
    summary: 'Tell the balance of a seller',
    description:
      'Always whole: what would be paid out now were nothing held (`available`, the disputed part included), what customers dispute, and every destination with when it was added. Amounts are in the main unit of the currency (120.5 is 120.50 EUR), as in the state owed to payouts. Answered with the id of the seller. An older `updatedAt` never replaces a newer one.',
  })
  .input(BalanceFact)
  .output(FactAnswer)
