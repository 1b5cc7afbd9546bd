/** Carries out what was decided in a case: each objection's measure, the state owed, and one notice of the outcome. */
import {
  caseNumber,
  narrowedEndsByClock,
  openCase,
  secondLookDesk,
  type Case,
  type CaseEffect,
} from '../core/case.ts'
import { outcomeNotice } from '../core/case-notice.ts'
import { later } from '../core/calendar.ts'
import type { Decider, Decision } from '../core/decision.ts'
import { narrowerMeasure } from '../core/measure.ts'
import { deskTitle, type Procedure } from '../core/procedure.ts'
import { firstName } from '../core/reasons.ts'
import { standingOf } from '../core/recovery.ts'
import { claimOutcome } from '../core/recovery-notice.ts'
import { refuse } from '../core/refusal.ts'
import { insertCase, nextCaseNumber } from '../store/case.ts'
import type { Tx } from '../store/db.ts'
import { lockMeasure, readMeasure, type MeasureRecord } from '../store/decision.ts'
import { everyFindingOn } from '../store/finding.ts'
import { readVersion } from '../store/listing.ts'
import { insertNotice } from '../store/notice.ts'
import { readPolicy } from '../store/policy.ts'
import { addClaimCase, claimOfCase } from '../store/recovery.ts'
import { readSeller } from '../store/seller.ts'
import { staffNames } from '../store/staff.ts'
import type { App } from './app.ts'
import { callOfficer, tellOverdue } from './arrival.ts'
import { confirm, lift, narrow, settleSubject, termsOf } from './enforcement.ts'
import { keep, tellRepaired } from './repair-answer.ts'
import { done, type Result } from './result.ts'

/** What was decided in a case, by whom, and which procedure it follows. */
export interface Decided {
  case: Case
  effects: CaseEffect[]
  takenBy: Decider
  procedure: Procedure
}

/** Runs the effects of a case's answers, one decision each, in the transaction that saves the case. */
export async function carryOut(app: App, tx: Tx, decided: Decided): Promise<Result<null>> {
  const left: LeftInForce[] = []
  for (const effect of decided.effects) {
    const measure = await standingMeasure(tx, effect.decisionId)
    if (measure === null)
      throw new Error(
        `carry out ${effect.power} on decision ${effect.decisionId}: it is not a measure`,
      )
    const result = await carryOutOne(app, tx, measure, { effect, ...decided })
    if (!result.ok) return result
    if (effect.needsPerson) left.push({ decision: result.value, of: effect })
  }
  await askForProof(app, tx, decided)
  if (decided.case.kind === 'recovery') {
    await followClaim(app, tx, decided, left)
    return done(null)
  }
  if (decided.case.kind === 'repair') await tellRepaired(app, tx, decided.case, decided.effects)
  else await tellOutcome(app, tx, decided.case, decided.procedure)
  if (left.length > 0) await openForPerson(app, tx, decided, left)
  return done(null)
}

/** What an earlier look gave back is proved before the case is over: the shop is asked again where nothing moves now. */
async function askForProof(app: App, tx: Tx, { case: decided, effects }: Decided): Promise<void> {
  if (decided.state !== 'restoring' || effects.some(({ power }) => power !== 'deny')) return
  for (const { decisionId, outcome } of decided.objections) {
    if (outcome !== 'measure_lifted' && outcome !== 'measure_narrowed') continue
    const measure = await readMeasure(tx, decisionId)
    if (measure) await settleSubject(app, tx, measure.decision.subject, measure.decision.sellerId)
  }
}

/** A person's answer goes to the claimant. A clock answers no claim: what it eased is the account's, and a person still has to. */
async function followClaim(app: App, tx: Tx, decided: Decided, left: LeftInForce[]): Promise<void> {
  if (decided.takenBy.kind === 'person')
    await tellClaimOutcome(app, tx, decided, decided.takenBy.name)
  else await openForPerson(app, tx, decided, left)
}

/** The measure as it stands: another case about it may have put a narrower one in its place meanwhile. */
async function standingMeasure(tx: Tx, decisionId: string): Promise<MeasureRecord | null> {
  const measure = await lockMeasure(tx, decisionId)
  return measure?.endedBy?.kind === 'narrow' ? standingMeasure(tx, measure.endedBy.id) : measure
}

function carryOutOne(
  app: App,
  tx: Tx,
  measure: MeasureRecord,
  { effect, takenBy, procedure, case: decided }: Decided & { effect: CaseEffect },
): Promise<Result<Decision>> {
  const { reasons } = effect
  const isClaim = decided.kind === 'recovery'
  switch (effect.power) {
    case 'grant':
      return grant(app, tx, measure, { takenBy, reasons, tellSeller: isClaim })
    case 'deny':
      // We could not see that the claimant is the owner: that says nothing about the measure.
      if (isClaim) return Promise.resolve(done(measure.decision))
      return decided.kind === 'repair'
        ? keep(app, tx, measure, { takenBy, reasons })
        : confirm(app, tx, measure, { takenBy, reasons })
    case 'narrow':
      // Another case has narrowed it, or a clock may find it lifted: what this one would give is given.
      if (measure.decision.id !== effect.decisionId || isGivenTo(takenBy, measure))
        return Promise.resolve(done(measure.decision))
      return narrowTo(app, tx, measure, { takenBy, reasons, procedure })
  }
}

function isGivenTo(takenBy: Decider, { endedBy }: MeasureRecord): boolean {
  return takenBy.kind === 'clock' && endedBy?.kind === 'lift'
}

async function grant(
  app: App,
  tx: Tx,
  measure: MeasureRecord,
  { takenBy, reasons, tellSeller }: { takenBy: Decider; reasons: string; tellSeller: boolean },
): Promise<Result<Decision>> {
  // A machine or an undo may have lifted it meanwhile: granting then only asks the shop again.
  if (measure.endedBy?.kind === 'lift') {
    await settleSubject(app, tx, measure.decision.subject, measure.decision.sellerId)
    return done(measure.decision)
  }
  return lift(app, tx, measure, { takenBy, reasons, tellSeller })
}

async function narrowTo(
  app: App,
  tx: Tx,
  measure: MeasureRecord,
  { takenBy, reasons, procedure }: { takenBy: Decider; reasons: string; procedure: Procedure },
): Promise<Result<Decision>> {
  const { decision } = measure
  const narrower = narrowerMeasure(decision.measure)
  if (narrower === null) return refuse('nothing_narrower')
  const { judged, ground, sellerId } = decision
  const listing = judged && (await readVersion(tx, judged.listingId, judged.version))
  const adopted = await readPolicy(tx, ground.policy, ground.version)
  if (adopted === null || (judged !== null && listing === null))
    throw new Error(`narrow decision ${decision.id}: what it judged is not kept`)
  const findings = listing ? await everyFindingOn(tx, listing.listingId, listing.version) : []
  const terms = await termsOf(app, tx, narrower, { sellerId, amount: null })
  if (!terms.ok) return terms
  return narrow(app, tx, measure, {
    subject: decision.subject,
    sellerId,
    listing,
    measure: narrower,
    policy: adopted.policy,
    finding:
      findings.find(
        ({ policy, version }) => policy === ground.policy && version === ground.version,
      ) ?? null,
    restsOn: [{ kind: 'decision', id: decision.id }],
    takenBy,
    reasons,
    procedure,
    heldFor: 0,
    endsAt: endOfNarrowing(app, { measure, takenBy, procedure }),
    terms: terms.value,
    exception: null,
  })
}

/**
 * What is narrower never lasts longer than what it replaces. What a clock leaves in force ends by itself within the
 * promise, where a clock may end it; a person's narrowing stays until it is lifted.
 */
function endOfNarrowing(
  app: App,
  {
    measure: { decision, action },
    takenBy,
    procedure,
  }: { measure: MeasureRecord; takenBy: Decider; procedure: Procedure },
): Date | null {
  const { endsAt } = action
  if (takenBy.kind !== 'clock' || !narrowedEndsByClock(procedure, decision.measure)) return endsAt
  const promised = later(app.now(), procedure.promise.answer)
  return endsAt && endsAt < promised ? endsAt : promised
}

interface LeftInForce {
  decision: Decision
  of: CaseEffect
}

/**
 * A clock has narrowed what it may not lift: a new case opens at the same desk about what is left in force, overdue
 * from the first, and the officer is called until a person decides it. A claim goes on in it, even about nothing.
 */
async function openForPerson(
  app: App,
  tx: Tx,
  { case: before, procedure }: Decided,
  left: LeftInForce[],
): Promise<void> {
  const now = app.now()
  const isClaim = before.kind === 'recovery'
  const opened = openCase(
    {
      id: app.newId('cas'),
      number: await nextCaseNumber(tx),
      kind: before.kind,
      matter: isClaim && left.length === 0 ? 'matter.recovery' : before.matter,
      // A claimant has sent it, whichever case it is in.
      channel: isClaim ? before.channel : 'system',
      sellerId: before.sellerId,
      procedureId: before.procedureId,
      desk: before.desk,
      by: null,
      text: null,
      objections: left.map(({ decision, of }) => ({
        id: app.newId('obj'),
        decisionId: decision.id,
        measure: decision.measure,
        track: 'dispute',
        text:
          before.objections.find(({ id }) => id === of.objectionId)?.text ??
          'What is left in force needs a person.',
        remedy: null,
      })),
      check: null,
      overdueSince: before.dueAt,
    },
    procedure,
    now,
  )
  if (!opened.ok) throw new Error(`open what case ${before.id} left in force: ${opened.refusal}`)
  await insertCase(tx, opened.case, opened.events, now)
  const claim = isClaim ? await claimOfCase(tx, before.id) : null
  if (claim) await addClaimCase(tx, claim.id, opened.case.id)
  await callOfficer(app, tx, opened.case)
  await tellOverdue(app, tx, opened.case)
}

async function tellClaimOutcome(
  app: App,
  tx: Tx,
  { case: decided, procedure, effects }: Decided,
  name: string,
): Promise<void> {
  const now = app.now()
  const claim = await claimOfCase(tx, decided.id)
  if (claim === null) throw new Error(`answer case ${decided.id}: it answers no claim`)
  const { outcome, secondLook } = standingOf({ case: decided, procedure, now, holderName: null })
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: null,
    decisionId: null,
    caseId: decided.id,
    address: claim.address,
    releaseAt: now,
    createdAt: now,
    ...claimOutcome({
      claim,
      outcome: outcome ?? 'no',
      by: firstName(name),
      deskTitle: deskTitle(procedure, decided.desk),
      reasons: effects.map(({ reasons }) => reasons).join('\n\n'),
      secondLook,
    }),
  })
}

async function tellOutcome(app: App, tx: Tx, decided: Case, procedure: Procedure): Promise<void> {
  const now = app.now()
  const names = await staffNames(tx)
  const seller = decided.sellerId === null ? null : await readSeller(tx, decided.sellerId)
  const desk = secondLookDesk(decided, procedure)
  const objections = []
  for (const objection of decided.objections) {
    if (objection.outcome === null) continue
    const measure = await readMeasure(tx, objection.decisionId)
    const name = objection.answeredBy === null ? undefined : names.get(objection.answeredBy)
    objections.push({
      subject: measure?.statement.subject ?? { kind: 'listing', title: objection.decisionId },
      outcome: objection.outcome,
      answer: objection.answer ?? '',
      answeredBy: name === undefined ? null : firstName(name),
    })
  }
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: decided.sellerId,
    decisionId: null,
    caseId: decided.id,
    address: null,
    releaseAt: now,
    createdAt: now,
    ...outcomeNotice({
      kind: decided.kind,
      caseNumber: caseNumber(decided),
      caseId: decided.id,
      objections,
      secondLook:
        desk === null
          ? null
          : { deskTitle: deskTitle(procedure, desk), contestBy: decided.contestBy },
      timeZone: seller?.timeZone ?? app.timeZone,
      language: seller?.language ?? 'en',
    }),
  })
}
