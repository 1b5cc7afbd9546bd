/** The part of an address after `?`, as plain words: a name given twice is a list, and nothing is read as JSON. */

type Search = Record<string, string | string[]>

/** `?decision=a&decision=b&track=remedy` → `{ decision: ['a', 'b'], track: 'remedy' }`. */
export function parseSearch(search: string): Search {
  const given = new URLSearchParams(search)
  return Object.fromEntries(
    [...new Set(given.keys())].map((name) => {
      const values = given.getAll(name)
      return [name, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}

/** The way back. What is undefined, empty or no plain value is left out. */
export function writeSearch(search: Record<string, unknown>): string {
  const written = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of [value].flat()) {
      if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean')
        written.append(name, String(one))
    }
  }
  const text = written.toString()
  return text === '' ? '' : `?${text}`
}
