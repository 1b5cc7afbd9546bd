/** A gap is a place where a procedure can leave a seller in limbo: its kind, where it is, and the path that shows it. */
import type { Means } from './situations.ts'

export const gapCodes = [
  'no-way-in',
  'no-person',
  'limbo',
  'unsafe-lift',
  'loop',
  'machine-denies',
  'dead-end',
  'hollow-second-look',
  'no-second-look',
  'promise-person',
  'promise-answer',
] as const
export type GapCode = (typeof gapCodes)[number]

export interface Gap {
  code: GapCode | 'unused'
  desk: string | null
  measure: string | null
  means: readonly Means[] | null
  channel: string | null
  /** A duration or `unbounded`, for the two promises. */
  worst: string | null
  path: string[]
  message: string
}

/** What a gap is reported for. */
export type Place = Partial<Pick<Gap, 'desk' | 'measure' | 'means' | 'channel'>> & {
  /** Milliseconds, for the two promises. */
  time?: number
}

/** Gaps by what they have in common, in their order. */
export function groupGaps(
  gaps: readonly Gap[],
  keyOf: (gap: Gap) => string,
): Map<string, [Gap, ...Gap[]]> {
  const groups = new Map<string, [Gap, ...Gap[]]>()
  for (const gap of gaps) {
    const key = keyOf(gap)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [gap])
    else group.push(gap)
  }
  return groups
}
