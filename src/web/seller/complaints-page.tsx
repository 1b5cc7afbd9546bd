/** Every complaint about the seller, and what became of each. Who complained is in none of it. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ComplaintsForSeller } from '../../contract/complaint.ts'
import { query } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { Due, Past } from '../parts/time.tsx'
import { answerHash } from './answer-box.tsx'
import classes from './complaints-page.module.css'
import { complaintsSentence, findingTags, kindWords } from './complaint-words.ts'

/** `/complaints` */
export function ComplaintsPage(): ReactNode {
  const read = useInfiniteQuery(
    query.seller.listComplaints.infiniteOptions({
      input: (cursor: string | undefined) => (cursor === undefined ? {} : { cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  )
  return (
    <Pending of={read} what="the complaints" isPage>
      {({ pages }) => {
        const [first] = pages
        if (first === undefined) return null
        const complaints = pages.flatMap((page) => page.complaints)
        return (
          <>
            <PageTitle
              tab="Complaints"
              above={
                <Trail>
                  {[
                    <TextLink key="cases" to="/cases">
                      Cases
                    </TextLink>,
                    'Complaints',
                  ]}
                </Trail>
              }
            >
              {complaintsSentence(first.found)}
            </PageTitle>
            <p className="narrow-text second" style={{ marginTop: 12 }}>
              One complaint takes nothing from you: a person finds out what is so, and may ask you
              first. Only where somebody could get hurt is one listing held meanwhile. You are not
              told who complains, and they learn nothing of you.
            </p>
            {complaints.length === 0 ? (
              <div style={{ marginTop: 28 }}>
                <Empty>
                  If somebody ever complains about what you sell, it appears here with what they say
                  and what became of it.
                </Empty>
              </div>
            ) : (
              <ul className={classes['rows']}>
                {complaints.map((complaint) => (
                  <Complaint key={complaint.caseId} complaint={complaint} />
                ))}
              </ul>
            )}
            {read.hasNextPage && (
              <div className="buttons" style={{ marginTop: 20 }}>
                <Button loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
                  Show more
                </Button>
              </div>
            )}
          </>
        )
      }}
    </Pending>
  )
}

function Complaint({ complaint }: { complaint: ComplaintsForSeller['complaints'][number] }) {
  const {
    caseId,
    number,
    kind,
    title,
    substance,
    finding,
    reasons,
    answerBy,
    openedAt,
    decidedAt,
  } = complaint
  const tag =
    finding !== null
      ? findingTags[finding]
      : answerBy !== null
        ? ({ words: 'Waits for you', tone: 'amber' } as const)
        : ({ words: 'Being looked into', tone: 'plain' } as const)
  return (
    <li className={classes['row']}>
      <div>
        <Tag tone={tag.tone}>{tag.words}</Tag>
        <p className={classes['title']}>
          <TextLink to="/cases/$caseId" params={{ caseId }}>
            “{title}”: {kindWords[kind]}
          </TextLink>
        </p>
        <p className="small third">
          {number}, <Past at={openedAt} />
        </p>
      </div>
      <div>
        <p className={`written ${classes['said'] ?? ''}`}>{substance}</p>
        {reasons !== null && (
          <p className="second" style={{ marginTop: 8 }}>
            <strong>{findingTags[finding ?? 'undetermined'].words}</strong>
            {decidedAt !== null && (
              <>
                , <Past at={decidedAt} />
              </>
            )}
            : {reasons}
          </p>
        )}
        {answerBy !== null && (
          <div className="buttons" style={{ marginTop: 12 }}>
            <ButtonLink to="/cases/$caseId" params={{ caseId }} hash={answerHash} variant="filled">
              Answer
            </ButtonLink>
            <span className="second">
              until <Due at={answerBy} />
            </span>
          </div>
        )}
      </div>
    </li>
  )
}
