/** The fact of an order: what a buyer bought of one listing, and whether it is still to be sent. */
import { z } from 'zod'
import { isToTheCent, largestAmount } from '../core/balance.ts'
import { orderSellers, orderStates } from '../core/order.ts'
import { at, fact, FactAnswer, id } from './listing.ts'
import { refuses } from './problem.ts'

export const OrderFact = z
  .object({
    id,
    sellerId: id,
    listingId: id,
    reporterId: id,
    at,
    state: z.enum(orderStates).optional(),
    delivered: z.boolean().optional(),
    amount: z
      .number()
      .min(0)
      .max(largestAmount)
      .refine(isToTheCent, 'an amount in the main unit of its currency, with up to two decimals')
      .optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'a currency of ISO 4217, such as EUR')
      .optional(),
    shipBy: at.nullable().optional(),
    soldBy: z
      .enum(orderSellers)
      .optional()
      .describe('`marketplace` where the marketplace itself sold it; `seller` unless told'),
    updatedAt: at.optional(),
  })
  .refine(({ amount, currency }) => (amount === undefined) === (currency === undefined), {
    path: ['currency'],
    message: 'an amount and its currency are told together',
  })
  .refine(
    ({ state, delivered }) =>
      state === undefined || delivered === undefined || delivered === (state === 'delivered'),
    { path: ['delivered'], message: 'says otherwise than the state' },
  )
export type OrderFact = z.infer<typeof OrderFact>

export const tellOrder = fact
  .errors(refuses('seller_mismatch'))
  .route({
    method: 'POST',
    path: '/v1/orders',
    tags: ['Facts'],
    summary: 'Tell an order, new or moved on',
    description:
      'Always whole. `reporterId` is the buyer, under the name under which the same person may complain; it is never shown to the seller. `state` is `open` until it is sent, then `shipped`, `delivered`, or `cancelled`; where only `delivered` is told, it is `delivered` or `open`. `shipBy` is the day that the buyer was promised. `soldBy` is `marketplace` for what the marketplace itself sold, which the public figures tell apart. An order keeps its seller. An older `updatedAt` never replaces a newer one.',
  })
  .input(OrderFact)
  .output(FactAnswer)
