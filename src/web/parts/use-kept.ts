/** Kept text lives on this device, so that closing the page or losing the network loses nothing. */
import { useCallback, useState } from 'react'
import type { z } from 'zod'

/** Reads what is kept under a key, or the initial value where nothing is kept that can be read. */
function readKept<Value>(key: string, schema: z.ZodType<Value>, initial: Value): Value {
  try {
    const text = localStorage.getItem(key)
    if (text === null) return initial
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : initial
  } catch {
    // Storage can be forbidden or hold something else's words; then one starts anew.
    return initial
  }
}

function writeKept(key: string, value: unknown): boolean {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
    return true
  } catch {
    // Full or forbidden: the page says so instead of claiming that it is kept.
    return false
  }
}

interface Kept<Value> {
  value: Value
  /** When it was last written down; null before the first change, and where the device keeps nothing. */
  keptAt: Date | null
  change: (next: (value: Value) => Value) => void
  forget: () => void
}

/** State that is also written to this device at every change. */
export function useKept<Value>(key: string, schema: z.ZodType<Value>, initial: Value): Kept<Value> {
  const [state, setState] = useState<{ key: string; value: Value; keptAt: Date | null }>(() => ({
    key,
    value: readKept(key, schema, initial),
    keptAt: null,
  }))
  const current =
    state.key === key ? state : { key, value: readKept(key, schema, initial), keptAt: null }
  const change = useCallback(
    (next: (value: Value) => Value) => {
      setState((before) => {
        const value = next(before.key === key ? before.value : readKept(key, schema, initial))
        return { key, value, keptAt: writeKept(key, value) ? new Date() : null }
      })
    },
    [key, schema, initial],
  )
  const forget = useCallback(() => {
    writeKept(key, null)
    setState({ key, value: initial, keptAt: null })
  }, [key, initial])
  return { value: current.value, keptAt: current.keptAt, change, forget }
}
