/** What stays a seller's while the account is locked: open orders and money, beside the whole own file. */
import { z } from 'zod'
import { Measure } from '../core/measure.ts'
import { orderStates } from '../core/order.ts'
import { AccountState } from '../core/state-owed.ts'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

/** An order without its buyer, who may be a complainant. */
export const OrderForSeller = z.object({
  id: z.string(),
  listingId: z.string(),
  title: z.string().nullable(),
  at: At,
  state: z.enum(orderStates),
  amount: z.number().nullable(),
  currency: z.string().nullable(),
  shipBy: At.nullable(),
})
export type OrderForSeller = z.infer<typeof OrderForSeller>

export const MoneyForSeller = z.object({
  currency: z.string(),
  available: z.number(),
  disputed: z.number(),
  undisputed: z.number(),
  held: z.object({ amount: z.number(), until: At }).nullable(),
  /** What may be paid out now. */
  payable: z.number(),
  destinations: z.array(
    z.object({
      id: z.string(),
      label: z.string().nullable(),
      addedAt: At,
      /** Whether money may go there now. */
      mayReceive: z.boolean(),
    }),
  ),
  toldAt: At,
})
export type MoneyForSeller = z.infer<typeof MoneyForSeller>

export const Belongings = z.object({
  sellerName: z.string(),
  timeZone: z.string(),
  account: AccountState,
  /** What keeps sign-in shut; null while it is open. */
  shutBy: z
    .object({ decisionId: z.string(), number: z.string(), measure: Measure, is: z.string() })
    .nullable(),
  orders: z.object({
    /** Still to be sent, the most urgent first; at most 200. */
    toShip: z.array(OrderForSeller),
    total: z.int(),
  }),
  /** Null where the marketplace has told no balance. */
  money: MoneyForSeller.nullable(),
  now: At,
})
export type Belongings = z.infer<typeof Belongings>

export const getBelongings = route
  .errors(refuses('sign_in_instead', 'account_secured', 'link_of_other_matter'))
  .route({
    method: 'GET',
    path: '/v1/belongings',
    tags: ['Seller'],
    summary: 'Read what stays the seller’s: open orders and money',
    description:
      'Signed in, or by the link in the notice of a lock or a closing while it keeps sign-in shut. Not while the account is secured: a stranger may read its mailbox.',
  })
  .input(z.object({}).optional())
  .output(Belongings)
