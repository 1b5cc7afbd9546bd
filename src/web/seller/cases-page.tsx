/** Every case of the seller, those that are open first. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { SellerHome } from '../../contract/case.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { CaseRows } from './case-row.tsx'
import { casesSentence, isOpen, waitingFirst } from './cases-words.ts'
import { homeQuery } from './seller-shell.tsx'

/** `/cases` */
export function CasesPage(): ReactNode {
  const home = useQuery(homeQuery)
  return (
    <Pending of={home} what="your cases" isPage>
      {({ cases }) => <Cases cases={cases} />}
    </Pending>
  )
}

function Cases({ cases }: { cases: SellerHome['cases'] }) {
  const open = waitingFirst(cases.filter(isOpen))
  const over = cases.filter(({ state }) => state === 'answered' || state === 'closed')
  return (
    <>
      <PageTitle above="Cases" tab="Cases">
        {casesSentence(open)}
      </PageTitle>
      <section aria-labelledby="open">
        <h2 id="open" style={{ marginBottom: 12 }}>
          Open
        </h2>
        {open.length === 0 ? (
          <Empty>
            No case is open. When you appeal or ask something, it appears here with who has it and
            until when. Appeals start at <TextLink to="/measures">your measures</TextLink>,
            questions with <TextLink to="/help">a person</TextLink>.
          </Empty>
        ) : (
          <CaseRows cases={open} />
        )}
      </section>
      <p className="second" style={{ marginTop: 16 }}>
        <TextLink to="/complaints">Complaints about you</TextLink>, and what became of each.
      </p>
      {over.length > 0 && (
        <section aria-labelledby="over" style={{ marginTop: 40 }}>
          <h2 id="over" style={{ marginBottom: 12 }}>
            Answered
          </h2>
          <CaseRows cases={over} />
        </section>
      )}
    </>
  )
}
