/** Kept words say that what was typed is safe on this device, or what sending still waits for. */
import { useClock } from '../parts/time.tsx'
import { pastWords } from '../parts/time-words.ts'

/** Beside the button that sends. */
export function KeptWords({ at, isWaiting }: { at: Date | null; isWaiting: boolean }) {
  const { now, zone } = useClock()
  if (isWaiting)
    return (
      <span className="small second">
        Files are still on their way; you can send when they are here.
      </span>
    )
  if (at === null) return null
  return <span className="small third">Kept on this device {pastWords(at, now, zone)}</span>
}
