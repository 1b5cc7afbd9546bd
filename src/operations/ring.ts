/** Rings as people look into them: take somebody out, find that it is none, or confirm it and take back what leaned on it. */
import { changeCase } from '../core/case-change.ts'
import { mayNow } from '../core/case-command.ts'
import { healthPolicy } from '../core/health-rules.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import {
  complaintsHeld,
  complaintsIn,
  ringNumber,
  type Pruned,
  type Ring,
  type RingOutcome,
} from '../core/ring.ts'
import { toReporterOfRing } from '../core/ring-words.ts'
import { wordsIn } from '../core/words.ts'
import { lockCase, readCase } from '../store/case.ts'
import { complaintsOfIds } from '../store/complaint.ts'
import { followRingInside, transact, type Tx } from '../store/db.ts'
import { lockMeasure, measuresRestingOnAny, type MeasureRecord } from '../store/decision.ts'
import { recordEvents } from '../store/event.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { procedureOf } from '../store/procedure.ts'
import {
  insertRingFindings,
  lockRing,
  readRing,
  saveRing,
  saveRingOutcome,
  stampRingFindings,
} from '../store/ring.ts'
import { callForWeighing } from '../store/weighing.ts'
import type { App } from './app.ts'
import { isBorne } from './bearing.ts'
import { followChange } from './case-change.ts'
import { lift } from './enforcement.ts'
import { once } from './once.ts'
import { permit } from './permit.ts'
import { openRepair } from './repair.ts'
import { done, refusalOf, RefusedError, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

/** Takes a reporter out of an open ring, with a reason; what is left is weighed again soon. */
export function pruneRing(
  app: App,
  who: Who,
  { ringId, reporterId, reasons }: { ringId: string; reporterId: string; reasons: string },
): Promise<Result<null>> {
  return changeRing(app, who, { ringId, command: 'rings.prune' }, (ring, reader) => {
    if (reasons.trim() === '') return refuse('reasons_missing')
    if (!ring.report.members.some((member) => member.reporterId === reporterId))
      return refuse('not_of_ring')
    const others = ring.pruned.filter((one) => one.reporterId !== reporterId)
    const { id: by, name: byName } = reader
    return done([...others, { reporterId, why: reasons, by, byName, at: app.now() }])
  })
}

/** Puts a reporter back that somebody took out. */
export function putBackIntoRing(
  app: App,
  who: Who,
  { ringId, reporterId }: { ringId: string; reporterId: string },
): Promise<Result<null>> {
  return changeRing(app, who, { ringId, command: 'rings.putBack' }, (ring) =>
    done(ring.pruned.filter((one) => one.reporterId !== reporterId)),
  )
}

async function changeRing(
  app: App,
  who: Who,
  { ringId, command }: { ringId: string; command: 'rings.prune' | 'rings.putBack' },
  change: (ring: Ring, reader: StaffReader) => Result<Pruned[]>,
): Promise<Result<null>> {
  const may = permit(app, who, command)
  if (!may.ok) return may
  const { reader } = may
  const work = transact(app.db, may.wall, async (tx): Promise<Result<null>> => {
    const ring = await lockRing(tx, ringId)
    if (ring === null) return whyNotLocked(tx, ringId)
    if (ring.state !== 'open') return refuse('ring_decided')
    const changed = change(ring, reader)
    if (!changed.ok) return changed
    const pruned = changed.value
    await saveRing(tx, {
      ...ring,
      pruned,
      version: ring.version + 1,
      remainder: pruned.length === 0 ? null : ring.remainder,
      isRemainderDue: pruned.length > 0,
    })
    await callForWeighing(tx)
    await recordEvents(tx, [
      ringEvent(app, ring, command === 'rings.prune' ? 'ring.pruned' : 'ring.put_back', reader),
    ])
    return done(null)
  })
  return refusalOf(work)
}

/** Behind the wall of staff only open rings can be locked, and all can be read. */
async function whyNotLocked(tx: Tx, ringId: string): Promise<Refused> {
  return refuse((await readRing(tx, ringId)) === null ? 'not_found' : 'ring_decided')
}

interface Finding {
  ringId: string
  /** As the person saw it. */
  version: number
  reasons: string
}

/** Finds that it is no ring: each of its complaints stands by itself from here on, and the weights learn of it. */
export function dismissRing(
  app: App,
  who: Who,
  found: Finding,
  idempotency: Idempotency | null,
): Promise<Result<{ ringId: string }>> {
  return decideRing(
    app,
    who,
    { ...found, command: 'rings.dismiss' },
    idempotency,
    async (tx, ring) => {
      const at = app.now()
      const complaints = complaintsIn(ring.report)
      await insertRingFindings(
        tx,
        ring.id,
        complaints.map((complaintId) => ({ complaintId, isOfRing: false })),
        at,
      )
    },
  )
}

/**
 * Confirms it: its complaints count no more and are refuted where they are open, what leaned on them alone is lifted at
 * once, and what something else may bear waits for a person in a repair of its seller.
 */
export function confirmRing(
  app: App,
  who: Who,
  found: Finding,
  idempotency: Idempotency | null,
): Promise<Result<{ ringId: string }>> {
  return decideRing(
    app,
    who,
    { ...found, command: 'rings.confirm' },
    idempotency,
    (tx, ring, reader) => undo(app, tx, ring, reader),
  )
}

async function decideRing(
  app: App,
  who: Who,
  { ringId, version, reasons, command }: Finding & { command: 'rings.confirm' | 'rings.dismiss' },
  idempotency: Idempotency | null,
  follow: (tx: Tx, ring: Ring, reader: StaffReader) => Promise<void>,
): Promise<Result<{ ringId: string }>> {
  const may = permit(app, who, command)
  if (!may.ok) return may
  const { reader } = may
  const isConfirmed = command === 'rings.confirm'
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, async (): Promise<Result<{ ringId: string }>> => {
      const ring = await lockRing(tx, ringId)
      if (ring === null) return whyNotLocked(tx, ringId)
      if (ring.state !== 'open') return refuse('ring_decided')
      if (reasons.trim() === '') return refuse('reasons_missing')
      if (ring.version !== version) return refuse('ring_changed')
      const decided: Ring = {
        ...ring,
        state: isConfirmed ? 'confirmed' : 'dismissed',
        version: ring.version + 1,
        isRemainderDue: false,
        decided: { by: reader.id, byName: reader.name, at: app.now(), reasons },
      }
      await saveRing(tx, decided)
      await followRingInside(tx, ring.id)
      await follow(tx, decided, reader)
      await callForWeighing(tx)
      await recordEvents(tx, [
        ringEvent(app, ring, isConfirmed ? 'ring.confirmed' : 'ring.dismissed', reader),
      ])
      return done({ ringId })
    }),
  )
  return refusalOf(work)
}

function ringEvent(app: App, ring: Ring, kind: string, reader: StaffReader) {
  return {
    ...{ at: app.now(), kind, sellerId: null, caseId: null, decisionId: null, by: reader.id },
    detail: { ring: ring.id, number: ring.number },
  }
}

/** What a confirmed ring does, in the order in which it does it. */
export interface RingReach {
  /** Refuted where the case still allows it; else they only count no more. */
  complaints: { id: string; caseId: string; isRefuted: boolean }[]
  /** Borne by nothing else. */
  falling: MeasureRecord[]
  /** Something else may bear them. */
  judged: MeasureRecord[]
}

/** Everything that leans on these complaints, as it is now: those of a ring that would fall. */
export async function reachOfRing(tx: Tx, ids: readonly string[]): Promise<RingReach> {
  const reach: RingReach = {
    complaints: await refutableOf(tx, ids),
    falling: [],
    judged: [],
  }
  // What a decision ended was looked at; what ran out is still on record.
  const leaning = (await measuresRestingOnAny(tx, ids)).filter(
    ({ action }) => action.endedBy === null,
  )
  // What rests on how an account stands falls or not with what falls before it.
  for (const measure of leaning.toSorted((a, b) => restsOnHealth(a) - restsOnHealth(b))) {
    const decisions = reach.falling.map(({ decision }) => decision.id)
    const isHeld = await isBorne(tx, measure, { complaints: ids, decisions })
    reach[isHeld ? 'judged' : 'falling'].push(measure)
  }
  return reach
}

function restsOnHealth({ decision }: MeasureRecord): number {
  return decision.ground.policy === healthPolicy ? 1 : 0
}

async function refutableOf(tx: Tx, ids: readonly string[]): Promise<RingReach['complaints']> {
  const complaints: RingReach['complaints'] = []
  for (const one of await complaintsOfIds(tx, ids)) {
    const held = await readCase(tx, one.caseId)
    complaints.push({ ...one, isRefuted: held !== null && mayNow(held, 'refute') })
  }
  return complaints
}

async function undo(app: App, tx: Tx, ring: Ring, reader: StaffReader): Promise<void> {
  const { complaints, falling, judged } = await reachOfRing(tx, complaintsHeld(ring))
  const falls = new Set(complaints.map(({ id }) => id))
  await insertRingFindings(
    tx,
    ring.id,
    complaintsIn(ring.report).map((complaintId) => ({
      complaintId,
      isOfRing: falls.has(complaintId),
    })),
    app.now(),
  )
  const takenBy = { kind: 'person', id: reader.id, name: reader.name } as const
  // Before the complaints, so that each seller reads why: with them it would be lifted as for one complaint.
  const reasons = wordsIn('en').own.ringFell()
  const outcome: RingOutcome = { refuted: 0, lifted: [], judged: judged.length, repairs: [] }
  for (const { decision } of falling.toReversed()) {
    const measure = await lockMeasure(tx, decision.id)
    if (measure === null || measure.endedBy !== null) continue
    orThrow(await lift(app, tx, measure, { takenBy, reasons, tellSeller: true }))
    outcome.lifted.push(decision.id)
  }
  for (const { caseId } of complaints)
    if (await refuteIn(app, tx, caseId, reader)) outcome.refuted += 1
  await stampRingFindings(tx, ring.id, app.now())
  for (const sellerId of new Set(judged.map(({ decision }) => decision.sellerId))) {
    const repair = await openRepair(app, tx, {
      cause: { kind: 'ring', ring: ringNumber(ring) },
      sellerId,
      decisions: judged
        .filter(({ decision }) => decision.sellerId === sellerId)
        .map(({ decision }) => decision.id),
    })
    if (repair !== null) outcome.repairs.push(repair)
  }
  await saveRingOutcome(tx, ring.id, outcome)
}

/** Refutes a complaint where its case allows it; what is closed, or is looked at again, stays as it is: false then. */
async function refuteIn(app: App, tx: Tx, caseId: string, reader: StaffReader): Promise<boolean> {
  const held = await lockCase(tx, caseId)
  if (held === null || !mayNow(held, 'refute')) return false
  const procedure = await procedureOf(tx, held.procedureId)
  const result = changeCase(
    held,
    {
      do: 'refute',
      by: reader.id,
      reasons: wordsIn('en').own.ofRing(),
      words: toReporterOfRing,
    },
    procedure,
    app.now(),
  )
  if (!result.ok) throw new RefusedError(result)
  await followChange(app, tx, { held, result, procedure })
  return true
}

function orThrow(result: Result<unknown>): void {
  if (!result.ok) throw new RefusedError(result)
}
