/** Members of sellers in PostgreSQL: who acts for one beside its owner. */
import { sql } from 'kysely'
import type { Member, MemberPart } from '../core/member.ts'
import type { MemberRole } from '../core/role.ts'
import type { Tx } from './db.ts'
import { sellerOf, type Seller } from './seller.ts'

/** A member with when they were let in. */
export interface MemberHistory extends Member {
  addedAt: Date
}

/** Changes of one seller's members wait for each other until the transaction ends, so that a rule holds for two at once. */
export async function lockMembers(tx: Tx, sellerId: string): Promise<void> {
  await sql`select lock_members(${sellerId})`.execute(tx)
}

/** Everybody who was ever let in, by name. */
export async function listMembers(tx: Tx, sellerId: string): Promise<MemberHistory[]> {
  const rows = await tx
    .selectFrom('members')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute()
  return rows.map(memberOf)
}

/** One member of a seller, also one who was removed; null where there is none. */
export async function memberById(
  tx: Tx,
  { id, sellerId }: { id: string; sellerId: string },
): Promise<MemberHistory | null> {
  const row = await tx
    .selectFrom('members')
    .selectAll()
    .where('id', '=', id)
    .where('seller_id', '=', sellerId)
    .executeTakeFirst()
  return row ? memberOf(row) : null
}

/** Whoever has this address and was not removed, or null. */
export async function memberByAddress(
  tx: Tx,
  { email, sellerId }: { email: string; sellerId: string },
): Promise<MemberHistory | null> {
  const row = await tx
    .selectFrom('members')
    .selectAll()
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .where('seller_id', '=', sellerId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row ? memberOf(row) : null
}

/** For which sellers an address was ever let in, with its seller; the newest first. */
export async function membershipsOf(
  tx: Tx,
  address: string,
): Promise<{ member: MemberHistory; seller: Seller }[]> {
  const rows = await tx
    .selectFrom('members')
    .innerJoin('sellers', 'sellers.id', 'members.seller_id')
    .selectAll('members')
    .select([
      'sellers.name as seller_name',
      'sellers.locale',
      'sellers.language',
      'sellers.chosen_language',
      'sellers.time_zone',
      'sellers.fact_at',
      'sellers.received_at',
    ])
    .where(sql`lower(members.email)`, '=', address.toLowerCase())
    .orderBy('members.added_at', 'desc')
    .orderBy('members.id')
    .execute()
  return rows.map(({ seller_name: name, ...row }) => ({
    member: memberOf(row),
    seller: sellerOf({ ...row, id: row.seller_id, name }),
  }))
}

/** How many were let in and not removed, beside one. */
export async function countOtherMembers(
  tx: Tx,
  { id, sellerId }: { id: string | null; sellerId: string },
): Promise<number> {
  const { count } = await tx
    .selectFrom('members')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('seller_id', '=', sellerId)
    .where('removed_at', 'is', null)
    .$if(id !== null, (query) => query.where('id', '<>', id ?? ''))
    .executeTakeFirstOrThrow()
  return count
}

/** Lets somebody in. */
export async function insertMember(tx: Tx, member: Member, now: Date): Promise<void> {
  const { id, sellerId, email, name, part } = member
  await tx
    .insertInto('members')
    .values({
      id,
      seller_id: sellerId,
      email,
      name,
      ...columnsOf(part),
      added_at: now,
      removed_at: null,
    })
    .execute()
}

/** Saves what may change of a member. */
export async function updateMember(tx: Tx, { id, name, part, removedAt }: Member): Promise<void> {
  await tx
    .updateTable('members')
    .set({ name, ...columnsOf(part), removed_at: removedAt })
    .where('id', '=', id)
    .execute()
}

/** Who wrote in a seller's cases, by id, also those who have gone. */
export type MemberNames = Map<string, { name: string; role: MemberRole }>

/** Reads them; behind a seller's wall only its own are there. */
export async function memberNames(tx: Tx, sellerId: string): Promise<MemberNames> {
  const { rows } = await sql<{
    id: string
    name: string
    role: MemberRole
  }>`select id, name, role from member_names(${sellerId})`.execute(tx)
  return new Map(rows.map(({ id, ...member }) => [id, member]))
}

/** A member who is not removed, with whether they chose to hear of cases by mail. */
export type HearingMember = MemberHistory & { hears: boolean }

/** Everybody who was let in and not removed. */
export async function membersHere(tx: Tx, sellerId: string): Promise<HearingMember[]> {
  const rows = await tx
    .selectFrom('members')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...memberOf(row), hears: row.hears }))
}

/** Says for the member who asks whether they hear of cases by mail; false where nobody of a seller's asks. */
export async function chooseHearing(tx: Tx, hears: boolean): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select choose_hearing(${hears}) as done`.execute(tx)
  return rows[0]?.done ?? false
}

/** Whether the member who asks chose to hear of cases by mail. */
export async function ownHearing(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ hears: boolean | null }>`select own_hearing() as hears`.execute(tx)
  return rows[0]?.hears ?? false
}

interface PartColumns {
  role: 'staff' | 'representative'
  decisions: string[] | null
  cases: string[] | null
  may_write: boolean
  until: Date | null
}

function columnsOf(part: MemberPart): PartColumns {
  if (part.role === 'staff')
    return { role: 'staff', decisions: null, cases: null, may_write: true, until: null }
  const { matters, mayWrite, until } = part
  return {
    role: 'representative',
    decisions: matters && matters.decisions,
    cases: matters && matters.cases,
    may_write: mayWrite,
    until,
  }
}

function memberOf(
  row: PartColumns & {
    id: string
    seller_id: string
    email: string
    name: string
    added_at: Date
    removed_at: Date | null
  },
): MemberHistory {
  const { id, email, name, added_at: addedAt, removed_at: removedAt } = row
  return { id, sellerId: row.seller_id, email, name, part: partOf(row), addedAt, removedAt }
}

function partOf({ role, decisions, cases, may_write: mayWrite, until }: PartColumns): MemberPart {
  if (role === 'staff' || until === null) return { role: 'staff' }
  return { role, matters: decisions && cases && { decisions, cases }, mayWrite, until }
}
