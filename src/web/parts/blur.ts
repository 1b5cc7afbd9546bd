/** Whether evidence is blurred: photos can be hard to look at, so it is one key, kept on this device. */
import { useSyncExternalStore } from 'react'

const name = 'recourse.blur-evidence'
const listeners = new Set<() => void>()
let rememberedHere = false

function isBlurred(): boolean {
  try {
    return localStorage.getItem(name) === 'on'
  } catch {
    // Storage can be forbidden by the browser; then the choice holds as long as the page is open.
    return rememberedHere
  }
}

/** Blurs all evidence, or shows it again. */
export function switchBlur(): void {
  rememberedHere = !isBlurred()
  try {
    localStorage.setItem(name, rememberedHere ? 'on' : 'off')
  } catch {
    // See above.
  }
  for (const tell of listeners) tell()
}

/** The setting, for components. */
export function useBlur(): boolean {
  return useSyncExternalStore(listen, isBlurred)
}

function listen(tell: () => void): () => void {
  listeners.add(tell)
  window.addEventListener('storage', tell)
  return () => {
    listeners.delete(tell)
    window.removeEventListener('storage', tell)
  }
}
