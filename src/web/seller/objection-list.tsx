/** Objections with their outcomes and answers, each about one decision. */
import type { FileForReader, ObjectionForSeller } from '../../contract/case.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { ShownExhibits } from '../parts/shown-exhibits.tsx'
import { Past } from '../parts/time.tsx'
import classes from './objection-list.module.css'
import { subjectTitle } from './measure-words.ts'
import { outcomeTags } from './outcome-words.ts'

interface ObjectionListProps {
  objections: readonly ObjectionForSeller[]
  files: readonly FileForReader[]
  title: string
  /** Leaves out what was written, where it stands in the thread beside. */
  isBrief?: boolean
}

/** What was said against each decision, and what we say to it. */
export function ObjectionList({ objections, files, title, isBrief = false }: ObjectionListProps) {
  return (
    <section aria-labelledby="objections">
      <h2 id="objections" className={classes['heading']}>
        {title}
      </h2>
      <ul className={classes['list']}>
        {objections.map((objection) => (
          <Objection key={objection.id} objection={objection} files={files} isBrief={isBrief} />
        ))}
      </ul>
    </section>
  )
}

function Objection({
  objection,
  files,
  isBrief,
}: {
  objection: ObjectionForSeller
  files: readonly FileForReader[]
  isBrief: boolean
}) {
  const { decisionId, decisionNumber, subject, policyTitle, track, text, remedy, outcome, answer } =
    objection
  const tag = outcome === null ? null : outcomeTags[outcome]
  return (
    <li className={`sheet ${classes['objection']}`}>
      <header className={classes['head']}>
        <div>
          <h3>{subjectTitle(subject)}</h3>
          <p className="small second">
            {track === 'dispute' ? 'You said: this is a mistake.' : 'You said: I have fixed it.'}{' '}
            About decision{' '}
            <TextLink to="/measures/$decisionId" params={{ decisionId }}>
              {decisionNumber}
            </TextLink>
            , under “{policyTitle}”.
          </p>
        </div>
        {tag && <Tag tone={tag.tone}>{tag.words}</Tag>}
      </header>
      {isBrief ? null : remedy === null ? (
        <blockquote className={`written ${classes['yours']}`}>{text}</blockquote>
      ) : (
        <dl className={classes['remedy']}>
          <dt>What led to it</dt>
          <dd className="written">{remedy.cause}</dd>
          <dt>What you changed</dt>
          <dd className="written">{remedy.correction}</dd>
          <dt>How you prevent it</dt>
          <dd className="written">{remedy.prevention}</dd>
        </dl>
      )}
      <ShownExhibits exhibits={objection.exhibits} files={files} />
      {answer !== null && answer !== '' && (
        <div className={classes['answer']}>
          <p className="small">
            <strong>{objection.answeredBy ?? 'By itself'}</strong> answers
            {objection.answeredAt !== null && (
              <span className="third">
                , <Past at={objection.answeredAt} />
              </span>
            )}
          </p>
          <blockquote className="written">{answer}</blockquote>
        </div>
      )}
    </li>
  )
}
