/** What lies behind a case: the evidence, what happened so far, and the seller's past. */
import type { CaseForDesk } from '../../contract/desk.ts'
import { EvidenceList } from '../parts/evidence-list.tsx'
import { TextLink } from '../parts/button-link.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { NoticeList } from '../parts/notice-list.tsx'
import { Past } from '../parts/time.tsx'
import type { EvidenceView } from '../parts/use-evidence.ts'
import caseStyles from './case.module.css'
import { DeskKey } from './desk-key.tsx'
import pageStyles from './page.module.css'
import { sellerWords } from './queue-words.ts'
import { statusTone } from './state-words.ts'

/** The files a seller sent, with small pictures that open large; they come from an origin of their own. */
export function Evidence({ files, view }: { files: CaseForDesk['files']; view: EvidenceView }) {
  return (
    <div className={caseStyles.part}>
      <div className={caseStyles.partHead}>
        <h2>Evidence</h2>
        {files.length > 0 && (
          <span className="third">
            <DeskKey keys={['E']}>opens</DeskKey> <DeskKey keys={['H']}>blurs</DeskKey>
          </span>
        )}
      </div>
      {files.length === 0 ? (
        <p className="second">The seller sent no files.</p>
      ) : (
        <EvidenceList files={files} view={view} />
      )}
    </div>
  )
}

/** The thread of the case, oldest first, with what people wrote in full. */
export function Thread({ thread }: { thread: CaseForDesk['thread'] }) {
  return (
    <div className={caseStyles.part}>
      <div className={caseStyles.partHead}>
        <h2>What happened so far</h2>
      </div>
      <dl className={caseStyles.log}>
        {thread.map((entry, place) => (
          <div key={place} style={{ display: 'contents' }}>
            <dt>
              <Past at={entry.at} />
            </dt>
            <dd>
              {entry.words}
              {entry.quote !== null && entry.quote !== '' && (
                <blockquote className="written">{entry.quote}</blockquote>
              )}
              {entry.caseId !== null && (
                <p>
                  <TextLink to="/desk/cases/$caseId" params={{ caseId: entry.caseId }}>
                    Open that case
                  </TextLink>
                </p>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** What was sent about the case, and whether it arrived. */
export function Sent({ notices }: { notices: CaseForDesk['notices'] }) {
  if (notices.length === 0) return null
  return (
    <div className={caseStyles.part}>
      <div className={caseStyles.partHead}>
        <h2>What was sent, and whether it arrived</h2>
      </div>
      <NoticeList notices={notices} reader="desk" />
    </div>
  )
}

/** What was taken from this seller before, and what came of it. */
export function SellerPast({ seller }: { seller: NonNullable<CaseForDesk['seller']> }) {
  return (
    <div className={caseStyles.part}>
      <div className={caseStyles.partHead}>
        <h2>
          The seller’s past <span>{sellerWords(seller)}</span>
        </h2>
      </div>
      {seller.past.length === 0 ? (
        <p className="second">Nothing was ever taken from {seller.name}.</p>
      ) : (
        <PastTable past={seller.past} />
      )}
    </div>
  )
}

/** Decisions about one seller, newest first, in a table. */
export function PastTable({ past }: { past: NonNullable<CaseForDesk['seller']>['past'] }) {
  return (
    <table className={`${pageStyles.plainTable} ${pageStyles.stacks}`}>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col">Rule</th>
          <th scope="col">What became of it</th>
        </tr>
      </thead>
      <tbody>
        {past.map((each) => (
          <tr key={each.decisionId}>
            <td>
              <Past at={each.takenAt} />
            </td>
            <td>
              {each.subjectTitle}
              <br />
              <span className="third">
                {each.tag}, {each.number}
              </span>
            </td>
            <td>{each.policyTitle}</td>
            <td>
              <Tag tone={statusTone(each.status)}>{each.status}</Tag>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
