/** Whether the desk's keys are on: kept on this device, shared by every open page. */
import { useSyncExternalStore } from 'react'

const name = 'recourse.desk-keys'
const listeners = new Set<() => void>()
let rememberedHere = true

/** Whether keys do anything; on unless they were switched off on this device. */
export function keysAreOn(): boolean {
  try {
    return localStorage.getItem(name) !== 'off'
  } catch {
    // Storage can be forbidden by the browser; then the choice holds as long as the page is open.
    return rememberedHere
  }
}

/** Switches all keys on or off. */
export function switchKeys(on: boolean): void {
  rememberedHere = on
  try {
    localStorage.setItem(name, on ? 'on' : 'off')
  } catch {
    // See above.
  }
  for (const tell of listeners) tell()
}

/** The setting, for components. */
export function useKeysAreOn(): boolean {
  return useSyncExternalStore(listen, keysAreOn)
}

function listen(tell: () => void): () => void {
  listeners.add(tell)
  window.addEventListener('storage', tell)
  return () => {
    listeners.delete(tell)
    window.removeEventListener('storage', tell)
  }
}
