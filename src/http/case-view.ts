/** Cases as their sellers see them on the wire. */
import type {
  CaseForSeller,
  CaseSummary,
  ObjectionForSeller,
  SellerHome,
  ThreadEntry,
} from '../contract/case.ts'
import { caseNumber, caseOutcome, type Case } from '../core/case.ts'
import type { Objection } from '../core/objection.ts'
import { wayOf, type Reader, type Restored } from '../core/holding.ts'
import { measures } from '../core/measure.ts'
import { deskTitle } from '../core/procedure.ts'
import { caseNoun } from '../core/case.ts'
import { saySubject, shortTitle } from '../core/saying.ts'
import { threadOf } from '../core/thread.ts'
import type { HealthRules } from '../core/health-rules.ts'
import type { CaseView, ToldCase } from '../operations/case-view.ts'
import type { SellerHomeView } from '../operations/seller.ts'
import { callView } from './call-view.ts'
import { aboutView } from './complaint-view.ts'
import { healthView } from './health-view.ts'
import { sentNoticeView } from './notice-view.ts'
import {
  at,
  atOrNull,
  fileView,
  holdingFor,
  holdingView,
  measureView,
  nameFor,
  restorationView,
  restoredOf,
  type MeasureRecord,
} from './measure-view.ts'

/** A case for its seller. */
export function sellerCaseView(
  view: ToldCase,
  now: Date,
  { self = null }: { /** The member who reads, where one does. */ self?: string | null } = {},
): CaseForSeller {
  const { case: held, procedure, people } = view
  const { timeZone } = view.seller
  const restored = restoredOfCase(view)
  return {
    ...summaryOf(view, now),
    closedAt: atOrNull(held.closedAt),
    promisedBy: atOrNull(view.promisedBy),
    isForwarded: held.forwards > 0,
    objections: held.objections.map((objection) =>
      objectionView(objection, view.measures, nameFor('seller', people)),
    ),
    complaint: aboutView(held),
    thread: threadView(view, { reader: 'seller', timeZone, self }),
    files: view.files.map(fileView),
    way: wayOf({ case: held, procedure, timeZone, reader: 'seller' }),
    restoration: restorationView(restored),
    contestBy: atOrNull(held.contestBy),
    secondLookDesk: view.secondLookDesk && deskTitle(procedure, view.secondLookDesk),
    knownGaps: view.knownGaps,
    joinedTo: joinedToOf(view),
    calls: view.calls.map(callView),
    notices: view.notices.map(sentNoticeView),
    allowed: view.allowed,
  }
}

/** The appeal that a question goes on in, by the number under which it was joined. */
export function joinedToOf({
  case: held,
  events,
}: Pick<CaseView, 'case' | 'events'>): CaseForSeller['joinedTo'] {
  if (held.joinedTo === null) return null
  const into = events.find(({ kind }) => kind === 'case.joined')?.detail['into']
  return { caseId: held.joinedTo, number: typeof into === 'string' ? into : held.joinedTo }
}

/** The account of a seller. */
export function sellerHomeView(
  {
    seller,
    listings,
    account,
    payouts,
    measures: imposed,
    cases,
    knownGaps,
    health,
  }: SellerHomeView,
  { now, rules }: { now: Date; rules: HealthRules | null },
): SellerHome {
  const { id, name, timeZone, locale } = seller
  return {
    seller: { id, name, timeZone, locale },
    now: at(now),
    listings,
    account,
    payouts,
    measures: imposed.map((measure) => measureView(measure, now)),
    cases: cases.map((view) => summaryOf(view, now)),
    knownGaps,
    health: health && rules && healthView(health, rules, 'seller'),
  }
}

function summaryOf(view: CaseView, now: Date): CaseSummary {
  const { case: held, procedure, people, seller } = view
  const restored = restoredOfCase(view)
  return {
    id: held.id,
    number: caseNumber(held),
    kind: held.kind,
    title: titleOf(view),
    // What a desk may still take back is open to everybody else.
    state: held.state === 'deciding' ? 'open' : held.state,
    ask: askView(held, nameFor('seller', people)),
    outcome: caseOutcome(held),
    openedAt: at(held.openedAt),
    holding: holdingView(
      holdingFor(
        'seller',
        { case: held, procedure, people, restored },
        { now, timeZone: seller.timeZone },
      ),
    ),
  }
}

/** "Appeal for “Clay mask”", "Appeal for your account and 2 more", "Question: when is …". */
function titleOf({ case: held, measures: contested, events }: CaseView): string {
  const noun = caseNoun(held.kind)
  const capital = noun.charAt(0).toUpperCase() + noun.slice(1)
  const subjects = held.objections.flatMap(({ decisionId }) => {
    const subject = contested.get(decisionId)?.statement.subject
    return subject ? [saySubject(subject)] : []
  })
  const [first, ...more] = [...new Set(subjects)]
  if (first !== undefined)
    return `${capital} for ${first}${more.length > 0 ? ` and ${more.length} more` : ''}`
  if (held.complaint !== null) return `Complaint about “${held.complaint.title}”`
  const opening = events.find(({ kind }) => kind === 'case.opened')?.detail['text']
  return typeof opening === 'string' ? `${capital}: ${shortTitle(opening)}` : capital
}

/** The question that waits, with who asked as this reader may read it. */
export function askView(
  { ask }: Case,
  nameOf: (id: string) => string | null,
): CaseForSeller['ask'] {
  return (
    ask && {
      question: ask.question,
      by: nameOf(ask.by) ?? 'A person',
      at: at(ask.at),
      until: at(ask.until),
    }
  )
}

/** What the shop shows of all that this case brought back; null where it brought nothing back. */
export function restoredOfCase({
  case: held,
  measures: contested,
  subjects,
}: Pick<CaseView, 'case' | 'measures' | 'subjects'>): Restored | null {
  const returned = new Set(
    held.objections
      .filter(({ outcome }) => outcome === 'measure_lifted' || outcome === 'measure_narrowed')
      .flatMap(({ decisionId }) => contested.get(decisionId)?.decision.subject.id ?? []),
  )
  const all = subjects.filter(({ subject }) => returned.has(subject.id)).map(restoredOf)
  return (
    all.find(({ state }) => state === 'not-yet-back') ??
    all.find(({ state }) => state === 'not-in-shop') ??
    all[0] ??
    null
  )
}

/** One objection with its answer; whoever answered is named as this reader may read it. */
export function objectionView(
  objection: Objection,
  contested: Map<string, MeasureRecord>,
  nameOf: (id: string) => string | null,
): ObjectionForSeller {
  const { id, decisionId, track, text, remedy, exhibits } = objection
  const { outcome, answer, answeredBy, answeredAt } = objection
  const statement = contested.get(decisionId)?.statement
  return {
    id,
    decisionId,
    decisionNumber: statement?.number ?? decisionId,
    measure: objection.measure,
    subject: statement?.subject ?? { kind: 'listing', title: decisionId },
    tag: measures[objection.measure].tag,
    policyTitle: statement?.ground.title ?? '',
    track,
    text,
    remedy,
    exhibits,
    outcome,
    answer,
    answeredBy: answeredBy && nameOf(answeredBy),
    answeredAt: atOrNull(answeredAt),
  }
}

/** The thread in the words of its reader. */
export function threadView(
  view: Pick<CaseView, 'case' | 'procedure' | 'measures' | 'events' | 'people' | 'members'>,
  { reader, timeZone, self = null }: { reader: Reader; timeZone: string; self?: string | null },
): ThreadEntry[] {
  const about = [...view.measures.values()].map(({ decision, statement }) => ({
    decisionId: decision.id,
    measure: decision.measure,
    takenBy: decision.takenBy,
    takenAt: decision.takenAt,
    policyTitle: statement.ground.title,
    policyVersion: statement.ground.version,
    subject: statement.subject,
  }))
  const steps = threadOf({
    case: view.case,
    procedure: view.procedure,
    about,
    events: view.events,
    timeZone,
    reader,
    nameOf: nameFor(reader, view.people),
    members: view.members,
    self,
  })
  return steps.map((step) => ({ ...step, at: at(step.at) }))
}
