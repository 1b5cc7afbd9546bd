/** Kinds of fields as bits of one number, the same for the exact engine and the fast pass. */
import { FieldKind } from '../core/policy.ts'
import { ATTRIBUTES, BRAND, BULLETS, CATEGORY, DESCRIPTION, TITLE } from './scan/layout.ts'

/** The bit of each kind. */
export const kindBits: Readonly<Record<FieldKind, number>> = {
  title: TITLE,
  description: DESCRIPTION,
  bullets: BULLETS,
  brand: BRAND,
  category: CATEGORY,
  attributes: ATTRIBUTES,
}

const ALL_KINDS = Object.values(kindBits).reduce((all, bit) => all | bit, 0)

/** The bits of some kinds; of all where no kinds are named. */
export function bitsOf(kinds: ReadonlySet<FieldKind> | null): number {
  return kinds === null ? ALL_KINDS : [...kinds].reduce((bits, kind) => bits | kindBits[kind], 0)
}

const sets = Array.from(
  { length: ALL_KINDS },
  (_, bits): ReadonlySet<FieldKind> =>
    new Set(FieldKind.options.filter((kind) => (bits & kindBits[kind]) !== 0)),
)

/** The kinds of these bits; undefined for all of them, and for what is no kind. */
export function kindsOf(bits: number): ReadonlySet<FieldKind> | undefined {
  return sets[bits]
}
