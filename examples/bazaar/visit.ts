/** A visit is what one browser carries: its basket, its session as a seller, the secret of its orders, and the token that its forms must repeat. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isId } from './database.ts'
import type { From } from './session.ts'

export type Basket = Map<string, number>

const mostKinds = 20
const mostOfOne = 9

export type CookieName = 'visit' | 'basket' | 'seller' | 'buyer' | 'device' | 'staff'

/** One cookie's value, or null. */
export function readCookie(request: FastifyRequest, name: CookieName): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value !== undefined && value !== '') return value
  }
  return null
}

/** Sets a cookie that other sites cannot make the browser send; an empty value takes it away. */
export function setCookie(
  reply: FastifyReply,
  name: CookieName,
  value: string,
  days: number,
): void {
  const age = value === '' ? 0 : days * 86_400
  const secure = reply.request.protocol === 'https' ? '; Secure' : ''
  void reply.header(
    'set-cookie',
    `${name}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`,
  )
}

/** The token for this browser's forms; a browser that has no visit gets one. */
export function formToken(request: FastifyRequest, reply: FastifyReply, secret: string): string {
  const known = readCookie(request, 'visit')
  if (known !== null) return tokenOf(known, secret)
  const visit = randomBytes(18).toString('base64url')
  setCookie(reply, 'visit', visit, 30)
  return tokenOf(visit, secret)
}

/** Whether a form came from a page that this browser was given. */
export function isOwnForm(request: FastifyRequest, token: string, secret: string): boolean {
  const visit = readCookie(request, 'visit')
  if (visit === null) return false
  const expected = Buffer.from(tokenOf(visit, secret))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const tokenOf = (visit: string, secret: string) =>
  createHmac('sha256', secret).update(visit).digest('base64url')

const deviceDays = 400

/** In the demo one may sign in as if from elsewhere; the page says so. */
export interface Elsewhere {
  /** As from a browser that was never here. */
  isNewDevice: boolean
  /** Two letters; empty for none. */
  country: string
}

/** By which browser somebody comes, and from where; a browser that was never here is remembered from now on. */
export function readFrom(
  request: FastifyRequest,
  reply: FastifyReply,
  elsewhere: Elsewhere = { isNewDevice: false, country: '' },
): From {
  const known = elsewhere.isNewDevice ? null : readCookie(request, 'device')
  const device = known ?? randomBytes(18).toString('base64url')
  setCookie(reply, 'device', device, deviceDays)
  const said = elsewhere.country || request.headers['x-visitor-country']
  const country = typeof said === 'string' && /^[A-Z]{2}$/.test(said) ? said : null
  return { device: deviceName(device), country, agent: agentOf(request) }
}

/** What Recourse hears a browser called: the same for the same one, and nothing that would let anybody in. */
const deviceName = (cookie: string) =>
  `browser-${createHash('sha256').update(cookie).digest('hex').slice(0, 16)}`

function agentOf({ headers }: FastifyRequest): string {
  const agent = headers['user-agent'] ?? ''
  const browser = ['Firefox', 'Edg', 'Chrome', 'Safari'].find((name) => agent.includes(name))
  const system = ['Android', 'iPhone', 'Windows', 'Mac OS', 'Linux'].find((name) =>
    agent.includes(name),
  )
  return [browser === 'Edg' ? 'Edge' : browser, system].filter(Boolean).join(' on ')
}

/** What is in the basket; a cookie that somebody meddled with counts for what can be read of it. */
export function readBasket(request: FastifyRequest): Basket {
  const basket: Basket = new Map()
  for (const item of (readCookie(request, 'basket') ?? '').split('|')) {
    const [count = '', name = ''] = item.split('*', 2)
    const id = decode(name)
    if (!/^[1-9]$/.test(count) || !isId(id) || basket.size >= mostKinds) continue
    basket.set(id, Number(count))
  }
  return basket
}

/** One more of a listing; false when the basket takes no more. */
export function putIn(basket: Basket, id: string): boolean {
  const count = (basket.get(id) ?? 0) + 1
  if (count > mostOfOne || (count === 1 && basket.size >= mostKinds)) return false
  basket.set(id, count)
  return true
}

/** Keeps the basket in the browser. */
export function keepBasket(reply: FastifyReply, basket: Basket): void {
  const items = [...basket].map(
    ([id, count]) => `${count}*${encodeURIComponent(id).replaceAll('*', '%2A')}`,
  )
  setCookie(reply, 'basket', items.join('|'), 30)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not something that we wrote; an empty id is dropped.
    return ''
  }
}
