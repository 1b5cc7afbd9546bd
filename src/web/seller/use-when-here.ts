/** Sending that was asked for while files are on their way: who pressed once need not press again. */
import { useEffect, useEffectEvent, useState } from 'react'
import type { Sending } from './use-uploads.ts'

/** Where the files of a form are: all here, some on their way, those awaited to send, or one refused meanwhile. */
export type FilesAre = 'here' | 'coming' | 'awaited' | 'refused'

/**
 * `mayGo` answers whether all files are here; where they are not, `press` is called again when they are. A file that is
 * refused meanwhile stops that, since nobody should send less than they meant to.
 */
export function useWhenHere(
  { sending, isBusy }: { sending: readonly Sending[]; isBusy: boolean },
  press: () => void,
) {
  const [isAsked, setAsked] = useState(false)
  const wasRefused = sending.some(({ state }) => state.is === 'refused')
  const pressAgain = useEffectEvent(press)
  useEffect(() => {
    if (isAsked && !isBusy && !wasRefused) pressAgain()
  }, [isAsked, isBusy, wasRefused])

  function mayGo(): boolean {
    setAsked(isBusy)
    return !isBusy
  }
  const whenAsked: FilesAre = isBusy ? 'awaited' : wasRefused ? 'refused' : 'here'
  const filesAre: FilesAre = isAsked ? whenAsked : isBusy ? 'coming' : 'here'
  return { filesAre, mayGo }
}
