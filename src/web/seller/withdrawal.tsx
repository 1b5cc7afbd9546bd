/** Taking a case back: asked once, with what follows. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseForSeller } from '../../contract/case.ts'
import { caseNoun } from '../../core/case.ts'
import { api } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { showCase } from './case-change.ts'

/** A button, then the question, then done. */
export function Withdrawal({ matter: { id, kind, objections } }: { matter: CaseForSeller }) {
  const [isAsking, setAsking] = useState(false)
  const withdraw = useMutation({
    mutationFn: () => api.seller.withdrawCase({ caseId: id }),
    onSuccess: showCase,
  })
  const noun = caseNoun(kind)
  return (
    <section aria-labelledby="you-can">
      <h2 id="you-can" style={{ fontSize: 15, lineHeight: '22px', marginBottom: 8 }}>
        You can
      </h2>
      {isAsking ? (
        <div role="group" aria-label={`Take the ${noun} back?`}>
          <p className="small" style={{ marginBottom: 12 }}>
            {whatFollows(noun, objections.length)}
          </p>
          {withdraw.isError && (
            <ProblemNote error={withdraw.error} safe={`Your ${noun} goes on as it was.`} />
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
          Take the {noun} back
        </Button>
      )}
    </section>
  )
}

function whatFollows(noun: string, contested: number): string {
  if (contested === 0)
    return `The ${noun} closes and nobody answers it. You can send a new one at any time, and it does not count against you.`
  const stays =
    contested > 1
      ? 'The measures you contest stay as they are'
      : 'The measure stays as it is, and can be contested again in its time'
  return `The case closes and nobody decides it. ${stays}. It does not count against you.`
}
