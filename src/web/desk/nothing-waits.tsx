/** What pulling came to when it opened no case: nothing waits, or no answer came. */
import { ProblemNote } from '../parts/problem-note.tsx'
import caseStyles from './case.module.css'
import type { Pull } from './use-pull.ts'

/** Said aloud; nothing while there is nothing to say. */
export function NothingWaits({ pull }: { pull: Pull }) {
  return (
    <div role="status">
      {pull.foundNothing && (
        <p className={caseStyles.told} data-kept="true">
          Nothing else waits that you may take. The next case appears in the queue by itself.
        </p>
      )}
      {pull.error && (
        <div style={{ marginBottom: 16 }}>
          <ProblemNote error={pull.error} safe="No case was taken." onRetry={pull.next} />
        </div>
      )}
    </div>
  )
}
