/** A change is one thing that somebody changed in a seller's account: kept with what was there before, so that it can be put back. */
import { randomUUID } from 'node:crypto'
import type { Asker, Database } from './database.ts'
import { labelOf, type TypedDestination } from './destination-form.ts'
import type { ListingText } from './listing.ts'
import { recordSecurityEvent, type By, type SecurityEventKind } from './security-event.ts'
import { sayPrice } from './words.ts'

/** What each kind of change holds before and after; null for what was not there. */
interface Contents {
  contact: { address: string }
  'payout-target': TypedDestination
  /** The address that one signs in with; a password is never kept, and says so by null on both sides. */
  'sign-in': { address: string }
  'listing-added': ListingText
  'listing-changed': ListingText
}
export type ChangeKind = keyof Contents

export type Change = {
  [Kind in ChangeKind]: {
    kind: Kind
    subjectId: string
    before: Contents[Kind] | null
    after: Contents[Kind] | null
  }
}[ChangeKind]

export type KeptChange = Change & { id: string; at: Date; isReturned: boolean }

/** A change as Recourse and the seller read it. */
export interface ToldChange {
  id: string
  at: Date
  kind: ChangeKind
  subjectId: string | null
  before: string | null
  after: string | null
  revertible: boolean
}

const eventOf = {
  contact: 'contact-changed',
  'payout-target': 'payout-target-changed',
  'sign-in': 'factor-changed',
  'listing-added': 'listings-changed',
  'listing-changed': 'listings-changed',
} as const satisfies Record<ChangeKind, SecurityEventKind>

/** Keeps it in the transaction of the change, and writes down what Recourse hears of it. */
export async function recordChange(
  tx: Asker,
  change: Change,
  { sellerId, by }: { sellerId: string; by: By },
  now: Date,
): Promise<void> {
  const { kind, subjectId } = change
  const [content, words] = [[change.before, change.after], sayChange(change)]
  await tx.query(
    `insert into changes (id, seller_id, at, kind, subject_id, before, after)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      randomUUID(),
      sellerId,
      now,
      kind,
      subjectId,
      ...content.map((one) => one && JSON.stringify(one)),
    ],
  )
  await recordSecurityEvent(tx, { sellerId, kind: eventOf[kind], by, ...words }, now)
}

/** So many are told at once. */
export const mostTold = 1_000

/** What was changed since then and not put back, in order; one more than is told, so that one sees whether there are more. */
export async function changesSince(
  db: Database,
  sellerId: string,
  since: Date,
): Promise<ToldChange[]> {
  const { rows } = await db.query<KeptChange>(
    `${select} where seller_id = $1 and at >= $2 and returned_at is null order by place limit $3`,
    [sellerId, since, mostTold + 1],
  )
  return rows.map(toldOf)
}

/** The latest changes of a seller, the newest first, also those that were put back. */
export async function latestChanges(
  db: Database,
  sellerId: string,
): Promise<(ToldChange & { isReturned: boolean })[]> {
  const { rows } = await db.query<KeptChange>(
    `${select} where seller_id = $1 order by place desc limit 30`,
    [sellerId],
  )
  return rows.map((row) => ({ ...toldOf(row), isReturned: row.isReturned }))
}

/** The changes of these ids that are the seller's, the newest first: so two edits of one thing come off one by one. */
export async function lockChanges(
  tx: Asker,
  sellerId: string,
  ids: string[],
): Promise<KeptChange[]> {
  const { rows } = await tx.query<KeptChange>(
    `${select} where seller_id = $1 and id = any($2) order by place desc for update`,
    [sellerId, ids],
  )
  return rows
}

/** Notes that a change was put back. */
export async function noteReturned(tx: Asker, id: string, now: Date): Promise<void> {
  await tx.query('update changes set returned_at = $2 where id = $1', [id, now])
}

const select = `
  select id, at, kind, subject_id as "subjectId", before, after, returned_at is not null as "isReturned"
  from changes`

function toldOf(change: KeptChange): ToldChange {
  const { id, at, kind, subjectId, isReturned } = change
  const revertible = !isReturned && kind !== 'sign-in'
  return { id, at, kind, subjectId, ...sayChange(change), revertible }
}

/** What was there before and after, in words; of a listing that was edited, what differs. */
export function sayChange(change: Change): { before: string | null; after: string | null } {
  const { kind } = change
  switch (kind) {
    case 'contact':
      return { before: change.before?.address ?? null, after: change.after?.address ?? null }
    case 'payout-target':
      return {
        before: change.before && labelOf(change.before),
        after: change.after && labelOf(change.after),
      }
    case 'sign-in':
      return change.before || change.after
        ? { before: change.before?.address ?? null, after: change.after?.address ?? null }
        : { before: 'the password before', after: 'another password' }
    case 'listing-added':
      return { before: null, after: change.after && short(sayListing(change.after)) }
    case 'listing-changed': {
      const { before, after } = change
      if (before === null || after === null) return { before: null, after: null }
      // A listing text has these keys and no others.
      const differs = (Object.keys(after) as (keyof ListingText)[]).filter(
        (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
      )
      const say = (text: ListingText) =>
        short(differs.map((field) => sayField(text, field)).join('; '))
      return { before: say(before), after: say(after) }
    }
  }
}

const sayListing = (text: ListingText) => `${text.title}, ${sayPrice(text.priceCents)}`

function sayField(text: ListingText, field: keyof ListingText): string {
  switch (field) {
    case 'priceCents':
      return `price ${sayPrice(text.priceCents)}`
    case 'bullets':
      return `points: ${text.bullets.join(' / ')}`
    case 'attributes':
      return `details: ${Object.entries(text.attributes)
        .map(([name, value]) => `${name}: ${value}`)
        .join(' / ')}`
    default:
      return `${field} “${text[field]}”`
  }
}

/** Recourse takes 500 characters of an event; the change itself is kept whole. */
const short = (words: string) =>
  words.length <= 400 ? words : `${[...words.slice(0, 399)].slice(0, -1).join('')}…`
