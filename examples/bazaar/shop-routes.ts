/** The routes that customers use: front, shelves, search, products, shops and the basket. */
import type { FastifyInstance } from 'fastify'
import { isId } from './database.ts'
import {
  categories,
  findListing,
  findListings,
  isForSale,
  listShelf,
  listShop,
  searchListings,
  slugOf,
} from './listing.ts'
import { findSeller } from './seller.ts'
import { newPress } from './order.ts'
import type { Shop } from './shop.ts'
import { readPosted } from './posted.ts'
import {
  showBasket,
  showFront,
  showProduct,
  showResults,
  showShelf,
  showShop,
} from './shop-pages.ts'
import { formToken, isOwnForm, keepBasket, putIn, readBasket } from './visit.ts'

/** What the basket says when something in it could not be done. */
const basketNotes = {
  full: 'The basket takes no more of this. It holds up to nine of a thing, and twenty things.',
  changed:
    'Something in your basket has changed since you looked, so nothing was ordered. Look at it again.',
}

type ById = { Params: { id: string } }

/** Where a customer says what is wrong with a product: the page asks for nothing that the shop knows already. */
function reportAddressOf({ id }: { id: string }, recourseUrl: string): string {
  const address = new URL('/report', recourseUrl)
  address.searchParams.set('where', id)
  return address.href
}

/** Adds the customers' routes. */
export function shopRoutes(
  app: FastifyInstance,
  { db, now, secret, recourseUrl, send, sendMissing, sendStale }: Shop,
): void {
  app.get('/', async (request, reply) => {
    const shelves = await Promise.all(
      categories.map(async (category) => ({ category, goods: await listShelf(db, category, 4) })),
    )
    return send(request, reply, { title: 'Good things from small shops', body: showFront(shelves) })
  })

  app.get<ById>('/shelves/:id', async (request, reply) => {
    const category = categories.find((known) => slugOf(known) === request.params.id)
    if (category === undefined) return sendMissing(request, reply)
    const goods = await listShelf(db, category, 200)
    return send(request, reply, {
      title: category,
      body: showShelf(category, goods),
      shelf: category,
    })
  })

  app.get<{ Querystring: { q?: string | string[] } }>('/search', async (request, reply) => {
    const { q = '' } = request.query
    const words = (typeof q === 'string' ? q : (q[0] ?? ''))
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 200)
    const found = words === '' ? [] : await searchListings(db, words)
    return send(request, reply, {
      title: words === '' ? 'Search' : `${words}, searched`,
      body: showResults(words, found),
    })
  })

  app.get<ById>('/products/:id', async (request, reply) => {
    const { id } = request.params
    const listing = isId(id) ? await findListing(db, id) : null
    if (listing === null) return sendMissing(request, reply)
    const category = categories.find((known) => known === listing.category)
    const shelf = category === undefined ? [] : await listShelf(db, category, 12)
    const beside = shelf.filter((other) => other.id !== id && isForSale(other)).slice(0, 4)
    const token = formToken(request, reply, secret)
    return send(request, reply, {
      title: listing.title,
      body: showProduct(listing, beside, {
        token,
        now: now(),
        reportAddress: recourseUrl && reportAddressOf(listing, recourseUrl),
      }),
      shelf: listing.category,
    })
  })

  app.get<ById>('/shops/:id', async (request, reply) => {
    const { id } = request.params
    const seller = isId(id) ? await findSeller(db, id) : null
    if (seller === null) return sendMissing(request, reply)
    return send(request, reply, {
      title: seller.name,
      body: showShop(seller, await listShop(db, id), now()),
    })
  })

  app.get<{ Querystring: { full?: string; changed?: string } }>(
    '/basket',
    async (request, reply) => {
      const basket = readBasket(request)
      const found = new Map(
        (await findListings(db, [...basket.keys()])).map((one) => [one.id, one]),
      )
      const lines = [...basket].map(([id, count]) => ({
        id,
        count,
        listing: found.get(id) ?? null,
      }))
      const { full, changed } = request.query
      const note =
        full !== undefined
          ? basketNotes.full
          : changed !== undefined
            ? basketNotes.changed
            : undefined
      const token = formToken(request, reply, secret)
      const body = showBasket(lines, { token, press: newPress(), note })
      return send(request, reply, { title: 'Your basket', body })
    },
  )

  app.post('/basket', async (request, reply) => {
    const posted = readPosted(request, ['token', 'put', 'take'])
    if (!isOwnForm(request, posted.token, secret)) return sendStale(request, reply, '/basket')
    const basket = readBasket(request)
    basket.delete(posted.take)
    if (posted.put !== '') {
      const listing = isId(posted.put) ? await findListing(db, posted.put) : null
      if (listing === null) return sendMissing(request, reply)
      // It may have gone off the shelf while the page stood open; its page says so.
      if (!isForSale(listing))
        return reply.redirect(`/products/${encodeURIComponent(listing.id)}`, 303)
      if (!putIn(basket, listing.id)) return reply.redirect('/basket?full', 303)
    }
    keepBasket(reply, basket)
    return reply.redirect('/basket', 303)
  })
}
