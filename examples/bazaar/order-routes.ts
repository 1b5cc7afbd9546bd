/** The routes by which customers order, see what they ordered, and say that it did not come. */
import type { FastifyInstance } from 'fastify'
import { isId } from './database.ts'
import { findListings } from './listing.ts'
import { buyerOf, listOrders, noteArrival, placeOrders } from './order.ts'
import { showOrders } from './order-pages.ts'
import { readPosted } from './posted.ts'
import type { Shop } from './shop.ts'
import { formToken, isOwnForm, keepBasket, readBasket, readCookie, setCookie } from './visit.ts'

const isPress = (text: string) => /^[0-9a-f-]{36}$/.test(text)

/** Adds the routes of orders. */
export function orderRoutes(
  app: FastifyInstance,
  { db, now, secret, send, sendMissing, sendStale, wake }: Shop,
): void {
  app.post('/orders', async (request, reply) => {
    const posted = readPosted(request, ['token', 'press', 'seen'])
    if (!isOwnForm(request, posted.token, secret) || !isPress(posted.press))
      return sendStale(request, reply, '/basket')
    const known = readCookie(request, 'buyer')
    const buyer = known ?? buyerOf(posted.press, secret)
    const basket = readBasket(request)
    const { press } = posted
    const placed = await placeOrders(
      db,
      { basket, seenCents: Number(posted.seen), press, buyer },
      now(),
    )
    if (!placed.ok) return reply.redirect('/basket?changed', 303)
    wake()
    for (const id of placed.listingIds) basket.delete(id)
    keepBasket(reply, basket)
    if (known === null) setCookie(reply, 'buyer', buyer, 365)
    return reply.redirect('/orders?placed', 303)
  })

  app.get<{ Querystring: { placed?: string } }>('/orders', async (request, reply) => {
    const buyer = readCookie(request, 'buyer')
    const orders = buyer === null ? [] : await listOrders(db, buyer)
    const ids = [...new Set(orders.map(({ listingId }) => listingId))]
    const found = new Map((await findListings(db, ids)).map((one) => [one.id, one]))
    const lines = orders.flatMap((order) => {
      const listing = found.get(order.listingId)
      return listing ? [{ order, listing }] : []
    })
    const note =
      request.query.placed !== undefined && lines.length > 0
        ? 'Thank you. It is ordered, and the shop has been told.'
        : undefined
    const token = formToken(request, reply, secret)
    const body = showOrders(lines, { token, now: now(), note })
    return send(request, reply, { title: 'Your orders', body })
  })

  app.post<{ Params: { id: string } }>('/orders/:id', async (request, reply) => {
    const { id } = request.params
    const posted = readPosted(request, ['token', 'arrived'])
    if (!isOwnForm(request, posted.token, secret)) return sendStale(request, reply, '/orders')
    const buyer = readCookie(request, 'buyer')
    const { arrived } = posted
    if (buyer === null || !isId(id) || (arrived !== 'yes' && arrived !== 'no'))
      return sendMissing(request, reply)
    if (!(await noteArrival(db, { id, buyer, arrived: arrived === 'yes' }, now())))
      return sendMissing(request, reply)
    wake()
    return reply.redirect('/orders', 303)
  })
}
