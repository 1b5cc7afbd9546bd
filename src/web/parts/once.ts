/** A key for what must happen once: the same request keeps it when it is sent again, another request gets a new one. */
import { useRef } from 'react'

/** Answers the key of a request body. */
export function useOnceKey(): (body: unknown) => string {
  const last = useRef<{ body: string; key: string } | null>(null)
  return (body) => {
    const written = JSON.stringify(body)
    if (last.current?.body !== written) last.current = { body: written, key: newKey() }
    return last.current.key
  }
}

/** 128 random bits; `crypto.randomUUID` exists only on secure origins, this everywhere. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
