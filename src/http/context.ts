/** What a handler of the contract is handed beside its input. */
import { implement, type Implementer } from '@orpc/server'
import { contract } from '../contract/contract.ts'
import type { Who } from '../operations/who.ts'
import type { Door } from './door.ts'
import type { Idempotency } from './once.ts'
import type { Session } from './sign-in.ts'

export interface Context {
  door: Door
  who: Who
  /** The address one is signed in with, or null. */
  address: string | null
  /** The session that one came with, also one that still waits for its second step; null for keys and links alone. */
  session: Session | null
  /** For which sellers else one acts, and whether it was said for which one. */
  others: { id: string; name: string }[]
  isChosen: boolean
  /** Where the request comes from, as far as the network tells. */
  ip: string
  /** A header of the request by its small name, or null. */
  header: (name: string) => string | null
  /** All of them, for whoever opens a session. */
  headers: Headers
  setCookies: (cookies: string[]) => void
  idempotency: Idempotency | null
}

/** The contract, waiting for its handlers. */
export const on: Implementer<typeof contract, Context & Record<never, never>, Context> =
  implement(contract).$context<Context>()
