/** A clock of one second, for what counts down while somebody watches. */
import { useEffect, useState } from 'react'

/** Now, renewed every second while `running`. */
export function useNow(running: boolean): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setNow(new Date()), 1_000)
    return () => clearInterval(timer)
  }, [running])
  return now
}
