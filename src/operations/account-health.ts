/** How an account stands, and what follows where a written threshold is met: a question to its seller, or a check for a person. */
import {
  accountHealth,
  isMet,
  restingOn,
  stillMet,
  type AccountHealth,
} from '../core/account-health.ts'
import { later } from '../core/calendar.ts'
import { openCase, type Case } from '../core/case.ts'
import type { Decider, Decision } from '../core/decision.ts'
import { healthPolicy, type HealthRules, type Threshold } from '../core/health-rules.ts'
import { healthAsked, sayBasis } from '../core/health-words.ts'
import type { Measure, Subject } from '../core/measure.ts'
import { routeTo } from '../core/procedure.ts'
import { wordsIn } from '../core/words.ts'
import {
  callForHealth,
  endThresholdMet,
  healthFacts,
  insertThresholdMeasure,
  insertThresholdMet,
  lockHealth,
  nextTold,
  thresholdMeasures,
  thresholdsMet,
  type ThresholdMeasure,
} from '../store/account-health.ts'
import { insertCase, nextCaseNumber, readCase } from '../store/case.ts'
import { setClock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { lockMeasure, measuresOn, readMeasure, type MeasureRecord } from '../store/decision.ts'
import { recordEvents } from '../store/event.ts'
import { insertNotice } from '../store/notice.ts'
import { currentPolicy } from '../store/policy.ts'
import { currentProcedure } from '../store/procedure.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'
import { impose, lift } from './enforcement.ts'
import { done, type Result } from './result.ts'

const day = 24 * 60 * 60_000

/** How an account stands now, worked out anew: the one function behind every page and every threshold. */
export async function healthOf(
  tx: Tx,
  sellerId: string,
  rules: HealthRules,
  at: Date,
): Promise<AccountHealth> {
  return accountHealth(await factsOf(tx, sellerId, rules, at), rules, at)
}

function factsOf(tx: Tx, sellerId: string, { ageing, complaints }: HealthRules, at: Date) {
  return healthFacts(tx, sellerId, {
    violationsSince: later(at, -ageing['over-after-days'] * day),
    complaintsSince: later(at, -complaints.days * day),
    at,
  })
}

/** Something that may count was done: a clock computes the thresholds again, at once after the commit. */
export async function callForThresholds(app: App, tx: Tx, sellerId: string): Promise<void> {
  if (app.health === null) return
  await callForHealth(tx, { sellerId, onlyWhereMet: false, at: app.now() })
}

/**
 * Computes a seller's thresholds again, as a machine of ours: what rests on one that is no longer met is lifted, one
 * that is met now is followed. Whoever decides behind another wall calls for it (`callForThresholds`).
 */
export async function recheckThresholds(app: App, tx: Tx, sellerId: string): Promise<void> {
  await lockHealth(tx, sellerId)
  for (const rests of await thresholdMeasures(tx, sellerId)) await liftIfFallen(app, tx, rests)
  const { health: rules } = app
  if (rules === null) return
  const now = app.now()
  const health = await healthOf(tx, sellerId, rules, now)
  const before = await thresholdsMet(tx, sellerId)
  for (const one of before) {
    const threshold = rules.thresholds.find(({ threshold }) => threshold === one.threshold)
    if (threshold === undefined || !isMet(threshold, health)) await endThresholdMet(tx, one.id, now)
  }
  const isKnown = new Set(before.map(({ threshold }) => threshold))
  for (const threshold of rules.thresholds)
    if (!isKnown.has(threshold.threshold) && isMet(threshold, health))
      await follow(app, tx, { sellerId, threshold, health })
  // What was decided a moment ago counts from its notice on; what is met ends by ageing, too, and what had to wait for
  // another check is followed then.
  const told = await nextTold(tx, sellerId, now)
  const isAnyMet = (await thresholdsMet(tx, sellerId)).length > 0
  if (told !== null || isAnyMet)
    await setClock(tx, 'health.recheck', sellerId, told ?? later(now, day))
}

/** By the rules of its day, without what has fallen since. */
async function liftIfFallen(app: App, tx: Tx, rests: ThresholdMeasure): Promise<void> {
  const measure = await standing(tx, rests.decisionId)
  if (measure === null || measure.action.endedAt !== null) return
  if (await isStillMet(tx, rests)) return
  const { policy, version } = measure.decision.ground
  const lifted = await lift(app, tx, measure, {
    takenBy: { kind: 'policy', policy, version },
    reasons: wordsIn('en').own.thresholdFell(),
    tellSeller: true,
  })
  if (!lifted.ok)
    throw new Error(`lift decision ${measure.decision.id}, whose threshold fell: ${lifted.refusal}`)
}

/** What is about to fall. */
export interface Falling {
  complaints: readonly string[]
  decisions: readonly string[]
}

async function isStillMet(
  tx: Tx,
  { sellerId, threshold, rules, computedAt }: ThresholdMeasure,
  without: Falling = { complaints: [], decisions: [] },
): Promise<boolean> {
  const { violations, complaints, orders } = await factsOf(tx, sellerId, rules, computedAt)
  const facts = {
    violations: violations.filter((one) => !without.decisions.includes(one.decisionId)),
    complaints: complaints.filter((one) => !without.complaints.includes(one.complaintId)),
    orders,
  }
  return stillMet(threshold, facts, rules, computedAt)
}

/** Whether the threshold on which a measure was imposed would still be met without what is about to fall. */
export async function thresholdBears(
  tx: Tx,
  { id, about, sellerId }: Pick<Decision, 'id' | 'about' | 'sellerId'>,
  without: Falling,
): Promise<boolean> {
  // What narrowed a measure rests on what that rested on.
  if (about !== null) {
    const narrowed = await readMeasure(tx, about)
    if (narrowed !== null) return thresholdBears(tx, narrowed.decision, without)
  }
  const rests = (await thresholdMeasures(tx, sellerId)).find(({ decisionId }) => decisionId === id)
  return rests !== undefined && isStillMet(tx, rests, without)
}

/** The measure as it stands: a narrower one may be in its place. */
async function standing(tx: Tx, decisionId: string): Promise<MeasureRecord | null> {
  const measure = await lockMeasure(tx, decisionId)
  return measure?.endedBy?.kind === 'narrow' ? standing(tx, measure.endedBy.id) : measure
}

interface Met {
  sellerId: string
  threshold: Threshold
  health: AccountHealth
}

/** What the document says: the seller is asked, or a person. Nothing else ever happens by itself. */
async function follow(app: App, tx: Tx, { sellerId, threshold, health }: Met): Promise<void> {
  const now = app.now()
  const asksPerson = threshold.do === 'propose' && threshold.measure !== undefined
  if (asksPerson) {
    // One question at a time, the mildest first: what else is met waits for its answer.
    if (await isAskedAlready(tx, sellerId, threshold.measure)) return
  }
  const caseId = asksPerson ? await openCheck(app, tx, { sellerId, threshold, health }) : null
  if (asksPerson && caseId === null) return
  if (!asksPerson) await askSeller(app, tx, { sellerId, threshold, health })
  const { points, share, sources, decisions } = health
  await insertThresholdMet(tx, {
    id: app.newId('thr'),
    sellerId,
    threshold: threshold.threshold,
    metAt: now,
    sums: { points, lower: share.lower, orders: share.orders, sources, decisions },
    caseId,
  })
  await recordEvents(tx, [
    {
      at: now,
      kind: 'threshold.met',
      sellerId,
      caseId,
      decisionId: null,
      by: null,
      detail: { threshold: threshold.threshold, points, sources, decisions },
    },
  ])
}

async function isAskedAlready(
  tx: Tx,
  sellerId: string,
  measure: Measure | undefined,
): Promise<boolean> {
  for (const { caseId } of await thresholdsMet(tx, sellerId)) {
    const held = caseId === null ? null : await readCase(tx, caseId)
    if (held !== null && held.state !== 'closed') return true
  }
  const on = await measuresOn(tx, accountOf(sellerId))
  return on.some(
    ({ decision, action }) =>
      action.endedAt === null &&
      decision.ground.policy === healthPolicy &&
      decision.measure === measure,
  )
}

async function askSeller(app: App, tx: Tx, { sellerId, threshold, health }: Met): Promise<void> {
  const now = app.now()
  const language = (await readSeller(tx, sellerId))?.language ?? 'en'
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId,
    decisionId: null,
    caseId: null,
    address: null,
    createdAt: now,
    releaseAt: now,
    ...healthAsked(threshold, health, language),
  })
}

/** Answers its case, or null where the procedure leads no check to a desk. */
async function openCheck(
  app: App,
  tx: Tx,
  { sellerId, threshold, health }: Met,
): Promise<string | null> {
  const adopted = await currentProcedure(tx)
  const desk = routeTo(adopted.procedure, 'matter.check', 'system')
  if (desk === null) {
    app.log('the procedure has no desk for a check', { seller: sellerId })
    return null
  }
  const opened = openCase(
    {
      id: app.newId('cas'),
      number: await nextCaseNumber(tx),
      kind: 'check',
      matter: 'matter.check',
      channel: 'system',
      sellerId,
      procedureId: adopted.id,
      desk,
      by: null,
      text: sayBasis(threshold, health, 'en'),
      objections: [],
      overdueSince: null,
      check: {
        listingId: null,
        listingVersion: null,
        decisionId: null,
        threshold: threshold.threshold,
      },
    },
    adopted.procedure,
    app.now(),
  )
  if (!opened.ok) throw new Error(`open a check of seller ${sellerId}: ${opened.refusal}`)
  await insertCase(tx, opened.case, opened.events, app.now())
  return opened.case.id
}

/** What a check about an account asks: the threshold as it reads now, and how the account stands. */
export interface HealthCheck {
  /** Null where the document does not name it any more. */
  threshold: Threshold | null
  health: AccountHealth
  isMet: boolean
}

/** The account that a check is about, or null for a check of a listing. */
export async function healthCheckOf(app: App, tx: Tx, held: Case): Promise<HealthCheck | null> {
  const name = held.check?.threshold
  if (name === undefined || held.sellerId === null || app.health === null) return null
  const threshold = app.health.thresholds.find((one) => one.threshold === name) ?? null
  const health = await healthOf(tx, held.sellerId, app.health, app.now())
  return { threshold, health, isMet: threshold !== null && isMet(threshold, health) }
}

/**
 * A person says that the measure is right which a threshold proposes: it is imposed in their name, and its statement
 * says the threshold, the numbers and where they come from. Where something fell meanwhile, nothing is imposed.
 */
export async function imposeProposed(
  app: App,
  tx: Tx,
  { held, takenBy, reasons }: { held: Case; takenBy: Decider; reasons: string },
): Promise<Result<unknown>> {
  const { sellerId } = held
  const check = await healthCheckOf(app, tx, held)
  if (check === null || sellerId === null || app.health === null)
    throw new Error(`impose what case ${held.id} proposes: it is about no account`)
  const { threshold, health } = check
  const adopted = await currentPolicy(tx, healthPolicy)
  if (!check.isMet || threshold?.measure === undefined || adopted === null) return done(null)
  const language = (await readSeller(tx, sellerId))?.language ?? 'en'
  const now = app.now()
  const imposed = await impose(app, tx, {
    subject: accountOf(sellerId),
    sellerId,
    listing: null,
    measure: threshold.measure,
    policy: adopted.policy,
    finding: null,
    restsOn: restingOn(health),
    takenBy,
    reasons: `${sayBasis(threshold, health, language)}\n\n${reasons}`,
    procedure: (await currentProcedure(tx)).procedure,
    heldFor: 0,
    endsAt: threshold.days === undefined ? null : later(now, threshold.days * day),
    terms: null,
    exception: null,
  })
  if (!imposed.ok) return imposed.refusal === 'measure_in_force' ? done(null) : imposed
  await insertThresholdMeasure(tx, {
    decisionId: imposed.value.id,
    sellerId,
    threshold,
    rules: app.health,
    computedAt: health.at,
  })
  return imposed
}

function accountOf(sellerId: string): Subject {
  return { kind: 'account', id: sellerId }
}
