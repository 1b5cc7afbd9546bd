/** A repair as the desk reads it on the wire. */
import type { RepairForDesk } from '../contract/desk-repair.ts'
import { claimNumber } from '../core/recovery.ts'
import { repairWords } from '../core/repair.ts'
import type { RepairAtDesk } from '../operations/repair-desk.ts'
import { at } from './measure-view.ts'

/** Why it is there, and what was done meanwhile. */
export function repairForDesk({ cause, claimCaseId, acts }: RepairAtDesk): RepairForDesk {
  const isTakeover = cause.kind === 'takeover'
  return {
    cause: cause.kind,
    words: repairWords(cause).text,
    claim: isTakeover ? { caseId: claimCaseId, number: claimNumber(cause.claim) } : null,
    window: isTakeover ? { from: at(cause.window.from), to: at(cause.window.to) } : null,
    acts: acts.map((act) => ({ ...act, at: at(act.at), until: at(act.until) })),
  }
}
