/** Whether something takes longer than anybody should wonder about: 300 ms since it was first shown. */
import { useEffect, useState } from 'react'

export function useSlow(): boolean {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return isSlow
}
