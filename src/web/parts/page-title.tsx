/** The title of a page is a sentence that could be read out on the phone. */
import { Fragment, useEffect, type ReactNode } from 'react'
import classes from './page-title.module.css'

interface PageTitleProps {
  /** Small words above: a date, or where in the pages one is. */
  above?: ReactNode
  /** The words of the browser's tab, when the sentence is not plain text. */
  tab?: string
  children: ReactNode
}

/** The one `h1`; also names the browser's tab. */
export function PageTitle({ above, tab, children }: PageTitleProps) {
  const words = tab ?? (typeof children === 'string' ? children : null)
  useEffect(() => {
    if (words !== null) document.title = words
  }, [words])
  return (
    <header className={classes['title']}>
      {above !== undefined && <div className={classes['above']}>{above}</div>}
      <h1>{children}</h1>
    </header>
  )
}

/** Where one is: "Measures / Statement of reasons D-1004". */
export function Trail({ children }: { children: ReactNode[] }) {
  return (
    <nav aria-label="Where you are">
      {children.map((step, place) => (
        <Fragment key={place}>
          {place > 0 && <span aria-hidden="true"> / </span>}
          {step}
        </Fragment>
      ))}
    </nav>
  )
}
