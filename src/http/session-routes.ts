/** The routes by which pages learn who their reader is, and by which one signs in without a mail. */
import type { Me } from '../contract/session.ts'
import type { Command } from '../core/permission.ts'
import { namedMatters } from '../operations/matter.ts'
import { isPermitted } from '../operations/permit.ts'
import { readOwnSeller } from '../operations/session.ts'
import { tryCode } from './code-try.ts'
import { on, type Context } from './context.ts'
import { askToShowPasskey, checkPasskey, hasPasskeys } from './passkey.ts'
import { RefusalError, refuseRequest, valueOf } from './problem.ts'
import { wait } from './slow-lane.ts'

/** Nobody is signed in yet, so a challenge to sign in is bound to no session. */
const signingIn = { purpose: 'sign-in', reader: '' } as const

export const sessionRoutes = {
  getMe: on.session.getMe.handler(async ({ context }) => ({
    me: await readMe(context),
    marketplace: context.door.app.marketplace,
    isDemo: context.door.config.demo && !context.door.config.production,
    clockAhead: context.door.config.timeMachine?.ahead() ?? null,
  })),
  getSignInWays: on.session.getSignInWays.handler(({ context: { door } }) => ({
    passkeys: hasPasskeys(door.config),
    issuer: door.config.issuer?.name ?? null,
  })),
  startPasskeySignIn: on.session.startPasskeySignIn.handler(async ({ context: { door } }) => {
    if (!hasPasskeys(door.config)) refuseRequest('passkeys_off')
    return { ...(await askToShowPasskey(door, { ...signingIn, address: null })) }
  }),
  signInByPasskey: on.session.signInByPasskey.handler(async ({ input, context }) => {
    const { door, ip } = context
    if (!hasPasskeys(door.config)) refuseRequest('passkeys_off')
    const place = `passkey from ${ip}`
    await wait(door.slow.factors.enter(place, new Date()))
    const checked = await checkPasskey(door, { ...signingIn, answer: input.passkey })
    const cookies =
      checked.ok &&
      (await door.signIn.open({ address: checked.value.address, by: 'passkey' }, context.headers))
    if (!cookies) {
      // The same words for a passkey of nobody and for one whose address opens nothing any more.
      door.app.log('a sign-in was refused', { way: 'passkey', refusal: 'passkey_refused' })
      throw new RefusalError({ ok: false, refusal: 'passkey_refused' })
    }
    door.slow.factors.clear(place)
    context.setCookies(cookies)
    return { ok: true as const }
  }),
  signInByCode: on.session.signInByCode.handler(async ({ input, context }) => {
    const { door, session } = context
    if (session?.awaitsCode !== true) return refuseRequest('not_signed_in')
    const by = valueOf(await tryCode(door, session, input.code))
    const cookies = await door.signIn.open({ address: session.address, by }, context.headers)
    if (!cookies) return refuseRequest('not_signed_in')
    context.setCookies(cookies)
    return { ok: true as const }
  }),
}

/** What the pages of a seller offer, by the command that it needs. */
const offered = {
  write: 'seller.writeInCase',
  ask: 'seller.askQuestion',
  see_belongings: 'seller.getBelongings',
  export: 'seller.export',
  see_members: 'members.list',
} as const satisfies Record<string, Command>

async function readMe(context: Context): Promise<Me> {
  const { door, who, address, session, others, isChosen } = context
  if (who.kind === 'staff') {
    const { name, email, id, roles, desks } = who
    return { kind: 'staff', name, email, id, roles, desks }
  }
  if (who.kind !== 'seller')
    return session?.awaitsCode ? { kind: 'nobody', awaitsCode: true } : { kind: 'nobody' }
  const { id: sellerId, name: sellerName } = valueOf(await readOwnSeller(door.app, who.sellerId))
  if (who.matter !== null) return { kind: 'link', sellerId, sellerName, ...who.matter }
  const part = who.member?.part
  const allowed = (['write', 'ask', 'see_belongings', 'export', 'see_members'] as const).filter(
    (each) => isPermitted(door.app, who, offered[each]),
  )
  return {
    kind: 'seller',
    name: who.member?.name ?? sellerName,
    email: address ?? who.by,
    sellerId,
    sellerName,
    role: part?.role ?? 'owner',
    until: part?.role === 'representative' ? part.until.toISOString() : null,
    isNamed: namedMatters(who) !== null,
    allowed,
    others,
    isChosen,
  }
}
