/** The shop is the bazaar's web server: pages for customers and sellers, and the connector for Recourse. */
import { createHash } from 'node:crypto'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Webhook } from 'standardwebhooks'
import { connectorRoutes, sendProblem } from './connector.ts'
import type { Database } from './database.ts'
import type { HandOvers } from './hand-over.ts'
import { layOut, showSentence, type Page } from './layout.ts'
import { orderRoutes } from './order-routes.ts'
import type { PayoutChecks } from './payout-check.ts'
import { sellerRoutes } from './seller-routes.ts'
import { shopRoutes } from './shop-routes.ts'
import { staffRoutes } from './staff-routes.ts'
import { css } from './style.ts'
import { readBasket } from './visit.ts'

export interface ShopOptions {
  db: Database
  now: () => Date
  /** Signs the tokens of the forms. */
  secret: string
  /** Where sellers find Recourse, or null where the shop runs without it. */
  recourseUrl: string | null
  connectorSecret: string | null
  /** How signed-in sellers are taken to Recourse, or null where they go there by themselves. */
  handOvers: HandOvers | null
  /** Where the shop reads whose old bank account is to be asked; null where it runs without Recourse. */
  payoutChecks: PayoutChecks | null
  /** What the people of the shop sign in with; null where they have no pages. */
  staffPassword: string | null
  isDemo: boolean
  /** The address of this shop, for links in mail. */
  shopUrl: string
  /** Says that a fact was written down. */
  wake: () => void
}

type Sent = Omit<Page, 'basketCount'>

/** What the routes of the pages are given. */
export interface Shop extends ShopOptions {
  send: (request: FastifyRequest, reply: FastifyReply, page: Sent) => FastifyReply
  sendMissing: (request: FastifyRequest, reply: FastifyReply) => FastifyReply
  /** For a form that this browser was not given, or was given too long ago. */
  sendStale: (request: FastifyRequest, reply: FastifyReply, href: string) => FastifyReply
}

const connectorPath = '/connector'
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
const styleTag = `"${createHash('sha256').update(css).digest('base64url').slice(0, 16)}"`

/** Builds the server; the caller listens and closes it. */
export function openShop(options: ShopOptions): FastifyInstance {
  const app = fastify({
    // A listing form takes its texts, a state its list of decisions; nothing here is larger.
    bodyLimit: 256 * 1024,
    routerOptions: { maxParamLength: 2_000 },
    forceCloseConnections: true,
    frameworkErrors: (_error, request, reply) => {
      sendUnreadable(request, reply)
    },
  })

  const send: Shop['send'] = (request, reply, page) => {
    const basketCount = [...readBasket(request).values()].reduce((sum, count) => sum + count, 0)
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(layOut({ ...page, basketCount }))
  }
  const sendSentence = (
    request: FastifyRequest,
    reply: FastifyReply,
    say: { heading: string; words: string; way?: { href: string; words: string } },
  ) =>
    send(request, reply, {
      title: say.heading,
      body: showSentence({ way: { href: '/', words: 'Look at the shelves' }, ...say }),
    })
  const sendUnreadable = (request: FastifyRequest, reply: FastifyReply) => {
    const heading = 'This address cannot be read'
    if (isConnector(request)) void sendProblem(reply, 400, 'Cannot be read', `${heading}.`)
    else
      void sendSentence(request, reply.status(400), {
        heading,
        words: 'A part of it may be missing.',
      })
  }
  const shop: Shop = {
    ...options,
    send,
    sendMissing: (request, reply) =>
      sendSentence(request, reply.status(404), {
        heading: 'There is nothing at this address',
        words: 'It may have been moved, or a letter of it is missing.',
      }),
    sendStale: (request, reply, href) =>
      sendSentence(request, reply.status(403), {
        heading: 'This page stood open too long',
        words:
          'Nothing was changed. Open it again, and then it goes through. The shop needs its cookie for that.',
        way: { href, words: 'Open it again' },
      }),
  }

  app.addHook('onSend', async (_request, reply) => {
    void reply.headers({
      // A page that may do something else says so itself.
      ...(reply.hasHeader('content-security-policy') ? {} : { 'content-security-policy': policy }),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    })
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, new URLSearchParams(String(body)))
    },
  )
  app.setNotFoundHandler(shop.sendMissing)
  app.setErrorHandler((error, request, reply) => {
    const status =
      error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
        ? error.statusCode
        : 500
    if (status < 500)
      return sendSentence(request, reply.status(status), {
        heading: status === 413 ? 'This is larger than we take' : 'We could not read this',
        words: 'Nothing was changed. Go back, and what you typed should still be there.',
      })
    console.error(`bazaar: ${request.method} ${request.url}`, error)
    return sendSentence(request, reply.status(500), {
      heading: 'Something broke on our side',
      words: 'Nothing was changed. Please try again in a moment.',
    })
  })

  app.get('/style.css', (request, reply) => {
    void reply.headers({ etag: styleTag, 'cache-control': 'no-cache' })
    if (request.headers['if-none-match'] === styleTag) return reply.status(304).send()
    return reply.type('text/css; charset=utf-8').send(css)
  })
  shopRoutes(app, shop)
  orderRoutes(app, shop)
  sellerRoutes(app, shop)
  staffRoutes(app, shop)
  const webhook = options.connectorSecret === null ? null : new Webhook(options.connectorSecret)
  void app.register(
    (connector, _options, done) => {
      connectorRoutes(connector, { ...options, webhook })
      done()
    },
    { prefix: connectorPath },
  )
  return app
}

const isConnector = (request: FastifyRequest) => request.url.startsWith(`${connectorPath}/`)
