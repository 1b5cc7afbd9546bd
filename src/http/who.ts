/** Works out who asks: the marketplace by its key, a person by their session, a seller by a signed link. */
import type { IncomingHttpHeaders } from 'node:http'
import { fromNodeHeaders } from 'better-auth/node'
import { refuse, type Refused } from '../core/refusal.ts'
import { keyHolder } from '../operations/key.ts'
import { isLinkEnded, readLink } from '../operations/link.ts'
import { readAddress } from '../operations/session.ts'
import { namedMatters } from '../operations/matter.ts'
import type { SellerReader, Who } from '../operations/who.ts'
import { readCookie } from './cookie.ts'
import type { Door } from './door.ts'
import type { Session } from './sign-in.ts'
import { RefusalError, refuseRequest } from './problem.ts'

/** Which seller one acts for, where an address acts for several. */
export const sellerCookie = 'recourse_seller'

export interface Asking {
  who: Who
  /** The address one is signed in with, whatever a link says. */
  address: string | null
  /** The session they came with; one that still awaits its code opens nothing yet. */
  session: Session | null
  /** True when a cookie says who asks: then a change must come from our own pages. */
  byCookie: boolean
  /** Cookies that keep the session alive. */
  setCookies: string[]
  /** For whom else the address acts. */
  others: { id: string; name: string }[]
  /** Whether nothing is left to choose among them. */
  isChosen: boolean
}

const nobody: Asking = {
  who: { kind: 'nobody' },
  address: null,
  session: null,
  byCookie: false,
  setCookies: [],
  others: [],
  isChosen: true,
}

const hours = 60 * 60_000

/** How long a session lasts that nobody uses, in milliseconds. */
export const idleFor = {
  staff: 12 * hours,
  seller: 7 * 24 * hours,
  /** One that still awaits its code: long enough to find the telephone. */
  awaitingCode: hours / 6,
}

/**
 * Who asks, or a refusal thrown when what they show is not good. `evenShut` lets a session in whose account is shut, as
 * nobody: what it may be told is for the route to say.
 */
export async function whoAsks(
  door: Door,
  headers: IncomingHttpHeaders,
  { evenShut = false }: { evenShut?: boolean } = {},
): Promise<Asking> {
  const bearer = headers.authorization
  if (bearer !== undefined) {
    return { ...nobody, who: await whoHolds(door, bearer) }
  }
  const { shut, ...session } = await whoSigned(door, headers)
  const token = headers['x-recourse-link']
  if (typeof token !== 'string' || token === '') {
    if (shut && !evenShut) throw new RefusalError(shut)
    return session
  }
  const link = readLink(door.config.secret, token, door.app.now())
  if (!link.ok) return orSession(session, link)
  if (await isLinkEnded(door.app, link)) return orSession(session, refuse('link_expired'))
  // Who is signed in for this very seller sees all of it, and the link adds nothing; to a member it may.
  const { who } = session
  const seesAll = who.kind === 'seller' && namedMatters(who) === null
  if (seesAll && who.sellerId === link.sellerId) return session
  return {
    ...session,
    address: shut ? null : session.address,
    who: linkReader(link),
    byCookie: false,
  }
}

async function whoHolds({ app }: Door, authorization: string): Promise<Who> {
  const [scheme = '', key = ''] = authorization.split(' ')
  const keyId = scheme.toLowerCase() === 'bearer' && key !== '' ? await keyHolder(app, key) : null
  if (keyId === null)
    refuseRequest('not_signed_in', 'This key is not known here, or it was revoked.')
  return { kind: 'marketplace', keyId }
}

/** Who is signed in; `shut` is the refusal where a measure keeps sign-in to that account shut. */
interface Signed extends Asking {
  shut: Refused | null
}

async function whoSigned(door: Door, headers: IncomingHttpHeaders): Promise<Signed> {
  const unsigned: Signed = { ...nobody, shut: null }
  const session = await door.signIn.sessionOf(fromNodeHeaders(headers))
  if (session === null) return unsigned
  if (session.awaitsCode) return whoAwaits(door, session)
  const { address } = session
  const { staff, sellers: all, past, since } = await readAddress(door.app, address)
  if (since !== null && session.openedAt < since) {
    await door.signIn.end(session)
    return unsigned
  }
  const setCookies = await door.signIn.keep(session, idleFor[staff ? 'staff' : 'seller'])
  if (setCookies === null) return unsigned
  const asking = { ...nobody, address, session, byCookie: true, setCookies, shut: null }
  // What the marketplace handed over is its seller, whatever else the address is.
  if (staff && session.sellerId === null) return { ...asking, who: staff }
  const sellers = all.filter(({ id }) => session.sellerId === null || id === session.sellerId)
  const header = headers['x-recourse-seller']
  const cookie = readCookie(headers.cookie, sellerCookie)
  // A cookie holds no more than some characters, so the pages write an id as in an address.
  const isWanted = (id: string) =>
    header === undefined ? cookie === encodeURIComponent(id) : header === id
  // What a page says for one seller is never said for another, once its reader no longer acts for that one.
  const isOver = past.some(isWanted) || (sellers.length === 0 && past.length > 0)
  if (isOver) return { ...unsigned, address, session, shut: refuse('acting_ended') }
  // One account that is shut takes nothing from whoever acts for another one as well.
  const seller =
    sellers.find(({ id }) => isWanted(id)) ?? sellers.find(({ isShut }) => !isShut) ?? sellers[0]
  if (!seller) return unsigned
  if (seller.isShut) return { ...unsigned, address, session, shut: refuse('account_shut') }
  const { id: sellerId, member } = seller
  const own = { kind: 'seller', sellerId, matter: null } as const
  return {
    ...asking,
    others: sellers.filter(({ id }) => id !== sellerId).map(({ id, name }) => ({ id, name })),
    isChosen: sellers.length === 1 || isWanted(sellerId),
    who: member ? { ...own, by: member.id, member } : { ...own, by: address },
  }
}

/** Between the two steps of signing in one is nobody yet, and not for long. */
async function whoAwaits(door: Door, session: Session): Promise<Signed> {
  const isOver = Date.now() - session.openedAt.getTime() > idleFor.awaitingCode
  if (isOver) await door.signIn.end(session)
  return { ...nobody, shut: null, ...(isOver ? {} : { session, byCookie: true }) }
}

/** A link that is no longer good does not lock out who is signed in. */
function orSession(session: Asking, refused: Refused): Asking {
  if (session.who.kind === 'seller') return session
  throw new RefusalError(refused)
}

function linkReader(link: {
  sellerId: string
  decisionId: string | null
  caseId: string | null
}): SellerReader {
  const { sellerId, decisionId, caseId } = link
  return { kind: 'seller', sellerId, by: 'link', matter: { decisionId, caseId } }
}
