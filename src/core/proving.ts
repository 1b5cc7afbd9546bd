/** Proving is a claim's way from words to an account: what was proved, frozen, said against it, thought of it, and until when. */
import { later } from './calendar.ts'
import { proofsNeeded, type ClaimProof, type ClaimProofKind } from './claim-proof.ts'

/**
 * `open`: nothing is frozen. `frozen`: one kind was proved, and the account is shut to everybody for a while. `proved`:
 * two kinds, and it is being decided. `split`: two specialists differ. `agreed`: they say yes, and it is handed over
 * once the cooling-off ends. `refused`: they say no. `handed-over`: on probation. `settled`: for good. `over`: without
 * an answer to who owns it.
 */
export const provingStates = [
  'open',
  'frozen',
  'proved',
  'split',
  'agreed',
  'refused',
  'handed-over',
  'settled',
  'over',
] as const
export type ProvingState = (typeof provingStates)[number]

const hour = 60 * 60_000
const day = 24 * hour

/** How long one proof alone freezes an account. */
export const freezeFor = 72 * hour
/** How many freezes by one proof an account takes in how long: a claim must be no way to shut a rival. */
export const mostFreezes = 2
export const freezesCountFor = 30 * day
/** How long it takes after the last notice that reached a known contact; longer where somebody objected or nobody was reached. */
export const coolingFor = { plain: 24 * hour, careful: 72 * hour } as const
/** How long whoever knows the account may still object after it was handed over. */
export const probationFor = 30 * day
/** How long payouts go only to old destinations after it was handed over. */
export const payoutsLockedFor = 7 * day

/** What a specialist thinks of a claim, without having seen what another thinks. */
export interface Opinion {
  by: string
  says: 'yes' | 'no'
  /** Whether they looked themselves at who claims it, and what they saw. */
  identity: 'matches' | 'differs' | 'not-seen'
  reasons: string
  at: Date
}

export interface Proving {
  state: ProvingState
  proofs: ClaimProof[]
  /** Until when one proof keeps the account shut; null while nothing is frozen by that alone. */
  frozenUntil: Date | null
  /** Since when there are enough kinds. */
  provedAt: Date | null
  /** When a notice last reached a known contact after that; null while none did. */
  toldAt: Date | null
  /** When somebody known last said that it was not them. */
  contestedAt: Date | null
  /** The contacts whose objection was heard, by id; those of `heard` were before the specialists when they said yes. */
  objections: string[]
  heard: string[]
  opinions: Opinion[]
  /** Who thought about it in an earlier look, and thinks about it no more. */
  thoughtBefore: string[]
  handOverAt: Date | null
  handedOverAt: Date | null
  probationUntil: Date | null
}

/** A claim as it is filed. */
export function newProving(): Proving {
  return {
    state: 'open',
    proofs: [],
    frozenUntil: null,
    provedAt: null,
    toldAt: null,
    contestedAt: null,
    objections: [],
    heard: [],
    opinions: [],
    thoughtBefore: [],
    handOverAt: null,
    handedOverAt: null,
    probationUntil: null,
  }
}

/** Whether this kind was proved. */
export function hasProved({ proofs }: Pick<Proving, 'proofs'>, kind: ClaimProofKind): boolean {
  return proofs.some((proof) => proof.kind === kind)
}

/** Whether there are enough kinds of proof. */
export function isProved({ proofs }: Pick<Proving, 'proofs'>): boolean {
  return new Set(proofs.map(({ kind }) => kind)).size >= proofsNeeded
}

/** Whether somebody known objected, or nobody known could be told: then it takes longer, and papers seen by each who says yes. */
export function needsCare({
  contestedAt,
  toldAt,
}: Pick<Proving, 'contestedAt' | 'toldAt'>): boolean {
  return contestedAt !== null || toldAt === null
}

/** When the cooling-off ends; null before there are enough proofs. */
export function coolingUntil(proving: Proving): Date | null {
  const { provedAt, toldAt, contestedAt } = proving
  if (provedAt === null) return null
  const from = [provedAt, toldAt, contestedAt].filter((at) => at !== null)
  const last = new Date(Math.max(...from.map((at) => at.getTime())))
  return later(last, needsCare(proving) ? coolingFor.careful : coolingFor.plain)
}

const shutting: readonly ProvingState[] = ['frozen', 'proved', 'split', 'agreed']

/** Whether the account is kept shut to everybody, and what runs against its seller stands still. */
export function keepsShut({ state }: Pick<Proving, 'state'>): boolean {
  return shutting.includes(state)
}

/** Whether specialists still think about it. */
export function isBeingDecided({ state }: Pick<Proving, 'state'>): boolean {
  return state === 'open' || state === 'frozen' || state === 'proved' || state === 'split'
}

/** The instant at which something happens by itself; null where nothing does. Lateness hands nothing over: only a yes does. */
export function provingDue({
  state,
  frozenUntil,
  handOverAt,
  probationUntil,
}: Proving): Date | null {
  switch (state) {
    case 'frozen':
      return frozenUntil
    case 'agreed':
      return handOverAt
    case 'handed-over':
      return probationUntil
    case 'open':
    case 'proved':
    case 'split':
    case 'refused':
    case 'settled':
    case 'over':
      return null
  }
}
