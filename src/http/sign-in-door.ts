/** The door of sign-in by mail: requests are counted and answered in the same time, the rest is better-auth's. */
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { jsonOf } from './body.ts'
import type { Door } from './door.ts'
import { refuseRequest } from './problem.ts'
import { wait } from './slow-lane.ts'

/** No request for a link is answered sooner: what a known address takes more than an unknown one must not show. */
const answeredAfter = 150

/** What of better-auth is open here; whatever else it can do comes with its own change. */
const open = new Set([
  'POST /api/auth/sign-in/magic-link',
  'GET /api/auth/magic-link/verify',
  'POST /api/auth/sign-out',
  'GET /api/auth/get-session',
])

const Asked = z.object({ email: z.email().max(254) })

/** Adds it. */
export function serveSession(server: FastifyInstance, door: Door): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    config: { command: 'sign-in.ask' },
    async handler(request, reply) {
      const path = request.url.split('?')[0] ?? ''
      if (!open.has(`${request.method} ${path}`)) refuseRequest('not_found')
      request.routeName = `sign-in ${path.slice('/api/auth/'.length)}`
      const isAsking = path.endsWith('/sign-in/magic-link')
      const pace = wait(isAsking ? answeredAfter : 0)
      if (isAsking) countMail(door, request)
      const response = await door.signIn.handle(standardRequest(door, request))
      await pace
      reply.code(response.status)
      for (const [name, value] of response.headers)
        if (name !== 'set-cookie') reply.header(name, value)
      const cookies = response.headers.getSetCookie()
      if (cookies.length > 0) reply.header('set-cookie', cookies)
      return reply
        .header('cache-control', 'no-store')
        .send(Buffer.from(await response.arrayBuffer()))
    },
  })
}

/** Few mails to one address, not many from one place; who is over it is told so, known or not. */
function countMail({ limits }: Door, request: FastifyRequest): void {
  const asked = Asked.safeParse(jsonOf(request)?.value)
  if (!asked.success)
    refuseRequest('invalid_request', undefined, [{ path: 'email', message: 'an e-mail address' }])
  sendableLink({ limits }, { address: asked.data.email, ip: request.ip })
}

/** Counts one more mail to an address, asked for from a place; ends the request when it is one too many. */
export function sendableLink(
  { limits }: Pick<Door, 'limits'>,
  { address, ip }: { address: string; ip: string },
): void {
  // The real time: a demo's clock that was moved forgives nobody.
  const now = new Date()
  const isFree =
    limits.mailFromIp.take(ip, now) && limits.mailToAddress.take(address.toLowerCase(), now)
  if (!isFree) refuseRequest('rate_limited')
}

function standardRequest({ config }: Door, request: FastifyRequest): Request {
  const headers = fromNodeHeaders(request.headers)
  headers.delete('content-length')
  headers.delete('content-encoding')
  const json = jsonOf(request)
  return new Request(new URL(request.url, config.publicUrl), {
    method: request.method,
    headers,
    ...(json ? { body: new Uint8Array(json.bytes) } : {}),
  })
}
