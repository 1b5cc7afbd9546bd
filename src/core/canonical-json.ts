/** Canonical JSON spells equal values alike, whatever order their keys were written in. */

/** JSON with the keys of every object in one order; what is undefined is left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) => {
    if (typeof held !== 'object' || held === null || Array.isArray(held)) return held
    return Object.fromEntries(
      Object.entries(held).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)),
    )
  })
}
