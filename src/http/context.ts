/** What a handler of the contract is handed beside its input. */
import { implement } from '@orpc/server'
import { contract } from '../contract/contract.ts'
import type { Who } from '../operations/who.ts'
import type { Door } from './door.ts'
import type { Idempotency } from './once.ts'

export interface Context {
  door: Door
  who: Who
  /** The address one is signed in with, or null. */
  address: string | null
  /** Where the request comes from, as far as the network tells. */
  ip: string
  /** A header of the request by its small name, or null. */
  header: (name: string) => string | null
  idempotency: Idempotency | null
}

/** The contract, waiting for its handlers. */
export const on = implement(contract).$context<Context>()
