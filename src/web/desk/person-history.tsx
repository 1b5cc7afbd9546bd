/** What was changed of people. */
import type { PersonChange } from '../../contract/person.ts'
import { ChangeHistory } from '../parts/change-history.tsx'
import pageStyles from './page.module.css'
import { changedParts, changeTitle } from './person-words.ts'

export function PersonHistory({ history }: { history: readonly PersonChange[] }) {
  const changes = history.map((change) => ({
    key: `${change.at} ${change.kind} ${change.name}`,
    title: changeTitle(change),
    at: change.at,
    parts: changedParts(change),
    reason: change.reason,
  }))
  return <ChangeHistory changes={changes} className={pageStyles.section} />
}
