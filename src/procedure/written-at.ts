/** Where a procedure's desks, measures and channels are written, so that a gap can be shown in the text. */
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'

export interface WrittenAt {
  /** Lines from 1; null for what is written nowhere. */
  lineOf(kind: 'desks' | 'measures' | 'channels', name: string): number | null
}

/** Finds the line of every name in a text that was read as a procedure before; anything else has none. */
export function findLines(text: string): WrittenAt {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' })
  const found = new Map<string, number>()
  for (const kind of ['desks', 'measures', 'channels']) {
    const names = document.get(kind)
    if (!isMap(names)) continue
    for (const { key } of names.items) {
      if (isScalar(key) && key.range)
        found.set(`${kind} ${String(key.value)}`, lines.linePos(key.range[0]).line)
    }
  }
  return { lineOf: (kind, name) => found.get(`${kind} ${name}`) ?? null }
}
