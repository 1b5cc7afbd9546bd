/** One case in a list: its title, where it is, who has it until when. */
import type { CaseSummary } from '../../contract/case.ts'
import { TextLink } from '../parts/button-link.tsx'
import { HoldingWords } from '../parts/holding-line.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { Past } from '../parts/time.tsx'
import classes from './case-row.module.css'
import { caseTag } from './outcome-words.ts'

/** Every case given, newest first as it came; narrow beside other things. */
export function CaseRows({
  cases,
  isNarrow = false,
}: {
  cases: readonly CaseSummary[]
  isNarrow?: boolean
}) {
  return (
    <ul className={classes['rows']} data-narrow={isNarrow || undefined}>
      {cases.map((matter) => {
        const tag = caseTag(matter)
        return (
          <li key={matter.id} className={classes['row']}>
            <div>
              <Tag tone={tag.tone}>{tag.words}</Tag>
              <p className={classes['title']}>
                <TextLink to="/cases/$caseId" params={{ caseId: matter.id }}>
                  {matter.title}
                </TextLink>
              </p>
              <p className="small third">
                Case {matter.number}, opened <Past at={matter.openedAt} />
              </p>
            </div>
            <p className="small">
              <HoldingWords holding={matter.holding} />
            </p>
          </li>
        )
      })}
    </ul>
  )
}
