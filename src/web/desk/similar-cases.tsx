/** How the same rule was applied before: a short list beside the decision, each case to be read there without leaving it. */
import type { CaseForDesk } from '../../contract/desk.ts'
import { Tag } from '../parts/measure-tag.tsx'
import { Past } from '../parts/time.tsx'
import caseStyles from './case.module.css'
import { outcomeWords } from './contested-view.tsx'
import { DeskKey } from './desk-key.tsx'
import { outcomeTone } from './state-words.ts'

type Similar = CaseForDesk['similar'][number]

interface SimilarCasesProps {
  similar: readonly Similar[]
  /** Whether all of them are shown, or the most alike alone. */
  showsAll: boolean
  onToggle: () => void
  onOpen: (caseId: string) => void
}

export const similarId = 'desk-similar'

/** The most alike first; S shows the rest. */
export function SimilarCases({ similar, showsAll, onToggle, onOpen }: SimilarCasesProps) {
  const shown = showsAll ? similar : similar.slice(0, 1)
  return (
    <section id={similarId} className={caseStyles.similar} aria-label="Similar past cases">
      <div className={caseStyles.partHead}>
        <h2>Similar past cases</h2>
        {similar.length > 1 && (
          <button type="button" className="link" aria-expanded={showsAll} onClick={onToggle}>
            <DeskKey keys={['S']} />
            {showsAll ? 'fewer' : `all ${similar.length}`}
          </button>
        )}
      </div>
      {similar.length === 0 ? (
        <p className="second">Nothing like it was decided before.</p>
      ) : (
        <ul>
          {shown.map((each) => (
            <li key={`${each.caseId} ${each.answeredAt}`}>
              <button
                type="button"
                className={caseStyles.similarItem}
                onClick={() => onOpen(each.caseId)}
              >
                <span>
                  <strong>{each.title}</strong>
                  <Tag tone={outcomeTone(each.outcome)}>{outcomeWords[each.outcome]}</Tag>
                </span>
                <span className="third">
                  {each.alike}, {each.number}, <Past at={each.answeredAt} />
                </span>
                {showsAll && <span className="written">{each.answer}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
