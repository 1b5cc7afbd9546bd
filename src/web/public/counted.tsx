/** What a number counts, in one sentence, opened beside it. */
import { sayFigure, type FigureName } from '../../core/figure-words.ts'
import classes from './counted.module.css'

/** `of` says for those who listen which numbers are meant. */
export function Counted({ of, names }: { of: string; names: readonly FigureName[] }) {
  return (
    <details className={classes['counted']}>
      <summary>
        How it is counted<span className="heard-only">: {of}</span>
      </summary>
      {names.map((name) => (
        <p key={name}>{sayFigure(name)}</p>
      ))}
    </details>
  )
}
