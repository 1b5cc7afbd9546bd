/** A closing that was told and does not count yet: from when it will, and for a second person the way to agree that it counts at once. */
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import type { SellerForDesk } from '../../contract/desk-seller.ts'
import { refusals } from '../../core/refusal.ts'
import { api } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Due } from '../parts/time.tsx'
import pageStyles from './page.module.css'

type Measure = SellerForDesk['measures'][number]

interface ClosingProps {
  measure: Measure
  closing: NonNullable<Measure['closing']>
  queryKey: QueryKey
}

/** "Counts from …", why it might count sooner, and who may agree to that. */
export function Closing({ measure, closing, queryKey }: ClosingProps) {
  return (
    <section className={pageStyles.closing} aria-label={`The closing ${measure.number}`}>
      <p>
        <strong>
          The closing {measure.number} counts from <Due at={closing.countsAt} />.
        </strong>{' '}
        Until then the account is as it was.
      </p>
      {closing.exceptionWords === null ? (
        <p className="second">It names no exception, so nobody can let it count sooner.</p>
      ) : (
        <p className="second">It names an exception: {closing.exceptionWords}</p>
      )}
      {closing.mayHasten ? (
        <Hasten decisionId={measure.decisionId} queryKey={queryKey} />
      ) : (
        closing.exception !== null && <p className="second">{whyNot(measure)}</p>
      )}
    </section>
  )
}

/** Its seller hears of it first; after that only who took it may not be the second person. */
function whyNot({ status }: Measure): string {
  return /in a moment/i.test(status)
    ? 'A second person can agree to it once the minute of undoing is over and the seller is told.'
    : refusals.second_person_needed.words
}

function Hasten({ decisionId, queryKey }: { decisionId: string; queryKey: QueryKey }) {
  const client = useQueryClient()
  const [reasons, setReasons] = useState('')
  const [wasTried, setTried] = useState(false)
  const hasten = useMutation({
    mutationFn: () => api.desk.hastenClosing({ decisionId, reasons: reasons.trim() }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
  const isMissing = reasons.trim() === ''
  return (
    <div style={{ marginTop: 12 }}>
      <Textarea
        label="Why it should count at once"
        description="The seller reads it, with your first name."
        className="written-input"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2_000}
        value={reasons}
        error={wasTried && isMissing ? 'Say why; the seller reads it.' : undefined}
        onChange={(event) => setReasons(event.currentTarget.value)}
      />
      {hasten.error && (
        <div style={{ marginTop: 8 }}>
          <ProblemNote error={hasten.error} safe="It still counts from the date above." />
        </div>
      )}
      <div className="buttons" style={{ marginTop: 12 }}>
        <Button
          loading={hasten.isPending}
          onClick={() => {
            setTried(true)
            if (!isMissing) hasten.mutate()
          }}
        >
          Agree that it counts at once
        </Button>
        <span className="second">It cannot be undone; the seller can still appeal.</span>
      </div>
    </div>
  )
}
