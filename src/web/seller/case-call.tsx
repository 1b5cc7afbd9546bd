/** Calls in a case: when a person calls and at which number, what came of the last one, and the way to another. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { CaseForSeller } from '../../contract/case.ts'
import { api } from '../api.ts'
import { ButtonLink } from '../parts/button-link.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Moment, Past } from '../parts/time.tsx'
import { showCase } from './case-change.ts'

/** Nothing where no call is booked and none can be. */
export function CaseCall({ matter }: { matter: CaseForSeller }) {
  const cancel = useMutation({
    mutationFn: (callId: string) => api.seller.cancelCall({ callId }),
    onSuccess: showCase,
  })
  const last = matter.calls.at(-1)
  const isBooked = last?.state === 'booked'
  const mayCall = matter.allowed.includes('call')
  if (!isBooked && !mayCall) return null
  return (
    <section aria-labelledby="call">
      <h2 id="call" style={{ fontSize: 15, lineHeight: '22px', marginBottom: 8 }}>
        {isBooked ? 'A person calls you' : 'Rather talk?'}
      </h2>
      {isBooked && (
        <>
          <p style={{ marginBottom: 12 }}>
            <strong>
              <Moment at={last.startsAt} />
            </strong>{' '}
            at <span className="figures">{last.number}</span>. The dates of the case stay as they
            are.
          </p>
          {cancel.isError && <ProblemNote error={cancel.error} safe="The call is still booked." />}
          <Button fullWidth loading={cancel.isPending} onClick={() => cancel.mutate(last.id)}>
            Cancel the call
          </Button>
        </>
      )}
      {last?.state === 'missed' && (
        <p className="second" style={{ marginBottom: 12 }}>
          We called <Past at={last.startsAt} /> and did not reach you. It never counts against you.
        </p>
      )}
      {last?.state === 'lapsed' && (
        <p className="second" style={{ marginBottom: 12 }}>
          We did not call you <Past at={last.startsAt} /> as we had promised. That was our fault.
        </p>
      )}
      {mayCall && (
        <ButtonLink to="/call" search={{ case: matter.id }} fullWidth>
          {last?.state === 'missed' || last?.state === 'lapsed'
            ? 'Pick another time'
            : 'Ask for a call'}
        </ButtonLink>
      )}
    </section>
  )
}
