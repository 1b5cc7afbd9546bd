/** Complaints as they cross the wire: to the reporter nothing of the seller, to the seller nothing of the reporter, to the desk both. */
import type {
  ComplaintFact,
  ComplaintForDesk,
  ComplaintForReporter,
  ComplaintsForSeller,
} from '../contract/complaint.ts'
import type { ComplaintAbout } from '../contract/case.ts'
import { caseNumber, isHeldBy, promisedBy, type Case } from '../core/case.ts'
import { mayNow } from '../core/case-command.ts'
import { complaintNumber, findingFollows } from '../core/complaint.ts'
import type { ReporterMeasure } from '../core/misuse.ts'
import { deskTitle } from '../core/procedure.ts'
import { firstName } from '../core/reasons.ts'
import { holdingForReporter } from '../core/report.ts'
import { ringNumber } from '../core/ring.ts'
import { sayStandingAtDesk } from '../core/standing.ts'
import type { DeskCaseView } from '../operations/case-view.ts'
import type { ToldAboutComplaints } from '../operations/complaint.ts'
import type { OwnComplaints } from '../operations/own-complaint.ts'
import type { ReportView } from '../operations/report.ts'
import { at, atOrNull, fileView, holdingView, nameFor } from './measure-view.ts'
import { writeCursor } from './cursor.ts'

/** A line as operations take it. */
export function complaintTold(line: ComplaintFact): ToldAboutComplaints {
  if ('seller' in line)
    return { seller: { ...line.seller, createdAt: moment(line.seller.createdAt) } }
  if ('order' in line) {
    const { delivered, at: placedAt, ...ids } = line.order
    return {
      order: {
        ...ids,
        at: new Date(placedAt),
        state: delivered ? 'delivered' : 'open',
        amount: null,
        currency: null,
        shipBy: null,
        soldBy: 'seller',
        factAt: null,
      },
    }
  }
  const { as, name, address, createdAt, orders, ...shared } = line.reporter
  return {
    complaint: {
      toldId: line.id,
      at: new Date(line.at),
      sellerId: line.sellerId ?? null,
      listingId: line.listingId ?? null,
      orderId: line.orderId ?? null,
      kind: line.kind,
      text: line.text,
      reporter: {
        id: line.reporterId,
        kind: as,
        name: name ?? null,
        address: address ?? null,
        traces: { createdAt: moment(createdAt), orders: orders ?? null, ...shared },
      },
    },
  }
}

function moment(written: string | undefined): Date | null {
  return written === undefined ? null : new Date(written)
}

/** A complaint for its reporter. */
export function reportView(view: ReportView, now: Date): ComplaintForReporter {
  const { complaint, case: held, procedure, address, files, people, secondLookDesk } = view
  const { measures, setAside } = view
  const nameOf = nameFor('seller', people)
  const isHeld = held.heldBy !== null && isHeldBy(held, held.heldBy, now)
  const holderName = isHeld && held.heldBy !== null ? nameOf(held.heldBy) : null
  const isOpen = held.state === 'open' || held.state === 'asking' || held.state === 'deciding'
  // What was found before the second look waits for what that finds.
  const isFound = held.complaint?.finding != null
  const { foundBy } = complaint
  return {
    number: complaintNumber(complaint),
    kind: complaint.kind,
    title: held.complaint?.title ?? '',
    text: complaint.text,
    orderId: complaint.orderId,
    address,
    state: stateOf(held),
    desk: deskTitle(procedure, held.desk),
    holding: holdingView(holdingForReporter({ case: held, procedure, now, holderName })),
    openedAt: at(held.openedAt),
    promisedBy: isOpen ? at(promisedBy(held, procedure)) : null,
    files: files.map(fileView),
    finding: isFound ? complaint.finding : null,
    words: isFound ? complaint.words : null,
    foundBy: isFound && foundBy !== null ? nameOf(foundBy) : null,
    foundAt: isFound ? atOrNull(complaint.foundAt) : null,
    contested: complaint.contestedText,
    allowed: [
      ...(held.state === 'closed' ? [] : (['add-file'] as const)),
      ...(secondLookDesk !== null && mayNow(held, 'contest') ? (['contest'] as const) : []),
    ],
    contestBy: held.state === 'answered' ? atOrNull(held.contestBy) : null,
    secondLookDesk: secondLookDesk && deskTitle(procedure, secondLookDesk),
    measures: measures.map(reporterMeasureView),
    setAside: setAside && {
      until: at(setAside.until),
      number: complaintNumber({ number: setAside.complaintNumber }),
    },
    now: at(now),
  }
}

function stateOf({ state }: Case): ComplaintForReporter['state'] {
  switch (state) {
    case 'asking':
    case 'answered':
    case 'closed':
      return state
    case 'open':
    case 'deciding':
    case 'restoring':
      return 'open'
  }
}

/** What a case carries of a complaint, as its seller reads it; null for every other case. */
export function aboutView({ complaint }: Case): ComplaintAbout | null {
  if (complaint === null) return null
  const { kind, listingId, title, decisionId, finding, reasons } = complaint
  return { kind, listingId, title, decisionId, finding, reasons }
}

/** A seller's complaints. */
export function ownComplaintsView(
  { complaints, found, next }: OwnComplaints,
  now: Date,
): ComplaintsForSeller {
  return {
    complaints: complaints.flatMap(({ case: held, substance }) => {
      const about = aboutView(held)
      if (about === null) return []
      return [
        {
          ...about,
          caseId: held.id,
          number: caseNumber(held),
          substance,
          state: held.state === 'deciding' ? 'open' : held.state,
          openedAt: at(held.openedAt),
          answerBy: held.ask && at(held.ask.until),
          decidedAt: about.finding === null ? null : atOrNull(held.decidedAt),
        },
      ]
    }),
    found,
    nextCursor: next === null ? null : writeCursor({ foundAt: now, id: String(next) }),
    now: at(now),
  }
}

/** A complaint for the desk, beside its case; null for every other case, and for who does not work on cases. */
export function complaintForDesk({
  case: held,
  complaint: view,
  events,
  mayImpose,
}: Pick<DeskCaseView, 'case' | 'complaint' | 'events' | 'mayImpose'>): ComplaintForDesk | null {
  if (view === null || held.complaint === null) return null
  const { complaint, reporter, order, byReporter, aboutSeller, measures, misuse } = view
  const opened = events.find(({ kind }) => kind === 'case.opened')?.detail['text']
  const { finding, listingId, title } = held.complaint
  return {
    number: complaintNumber(complaint),
    kind: complaint.kind,
    text: complaint.text,
    substance: typeof opened === 'string' ? opened : '',
    door: held.channel,
    at: at(complaint.at),
    receivedAt: at(complaint.receivedAt),
    listingId,
    title,
    sellerId: complaint.sellerId,
    reporter: {
      id: reporter.id,
      kind: reporter.kind,
      name: reporter.name,
      address: reporter.address,
      firstAt: at(reporter.firstAt),
      createdAt: atOrNull(complaint.traces.createdAt),
      orders: complaint.traces.orders,
    },
    order:
      complaint.orderId === null
        ? null
        : {
            id: complaint.orderId,
            isKnown: order !== null,
            byReporter: order?.reporterId === complaint.reporterId,
            ofSeller: order?.sellerId === complaint.sellerId,
            ofListing: order !== null && order.listingId === complaint.listingId,
            state: order?.state ?? null,
            at: atOrNull(order?.at ?? null),
          },
    byReporter: othersView(byReporter),
    aboutSeller: othersView(aboutSeller),
    finding,
    words: finding === null ? null : complaint.words,
    contested: complaint.contestedText,
    contestedAt: atOrNull(complaint.contestedAt),
    measures: measures.map(({ decision, statement, action }) => ({
      decisionId: decision.id,
      number: statement.number,
      measure: decision.measure,
      standing: sayStandingAtDesk({
        measure: decision.measure,
        subject: statement.subject,
        terms: decision.terms,
      }),
      at: at(decision.takenAt),
      byMachine: decision.takenBy.kind === 'policy',
      inForce: action.endedAt === null,
    })),
    score: view.score && {
      credibility: view.score.credibility,
      counts: view.score.countsNow,
      reasons: view.score.reasons,
      weighedAt: at(view.score.weighedAt),
      ring: view.score.ring && {
        id: view.score.ring.id,
        number: ringNumber(view.score.ring),
      },
    },
    isUnfounded: finding === 'refuted' && complaint.isUnfounded,
    setAsideUntil: setAsideUntilOf(view),
    misuse: {
      ...misuse,
      measures: misuse.measures.map((measure) => ({
        ...reporterMeasureView(measure),
        id: measure.id,
        isHere: measure.complaintId === complaint.id,
      })),
    },
    mayImpose: mayImpose && finding !== null && findingFollows[finding].mayImpose,
  }
}

/** What was imposed on a reporter: to them, and at the desk. */
function reporterMeasureView(measure: ReporterMeasure) {
  const { kind, complaintNumber: number, takenAt, takenByName, until, reasons, lifted } = measure
  return {
    ...{ kind, reasons },
    number: complaintNumber({ number }),
    at: at(takenAt),
    by: firstName(takenByName),
    until: atOrNull(until),
    lifted: lifted && {
      at: at(lifted.at),
      by: firstName(lifted.byName),
      reasons: lifted.reasons,
    },
  }
}

function setAsideUntilOf({
  complaint,
  misuse,
}: NonNullable<DeskCaseView['complaint']>): string | null {
  const measure = misuse.measures.find(({ id }) => id === complaint.setAsideBy)
  return measure === undefined || measure.lifted !== null ? null : atOrNull(measure.until)
}

function othersView({
  complaints,
  found,
}: NonNullable<DeskCaseView['complaint']>['byReporter']): ComplaintForDesk['byReporter'] {
  return {
    found,
    complaints: complaints.map((one) => ({
      caseId: one.caseId,
      number: complaintNumber(one),
      kind: one.kind,
      sellerName: one.sellerName,
      at: at(one.at),
      receivedAt: at(one.receivedAt),
      finding: one.finding,
      text: one.text.slice(0, 300),
    })),
  }
}
