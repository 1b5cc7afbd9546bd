/** An order is what a buyer bought of one listing, as the marketplace tells it: measures never touch it. */

/** From ordered to received; what was called off is nobody's to send. */
export const orderStates = ['open', 'shipped', 'delivered', 'cancelled'] as const
export type OrderState = (typeof orderStates)[number]

/** Who sold it: a third party, or the marketplace itself. */
export const orderSellers = ['seller', 'marketplace'] as const
export type OrderSeller = (typeof orderSellers)[number]

export interface Order {
  id: string
  sellerId: string
  listingId: string
  /** Who bought: the name under which the same person may complain. Never told to the seller by us. */
  reporterId: string
  at: Date
  state: OrderState
  /** In the main unit of the currency; null with it where the marketplace did not tell. */
  amount: number | null
  currency: string | null
  /** By when the buyer was told that it is sent. */
  shipBy: Date | null
  soldBy: OrderSeller
  updatedAt: Date
}

/** An order as it is told, always whole. */
export interface OrderTold extends Omit<Order, 'updatedAt'> {
  /** Null for "as of now". */
  factAt: Date | null
}
