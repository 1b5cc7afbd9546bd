/** Presence is who has a case open this moment, so that two do not do the same work twice without knowing. */
import { later } from '../core/calendar.ts'
import { refuse } from '../core/refusal.ts'
import { transact } from '../store/db.ts'
import { endPresence, keepPresence, othersPresent, type Presence } from '../store/presence.ts'
import type { App } from './app.ts'
import { permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

/** How long somebody counts as there who says nothing any more; pages say it every three seconds. */
const lasts = 10_000

/** Says that one looks at a case, writes there, or has left, and answers who else is there. */
export function showPresence(
  app: App,
  who: Who,
  { caseId, doing }: { caseId: string; doing: 'looking' | 'writing' | 'gone' },
): Promise<Result<Presence[]>> {
  const may = permit(app, who, 'desk.showPresence')
  if (!may.ok) return Promise.resolve(may)
  const person = may.reader.id
  return transact(app.db, may.wall, async (tx) => {
    const now = app.now()
    const since = later(now, -lasts)
    if (doing === 'gone') {
      await endPresence(tx, person, caseId)
      return done([])
    }
    const isWriting = doing === 'writing'
    if (!(await keepPresence(tx, { person, caseId, isWriting, now, since })))
      return refuse('not_found')
    return done(await othersPresent(tx, { person, caseId, since }))
  })
}
