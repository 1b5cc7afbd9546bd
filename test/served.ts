/** A world behind a real socket: the HTTP server on a port of its own, with clients for each kind of reader. */
import { createServer } from 'node:net'
import { createClient, type Client } from '../src/contract/client.ts'
import { migrateAuth, startServer, type HttpConfig } from '../src/http/server.ts'
import { makeMarketplaceKey } from '../src/operations/key.ts'
import { linkAddress } from '../src/operations/link.ts'
import { openScreeningThreads } from '../src/operations/screening-stream.ts'
import { world } from './world.ts'

export const secret = 'a secret for tests of thirty-two characters'

/** Opens a world and serves it; `await using` closes both. */
export async function served(changes: Partial<HttpConfig> = {}) {
  const inner = await world()
  await migrateAuth(inner.url)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const mails: { address: string; url: string; opens: boolean }[] = []
  const logged: { message: string; detail: Record<string, unknown> | undefined }[] = []
  const app = {
    ...inner.app,
    log: (message: string, detail?: Record<string, unknown>) =>
      void logged.push({ message, detail }),
  }
  const screening = openScreeningThreads(app, { workers: 2, jurisdiction: 'eu' })
  const server = await startServer(app, {
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
    staffLinks: 'first',
    issuer: null,
    handOverSecret: null,
    ...changes,
  })
  const key = await makeMarketplaceKey(app, 'tests')
  const self = {
    ...inner,
    app,
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
      const token = new URL(mail.url).searchParams.get('token') ?? ''
      const answer = await fetch(`${url}/api/auth/magic-link/verify?token=${token}&callbackURL=/`, {
        redirect: 'manual',
      })
      const cookie = answer.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ')
      return { cookie, origin: url }
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await screening.close()
      await inner[Symbol.asyncDispose]()
    },
  }
  return self
}

export type Served = Awaited<ReturnType<typeof served>>

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address
          ? resolve(address.port)
          : reject(new Error('no port')),
      )
    })
  })
}
