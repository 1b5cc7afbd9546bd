/** A bazaar for tests: its own database, a real socket, a browser without eyes, and a Recourse that tests can break. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { freshDatabase, templateDatabase } from './postgres.ts'
import { makeTables, openDatabase } from '../examples/bazaar/database.ts'
import { seedShop } from '../examples/bazaar/seed.ts'
import { openShop } from '../examples/bazaar/shop.ts'

export const connectorSecret = `whsec_${Buffer.from('known to the shop and to Recourse').toString('base64')}`

export const handOverSecret = 'a word that only the shop and Recourse know'

/** Opens the shop with its seeds, on a clock that tests may move; `await using` closes it. */
export async function openBazaar({ isDemo = false }: { isDemo?: boolean } = {}) {
  const template = await templateDatabase('bazaar', async (url) => {
    const seeded = openDatabase(url)
    await makeTables(seeded)
    await seedShop(seeded, () => new Date())
    await seeded.end()
  })
  const database = await freshDatabase({ template })
  const db = openDatabase(database.url)
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const shop = openShop({
    db,
    now,
    secret: 'the secret of the forms',
    recourseUrl: 'https://recourse.example',
    connectorSecret,
    handOvers: { secret: handOverSecret, recourseUrl: 'https://recourse.example' },
    payoutChecks: null,
    staffPassword: null,
    isDemo,
    shopUrl: 'https://bazaar.example',
    wake: () => undefined,
  })
  const url = (await shop.listen({ port: 0, host: '127.0.0.1' })).replace('[::1]', '127.0.0.1')
  const webhook = new Webhook(connectorSecret)

  const call = async (
    method: 'GET' | 'PUT' | 'POST',
    path: string,
    body?: unknown,
    id = 'msg_1',
  ) => {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
    const at = new Date()
    const response = await fetch(`${url}/connector${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, at, text),
      },
      ...(method === 'GET' ? {} : { body: text }),
    })
    const answer = await response.text()
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: answer === '' ? null : JSON.parse(answer),
    }
  }

  return {
    db,
    url,
    now,
    advanceDays: (days: number) => void (ahead += days * 86_400_000),
    /** Asks the connector as Recourse does. */
    call,
    /** Tells the state owed. */
    tell: (subject: string, sequence: number, state: unknown) =>
      call('PUT', `/subjects/${subject}`, { sequence, state, because: ['decision_1'] }),
    browser: () => openBrowser(url),
    async [Symbol.asyncDispose]() {
      await shop.close()
      await db.end()
      await database.drop()
    },
  }
}

/** A browser as far as forms and cookies go. */
export function openBrowser(url: string) {
  const cookies = new Map<string, string>()
  let token = ''

  const go = async (
    path: string,
    form?: Record<string, string>,
  ): Promise<{ status: number; path: string; page: string; headers: Headers }> => {
    const response = await fetch(`${url}${path}`, {
      method: form ? 'POST' : 'GET',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
      ...(form ? { body: new URLSearchParams({ token, ...form }) } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=', 2)
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const page = await response.text()
    const next = response.headers.get('location')
    if (response.status === 303 && next !== null) return go(next)
    token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? token
    return { status: response.status, path, page, headers: response.headers }
  }

  return {
    cookies,
    open: (path: string) => go(path),
    /** Posts a form with the token of the last page that had one. */
    post: (path: string, form: Record<string, string>) => go(path, form),
    async signIn(address = 'ines@clayandclover.example', password = 'bazaar') {
      await go('/seller/sign-in')
      return go('/seller/sign-in', { address, password })
    },
  }
}

export interface Told {
  path: string
  key: string
  authorization: string
  raw: string
  body: { id: string; sellerId?: string; title?: string; updatedAt?: string; soldBy?: string }
}

/** A Recourse that takes facts over a real socket; tests say how it answers next. */
export async function openRecourse() {
  const told: Told[] = []
  const answers: ((response: ServerResponse) => void)[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      told.push({
        path: request.url ?? '',
        key: String(request.headers['idempotency-key']),
        authorization: String(request.headers.authorization),
        raw,
        body: JSON.parse(raw),
      })
      const answer = answers.shift()
      if (answer) answer(response)
      else
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"result":"stored"}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Recourse has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    told,
    /** How the next requests are answered, one each; null breaks the connection. */
    answerNext: (...next: ({ status: number; body?: unknown } | null)[]) =>
      void answers.push(
        ...next.map((one) => (response: ServerResponse) => {
          if (one === null) response.destroy()
          else
            response
              .writeHead(one.status, { 'content-type': 'application/problem+json' })
              .end(JSON.stringify(one.body ?? {}))
        }),
      ),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Waits until something is so, and fails with what was last seen. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 15_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`never came true: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
