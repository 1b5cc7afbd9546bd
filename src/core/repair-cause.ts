/** What a repair is opened for. */

/** From the first sign of a takeover until the account was handed over. */
export interface TakeoverWindow {
  from: Date
  to: Date
}

/** Why decisions are judged anew: a thief had the account, or what they lean on came from a ring of false complaints. */
export type RepairCause =
  | { kind: 'takeover'; claim: { id: string; number: number }; window: TakeoverWindow }
  | { kind: 'ring'; ring: string }
