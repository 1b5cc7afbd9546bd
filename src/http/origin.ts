/** The origin of a change: what a cookie allows, only our own pages may ask for. */
import type { FastifyRequest } from 'fastify'
import { refuseRequest } from './problem.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses a change that a cookie vouches for and that does not come from our own pages. */
export function refuseForeign(request: FastifyRequest, publicUrl: string): void {
  if (reading.has(request.method)) return
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  const isOwn =
    origin === undefined
      ? site === 'same-origin'
      : origin === new URL(publicUrl).origin || isHostOf(origin, host)
  if (!isOwn) {
    refuseRequest(
      'not_allowed',
      'A change made with a signed-in browser must come from our own pages (its Origin header says where from).',
    )
  }
}

/** A page that we served under another name of this machine is ours as well. */
function isHostOf(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host
}
