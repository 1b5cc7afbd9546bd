/** Sign-in and security as a page reads it. */
import type { Security } from '../contract/security.ts'
import { freshFor, proofsAsked, requireFresh } from '../core/factor.ts'
import { factorsOf } from '../operations/factor.ts'
import type { Door } from './door.ts'
import { hasPasskeys } from './passkey.ts'
import type { Session } from './sign-in.ts'

/** Reads it for the person of a session. */
export async function readSecurity(door: Door, session: Session): Promise<Security> {
  const { app, config, signIn } = door
  const { address } = session
  const factors = await factorsOf(app, address)
  const sessions = await signIn.sessionsOf(address)
  // The session itself may have been proved in this very request.
  const own = sessions.find(({ id }) => id === session.id) ?? session
  const { passkeys, authenticator, savedCodes } = factors
  const set = { hasPasskey: passkeys.length > 0, hasTotp: authenticator !== null }
  const asked = proofsAsked(set)
  const isStaff = await door.isStaff(address)
  const hasLinks = (await door.linkUse(address)) === 'opens'
  const now = app.now()
  // Sessions live in the real time; in a demo whose clock was moved they are shown in its time.
  const ahead = now.getTime() - Date.now()
  const shown = (at: Date) => new Date(at.getTime() + ahead).toISOString()
  const { proof } = own
  return {
    address,
    passkeys: passkeys.map(({ id, name, addedAt, lastUsedAt }) => ({
      id,
      name,
      addedAt: addedAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    totp: authenticator && {
      addedAt: authenticator.addedAt.toISOString(),
      lastUsedAt: authenticator.lastUsedAt?.toISOString() ?? null,
    },
    savedCodes: savedCodes && { left: savedCodes.left, madeAt: savedCodes.madeAt.toISOString() },
    sessions: sessions.map(({ id, openedAt, seenAt, openedBy, agent }) => ({
      id,
      openedAt: shown(openedAt),
      seenAt: id === session.id ? now.toISOString() : shown(seenAt),
      openedBy,
      agent: agent.slice(0, 300),
      isThis: id === session.id,
    })),
    freshUntil:
      proof && requireFresh(proof, set, new Date()).ok
        ? shown(new Date(proof.at.getTime() + freshFor))
        : null,
    prove: {
      passkey: set.hasPasskey && hasPasskeys(config),
      code: set.hasTotp || (set.hasPasskey && (savedCodes?.left ?? 0) > 0),
      link: asked.includes('link') && hasLinks,
      issuer: asked.includes('issuer') && isStaff ? (config.issuer?.name ?? null) : null,
    },
    hasLinks,
    canHavePasskeys: hasPasskeys(config),
    now: now.toISOString(),
  }
}
