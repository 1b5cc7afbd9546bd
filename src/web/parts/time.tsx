/** Times on pages: in words, in the reader's zone, with the exact instant in `<time>` and on hover. */
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { nowHere } from '../clock.ts'
import {
  distanceWords,
  dueWords,
  exactWords,
  momentWords,
  pastWords,
  spanWords,
} from './time-words.ts'

interface Clock {
  now: Date
  zone: string
}

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone
const ClockContext = createContext<Clock | null>(null)

interface TimeProps {
  /** The zone to speak in: the seller's, or the browser's when left out. */
  zone?: string
  /** The server's clock when the answer was given, and ours when it came; the difference is carried along. */
  serverNow?: string | undefined
  receivedAt?: number
  children: ReactNode
}

/** Gives every time below it one clock and one zone; it ticks every ten seconds. */
export function TimeProvider({ zone = browserZone, serverNow, receivedAt, children }: TimeProps) {
  const [tick, setTick] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setTick(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  const ahead =
    serverNow === undefined || receivedAt === undefined
      ? 0
      : new Date(serverNow).getTime() - receivedAt
  const now = Math.max(tick, receivedAt ?? 0) + ahead
  return <ClockContext value={{ now: new Date(now), zone }}>{children}</ClockContext>
}

/** Now and the zone to speak in, for sentences that are put together by hand. */
export function useClock(): Clock {
  const clock = use(ClockContext)
  const [mounted] = useState(nowHere)
  return clock ?? { now: mounted, zone: browserZone }
}

interface At {
  at: string
}

function Exact({ at, children }: At & { children: ReactNode }) {
  const { zone } = useClock()
  return (
    <time dateTime={at} title={exactWords(new Date(at), zone)}>
      {children}
    </time>
  )
}

/** "Tuesday 14:00 (in 2 days)": what follows "by" or "until". */
export function Due({ at }: At) {
  const { now, zone } = useClock()
  return <Exact at={at}>{dueWords(new Date(at), now, zone)}</Exact>
}

/** "Tuesday 14:00", without how far off it is. */
export function Moment({ at }: At) {
  const { now, zone } = useClock()
  return <Exact at={at}>{momentWords(new Date(at), now, zone)}</Exact>
}

/** "yesterday 09:12": when something happened. */
export function Past({ at }: At) {
  const { now, zone } = useClock()
  return <Exact at={at}>{pastWords(new Date(at), now, zone)}</Exact>
}

/** "in 33 hours", alone. */
export function Distance({ at }: At) {
  const { now } = useClock()
  return <Exact at={at}>{distanceWords(new Date(at), now)}</Exact>
}

/** The time left on a clock: red under 6 hours, amber under 12, "late by …" once it is over. */
export function TimeLeft({ at }: At) {
  const { now } = useClock()
  const left = new Date(at).getTime() - now.getTime()
  const color =
    left < 6 * 3_600_000 ? 'var(--red)' : left < 12 * 3_600_000 ? 'var(--amber)' : 'var(--ink)'
  return (
    <span className="figures" style={{ color, fontWeight: 600 }}>
      <Exact at={at}>{left < 0 ? `late by ${spanWords(-left)}` : spanWords(left)}</Exact>
    </span>
  )
}
