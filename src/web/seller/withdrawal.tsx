/** Taking an appeal back: asked once, with what follows. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseForSeller } from '../../contract/case.ts'
import { api, query, queryClient } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'

/** A button, then the question, then done. */
export function Withdrawal({ matter: { id, objections } }: { matter: CaseForSeller }) {
  const [isAsking, setAsking] = useState(false)
  const withdraw = useMutation({
    mutationFn: () => api.seller.withdrawCase({ caseId: id }),
    onSuccess: (next) => {
      queryClient.setQueryData(query.seller.getCase.queryKey({ input: { caseId: id } }), next)
      void queryClient.invalidateQueries()
      window.scrollTo({ top: 0 })
    },
  })
  const measures = objections.length > 1 ? 'The measures you contest stay' : 'The measure stays'
  return (
    <section aria-labelledby="you-can">
      <h2 id="you-can" style={{ fontSize: 15, lineHeight: '22px', marginBottom: 8 }}>
        You can
      </h2>
      {isAsking ? (
        <div role="group" aria-label="Take the appeal back?">
          <p className="small" style={{ marginBottom: 12 }}>
            The case closes and nobody decides it. {measures} as{' '}
            {objections.length > 1 ? 'they are' : 'it is'}, and it does not count against you.
          </p>
          {withdraw.isError && (
            <ProblemNote error={withdraw.error} safe="Your appeal goes on as it was." />
          )}
          <div className="buttons">
            <Button autoFocus onClick={() => withdraw.mutate()} loading={withdraw.isPending}>
              Yes, take it back
            </Button>
            <Button variant="subtle" onClick={() => setAsking(false)}>
              Keep it
            </Button>
          </div>
        </div>
      ) : (
        <Button fullWidth onClick={() => setAsking(true)}>
          Take the appeal back
        </Button>
      )}
    </section>
  )
}
