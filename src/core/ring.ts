/** A ring is a group of reporters who look like one hand; what it is made of is weighed, and what it is a person finds. */
import { z } from 'zod'

export const sharedKinds = ['device', 'payment', 'address', 'network'] as const
export type SharedKind = (typeof sharedKinds)[number]

const Shared = z.object({ kind: z.enum(sharedKinds), name: z.string() })
const RingComplaint = z.object({
  id: z.string(),
  at: z.string(),
  sellerId: z.string(),
  counts: z.boolean(),
})

/** What the evidence of a ring is made of, in log-odds of one hand against chance. */
export const ringParts = [
  'strange',
  'identity',
  'wording',
  'target',
  'rival',
  'joined',
  'burst',
  'chance',
] as const
export type RingPart = (typeof ringParts)[number]

/** A ring as a weighing tells it, by the ids of reporters and of our complaints. */
export const RingReport = z.object({
  name: z.string(),
  evidence: z.object({
    total: z.number(),
    parts: z.record(z.enum(ringParts), z.number()),
  }),
  members: z.array(
    z.object({
      reporterId: z.string(),
      joinedAt: z.string().nullable(),
      complaints: z.array(RingComplaint),
    }),
  ),
  targets: z.array(z.string()),
  rival: z
    .object({ sellerId: z.string(), things: z.array(Shared), reporters: z.array(z.string()) })
    .nullable(),
  shared: z.array(Shared.extend({ reporters: z.array(z.string()) })),
  sayings: z.array(z.array(z.string())),
  span: z.object({ from: z.string(), to: z.string() }),
  joined: z.object({ from: z.string(), to: z.string(), reporters: z.number() }).nullable(),
  outside: z.array(
    z.object({
      reporterId: z.string(),
      complaintId: z.string(),
      at: z.string(),
      sellerId: z.string(),
    }),
  ),
})
export type RingReport = z.infer<typeof RingReport>

export const ringStates = ['open', 'gone', 'confirmed', 'dismissed'] as const
/** `gone`: a newer weighing finds it no more. */
export type RingState = (typeof ringStates)[number]

/** Whom a person took out of a ring, and why. */
export interface Pruned {
  reporterId: string
  why: string
  by: string
  byName: string
  at: Date
}

/** What a confirmed ring did. */
export const RingOutcome = z.object({
  refuted: z.int(),
  lifted: z.array(z.string()),
  judged: z.int(),
  /** The repairs that it opened, by case. */
  repairs: z.array(z.string()),
})
export type RingOutcome = z.infer<typeof RingOutcome>

export interface RingDecision {
  by: string
  byName: string
  at: Date
  reasons: string
}

export interface Ring {
  id: string
  number: number
  follows: string | null
  state: RingState
  version: number
  foundAt: Date
  weighing: number
  report: RingReport
  pruned: Pruned[]
  /** What is left without whom people took out; null where that is no ring, or nobody was taken out. */
  remainder: RingReport | null
  /** Whether that is still to be worked out. */
  isRemainderDue: boolean
  decided: RingDecision | null
  /** Null unless it was confirmed. */
  outcome: RingOutcome | null
}

/** How many who complain of the same sellers and are not of it a ring keeps. */
export const mostOutside = 200

/** What people quote; claims on accounts have numbers with a letter already. */
export function ringNumber({ number }: Pick<Ring, 'number'>): string {
  return `ring ${number}`
}

/** Complaints of a ring: what its members truly bought elsewhere is not among them. */
export function complaintsIn({ members }: Pick<RingReport, 'members'>): string[] {
  return members.flatMap(({ complaints }) =>
    complaints.filter(({ counts }) => !counts).map(({ id }) => id),
  )
}

/** Complaints that would fall with a ring: those of its members whom nobody took out. */
export function complaintsHeld({ report, pruned }: Pick<Ring, 'report' | 'pruned'>): string[] {
  const out = new Set(pruned.map(({ reporterId }) => reporterId))
  return complaintsIn({ members: report.members.filter(({ reporterId }) => !out.has(reporterId)) })
}

/** How many reporters two rings have in common, as a share of the smaller. */
function overlap(a: RingReport, b: RingReport): number {
  const theirs = new Set(b.members.map(({ reporterId }) => reporterId))
  const both = a.members.filter(({ reporterId }) => theirs.has(reporterId)).length
  return both / Math.min(a.members.length, b.members.length)
}

/** Rings of two weighings are one where at least half of the smaller is in both. */
const enoughInCommon = 0.5

/** What becomes of each ring of a new weighing. */
export type Matched =
  | { is: 'new'; report: RingReport; follows: string | null }
  /** An open one, as it is now. */
  | { is: 'known'; report: RingReport; ring: Ring }
  /** One that a person decided on, and nothing came that they have not seen. */
  | { is: 'decided'; report: RingReport; ring: Ring }

/**
 * Finds each ring of a weighing among those that are held, the most alike first. What people decided stays as they saw
 * it: of it only more complaints, or of one that was none more reporters, make a ring to look into again.
 */
export function matchRings(found: readonly RingReport[], held: readonly Ring[]): Matched[] {
  const open = held.filter(({ state }) => state === 'open' || state === 'gone')
  const decided = held.filter(({ state }) => state === 'confirmed' || state === 'dismissed')
  const pairs = found
    .flatMap((report) =>
      open.map((ring) => ({ report, ring, share: overlap(report, ring.report) })),
    )
    .filter(({ share }) => share >= enoughInCommon)
    .toSorted((a, b) => b.share - a.share || a.ring.number - b.ring.number)
  const known = new Map<RingReport, Ring>()
  for (const { report, ring } of pairs)
    if (!known.has(report) && ![...known.values()].includes(ring)) known.set(report, ring)
  return found.map((report) => {
    const alike = decided
      .filter((ring) => overlap(report, ring.report) >= enoughInCommon)
      .toSorted((a, b) => b.number - a.number)
    const seen = alike.find((ring) => !bringsMore(report, ring))
    if (seen !== undefined) return { is: 'decided', report, ring: seen }
    const ring = known.get(report)
    if (ring !== undefined) return { is: 'known', report, ring }
    return { is: 'new', report, follows: alike[0]?.id ?? null }
  })
}

function bringsMore(report: RingReport, { state, report: seen }: Ring): boolean {
  if (state === 'confirmed') {
    const known = new Set(complaintsIn(seen))
    return complaintsIn(report).some((id) => !known.has(id))
  }
  const known = new Set(seen.members.map(({ reporterId }) => reporterId))
  return report.members.some(({ reporterId }) => !known.has(reporterId))
}

/** What is known of who complains, as far as a ring is recognised by it. */
export interface Traced {
  reporterId: string
  devices: readonly string[]
  paymentHashes: readonly string[]
  addressHashes: readonly string[]
}

/**
 * Whether a new complaint comes from a ring that is known: from one of its reporters, or from who uses a device, card or
 * address that ties it. Networks are shared by too many.
 */
export function comesFrom(ring: Pick<Ring, 'report' | 'pruned'>, traced: Traced): boolean {
  const { members, shared, rival } = ring.report
  if (ring.pruned.some(({ reporterId }) => reporterId === traced.reporterId)) return false
  if (members.some(({ reporterId }) => reporterId === traced.reporterId)) return true
  const used: Record<SharedKind, readonly string[]> = {
    device: traced.devices,
    payment: traced.paymentHashes,
    address: traced.addressHashes,
    network: [],
  }
  return [...shared, ...(rival?.things ?? [])].some(({ kind, name }) => used[kind].includes(name))
}

/** Out of 100, the likelihood that the complaints of a ring are genuine, all taken together: 1/(1+e^total). */
export function likelihoodOf({ evidence }: Pick<RingReport, 'evidence'>): number {
  return 1 / (1 + Math.exp(evidence.total))
}
