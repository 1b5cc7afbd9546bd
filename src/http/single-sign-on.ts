/** Single sign-on for staff (OpenID Connect, code with PKCE): the issuer says whose address it is, and we say what it opens. */
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as oidc from 'openid-client'
import { z } from 'zod'
import { isLoopbackHost } from './here.ts'
import { readAddress } from '../operations/session.ts'
import { seal, unseal } from '../operations/seal.ts'
import { useToken } from '../operations/used-token.ts'
import type { Issuer } from './config.ts'
import { readCookie } from './cookie.ts'
import type { Door } from './door.ts'
import { refuseRequest } from './problem.ts'
import { ownPath } from './sign-in-page.ts'

/** How long a person may take at the issuer, in milliseconds. */
const awayFor = 10 * 60_000

/** How long ago a person may have signed in at the issuer, in seconds: as long as a session here may lie idle. */
const longestAge = 12 * 60 * 60

/** What waits in the browser, sealed, for the way back. */
const Away = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
  until: z.number(),
})

/** An issuer's word on a person: the address, that it checked it, and when they last proved themselves there. */
const Told = z.object({
  email: z.string().min(3).max(254),
  email_verified: z.literal(true),
  auth_time: z.number().optional(),
  iat: z.number(),
})

/** Adds both ends of the way; they answer as absent where no issuer is named. */
export function serveSingleSignOn(server: FastifyInstance, door: Door): void {
  const { app, config, signIn } = door
  const { issuer } = config
  const isSecure = config.publicUrl.startsWith('https:')
  const cookie = `${isSecure ? '__Host-' : ''}recourse.sso`
  const back = new URL('/sign-in/sso/back', config.publicUrl)
  let discovered: Promise<oidc.Configuration> | null = null

  function issuerNow(known: Issuer): Promise<oidc.Configuration> {
    discovered ??= discover(known).catch((cause: unknown) => {
      // The issuer may be back at the next try.
      discovered = null
      throw cause
    })
    return discovered
  }

  function setAway(reply: FastifyReply, sealed: string | null): void {
    const age = sealed === null ? 0 : awayFor / 1000
    reply.header(
      'set-cookie',
      `${cookie}=${sealed ?? ''}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`,
    )
  }

  function sendBack(reply: FastifyReply, why: string): FastifyReply {
    app.log('a sign-in was refused', {
      way: 'single sign-on',
      refusal: 'single_sign_on_refused',
      why,
    })
    return reply.header('cache-control', 'no-store').redirect('/sign-in?error=sso')
  }

  const route = { config: { command: 'sign-in.singleSignOn' as const } }
  server.get<{ Querystring: { to?: string; again?: string } }>(
    '/sign-in/sso',
    route,
    async (request, reply) => {
      if (issuer === null) refuseRequest('not_found')
      const { to = '/', again } = request.query
      const found = await issuerNow(issuer).catch(() => null)
      if (found === null) return sendBack(reply, 'the issuer cannot be reached')
      const away: z.infer<typeof Away> = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        to: ownPath(String(to)),
        until: Date.now() + awayFor,
      }
      const url = oidc.buildAuthorizationUrl(found, {
        redirect_uri: back.href,
        scope: 'openid email',
        state: away.state,
        nonce: away.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(away.verifier),
        code_challenge_method: 'S256',
        // With a longest age the issuer says when it last asked. Who is to prove themselves anew is asked there, too.
        ...(again === undefined
          ? { max_age: String(longestAge) }
          : { prompt: 'login', max_age: '0' }),
      })
      setAway(reply, await seal(config.secret, 'single sign-on', away))
      return reply.header('cache-control', 'no-store').redirect(url.href)
    },
  )

  server.get('/sign-in/sso/back', route, async (request, reply) => {
    if (issuer === null) refuseRequest('not_found')
    const sealed = readCookie(request.headers.cookie, cookie) ?? ''
    const away = Away.safeParse(await unseal(config.secret, 'single sign-on', sealed))
    setAway(reply, null)
    if (!away.success || away.data.until < Date.now())
      return sendBack(reply, 'nobody in this browser was on the way')
    const { state, until, to } = away.data
    if (!(await useToken(app, 'single-sign-on', { token: state, expiresAt: new Date(until) })))
      return sendBack(reply, 'the answer was shown before')
    const told = await readAnswer(request, away.data)
    if (typeof told === 'string') return sendBack(reply, told)
    const { staff } = await readAddress(app, told.email)
    if (staff === null) return sendBack(reply, 'the address is nobody of staff')
    const cookies = await signIn.open(
      {
        address: staff.email,
        by: 'issuer',
        // A session that the issuer had already is no proof of now.
        provedAt: new Date((told.auth_time ?? 0) * 1000),
      },
      fromNodeHeaders(request.headers),
    )
    if (cookies === null) return sendBack(reply, 'the address opens nothing')
    return reply.header('set-cookie', cookies).header('cache-control', 'no-store').redirect(to, 303)
  })

  /** What the issuer told, checked; or why not, in words without anything secret. */
  async function readAnswer(
    request: FastifyRequest,
    { state, nonce, verifier }: z.infer<typeof Away>,
  ): Promise<z.infer<typeof Told> | string> {
    if (issuer === null) return 'no issuer is named'
    try {
      // As people know our address, whatever stands before us calls it.
      const url = new URL(back)
      url.search = new URL(request.url, back).search
      const tokens = await oidc.authorizationCodeGrant(await issuerNow(issuer), url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      })
      const told = Told.safeParse(tokens.claims())
      return told.success ? told.data : 'the issuer does not vouch for an address'
    } catch (cause) {
      // The library throws whatever does not fit; its code says what, and nothing of the answer itself.
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
      return `the answer does not fit (${code})`
    }
  }
}

function discover({ url, clientId, clientSecret }: Issuer): Promise<oidc.Configuration> {
  const at = new URL(url)
  return oidc.discovery(at, clientId, clientSecret, undefined, {
    timeout: 10,
    // Only to this very machine may secrets go in the clear.
    ...(at.protocol === 'http:' && isLoopbackHost(at.hostname)
      ? { execute: [oidc.allowInsecureRequests] }
      : {}),
  })
}
