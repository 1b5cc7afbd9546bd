/** A problem note says what went wrong in the words of the refusal, and what is safe. */
import { problemOf } from '../../contract/client.ts'
import { refusals, type Refusal } from '../../core/refusal.ts'
import classes from './problem-note.module.css'

function isRefusal(name: string): name is Refusal {
  return Object.hasOwn(refusals, name)
}

/** The words for an error: the refusal's own, or that no answer came. */
export function problemWords(error: unknown): string {
  const problem = problemOf(error)
  if (problem === null) return noAnswerWords()
  if (problem.detail !== undefined) return problem.detail
  return isRefusal(problem.refusal) ? refusals[problem.refusal].words : problem.title
}

function noAnswerWords(): string {
  if (!navigator.onLine) return 'You are offline. Nothing was sent.'
  return 'We did not answer. That is our fault or the network’s, not yours.'
}

/** The stable name of a refusal, or null when no answer came at all. */
export function refusalOf(error: unknown): string | null {
  return problemOf(error)?.refusal ?? null
}

interface ProblemNoteProps {
  error: unknown
  /** What is safe and what to do next, as a whole sentence. */
  safe?: string
  onRetry?: () => void
}

/** Heard at once by screen readers. */
export function ProblemNote({ error, safe, onRetry }: ProblemNoteProps) {
  const issues = problemOf(error)?.issues ?? []
  return (
    <div className={classes['note']} role="alert">
      <p>
        {problemWords(error)} {safe}
      </p>
      {issues.length > 0 && (
        <ul className="small">
          {issues.slice(0, 5).map((issue) => (
            <li key={`${issue.path} ${issue.message}`}>
              <span className="code">{issue.path}</span>: {issue.message}
            </li>
          ))}
        </ul>
      )}
      {onRetry && (
        <button type="button" className="link" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  )
}
