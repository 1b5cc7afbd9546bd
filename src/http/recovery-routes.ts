/** The door for who has neither account nor mailbox, over HTTP: the same answers, about as fast, whatever we know. */
import { createHmac, randomBytes } from 'node:crypto'
import { sayLength } from '../core/holding.ts'
import { codeBytes, codeOf } from '../operations/claim-code.ts'
import { readLink } from '../operations/link.ts'
import {
  disputeClaim,
  fileClaim,
  readClaim,
  readRecoveryWay,
  writeInClaim,
} from '../operations/recovery.ts'
import { answeredAfter, opened } from './claim-door.ts'
import { claimProofRoutes } from './claim-routes.ts'
import { on, type Context } from './context.ts'
import { RefusalError, valueOf } from './problem.ts'
import { claimView } from './recovery-view.ts'
import { wait } from './slow-lane.ts'

const claimRoutes = {
  getWay: on.recovery.getWay.handler(async ({ context: { door } }) => {
    const { deskTitle, within, ifLate, ifLateDetail } = valueOf(await readRecoveryWay(door.app))
    return {
      desk: deskTitle,
      within: within === null ? 'the time that the officer names' : sayLength(within),
      ifLate,
      ifLateDetail,
    }
  }),
  fileClaim: on.recovery.fileClaim.handler(async ({ input, context }) => {
    const { door, idempotency } = context
    const { app, slow } = door
    const pace = wait(answeredAfter)
    const now = app.now()
    const account = input.account.trim().toLowerCase()
    await wait(
      Math.max(
        slow.claims.enter(`from ${context.ip}`, now),
        slow.claims.enter(`of ${account}`, now),
        slow.claims.enter(`to ${input.address.toLowerCase()}`, now),
      ),
    )
    const code = codeFor(context)
    const { number } = valueOf(
      await door.pace.turns.take(`from ${context.ip}`, () =>
        fileClaim(app, { ...input, code }, idempotency),
      ),
    )
    const claim = valueOf(await readClaim(app, { number, code }))
    await pace
    return { code, claim: claimView(claim, { now: app.now(), timeZone: app.timeZone }) }
  }),
  getClaim: on.recovery.getClaim.handler(async ({ input, context }) => {
    const claim = await opened(context, input.number, (key) => readClaim(context.door.app, key))
    const { app } = context.door
    return claimView(claim, { now: app.now(), timeZone: app.timeZone })
  }),
  writeInClaim: on.recovery.writeInClaim.handler(async ({ input, context }) => {
    const { app } = context.door
    const { number, text } = input
    await opened(context, number, (key) => writeInClaim(app, { ...key, text }, context.idempotency))
    const claim = await opened(context, number, (key) => readClaim(app, key))
    return claimView(claim, { now: app.now(), timeZone: app.timeZone })
  }),
  disputeClaim: on.recovery.disputeClaim.handler(async ({ input, context }) => {
    const { door, idempotency } = context
    const token = context.header('x-recourse-claim-link') ?? ''
    const link = readLink(door.config.secret, token, door.app.now(), 'claim')
    if (!link.ok) throw new RefusalError(link)
    // It is heard also after a hand-over, which ends every other link: that is when it matters most.
    await wait(door.slow.claims.enter(`against ${token}`, door.app.now()))
    const number = Number(input.number.slice(2))
    return valueOf(await disputeClaim(door.app, link, { number, text: input.text }, idempotency))
  }),
}

/** Claims and their proofs, under one name of the contract. */
export const recoveryRoutes = { ...claimRoutes, ...claimProofRoutes }

/**
 * A request told twice must get the same code, and no code may be kept: so it is worked out from the request by a
 * secret of ours. A request without a key gets one by chance.
 */
function codeFor({ door, idempotency }: Context): string {
  if (idempotency === null) return codeOf(randomBytes(codeBytes))
  const { caller, key, requestKey } = idempotency
  const told = `recourse claim code 1\n${JSON.stringify([caller, key, requestKey])}`
  return codeOf(createHmac('sha256', door.config.secret).update(told).digest())
}
