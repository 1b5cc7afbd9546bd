/** The queue of the desks that one staffs: the open cases by time left, and what may be done with several at once. */
import { bulkKinds, type BulkAction } from '../core/bulk.ts'
import type { Case } from '../core/case.ts'
import type { Letter } from '../core/letter.ts'
import type { Command } from '../core/permission.ts'
import { deskTitle } from '../core/procedure.ts'
import { casesAtDesks, countAtDesks, mattersOf, type QueueMatter } from '../store/case.ts'
import { transact } from '../store/db.ts'
import { lettersOfCases } from '../store/letter.ts'
import { currentProcedure } from '../store/procedure.ts'
import { staffNames } from '../store/staff.ts'
import type { App } from './app.ts'
import { isPermitted, permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

export interface QueueView {
  desks: { name: string; title: string; open: number; overdue: number }[]
  cases: (QueueMatter & { case: Case; deskTitle: string; letters: Letter[] })[]
  people: Map<string, string>
  /** What the reader may do with several at once, and the desks that theirs hand on to. */
  together: BulkAction['do'][]
  forwardTo: { desk: string; title: string }[]
}

const bulkCommandOf = {
  release: 'desk.releaseCase',
  forward: 'desk.forwardCase',
  answer: 'desk.answerCase',
  lift: 'desk.decideCase',
} as const satisfies Record<BulkAction['do'], Command>

/** The open cases of the desks one staffs, by time left. */
export async function readQueue(
  app: App,
  who: Who,
  { desk }: { desk: string | null },
): Promise<Result<QueueView>> {
  const may = permit(app, who, 'desk.getQueue')
  if (!may.ok) return may
  const { reader } = may
  return transact(app.db, may.wall, async (tx) => {
    const { procedure } = await currentProcedure(tx)
    const counts = await countAtDesks(tx)
    const staffed = reader.desks.filter((name) => desk === null || name === desk)
    const open = await casesAtDesks(tx, staffed)
    const matters = await mattersOf(
      tx,
      open.map(({ id }) => id),
    )
    const letters = await lettersOfCases(
      tx,
      open.map(({ id }) => id),
    )
    const cases = open.flatMap((held) => {
      const matter = matters.get(held.id)
      if (matter === undefined) return []
      const theirs = letters.filter(({ caseId }) => caseId === held.id)
      return [
        { ...matter, case: held, deskTitle: deskTitle(procedure, held.desk), letters: theirs },
      ]
    })
    const desks = reader.desks.map((name) => ({
      name,
      title: deskTitle(procedure, name),
      ...(counts.get(name) ?? { open: 0, overdue: 0 }),
    }))
    const further = new Set(reader.desks.flatMap((name) => procedure.desks[name]?.forward ?? []))
    return done({
      desks,
      cases,
      people: await staffNames(tx),
      together: bulkKinds.filter(
        (each) =>
          isPermitted(app, who, 'desk.doBulk') && isPermitted(app, who, bulkCommandOf[each]),
      ),
      forwardTo: [...further].map((name) => ({ desk: name, title: deskTitle(procedure, name) })),
    })
  })
}
