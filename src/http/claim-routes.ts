/** Proving a claim over HTTP: every proof is answered alike and takes as long, whatever is known of the account. */
import { addClaimFile, bindClaim, returnChanges } from '../operations/claim-owner.ts'
import {
  askPayoutProof,
  askProofLetters,
  confirmPayout,
  listPayoutRequests,
  mayProvePasskey,
  proveContact,
  provePasskey,
  proveSavedCode,
} from '../operations/claim-proof.ts'
import { readClaim, type ClaimKey } from '../operations/recovery.ts'
import type { Result } from '../operations/result.ts'
import { answeredAfter, opened, tryToOpen } from './claim-door.ts'
import { on, type Context } from './context.ts'
import { fileView } from './measure-view.ts'
import { askToShowPasskey, checkPasskey, hasPasskeys } from './passkey.ts'
import { refuseRequest, valueOf } from './problem.ts'
import { claimView } from './recovery-view.ts'
import { wait } from './slow-lane.ts'
import { readUpload } from './upload.ts'

export const claimProofRoutes = {
  askProofLetters: on.recovery.askProofLetters.handler(({ input: { number }, context }) =>
    answerAlike(context, number, (key) => askProofLetters(context.door.app, key)),
  ),
  proveContact: on.recovery.proveContact.handler(({ input: { number, code }, context }) => {
    const { app, config } = context.door
    const { secret } = config
    return answerAlike(context, number, (key) =>
      proveContact(app, { ...key, letter: code, secret }),
    )
  }),
  proveSavedCode: on.recovery.proveSavedCode.handler(({ input: { number, code }, context }) =>
    answerAlike(context, number, (key) =>
      proveSavedCode(context.door.app, { ...key, saved: code }),
    ),
  ),
  startPasskeyProof: on.recovery.startPasskeyProof.handler(
    async ({ input: { number }, context }) => {
      const { door } = context
      if (!hasPasskeys(door.config)) refuseRequest('passkeys_off')
      await opened(context, number, (key) => mayProvePasskey(door.app, key))
      const options = await askToShowPasskey(door, {
        purpose: 'claim',
        reader: number,
        address: null,
      })
      return { ...options }
    },
  ),
  provePasskey: on.recovery.provePasskey.handler(({ input: { number, answer }, context }) => {
    const { door } = context
    if (!hasPasskeys(door.config)) refuseRequest('passkeys_off')
    return answerAlike(context, number, async (key) => {
      const may = await mayProvePasskey(door.app, key)
      if (!may.ok) return may
      // Made for this claim alone: shown for another it proves nothing.
      const shown = await checkPasskey(door, { purpose: 'claim', reader: number, answer })
      return provePasskey(door.app, { ...key, passkey: shown.ok ? shown.value : null })
    })
  }),
  askPayoutProof: on.recovery.askPayoutProof.handler(({ input: { number }, context }) =>
    answerAlike(context, number, (key) => askPayoutProof(context.door.app, key)),
  ),
  addFile: on.recovery.addFile.handler(async ({ input: { number, file }, context }) => {
    const upload = await readUpload(file)
    const kept = await opened(context, number, (key) =>
      addClaimFile(context.door.app, { ...key, file: upload }),
    )
    return fileView(kept)
  }),
  bindAddress: on.recovery.bindAddress.handler(({ input: { number, token }, context }) => {
    const { app, config } = context.door
    const { secret } = config
    return answerAlike(context, number, (key) => bindClaim(app, { ...key, token, secret }))
  }),
  returnChanges: on.recovery.returnChanges.handler(({ input: { number, changes }, context }) =>
    answerAlike(context, number, (key) =>
      returnChanges(context.door.app, { ...key, changes: changes ?? null }),
    ),
  ),
  listPayoutRequests: on.recovery.listPayoutRequests.handler(
    async ({ context: { door, who } }) => ({
      requests: valueOf(await listPayoutRequests(door.app, who)).map(({ askedAt, ...request }) => ({
        ...request,
        askedAt: askedAt.toISOString(),
      })),
    }),
  ),
  confirmPayout: on.recovery.confirmPayout.handler(async ({ input, context: { door, who } }) =>
    valueOf(
      await confirmPayout(door.app, who, {
        number: Number(input.number.slice(2)),
        destinationId: input.destinationId,
      }),
    ),
  ),
}

/**
 * Does it, and answers with how the claim stands: no sooner than an account that is known would take, also where it is
 * refused. What proved nothing makes the next try for this claim wait longer, from wherever it comes, and locks nothing.
 */
async function answerAlike(
  context: Context,
  number: string,
  work: (key: ClaimKey) => Promise<Result<null>>,
) {
  const { app, slow } = context.door
  const lane = `proof of ${number}`
  const pace = wait(answeredAfter)
  if (slow.codes.count(lane) > 0) await wait(slow.codes.enter(lane, app.now()))
  const result = await tryToOpen(context, number, work)
  if (result.ok) slow.codes.clear(lane)
  else if (result.refusal === 'proof_not_taken' && slow.codes.count(lane) === 0)
    slow.codes.enter(lane, app.now())
  await pace
  valueOf(result)
  const claim = await opened(context, number, (key) => readClaim(app, key))
  const { progress } = claimView(claim, { now: app.now(), timeZone: app.timeZone })
  return { progress }
}
