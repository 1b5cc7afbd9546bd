/** What was changed of members: who did it, when, and what stood there before and after. */
import type { MemberChange } from '../../contract/member.ts'
import { Empty } from '../parts/empty.tsx'
import { Past } from '../parts/time.tsx'
import { changedParts, changeTitle, type NamedMatter } from './member-words.ts'
import classes from './members.module.css'

export function MemberHistory({
  history,
  matters,
}: {
  history: readonly MemberChange[]
  matters: readonly NamedMatter[]
}) {
  return (
    <section className={classes['section']} aria-labelledby="history">
      <h2 id="history">What was changed</h2>
      {history.length === 0 && <Empty>Every change stands here from the first on.</Empty>}
      <ol>
        {history.map((change) => (
          <li key={`${change.at} ${change.kind} ${change.email}`} className={classes['change']}>
            <p>
              <strong>{changeTitle(change)}</strong>{' '}
              <span className="small third">
                <Past at={change.at} />
              </span>
            </p>
            {changedParts(change, matters).map(({ part, before, after }) => (
              <p key={part} className="small second">
                {part}:{' '}
                {before !== null && (
                  <>
                    <span className="heard-only">before </span>
                    <del className={classes['before']}>{before}</del>{' '}
                  </>
                )}
                {after !== null && (
                  <>
                    <span className="heard-only">, now </span>
                    <ins className={classes['after']}>{after}</ins>
                  </>
                )}
              </p>
            ))}
          </li>
        ))}
      </ol>
      {history.length >= 100 && (
        <p className="small third">These are the last hundred changes. All are on record.</p>
      )}
    </section>
  )
}
