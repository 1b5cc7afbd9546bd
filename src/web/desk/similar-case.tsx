/** One past case read beside the open one: what was judged, what the seller said, and how it was answered. */
import type { CaseForDesk } from '../../contract/desk.ts'
import { TextLink } from '../parts/button-link.tsx'
import { MatchedText } from '../parts/matched-text.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { Pending } from '../parts/pending.tsx'
import { numberTerms } from '../parts/runs.ts'
import { Past } from '../parts/time.tsx'
import caseStyles from './case.module.css'
import { outcomeWords } from './contested-view.tsx'
import { DeskKey } from './desk-key.tsx'
import { outcomeTone } from './state-words.ts'
import { useDeskCase } from './use-desk.ts'

/** In the right pane; closing it shows the decision as it was being written. */
export function SimilarCase({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const found = useDeskCase(caseId)
  return (
    <section aria-label="A similar past case" className={caseStyles.past}>
      <p>
        <button id="desk-past-back" type="button" className="link" onClick={onClose}>
          <DeskKey keys={['Esc']} /> back to your decision
        </button>
      </p>
      <Pending of={found} what="the case">
        {(past) => <PastCase past={past} />}
      </Pending>
    </section>
  )
}

function PastCase({ past }: { past: CaseForDesk }) {
  return (
    <>
      <h2 className={caseStyles.paneTitle}>{past.title}</h2>
      <p className="second">
        {past.number} of {past.seller?.name ?? 'a seller'}, at {past.deskTitle}.{' '}
        <TextLink to="/desk/cases/$caseId" params={{ caseId: past.id }} search={true}>
          Open it whole
        </TextLink>
      </p>
      {past.contested.map(({ objection, statement: { facts } }) => (
        <article key={objection.id} className={caseStyles.pastPart}>
          {facts.text !== null && (
            <div className={caseStyles.listing}>
              <MatchedText text={facts.text} terms={numberTerms(facts.text, facts.evidence)} />
            </div>
          )}
          {facts.text === null && <p className="written">{facts.narrative}</p>}
          <h3>What the seller said</h3>
          <p className="written">{objection.text}</p>
          {objection.outcome !== null && (
            <>
              <h3>
                <Tag tone={outcomeTone(objection.outcome)}>{outcomeWords[objection.outcome]}</Tag>{' '}
                <span className="third">
                  {objection.answeredBy ?? 'A clock'}
                  {objection.answeredAt !== null && (
                    <>
                      , <Past at={objection.answeredAt} />
                    </>
                  )}
                </span>
              </h3>
              {objection.answer !== null && <p className="written">{objection.answer}</p>}
            </>
          )}
        </article>
      ))}
    </>
  )
}
