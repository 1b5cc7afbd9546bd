/** Complaints about a seller as the seller reads them: what is said, what became of it, and nobody who said it. */
import type { Case } from '../core/case.ts'
import type { ComplaintFinding } from '../core/complaint.ts'
import type { Procedure } from '../core/procedure.ts'
import { complaintCasesAfter, countComplaintCases } from '../store/complaint-case.ts'
import { transact } from '../store/db.ts'
import { procedureOf } from '../store/procedure.ts'
import { readSeller, type Seller } from '../store/seller.ts'
import { staffNames } from '../store/staff.ts'
import type { App } from './app.ts'
import { permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

export interface OwnComplaints {
  seller: Pick<Seller, 'timeZone'>
  complaints: { case: Case; substance: string; procedure: Procedure }[]
  found: Record<'open' | ComplaintFinding, number>
  /** Where the next page begins; null on the last. */
  next: number | null
  people: Map<string, string>
}

const page = 50

/** A seller's complaints, newest first, 50 a page, and how many of each finding there are in all. */
export async function readOwnComplaints(
  app: App,
  who: Who,
  { before }: { before: number | null },
): Promise<Result<OwnComplaints>> {
  const may = permit(app, who, 'seller.listComplaints')
  if (!may.ok) return may
  const { sellerId } = may.reader
  return transact(app.db, may.wall, async (tx) => {
    const seller = await readSeller(tx, sellerId)
    const read = await complaintCasesAfter(tx, sellerId, { before, most: page + 1 })
    const complaints: OwnComplaints['complaints'] = []
    for (const { held, substance } of read.slice(0, page))
      complaints.push({ case: held, substance, procedure: await procedureOf(tx, held.procedureId) })
    return done({
      seller: { timeZone: seller?.timeZone ?? app.timeZone },
      complaints,
      found: await countComplaintCases(tx, sellerId),
      next: read.length > page ? (complaints.at(-1)?.case.number ?? null) : null,
      people: await staffNames(tx),
    })
  })
}
