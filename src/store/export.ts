/** An export reads a seller's whole file page by page; row-level security keeps to that seller what these queries say. */
import { sql } from 'kysely'
import type { ListingText } from '../core/listing.ts'
import type { Tx } from './db.ts'
import type { FileRecord } from './file.ts'

/** One version of a listing as the seller offered it. */
export interface ExportedVersion {
  listingId: string
  version: number
  text: ListingText
  receivedAt: Date
}

/** The versions of a seller's listings after one of them. */
export async function versionsAfter(
  tx: Tx,
  sellerId: string,
  { after, most }: { after: Pick<ExportedVersion, 'listingId' | 'version'>; most: number },
): Promise<ExportedVersion[]> {
  const { rows } = await sql<ExportedVersion>`
    select v.listing_id as "listingId", v.version, v.text, v.received_at as "receivedAt"
    from listings l join listing_versions v on v.listing_id = l.id
    where l.seller_id = ${sellerId} and v.seller_id = ${sellerId}
      and l.id >= ${after.listingId}
      and (v.listing_id, v.version) > (${after.listingId}, ${after.version})
    order by l.id, v.version
    limit ${most}`.execute(tx)
  return rows
}

/** What is known of a seller's files, without their bytes, after one of them. */
export async function filesAfter(
  tx: Tx,
  sellerId: string,
  { after, most }: { after: string; most: number },
): Promise<FileRecord[]> {
  const { rows } = await sql<FileRecord>`
    select id, seller_id as "sellerId", case_id as "caseId", name, media_type as "mediaType", size,
      received_at as "receivedAt"
    from files
    where seller_id = ${sellerId} and id > ${after} and not kept_from_seller
    order by id
    limit ${most}`.execute(tx)
  return rows
}

/** How many entries the whole file has, about: what a page measures its progress by. */
export async function countEntries(tx: Tx, sellerId: string): Promise<number> {
  const { rows } = await sql<{ entries: number }>`
    select (select count(*) from contacts where seller_id = ${sellerId})
      + (select count(*) from listing_versions v join listings l on l.id = v.listing_id where l.seller_id = ${sellerId})
      + (select count(*) from statements where seller_id = ${sellerId})
      + (select count(*) from cases where seller_id = ${sellerId})
      + (select count(*) from files where seller_id = ${sellerId})
      + (select count(*) from orders where seller_id = ${sellerId}) as entries`.execute(tx)
  return rows[0]?.entries ?? 0
}
