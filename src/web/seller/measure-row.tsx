/** One measure in a list: what, since when, who has it until when, and its way out on the same line. */
import type { MeasureForSeller } from '../../contract/case.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { HoldingWords } from '../parts/holding-line.tsx'
import { MeasureTag } from '../parts/measure-tag.tsx'
import { Due, Moment, Past, useClock } from '../parts/time.tsx'
import classes from './measure-row.module.css'
import { heldWords, isAhead, restorationWords, subjectTitle } from './measure-words.ts'

/** Every measure given, under one line of labels. */
export function MeasureRows({ measures }: { measures: readonly MeasureForSeller[] }) {
  return (
    <div>
      <div className={classes['labels']} aria-hidden="true">
        <span>What</span>
        <span>Since</span>
        <span>Who has it, until when</span>
      </div>
      <ul className={classes['rows']}>
        {measures.map((measure) => (
          <MeasureRow key={measure.decisionId} measure={measure} />
        ))}
      </ul>
    </div>
  )
}

function MeasureRow({ measure }: { measure: MeasureForSeller }) {
  const { now } = useClock()
  const { decisionId, policyTitle, since, endsAt, endedAt, status, allowed, caseId } = measure
  const ahead = isAhead(measure, now)
  const held = heldWords(measure)
  const title = subjectTitle(measure.subject)
  return (
    <li className={classes['row']}>
      <div>
        <MeasureTag measure={measure} />
        <p className={classes['title']}>
          <TextLink
            className={classes['quiet'] ?? ''}
            to="/measures/$decisionId"
            params={{ decisionId }}
          >
            {title}
          </TextLink>
        </p>
        {held !== null && <p className="small">{held}</p>}
        <p className="small third">Rule: {policyTitle}</p>
      </div>
      <div className="small second">
        {ahead ? (
          <>
            from <Moment at={since} />; until then nothing changes
          </>
        ) : (
          <>
            <span className={classes['since']}>since </span>
            <Past at={since} />
          </>
        )}
        {status === 'in-force' && endsAt !== null && (
          <>
            <br />
            until <Moment at={endsAt} />
          </>
        )}
        {endedAt !== null && (
          <>
            <br />
            to <Past at={endedAt} />
          </>
        )}
      </div>
      <div className="small">
        <Whereabouts measure={measure} />
      </div>
      <div className={classes['way']}>
        {allowed.includes('open_case') && caseId !== null && (
          <ButtonLink to="/cases/$caseId" params={{ caseId }} aria-label={`Open case: ${title}`}>
            Open case
          </ButtonLink>
        )}
        {allowed.includes('appeal') && (
          <ButtonLink
            to="/appeal"
            search={{ decision: [decisionId] }}
            aria-label={`Appeal: ${title}`}
          >
            Appeal
          </ButtonLink>
        )}
        {!allowed.includes('appeal') && !allowed.includes('open_case') && (
          <ButtonLink
            to="/measures/$decisionId"
            params={{ decisionId }}
            variant="subtle"
            aria-label={`See ${title}`}
          >
            See
          </ButtonLink>
        )}
      </div>
    </li>
  )
}

function Whereabouts({ measure }: { measure: MeasureForSeller }) {
  const { subject, holding, restoration, status, appealBy, allowed } = measure
  if (status !== 'in-force') {
    return (
      <>
        {/* Decided is not closed: that takes the shop showing it. */}
        <strong>{restoration?.state === 'not-yet-back' ? 'Decided.' : 'Closed.'}</strong>{' '}
        {restoration && (
          <span className="second">{restorationWords(restoration, subject.kind)}</span>
        )}
      </>
    )
  }
  if (holding !== null) return <HoldingWords holding={holding} />
  if (!allowed.includes('appeal')) return <span className="second">Nobody has it open.</span>
  return (
    <>
      <strong>You</strong>, if you want to appeal
      <br />
      <span className="second">
        {appealBy === null ? (
          'The time for it has not begun to run.'
        ) : (
          <>
            until <Due at={appealBy} />
          </>
        )}
      </span>
    </>
  )
}
