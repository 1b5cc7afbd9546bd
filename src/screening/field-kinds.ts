/** Kinds of fields as bits of one number, the same for the exact engine and the fast pass. */
import type { FieldKind } from '../core/policy.ts'
import {
  ATTRIBUTES,
  BRAND,
  BULLETS,
  BULLETS_APART,
  CATEGORY,
  DESCRIPTION,
  FIRST_BULLET,
  TITLE,
} from './scan/layout.ts'

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

/** The bits of all bullets. */
export const bulletBits = BULLETS | ~(FIRST_BULLET - 1)

/** The bit of a bullet, by its place in the list. */
export function bulletBit(index: number): number {
  return index < BULLETS_APART ? FIRST_BULLET << index : BULLETS
}
