/** The head of a case: what it is about, whose it is, how much time is left, and what happens by itself then. */
import type { CaseForDesk } from '../../contract/desk.ts'
import { HoldingLine } from '../parts/holding-line.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { TextLink } from '../parts/button-link.tsx'
import { Moment, TimeLeft } from '../parts/time.tsx'
import caseStyles from './case.module.css'
import { sellerWords } from './queue-words.ts'
import { WaitedForLine } from './waited-for.tsx'

/** Title, clock and holding line. */
export function CaseHead({ matter }: { matter: CaseForDesk }) {
  return (
    <>
      <div className={caseStyles.caseHead}>
        <div>
          <p className="third">
            {kindWords[matter.kind]} {matter.number} at {matter.deskTitle}
            {matter.secondLook && (
              <>
                {' '}
                <Tag tone="amber">Second look</Tag>
              </>
            )}
          </p>
          <h1>{matter.title}</h1>
          {matter.seller && (
            <p className="second">
              <TextLink to="/desk/sellers/$sellerId" params={{ sellerId: matter.seller.id }}>
                {matter.seller.name}
              </TextLink>
              , known since{' '}
              <time dateTime={matter.seller.since}>
                {new Date(matter.seller.since).getFullYear()}
              </time>
              : {sellerWords(matter.seller)}
            </p>
          )}
        </div>
        <div className={caseStyles.clock}>
          {matter.state === 'open' && (
            <b>
              <TimeLeft at={matter.dueAt} />
            </b>
          )}
          {matter.state === 'asking' && <b className="third">stands still</b>}
          {matter.promisedBy !== null && (
            <p className="third">
              last answer promised by <Moment at={matter.promisedBy} />
            </p>
          )}
        </div>
      </div>
      <div className={caseStyles.strip}>
        <HoldingLine holding={matter.holding} asked="the seller" />
        {matter.waitedFor !== null && (
          <p style={{ marginTop: 8 }}>
            <WaitedForLine waitedFor={matter.waitedFor} />
          </p>
        )}
      </div>
    </>
  )
}

const kindWords = {
  appeal: 'Appeal',
  question: 'Question',
  letter: 'Letter',
  recovery: 'Claim on an account',
  complaint: 'Complaint',
  check: 'Check',
  repair: 'Repair',
} as const satisfies Record<CaseForDesk['kind'], string>
