/** What was changed: who did it, when, and what stood there before and after. */
import classes from './change-history.module.css'
import { Empty } from './empty.tsx'
import { Past } from './time.tsx'

/** One change in words. */
export interface ToldChange {
  key: string
  title: string
  at: string
  /** What changed, part by part; null where there was or is nothing. */
  parts: { part: string; before: string | null; after: string | null }[]
  reason: string | null
}

/** Newest first, and at most a hundred, as they are sent. */
export function ChangeHistory({
  changes,
  className,
}: {
  changes: readonly ToldChange[]
  className: string | undefined
}) {
  return (
    <section className={className} aria-labelledby="history">
      <h2 id="history">What was changed</h2>
      {changes.length === 0 && <Empty>Every change stands here from the first on.</Empty>}
      <ol>
        {changes.map(({ key, title, at, parts, reason }) => (
          <li key={key} className={classes['change']}>
            <p>
              <strong>{title}</strong>{' '}
              <span className="small third">
                <Past at={at} />
              </span>
            </p>
            {parts.map(({ part, before, after }) => (
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
            {reason !== null && (
              <p className={classes['reason']}>
                <span className="heard-only">Reason: </span>“{reason}”
              </p>
            )}
          </li>
        ))}
      </ol>
      {changes.length >= 100 && (
        <p className="small third">These are the last hundred changes. All are on record.</p>
      )}
    </section>
  )
}
