/** A case of the seller: what happens next and by when, everything said so far, and what one can still do. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'
import type { CaseForSeller } from '../../contract/case.ts'
import { capital } from '../../core/capital.ts'
import { query, queryClient } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { EvidenceList } from '../parts/evidence-list.tsx'
import { useEvidence } from '../parts/use-evidence.ts'
import { HoldingLine } from '../parts/holding-line.tsx'
import { KnownGaps } from '../parts/known-gaps.tsx'
import { NoticeList } from '../parts/notice-list.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { Past, useClock } from '../parts/time.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { AnswerBox } from './answer-box.tsx'
import { CaseCall } from './case-call.tsx'
import classes from './case-page.module.css'
import { caseSentence, nameOf, subjectKindOf } from './case-words.ts'
import { isOpen } from './cases-words.ts'
import { restorationWords } from './measure-words.ts'
import { MessageBox } from './message-box.tsx'
import { ObjectionList } from './objection-list.tsx'
import { Reopening } from './reopening.tsx'
import { homeQuery } from './seller-shell.tsx'
import { SecondLook } from './second-look.tsx'
import { WholeWay } from './whole-way.tsx'
import { Withdrawal } from './withdrawal.tsx'

const here = getRouteApi('/seller-pages/cases/$caseId')

/** `/cases/$caseId` */
export function CasePage(): ReactNode {
  const { caseId } = here.useParams()
  const matter = useQuery(
    query.seller.getCase.queryOptions({
      input: { caseId },
      // While a desk or the shop has it, the page follows by itself.
      refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? 3_000 : false),
    }),
  )
  const state = matter.data?.state
  useEffect(() => {
    // Counts and measures elsewhere follow what happened here.
    void queryClient.invalidateQueries({ queryKey: homeQuery.queryKey })
  }, [state])
  return (
    <Pending of={matter} what="your case" isPage>
      {(data) => <CaseOf matter={data} />}
    </Pending>
  )
}

function CaseOf({ matter }: { matter: CaseForSeller }) {
  const { now, zone } = useClock()
  const { number, title, state, outcome, holding, ask, objections, files, allowed } = matter
  const evidence = useEvidence(matter.id)
  const sentence = caseSentence(matter, now, zone)
  // The title or the holding line has it already.
  const isToldAbove = state === 'restoring' || (state === 'closed' && outcome === 'measure_lifted')
  const hasAnswers = objections.some(({ answer }) => answer !== null)
  const list = objections.length > 0 && (
    <ObjectionList
      files={matter.files}
      objections={objections}
      title={hasAnswers ? 'Your points and our answers' : 'What you contest'}
      isBrief={!hasAnswers}
    />
  )
  return (
    <>
      <PageTitle
        tab={`Case ${number}`}
        above={
          <Trail>
            {[
              <TextLink key="cases" to="/cases">
                Cases
              </TextLink>,
              number,
              title,
            ]}
          </Trail>
        }
      >
        {sentence}
      </PageTitle>
      <Announcement matter={matter} />
      <HoldingLine
        holding={holding}
        isGood={
          outcome === 'measure_lifted' ||
          outcome === 'measure_narrowed' ||
          (matter.complaint === null && objections.length === 0 && state === 'answered') ||
          (matter.complaint?.finding ?? 'confirmed') !== 'confirmed'
        }
      />
      {matter.joinedTo !== null && (
        <div className="buttons" style={{ margin: '16px 0 8px' }}>
          <ButtonLink
            to="/cases/$caseId"
            params={{ caseId: matter.joinedTo.caseId }}
            variant="filled"
          >
            Open appeal {matter.joinedTo.number}
          </ButtonLink>
        </div>
      )}
      {state === 'open' && <KnownGaps gaps={matter.knownGaps} />}
      <div className={classes['columns']}>
        <div className={classes['main']}>
          {ask !== null && allowed.includes('write') && <AnswerBox matter={matter} ask={ask} />}
          {hasAnswers && list}
          {allowed.includes('contest') && <SecondLook matter={matter} />}
          <section aria-labelledby="thread">
            <h2 id="thread" className={classes['heading']}>
              What happened so far
            </h2>
            <Timeline
              entries={matter.thread}
              {...(isOpen(matter) && { now: <Now matter={matter} /> })}
              renderBelow={({ decisionId, caseId }) =>
                caseId !== null ? (
                  <p className="small">
                    <TextLink to="/cases/$caseId" params={{ caseId }}>
                      Open that case
                    </TextLink>
                  </p>
                ) : decisionId === null ? null : (
                  <p className="small">
                    <TextLink to="/measures/$decisionId" params={{ decisionId }}>
                      Statement of reasons
                    </TextLink>
                  </p>
                )
              }
            />
          </section>
          {ask === null && allowed.includes('write') && <MessageBox matter={matter} />}
          {!hasAnswers && list}
          {allowed.includes('reopen') && <Reopening matter={matter} />}
          {files.length > 0 && (
            <section aria-labelledby="files">
              <h2 id="files">Files</h2>
              <EvidenceList files={files} view={evidence} />
            </section>
          )}
        </div>
        <aside className={classes['side']}>
          <WholeWay steps={matter.way} />
          {!isToldAbove && <Proof matter={matter} />}
          <CaseCall matter={matter} />
          {allowed.includes('withdraw') && <Withdrawal matter={matter} />}
          {matter.notices.length > 0 && (
            <section aria-labelledby="sent">
              <h2 id="sent" className={classes['small-heading']}>
                What we sent you, and whether it arrived
              </h2>
              <NoticeList notices={matter.notices} reader="seller" />
            </section>
          )}
          <p className="small third">
            Case <strong>{number}</strong>, opened <Past at={matter.openedAt} />.
          </p>
        </aside>
      </div>
    </>
  )
}

function Now({ matter }: { matter: CaseForSeller }) {
  return (
    <p>
      <strong>Now.</strong> {nowWords(matter)}
    </p>
  )
}

function nowWords({ state, holding, ask }: CaseForSeller): string {
  if (state === 'restoring') return 'We wait for the shop to show it again, and look ourselves.'
  if (state === 'asking')
    return `${ask?.by ?? 'The desk'} waits for your answer, and no clock runs.`
  return `${capital(nameOf(holding.who))} has it.`
}

/** Says aloud what changed, once per change and not every minute. */
function Announcement({ matter }: { matter: CaseForSeller }) {
  const { outcome, restoration, thread } = matter
  const last = thread.at(-1)
  return (
    <p className="heard-only" role="status">
      {`${last?.words ?? ''} ${isOpen(matter) ? nowWords(matter) : ''} ${
        restoration !== null && outcome !== 'measure_stands'
          ? restorationWords(restoration, subjectKindOf(matter))
          : ''
      }`}
    </p>
  )
}

function Proof({ matter }: { matter: CaseForSeller }) {
  const { restoration } = matter
  if (restoration === null) return null
  return (
    <section
      className={classes['proof']}
      data-seen={restoration.state === 'back' || undefined}
      aria-labelledby="proof"
    >
      <h2 id="proof">Back in the shop</h2>
      <p>{restorationWords(restoration, subjectKindOf(matter))}</p>
      {restoration.seenAt !== null && (
        <p className="small second">
          We looked <Past at={restoration.seenAt} />.
        </p>
      )}
    </section>
  )
}
