/** The calls that one's desks have to make, by time in the reader's own zone, each with what came of it. */
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DeskCall } from '../../contract/call.ts'
import { api, query } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Due, TimeProvider, useClock } from '../parts/time.tsx'
import { count } from '../parts/time-words.ts'
import styles from './calls-page.module.css'
import { callsByDay, callsSentence } from './calls-words.ts'
import pageStyles from './page.module.css'
import { StaffPage } from './staff-page.tsx'

/** The page at `/desk/calls`. */
export function CallsPage() {
  return <StaffPage>{() => <Calls />}</StaffPage>
}

function Calls() {
  const calls = useQuery(query.desk.getCalls.queryOptions({ refetchInterval: 15_000 }))
  return (
    <div className={pageStyles.page}>
      <TimeProvider serverNow={calls.data?.now} receivedAt={calls.dataUpdatedAt}>
        <Pending of={calls} what="the calls" isPage>
          {(data) => <CallList calls={data.calls} />}
        </Pending>
      </TimeProvider>
    </div>
  )
}

function CallList({ calls }: { calls: readonly DeskCall[] }) {
  const { now, zone } = useClock()
  return (
    <>
      <PageTitle tab="Calls">{callsSentence(calls, now, zone)}</PageTitle>
      <p className="third">Times are yours, in {zone.replaceAll('_', ' ')}.</p>
      {calls.length === 0 && (
        <Empty>When a seller picks a time for a call, it stands here with the number.</Empty>
      )}
      {callsByDay(calls, now, zone).map(({ name, calls: those }) => (
        <section key={name} className={styles.day}>
          <h2>{name}</h2>
          <ul>
            {those.map((call) => (
              <CallRow key={call.id} call={call} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function CallRow({ call }: { call: DeskCall }) {
  const { now } = useClock()
  const client = useQueryClient()
  const [isNoting, setNoting] = useState(false)
  const [said, setSaid] = useState('')
  const [wasTried, setTried] = useState(false)
  const mark = useMutation({
    mutationFn: (reached: boolean) =>
      api.desk.markCall({ callId: call.id, reached, said: reached ? said.trim() : '' }),
    onSettled: () => client.invalidateQueries(),
  })
  const isMissing = said.trim() === ''
  const hasCome = new Date(call.startsAt) <= now
  return (
    <li className={styles.call}>
      <div>
        <p>
          <strong>
            <Due at={call.startsAt} />
          </strong>{' '}
          {call.state === 'lapsed' && <Tag tone="red">Not noted</Tag>}
        </p>
        <p>
          <a className="link figures" href={`tel:${call.number}`}>
            {call.number}
          </a>
        </p>
      </div>
      <div>
        <p>
          {call.sellerName}: “{call.about}”
        </p>
        <p className="third">
          <TextLink to="/desk/cases/$caseId" params={{ caseId: call.caseId }}>
            {call.caseNumber}
          </TextLink>{' '}
          at {call.deskTitle}
          {call.missedBefore > 0 && `. Not reached ${count(call.missedBefore, 'time')} before`}
        </p>
        {isNoting && (
          <div style={{ marginTop: 8 }}>
            <Textarea
              label="What was said"
              description="It stands in the case, and the seller reads it. The case itself goes on."
              className="written-input"
              autosize
              autoFocus
              minRows={2}
              maxRows={10}
              maxLength={20_000}
              value={said}
              error={wasTried && isMissing ? 'Say what was said.' : undefined}
              onChange={(event) => setSaid(event.currentTarget.value)}
            />
          </div>
        )}
        {mark.isError && <ProblemNote error={mark.error} safe="Nothing was noted." />}
      </div>
      <div className="buttons">
        {isNoting ? (
          <>
            <Button
              size="xs"
              variant="filled"
              loading={mark.isPending}
              onClick={() => {
                setTried(true)
                if (!isMissing) mark.mutate(true)
              }}
            >
              Note it
            </Button>
            <Button size="xs" onClick={() => setNoting(false)}>
              Back
            </Button>
          </>
        ) : (
          <>
            <Button
              size="xs"
              aria-label={`We spoke: ${call.sellerName}`}
              onClick={() => setNoting(true)}
            >
              We spoke
            </Button>
            {call.state === 'booked' && hasCome && (
              <Button
                size="xs"
                aria-label={`Not reached: ${call.sellerName}`}
                loading={mark.isPending}
                onClick={() => mark.mutate(false)}
              >
                Not reached
              </Button>
            )}
          </>
        )}
      </div>
    </li>
  )
}
