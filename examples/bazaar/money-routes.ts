/** The routes of a seller's money: see it, have it paid out, add and remove a bank account, say that an order is sent. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { listEntries, readBalance } from './balance.ts'
import { isId } from './database.ts'
import { readDestination } from './destination-form.ts'
import { addDestination, mostDestinations, removeDestination } from './destination.ts'
import { showMoney, type MoneyPage } from './money-pages.ts'
import { noteSent } from './order.ts'
import { payOut, type PaidOut } from './payout.ts'
import { readPosted } from './posted.ts'
import type { WithSeller } from './seller-routes.ts'
import type { SignedIn } from './session.ts'
import type { Shop } from './shop.ts'
import { formToken, isOwnForm } from './visit.ts'

const refusals: Record<(PaidOut & { ok: false })['refusal'], string> = {
  unknown_destination:
    'Nothing was paid out: that is none of your bank accounts. Choose one below.',
  barred_destination:
    'Nothing was paid out: money may not go to that account just now. Our mail to you says why, and how to contest it. Your balance is as it was.',
  all_held:
    'Nothing was paid out: all that is in your balance is held. Below is until when, and how to contest it.',
  nothing_there: 'Nothing was paid out: there is nothing in your balance just now.',
}

/** Adds the routes of money. */
export function moneyRoutes(app: FastifyInstance, shop: Shop, withSeller: WithSeller): void {
  const { db, now, secret, send, sendMissing, sendStale, wake, recourseUrl } = shop

  const sendMoney = async (
    request: FastifyRequest,
    reply: FastifyReply,
    seller: SignedIn,
    said: (entries: MoneyPage['entries']) => Pick<MoneyPage, 'paid' | 'wrong' | 'typed' | 'wrongs'>,
  ) => {
    const [balance, entries] = await Promise.all([
      readBalance(db, seller.id),
      listEntries(db, seller.id),
    ])
    const token = formToken(request, reply, secret)
    const page = { seller, balance, entries, recourseUrl, token, now: now(), ...said(entries) }
    return send(request, reply, { title: 'Money', body: showMoney(page) })
  }

  app.get<{ Querystring: { paid?: string } }>('/seller/money', (request, reply) =>
    withSeller(request, reply, (seller) =>
      sendMoney(request, reply, seller, (entries) => ({
        paid:
          request.query.paid === undefined
            ? undefined
            : entries.find(({ orderId }) => orderId === null),
      })),
    ),
  )

  app.post('/seller/money/payouts', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      const posted = readPosted(request, ['token', 'to'])
      if (!isOwnForm(request, posted.token, secret))
        return sendStale(request, reply, '/seller/money')
      const paid = await payOut(db, { sellerId: seller.id, to: posted.to }, now())
      if (!paid.ok)
        return sendMoney(request, reply.status(409), seller, () => ({
          wrong: refusals[paid.refusal],
        }))
      wake()
      return reply.redirect('/seller/money?paid', 303)
    }),
  )

  app.post('/seller/money/destinations', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      const posted = readPosted(request, ['token', 'bank', 'iban', 'remove'])
      if (!isOwnForm(request, posted.token, secret))
        return sendStale(request, reply, '/seller/money')
      if (posted.remove !== '') {
        const of = { sellerId: seller.id, id: posted.remove, by: seller.by }
        if (!isId(of.id) || !(await removeDestination(db, of, now())))
          return sendMissing(request, reply)
      } else {
        const { bank, iban } = posted
        const typed = { bank: bank.slice(0, 500), iban: iban.slice(0, 500) }
        const read = readDestination(typed)
        if (!read.ok)
          return sendMoney(request, reply.status(422), seller, () => ({
            typed,
            wrongs: read.wrongs,
          }))
        if (
          !(await addDestination(db, { sellerId: seller.id, by: seller.by, ...read.value }, now()))
        )
          return sendMoney(request, reply.status(409), seller, () => ({
            typed,
            wrong: `You have ${mostDestinations} bank accounts here, and that is all we take. Remove one first.`,
          }))
      }
      wake()
      return reply.redirect('/seller/money', 303)
    }),
  )

  app.post<{ Params: { id: string } }>('/seller/orders/:id', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      const { id } = request.params
      const posted = readPosted(request, ['token'])
      if (!isOwnForm(request, posted.token, secret))
        return sendStale(request, reply, '/seller/money')
      if (!isId(id) || !(await noteSent(db, { id, sellerId: seller.id }, now())))
        return sendMissing(request, reply)
      wake()
      return reply.redirect('/seller/money', 303)
    }),
  )
}
