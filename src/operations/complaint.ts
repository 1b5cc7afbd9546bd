/** Complaints come in by three doors, the marketplace's call, the public page and mail, into this one operation. */
import { mayBeDangerous, standsStillUntil } from '../core/case-aside.ts'
import { openCase } from '../core/case.ts'
import {
  complaintNumber,
  matterOf,
  noTraces,
  placesNamed,
  substanceOf,
  type Complaint,
  type ComplaintKind,
  type ReporterKind,
  type ReporterTraces,
} from '../core/complaint.ts'
import type { ListingVersion } from '../core/listing.ts'
import type { OrderTold } from '../core/order.ts'
import { routeTo } from '../core/procedure.ts'
import { accountNames } from '../core/recovery.ts'
import { refuse } from '../core/refusal.ts'
import { plainTitle, shortTitle } from '../core/saying.ts'
import { insertCase, nextCaseNumber } from '../store/case.ts'
import {
  insertComplaint,
  keepReporter,
  sameComplaint,
  saveSellerTraces,
  type KeptComplaint,
  type SellerTraces,
} from '../store/complaint.ts'
import { bringInside, transact, type Tx } from '../store/db.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { readListing } from '../store/listing.ts'
import { readOrder, saveOrder } from '../store/order.ts'
import { currentProcedure } from '../store/procedure.ts'
import { ensureSeller, readSeller, sellersNamed } from '../store/seller.ts'
import type { App } from './app.ts'
import { acknowledgeComplaint } from './complaint-telling.ts'
import type { FactStored } from './fact.ts'
import { holdForComplaint } from './hold.ts'
import { lockSetAside } from './misuse.ts'
import { once } from './once.ts'
import { permit } from './permit.ts'
import { done, refusalOf, RefusedError, type Result } from './result.ts'
import type { Who } from './who.ts'

/** A complaint as a door takes it in. */
export interface ComplaintTold {
  /** The name that the marketplace gave it; null by every other door. */
  toldId: string | null
  channel: 'report' | 'complaints'
  /** Null for "as of now". */
  at: Date | null
  sellerId: string | null
  listingId: string | null
  orderId: string | null
  kind: ComplaintKind
  /** Whether the reporter chose that kind; a machine that read their mail only guesses. */
  isSaid: boolean
  text: string
  reporter: {
    /** The marketplace's name for them; null where only their address is known. */
    id: string | null
    kind: ReporterKind
    name: string | null
    address: string | null
    traces: ReporterTraces
  }
  inReplyTo?: string | null
}

export interface Filed {
  complaint: Pick<Complaint, 'id' | 'number' | 'caseId' | 'toldId'>
  /** False where it is the same as one that came before. */
  isNew: boolean
}

/** What the marketplace tells at this address: complaints, and what stands around them. */
export type ToldAboutComplaints =
  | { complaint: Omit<ComplaintTold, 'channel' | 'isSaid'> & { toldId: string } }
  | { seller: SellerTraces & { id: string } }
  | { order: OrderTold }

/** What was stored, with what opens a complaint for its reporter. */
export interface ComplaintStored extends FactStored {
  complaint: Filed['complaint'] | null
}

/** Takes what the marketplace tells of complaints, in order, in one transaction. */
export async function tellComplaints(
  app: App,
  who: Who,
  told: ToldAboutComplaints[],
  idempotency: Idempotency | null = null,
): Promise<Result<ComplaintStored>[]> {
  const may = permit(app, who, 'facts.tellComplaint')
  if (!may.ok) return told.map(() => may)
  const [only] = told
  if (only !== undefined && told.length === 1) {
    const work = transact(app.db, may.wall, async (tx) => {
      await bringInside(tx)
      return once(app, tx, idempotency, () => storeTold(app, tx, only))
    })
    return [await refusalOf(work)]
  }
  return transact(app.db, may.wall, async (tx) => {
    await bringInside(tx)
    const results: Result<ComplaintStored>[] = []
    for (const one of told) results.push(await storeTold(app, tx, one))
    return results
  })
}

async function storeTold(
  app: App,
  tx: Tx,
  told: ToldAboutComplaints,
): Promise<Result<ComplaintStored>> {
  const now = app.now()
  if ('seller' in told) {
    const { id, ...traces } = told.seller
    await ensureSeller(tx, id, new Date(0), now)
    await saveSellerTraces(tx, id, { ...traces, toldAt: now })
    return done({ id, result: 'stored', complaint: null })
  }
  if ('order' in told) {
    const result = await saveOrder(tx, told.order, now)
    if (result === 'seller_mismatch')
      return refuse('seller_mismatch', 'This order was told for another seller before.')
    return done({ id: told.order.id, result, complaint: null })
  }
  const { toldId, sellerId } = told.complaint
  if (sellerId !== null) await ensureSeller(tx, sellerId, new Date(0), now)
  const filed = await fileIn(app, tx, { ...told.complaint, channel: 'report', isSaid: true })
  if (!filed.ok) return filed
  const { complaint, isNew } = filed.value
  return done({
    id: toldId,
    result: isNew ? 'stored' : 'unchanged',
    number: complaintNumber(complaint),
    complaint,
  })
}

/** What the public page asks for. */
export interface ReportWritten {
  /** A page of the shop, the id of a listing, or the name of a seller. */
  where: string
  kind: ComplaintKind
  text: string
  orderId: string | null
  address: string
  name: string | null
  as: ReporterKind
  /** The network that it came from, for weighing. */
  ipPrefix: string | null
}

/** Files what somebody wrote on the public page; whoever is signed in, the page asks nobody who they are. */
export function fileReport(
  app: App,
  who: Who,
  { where, address, name, as, ipPrefix, ...written }: ReportWritten,
  idempotency: Idempotency | null,
): Promise<Result<Filed>> {
  const may = permit(app, who, 'report.file')
  if (!may.ok) return Promise.resolve(may)
  const isWhole = [where, written.text, address].every((part) => part.trim() !== '')
  if (!isWhole) return Promise.resolve(refuse('complaint_incomplete'))
  const work = transact(app.db, { nobody: true }, async (tx): Promise<Result<Filed>> => {
    await bringInside(tx)
    return once(app, tx, idempotency, async () => {
      const place = await placeMeant(tx, where)
      if (place === null) return refuse('place_unknown')
      return fileIn(app, tx, {
        ...written,
        ...place,
        toldId: null,
        channel: 'report',
        at: null,
        isSaid: true,
        reporter: {
          id: null,
          kind: as,
          name: name?.trim() === '' ? null : name,
          address: address.trim(),
          traces: { ...noTraces, ipPrefixes: ipPrefix === null ? [] : [ipPrefix] },
        },
      })
    })
  })
  return refusalOf(work)
}

/** What a reporter's words point to: a listing that we know, or one seller by name. */
export async function placeMeant(
  tx: Tx,
  where: string,
): Promise<{ sellerId: string; listingId: string | null } | null> {
  for (const id of placesNamed(where)) {
    const listing = await readListing(tx, id)
    if (listing) return { sellerId: listing.version.sellerId, listingId: id }
  }
  const { names } = accountNames(where)
  const byLink = placesNamed(where).map((place) => place.toLowerCase())
  const [sellerId, another] = await sellersNamed(tx, {
    names: [...names, ...byLink],
    addresses: [],
  })
  return sellerId === undefined || another !== undefined ? null : { sellerId, listingId: null }
}

/** The one way in. The same complaint again is answered with the first; a new one has a case, a clock and a receipt. */
export async function fileIn(app: App, tx: Tx, told: ComplaintTold): Promise<Result<Filed>> {
  const now = app.now()
  const about = await aboutOf(tx, told)
  if (!about.ok) return about
  const { sellerId, listing } = about.value
  const { id, kind, name, address, traces } = told.reporter
  const reporter = await keepReporter(
    tx,
    { id: id ?? app.newId('rep'), kind, name, address, isKnown: id !== null },
    now,
  )
  const facts = { ...told, sellerId, reporterId: reporter.id }
  const before = await sameComplaint(tx, facts)
  if (before !== null) return done({ complaint: namesOf(before), isNew: false })
  const aside = await lockSetAside(tx, reporter.id, now)
  const adopted = await currentProcedure(tx)
  const { procedure } = adopted
  const wanted = matterOf(told.kind)
  // A procedure that knows no desk for dangers leads them where every other complaint goes.
  const matter = routeTo(procedure, wanted, told.channel) === null ? 'matter.complaint' : wanted
  const desk = routeTo(procedure, matter, told.channel)
  if (desk === null) return refuse('no_way_in')
  const complaint = {
    id: app.newId('cmp'),
    number: await nextCaseNumber(tx),
    caseId: app.newId('cas'),
    toldId: told.toldId,
    at: told.at ?? now,
    receivedAt: now,
    sellerId,
    listingId: told.listingId,
    orderId: told.orderId,
    reporterId: reporter.id,
    kind: told.kind,
    text: told.text,
    traces,
    setAsideBy: aside?.id ?? null,
  } satisfies Complaint & { setAsideBy: string | null }
  await insertComplaint(tx, complaint)
  const substance = substanceOf(told.text, { ...reporter, orderId: told.orderId, traces })
  const decisionId = await holdForComplaint(app, tx, {
    complaint,
    isSaid: told.isSaid,
    listing,
    substance,
    procedure,
  })
  const opened = openCase(
    {
      id: complaint.caseId,
      number: complaint.number,
      kind: 'complaint',
      matter,
      channel: told.channel,
      sellerId,
      procedureId: adopted.id,
      desk,
      by: null,
      // The seller reads what the case says, so it says the substance and nothing more.
      text: substance,
      objections: [],
      check: null,
      overdueSince: null,
      complaint: {
        complaintId: complaint.id,
        kind: told.kind,
        listingId: told.listingId,
        title: await titleOf(tx, { listing, sellerId, listingId: told.listingId }),
        decisionId,
      },
    },
    procedure,
    now,
  )
  if (!opened.ok) return opened
  const held = aside === null ? opened.case : standsStillUntil(opened.case, aside.until, now)
  await insertCase(tx, held, opened.events, now)
  await acknowledgeComplaint(app, tx, held, {
    inReplyTo: told.inReplyTo ?? null,
    aside: mayBeDangerous(held) ? null : aside,
  })
  return done({ complaint: namesOf(complaint), isNew: true })
}

/** Opens a complaint out of a mail that a person of the marketplace read, or that named what it is about. */
export async function fileFromMail(
  app: App,
  tx: Tx,
  mail: Pick<ComplaintTold, 'sellerId' | 'listingId' | 'kind' | 'text' | 'inReplyTo'> & {
    address: string | null
  },
): Promise<{ caseId: string; held: Filed }> {
  const { address, ...written } = mail
  const filed = await fileIn(app, tx, {
    ...written,
    toldId: null,
    channel: 'complaints',
    at: null,
    orderId: null,
    isSaid: false,
    reporter: { id: null, kind: 'customer', name: null, address, traces: noTraces },
  })
  if (!filed.ok) throw new RefusedError(filed)
  return { caseId: filed.value.complaint.caseId, held: filed.value }
}

/** The seller that it is about, and its listing where that is known: told, or worked out from listing or order. */
async function aboutOf(
  tx: Tx,
  told: Pick<ComplaintTold, 'sellerId' | 'listingId' | 'orderId'>,
): Promise<Result<{ sellerId: string; listing: ListingVersion | null }>> {
  const sold = told.listingId === null ? null : await readListing(tx, told.listingId)
  const listing = sold?.version ?? null
  const order = told.orderId === null ? null : await readOrder(tx, told.orderId)
  const sellerId = told.sellerId ?? listing?.sellerId ?? order?.sellerId ?? null
  if (sellerId === null) return refuse('place_unknown')
  if (listing !== null && listing.sellerId !== sellerId) return refuse('seller_mismatch')
  return done({ sellerId, listing })
}

async function titleOf(
  tx: Tx,
  {
    listing,
    listingId,
    sellerId,
  }: { listing: ListingVersion | null; listingId: string | null; sellerId: string },
): Promise<string> {
  if (listing !== null) return shortTitle(plainTitle(listing.text.title))
  if (listingId !== null) return shortTitle(listingId)
  return shortTitle((await readSeller(tx, sellerId))?.name ?? sellerId)
}

function namesOf({ id, number, caseId, toldId }: Complaint | KeptComplaint): Filed['complaint'] {
  return { id, number, caseId, toldId }
}

/** The network of an address, as coarse as the marketplace tells its own: /24 of four bytes, /48 of sixteen. */
export function ipPrefixOf(ip: string): string | null {
  const four = /(?:^|:)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(ip)
  if (four?.[1] !== undefined) return `${four[1]}.0/24`
  if (!ip.includes(':')) return null
  const groups = (ip.split('::')[0] ?? '').split(':').filter(Boolean).slice(0, 3)
  return groups.length === 0 ? null : `${groups.join(':')}::/48`
}
