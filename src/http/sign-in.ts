/** Sign-in is by e-mail link: better-auth keeps the sessions, and an address opens only what it is known for today. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { magicLink } from 'better-auth/plugins'
import { PostgresDialect } from 'kysely'
import pg from 'pg'
import type { HttpConfig } from './config.ts'

/** Where better-auth keeps its tables, apart from ours. */
const schema = 'auth'

/** How long a link in a sign-in mail can be used, in seconds; it works once. */
const linkSeconds = 15 * 60

export interface SignIn {
  /** Answers a request under `/api/auth/`. */
  handle(request: Request): Promise<Response>
  /** The address of the session that a request carries, with the cookies that keep it alive, or null. */
  sessionOf(headers: Headers): Promise<{ address: string; setCookies: string[] } | null>
  /** An address that signs this person in once, without mail. Only the demo may use it. */
  makeSignInUrl(email: string, callbackURL: string): Promise<string>
  close(): Promise<void>
}

export interface SignInParts {
  config: Pick<HttpConfig, 'publicUrl' | 'secret' | 'databaseUrl' | 'signInMail'>
  /** Whether an address is somebody of staff or a contact of a seller now. */
  isKnown: (address: string) => Promise<boolean>
  log: (message: string, detail?: Record<string, unknown>) => void
}

/** Opens sign-in on a pool of its own, under the same role as everything else. */
export function openSignIn({ config, isKnown, log }: SignInParts): SignIn {
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
      return
    }
    if (!(await isKnown(email))) return
    const url = new URL('/sign-in/open', config.publicUrl)
    url.searchParams.set('token', token)
    url.searchParams.set('to', new URL(asked).searchParams.get('callbackURL') ?? '/')
    // Not awaited: how long a mail takes must not tell a known address from an unknown one.
    config
      .signInMail({ address: email, url: url.toString() })
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
    onAPIError: { errorURL: '/sign-in' },
    session: { expiresIn: 7 * 24 * 60 * 60, updateAge: 24 * 60 * 60 },
    advanced: {
      cookiePrefix: 'recourse',
      useSecureCookies: config.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { disableIpTracking: true },
    },
    databaseHooks: {
      // The last door before a user row: an address nobody knows never becomes somebody.
      user: { create: { before: async (user) => (await isKnown(user.email)) && { data: user } } },
    },
    plugins: [magicLink({ expiresIn: linkSeconds, storeToken: 'hashed', sendMagicLink: send })],
  })

  return {
    handle: (request) => auth.handler(request),
    async sessionOf(headers) {
      if (!headers.get('cookie')?.includes('recourse.')) return null
      const { response, headers: answered } = await auth.api.getSession({
        headers,
        returnHeaders: true,
      })
      return response && { address: response.user.email, setCookies: answered.getSetCookie() }
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
