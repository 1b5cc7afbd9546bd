/** A request told twice has one effect and one answer. */
import { refuse } from '../core/refusal.ts'
import type { Tx } from '../store/db.ts'
import { claimOnce, keepAnswer, type Idempotency } from '../store/idempotency.ts'
import type { App } from './app.ts'
import { RefusedError, type Result } from './result.ts'

/**
 * Does the work under an idempotency key: the answer of the first request is the answer of every later one
 * with the same body; another body is refused (`key_reused`). A refusal keeps nothing, the key included.
 * `T` must survive JSON: ids and numbers, no dates.
 */
export async function once<T>(
  app: App,
  tx: Tx,
  idempotency: Idempotency | null,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  if (idempotency === null) return orRollBack(await work())
  const claim = await claimOnce(tx, idempotency, app.now())
  if (!claim.first) {
    if (!claim.sameRequest) return refuse('key_reused')
    if (claim.answer === null) return refuse('key_in_use')
    return { ok: true, value: claim.answer as T } // what `work` answered to this very request
  }
  const result = orRollBack(await work())
  if (result.ok) await keepAnswer(tx, idempotency, result.value)
  return result
}

function orRollBack<T>(result: Result<T>): Result<T> {
  if (!result.ok) throw new RefusedError(result)
  return result
}
