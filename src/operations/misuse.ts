/** Measures against reporters who misuse complaints: a person weighs the four factors, warns first, and never for good. */
import { startsNow } from '../core/case-aside.ts'
import { mayNow } from '../core/case-command.ts'
import { secondLookDesk, type Case } from '../core/case.ts'
import {
  weighMisuse,
  isManifestlyUnfounded,
  setAsideAt,
  standingWarning,
  untilAfter,
} from '../core/misuse.ts'
import type { Misuse, ReporterMeasure, ReporterMeasureKind } from '../core/misuse.ts'
import { misuseLifted, misuseSetAside, misuseWarned } from '../core/misuse-notice.ts'
import { deskTitle } from '../core/procedure.ts'
import { firstName } from '../core/reasons.ts'
import { refuse } from '../core/refusal.ts'
import { lockCase, readCase, saveCase } from '../store/case.ts'
import { complaintOfCase, type KeptComplaint } from '../store/complaint.ts'
import { bringInside, transact, type Tx } from '../store/db.ts'
import { measuresRestingOnAny } from '../store/decision.ts'
import { recordEvents } from '../store/event.ts'
import {
  besideInRings,
  complaintsOfReporter,
  complaintsSetAside,
  insertReporterMeasure,
  lockReporter,
  measuresAtComplaint,
  measuresOfReporter,
  readReporterMeasure,
  saveLifted,
} from '../store/misuse.ts'
import { procedureOf } from '../store/procedure.ts'
import { callForThresholds } from './account-health.ts'
import type { App } from './app.ts'
import { tellReporter } from './complaint-telling.ts'
import { isPermitted, permit, whyNotTheirs } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

/** What a desk knows of how a reporter complains. */
export interface MisuseAtDesk extends Misuse {
  measures: ReporterMeasure[]
  /** Whether this reader may act on it at this complaint, and why not. */
  may: 'act' | 'lift' | null
  /** Why nothing can be done at this complaint; null where it can. */
  whyNotHere: string | null
}

/** The four factors of a complaint's reporter, computed anew, with what was imposed on them before. */
export async function misuseAtDesk(
  app: App,
  tx: Tx,
  { held, complaint, reader }: { held: Case; complaint: KeptComplaint; reader: StaffReader },
): Promise<MisuseAtDesk> {
  const { misuse, measures, past } = await misuseOf(app, tx, complaint.reporterId)
  const isTheirs =
    isPermitted(app, reader, 'desk.actOnReporter') &&
    whyNotTheirs(app, 'desk.actOnReporter', reader, held) === null
  const isUnfounded = past.some((one) => one.id === complaint.id && isManifestlyUnfounded(one))
  const whyNotHere = isUnfounded ? await whyNotContestable(tx, held) : notUnfounded
  return {
    ...misuse,
    measures,
    may: isTheirs ? (whyNotHere === null ? 'act' : 'lift') : null,
    whyNotHere,
  }
}

const notUnfounded =
  'This complaint is not manifestly unfounded. A warning is given at one that is, and contested there.'

/** What is imposed is contested with the second look of the complaint, so one has to be possible. */
async function whyNotContestable(tx: Tx, held: Case): Promise<string | null> {
  const desk = secondLookDesk(held, await procedureOf(tx, held.procedureId))
  return desk !== null && held.state === 'answered' && mayNow(held, 'contest')
    ? null
    : 'This complaint cannot be contested any more. A warning is given at one that can.'
}

async function misuseOf(app: App, tx: Tx, reporterId: string) {
  const past = await complaintsOfReporter(tx, reporterId)
  const unfounded = past.filter(isManifestlyUnfounded)
  const rings = new Set(unfounded.flatMap(({ ringId }) => (ringId === null ? [] : [ringId])))
  const caused = await measuresRestingOnAny(
    tx,
    unfounded.map(({ id }) => id),
  )
  const measures = await measuresOfReporter(tx, reporterId)
  const misuse = weighMisuse(
    {
      complaints: past,
      besideInRing: await besideInRings(tx, [...rings], reporterId),
      caused: caused.map(({ action: { inForceFrom, endedAt, endsAt } }) => ({
        from: inForceFrom,
        until: endedAt ?? endsAt,
      })),
      measures,
    },
    app.now(),
  )
  return { misuse, measures, past }
}

export interface Acting {
  caseId: string
  act: ReporterMeasureKind
  /** How long complaints are set aside; null for a warning. */
  days: number | null
  reasons: string
}

/** Warns the reporter of a complaint, or sets aside for a time what they complain of next. They are told at once. */
export async function actOnReporter(
  app: App,
  who: Who,
  { caseId, act, days, reasons }: Acting,
): Promise<Result<{ caseId: string }>> {
  return atComplaint(app, who, { caseId, command: 'desk.actOnReporter' }, async (tx, at) => {
    const { held, complaint, reader } = at
    if (reasons.trim() === '') return refuse('reasons_missing')
    const view = await misuseAtDesk(app, tx, { held, complaint, reader })
    if (view.whyNotHere !== null) return refuse('misuse_not_shown', view.whyNotHere)
    const { may, why } = act === 'warning' ? view.warning : view.setAside
    if (!may) return refuse('misuse_not_shown', why)
    const isWhole = days !== null && days >= 1 && days <= view.setAside.longestDays
    if (act === 'set-aside' && !isWhole) return refuse('period_too_long')
    const now = app.now()
    const measure: ReporterMeasure = {
      id: app.newId('rms'),
      reporterId: complaint.reporterId,
      complaintId: complaint.id,
      complaintNumber: complaint.number,
      kind: act,
      takenBy: reader.id,
      takenByName: reader.name,
      takenAt: now,
      until: act === 'set-aside' && days !== null ? untilAfter(days, now) : null,
      reasons,
      lifted: null,
    }
    await insertReporterMeasure(tx, { ...measure, factors: view.factors })
    await recordEvents(tx, [eventOf(app, measure, { kind: act, by: reader.id })])
    const procedure = await procedureOf(tx, held.procedureId)
    const desk = secondLookDesk(held, procedure)
    const told = {
      complaint,
      by: firstName(reader.name),
      deskTitle: deskTitle(procedure, held.desk),
      reasons,
      secondLook: desk === null ? null : deskTitle(procedure, desk),
      timeZone: app.timeZone,
    }
    await tellReporter(
      app,
      tx,
      held,
      measure.until === null
        ? misuseWarned({ ...told, longestDays: view.setAside.longestDays })
        : misuseSetAside({ ...told, until: measure.until }),
    )
    return done({ caseId })
  })
}

/** Lifts what was imposed at this complaint: what was set aside meanwhile is read at once and counts as any other. */
export async function liftFromReporter(
  app: App,
  who: Who,
  { caseId, measureId, reasons }: { caseId: string; measureId: string; reasons: string },
): Promise<Result<{ caseId: string }>> {
  return atComplaint(app, who, { caseId, command: 'desk.liftFromReporter' }, async (tx, at) => {
    const { held, complaint, reader } = at
    if (reasons.trim() === '') return refuse('reasons_missing')
    const measure = await readReporterMeasure(tx, measureId)
    const isHere = measure?.complaintId === complaint.id && measure.lifted === null
    if (measure === null || !isHere) return refuse('reporter_measure_over')
    await liftIn(app, tx, { held, measure, by: reader, reasons })
    return done({ caseId })
  })
}

/**
 * What was imposed at a complaint stands only while that is manifestly unfounded: another person who looked again and
 * does not say so has lifted it.
 */
export async function followSecondLook(
  app: App,
  tx: Tx,
  {
    held,
    complaintId,
    by,
    isUnfounded,
    reasons,
  }: {
    held: Case
    complaintId: string
    by: { id: string; name: string }
    isUnfounded: boolean
    reasons: string
  },
): Promise<void> {
  if (isUnfounded) return
  for (const { id } of await measuresAtComplaint(tx, complaintId)) {
    // It may have fallen with the warning just before.
    const measure = await readReporterMeasure(tx, id)
    if (measure?.lifted === null) await liftIn(app, tx, { held, measure, by, reasons })
  }
}

async function liftIn(app: App, tx: Tx, { held, measure, by, reasons }: Lifting): Promise<void> {
  await lockReporter(tx, measure.reporterId)
  await endMeasure(app, tx, { held, measure, by, reasons })
  // What follows is at any desk: the work of machines of ours, in the name of that person.
  await bringInside(tx)
  if (measure.kind === 'set-aside') return readNow(app, tx, measure)
  // Without a warning nothing is set aside, so it falls with the last that stood.
  const now = app.now()
  const others = await measuresOfReporter(tx, measure.reporterId)
  const aside = setAsideAt(others, now)
  const before = others.filter(({ takenAt }) => aside !== null && takenAt < aside.takenAt)
  if (aside === null || standingWarning(before, aside.takenAt) !== null) return
  await endMeasure(app, tx, { held, measure: aside, by, reasons })
  await readNow(app, tx, aside)
}

interface Lifting {
  held: Case
  measure: ReporterMeasure
  by: { id: string; name: string }
  reasons: string
}

async function endMeasure(
  app: App,
  tx: Tx,
  { held, measure, by, reasons }: Lifting,
): Promise<void> {
  const now = app.now()
  await saveLifted(tx, measure.id, { by: by.id, byName: by.name, at: now, reasons })
  await recordEvents(tx, [eventOf(app, measure, { kind: 'lifted', by: by.id })])
  const procedure = await procedureOf(tx, held.procedureId)
  await tellReporter(
    app,
    tx,
    held,
    misuseLifted({
      complaint: { id: measure.complaintId, number: measure.complaintNumber },
      kind: measure.kind,
      by: firstName(by.name),
      deskTitle: deskTitle(procedure, held.desk),
      reasons,
    }),
  )
}

/** What was set aside by it counts as any other, and its clock begins now. */
async function readNow(app: App, tx: Tx, measure: ReporterMeasure): Promise<void> {
  const now = app.now()
  const waiting = await complaintsSetAside(tx, measure.id)
  for (const sellerId of new Set(waiting.map((one) => one.sellerId)))
    await callForThresholds(app, tx, sellerId)
  const { until } = measure
  if (until === null || until <= now) return
  for (const { caseId } of waiting) {
    const one = await lockCase(tx, caseId)
    if (one !== null) await saveCase(tx, startsNow(one, until, now), [], now)
  }
}

/** Works on the reporter of a complaint at one's own desk, alone. */
async function atComplaint(
  app: App,
  who: Who,
  { caseId, command }: { caseId: string; command: 'desk.actOnReporter' | 'desk.liftFromReporter' },
  work: (
    tx: Tx,
    at: { held: Case; complaint: KeptComplaint; reader: StaffReader },
  ) => Promise<Result<{ caseId: string }>>,
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, command)
  if (!may.ok) return may
  const { reader } = may
  return refusalOf(
    transact(app.db, may.wall, async (tx) => {
      // Behind the wall only the cases of one's own desks can be locked, and all can be read.
      const locked = await lockCase(tx, caseId)
      const held = locked ?? (await readCase(tx, caseId))
      if (held === null) return refuse('not_found')
      const why = whyNotTheirs(app, command, reader, held)
      if (why) return why
      if (locked === null) return refuse('not_allowed')
      const complaint = await complaintOfCase(tx, caseId)
      if (complaint === null) return refuse('wrong_state')
      await lockReporter(tx, complaint.reporterId)
      return work(tx, { held, complaint, reader })
    }),
  )
}

/** By what complaints of this reporter are set aside now; nobody lifts or takes it until the end of the transaction. */
export async function lockSetAside(
  tx: Tx,
  reporterId: string,
  now: Date,
): Promise<(ReporterMeasure & { until: Date }) | null> {
  await lockReporter(tx, reporterId)
  return setAsideAt(await measuresOfReporter(tx, reporterId), now)
}

/** On record for ourselves, beside no case: its seller reads those. */
function eventOf(app: App, measure: ReporterMeasure, { kind, by }: { kind: string; by: string }) {
  const { id, reporterId, until } = measure
  return {
    ...{ at: app.now(), kind: `reporter.${kind}`, by },
    ...{ sellerId: null, caseId: null, decisionId: null },
    detail: { measure: id, reporter: reporterId, until: until?.toISOString() ?? null },
  }
}
