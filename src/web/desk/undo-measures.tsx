/** The minute in which a measure imposed by hand can be undone, before the seller and the shop are told. */
import { Button } from '@mantine/core'
import type { ListingForDesk } from '../../contract/desk-listing.ts'
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { DeskKey } from './desk-key.tsx'
import caseStyles from './case.module.css'
import pageStyles from './page.module.css'
import { useDeskKeys } from './use-desk-keys.ts'
import { secondsUntil, useNow } from './use-now.ts'

const minute = 60

interface UndoMeasuresProps {
  measures: ListingForDesk['measures']
  /** What is asked again when one is undone. */
  queryKey: QueryKey
}

/** One countdown per measure whose minute runs; afterwards a sentence of what was done. */
export function UndoMeasures({ measures, queryKey }: UndoMeasuresProps) {
  const client = useQueryClient()
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const undo = useMutation({
    mutationFn: (decisionId: string) => api.desk.undoMeasure({ decisionId }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
  const recent = measures.filter(({ undoUntil }) => undoUntil !== null)
  const now = useNow(recent.length > 0)
  const running = recent.filter(({ undoUntil }) => undoUntil !== null && new Date(undoUntil) > now)
  const unseen = running.filter(({ decisionId }) => !seen.has(decisionId))
  if (unseen.length > 0) setSeen(new Set([...seen, ...unseen.map(({ decisionId }) => decisionId)]))
  // Those whose minute was watched here, and is over.
  const told = measures.filter(
    ({ decisionId, status }) =>
      seen.has(decisionId) &&
      /force/i.test(status) &&
      !running.some((each) => each.decisionId === decisionId),
  )
  useDeskKeys((command) => {
    const last = running[0]
    if (command.do !== 'undo' || last === undefined || undo.isPending) return false
    undo.mutate(last.decisionId)
    return true
  })
  return (
    <div id="undo" tabIndex={-1} aria-live="polite" style={{ outline: 'none' }}>
      {undo.data && running.length === 0 && (
        <p className={caseStyles.told}>
          Undone by decision {undo.data.number}, before anybody was told. The history keeps both
          decisions.
        </p>
      )}
      {undo.error && <ProblemNote error={undo.error} />}
      {running.map((measure) => (
        <section
          key={measure.decisionId}
          className={pageStyles.undo}
          style={{ marginBottom: 20 }}
          aria-label={`Undo ${measure.number}`}
        >
          <p>
            <strong>
              {measure.tag}, {measure.number}: not told to anybody yet.
            </strong>{' '}
            The seller and the shop are told when the minute is over.
          </p>
          <Countdown until={measure.undoUntil ?? ''} now={now} />
          <Button
            loading={undo.isPending && undo.variables === measure.decisionId}
            onClick={() => undo.mutate(measure.decisionId)}
          >
            Undo
            <span style={{ marginLeft: 8 }}>
              <DeskKey keys={['Z']} />
            </span>
          </Button>
        </section>
      ))}
      {told.map((measure) => (
        <p key={measure.decisionId} className={caseStyles.told} data-kept="true">
          The minute is over. {measure.number}: {measure.status.toLowerCase()}, and the seller and
          the shop are being told. The seller can appeal it.
        </p>
      ))}
    </div>
  )
}

/** Seconds in figures and as a bar; not read out each second. */
function Countdown({ until, now }: { until: string; now: Date }) {
  const left = secondsUntil(until, now)
  return (
    <div role="timer" aria-live="off" aria-label="Time left to undo">
      <div className={pageStyles.undoBar} aria-hidden="true">
        <span style={{ width: `${Math.min(100, (left / minute) * 100)}%` }} />
      </div>
      <p className="figures" style={{ marginBottom: 12 }}>
        {left} {left === 1 ? 'second' : 'seconds'} left
      </p>
    </div>
  )
}
