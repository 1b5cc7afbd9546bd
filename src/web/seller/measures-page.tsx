/** Every measure there ever was on the account, those in force first. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { SellerHome } from '../../contract/case.ts'
import { Empty } from '../parts/empty.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { MeasureRows } from './measure-row.tsx'
import { measuresCount } from './measure-words.ts'
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
  const inForce = measures.filter(({ status }) => status === 'in-force')
  const ended = measures.filter(({ status }) => status !== 'in-force')
  return (
    <>
      <PageTitle above="Measures" tab="Measures">
        {sentence(inForce.length, ended.length)}
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

function sentence(inForce: number, ended: number): string {
  if (inForce === 0)
    return ended === 0
      ? 'There has never been a measure on your account.'
      : 'No measure is in force.'
  const words = measuresCount(inForce)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${inForce === 1 ? 'is' : 'are'} in force. Each has its way out beside it.`
}
