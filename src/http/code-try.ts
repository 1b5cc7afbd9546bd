/** A try of a code: wrong ones make the next one wait, one after the other, and close nothing. */
import { takeCode, tellWrongCodes } from '../operations/factor.ts'
import type { Result } from '../operations/result.ts'
import type { Door } from './door.ts'
import { refuseRequest } from './problem.ts'
import type { Session } from './sign-in.ts'
import { wait } from './slow-lane.ts'

/** After so many wrong ones in a row whoever knows the account hears of it; and again at each so many more. */
const toldAfter = [5, 20, 100]

/** Takes a code for the address of a session. One try of a session at a time, so that nobody fills the lane of somebody else. */
export async function tryCode(
  { app, config, slow, trying }: Door,
  { id, address }: Session,
  code: string,
): Promise<Result<'totp' | 'saved-code'>> {
  if (trying.has(id)) refuseRequest('rate_limited', 'The code before is still being looked at.')
  trying.add(id)
  try {
    // The real time: a demo's clock that was moved forgives nobody.
    await wait(slow.factors.enter(address, new Date()))
    const taken = await takeCode(app, address, { secret: config.secret, code })
    if (taken.ok) slow.factors.clear(address)
    else {
      const tries = slow.factors.count(address)
      app.log('a sign-in was refused', { way: 'code', refusal: taken.refusal, tries })
      if (toldAfter.includes(tries)) await tellWrongCodes(app, address, tries)
    }
    return taken
  } finally {
    trying.delete(id)
  }
}
