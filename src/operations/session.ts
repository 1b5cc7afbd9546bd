/** A session belongs to an e-mail address; what it opens is worked out anew at each request. */
import type { Outcome } from '../core/finding.ts'
import { acts } from '../core/member.ts'
import { refuse } from '../core/refusal.ts'
import { transact, type Tx } from '../store/db.ts'
import { readDevAttachment, readDevMails, type DevMail, type KeptMail } from '../store/dev-mail.ts'
import { signInFloor } from '../store/hand-over.ts'
import { memberById, membershipsOf } from '../store/member.ts'
import { readSeller, sellersOfAddress, type Seller } from '../store/seller.ts'
import { readSubject } from '../store/subject.ts'
import { staffByEmail, type StaffRecord } from '../store/staff.ts'
import { readVitals, type Vitals } from '../store/vitals.ts'
import { countOutcomes } from '../store/screening.ts'
export type { Vitals } from '../store/vitals.ts'
import type { App } from './app.ts'
import { factorsSetOf } from './factor.ts'
import { done, type Result } from './result.ts'
import { roles } from '../core/role.ts'
import type { ActingMember, StaffReader } from './who.ts'

/** A seller that an address opens: as its owner, or as the member that it let in. */
export interface OpenedSeller extends Seller {
  /** While a measure in force keeps sign-in to the account shut. */
  isShut: boolean
  /** Null for its owner. */
  member: ActingMember | null
}

/** What an address opens: a person of staff, or the sellers for whom it is a contact or a member. */
export interface Opened {
  staff: StaffReader | null
  sellers: OpenedSeller[]
  /** The sellers for whom it acted and no longer does, by id. */
  past: string[]
  /** Sessions that were opened before then were ended by a hand-over of an account; by the real time. */
  since: Date | null
}

/** Reads what an address opens now; nothing, once it was removed. */
export function readAddress(app: App, address: string): Promise<Opened> {
  return transact(app.db, { entrance: true }, async (tx) => {
    const person = await staffByEmail(tx, address)
    if (person !== null) return { staff: staffReader(person), sellers: [], past: [], since: null }
    const since = await signInFloor(tx, address)
    return { staff: null, since, ...(await sellersOpenedBy(app, tx, address)) }
  })
}

/** A person of staff as who asks. */
export function staffReader(person: StaffRecord): StaffReader {
  return { kind: 'staff', ...person, roles: roles.filter((role) => person.roles.includes(role)) }
}

async function sellersOpenedBy(
  app: App,
  tx: Tx,
  address: string,
): Promise<Pick<Opened, 'sellers' | 'past'>> {
  const found = new Map<string, Seller & { member: ActingMember | null }>()
  for (const seller of await sellersOfAddress(tx, address))
    found.set(seller.id, { ...seller, member: null })
  const past = new Set<string>()
  for (const { member, seller } of await membershipsOf(tx, address)) {
    // Whoever is an owner is nothing less beside it.
    if (found.has(seller.id)) continue
    const { id, name, part } = member
    if (acts(member, app.now())) found.set(seller.id, { ...seller, member: { id, name, part } })
    else past.add(seller.id)
  }
  const sellers: OpenedSeller[] = []
  for (const seller of found.values()) {
    const owed = await readSubject(tx, { kind: 'account', id: seller.id })
    const isShut = owed !== null && 'signIn' in owed.state && !owed.state.signIn
    sellers.push({ ...seller, isShut })
  }
  return { sellers, past: [...past].filter((id) => !found.has(id)) }
}

/** A member as they are now, or null once they no longer act for the seller. */
export async function actingMember(
  app: App,
  { id, sellerId }: { id: string; sellerId: string },
): Promise<ActingMember | null> {
  const member = await transact(app.db, { entrance: true }, (tx) =>
    memberById(tx, { id, sellerId }),
  )
  if (member === null || !acts(member, app.now())) return null
  return { id, name: member.name, part: member.part }
}

/** Whether an address opens anything. */
export async function isKnownAddress(app: App, address: string): Promise<boolean> {
  const { staff, sellers } = await readAddress(app, address)
  return staff !== null || sellers.length > 0
}

/** What a link to its mailbox does for an address: signs in, or (a known one whose way in is another) says so, or nothing. */
export type LinkUse = 'opens' | 'shut' | 'nothing'

/** For staff a link is the way in until there is a better one, unless whoever runs the server allows it for good. */
export async function linkUse(
  app: App,
  address: string,
  { staffLinks, hasIssuer }: { staffLinks: StaffLinks; hasIssuer: boolean },
): Promise<LinkUse> {
  const { staff, sellers } = await readAddress(app, address)
  if (staff === null) return sellers.length > 0 ? 'opens' : 'nothing'
  if (staffLinks === 'allow') return 'opens'
  return hasIssuer || (await factorsSetOf(app, address.toLowerCase())).hasPasskey ? 'shut' : 'opens'
}

/** Whether links sign staff in for good, or only until their first passkey. */
export type StaffLinks = 'allow' | 'first'

/** The seller that a reader acts for. */
export async function readOwnSeller(app: App, sellerId: string): Promise<Result<Seller>> {
  const seller = await transact(app.db, { sellerId }, (tx) => readSeller(tx, sellerId))
  return seller === null ? refuse('not_found') : done(seller)
}

/** Figures for the people who run the server; fails when the database cannot be reached. */
export function readFigures(app: App): Promise<Vitals> {
  return transact(app.db, { inside: true }, (tx) => readVitals(tx, app.now()))
}

/** The vitals, with how many listing versions were ever screened, by what came of it: a sum for whoever keeps figures. */
export type Meters = Vitals & { screened: Record<Outcome, number> }

/** Reads them; fails when the database cannot be reached. */
export function readMeters(app: App): Promise<Meters> {
  return transact(app.db, { inside: true }, async (tx) => ({
    ...(await readVitals(tx, app.now())),
    screened: await countOutcomes(tx),
  }))
}

/** The built-in mailbox of the demo, newest first. */
export function readMailbox(app: App): Promise<KeptMail[]> {
  return transact(app.db, { inside: true }, (tx) => readDevMails(tx))
}

/** What a mail of it brought, or null. */
export function readMailboxAttachment(app: App, id: string): Promise<DevMail['attached']> {
  return transact(app.db, { inside: true }, (tx) => readDevAttachment(tx, id))
}
