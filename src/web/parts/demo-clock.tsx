/** The demo's clock stands at the foot of every page of a demo: it says the time there and moves it forward. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ClockMoved, DemoClock as Clock } from '../../contract/dev.ts'
import { sayTime } from '../../core/saying.ts'
import { api, query, queryClient } from '../api.ts'
import { nowHere, setAhead } from '../clock.ts'
import { useMe } from '../session.ts'
import styles from './demo-clock.module.css'
import { ProblemNote } from './problem-note.tsx'

type Step = Parameters<typeof api.dev.moveClock>[0]

const steps: { words: string; step: Step }[] = [
  { words: '+1 hour', step: { forward: 'PT1H' } },
  { words: '+1 day', step: { forward: 'P1D' } },
  { words: '+3 days', step: { forward: 'P3D' } },
]

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Nothing at all where there is no demo. */
export function DemoClock() {
  const me = useMe()
  const ahead = me.data?.clockAhead ?? null
  useEffect(() => {
    if (ahead !== null) setAhead(ahead)
  }, [ahead])
  return ahead === null ? null : <Bar />
}

function Bar() {
  // Others may move it too, from another page or from outside.
  const clock = useQuery(query.dev.getClock.queryOptions({ refetchInterval: 5_000 }))
  const [isOpen, setOpen] = useState(false)
  const move = useMutation({
    mutationFn: (step: Step) => api.dev.moveClock(step),
    onMutate: () => setOpen(true),
    onSuccess: async ({ ahead }) => {
      setAhead(ahead)
      // Everything on the page is from before.
      await queryClient.invalidateQueries()
    },
  })
  const told = clock.data
  useEffect(() => {
    if (told) setAhead(told.ahead)
  }, [told])
  return (
    <section className={styles.bar} aria-label="The demo’s clock">
      {isOpen && !move.isIdle && (
        <div className={styles.told}>
          <div role="status">
            {move.isPending && <p>Time goes forward …</p>}
            {move.isSuccess && <Fired moved={move.data} />}
          </div>
          {move.isError && <ProblemNote error={move.error} safe="The clock has not moved." />}
          {!move.isPending && (
            <button type="button" className="link" onClick={() => setOpen(false)}>
              Close
            </button>
          )}
        </div>
      )}
      <div className={styles.line}>
        <p className={styles.words}>
          The demo’s clock: <Now />
        </p>
        <div className={styles.steps}>
          {steps.map(({ words, step }) => (
            <button
              key={words}
              type="button"
              className={styles.step}
              disabled={move.isPending}
              onClick={() => move.mutate(step)}
            >
              {words}
            </button>
          ))}
          <button
            type="button"
            className={styles.step}
            disabled={move.isPending || told?.nextAt == null}
            onClick={() => move.mutate({ to: 'next-deadline' })}
          >
            To the next deadline{nextWords(told)}
          </button>
        </div>
      </div>
    </section>
  )
}

function Now() {
  const [now, setNow] = useState(nowHere)
  useEffect(() => {
    const timer = setInterval(() => setNow(nowHere()), 500)
    return () => clearInterval(timer)
  }, [])
  const withYear = now.getFullYear() !== new Date().getFullYear()
  return (
    <time dateTime={now.toISOString()}>
      <strong>{sayTime(now, zone, { withYear })}</strong>
    </time>
  )
}

function Fired({ moved }: { moved: ClockMoved }) {
  return (
    <>
      <h2>
        {moved.fired.length === 0
          ? `It is ${sayTime(new Date(moved.now), zone)}. Nothing was due until now.`
          : `It is ${sayTime(new Date(moved.now), zone)}. On the way:`}
      </h2>
      {moved.fired.length > 0 && (
        <ol>
          {moved.fired.map(({ dueAt, words }, place) => (
            <li key={place}>
              <time dateTime={dueAt}>{sayTime(new Date(dueAt), zone)}</time> {words}
            </li>
          ))}
        </ol>
      )}
      {moved.waiting > 0 && (
        <p>
          {moved.waiting === 1 ? 'One clock is' : `${moved.waiting} clocks are`} due and not fired
          yet.
        </p>
      )}
    </>
  )
}

function nextWords(told: Clock | undefined): string {
  return told?.nextAt == null ? '' : `: ${sayTime(new Date(told.nextAt), zone)}`
}
