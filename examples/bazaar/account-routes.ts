/** The routes of a seller's account: contacts, the way in, sessions, and choosing a password by a link. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { showAccount, showMails, showWayInLink, type AccountPage } from './account-pages.ts'
import { latestChanges } from './change.ts'
import { addContact, listContacts, mostContacts, removeContact } from './contact.ts'
import { isId } from './database.ts'
import { listMails } from './mail.ts'
import { readPosted } from './posted.ts'
import type { WithSeller } from './seller-routes.ts'
import { endSessions, listSessions, type SignedIn } from './session.ts'
import type { Shop } from './shop.ts'
import { formToken, isOwnForm } from './visit.ts'
import { changeWayIn, findWayInLink, readWayIn, shortestPassword, useWayInLink } from './way-in.ts'

const tooShort = `A password has ${shortestPassword} characters or more.`
const isAddress = (text: string) =>
  text.length <= 254 &&
  /^[^\s@\p{Cc}\p{Surrogate}]+@[^\s@\p{Cc}\p{Surrogate}]+\.[^\s@\p{Cc}\p{Surrogate}]+$/u.test(text)
const notAddress = 'This is not an e-mail address. It looks like you@example.com.'

/** Adds the routes of the account. */
export function accountRoutes(app: FastifyInstance, shop: Shop, withSeller: WithSeller): void {
  const { db, now, secret, send, sendMissing, sendStale, wake } = shop

  const sendAccount = async (
    request: FastifyRequest,
    reply: FastifyReply,
    seller: SignedIn,
    said: Pick<AccountPage, 'done' | 'wrong'> = {},
  ) => {
    const at = now()
    const [contacts, wayIn, sessions, changes] = await Promise.all([
      listContacts(db, seller.id),
      readWayIn(db, seller.id),
      listSessions(db, seller.id, at),
      latestChanges(db, seller.id),
    ])
    const token = formToken(request, reply, secret)
    const page = {
      seller,
      contacts,
      wayIn: wayIn ?? '',
      sessions,
      changes,
      token,
      now: at,
      ...said,
    }
    return send(request, reply, { title: 'Your account', body: showAccount(page) })
  }

  app.get('/seller/account', (request, reply) =>
    withSeller(request, reply, (seller) => sendAccount(request, reply, seller)),
  )

  app.post('/seller/account/contacts', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      const posted = readPosted(request, ['token', 'address', 'remove'])
      if (!isOwnForm(request, posted.token, secret))
        return sendStale(request, reply, '/seller/account')
      const of = { sellerId: seller.id, by: seller.by }
      if (posted.remove !== '') {
        const isRemoved =
          isId(posted.remove) && (await removeContact(db, { ...of, id: posted.remove }, now()))
        if (!isRemoved) return sendMissing(request, reply)
      } else {
        const address = posted.address.trim()
        const wrong = !isAddress(address)
          ? notAddress
          : (await addContact(db, { ...of, address }, now()))
            ? null
            : `We write to this address already, or to ${mostContacts} others, and that is all we take.`
        if (wrong !== null) return sendAccount(request, reply.status(422), seller, { wrong })
      }
      wake()
      return reply.redirect('/seller/account', 303)
    }),
  )

  app.post('/seller/account/way-in', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      const posted = readPosted(request, ['token', 'address', 'password', 'newPassword'])
      if (!isOwnForm(request, posted.token, secret))
        return sendStale(request, reply, '/seller/account')
      const [address, newPassword] = [posted.address.trim(), posted.newPassword.slice(0, 200)]
      const refuse = (wrong: string) => sendAccount(request, reply.status(422), seller, { wrong })
      if (!isAddress(address)) return refuse(notAddress)
      if (newPassword !== '' && newPassword.length < shortestPassword) return refuse(tooShort)
      const changed = await changeWayIn(
        db,
        {
          sellerId: seller.id,
          sessionId: seller.sessionId,
          by: seller.by,
          password: posted.password.slice(0, 200),
          address,
          newPassword: newPassword === '' ? null : newPassword,
        },
        now(),
      )
      if (changed === 'wrong-password') return refuse('That is not the password you have.')
      if (changed === 'taken') return refuse('Another shop signs in with this address.')
      wake()
      return sendAccount(request, reply, seller, { done: 'It is changed.' })
    }),
  )

  app.post('/seller/account/sessions', (request, reply) =>
    withSeller(request, reply, async (seller) => {
      const posted = readPosted(request, ['token'])
      if (!isOwnForm(request, posted.token, secret))
        return sendStale(request, reply, '/seller/account')
      await endSessions(db, { sellerId: seller.id, except: seller.sessionId }, now())
      return reply.redirect('/seller/account', 303)
    }),
  )

  app.get<{ Params: { link: string } }>('/seller/way-in/:link', async (request, reply) => {
    const { link } = request.params
    const address = await findWayInLink(db, link, now())
    const token = formToken(request, reply, secret)
    return send(request, address === null ? reply.status(404) : reply, {
      title: 'Choose a new password',
      body: showWayInLink(address === null ? null : { address, link, token }),
    })
  })

  app.post<{ Params: { link: string } }>('/seller/way-in/:link', async (request, reply) => {
    const { link } = request.params
    const posted = readPosted(request, ['token', 'password'])
    if (!isOwnForm(request, posted.token, secret))
      return sendStale(request, reply, `/seller/way-in/${encodeURIComponent(link)}`)
    const address = await findWayInLink(db, link, now())
    const password = posted.password.slice(0, 200)
    const title = 'Choose a new password'
    if (address !== null && password.length < shortestPassword)
      return send(request, reply.status(422), {
        title,
        body: showWayInLink({ address, link, token: posted.token, wrong: tooShort }),
      })
    if (address === null || !(await useWayInLink(db, { token: link, password }, now())))
      return send(request, reply.status(404), { title, body: showWayInLink(null) })
    return reply.redirect('/seller/sign-in', 303)
  })

  if (shop.isDemo)
    app.get('/mailbox', async (request, reply) =>
      send(request, reply, { title: 'Mail', body: showMails(await listMails(db), now()) }),
    )
}
