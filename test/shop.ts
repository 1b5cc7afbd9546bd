/** A shop that speaks the connector contract over a real socket, and misbehaves when a test asks it to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { openStates, type State } from '../src/core/state-owed.ts'

export const shopSecret = `whsec_${Buffer.from('the secret of shop and recourse').toString('base64')}`

export interface Asked {
  method: string
  path: string
  id: string
  body: { sequence: number; state: State; because: string[] } | null
}

/** Does something else than answering properly; what it leaves unanswered, the caller gives up on. */
export type Fault = (request: Asked, response: ServerResponse) => void

export type Shop = Awaited<ReturnType<typeof startShop>>

/** Starts a shop that has every listing, unless it is in `missing`. */
export async function startShop() {
  const held = new Map<string, { sequence: number; state: State }>()
  const missing = new Set<string>()
  const abilities: string[] = []
  const changes: unknown[] = []
  const asked: Asked[] = []
  const faults: Fault[] = []
  const webhook = new Webhook(shopSecret)

  const server = createServer((request, response) => {
    void readBody(request)
      .then((text) => {
        webhook.verify(text, request.headers as Record<string, string>)
        const path = request.url ?? ''
        const one: Asked = {
          method: request.method ?? '',
          path,
          id: String(request.headers['webhook-id']),
          body: text === '' ? null : (JSON.parse(text) as Asked['body']),
        }
        asked.push(one)
        const fault = faults.shift()
        if (fault) return fault(one, response)
        answer(one, response)
      })
      .catch(() => {
        response.writeHead(401).end()
      })
  })

  const answer: Fault = ({ method, path, body }, response) => {
    const say = (status: number, said: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
    }
    if (path === '/abilities') return say(abilities.length === 0 ? 404 : 200, { abilities })
    if (method === 'POST' && path.endsWith('/end-sessions')) return say(200, { ended: 2 })
    if (method === 'POST' && path.endsWith('/reset-access')) return say(200, {})
    if (path.includes('/changes?')) return say(200, { changes })
    if (method === 'POST' && path.endsWith('/revert')) {
      // What asks for changes to be returned names them; every one that it has is.
      const { changes: named } = body as unknown as { changes: string[] }
      return say(200, { reverted: named, refused: [] })
    }
    const current = held.get(path)
    if (body && (current === undefined || body.sequence >= current.sequence)) {
      held.set(path, { sequence: body.sequence, state: body.state })
    }
    const { sequence, state } = held.get(path) ?? { sequence: 0, state: openStates.listing }
    say(200, { sequence, state: missing.has(path) ? null : state })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the shop has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** Everything it was asked, in order. */
    asked,
    /** What it holds, by path such as `/subjects/listing/l1`. */
    held,
    missing,
    /** What it declares to be able to do; nothing unless a test says so. */
    abilities,
    /** What changed in every account. */
    changes,
    /** Makes the next requests go wrong, one fault each. */
    failNext: (...next: Fault[]) => void faults.push(...next),
    healed: () => faults.length === 0,
    answer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
