/** The appeal: say one's piece in minutes, about one decision or several, and know when the answer comes. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { CaseForSeller, MeasureForSeller, SellerHome } from '../../contract/case.ts'
import { saySubject } from '../../core/saying.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { AppealForm } from './appeal-form.tsx'
import { AppealReceipt } from './appeal-receipt.tsx'
import { subjectTitle } from './measure-words.ts'
import { homeQuery } from './seller-shell.tsx'

const here = getRouteApi('/seller-pages/appeal')

/** `/appeal?decision=…&decision=…&track=…` */
export function AppealPage(): ReactNode {
  const home = useQuery(homeQuery)
  const [receipt, setReceipt] = useState<CaseForSeller | null>(null)
  if (receipt !== null) return <AppealReceipt receipt={receipt} />
  return (
    <Pending of={home} what="what you can appeal" isPage>
      {(data) => <Appeal home={data} onSent={setReceipt} />}
    </Pending>
  )
}

function Appeal({ home, onSent }: { home: SellerHome; onSent: (receipt: CaseForSeller) => void }) {
  const { decision, track } = here.useSearch()
  const contestable = home.measures.filter(({ allowed }) => allowed.includes('appeal'))
  const chosen = contestable.filter(({ decisionId }) => decision.includes(decisionId))
  const contested = home.measures.filter(
    ({ decisionId, caseId, allowed }) =>
      decision.includes(decisionId) && caseId !== null && !allowed.includes('appeal'),
  )
  const [only] = chosen
  return (
    <>
      <PageTitle
        tab="Appeal"
        above={
          <Trail>
            {[
              <TextLink key="measures" to="/measures">
                Measures
              </TextLink>,
              ...(only !== undefined && chosen.length === 1
                ? [
                    <TextLink
                      key="measure"
                      to="/measures/$decisionId"
                      params={{ decisionId: only.decisionId }}
                    >
                      {subjectTitle(only.subject)}
                    </TextLink>,
                  ]
                : []),
              'Appeal',
            ]}
          </Trail>
        }
      >
        {contestable.length === 0
          ? 'There is nothing to appeal.'
          : 'Tell us which it is. Only a person can say no.'}
      </PageTitle>
      {contested.map((measure) => (
        <AlreadyOpen key={measure.decisionId} measure={measure} />
      ))}
      {contestable.length === 0 ? (
        <Empty>
          No measure of yours can be appealed at the moment.{' '}
          <TextLink to="/measures">Your measures</TextLink> show what is so and who has it.
        </Empty>
      ) : (
        <AppealForm
          sellerId={home.seller.id}
          contestable={contestable}
          chosen={chosen.map(({ decisionId }) => decisionId)}
          track={track}
          onSent={onSent}
        />
      )}
    </>
  )
}

function AlreadyOpen({ measure: { caseId, caseNumber, subject } }: { measure: MeasureForSeller }) {
  if (caseId === null) return null
  return (
    <p className="narrow-text" style={{ marginBottom: 20 }}>
      You are contesting the measure on {saySubject(subject)} already:{' '}
      <TextLink to="/cases/$caseId" params={{ caseId }}>
        case {caseNumber}
      </TextLink>
      .
    </p>
  )
}
