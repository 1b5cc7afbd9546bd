/** The routes by which people see and change what lets them in. */
import {
  addPasskey,
  makeSavedCodes,
  removePasskey,
  removeTotp,
  setTotp,
  startTotp,
} from '../operations/factor.ts'
import { tryCode } from './code-try.ts'
import { on } from './context.ts'
import {
  askForPasskey,
  askToShowPasskey,
  checkNewPasskey,
  checkPasskey,
  hasPasskeys,
} from './passkey.ts'
import { RefusalError, refuseRequest, valueOf } from './problem.ts'
import { ownSession, proverOf, requireFreshProof } from './prover.ts'
import { readSecurity } from './security-view.ts'
import { sendableLink } from './sign-in-door.ts'

export const securityRoutes = {
  get: on.security.get.handler(({ context }) => readSecurity(context.door, ownSession(context))),

  startPasskey: on.security.startPasskey.handler(async ({ context }) => {
    if (!hasPasskeys(context.door.config)) refuseRequest('passkeys_off')
    const { address, id: reader } = await requireFreshProof(context)
    return { ...(await askForPasskey(context.door, { address, reader })) }
  }),
  addPasskey: on.security.addPasskey.handler(async ({ input, context }) => {
    if (!hasPasskeys(context.door.config)) refuseRequest('passkeys_off')
    const session = await requireFreshProof(context)
    const { passkey: answer, name } = input
    const made = valueOf(await checkNewPasskey(context.door, { answer, reader: session.id }))
    valueOf(await addPasskey(context.door.app, session, { ...made, name }))
    // Making it was showing it: the person is not asked again at once.
    await context.door.signIn.prove(session, 'passkey')
    return readSecurity(context.door, session)
  }),
  removePasskey: on.security.removePasskey.handler(async ({ input, context }) => {
    valueOf(await removePasskey(context.door.app, proverOf(context), input.id))
    return readSecurity(context.door, ownSession(context))
  }),

  startTotp: on.security.startTotp.handler(async ({ context }) => {
    const { app, config } = context.door
    return valueOf(await startTotp(app, proverOf(context), { secret: config.secret }))
  }),
  setTotp: on.security.setTotp.handler(async ({ input, context }) => {
    const { app, config, signIn } = context.door
    const session = await requireFreshProof(context)
    valueOf(await setTotp(app, session, { ...input, secret: config.secret }))
    await signIn.prove(session, 'totp')
    return readSecurity(context.door, session)
  }),
  removeTotp: on.security.removeTotp.handler(async ({ context }) => {
    valueOf(await removeTotp(context.door.app, proverOf(context)))
    return readSecurity(context.door, ownSession(context))
  }),
  makeSavedCodes: on.security.makeSavedCodes.handler(async ({ context }) => {
    const codes = valueOf(await makeSavedCodes(context.door.app, proverOf(context)))
    return { codes, security: await readSecurity(context.door, ownSession(context)) }
  }),

  endSession: on.security.endSession.handler(async ({ input, context }) => {
    const session = await requireFreshProof(context)
    const { signIn } = context.door
    const ended = (await signIn.sessionsOf(session.address)).find(({ id }) => id === input.id)
    if (!ended) refuseRequest('not_found')
    if (ended.id === session.id) refuseRequest('not_allowed', 'Sign out to end this very session.')
    await signIn.end(ended)
    return readSecurity(context.door, session)
  }),
  endOtherSessions: on.security.endOtherSessions.handler(async ({ context }) => {
    const session = await requireFreshProof(context)
    const { signIn } = context.door
    for (const other of await signIn.sessionsOf(session.address))
      if (other.id !== session.id) await signIn.end(other)
    return readSecurity(context.door, session)
  }),

  startProof: on.security.startProof.handler(async ({ context }) => {
    if (!hasPasskeys(context.door.config)) refuseRequest('passkeys_off')
    const { address, id: reader } = ownSession(context)
    return { ...(await askToShowPasskey(context.door, { purpose: 'proof', reader, address })) }
  }),
  prove: on.security.prove.handler(async ({ input, context }) => {
    const { door } = context
    const session = ownSession(context)
    if ('code' in input) {
      await door.signIn.prove(session, valueOf(await tryCode(door, session, input.code)))
    } else {
      const about = { purpose: 'proof', reader: session.id } as const
      const passkey = valueOf(await checkPasskey(door, { ...about, answer: input.passkey }))
      // Somebody else's passkey proves somebody else.
      if (passkey.address !== session.address)
        throw new RefusalError({ ok: false, refusal: 'passkey_refused' })
      await door.signIn.prove(session, 'passkey')
    }
    return readSecurity(door, session)
  }),
  sendProofLink: on.security.sendProofLink.handler(async ({ context }) => {
    const session = ownSession(context)
    const { address } = session
    const { prove } = await readSecurity(context.door, session)
    if (!prove.link)
      refuseRequest('wrong_state', 'A link proves too little here: use what else you have set up.')
    sendableLink(context.door, { address, ip: context.ip })
    await context.door.signIn.sendLink(address, '/proved')
    return { address }
  }),
}
