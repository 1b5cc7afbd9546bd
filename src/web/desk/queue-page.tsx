/** The desk as one arrives: the queue, and a sentence that says how things stand. */
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Queue } from '../../contract/queue.ts'
import { Empty } from '../parts/empty.tsx'
import { Pending } from '../parts/pending.tsx'
import { TimeProvider, useClock } from '../parts/time.tsx'
import { BulkPane, bulkFormId } from './bulk-pane.tsx'
import { KeyTable } from './key-help.tsx'
import { useKeysAreOn } from './key-setting.ts'
import { DeskKey } from './desk-key.tsx'
import { useDeskFilter } from './desk-filter.ts'
import styles from './desk.module.css'
import pageStyles from './page.module.css'
import { focusFirst, Frame } from './frame.tsx'
import type { DeskCommand } from './keys.ts'
import { NothingWaits } from './nothing-waits.tsx'
import { meanToHold } from './opening.ts'
import { hasFree, stepInQueue } from './queue-order.ts'
import { QueuePane } from './queue-pane.tsx'
import { countsWords, queueTitle } from './queue-words.ts'
import { StaffPage } from './staff-page.tsx'
import { ToldNote } from './told-note.tsx'
import { useBulk } from './use-bulk.ts'
import { usePull } from './use-pull.ts'
import { useQueue } from './use-desk.ts'

/** The page at `/desk`. */
export function QueuePage() {
  return <StaffPage>{(me) => <OpenQueue deskCount={me.desks.length} />}</StaffPage>
}

function OpenQueue({ deskCount }: { deskCount: number }) {
  const navigate = useNavigate()
  const [desk, showDesk] = useDeskFilter()
  const queue = useQueue(desk)
  const [at, setAt] = useState<string | null>(null)
  const cases = queue.data?.cases ?? []
  const keysOn = useKeysAreOn()
  const pull = usePull(desk)
  const bulk = useBulk(cases)
  const open = (caseId: string) => {
    meanToHold(caseId)
    void navigate({ to: '/desk/cases/$caseId', params: { caseId }, search: true })
  }

  const obey = (command: DeskCommand): boolean => {
    switch (command.do) {
      case 'next':
      case 'previous':
        setAt(stepInQueue(cases, at, command.do === 'next' ? 1 : -1))
        return true
      case 'open':
        if (at === null) pull.next()
        else open(at)
        return true
      case 'pull':
        pull.next()
        return true
      case 'pick': {
        const { by } = command
        if (at !== null && (by === 0 || !bulk.isPicked(at))) bulk.pick(at)
        if (by === 0) return at !== null
        const next = stepInQueue(cases, at, by)
        setAt(next)
        if (next !== null && !bulk.isPicked(next)) bulk.pick(next)
        return true
      }
      case 'together':
        focusFirst(bulkFormId)
        return true
      case 'macro':
        return bulk.prepare(true)
      case 'back':
        return bulk.leave()
      case 'decide':
        return bulk.goOn()
      case 'release':
      case 'choose':
      case 'ask':
      case 'write':
      case 'forward':
      case 'similar':
      case 'note':
      case 'objection':
      case 'listing':
      case 'evidence':
      case 'blur':
      case 'undo':
      case 'help':
      case 'queue':
      case 'leave':
        return false
    }
  }

  return (
    <TimeProvider serverNow={queue.data?.now} receivedAt={queue.dataUpdatedAt}>
      <Frame
        obey={obey}
        queue={
          <Pending of={queue} what="the queue">
            {(data) => (
              <QueuePane
                queue={data}
                desk={desk}
                onDesk={showDesk}
                at={at}
                onOpen={meanToHold}
                picking={data.together.length > 0 ? bulk : null}
              />
            )}
          </Pending>
        }
        matter={
          <Pending of={queue} what="the desk" isPage>
            {(data) => (
              <Standing
                queue={data}
                deskCount={deskCount}
                onNext={hasFree(data.cases) ? pull.next : null}
                isPulling={pull.isPending}
              />
            )}
          </Pending>
        }
        decision={
          <>
            <ToldNote caseId={null} />
            <NothingWaits pull={pull} />
            {bulk.isIdle ? (
              <p className="second">
                The decision is written here once a case is open. Choose several in the queue to do
                the same with each.
              </p>
            ) : (
              queue.data && <BulkPane bulk={bulk} queue={queue.data} />
            )}
            {bulk.isIdle && keysOn && (
              <div className={styles.keysOnly}>
                <p className="second">These keys do it without the mouse.</p>
                <KeyTable />
              </div>
            )}
          </>
        }
      />
    </TimeProvider>
  )
}

function Standing({
  queue,
  deskCount,
  onNext,
  isPulling,
}: {
  queue: Queue
  deskCount: number
  onNext: (() => void) | null
  isPulling: boolean
}) {
  const { now } = useClock()
  const title = queueTitle(queue, now)
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <>
      <h1 className={styles.title}>{title}</h1>
      {queue.cases.length === 0 ? (
        <Empty>
          {deskCount === 0
            ? 'What was flagged, the listings and the rules are open to you above. Who staffs which desk is set by an administrator.'
            : 'When a seller appeals, or a rule wants a person to look, the case appears at the left with its time left.'}
        </Empty>
      ) : (
        <>
          <p className={styles.lead}>
            Next takes the case that is due first and holds it for you; a colleague who presses it
            at the same time gets another. Whoever is late is not asked again: the procedure goes on
            by itself.
          </p>
          {onNext && (
            <div className="buttons" style={{ margin: '20px 0 28px' }}>
              <Button variant="filled" loading={isPulling} onClick={onNext}>
                Next
                <span style={{ marginLeft: 8 }}>
                  <DeskKey keys={['X']} />
                </span>
              </Button>
            </div>
          )}
        </>
      )}
      {queue.desks.length > 0 && (
        <table className={pageStyles.plainTable} style={{ maxWidth: 480 }}>
          <caption className="heard-only">Your desks and what is open at each</caption>
          <thead>
            <tr>
              <th scope="col">Desk</th>
              <th scope="col">Open</th>
            </tr>
          </thead>
          <tbody>
            {queue.desks.map((each) => (
              <tr key={each.name}>
                <td>{each.title}</td>
                <td
                  className="figures"
                  style={each.overdue > 0 ? { color: 'var(--red)' } : undefined}
                >
                  {countsWords(each)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
