/** What an operation answers: a value, or a refusal with its name. */
import type { Refused } from '../core/refusal.ts'

export type Result<T> = { ok: true; value: T } | Refused

/** A value that was found or made. */
export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

/** Carries a refusal out of a transaction so that everything written before it is rolled back. */
export class RefusedError extends Error {
  readonly refused: Refused
  constructor(refused: Refused) {
    super(refused.refusal)
    this.refused = refused
  }
}

/** Turns a refusal that ended a transaction back into a value; a bug stays an exception. */
export async function refusalOf<T>(work: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work
  } catch (error) {
    if (error instanceof RefusedError) return error.refused
    throw error
  }
}
