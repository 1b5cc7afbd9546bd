/** The known gaps of the procedure that touch this reader's matter, said plainly beside it. */
import { TextLink } from './button-link.tsx'
import classes from './known-gaps.module.css'

/** Nothing where there is none. */
export function KnownGaps({ gaps }: { gaps: readonly string[] }) {
  if (gaps.length === 0) return null
  return (
    <aside className={classes['gaps']} aria-label="Known gaps of our procedure">
      <ul>
        {gaps.map((gap) => (
          <li key={gap}>{gap}</li>
        ))}
      </ul>
      <p className="small">
        <TextLink to="/promises">Who accepted this, and what we promise</TextLink>
      </p>
    </aside>
  )
}
