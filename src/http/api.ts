/** The API serves the contract: one way in for every route of it, with problems in place of errors. */
import { StandardOpenAPIHandler } from '@orpc/openapi/standard'
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { contract } from '../contract/contract.ts'
import { Problem } from '../contract/problem.ts'
import { shutAccountPath } from '../contract/shut-account.ts'
import { storyOf } from '../core/thrown.ts'
import { jsonOf } from './body.ts'
import type { Context } from './context.ts'
import { devRoutes } from './dev-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import type { Door } from './door.ts'
import { factRoutes } from './fact-routes.ts'
import { figureRoutes } from './figure-routes.ts'
import { helpRoutes } from './help-routes.ts'
import { refuseOutside } from './here.ts'
import { letterRoutes } from './letter-routes.ts'
import { macroRoutes } from './macro-routes.ts'
import { mailRoutes } from './mail-routes.ts'
import { idempotencyOf } from './once.ts'
import { refuseForeign } from './origin.ts'
import { memberRoutes } from './member-routes.ts'
import { personRoutes } from './person-routes.ts'
import { policyRoutes } from './policy-routes.ts'
import { procedureRoutes } from './procedure-routes.ts'
import {
  isOfDatabase,
  problemFrom,
  problemOrUnexpected,
  refuseRequest,
  sendProblem,
} from './problem.ts'
import { isReadable } from './readable.ts'
import { recoveryRoutes } from './recovery-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { ringRoutes } from './ring-routes.ts'
import { securityRoutes } from './security-routes.ts'
import { sellerRoutes } from './seller-routes.ts'
import { settingsRoutes } from './settings-routes.ts'
import { templateRoutes } from './template-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { shutAccountRoutes } from './shut-account-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'
import { whoAsks, type Asking } from './who.ts'

const routes = {
  session: { ...sessionRoutes, ...shutAccountRoutes },
  security: securityRoutes,
  facts: factRoutes,
  templates: templateRoutes,
  seller: { ...sellerRoutes, ...settingsRoutes },
  members: memberRoutes,
  desk: deskRoutes,
  macros: macroRoutes,
  letters: letterRoutes,
  rings: ringRoutes,
  mail: mailRoutes,
  figures: figureRoutes,
  help: helpRoutes,
  recovery: recoveryRoutes,
  report: reportRoutes,
  policies: policyRoutes,
  dev: devRoutes,
  procedures: procedureRoutes,
  webhooks: webhookRoutes,
  people: personRoutes,
} satisfies Record<keyof typeof contract, unknown>

export interface Api {
  /** Answers a request whose body, if any, is JSON or the form given. */
  answer(request: FastifyRequest, reply: FastifyReply, form?: FormData): Promise<FastifyReply>
  /** Who asks, once it is clear that the request is theirs to make. */
  ask(request: FastifyRequest, reply: FastifyReply): Promise<Asking>
}

/** Opens the API on a door. */
export function openApi(door: Door): Api {
  const handler = new StandardOpenAPIHandler<Context & { request: FastifyRequest }>(routes, {
    customErrorResponseBodyEncoder: problemOrUnexpected,
    clientInterceptors: [
      async (call) => {
        call.context.request.routeName = call.path.join('.')
        return call.next()
      },
    ],
    interceptors: [
      async (call) => {
        try {
          return await call.next()
        } catch (error) {
          const { method } = call.request
          // Where the second wall had to hold, the first has a gap.
          if (problemFrom(error) === null || isOfDatabase(error))
            logBug(door, error, { doing: `${method} ${call.context.request.routeName ?? ''}` })
          throw error
        }
      },
    ],
  })

  async function ask(
    request: FastifyRequest,
    reply: FastifyReply,
    how: { evenShut?: boolean } = {},
  ): Promise<Asking> {
    const asking = await whoAsks(door, request.headers, how)
    if (asking.byCookie) refuseForeign(request, door.config.publicUrl)
    if (asking.setCookies.length > 0) reply.header('set-cookie', asking.setCookies)
    return asking
  }

  return {
    ask,
    async answer(request, reply, form) {
      const url = addressOf(request)
      // Before anything of it is read: to others these routes do not exist.
      if (url.pathname.startsWith('/v1/dev/')) refuseOutside(door, request)
      // The one route that tells who is signed in what keeps their account shut.
      const evenShut = url.pathname === shutAccountPath
      const { who, address, session, others, isChosen } = await ask(request, reply, { evenShut })
      const json = jsonOf(request)
      const { matched, response } = await handler.handle(
        {
          // A HEAD is answered like its GET; the server leaves the body out.
          method: request.method === 'HEAD' ? 'GET' : request.method,
          url,
          headers: request.headers,
          body: () => Promise.resolve(form ?? json?.value),
          signal: undefined,
        },
        {
          context: {
            door,
            who,
            address,
            session,
            others,
            isChosen,
            ip: request.ip,
            header: (name) => {
              const value = request.headers[name]
              return typeof value === 'string' ? value : null
            },
            headers: fromNodeHeaders(request.headers),
            setCookies: (cookies) => void reply.header('set-cookie', cookies),
            idempotency: idempotencyOf(request, who, json?.bytes ?? null),
            request,
          },
        },
      )
      if (!matched)
        return refuseRequest('not_found', 'There is no such route. /docs lists them all.')
      const problem = response.status >= 400 ? Problem.parse(response.body) : null
      if (problem) return sendProblem(reply, problem)
      return reply
        .code(response.status)
        .header('cache-control', 'no-store')
        .type('application/json')
        .send(JSON.stringify(response.body))
    },
  }
}

/** Says what broke to the people who run the server: what was being done, and the error; not what was sent. */
export function logBug(door: Door, error: unknown, detail: { doing: string }): void {
  door.app.log('a request broke', { ...detail, error: storyOf(error) })
}

/** The address asked for; refused when a part of it is no text. */
function addressOf(request: FastifyRequest): URL {
  const url = new URL(request.url, 'http://recourse.invalid')
  const parts = [url.pathname, ...url.searchParams.keys(), ...url.searchParams.values()]
  const isText = parts.every((part) => isReadable(decoded(part)))
  if (!isText)
    refuseRequest('invalid_request', 'The address holds a character that no text can hold.')
  return url
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // A lone % stands for itself.
    return part
  }
}
