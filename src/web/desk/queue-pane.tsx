/** The queue at the left of the desk: every open case of one's desks, by time left. */
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Queue, QueueItem } from '../../contract/queue.ts'
import { Moment, TimeLeft } from '../parts/time.tsx'
import styles from './desk.module.css'
import { groupQueue } from './queue-order.ts'
import { countsWords, itemWords } from './queue-words.ts'
import type { Bulk } from './use-bulk.ts'
import { WaitedForLine } from './waited-for.tsx'

type Picking = Pick<Bulk, 'isPicked' | 'pick'>

interface QueuePaneProps {
  queue: Queue
  /** The desk that is shown alone, or null for all. */
  desk: string | null
  onDesk: (desk: string | null) => void
  /** The case that is open, or that the keys have come to. */
  at: string | null
  onOpen: (caseId: string) => void
  /** Where several may be chosen to do the same with each; null where they may not. */
  picking?: Picking | null
}

/** Lists the cases; opening one is also what holds it. */
export function QueuePane({ queue, desk, onDesk, at, onOpen, picking = null }: QueuePaneProps) {
  useEffect(() => {
    if (at !== null) document.getElementById(itemId(at))?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const shown = queue.desks.find((each) => each.name === desk)
  const counts = shown ?? {
    open: queue.desks.reduce((sum, each) => sum + each.open, 0),
    overdue: queue.desks.reduce((sum, each) => sum + each.overdue, 0),
  }
  const { open, deciding, asking } = groupQueue(queue.cases)
  return (
    <>
      <div className={styles.queueHead}>
        <div>
          <h2>{shown?.title ?? headOf(queue.desks)}</h2>
          <p className="third figures">{countsWords(counts)}</p>
        </div>
        <p className="third">by time left</p>
      </div>
      {queue.desks.length > 1 && (
        <div className={styles.filters} role="group" aria-label="Show one desk">
          <Filter words="All" pressed={desk === null} onPress={() => onDesk(null)} />
          {queue.desks.map((each) => (
            <Filter
              key={each.name}
              words={`${each.title} ${each.open}`}
              pressed={desk === each.name}
              onPress={() => onDesk(each.name)}
            />
          ))}
        </div>
      )}
      {queue.cases.length === 0 ? (
        <p className={`${styles.item} second`}>
          No case is open here. The next one appears by itself.
        </p>
      ) : (
        <>
          <Items items={open} at={at} onOpen={onOpen} picking={picking} />
          {open.length === 0 && (
            <p className={`${styles.item} second`}>Nothing here waits for you now.</p>
          )}
          <Group
            title="Decided, nobody has been told yet"
            items={deciding}
            at={at}
            onOpen={onOpen}
            picking={null}
          />
          <Group
            title="Waits for the seller"
            items={asking}
            at={at}
            onOpen={onOpen}
            picking={null}
          />
        </>
      )}
      {queue.cases.length >= 200 && (
        <p className={`${styles.item} third`}>These are the 200 with the least time left.</p>
      )}
    </>
  )
}

function headOf(desks: Queue['desks']): string {
  const [first, ...more] = desks
  if (first === undefined) return 'No desk'
  return more.length === 0 ? first.title : 'All your desks'
}

interface ItemsProps {
  items: readonly QueueItem[]
  at: string | null
  onOpen: (caseId: string) => void
  picking: Picking | null
}

function Items({ items, at, onOpen, picking }: ItemsProps) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id} className={picking === null ? undefined : styles.pickable}>
          {picking !== null && (
            <label className={styles.pick}>
              <input
                type="checkbox"
                checked={picking.isPicked(item.id)}
                onChange={() => picking.pick(item.id)}
              />
              <span className="heard-only">
                Choose {item.number}, {item.title}
              </span>
            </label>
          )}
          <Item item={item} chosen={item.id === at} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  )
}

/** What nobody is asked to do anything about now, under a heading of its own; nothing where there is nothing. */
function Group({ title, ...list }: ItemsProps & { title: string }) {
  if (list.items.length === 0) return null
  return (
    <section>
      <h3 className={styles.groupHead}>
        {title} <span className="figures">{list.items.length}</span>
      </h3>
      <Items {...list} />
    </section>
  )
}

function Item({
  item,
  chosen,
  onOpen,
}: {
  item: QueueItem
  chosen: boolean
  onOpen: (caseId: string) => void
}) {
  return (
    <Link
      id={itemId(item.id)}
      to="/desk/cases/$caseId"
      params={{ caseId: item.id }}
      search={true}
      className={chosen ? `${styles.item} ${styles.chosen}` : styles.item}
      aria-current={chosen ? 'true' : undefined}
      onClick={() => onOpen(item.id)}
    >
      <span className={styles.itemTop}>
        <span className={styles.itemTitle} title={item.title}>
          {item.title}
        </span>
        {item.state === 'open' && (
          <span className={styles.itemTime}>
            <TimeLeft at={item.dueAt} />
          </span>
        )}
        {item.state === 'asking' && <span className={styles.itemStill}>stands still</span>}
      </span>
      <span className={styles.itemSub}>
        <span>
          {item.state === 'asking' ? (
            <>
              waits until <Moment at={item.dueAt} />
            </>
          ) : (
            itemWords(item)
          )}
        </span>
        <span>
          {item.heldByMe ? 'you hold it' : item.heldBy === null ? '' : `with ${item.heldBy}`}
        </span>
      </span>
      {item.waitedFor !== null && (
        <span className={styles.itemWait}>
          <WaitedForLine waitedFor={item.waitedFor} />
        </span>
      )}
    </Link>
  )
}

function Filter({
  words,
  pressed,
  onPress,
}: {
  words: string
  pressed: boolean
  onPress: () => void
}) {
  return (
    <button
      type="button"
      className={`${styles.filter} figures`}
      aria-pressed={pressed}
      onClick={onPress}
    >
      {words}
    </button>
  )
}

function itemId(caseId: string): string {
  return `queue-${caseId}`
}
