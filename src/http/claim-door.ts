/** The door of a claim: opened by its number and code, slower after wrong ones, and shut to nobody. */
import type { ClaimKey } from '../operations/recovery.ts'
import type { Result } from '../operations/result.ts'
import type { Context } from './context.ts'
import { valueOf } from './problem.ts'
import { wait } from './slow-lane.ts'

/** No claim is answered sooner: what a known account takes more than an unknown one must not show. */
export const answeredAfter = 500

/** Does something with a claim that a code opens. Wrong codes from one place make the next one there wait, and lock nothing. */
export async function opened<T>(
  context: Context,
  number: string,
  work: (key: ClaimKey) => Promise<Result<T>>,
): Promise<T> {
  return valueOf(await tryToOpen(context, number, work))
}

/** The same, with the refusal as a value. */
export async function tryToOpen<T>(
  { door: { app, slow }, ip, header }: Context,
  number: string,
  work: (key: ClaimKey) => Promise<Result<T>>,
): Promise<Result<T>> {
  const place = `${ip} ${number}`
  await wait(slow.codes.enter(place, app.now()))
  const result = await work({
    number: Number(number.slice(2)),
    code: (header('x-recourse-code') ?? '').slice(0, 200),
  })
  if (result.ok || result.refusal !== 'claim_not_opened') slow.codes.clear(place)
  return result
}
