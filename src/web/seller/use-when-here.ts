/** Sending that was asked for while files are on their way: who pressed once need not press again. */
import { useEffect, useEffectEvent, useState } from 'react'
import type { Sending } from './use-uploads.ts'

/** Where the files of a form are: all here, some on their way, those awaited to send, or one refused meanwhile. */
export type FilesAre = 'here' | 'coming' | 'awaited' | 'refused'

/**
 * `mayGo` answers whether all files are here; where they are not, `press` is called again when they are, once. A file
 * that is refused meanwhile ends the waiting, since nobody should send less than they meant to; from then on only
 * pressing sends, not what is done about that file.
 */
export function useWhenHere(
  { sending, isBusy }: { sending: readonly Sending[]; isBusy: boolean },
  press: () => void,
) {
  const [wait, setWait] = useState<'awaited' | 'arrived' | 'refused' | null>(null)
  const wasRefused = sending.some(({ state }) => state.is === 'refused')
  if (wait === 'awaited' && !isBusy) setWait(wasRefused ? 'refused' : 'arrived')
  if (wait === 'refused' && !wasRefused) setWait(null)
  const pressAgain = useEffectEvent(press)
  useEffect(() => {
    if (wait === 'arrived') pressAgain()
  }, [wait])

  function mayGo(): boolean {
    setWait(isBusy ? 'awaited' : null)
    return !isBusy
  }
  const whileBusy: FilesAre = wait === 'awaited' ? 'awaited' : 'coming'
  const onceHere: FilesAre = wait === 'refused' ? 'refused' : 'here'
  return { filesAre: isBusy ? whileBusy : onceHere, mayGo }
}
