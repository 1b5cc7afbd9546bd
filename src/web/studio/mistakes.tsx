/** The mistakes of a text under it, each with its line and column; pressing one leads to its line. */
import type { DocumentError } from '../../core/document.ts'
import styles from './procedures.module.css'

interface MistakesProps {
  errors: readonly Omit<DocumentError, 'file'>[]
  onGo: (line: number) => void
}

const SHOWN = 8

/** Nothing where there is none; heard politely while one types. */
export function Mistakes({ errors, onGo }: MistakesProps) {
  return (
    <div id="text-errors" className={styles.mistakes} role="status">
      {errors.length > 0 && (
        <ul>
          {errors.slice(0, SHOWN).map(({ line, column, message }) => (
            <li key={`${line} ${column} ${message}`}>
              <button type="button" className="link" onClick={() => onGo(line)}>
                Line {line}, column {column}
              </button>
              : {message}
            </li>
          ))}
          {errors.length > SHOWN && <li className="third">and {errors.length - SHOWN} more</li>}
        </ul>
      )}
    </div>
  )
}
