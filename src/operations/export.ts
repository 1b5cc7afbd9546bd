/** The whole file of a seller, read in small pages: however large it is, no more than one page is held. */
import type { AccountHealth } from '../core/account-health.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { readBalance } from '../store/balance.ts'
import { casesAfter } from '../store/case.ts'
import { transact, type Tx, type Wall } from '../store/db.ts'
import { measuresAfter, type MeasureRecord } from '../store/decision.ts'
import { countEntries, filesAfter, versionsAfter, type ExportedVersion } from '../store/export.ts'
import type { FileRecord } from '../store/file.ts'
import { listMembers, type MemberHistory } from '../store/member.ts'
import { ordersAfter } from '../store/order.ts'
import { contactsOf, readSeller, type Seller } from '../store/seller.ts'
import type { Balance } from '../core/balance.ts'
import type { Order } from '../core/order.ts'
import { healthOf } from './account-health.ts'
import type { App } from './app.ts'
import { openBelongings } from './belongings.ts'
import { ofSeller, viewOf, withoutKept, type ToldCase } from './case-view.ts'
import { namedMatters } from './matter.ts'
import { permit } from './permit.ts'
import { readSentNotices } from './sent-notice.ts'
import type { Who } from './who.ts'

type Contact = Awaited<ReturnType<typeof contactsOf>>[number]

/** Everything that is kept of a seller; each list is read as it is asked for. */
export interface OwnFile {
  seller: Seller
  balance: Balance | null
  /** How the account stands; null where nothing is worked out, and for who has one matter only. */
  health: AccountHealth | null
  /** How many entries there are, about. */
  entries: number
  contacts: Contact[]
  members: MemberHistory[]
  listings: AsyncIterable<ExportedVersion>
  measures: AsyncIterable<MeasureRecord>
  cases: AsyncIterable<ToldCase>
  files: AsyncIterable<FileRecord>
  orders: AsyncIterable<Order>
}

/** How many entries are read at once: of what can be long, fewer. */
const most = { versions: 100, measures: 100, cases: 10, files: 1_000, orders: 1_000 }

/** Opens the own file; the reader is judged before its first word. */
export async function openOwnFile(app: App, who: Who): Promise<({ ok: true } & OwnFile) | Refused> {
  const may = permit(app, who, 'seller.export')
  if (!may.ok) return may
  const { sellerId } = may.reader
  const opened = await openBelongings(app, may)
  if (!opened.ok) return opened
  const { wall } = opened
  return transact(app.db, wall, async (tx) => {
    const seller = await readSeller(tx, sellerId)
    if (seller === null) return refuse('not_found')
    return {
      ok: true as const,
      seller,
      balance: await readBalance(tx, sellerId),
      health:
        app.health === null || namedMatters(may.reader) !== null
          ? null
          : await healthOf(tx, sellerId, app.health, app.now()),
      entries: await countEntries(tx, sellerId),
      contacts: await contactsOf(tx, sellerId),
      members: await listMembers(tx, sellerId),
      listings: pages(app, wall, { listingId: '', version: 0 }, (tx, after: Place) =>
        versionsAfter(tx, sellerId, { after, most: most.versions }),
      ),
      measures: pages(app, wall, { decision: { number: 0 } }, (tx, { decision: { number } }) =>
        measuresAfter(tx, sellerId, { after: number, most: most.measures, now: app.now() }),
      ),
      cases: pages(app, wall, { case: { number: 0 } }, (tx, { case: { number } }) =>
        viewsAfter(app, tx, seller, number),
      ),
      files: pages(app, wall, { id: '' }, (tx, { id }) =>
        filesAfter(tx, sellerId, { after: id, most: most.files }),
      ),
      orders: pages(app, wall, { id: '' }, (tx, { id }) =>
        ordersAfter(tx, sellerId, { after: id, most: most.orders }),
      ),
    }
  })
}

type Place = Pick<ExportedVersion, 'listingId' | 'version'>

/** A case brings its thread along, so fewer are read at once. */
async function viewsAfter(app: App, tx: Tx, seller: Seller, number: number): Promise<ToldCase[]> {
  const views: ToldCase[] = []
  for (const held of await casesAfter(tx, seller.id, { after: number, most: most.cases })) {
    const view = await viewOf(app, tx, held, seller)
    views.push({
      ...withoutKept(view),
      files: ofSeller(withoutKept(view).files, seller.id),
      notices: ofSeller(await readSentNotices(tx, { caseId: held.id }), seller.id),
    })
  }
  return views
}

/** Entries in order, a page a transaction: a slow reader keeps no transaction open. */
async function* pages<Mark, Entry extends Mark>(
  app: App,
  wall: Wall,
  first: Mark,
  readAfter: (tx: Tx, mark: Mark) => Promise<Entry[]>,
): AsyncGenerator<Entry> {
  for (let mark: Mark = first; ;) {
    const from = mark
    const page = await transact(app.db, wall, (tx) => readAfter(tx, from))
    const last = page.at(-1)
    if (last === undefined) return
    yield* page
    mark = last
  }
}
