/** What the seller was not told of how it was detected, for who decides and for auditors. */
import { useQuery } from '@tanstack/react-query'
import type { Withholding } from '../../core/withholding.ts'
import { query } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'

/** How, who pointed to it, and why it is kept back. */
export function Withheld({
  withholding: { byMachine, method, reason },
}: {
  withholding: Withholding
}) {
  return (
    <section aria-label="Withheld from the seller">
      <h2>How it was detected, which the seller is not told</h2>
      <p className="written" style={{ marginTop: 4 }}>
        {method}
      </p>
      <p className="second" style={{ marginTop: 8 }}>
        {byMachine ? 'Software' : 'A person'} pointed to it; the seller knows that. Withheld
        because: <q className="written">{reason}</q> Do not tell it in your answer.
      </p>
    </section>
  )
}

/** The same of a decision by its id, asked for by itself: a statement is shared with the seller. */
export function WithheldOf({ decisionId }: { decisionId: string }) {
  const found = useQuery(query.desk.getWithholding.queryOptions({ input: { decisionId } }))
  if (found.isError)
    return (
      <div style={{ marginTop: 16 }}>
        <ProblemNote error={found.error} safe="The statement above is what the seller reads." />
      </div>
    )
  if (!found.data) return null
  return (
    <div style={{ marginTop: 24 }}>
      <Withheld withholding={found.data} />
    </div>
  )
}
