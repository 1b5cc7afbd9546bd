/** Sign-in keeps sessions with better-auth; a session belongs to an address, which opens only what it is known for today. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { getMigrations } from 'better-auth/db/migration'
import { magicLink } from 'better-auth/plugins'
import { PostgresDialect } from 'kysely'
import pg from 'pg'
import { z } from 'zod'
import { proofKinds, type Proof, type ProofKind } from '../core/factor.ts'
import type { LinkUse } from '../operations/session.ts'
import type { HttpConfig } from './config.ts'

/** Where better-auth keeps its tables, apart from ours. */
const schema = 'auth'

/** How long a link in a sign-in mail can be used, in seconds; it works once. */
const linkSeconds = 15 * 60

/** How long a session lasts that nobody uses, in seconds; for staff it is shorter, see `keep`. */
const sessionSeconds = 7 * 24 * 60 * 60

/** How exactly the last use of a session is known, in milliseconds: written down no more often than this. */
const seenEvery = 10 * 60_000

/** One session, as we reason about it. All times are the real ones. */
export interface Session {
  id: string
  token: string
  address: string
  openedAt: Date
  seenAt: Date
  openedBy: ProofKind
  /** How the person last proved who they are. */
  proof: Proof | null
  /** The one seller that it may act for; null for every one of the address. */
  sellerId: string | null
  /** Whether it still waits for the code of an app, and opens nothing until then. */
  awaitsCode: boolean
  /** What the browser says it is. */
  agent: string
}

export interface NewSession {
  address: string
  by: ProofKind
  provedAt?: Date
  sellerId?: string
}

export interface SignIn {
  /** Answers a request under `/api/auth/`. */
  handle(request: Request): Promise<Response>
  /** The session that a request carries, or null. */
  sessionOf(headers: Headers): Promise<Session | null>
  /** Notes that a session was used; the cookies that keep it alive, or null when it lay idle for too long and is ended. */
  keep(session: Session, idleFor: number): Promise<string[] | null>
  /** Opens a session in the browser of a request and ends the one before; answers its cookies, or null for an address nobody knows. */
  open(session: NewSession, headers: Headers): Promise<string[] | null>
  /** Notes that the person of a session proved anew who they are. */
  prove(session: Session, by: ProofKind): Promise<void>
  /** Where an address is signed in now, the last used first. */
  sessionsOf(address: string): Promise<Session[]>
  /** Ends a session: its next request is nobody's. */
  end(session: Pick<Session, 'token'>): Promise<void>
  /** Sends a link to a mailbox, if links open anything for it. */
  sendLink(address: string, callbackURL: string): Promise<void>
  /** An address that signs this person in once, without mail. Only the demo may use it. */
  makeSignInUrl(email: string, callbackURL: string): Promise<string>
  close(): Promise<void>
}

export interface SignInParts {
  config: Pick<HttpConfig, 'publicUrl' | 'secret' | 'databaseUrl' | 'signInMail'>
  /** Whether an address is somebody of staff or a contact of a seller now. */
  isKnown: (address: string) => Promise<boolean>
  /** What a link to a mailbox does now. */
  linkUse: (address: string) => Promise<LinkUse>
  /** Whether a link is only the first of two steps for an address. */
  hasSecondStep: (address: string) => Promise<boolean>
  /** Hears of every session that opens something. */
  onSignedIn: (address: string) => Promise<void>
  log: (message: string, detail?: Record<string, unknown>) => void
}

const Opening = z.object({
  address: z.string(),
  by: z.enum(proofKinds),
  provedAt: z.date(),
  sellerId: z.string().nullable(),
})

/** Sessions are also opened without a link; only our own server can ask for it. */
const ownEndpoints = {
  openSession: createAuthEndpoint.serverOnly(
    { method: 'POST', body: Opening, requireHeaders: true },
    async (ctx) => {
      const { address, by, provedAt, sellerId } = ctx.body
      const { internalAdapter } = ctx.context
      const user = (await internalAdapter.findUserByEmail(address))?.user
      if (!user) return ctx.json({ isOpen: false })
      const fields = { openedBy: by, provedBy: by, provedAt, sellerId, awaitsCode: false }
      const session = await internalAdapter.createSession(user.id, false, fields, true)
      await setSessionCookie(ctx, { session, user })
      return ctx.json({ isOpen: true })
    },
  ),
  keepSession: createAuthEndpoint.serverOnly(
    { method: 'POST', body: z.object({ token: z.string() }), requireHeaders: true },
    async (ctx) => {
      const { internalAdapter } = ctx.context
      const now = new Date()
      const kept = await internalAdapter.updateSession(ctx.body.token, {
        updatedAt: now,
        expiresAt: new Date(now.getTime() + sessionSeconds * 1000),
      })
      const found = kept && (await internalAdapter.findSession(ctx.body.token))
      // It was ended meanwhile.
      if (!found) return ctx.json({ isKept: false })
      await setSessionCookie(ctx, found)
      return ctx.json({ isKept: true })
    },
  ),
}

/** Opens sign-in on a pool of its own, under the same role as everything else. */
export function openSignIn({
  config,
  isKnown,
  linkUse,
  hasSecondStep,
  onSignedIn,
  log,
}: SignInParts): SignIn {
  const pool = new pg.Pool({
    connectionString: config.databaseUrl,
    max: 5,
    options: '-c role=recourse_app -c timezone=UTC',
    application_name: 'recourse sign-in',
  })
  // An idle connection that breaks is replaced by the pool; a query that breaks still throws at its caller.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const quiet = new AsyncLocalStorage<{ token: string | null }>()
  const isSecure = config.publicUrl.startsWith('https:')

  /** Makes the row that sessions hang on, before there can be one: of two links opened at once neither makes it then. */
  async function keepUser(email: string, { isKnown }: { isKnown: boolean }): Promise<void> {
    // Also asked for an unknown address, and then for nothing: both wait for one answer of the database.
    await pool.query(
      `insert into ${schema}."user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
       select $1, '', $2, true, now(), now() where $3::boolean
       on conflict (email) do nothing`,
      [randomUUID(), email.toLowerCase(), isKnown],
    )
  }

  async function send({
    email,
    token,
    url: asked,
  }: {
    email: string
    token: string
    url: string
  }): Promise<void> {
    const held = quiet.getStore()
    if (held) {
      held.token = token
      await keepUser(email, { isKnown: await isKnown(email) })
      return
    }
    const use = await linkUse(email)
    await keepUser(email, { isKnown: use !== 'nothing' })
    if (use === 'nothing') return
    const url = new URL(use === 'opens' ? '/sign-in/open' : '/sign-in', config.publicUrl)
    if (use === 'opens') {
      url.searchParams.set('token', token)
      url.searchParams.set('to', new URL(asked).searchParams.get('callbackURL') ?? '/')
    }
    // Not awaited: how long a mail takes must not tell a known address from an unknown one.
    config
      .signInMail({ address: email, url: url.toString(), opens: use === 'opens' })
      .catch((cause: unknown) => log('a sign-in mail was not sent', { cause }))
  }

  const auth = betterAuth({
    ...tables(pool),
    appName: 'Recourse',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret: config.secret,
    trustedOrigins: [new URL(config.publicUrl).origin],
    // Limits of our own stand before this door, and count by address as well.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    onAPIError: {
      errorURL: '/sign-in',
      // Its own way of saying what broke quotes rows, and so addresses.
      onError: (error) =>
        log('sign-in broke', { error: error instanceof Error ? error.name : 'unknown' }),
    },
    session: {
      expiresIn: sessionSeconds,
      // How long one may lie idle depends on whose it is, so `keep` sees to it.
      disableSessionRefresh: true,
      additionalFields: sessionFields,
    },
    advanced: {
      cookiePrefix: 'recourse',
      // The prefix `__Host-` says more than its own `__Secure-`: no subdomain can set it either.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' },
      ...(isSecure
        ? {
            cookies: {
              session_token: { name: '__Host-recourse.session_token' },
              session_data: { name: '__Host-recourse.session_data' },
              dont_remember: { name: '__Host-recourse.dont_remember' },
            },
          }
        : {}),
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { disableIpTracking: true },
    },
    databaseHooks: {
      // Only `keepUser` makes a user, of an address that somebody knows.
      user: { create: { before: () => Promise.resolve(false) } },
      session: {
        create: {
          before: async (session, context) => {
            // What we open ourselves says already how it was opened.
            if (context?.path !== '/magic-link/verify') return { data: session }
            const user = await context.context.internalAdapter.findUserById(session.userId)
            // Links may have been shut between its mail and its use; in a demo's own click nobody asked for a mail.
            if (!user || (await linkUse(user.email)) !== 'opens') return false
            const awaitsCode = await hasSecondStep(user.email)
            const by = { openedBy: 'link', provedBy: 'link', provedAt: new Date() }
            return { data: { ...session, ...by, sellerId: null, awaitsCode } }
          },
          after: async (session, context) => {
            if (session['awaitsCode'] === true) return
            const user = await context?.context.internalAdapter.findUserById(session.userId)
            if (user) await onSignedIn(user.email)
          },
        },
      },
    },
    plugins: [
      magicLink({
        expiresIn: linkSeconds,
        storeToken: 'hashed',
        sendMagicLink: send,
        disableSignUp: true,
      }),
      { id: 'recourse', endpoints: ownEndpoints },
    ],
  })

  const self: SignIn = {
    async handle(request) {
      const isOpening = new URL(request.url).pathname.endsWith('/magic-link/verify')
      const before = isOpening ? await self.sessionOf(request.headers) : null
      const response = await auth.handler(request)
      // One browser has one session: the one before is not left lying about.
      if (before && response.headers.getSetCookie().length > 0) await self.end(before)
      return response
    },
    async sessionOf(headers) {
      if (!headers.get('cookie')?.includes('recourse.session_token=')) return null
      const found = await auth.api.getSession({ headers })
      return found && sessionFrom(found.session, found.user.email)
    },
    async keep(session, idleFor) {
      const idle = Date.now() - session.seenAt.getTime()
      if (idle > idleFor) {
        await self.end(session)
        return null
      }
      if (idle < seenEvery) return []
      const { response, headers } = await auth.api.keepSession({
        body: { token: session.token },
        headers: new Headers(),
        returnHeaders: true,
      })
      return response.isKept ? headers.getSetCookie() : null
    },
    async open({ address, by, provedAt = new Date(), sellerId = null }, headers) {
      if (!(await isKnown(address))) return null
      await keepUser(address, { isKnown: true })
      const before = await self.sessionOf(headers)
      const { response, headers: answered } = await auth.api.openSession({
        body: { address: address.toLowerCase(), by, provedAt, sellerId },
        headers,
        returnHeaders: true,
      })
      if (!response.isOpen) return null
      if (before) await self.end(before)
      return answered.getSetCookie()
    },
    async prove({ token }, by) {
      const { internalAdapter } = await auth.$context
      await internalAdapter.updateSession(token, { provedBy: by, provedAt: new Date() })
    },
    async sessionsOf(address) {
      const { internalAdapter } = await auth.$context
      const known = await internalAdapter.findUserByEmail(address)
      if (!known) return []
      const sessions = await internalAdapter.listSessions(known.user.id, {
        onlyActiveSessions: true,
      })
      return sessions
        .map((session) => sessionFrom(session, address))
        .filter(({ awaitsCode }) => !awaitsCode)
        .sort((a, b) => b.seenAt.getTime() - a.seenAt.getTime())
    },
    async end({ token }) {
      const { internalAdapter } = await auth.$context
      await internalAdapter.deleteSession(token)
    },
    async sendLink(email, callbackURL) {
      await auth.api.signInMagicLink({ body: { email, callbackURL }, headers: new Headers() })
    },
    async makeSignInUrl(email, callbackURL) {
      const held: { token: string | null } = { token: null }
      await quiet.run(held, () =>
        auth.api.signInMagicLink({ body: { email }, headers: new Headers() }),
      )
      if (held.token === null) throw new Error('make a demo sign-in: no token came')
      const url = new URL('/api/auth/magic-link/verify', config.publicUrl)
      url.searchParams.set('token', held.token)
      url.searchParams.set('callbackURL', callbackURL)
      return url.toString()
    },
    close: () => pool.end(),
  }
  return self
}

/** What we keep of a session beside what better-auth does. */
const sessionFields = {
  openedBy: { type: 'string', required: false, input: false },
  provedBy: { type: 'string', required: false, input: false },
  provedAt: { type: 'date', required: false, input: false },
  sellerId: { type: 'string', required: false, input: false },
  awaitsCode: { type: 'boolean', required: false, input: false },
} as const

/** A row of better-auth's; sessions of before these fields were opened by a link. */
const SessionRow = z.object({
  id: z.string(),
  token: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
  userAgent: z.string().nullish(),
  openedBy: z.enum(proofKinds).nullish().catch(null),
  provedBy: z.enum(proofKinds).nullish().catch(null),
  provedAt: z.date().nullish(),
  sellerId: z.string().nullish(),
  awaitsCode: z.boolean().nullish(),
})

function sessionFrom(row: unknown, address: string): Session {
  const { id, token, createdAt, updatedAt, userAgent, openedBy, provedBy, provedAt, ...rest } =
    SessionRow.parse(row)
  return {
    id,
    token,
    address: address.toLowerCase(),
    openedAt: createdAt,
    seenAt: updatedAt,
    openedBy: openedBy ?? 'link',
    proof: provedBy && provedAt ? { kind: provedBy, at: provedAt } : null,
    sellerId: rest.sellerId ?? null,
    awaitsCode: rest.awaitsCode === true,
    agent: userAgent ?? '',
  }
}

/** Brings better-auth's tables up to date as the database's owner, and lets the server's role use them. */
export async function migrateAuth(ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({
    connectionString: ownerUrl,
    max: 2,
    application_name: 'recourse migrate sign-in',
  })
  pool.on('connect', (client) => client.on('error', () => undefined))
  const lock = await pool.connect()
  try {
    // Two starts at once wait for each other: better-auth's own migrations do not.
    await lock.query('select pg_advisory_lock(4871)')
    const plan = await getMigrations({
      ...tables(pool),
      session: { additionalFields: sessionFields },
      plugins: [magicLink({ sendMagicLink: () => undefined })],
    })
    await plan.runMigrations()
    await lock.query(`grant usage on schema ${schema} to recourse_app`)
    await lock.query(
      `grant select, insert, update, delete on all tables in schema ${schema} to recourse_app`,
    )
  } finally {
    lock.release(true)
    await pool.end()
  }
}

function tables(pool: pg.Pool) {
  return {
    database: {
      dialect: new PostgresDialect({ pool }),
      type: 'postgres',
      schemaName: schema,
      transaction: true,
    },
  } satisfies BetterAuthOptions
}
