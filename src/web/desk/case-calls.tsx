/** The call of a case at the desk: when, at which number, and where it is noted. */
import type { CaseForDesk } from '../../contract/desk.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Due, Past } from '../parts/time.tsx'
import { count } from '../parts/time-words.ts'
import caseStyles from './case.module.css'

/** One line; nothing where no call is booked or was left unmade. */
export function CaseCalls({ matter: { calls } }: { matter: CaseForDesk }) {
  const last = calls.at(-1)
  const missed = calls.filter(({ state }) => state === 'missed').length
  if (last?.state !== 'booked' && last?.state !== 'lapsed' && missed === 0) return null
  return (
    <p className={caseStyles.part}>
      {last?.state === 'booked' && (
        <>
          <strong>
            To be called: <Due at={last.startsAt} />
          </strong>
          , at{' '}
          <a className="link" href={`tel:${last.number}`}>
            {last.number}
          </a>
          .{' '}
        </>
      )}
      {last?.state === 'lapsed' && (
        <>
          <strong>
            Nobody noted the call of <Past at={last.startsAt} />.
          </strong>{' '}
        </>
      )}
      {missed > 0 && `We called and did not reach them ${count(missed, 'time')}. `}
      <TextLink to="/desk/calls">Calls</TextLink>
    </p>
  )
}
