/** A clock of one second, for what counts down while somebody watches. */
import { useEffect, useState } from 'react'
import { nowHere } from '../clock.ts'

/** Now, renewed every second while `running`. */
export function useNow(running: boolean): Date {
  const [now, setNow] = useState(nowHere)
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setNow(nowHere()), 1_000)
    return () => clearInterval(timer)
  }, [running])
  return now
}

/** Whole seconds left until an instant; none once it is over. */
export function secondsUntil(instant: string, now: Date): number {
  return Math.max(0, Math.ceil((new Date(instant).getTime() - now.getTime()) / 1000))
}
