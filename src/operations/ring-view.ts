/** Rings as those who look into them read them: the list, and one with everything that ties it and leans on it. */
import { calibrationOf, type Calibration } from '../core/calibration.ts'
import { later } from '../core/calendar.ts'
import { refuse } from '../core/refusal.ts'
import { complaintsHeld, type Ring } from '../core/ring.ts'
import { transact, type Tx } from '../store/db.ts'
import {
  listRings as ringsOf,
  readRing as ringOf,
  ringComplaints,
  sellAlike,
  type RingComplaint,
} from '../store/ring.ts'
import { readSeller } from '../store/seller.ts'
import { believedBefore, latestWeighing, type Weighing } from '../store/weighing.ts'
import { measuresOn, measuresRestingOn, type MeasureRecord } from '../store/decision.ts'
import type { App } from './app.ts'
import { isPermitted, permit } from './permit.ts'
import { done, type Result } from './result.ts'
import { reachOfRing, type RingReach } from './ring.ts'
import type { Who } from './who.ts'

/** How many rings are listed that are open, and that people decided on or that dissolved. */
const most = { open: 200, past: 50 }

const year = 365 * 24 * 60 * 60_000

export interface RingList {
  rings: RingInList[]
  past: RingInList[]
  weighing: Weighing | null
  /** Whether what weighings said of complaints came true, of those that people looked into in the last year. */
  calibration: Calibration
}

export interface RingInList {
  ring: Ring
  targets: { id: string; name: string }[]
}

/** The rings to look into, the newest first, and what became of those before. */
export async function listRings(app: App, who: Who): Promise<Result<RingList>> {
  const may = permit(app, who, 'rings.list')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) =>
    done({
      rings: await named(tx, await ringsOf(tx, ['open'], most.open)),
      past: await named(tx, await ringsOf(tx, ['confirmed', 'dismissed', 'gone'], most.past)),
      weighing: await latestWeighing(tx),
      calibration: calibrationOf(await believedBefore(tx, later(app.now(), -year))),
    }),
  )
}

async function named(tx: Tx, rings: Ring[]): Promise<RingInList[]> {
  const names = await namesOf(
    tx,
    rings.flatMap(({ report }) => report.targets),
  )
  return rings.map((ring) => ({
    ring,
    targets: ring.report.targets.map((id) => ({ id, name: names.get(id) ?? id })),
  }))
}

async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const id of new Set(ids)) names.set(id, (await readSeller(tx, id))?.name ?? id)
  return names
}

export interface RingView {
  ring: Ring
  follows: Ring | null
  /** Of its members, and of who complains of the same sellers and is not of it. */
  complaints: RingComplaint[]
  targets: { id: string; name: string; measure: MeasureRecord | null }[]
  rival: { id: string; name: string; sellsAlike: boolean } | null
  reach: RingReach
  /** Measures against the seller behind it that lean on it, newest first. */
  imposed: MeasureRecord[]
  allowed: ('prune' | 'put-back' | 'confirm' | 'dismiss')[]
}

/** A ring with all that a person judges it by. */
export async function readRing(app: App, who: Who, ringId: string): Promise<Result<RingView>> {
  const may = permit(app, who, 'rings.get')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const ring = await ringOf(tx, ringId)
    if (ring === null) return refuse('not_found')
    const { members, outside, rival, targets } = ring.report
    const names = await namesOf(tx, [...targets, ...(rival === null ? [] : [rival.sellerId])])
    const nameOf = (id: string) => names.get(id) ?? id
    const views: RingView['targets'] = []
    for (const id of targets) {
      const [measure] = (await measuresOn(tx, { kind: 'account', id })).filter(
        ({ action }) => action.endedAt === null,
      )
      views.push({ id, name: nameOf(id), measure: measure ?? null })
    }
    const [target] = targets
    return done({
      ring,
      follows: ring.follows === null ? null : await ringOf(tx, ring.follows),
      complaints: await ringComplaints(tx, [
        ...members.flatMap(({ complaints }) => complaints.map(({ id }) => id)),
        ...outside.map(({ complaintId }) => complaintId),
      ]),
      targets: views,
      rival:
        rival === null
          ? null
          : {
              id: rival.sellerId,
              name: nameOf(rival.sellerId),
              sellsAlike: target !== undefined && (await sellAlike(tx, rival.sellerId, target)),
            },
      reach: await reachOfRing(tx, complaintsHeld(ring)),
      imposed: await measuresRestingOn(tx, { kind: 'ring', id: ring.id }),
      allowed: ring.state === 'open' ? allowedTo(app, who) : [],
    })
  })
}

function allowedTo(app: App, who: Who): RingView['allowed'] {
  return [
    ...(isPermitted(app, who, 'rings.prune') ? (['prune', 'put-back'] as const) : []),
    ...(isPermitted(app, who, 'rings.confirm') ? (['confirm'] as const) : []),
    ...(isPermitted(app, who, 'rings.dismiss') ? (['dismiss'] as const) : []),
  ]
}
