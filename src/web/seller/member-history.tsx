/** What was changed of members. */
import type { MemberChange } from '../../contract/member.ts'
import { ChangeHistory } from '../parts/change-history.tsx'
import { changedParts, changeTitle, type NamedMatter } from './member-words.ts'
import classes from './members.module.css'

export function MemberHistory({
  history,
  matters,
}: {
  history: readonly MemberChange[]
  matters: readonly NamedMatter[]
}) {
  const changes = history.map((change) => ({
    key: `${change.at} ${change.kind} ${change.email}`,
    title: changeTitle(change),
    at: change.at,
    parts: changedParts(change, matters),
    reason: null,
  }))
  return <ChangeHistory changes={changes} className={classes['section']} />
}
