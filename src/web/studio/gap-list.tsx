/** The gaps of a procedure, numbered as in the picture and the text; choosing one shows its way and how to mend it. */
import { sayPath } from '../../procedure/words.ts'
import { countOf, sayCode, sayProofs } from '../../procedure/draw/words.ts'
import type { Note, Readable } from './examined.ts'
import styles from './procedures.module.css'

interface GapListProps {
  examined: Readable
  chosen: number | null
  onChoose: (number: number) => void
}

/** What was proved, or what is open; then what is defined and never used. */
export function GapList({ examined, chosen, onChoose }: GapListProps) {
  const { check, procedure, notes, uncovered } = examined
  return (
    <section className={styles.remarks} aria-labelledby="gaps">
      <h2 id="gaps" className="heard-only">
        {check.sound ? 'What was proved' : `The gaps, ${notes.length} remarks`}
      </h2>
      {check.sound ? (
        <ul className={styles.columns}>
          {sayProofs(check, procedure).map((proof) => (
            <li key={proof} className={styles.proof}>
              <Tick />
              {proof}
            </li>
          ))}
        </ul>
      ) : (
        <ol className={styles.columns}>
          {notes.map((note) => (
            <GapItem
              key={note.number}
              note={note}
              isChosen={note.number === chosen}
              onChoose={() => onChoose(note.number)}
            />
          ))}
        </ol>
      )}
      {uncovered.map(({ name, message, mending }) => (
        <p key={name} className={styles.beside}>
          <strong className={styles.red}>Not covered.</strong> {message}{' '}
          <span className="third">{mending}</span>
        </p>
      ))}
      {check.warnings.map(({ message }) => (
        <p key={message} className={`third ${styles.beside}`}>
          Warning: {message}
        </p>
      ))}
    </section>
  )
}

function GapItem({
  note: { number, gaps },
  isChosen,
  onChoose,
}: {
  note: Note
  isChosen: boolean
  onChoose: () => void
}) {
  const [first] = gaps
  if (first === undefined) return null
  return (
    <li className={styles.gap} data-chosen={isChosen || undefined} id={`gap-${number}`}>
      <button type="button" aria-pressed={isChosen} onClick={onChoose}>
        <span className={styles.badge}>{number}</span>
        <span>
          <strong>
            {titleOf(first.code)}
            {gaps.length > 1 && `, ${countOf(gaps.length, 'gap')}`}.
          </strong>{' '}
          {first.message} <span className="third">{first.mending}</span>
        </span>
      </button>
      {isChosen && (
        <div className={styles.detail}>
          {first.path.length > 1 && <p className="code">{sayPath(first.path)}</p>}
          <p className="third">Accepted by name as</p>
          <ul className="code">
            {gaps.map(({ name }) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </div>
      )}
    </li>
  )
}

/** What a kind of gap is called on the page. */
export function titleOf(code: string): string {
  return sayCode(code as Parameters<typeof sayCode>[0]) ?? code // a code that is not the checker's is its own name
}

function Tick() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d="M2 8.5l4 4 8-9"
        fill="none"
        stroke="var(--green)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
