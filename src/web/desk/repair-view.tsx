/** A repair: why decisions are judged anew, and what a stranger did in the account while they were taken. */
import type { ActForDesk, RepairForDesk } from '../../contract/desk-repair.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Past } from '../parts/time.tsx'
import caseStyles from './case.module.css'
import { actWords, actsAround, placeInWindow } from './repair-words.ts'

/** At the head of the case. */
export function RepairView({ repair }: { repair: RepairForDesk }) {
  const { claim, window, acts, words } = repair
  return (
    <section className={caseStyles.part} aria-labelledby="repair">
      <div className={caseStyles.partHead}>
        <h2 id="repair">Judged anew, one by one</h2>
        {claim?.caseId && (
          <TextLink to="/desk/cases/$caseId" params={{ caseId: claim.caseId }}>
            the whole story in {claim.number}
          </TextLink>
        )}
      </div>
      <p>{words}</p>
      <p className="second" style={{ marginTop: 4 }}>
        Answer those that you can; what you leave open waits here for somebody else.
      </p>
      {window !== null && (
        <>
          <h3 className={caseStyles.claimHead} style={{ marginTop: 16 }}>
            What was done in the account from <Past at={window.from} /> until{' '}
            <Past at={window.to} />
          </h3>
          {acts.length === 0 ? (
            <p className="second">The marketplace told us of nothing.</p>
          ) : (
            <Acts acts={acts} />
          )}
        </>
      )}
    </section>
  )
}

/** Beside one decision: when it was taken, and what was done around it. */
export function AroundDecision({ repair, takenAt }: { repair: RepairForDesk; takenAt: string }) {
  const { window } = repair
  if (window === null) return null
  const near = actsAround(repair.acts, takenAt)
  return (
    <div className={caseStyles.part}>
      <div className={caseStyles.partHead}>
        <h2>
          When it was taken <span>{placeInWindow(takenAt, window)}</span>
        </h2>
      </div>
      {near.length === 0 ? (
        <p className="second">Within six hours of it nothing was told that a stranger did.</p>
      ) : (
        <Acts acts={near} />
      )}
    </div>
  )
}

function Acts({ acts }: { acts: readonly ActForDesk[] }) {
  return (
    <dl className={caseStyles.log}>
      {acts.map((act, place) => (
        <div key={place} style={{ display: 'contents' }}>
          <dt>
            <Past at={act.at} />
          </dt>
          <dd>
            {actWords(act).what} <span className="third">{actWords(act).where}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
