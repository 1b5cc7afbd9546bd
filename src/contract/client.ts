/** The typed client: `createClient({ url })` speaks every route of the contract over HTTP. */
import { createORPCClient, createORPCErrorFromJson, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { contract } from './contract.ts'
import { Problem } from './problem.ts'

export type Client = ContractRouterClient<typeof contract>

export interface ClientOptions {
  /** Where Recourse answers, e.g. `https://recourse.example`. */
  url: string
  /** Sent with every request, e.g. `{ authorization: 'Bearer …' }` for a marketplace key. */
  headers?: () => Record<string, string>
  fetch?: typeof fetch
}

/** Opens a client. Its calls throw `ORPCError`; `problemOf` reads the problem from it. */
export function createClient({
  url,
  headers = () => ({}),
  fetch: call = fetch,
}: ClientOptions): Client {
  const link = new OpenAPILink(contract, {
    url,
    headers,
    fetch: async (request, init) =>
      readable(await call(request, { ...init, credentials: 'include' })),
    customErrorResponseBodyDecoder: (body) => {
      const problem = Problem.safeParse(body)
      if (!problem.success) return null
      const { refusal, status, title, detail } = problem.data
      return createORPCErrorFromJson({
        defined: false,
        code: refusal,
        status,
        message: detail ?? title,
        data: problem.data,
      })
    },
  })
  return createORPCClient(link)
}

/** The link reads JSON by the name `application/json` only; a problem is JSON under a name of its own. */
function readable(answer: Response): Response {
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return answer
  const { status, statusText } = answer
  const headers = new Headers(answer.headers)
  headers.set('content-type', 'application/json')
  return new Response(answer.body, { status, statusText, headers })
}

/** The problem that an answer carried, or null when no answer came at all (offline, or not ours). */
export function problemOf(error: unknown): Problem | null {
  const parsed = Problem.safeParse(error instanceof ORPCError ? error.data : null)
  return parsed.success ? parsed.data : null
}
