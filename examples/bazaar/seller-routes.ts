/** The routes that sellers use: sign in and out, see their listings, add one, change one. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { accountRoutes } from './account-routes.ts'
import { readBalance } from './balance.ts'
import { isId, transact } from './database.ts'
import { handOverPolicy, handOverToken, showHandOver } from './hand-over.ts'
import { showShutDoor, showSignIn } from './door-pages.ts'
import { lateFacts, refusedFacts } from './fact.ts'
import { addListing, editListing, findListing, listOwn, newListingId } from './listing.ts'
import { emptyForm, fields, readForm, typedFrom } from './listing-form.ts'
import { moneyRoutes } from './money-routes.ts'
import { readPosted } from './posted.ts'
import { listSignIns } from './seller.ts'
import { addingShut, showForm, showHome } from './seller-pages.ts'
import { findSession, signIn, signOut, type SignedIn } from './session.ts'
import type { Shop } from './shop.ts'
import { formToken, isOwnForm, readCookie, readFrom, setCookie } from './visit.ts'

type ById = { Params: { id: string } }
type Handler = (seller: SignedIn) => Promise<FastifyReply>
/** Goes on with the seller who is signed in; the others see the door. */
export type WithSeller = (
  request: FastifyRequest,
  reply: FastifyReply,
  handler: Handler,
) => Promise<FastifyReply>

const lateAfterMs = 15_000

/** Adds the sellers' routes. */
export function sellerRoutes(app: FastifyInstance, shop: Shop): void {
  const { db, now, secret, send, sendMissing, sendStale } = shop

  const showDoor = async (
    request: FastifyRequest,
    reply: FastifyReply,
    told: { address?: string; wrong?: string } = {},
  ) =>
    send(request, reply, {
      title: 'Sign in to your shop',
      body: showSignIn({
        token: formToken(request, reply, secret),
        ...told,
        demo: shop.isDemo ? await listSignIns(db) : null,
      }),
    })

  const sendShutDoor = (request: FastifyRequest, reply: FastifyReply) =>
    send(request, reply.status(403), {
      title: 'Signing in is shut',
      body: showShutDoor(shop.recourseUrl),
    })

  const withSeller: WithSeller = async (request, reply, handler) => {
    const token = readCookie(request, 'seller')
    const seller = token === null ? 'none' : await findSession(db, token, now())
    if (seller === 'none') return reply.redirect('/seller/sign-in', 303)
    if (seller === 'shut') return sendShutDoor(request, reply)
    return handler(seller)
  }

  app.get('/seller/sign-in', (request, reply) => showDoor(request, reply))

  app.post('/seller/sign-in', async (request, reply) => {
    const posted = readPosted(request, ['token', 'address', 'password', 'country', 'device'])
    if (!isOwnForm(request, posted.token, secret))
      return sendStale(request, reply, '/seller/sign-in')
    const address = posted.address.slice(0, 254)
    const elsewhere = { isNewDevice: posted.device === 'new', country: posted.country }
    const from = readFrom(request, reply, shop.isDemo ? elsewhere : undefined)
    const given = { address, password: posted.password.slice(0, 200) }
    const signed = await signIn(db, given, from, now())
    if (!signed.ok) {
      if (signed.refusal === 'shut') return sendShutDoor(request, reply)
      const wrong = 'This address and password do not belong together. Check both and try again.'
      return showDoor(request, reply.status(422), { address, wrong })
    }
    shop.wake()
    setCookie(reply, 'seller', signed.token, 14)
    return reply.redirect('/seller', 303)
  })

  app.post('/seller/sign-out', async (request, reply) => {
    const posted = readPosted(request, ['token'])
    if (!isOwnForm(request, posted.token, secret)) return sendStale(request, reply, '/seller')
    const token = readCookie(request, 'seller')
    if (token !== null) await signOut(db, token)
    setCookie(reply, 'seller', '', 0)
    return reply.redirect('/', 303)
  })

  app.get('/seller', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      const at = now()
      const [own, balance, refused, late] = await Promise.all([
        listOwn(db, seller.id),
        readBalance(db, seller.id),
        refusedFacts(db, seller.id),
        lateFacts(db, seller.id, new Date(at.getTime() - lateAfterMs)),
      ])
      const { recourseUrl } = shop
      const token = formToken(request, reply, secret)
      return send(request, reply, {
        title: seller.name,
        body: showHome({
          seller,
          own,
          balance,
          refused,
          late,
          recourseUrl,
          hasHandOver: shop.handOvers !== null,
          token,
          now: at,
        }),
      })
    }),
  )

  app.get('/seller/account-health', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      const { handOvers } = shop
      const token = handOvers && (await handOverToken(db, seller, handOvers))
      if (handOvers === null || token === null) return sendMissing(request, reply)
      return send(request, reply.header('content-security-policy', handOverPolicy(handOvers)), {
        title: 'Your account health',
        body: showHandOver(token, handOvers),
      })
    }),
  )

  app.get('/seller/listings/new', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      if (!seller.mayAddListings) return reply.redirect('/seller', 303)
      const token = formToken(request, reply, secret)
      return send(request, reply, {
        title: 'Add a listing',
        body: showForm({
          id: null,
          typed: { ...emptyForm, brand: seller.name },
          wrongs: {},
          token,
        }),
      })
    }),
  )

  app.post('/seller/listings/new', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      const posted = readPosted(request, ['token', ...fields])
      if (!isOwnForm(request, posted.token, secret))
        return sendStale(request, reply, '/seller/listings/new')
      const read = readForm(posted)
      const again = { id: null, typed: posted, token: posted.token }
      if (!seller.mayAddListings)
        return send(request, reply.status(403), {
          title: 'Add a listing',
          body: showForm({ ...again, wrongs: {}, note: addingShut }),
        })
      if (!read.ok)
        return send(request, reply.status(422), {
          title: 'Add a listing',
          body: showForm({ ...again, wrongs: read.wrongs }),
        })
      const id = newListingId(read.text.title)
      await transact(db, (tx) =>
        addListing(tx, { id, sellerId: seller.id, text: read.text, by: seller.by }, now()),
      )
      shop.wake()
      return reply.redirect('/seller', 303)
    }),
  )

  app.get<ById>('/seller/listings/:id', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      const { id } = request.params
      const listing = isId(id) ? await findListing(db, id) : null
      if (listing?.sellerId !== seller.id) return sendMissing(request, reply)
      const token = formToken(request, reply, secret)
      return send(request, reply, {
        title: 'Edit your listing',
        body: showForm({ id, typed: typedFrom(listing), wrongs: {}, token }),
      })
    }),
  )

  app.post<ById>('/seller/listings/:id', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      const { id } = request.params
      const posted = readPosted(request, ['token', ...fields])
      if (!isId(id)) return sendMissing(request, reply)
      if (!isOwnForm(request, posted.token, secret))
        return sendStale(request, reply, `/seller/listings/${encodeURIComponent(id)}`)
      const read = readForm(posted)
      if (!read.ok)
        return send(request, reply.status(422), {
          title: 'Edit your listing',
          body: showForm({ id, typed: posted, wrongs: read.wrongs, token: posted.token }),
        })
      const isOwn = await transact(db, (tx) =>
        editListing(tx, { id, sellerId: seller.id, text: read.text, by: seller.by }, now()),
      )
      if (!isOwn) return sendMissing(request, reply)
      shop.wake()
      return reply.redirect('/seller', 303)
    }),
  )

  moneyRoutes(app, shop, withSeller)
  accountRoutes(app, shop, withSeller)
}
