/** Kinds of fields as bits, as the fast pass tells them. */
import type { FieldKind } from '../../core/policy.ts'
import * as at from './layout.ts'

/** The bit of each kind of field. */
export const kindBits: Readonly<Record<FieldKind, number>> = {
  title: at.TITLE,
  description: at.DESCRIPTION,
  bullets: at.BULLETS,
  brand: at.BRAND,
  category: at.CATEGORY,
  attributes: at.ATTRIBUTES,
}

/** Every kind there is. */
export const ALL_KINDS = Object.values(kindBits).reduce((sum, bit) => sum | bit, 0)

const sets = Array.from(
  { length: ALL_KINDS + 1 },
  (_, bits): ReadonlySet<FieldKind> =>
    new Set(
      (Object.keys(kindBits) as FieldKind[]).filter((kind) => (bits & kindBits[kind]) !== 0), // its own keys
    ),
)

/** The kinds of fields that are to be read; undefined where all are. */
export function kindsOf(bits: number): ReadonlySet<FieldKind> | undefined {
  return bits >= ALL_KINDS ? undefined : sets[bits]
}
