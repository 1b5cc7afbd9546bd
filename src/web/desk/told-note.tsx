/** One line above the next case: what the last decision did, and the way back to look at it. */
import { Link } from '@tanstack/react-router'
import caseStyles from './case.module.css'
import { useTold } from './told.ts'

/** Said aloud when it appears; nothing while the decided case itself is open. */
export function ToldNote({ caseId }: { caseId: string | null }) {
  const told = useTold()
  return (
    <div role="status">
      {told !== undefined && told.caseId !== caseId && (
        <p className={caseStyles.told}>
          Decided: “{told.title}”, {told.words}.{' '}
          <Link
            className="link"
            to="/desk/cases/$caseId"
            params={{ caseId: told.caseId }}
            search={true}
          >
            Look at it
          </Link>
        </p>
      )}
    </div>
  )
}
