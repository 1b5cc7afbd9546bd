/** A report is a ring as an investigator reads it: who, whom, what ties them, and who complains of the same and stays out. */
import { listOf, valueAt } from './column.ts'
import type { Batch } from './batch.ts'
import type { Parts } from './group.ts'
import { thingKinds } from './record.ts'
import type { ThingKind } from './record.ts'
import type { FoundRing } from './ring.ts'

export interface RingReport {
  name: string
  /** Log-odds of one hand against chance, of the strongest group in it; and what they are made of. */
  evidence: { total: number; parts: Parts }
  members: {
    reporterId: string
    joinedAt: string | null
    complaints: { id: string; at: string; sellerId: string; counts: boolean }[]
  }[]
  targets: string[]
  /** The seller that members share something rare with; it is accused of nothing here. */
  rival: {
    sellerId: string
    things: { kind: ThingKind; name: string }[]
    reporters: string[]
  } | null
  /** What two or more members share, or one with the rival. */
  shared: { kind: ThingKind; name: string; reporters: string[] }[]
  /** Complaints of the ring whose words are nearly the same. */
  sayings: string[][]
  span: { from: string; to: string }
  /** When most of them joined, where that is telling. */
  joined: { from: string; to: string; reporters: number } | null
  /** Who complains about the same sellers and is not of it. */
  outside: { reporterId: string; complaintId: string; at: string; sellerId: string }[]
}

/** Tells a ring in the names of the lines. */
export function reportRing(batch: Batch, ring: FoundRing, name: string): RingReport {
  const { record, voices, reporters, sellers, things } = batch
  const at = record.columns.at.values()
  const reporterName = (number: number) =>
    record.names.reporters.nameOf(valueAt(reporters.names, number))
  const sellerName = (number: number) => record.names.sellers.nameOf(valueAt(sellers.names, number))
  const complaintsOf = (voice: number) =>
    Array.from(listOf(batch.complaintsOf, voice), (place) => ({
      id: record.idOf(place),
      at: sayTime(valueAt(at, place)),
      sellerId: sellerName(valueAt(voices.seller, voice)),
    }))
  const strongest = ring.finds.reduce((best, find) =>
    find.evidence.total > best.evidence.total ? find : best,
  )
  const members = [...ring.reporters].sort((a, b) => a - b)
  const thing = (number: number) => ({
    kind: thingKinds[valueAt(things.kinds, number)] ?? 'network',
    name: record.nameOfThing(valueAt(things.names, number)),
  })
  const holders = (number: number) =>
    Array.from(listOf(things.holdersOf, number)).filter((one) => ring.reporters.has(one))
  const link = ring.finds.map(({ evidence }) => evidence.rival).find((rival) => rival !== null)
  const tying = new Set<number>(link?.things)
  for (const { scene } of ring.finds)
    for (const { family, number } of scene.ties.marks)
      if (family === 'identity' && holders(number).length > 1) tying.add(number)
  const times = [...ring.voices].flatMap((voice) => valueAt(voices.at, voice))
  const joined = strongest.evidence.joined
  return {
    name,
    evidence: { total: strongest.evidence.total, parts: strongest.evidence.parts },
    members: members.map((number) => ({
      reporterId: reporterName(number),
      joinedAt: sayTold(valueAt(reporters.createdAt, number)),
      complaints: Array.from(listOf(reporters.voicesOf, number)).flatMap((voice) =>
        complaintsOf(voice).map((one) => ({ ...one, counts: !ring.voices.has(voice) })),
      ),
    })),
    targets: [...ring.targets].sort((a, b) => a - b).map(sellerName),
    rival:
      link === undefined
        ? null
        : {
            sellerId: record.names.sellers.nameOf(link.seller),
            things: [...link.things].filter((one) => holders(one).length > 0).map(thing),
            reporters: members
              .filter((number) =>
                listOf(reporters.thingsOf, number).some((one) => link.things.has(one)),
              )
              .map(reporterName),
          },
    shared: [...tying]
      .filter((number) => holders(number).length > 0)
      .sort((a, b) => a - b)
      .map((number) => ({ ...thing(number), reporters: holders(number).map(reporterName) })),
    sayings: ring.finds.flatMap(({ scene, places }) => {
      const inside = new Set(places)
      return scene.marks
        .filter(({ family }) => family === 'wording')
        .map(({ holders: all }) =>
          all
            .filter((place) => inside.has(place))
            .flatMap((place) => complaintsOf(valueAt(scene.voices, place)).map(({ id }) => id)),
        )
        .filter((ids) => ids.length > 1)
    }),
    span: { from: sayTime(Math.min(...times)), to: sayTime(Math.max(...times)) },
    joined:
      joined === null
        ? null
        : { from: sayTime(joined.from), to: sayTime(joined.to), reporters: joined.inside },
    outside: [...ring.targets]
      .flatMap((seller) => Array.from(listOf(sellers.voicesOf, seller)))
      .filter((voice) => !ring.reporters.has(valueAt(voices.reporter, voice)))
      .flatMap((voice) =>
        complaintsOf(voice).map(({ id, ...rest }) => ({
          reporterId: reporterName(valueAt(voices.reporter, voice)),
          complaintId: id,
          ...rest,
        })),
      ),
  }
}

function sayTime(time: number): string {
  return new Date(time).toISOString()
}

function sayTold(time: number): string | null {
  return Number.isNaN(time) ? null : sayTime(time)
}
