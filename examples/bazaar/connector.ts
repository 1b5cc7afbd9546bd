/** The connector is where Recourse tells the bazaar the state owed to a subject, and asks what is so. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Webhook } from 'standardwebhooks'
import {
  abilities,
  endAllSessions,
  resetAccess,
  revertChanges,
  tellChanges,
  type Answered,
} from './ability.ts'
import { isId, type Database } from './database.ts'
import { kinds, readTold, Unreadable } from './state.ts'
import { readSubject, takeState } from './subject.ts'

interface ConnectorOptions {
  db: Database
  now: () => Date
  /** The Standard Webhooks secret shared with Recourse, or null where none was given: then nobody is let in. */
  webhook: Webhook | null
  /** The address of the shop, for links in mail. */
  shopUrl: string
}

interface AccountRoute {
  Params: { id: string }
  Querystring: { since?: string }
}

type AccountRequest = Parameters<typeof endAllSessions>[0] & { raw: string; since: string }

type Subject = { Params: { kind: string; id: string } }

/** What goes wrong, as Recourse reads it (RFC 9457). */
export function sendProblem(reply: FastifyReply, status: number, title: string, detail: string) {
  return reply
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail }))
}

/** The connector's routes; register them under the address that Recourse is given. */
export function connectorRoutes(
  app: FastifyInstance,
  { db, now, webhook, shopUrl }: ConnectorOptions,
): void {
  // The signature is over the bytes, so they are kept as they came.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })

  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error)
    if (status < 500) return sendProblem(reply, status, 'Cannot be read', sentenceOf(error))
    console.error(`bazaar: ${request.method} ${request.url}`, error)
    return sendProblem(
      reply,
      status,
      'Not done',
      'The bazaar could not do this. Ask again in a moment.',
    )
  })
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(
      reply,
      404,
      'Not found',
      'The connector has /abilities, and /subjects/{listing|account|payouts}/{id} to PUT and GET.',
    ),
  )

  app.addHook('preHandler', (request, reply, done) => {
    if (webhook === null) {
      void sendProblem(
        reply,
        503,
        'No secret',
        'The bazaar was started without RECOURSE_CONNECTOR_SECRET.',
      )
      return
    }
    const wrong = findForgery(webhook, request)
    if (wrong === null) done()
    else
      void sendProblem(
        reply,
        401,
        'Not signed',
        `${wrong} Requests are signed as Standard Webhooks.`,
      )
  })

  app.get('/abilities', () => ({ abilities }))

  const ofAccount = (
    verb: string,
    answer: (asked: AccountRequest) => Promise<Answered>,
    method: 'GET' | 'POST' = 'POST',
  ) =>
    app.route<AccountRoute>({
      method,
      url: `/subjects/account/:id/${verb}`,
      handler: async (request, reply) => {
        const { id: sellerId } = request.params
        if (!isId(sellerId)) return sendProblem(reply, 400, 'Cannot be read', notAnId)
        // The signature covers id and body and not the address, so the same id counts once for each verb and seller.
        const id = `${verb} ${sellerId} ${String(request.headers['webhook-id'])}`
        const { since = '' } = request.query
        const asked = { db, id, sellerId, now: now(), raw: bodyOf(request), since }
        const { status, body } = await answer(asked)
        if (status >= 400) return sendProblem(reply, status, ...readRefusal(body))
        return body === null ? reply.status(status).send() : reply.status(status).send(body)
      },
    })
  ofAccount('end-sessions', endAllSessions)
  ofAccount('reset-access', (asked) => resetAccess(asked, { raw: asked.raw, shopUrl }))
  ofAccount('changes', (asked) => tellChanges(asked, asked.since), 'GET')
  ofAccount('revert', (asked) => revertChanges(asked, asked.raw))

  app.get<Subject>('/subjects/:kind/:id', (request, reply) => {
    const subject = readAddress(request.params)
    if (typeof subject === 'string') return sendProblem(reply, 400, 'Cannot be read', subject)
    return readSubject(db, subject)
  })

  app.put<Subject>('/subjects/:kind/:id', (request, reply) => {
    const subject = readAddress(request.params)
    if (typeof subject === 'string') return sendProblem(reply, 400, 'Cannot be read', subject)
    return takeState(db, subject, readTold(subject.kind, bodyOf(request)), now())
  })
}

const notAnId = 'An id has 1 to 200 characters, without control characters.'

function readRefusal(body: unknown): [title: string, detail: string] {
  const { title, detail } = { title: 'Not done', detail: '', ...(body as object) } // what an ability refuses says both
  return [title, detail]
}

/** Says what is wrong with a request's signature; null when it is Recourse's. */
function findForgery(webhook: Webhook, request: FastifyRequest): string | null {
  const headers: Record<string, string> = {}
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    const value = request.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  try {
    webhook.verify(bodyOf(request), headers, { jsonParse: false })
    return null
  } catch (error) {
    return `${error instanceof Error ? error.message : 'No signature'}.`
  }
}

const bodyOf = (request: FastifyRequest) =>
  Buffer.isBuffer(request.body) ? request.body.toString('utf8') : ''

/** The subject that an address names, or a sentence on why it names none. */
function readAddress(params: { kind: string; id: string }) {
  const kind = kinds.find((known) => known === params.kind)
  if (kind === undefined) return `A subject is of kind ${kinds.join(', ')}.`
  if (!isId(params.id)) return notAnId
  return { kind, id: params.id }
}

function statusOf(error: unknown): number {
  if (error instanceof Unreadable) return 400
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500
  return typeof status === 'number' && status >= 400 ? status : 500
}

const sentenceOf = (error: unknown) =>
  error instanceof Error ? error.message : 'This request cannot be read.'
