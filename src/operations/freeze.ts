/** Shutting an account because a claim on it is proved, and opening it again where nothing came of it. */
import type { Case } from '../core/case.ts'
import type { ClaimProofKind } from '../core/claim-proof.ts'
import { freezeFinding, freezePolicy, freezing } from '../core/freeze.ts'
import type { Policy } from '../core/policy.ts'
import { keepsShut } from '../core/proving.ts'
import type { Tx } from '../store/db.ts'
import { lockMeasure, readMeasure, type MeasureRecord } from '../store/decision.ts'
import { insertLevel, insertPolicy, lockPolicies, readPolicy } from '../store/policy.ts'
import { procedureOf } from '../store/procedure.ts'
import { claimsOnAccount } from '../store/proving.ts'
import { passMeasure, standstillOf, type Standstill } from '../store/standstill.ts'
import type { App } from './app.ts'
import { impose, lift, termsOf } from './enforcement.ts'
import { textKeyOf } from './policy.ts'
import { shutBy } from './recovery-desk.ts'

/** The rule that a freeze quotes, kept as every rule is from the first time on. */
export async function rulesOfFreeze(app: App, tx: Tx): Promise<Policy> {
  const { policy: name, version, level, author } = freezePolicy
  const kept = await readPolicy(tx, name, version)
  if (kept !== null) return kept.policy
  await lockPolicies(tx)
  const meanwhile = await readPolicy(tx, name, version)
  if (meanwhile !== null) return meanwhile.policy
  const now = app.now()
  await insertPolicy(tx, {
    document: freezePolicy,
    jurisdiction: null,
    textKey: textKeyOf(freezePolicy),
    adoptedAt: now,
  })
  const reason = 'People judge who owns an account; the rule acts where a claim is proved.'
  await insertLevel(tx, { policy: name, level, setBy: author, reason, setAt: now })
  return freezePolicy
}

export interface Shut {
  measure: MeasureRecord
  /** Whether this put it in force, and nothing shut the account before. */
  isOurs: boolean
}

/** Shuts an account, or answers what shuts it already. */
export async function shutAccount(
  app: App,
  tx: Tx,
  { sellerId, held, proofs }: { sellerId: string; held: Case; proofs: readonly ClaimProofKind[] },
): Promise<Shut> {
  const before = await shutBy(app, tx, sellerId)
  if (before !== null) return { measure: before, isOurs: false }
  const terms = await termsOf(app, tx, freezing, { sellerId, amount: null })
  const imposed = await impose(app, tx, {
    subject: { kind: 'account', id: sellerId },
    sellerId,
    listing: null,
    measure: freezing,
    policy: await rulesOfFreeze(app, tx),
    finding: freezeFinding(proofs),
    restsOn: [],
    takenBy: { kind: 'policy', policy: freezePolicy.policy, version: freezePolicy.version },
    reasons: 'A claim on this account is proved in part.',
    procedure: await procedureOf(tx, held.procedureId),
    heldFor: 0,
    endsAt: null,
    terms: terms.ok ? terms.value : null,
    exception: null,
  })
  if (!imposed.ok) throw new Error(`freeze the account ${sellerId}: ${imposed.refusal}`)
  const measure = await readMeasure(tx, imposed.value.id)
  if (measure === null) throw new Error(`freeze the account ${sellerId}: its measure is not there`)
  return { measure, isOurs: true }
}

/** Opens it again where the ended standstill had shut it, unless another claim keeps it so: then it is that one's. */
export async function openAccount(app: App, tx: Tx, ended: Standstill): Promise<void> {
  const { sellerId, claimId, decisionId } = ended
  if (decisionId === null) return
  const others = await claimsOnAccount(tx, sellerId, { except: claimId })
  for (const other of others.filter(keepsShut)) {
    const running = await standstillOf(tx, other.claimId)
    if (running === null) continue
    await passMeasure(tx, { from: ended.id, to: running.id })
    return
  }
  const measure = await lockMeasure(tx, decisionId)
  if (measure === null || measure.action.endedAt !== null) return
  const lifted = await lift(app, tx, measure, {
    takenBy: { kind: 'policy', policy: freezePolicy.policy, version: freezePolicy.version },
    reasons: 'The claim was not proved, so the account is open again.',
    tellSeller: false,
  })
  if (!lifted.ok) throw new Error(`open the account ${sellerId} again: ${lifted.refusal}`)
}
