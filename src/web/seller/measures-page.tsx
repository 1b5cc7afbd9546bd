/** Every measure there ever was on the account, those in force first. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { SellerHome } from '../../contract/case.ts'
import { Empty } from '../parts/empty.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { useClock } from '../parts/time.tsx'
import { MeasureRows } from './measure-row.tsx'
import { measuresSentence } from './measure-words.ts'
import { homeQuery } from './seller-shell.tsx'

/** `/measures` */
export function MeasuresPage(): ReactNode {
  const home = useQuery(homeQuery)
  return (
    <Pending of={home} what="your measures" isPage>
      {({ measures }) => <Measures measures={measures} />}
    </Pending>
  )
}

function Measures({ measures }: { measures: SellerHome['measures'] }) {
  const { now } = useClock()
  const inForce = measures.filter(({ status }) => status === 'in-force')
  const ended = measures.filter(({ status }) => status !== 'in-force')
  return (
    <>
      <PageTitle above="Measures" tab="Measures">
        {measuresSentence(measures, now)}
      </PageTitle>
      <section aria-labelledby="in-force">
        <h2 id="in-force" style={{ marginBottom: 12 }}>
          In force
        </h2>
        {inForce.length === 0 ? (
          <Empty>
            No measure is in force. If there ever is one, you’ll see it here with its appeal.
          </Empty>
        ) : (
          <MeasureRows measures={inForce} />
        )}
      </section>
      {ended.length > 0 && (
        <section aria-labelledby="ended" style={{ marginTop: 40 }}>
          <h2 id="ended" style={{ marginBottom: 12 }}>
            Over
          </h2>
          <MeasureRows measures={ended} />
        </section>
      )}
    </>
  )
}
