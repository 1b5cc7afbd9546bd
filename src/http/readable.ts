/** Readable text is what PostgreSQL can hold: without NUL and without half a character. */

const hint = 'holds a NUL or half a character, which no text can hold'

/** Where a JSON value holds text that cannot be kept, as a path, or null when all of it can. */
export function findUnreadable(value: unknown): { path: string; message: string } | null {
  // A loop and no recursion: JSON may be nested deeper than the stack.
  const open: { value: unknown; path: string }[] = [{ value, path: '' }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: found, path } = next
    if (typeof found === 'string') {
      if (!isReadable(found)) return { path, message: hint }
    } else if (Array.isArray(found)) {
      for (const [index, item] of found.entries())
        open.push({ value: item, path: `${path}[${index}]` })
    } else if (typeof found === 'object' && found !== null) {
      for (const [key, item] of Object.entries(found)) {
        if (!isReadable(key)) return { path, message: hint }
        open.push({ value: item, path: path === '' ? key : `${path}.${key}` })
      }
    }
  }
  return null
}

/** Whether a text can be kept as it is. */
export function isReadable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text)
}

/** Decodes bytes that must be UTF-8; null when they are not. A byte order mark is dropped. */
export function decodeText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // The only failure of this decoder is bytes that are no UTF-8.
    return null
  }
}
