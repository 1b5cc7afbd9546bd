/** The head of a case: what it is about, whose it is, how much time is left, and what happens by itself then. */
import type { CaseForDesk } from '../../contract/desk.ts'
import { HoldingLine } from '../parts/holding-line.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { TimeLeft } from '../parts/time.tsx'
import caseStyles from './case.module.css'
import { sellerWords } from './queue-words.ts'

/** Title, clock and holding line. */
export function CaseHead({ matter }: { matter: CaseForDesk }) {
  return (
    <>
      <div className={caseStyles.caseHead}>
        <div>
          <p className="third">
            {matter.kind === 'check' ? 'Check' : 'Appeal'} {matter.number} at {matter.deskTitle}
            {matter.secondLook && (
              <>
                {' '}
                <Tag tone="amber">Second look</Tag>
              </>
            )}
          </p>
          <h1>{matter.title}</h1>
          <p className="second">
            {matter.seller.name}, known since{' '}
            <time dateTime={matter.seller.since}>
              {new Date(matter.seller.since).getFullYear()}
            </time>
            : {sellerWords(matter.seller)}
          </p>
        </div>
        {matter.state === 'open' && (
          <p className={caseStyles.clock}>
            <b>
              <TimeLeft at={matter.dueAt} />
            </b>
          </p>
        )}
      </div>
      <div className={caseStyles.strip}>
        <HoldingLine holding={matter.holding} />
      </div>
    </>
  )
}
