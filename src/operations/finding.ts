/** What screening flagged, for the desk. */
import { transact } from '../store/db.ts'
import { countFlagged, searchFlagged, type FlaggedRecord } from '../store/finding.ts'
import { countScreened } from '../store/screening.ts'
import type { App } from './app.ts'
import { permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

export interface FlaggedSearch {
  policy: string | null
  outcome: 'review' | 'deactivate' | null
  search: string | null
  after: { foundAt: Date; id: string } | null
}

export interface FlaggedView {
  findings: FlaggedRecord[]
  /** Where the next page begins; null on the last. */
  next: { foundAt: Date; id: string } | null
  screened: number
  byPolicy: { policy: string; title: string; review: number; deactivate: number }[]
}

const page = 50

/** Flagged listing versions, newest first, with what came of each; 50 a page. */
export async function listFlagged(
  app: App,
  who: Who,
  search: FlaggedSearch,
): Promise<Result<FlaggedView>> {
  const may = permit(app, who, 'desk.listFlagged')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const found = await searchFlagged(tx, { ...search, most: page + 1 })
    const findings = found.slice(0, page)
    const last = findings.at(-1)
    return done({
      findings,
      next: found.length > page && last ? { foundAt: last.foundAt, id: last.id } : null,
      screened: await countScreened(tx),
      byPolicy: await countFlagged(tx),
    })
  })
}
