/** The routes of the people who run the bazaar; without a password of the staff there are none. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { confirmPayoutCheck, isWord, listPayoutChecks, wordOf } from './payout-check.ts'
import { readPosted } from './posted.ts'
import { findSeller } from './seller.ts'
import type { Shop } from './shop.ts'
import { showPayoutChecks, showStaffSignIn, type ShownCheck } from './staff-pages.ts'
import { formToken, isOwnForm, readCookie, setCookie } from './visit.ts'
import { sayDay } from './words.ts'

const signedInFor = 8 * 60 * 60_000
/** Whoever guesses from one place waits: as often as this in a minute, and nobody else waits for it. */
const triesAMinute = 10

/** Adds the door of the staff and what is behind it. */
export function staffRoutes(app: FastifyInstance, shop: Shop): void {
  const { db, now, secret, send, sendMissing, sendStale, payoutChecks, staffPassword, isDemo } =
    shop
  if (staffPassword === null) return
  const sealOf = (until: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['staff', staffPassword, until]))
      .digest('base64url')
  const isSame = (one: string, other: string) => {
    const [a, b] = [one, other].map((text) => createHmac('sha256', secret).update(text).digest())
    return a !== undefined && b !== undefined && timingSafeEqual(a, b)
  }
  const isSignedIn = (request: FastifyRequest) => {
    const [until = '', seal = ''] = (readCookie(request, 'staff') ?? '').split('.')
    return isSame(seal, sealOf(until)) && Number(until) > Date.now()
  }
  const tries = new Map<string, number[]>()

  app.get('/staff/sign-in', (request, reply) => {
    const token = formToken(request, reply, secret)
    return send(request, reply, { title: 'Staff', body: showStaffSignIn({ token, isDemo }) })
  })
  app.post('/staff/sign-in', (request, reply) => {
    const posted = readPosted(request, ['token', 'password'])
    if (!isOwnForm(request, posted.token, secret))
      return sendStale(request, reply, '/staff/sign-in')
    const lately = (tries.get(request.ip) ?? []).filter((at) => at > Date.now() - 60_000)
    const isPaced = lately.length >= triesAMinute
    if (isPaced || !isSame(posted.password, staffPassword)) {
      // So many places at once are one who guesses: what was counted before is let go, so that memory has an end.
      if (tries.size > 10_000) tries.clear()
      tries.set(request.ip, isPaced ? lately : [...lately, Date.now()])
      const wrong = isPaced ? 'Too many tried. Wait a minute.' : 'That is not the password.'
      const body = showStaffSignIn({ token: posted.token, wrong, isDemo })
      return send(request, reply.status(isPaced ? 429 : 422), { title: 'Staff', body })
    }
    const until = String(Date.now() + signedInFor)
    setCookie(reply, 'staff', `${until}.${sealOf(until)}`, 1)
    return reply.redirect('/staff/payout-checks', 303)
  })

  const sendChecks = async (
    request: FastifyRequest,
    reply: FastifyReply,
    said: { done?: string; wrong?: string } = {},
  ) => {
    const token = formToken(request, reply, secret)
    const checks = await checksToShow()
    const askedWhen = (at: string) => sayDay(new Date(at), now())
    const body = showPayoutChecks({ checks, token, askedWhen, ...said })
    return send(request, reply, { title: 'Old bank accounts', body })
  }
  const checksToShow = async (): Promise<ShownCheck[] | null> => {
    if (payoutChecks === null) return null
    try {
      const shown: ShownCheck[] = []
      for (const check of await listPayoutChecks(payoutChecks)) {
        const { number, sellerId, destinations } = check
        const words = new Map(destinations.map(({ id }) => [id, wordOf(secret, number, id)]))
        const seller = await findSeller(db, sellerId)
        shown.push({ ...check, words, sellerName: seller?.name ?? sellerId })
      }
      return shown
    } catch (error) {
      console.error('bazaar: the payout requests could not be read', error)
      return null
    }
  }

  app.get('/staff/payout-checks', (request, reply) =>
    isSignedIn(request) ? sendChecks(request, reply) : reply.redirect('/staff/sign-in', 303),
  )
  app.post('/staff/payout-checks', async (request, reply) => {
    if (!isSignedIn(request)) return reply.redirect('/staff/sign-in', 303)
    const posted = readPosted(request, ['token', 'number', 'destination', 'word'])
    if (!isOwnForm(request, posted.token, secret))
      return sendStale(request, reply, '/staff/payout-checks')
    const { number, destination: destinationId, word } = posted
    if (payoutChecks === null || !/^R-\d{1,9}$/.test(number)) return sendMissing(request, reply)
    if (!isWord(word, wordOf(secret, number, destinationId)))
      return sendChecks(request, reply.status(422), {
        wrong: `That is not the word for ${number}. Nothing was said to Recourse.`,
      })
    try {
      const isTaken = await confirmPayoutCheck(payoutChecks, { number, destinationId })
      return await sendChecks(
        request,
        isTaken ? reply : reply.status(409),
        isTaken
          ? { done: `${number} has its proof: the holder of the old bank account confirmed it.` }
          : { wrong: `${number} takes no such proof any more.` },
      )
    } catch (error) {
      console.error(`bazaar: the confirmation of ${number} could not be sent`, error)
      return sendChecks(request, reply.status(502), {
        wrong: 'Recourse could not be told. Nothing is lost; try it again in a moment.',
      })
    }
  })
}
