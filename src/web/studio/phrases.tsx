/** Phrases in a row: the first few dozen, and how many more there are until one asks for them. */
import { useState } from 'react'
import styles from './policies.module.css'

const SHOWN = 24

/** Quoted, with commas; a policy has thousands, and a page of thousands of words helps nobody. */
export function Phrases({ phrases }: { phrases: readonly string[] }) {
  const [isAll, setAll] = useState(false)
  const more = phrases.length - SHOWN
  return (
    <span className={styles.words}>
      {(isAll ? phrases : phrases.slice(0, SHOWN)).map((phrase) => `“${phrase}”`).join(', ')}
      {more > 0 && (
        <>
          {' '}
          <button
            type="button"
            className="link"
            aria-expanded={isAll}
            onClick={() => setAll(!isAll)}
          >
            {isAll ? 'only the first' : `and ${more.toLocaleString('en')} more`}
          </button>
        </>
      )}
    </span>
  )
}
