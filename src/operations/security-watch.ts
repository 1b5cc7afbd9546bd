/** The watch over accounts: what was told of one is weighed, and where a stranger seems to be at work it is secured at once. */
import { followingOf } from '../core/following.ts'
import { isInForce } from '../core/action.ts'
import { later } from '../core/calendar.ts'
import { measureInProcedure } from '../core/measure.ts'
import { watchesAccounts } from '../core/policy.ts'
import {
  knownAfter,
  lookedAtTogether,
  weighEvents,
  type LookedAt,
  type SecurityFinding,
} from '../core/security-signal.ts'
import type { Tx } from '../store/db.ts'
import { measuresOn } from '../store/decision.ts'
import { recordEvents } from '../store/event.ts'
import {
  currentLevels,
  currentPolicies,
  holdPolicies,
  type AdoptedPolicy,
} from '../store/policy.ts'
import { currentProcedure } from '../store/procedure.ts'
import { lastSecurityEventAt, securityEventsSince, usesUntil } from '../store/security-event.ts'
import { lockMeasuresOn } from '../store/subject.ts'
import type { App } from './app.ts'
import { impose, termsOf } from './enforcement.ts'

/** Weighs what was last told of an account by every policy that watches accounts, and does what its level says. */
export async function weighSecurity(app: App, tx: Tx, sellerId: string): Promise<void> {
  await holdPolicies(tx)
  const account = { kind: 'account', id: sellerId } as const
  await lockMeasuresOn(tx, account)
  const secured = (await measuresOn(tx, account)).filter(
    ({ decision }) => measureInProcedure(decision.measure) === 'account.secure',
  )
  if (secured.some(({ action }) => isInForce(action, app.now()))) return
  const ended = secured.flatMap(({ action }) => action.endedAt?.getTime() ?? [])
  const lookedAt = await lookAt(
    tx,
    sellerId,
    ended.length === 0 ? null : new Date(Math.max(...ended)),
  )
  if (lookedAt === null) return
  const levels = await currentLevels(tx)
  for (const adopted of await currentPolicies(tx)) {
    if (!watchesAccounts(adopted.policy)) continue
    const { policy } = adopted.policy
    const found = weighEvents(adopted.policy, lookedAt, app.now())
    if (found === null) continue
    const level = levels.get(policy)?.level ?? adopted.policy.level
    const { outcome } = found.finding
    switch (followingOf({ level, outcome, earlier: [], cleared: [] })) {
      case 'nothing':
      case 'protected':
        continue
      case 'note':
      case 'check':
        await note(app, tx, sellerId, found)
        continue
      case 'measure':
      case 'measure-and-check':
        return secure(app, tx, { sellerId, adopted, found })
    }
  }
}

async function lookAt(
  tx: Tx,
  sellerId: string,
  judgedUntil: Date | null,
): Promise<LookedAt | null> {
  const newest = await lastSecurityEventAt(tx, sellerId)
  if (newest === null) return null
  return {
    events: await securityEventsSince(tx, sellerId, later(newest, -lookedAtTogether)),
    known: await usesUntil(tx, sellerId, later(newest, -knownAfter)),
    judgedUntil,
  }
}

/** What a policy would have done at a lower level than it stands at is only kept. */
async function note(app: App, tx: Tx, sellerId: string, found: SecurityFinding): Promise<void> {
  const { policy, version, score } = found.finding
  await recordEvents(tx, [
    {
      at: app.now(),
      kind: 'security.noted',
      sellerId,
      caseId: null,
      decisionId: null,
      by: null,
      detail: { policy, version, score, events: found.eventIds },
    },
  ])
}

/** Imposes the policy's measure; it is told and counts at once, because a thief does not wait a minute either. */
async function secure(
  app: App,
  tx: Tx,
  {
    sellerId,
    adopted: { policy },
    found: { finding, eventIds },
  }: { sellerId: string; adopted: AdoptedPolicy; found: SecurityFinding },
): Promise<void> {
  const { measure } = policy
  const terms = await termsOf(app, tx, measure, { sellerId, amount: null })
  if (!terms.ok) throw new Error(`secure account ${sellerId}: ${terms.refusal}`)
  const imposed = await impose(app, tx, {
    subject: { kind: 'account', id: sellerId },
    sellerId,
    listing: null,
    measure,
    policy,
    finding,
    restsOn: eventIds.map((id) => ({ kind: 'security-event', id })),
    takenBy: { kind: 'policy', policy: policy.policy, version: policy.version },
    reasons: '',
    procedure: (await currentProcedure(tx)).procedure,
    heldFor: 0,
    endsAt: null,
    terms: terms.value,
    exception: null,
  })
  if (!imposed.ok && imposed.refusal !== 'measure_in_force')
    throw new Error(`secure account ${sellerId}: ${imposed.refusal} ${imposed.detail ?? ''}`)
}
