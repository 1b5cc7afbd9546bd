/** Rings as they cross the wire: reporters and shared things by labels, so that no device or card is named. */
import type {
  Falling,
  RingForDesk,
  RingInList,
  RingLikelihood,
  RingMember,
  RingShared,
} from '../contract/ring.ts'
import { complaintNumber } from '../core/complaint.ts'
import {
  complaintsHeld,
  complaintsIn,
  likelihoodOf,
  ringNumber,
  type Ring,
  type RingReport,
  type SharedKind,
} from '../core/ring.ts'
import { ringTerms } from '../core/ring-words.ts'
import { sayStandingAtDesk } from '../core/standing.ts'
import type { RingInList as ListedRing, RingView } from '../operations/ring-view.ts'
import { at, atOrNull } from './measure-view.ts'

export function ringInList({ ring, targets }: ListedRing): RingInList {
  const { report } = ring
  return {
    id: ring.id,
    number: ringNumber(ring),
    state: ring.state,
    foundAt: at(ring.foundAt),
    reporters: report.members.length,
    complaints: complaintsHeld(ring).length,
    targets,
    likelihood: likelihoodOf(ring.remainder ?? report),
    ...report.span,
    decided: decidedView(ring),
  }
}

export function weighingView(weighing: { weighedAt: Date; complaints: number; counting: number }) {
  const { weighedAt, complaints, counting } = weighing
  return { at: at(weighedAt), complaints, counting }
}

/** A ring for who looks into it. */
export function ringView(view: RingView, now: Date): RingForDesk {
  const { ring, follows, rival, reach } = view
  const { report, pruned, remainder } = ring
  const likelihood = (of: RingReport): RingLikelihood => ({
    likelihood: likelihoodOf(of),
    terms: ringTerms(of, rival?.name ?? null),
  })
  const members = [...report.members].toSorted((a, b) =>
    (a.joinedAt ?? '9').localeCompare(b.joinedAt ?? '9'),
  )
  const held = new Set(complaintsIn(report))
  return {
    id: ring.id,
    number: ringNumber(ring),
    state: ring.state,
    version: ring.version,
    foundAt: at(ring.foundAt),
    follows: follows && { id: follows.id, number: ringNumber(follows), state: follows.state },
    decided: decidedView(ring),
    outcome: ring.outcome,
    whole: likelihood(report),
    remainder:
      pruned.length === 0
        ? null
        : { isDue: ring.isRemainderDue, left: remainder && likelihood(remainder) },
    members: members.map(({ reporterId, joinedAt }, place): RingMember => {
      const out = pruned.find((one) => one.reporterId === reporterId)
      return {
        reporterId,
        label: `R${place + 1}`,
        joinedAt,
        pruned: out === undefined ? null : { why: out.why, by: out.byName, at: at(out.at) },
      }
    }),
    outside: outsideOf(view, members.length),
    complaints: view.complaints.map((one) => ({
      id: one.id,
      caseId: one.caseId,
      number: complaintNumber(one),
      at: at(one.at),
      sellerId: one.sellerId,
      sellerName: one.sellerName,
      reporterId: one.reporterId,
      kind: one.kind,
      text: one.text.slice(0, 300),
      finding: one.finding,
      order: one.order,
      isOfRing: held.has(one.id),
    })),
    shared: sharedOf(report),
    targets: view.targets.map(({ id, name, measure }) => ({
      id,
      name,
      standing:
        measure === null
          ? null
          : sayStandingAtDesk({
              measure: measure.decision.measure,
              subject: measure.statement.subject,
              terms: measure.decision.terms,
            }),
      since: measure === null ? null : at(measure.decision.effectiveAt),
    })),
    rival,
    sayings: sayingsOf(report),
    joined: report.joined,
    span: report.span,
    reach: {
      refuted: reach.complaints.filter(({ isRefuted }) => isRefuted).map(({ id }) => id),
      kept: reach.complaints.filter(({ isRefuted }) => !isRefuted).map(({ id }) => id),
      falling: reach.falling.map((measure) => fallingView(measure, view)),
      judged: reach.judged.map((measure) => fallingView(measure, view)),
    },
    imposed: view.imposed.map((measure) => fallingView(measure, view)),
    allowed: view.allowed,
    now: at(now),
  }
}

function decidedView({ decided }: Ring) {
  return decided && { by: decided.byName, at: at(decided.at), reasons: decided.reasons }
}

function outsideOf({ ring, complaints }: RingView, before: number): RingMember[] {
  const { outside } = ring.report
  const joined = new Map(complaints.map(({ reporterId, joinedAt }) => [reporterId, joinedAt]))
  return [...new Set(outside.map(({ reporterId }) => reporterId))].map((reporterId, place) => ({
    reporterId,
    label: `R${before + place + 1}`,
    joinedAt: atOrNull(joined.get(reporterId) ?? null),
    pruned: null,
  }))
}

const letters = { device: 'D', payment: 'P', address: 'A', network: 'N' } as const satisfies Record<
  SharedKind,
  string
>

function sharedOf({ shared, rival }: RingReport): RingShared[] {
  const counts = new Map<SharedKind, number>()
  return shared.map(({ kind, name, reporters }) => {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return {
      label: `${letters[kind]}${count}`,
      kind,
      reporters,
      isRivals: rival?.things.some((one) => one.kind === kind && one.name === name) ?? false,
    }
  })
}

/** Sets of complaints with nearly the same words; what several finds tell is told once. */
function sayingsOf({ sayings }: RingReport): string[][] {
  const groups: Set<string>[] = []
  for (const ids of sayings) {
    const same = groups.find((group) => ids.some((id) => group.has(id)))
    if (same === undefined) groups.push(new Set(ids))
    else for (const id of ids) same.add(id)
  }
  return groups.map((group) => [...group])
}

function fallingView(
  { decision, statement }: RingView['reach']['falling'][number],
  { targets }: RingView,
): Falling {
  const { id, sellerId, measure, terms } = decision
  return {
    decisionId: id,
    number: statement.number,
    standing: sayStandingAtDesk({ measure, subject: statement.subject, terms }),
    title: statement.subject.title,
    seller: {
      id: sellerId,
      name: targets.find((target) => target.id === sellerId)?.name ?? statement.seller.name,
    },
    since: at(decision.effectiveAt),
  }
}
