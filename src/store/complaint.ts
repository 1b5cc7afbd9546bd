/** Complaints and their reporters in PostgreSQL, and the lines in which the credibility of complaints is read. */
import { createHash } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import {
  sameWords,
  type Complaint,
  type ComplaintFinding,
  type Reporter,
  type ReporterTraces,
} from '../core/complaint.ts'
import { json, pagesOf, type Tx } from './db.ts'
import type { Tables } from './tables.ts'
import { callForWeighing } from './weighing.ts'

/** A complaint as it is kept, with what came of it. */
export interface KeptComplaint extends Complaint {
  finding: ComplaintFinding | null
  /** In which the reporter is told. */
  words: string | null
  /** Whether the person who refuted it said that it was manifestly unfounded. */
  isUnfounded: boolean
  foundBy: string | null
  foundAt: Date | null
  contestedText: string | null
  contestedAt: Date | null
  /** The measure against its reporter by which it was set aside when it came. */
  setAsideBy: string | null
}

/** Finds or keeps a reporter: by the marketplace's id, or by the address where only that is known. */
export async function keepReporter(
  tx: Tx,
  { id, kind, name, address, isKnown }: Reporter & { isKnown: boolean },
  now: Date,
): Promise<Reporter> {
  if (!isKnown && address !== null) {
    const held = await tx
      .selectFrom('reporters')
      .selectAll()
      .where(sql<boolean>`lower(address) = lower(${address})`)
      .where('is_known', '=', false)
      .executeTakeFirst()
    if (held) return reporterOf(held)
  }
  const row = await tx
    .insertInto('reporters')
    .values({ id, kind, name, address, is_known: isKnown, first_at: now })
    .onConflict((conflict) =>
      // What is told later of the same person is true; what is left out stays as it was.
      conflict.column('id').doUpdateSet({
        kind,
        name: sql`coalesce(excluded.name, reporters.name)`,
        address: sql`coalesce(excluded.address, reporters.address)`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return reporterOf(row)
}

/** The same complaint, told again: under the marketplace's name for it, or by the same words of the same person. */
export async function sameComplaint(
  tx: Tx,
  complaint: Pick<Complaint, 'toldId' | 'reporterId' | 'sellerId' | 'listingId' | 'text'>,
): Promise<KeptComplaint | null> {
  const key = sameKey(complaint)
  // Two at once are one: the second waits here until the first is kept.
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 25))`.execute(tx)
  const row = await tx
    .selectFrom('complaints')
    .selectAll()
    .where((one) =>
      one.or([
        one('same_key', '=', key),
        ...(complaint.toldId === null ? [] : [one('told_id', '=', complaint.toldId)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return row ? complaintOf(row) : null
}

/** Keeps a complaint beside its case; both are there at the end of the transaction, or neither. */
export async function insertComplaint(
  tx: Tx,
  complaint: Complaint & { setAsideBy: string | null },
): Promise<void> {
  await tx
    .insertInto('complaints')
    .values({
      id: complaint.id,
      number: complaint.number,
      case_id: complaint.caseId,
      told_id: complaint.toldId,
      at: complaint.at,
      received_at: complaint.receivedAt,
      seller_id: complaint.sellerId,
      listing_id: complaint.listingId,
      order_id: complaint.orderId,
      reporter_id: complaint.reporterId,
      kind: complaint.kind,
      text: complaint.text,
      same_key: sameKey(complaint),
      traces: json(complaint.traces),
      set_aside_by: complaint.setAsideBy,
    })
    .execute()
  await callForWeighing(tx)
}

/** What was found, and the words in which its reporter is told. */
export async function saveFinding(
  tx: Tx,
  id: string,
  found: { finding: ComplaintFinding; words: string; isUnfounded: boolean; by: string; at: Date },
): Promise<void> {
  const { finding, words, isUnfounded, by, at } = found
  await tx
    .updateTable('complaints')
    .set({ finding, words, is_unfounded: isUnfounded, found_by: by, found_at: at })
    .where('id', '=', id)
    .execute()
  await callForWeighing(tx)
}

/** What its reporter wrote against what was found. */
export async function saveContest(
  tx: Tx,
  id: string,
  { text, at }: { text: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('complaints')
    .set({ contested_text: text, contested_at: at })
    .where('id', '=', id)
    .execute()
}

/** A complaint by its id, or null behind this wall. */
export async function readComplaint(tx: Tx, id: string): Promise<KeptComplaint | null> {
  const row = await tx.selectFrom('complaints').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? complaintOf(row) : null
}

/** A complaint by the number that its reporter quotes, or null behind this wall. */
export async function complaintNumbered(tx: Tx, number: number): Promise<KeptComplaint | null> {
  const row = await tx
    .selectFrom('complaints')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirst()
  return row ? complaintOf(row) : null
}

/** These complaints in the order in which they were made: their cases by id. */
export async function complaintsOfIds(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; caseId: string }[]> {
  return tx
    .selectFrom('complaints')
    .select(['id', 'case_id as caseId'])
    .where('id', '=', sql<string>`any(${ids}::text[])`)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

/** The complaint that a case looks into, or null behind this wall. */
export async function complaintOfCase(tx: Tx, caseId: string): Promise<KeptComplaint | null> {
  const row = await tx
    .selectFrom('complaints')
    .selectAll()
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  return row ? complaintOf(row) : null
}

/** A reporter, or null behind this wall. */
export async function readReporter(
  tx: Tx,
  id: string,
): Promise<(Reporter & { firstAt: Date }) | null> {
  const row = await tx.selectFrom('reporters').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? { ...reporterOf(row), firstAt: row.first_at } : null
}

/** Other complaints of a reporter, or about a seller, the newest first, and how many of each finding there are in all. */
export async function otherComplaints(
  tx: Tx,
  of: { reporterId: string } | { sellerId: string },
  { except, most }: { except: string; most: number },
): Promise<{ complaints: (KeptComplaint & { sellerName: string })[]; found: FoundCounts }> {
  const others = tx
    .selectFrom('complaints as c')
    .where('c.id', '<>', except)
    .$if('reporterId' in of, (query) =>
      query.where('c.reporter_id', '=', 'reporterId' in of ? of.reporterId : ''),
    )
    .$if('sellerId' in of, (query) =>
      query.where('c.seller_id', '=', 'sellerId' in of ? of.sellerId : ''),
    )
  const rows = await others
    .innerJoin('sellers as s', 's.id', 'c.seller_id')
    .selectAll('c')
    .select(sql<string>`coalesce(s.name, s.id)`.as('seller_name'))
    .orderBy('c.received_at', 'desc')
    .limit(most)
    .execute()
  const counted = await others
    .select(({ fn }) => ['c.finding', fn.countAll<number>().as('count')])
    .groupBy('c.finding')
    .execute()
  const count = (finding: ComplaintFinding | null) =>
    counted.find((row) => row.finding === finding)?.count ?? 0
  return {
    complaints: rows.map((row) => ({ ...complaintOf(row), sellerName: row.seller_name })),
    found: {
      open: count(null),
      confirmed: count('confirmed'),
      refuted: count('refuted'),
      undetermined: count('undetermined'),
    },
  }
}

export type FoundCounts = Record<'open' | ComplaintFinding, number>

/** Of what is held of a seller on complaints, one transaction at a time decides. */
export async function lockHolds(tx: Tx, sellerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`holds ${sellerId}`}, 25))`.execute(tx)
}

/** Whether another listing of this seller is held on a complaint that nobody has looked at. */
export async function holdsAnother(
  tx: Tx,
  { sellerId, listingId }: { sellerId: string; listingId: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    select from cases c
    join actions a on a.decision_id = c.complaint ->> 'decisionId'
    where c.kind = 'complaint' and c.seller_id = ${sellerId}
      and c.complaint ->> 'finding' is null
      and a.ended_at is null
      and a.subject_id is distinct from ${listingId}
    limit 1`.execute(tx)
  return rows.length > 0
}

/** How many messages went to this address about complaints since then. */
export async function toldSince(tx: Tx, address: string, since: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('notices')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('seller_id', 'is', null)
    .where(sql<boolean>`lower(address) = lower(${address})`)
    .where('kind', '=', 'case-received')
    .where('created_at', '>=', since)
    .executeTakeFirstOrThrow()
  return count
}

/** What the marketplace knows of a seller beside its name, always whole; an older fact never replaces a newer one. */
export async function saveSellerTraces(
  tx: Tx,
  sellerId: string,
  { categories, createdAt, toldAt, ...traces }: SellerTraces & { toldAt: Date },
): Promise<void> {
  const row = {
    created_at: createdAt,
    categories: json(categories),
    devices: json(traces.devices),
    ip_prefixes: json(traces.ipPrefixes),
    payment_hashes: json(traces.paymentHashes),
    address_hashes: json(traces.addressHashes),
    told_at: toldAt,
  }
  await tx
    .insertInto('seller_traces')
    .values({ seller_id: sellerId, ...row })
    .onConflict((conflict) =>
      conflict.column('seller_id').doUpdateSet(row).where('seller_traces.told_at', '<=', toldAt),
    )
    .execute()
  await callForWeighing(tx)
}

export interface SellerTraces extends Omit<ReporterTraces, 'orders'> {
  categories: string[]
}

/** A line as the credibility of complaints is read from it (`design`, contracts): a complaint, or what stands around it. */
export type CredibilityLine =
  | { seller: Record<string, unknown> & { id: string } }
  | { order: Record<string, unknown> & { id: string } }
  | (Record<string, unknown> & { id: string; at: string; reporterId: string })

/** Every line there is, the context first, in pages: this is what complaints are weighed by. */
export async function* credibilityLines(tx: Tx): AsyncGenerator<CredibilityLine[]> {
  // Of all sellers: a rival may be nobody whom anybody complains about.
  const traces = tx.selectFrom('seller_traces').selectAll().orderBy('seller_id')
  for await (const rows of pagesOf(tx, traces)) yield rows.map(sellerLineOf)
  // Not only the orders that are named: what else a reporter bought says who they are.
  const orders = tx
    .selectFrom('orders as o')
    .selectAll('o')
    .where((one) =>
      one.or([
        one('o.id', 'in', tx.selectFrom('complaints').select('order_id')),
        one('o.reporter_id', 'in', tx.selectFrom('complaints').select('reporter_id')),
      ]),
    )
    .orderBy('o.id')
  for await (const rows of pagesOf(tx, orders)) yield rows.map(orderLineOf)
  const complaints = tx.selectFrom('complaints').selectAll().orderBy('at').orderBy('id')
  for await (const rows of pagesOf(tx, complaints)) yield rows.map(lineOf)
}

function sellerLineOf(row: Selectable<Tables['seller_traces']>): CredibilityLine {
  return {
    seller: {
      id: row.seller_id,
      ...(row.created_at === null ? {} : { createdAt: row.created_at.toISOString() }),
      categories: row.categories,
      devices: row.devices,
      ipPrefixes: row.ip_prefixes,
      paymentHashes: row.payment_hashes,
      addressHashes: row.address_hashes,
    },
  }
}

function orderLineOf(row: Selectable<Tables['orders']>): CredibilityLine {
  return {
    order: {
      id: row.id,
      sellerId: row.seller_id,
      listingId: row.listing_id,
      reporterId: row.reporter_id,
      at: row.at.toISOString(),
      delivered: row.state === 'delivered',
    },
  }
}

function lineOf(row: Selectable<Tables['complaints']>): CredibilityLine {
  const { createdAt, orders, ...shared } = Traces.parse(row.traces)
  return {
    id: row.told_id ?? row.id,
    at: row.at.toISOString(),
    sellerId: row.seller_id,
    ...(row.listing_id === null ? {} : { listingId: row.listing_id }),
    reporterId: row.reporter_id,
    ...(row.order_id === null ? {} : { orderId: row.order_id }),
    kind: row.kind,
    text: row.text,
    reporter: {
      ...(createdAt === null ? {} : { createdAt: createdAt.toISOString() }),
      ...(orders === null ? {} : { orders }),
      ...shared,
    },
  }
}

function sameKey(complaint: Parameters<typeof sameWords>[0]): string {
  return createHash('sha256').update(sameWords(complaint)).digest('hex')
}

/** Instants inside jsonb come back as text. */
const Traces = z.object({
  createdAt: z.coerce.date().nullable(),
  orders: z.number().nullable(),
  devices: z.array(z.string()),
  ipPrefixes: z.array(z.string()),
  paymentHashes: z.array(z.string()),
  addressHashes: z.array(z.string()),
}) satisfies z.ZodType<ReporterTraces>

function complaintOf(row: Selectable<Tables['complaints']>): KeptComplaint {
  return {
    id: row.id,
    number: row.number,
    caseId: row.case_id,
    toldId: row.told_id,
    at: row.at,
    receivedAt: row.received_at,
    sellerId: row.seller_id,
    listingId: row.listing_id,
    orderId: row.order_id,
    reporterId: row.reporter_id,
    kind: row.kind,
    text: row.text,
    traces: Traces.parse(row.traces),
    finding: row.finding,
    words: row.words,
    isUnfounded: row.is_unfounded,
    foundBy: row.found_by,
    foundAt: row.found_at,
    contestedText: row.contested_text,
    contestedAt: row.contested_at,
    setAsideBy: row.set_aside_by,
  }
}

function reporterOf(row: Selectable<Tables['reporters']>): Reporter {
  return { id: row.id, kind: row.kind, name: row.name, address: row.address }
}
