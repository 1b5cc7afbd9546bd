/** A world behind a real socket: the HTTP server on a port of its own, with clients for each kind of reader. */
import pg from 'pg'
import { createClient, type Client } from '../src/contract/client.ts'
import { migrateAuth, startServer, type HttpConfig } from '../src/http/server.ts'
import { makeMarketplaceKey } from '../src/operations/key.ts'
import { linkAddress } from '../src/operations/link.ts'
import { openScreeningThreads } from '../src/operations/screening-stream.ts'
import { freePort } from './free-port.ts'
import { world } from './world.ts'

export const secret = 'a secret for tests of thirty-two characters'

/** Opens a world and serves it; `await using` closes both. */
export async function served(
  changes: Partial<HttpConfig> = {},
  {
    host = '127.0.0.1',
  }: { /** `localhost` where passkeys are wanted: they are bound to a name. */ host?: string } = {},
) {
  const inner = await world({ besides: { name: 'sign-in', prepare: migrateAuth } })
  const port = await freePort()
  const url = `http://${host}:${port}`
  const mails: { address: string; url: string; opens: boolean }[] = []
  const logged: { message: string; detail: Record<string, unknown> | undefined }[] = []
  const app = {
    ...inner.app,
    log: (message: string, detail?: Record<string, unknown>) =>
      void logged.push({ message, detail }),
  }
  const screening = openScreeningThreads(app, { workers: 2, jurisdiction: 'eu' })
  const config: HttpConfig = {
    host: '127.0.0.1',
    port,
    publicUrl: url,
    filesUrl: `http://files.localhost:${port}`,
    reach: { thisMachine: true, ports: [] },
    secret,
    databaseUrl: inner.url,
    webDir: '/nowhere',
    production: false,
    jurisdiction: 'eu',
    screening,
    demo: false,
    demoKey: '',
    demoPeople: [],
    sight: () => ({ overdue: { clocks: 0, since: null, first: [] }, secondsAgo: 0 }),
    timeMachine: null,
    signInMail: async (mail) => void mails.push(mail),
    mail: {
      setting: { domain: 'shop.example', secret, host: '127.0.0.1' },
      onKept: () => undefined,
    },
    staffLinks: 'first',
    issuer: null,
    handOverSecret: null,
    ...changes,
  }
  const server = await startServer(app, config)
  const key = await makeMarketplaceKey(app, 'tests')
  const self = {
    ...inner,
    app,
    /** What the server was told when it opened. */
    config,
    url,
    databaseUrl: inner.url,
    mails,
    /** What the server said about what broke; a test of bad input expects nothing here. */
    logged,
    key,
    clientWith: (headers: Record<string, string>): Client =>
      createClient({ url, headers: () => headers }),
    marketplace: createClient({ url, headers: () => ({ authorization: `Bearer ${key}` }) }),
    nobody: createClient({ url }),
    /** A statement as the database's owner, for what only time or an administrator does. */
    async owner(statement: string, values: unknown[] = []): Promise<void> {
      const client = new pg.Client({ connectionString: inner.url })
      await client.connect()
      await client.query(statement, values).finally(() => client.end())
    },
    /** The token of a link to a matter. */
    linkTo: (
      matter: { sellerId: string; decisionId?: string; caseId?: string },
      now = app.now(),
    ) => {
      const { sellerId, decisionId = null, caseId = null } = matter
      const address = linkAddress({ sellerId, decisionId, caseId }, { publicUrl: url, secret, now })
      return address.slice(`${url}/link/`.length)
    },
    /** Signs an address in by the mail it gets, and answers the headers of its browser. */
    async signIn(email: string): Promise<{ cookie: string; origin: string }> {
      const asked = await fetch(`${url}/api/auth/sign-in/magic-link`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({ email, callbackURL: '/' }),
      })
      if (!asked.ok)
        throw new Error(`ask for a sign-in mail: ${asked.status} ${await asked.text()}`)
      const mail = mails.findLast(({ address }) => address === email)
      if (!mail) throw new Error(`no sign-in mail came for ${email}`)
      return self.openMail(mail)
    },
    /** Opens the link of a sign-in mail in a browser of its own, or in one that has cookies. */
    async openMail(mail: { url: string }, headers: Record<string, string> = {}) {
      const token = new URL(mail.url).searchParams.get('token') ?? ''
      const answer = await fetch(`${url}/api/auth/magic-link/verify?token=${token}&callbackURL=/`, {
        redirect: 'manual',
        headers,
      })
      return { cookie: cookiesOf(answer), origin: url }
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await screening.close()
      await inner[Symbol.asyncDispose]()
    },
  }
  return self
}

/** The cookies that an answer sets, as a browser sends them back. */
export function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .filter((one) => one !== undefined && !one.endsWith('='))
    .join('; ')
}

export type Served = Awaited<ReturnType<typeof served>>
