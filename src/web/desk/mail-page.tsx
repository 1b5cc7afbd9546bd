/** Mail that waits: messages whose sender we do not know for sure, read as text and put where they belong. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { HeldMail } from '../../contract/mail.ts'
import { query } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { EvidenceList } from '../parts/evidence-list.tsx'
import { NewTab } from '../parts/new-tab.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { Past, TimeLeft, TimeProvider } from '../parts/time.tsx'
import { useEvidence } from '../parts/use-evidence.ts'
import { MailWays } from './mail-ways.tsx'
import { authenticityWords, mailTitle } from './mail-words.ts'
import styles from './mail.module.css'
import pageStyles from './page.module.css'
import { StaffPage } from './staff-page.tsx'

/** The page at `/desk/mail`. */
export function MailPage() {
  return <StaffPage>{() => <WaitingMail />}</StaffPage>
}

function WaitingMail() {
  const found = useQuery(query.mail.list.queryOptions({ refetchInterval: 10_000 }))
  const [openId, open] = useState<string | null>(null)
  return (
    <TimeProvider serverNow={found.data?.at} receivedAt={found.dataUpdatedAt}>
      <div className={pageStyles.page}>
        <Pending of={found} what="the mail that waits" isPage>
          {({ held, settled, maySort }) => {
            const shown = openId ?? held[0]?.id ?? ''
            return (
              <>
                <PageTitle tab="Mail">{mailTitle(held)}</PageTitle>
                {held.length === 0 ? (
                  <Empty>
                    Mail from a known address goes straight to its case. What comes from anybody
                    else, or only claims to be from a seller, waits here with a clock.
                  </Empty>
                ) : (
                  <div className={styles.list}>
                    {held.map((mail) => (
                      <WaitingRow
                        key={mail.id}
                        mail={mail}
                        isOpen={mail.id === shown}
                        onToggle={() => open(mail.id === shown ? '' : mail.id)}
                        maySort={maySort}
                      />
                    ))}
                  </div>
                )}
                {settled.length > 0 && <Settled mails={settled} />}
              </>
            )
          }}
        </Pending>
      </div>
    </TimeProvider>
  )
}

interface WaitingRowProps {
  mail: HeldMail
  isOpen: boolean
  onToggle: () => void
  maySort: boolean
}

function WaitingRow({ mail, isOpen, onToggle, maySort }: WaitingRowProps) {
  return (
    <section className={`${styles.mail} ${isOpen ? styles.open : ''}`}>
      <h2 style={{ font: 'inherit' }}>
        <button
          type="button"
          className={styles.head}
          aria-expanded={isOpen}
          aria-controls={mail.id}
          onClick={onToggle}
        >
          <span className="figures third">{mail.number}</span>
          <bdi className={styles.subject}>{mail.subject || 'Without a subject'}</bdi>
          <span className={styles.due}>
            {mail.dueAt && <TimeLeft at={mail.overdueSince ?? mail.dueAt} />}
          </span>
          <span className={`second ${styles.from}`}>
            <bdi>{mail.from ?? 'nobody'}</bdi> to {mail.to.join(', ')}
          </span>
        </button>
      </h2>
      <div id={mail.id} hidden={!isOpen}>
        {isOpen && <OpenMail mail={mail} maySort={maySort} />}
      </div>
    </section>
  )
}

function OpenMail({ mail, maySort }: Pick<WaitingRowProps, 'mail' | 'maySort'>) {
  const view = useEvidence(mail.id)
  const { authentication, sellers, leftIn, raw } = mail
  return (
    <div className={styles.body}>
      <div>
        <p className={styles.because}>{mail.because}</p>
        <p className={styles.words} dir="auto">
          {mail.words || 'It has no words.'}
        </p>
        <dl className={styles.facts}>
          <dt>Arrived</dt>
          <dd>
            <Past at={mail.arrivedAt} />, for {mail.desk}
          </dd>
          <dt>Says it is from</dt>
          <dd>
            <bdi>{mail.from ?? 'nobody'}</bdi>
            {mail.envelopeFrom !== mail.from && (
              <>
                , handed over as <bdi>{mail.envelopeFrom || 'nobody'}</bdi>
              </>
            )}
          </dd>
          <dt>Who sent it</dt>
          <dd>
            {authenticityWords(authentication.result)}{' '}
            <span className="third">
              SPF {authentication.spf}, DKIM {authentication.dkim}, DMARC {authentication.dmarc}
            </span>
          </dd>
          {sellers.length > 0 && (
            <>
              <dt>Known as</dt>
              <dd>a contact of {sellers.map(({ name }) => name).join(', ')}</dd>
            </>
          )}
          {leftIn.map((words) => (
            <LeftIn key={words} words={words} />
          ))}
        </dl>
        {mail.files.length > 0 && <EvidenceList files={mail.files} view={view} />}
        {raw && (
          <p className={`small second ${styles.whole}`}>
            The whole message as it came: <NewTab file={raw} />
          </p>
        )}
      </div>
      {maySort && <MailWays mail={mail} />}
    </div>
  )
}

function LeftIn({ words }: { words: string }) {
  return (
    <>
      <dt>Not apart</dt>
      <dd>{words}</dd>
    </>
  )
}

function Settled({ mails }: { mails: readonly HeldMail[] }) {
  return (
    <section className={styles.settled} aria-labelledby="settled">
      <h2 id="settled">Settled last</h2>
      <ul>
        {mails.map(({ id, number, subject, settled }) => (
          <li key={id}>
            <span className="figures third">{number}</span>{' '}
            <bdi>{subject || 'Without a subject'}</bdi>
            {settled && (
              <p className="small second">
                {settled.by}, <Past at={settled.at} />:{' '}
                {settled.caseId === null ? (
                  <>answered that there is nothing to do. “{settled.reason}”</>
                ) : (
                  <TextLink
                    to="/desk/cases/$caseId"
                    params={{ caseId: settled.caseId }}
                    search={{}}
                  >
                    put into a case
                  </TextLink>
                )}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
