/** Nobody waits at the door: what is answered late on purpose is answered at once, for tests that ask what is answered and not when. */
import { vi } from 'vitest'

/** From here on; answers how to have the waits again. Timers of everybody else run as they are. */
export function withoutWaits(): () => void {
  const real = globalThis.setTimeout
  const spy = vi
    .spyOn(globalThis, 'setTimeout')
    .mockImplementation((work: () => void, milliseconds?: number, ...words: []) =>
      real(work, isAtDoor() ? 0 : milliseconds, ...words),
    )
  return () => spy.mockRestore()
}

/** Whether it is the door itself that wants to wait. */
function isAtDoor(): boolean {
  return (new Error().stack ?? '').includes('/src/http/slow-lane.ts')
}
