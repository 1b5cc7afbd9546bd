/** Cases and queues as the desk sees them on the wire. */
import type {
  BesideCase,
  CaseForDesk,
  ContestedDecision,
  NoteForDesk,
  SellerHistory,
} from '../contract/desk.ts'
import type { Queue, QueueItem } from '../contract/queue.ts'
import type { ListingForDesk } from '../contract/desk-listing.ts'
import { capital } from '../core/capital.ts'
import { caseNumber, hasSender, isHeldBy, nextInstant, type Case } from '../core/case.ts'
import { mayUndo, type Decider } from '../core/decision.ts'
import type { HealthRules } from '../core/health-rules.ts'
import { deskInSentence } from '../core/holding.ts'
import { measures, narrowerMeasure } from '../core/measure.ts'
import { takeBackUntil } from '../core/note.ts'
import { deskTitle, reviewDeskOf, type Procedure } from '../core/procedure.ts'
import { refusals, type Refusal } from '../core/refusal.ts'
import { caseNoun } from '../core/case.ts'
import { sayStandingAtDesk } from '../core/standing.ts'
import { saySubjectAtDesk, sayTime, shortTitle } from '../core/saying.ts'
import type {
  ContestedView,
  DeskCaseView,
  SellerHistory as History,
} from '../operations/case-view.ts'
import type { QueueView } from '../operations/queue.ts'
import type { z } from 'zod'
import type { BesideView } from '../operations/beside.ts'
import { callView } from './call-view.ts'
import { backWords, checkForDesk } from './check-view.ts'
import { askView, joinedToOf, objectionView, restoredOfCase, threadView } from './case-view.ts'
import { sentNoticeView } from './notice-view.ts'
import { complaintForDesk } from './complaint-view.ts'
import { letterView, waitedFor } from './letter-view.ts'
import { claimForDesk } from './recovery-view.ts'
import { repairForDesk } from './repair-view.ts'
import {
  at,
  atOrNull,
  fileView,
  holdingFor,
  holdingView,
  nameFor,
  restorationView,
  statusOf,
  type MeasureRecord,
  type MeasureStatus,
} from './measure-view.ts'

/** Who reads, as far as words depend on it. */
export interface DeskReader {
  id: string
  now: Date
  timeZone: string
  /** By which it is said how an account stands; null where nothing is worked out. */
  rules: HealthRules | null
}

/** The queue by time left. */
export function queueView(
  { desks, cases, people, together, forwardTo }: QueueView,
  reader: DeskReader,
): Queue {
  return {
    desks,
    cases: cases.map((item) => queueItem(item, people, reader)),
    together,
    forwardTo,
    now: at(reader.now),
  }
}

function queueItem(
  {
    case: held,
    sellerName,
    title,
    subjectKind,
    text,
    policyTitle,
    deskTitle: desk,
    letters,
  }: QueueView['cases'][number],
  people: Map<string, string>,
  reader: DeskReader,
): QueueItem {
  return {
    id: held.id,
    number: caseNumber(held),
    kind: held.kind,
    state: held.state,
    title: queueTitle(held, { title, subjectKind, text, sellerName }),
    subtitle: subtitleOf(held, policyTitle),
    sellerName,
    desk: held.desk,
    deskTitle: desk,
    dueAt: at(nextInstant(held) ?? held.dueAt),
    overdueSince: atOrNull(held.overdueSince),
    secondLook: held.secondLook,
    ...holder(held, people, reader),
    waitedFor: waitedFor(letters, reader.now),
  }
}

/** What a case is about in one line: a title, an account, or the first words of what somebody wrote. */
export function queueTitle(
  held: Case,
  {
    title,
    subjectKind,
    text,
    sellerName,
  }: Pick<QueueView['cases'][number], 'title' | 'subjectKind' | 'text' | 'sellerName'>,
): string {
  if (held.check?.threshold !== undefined) return `How ${shortTitle(sellerName)} stands`
  if (title !== null && subjectKind !== null && subjectKind !== 'listing')
    return capital(saySubjectAtDesk({ kind: subjectKind, title }))
  return title ?? (text === null ? capital(caseNoun(held.kind)) : shortTitle(text))
}

function subtitleOf(held: Case, policyTitle: string | null): string {
  if (held.objections.length === 0 && held.kind !== 'check') return capital(caseNoun(held.kind))
  if (held.check?.threshold !== undefined) return 'A threshold of account health is met'
  if (held.kind === 'check')
    return held.check?.decisionId ? 'A rule acted; a person looks' : 'A rule asks for a person'
  const tracks = new Set(held.objections.map(({ track }) => track))
  const track = tracks.size > 1 ? 'mistake and remedy' : tracks.has('remedy') ? 'remedy' : 'mistake'
  if (held.kind === 'repair') return sayRepair(held)
  const more = held.objections.length > 1 ? `, ${held.objections.length} points` : ''
  return `${policyTitle ?? measures['listing.deactivate'].tag}, ${track}${more}`
}

function sayRepair({ objections }: Case): string {
  const waits = objections.filter(({ outcome }) => outcome === null).length
  return `Repair, ${waits} ${waits === 1 ? 'decision waits' : 'decisions wait'}`
}

function holder(held: Case, people: Map<string, string>, { id, now }: DeskReader) {
  const isHeld = held.heldBy !== null && isHeldBy(held, held.heldBy, now)
  return {
    heldBy: isHeld && held.heldBy !== null ? (people.get(held.heldBy) ?? null) : null,
    heldByMe: isHeldBy(held, id, now),
  }
}

/** A case with everything needed to decide it. */
export function deskCaseView(view: DeskCaseView, reader: DeskReader): CaseForDesk {
  const { case: held, procedure, people } = view
  const { now, timeZone } = reader
  const restored = restoredOfCase(view)
  const held_ = holder(held, people, reader)
  return {
    id: held.id,
    number: caseNumber(held),
    kind: held.kind,
    title: titleOf(view),
    state: held.state,
    desk: held.desk,
    deskTitle: deskTitle(procedure, held.desk),
    dueAt: at(nextInstant(held) ?? held.dueAt),
    holding: holdingView(
      holdingFor('desk', { case: held, procedure, people, restored }, { now, timeZone }),
    ),
    secondLook: held.secondLook,
    ...held_,
    heldUntil: held_.heldBy === null ? null : atOrNull(held.heldUntil),
    contested: view.contested.flatMap((one) => contestedView(one, view)),
    check: checkForDesk(view, reader.rules),
    claim: claimForDesk({ ...view, reader: reader.id }),
    complaint: complaintForDesk(view),
    repair: view.repair && repairForDesk(view.repair),
    seller: view.history && historyView(view.history, now),
    beside: view.beside && besideView(view.beside, reader),
    calls: view.calls.map(callView),
    letters: view.letters.map((each) => letterView(each, people, now)),
    waitedFor: waitedFor(
      view.letters.map(({ letter }) => letter),
      now,
    ),
    answersTo: hasSender(held) ? null : (view.letters[0]?.letter.sender.name ?? null),
    notices: view.notices.map(sentNoticeView),
    joinedTo: joinedToOf(view),
    files: view.files.map(fileView),
    thread: threadView(view, { reader: 'desk', timeZone }),
    notes: view.notes.map((note) => noteView(note, view, reader)),
    restoration: restorationView(restored),
    promisedBy: atOrNull(view.promisedBy),
    ask: askView(held, nameFor('desk', people)),
    pending: held.pending && {
      by: people.get(held.pending.by) ?? 'A colleague',
      byMe: held.pending.by === reader.id,
      until: at(held.pending.until),
    },
    similar: view.similar.map((one) => ({
      caseId: one.caseId,
      number: caseNumber(one),
      title: one.title,
      outcome: one.outcome,
      answer: one.answer,
      answeredAt: at(one.answeredAt),
      alike:
        one.sameWords === 0
          ? 'The same rule'
          : `${one.sameWords} of the same ${one.sameWords === 1 ? 'word' : 'words'}`,
    })),
    forwardTo: view.forwardTo.map((desk) => ({ desk, title: deskTitle(procedure, desk) })),
    askUntil: atOrNull(view.askUntil),
    spent: view.spent,
    allowed: view.allowed,
    barred: view.barred && refusals[view.barred].words,
  }
}

function noteView(
  note: DeskCaseView['notes'][number],
  { people, case: held }: DeskCaseView,
  { id, now }: DeskReader,
): NoteForDesk {
  return {
    id: note.id,
    by: people.get(note.by) ?? 'A colleague',
    at: at(note.at),
    text: note.text,
    caseNumber: note.caseId === held.id ? null : caseNumber(note.of),
    takeBackUntil: atOrNull(takeBackUntil(note, id, now)),
  }
}

function besideView(
  { measures: imposed, cases }: BesideView,
  reader: DeskReader,
): z.infer<typeof BesideCase> {
  const words = ({ case: held, procedure }: BesideView['cases'][number]) =>
    whereWords(held, procedure, reader)
  return {
    measures: imposed.map(({ measure: { decision, statement, action }, appeal, whyNot }) => ({
      decisionId: decision.id,
      number: statement.number,
      standing:
        action.endedAt === null
          ? capital(
              sayStandingAtDesk({
                measure: decision.measure,
                subject: statement.subject,
                terms: decision.terms,
              }),
            )
          : `${capital(saySubjectAtDesk(statement.subject))}: no longer in force`,
      policyTitle: statement.ground.title,
      takenAt: at(decision.takenAt),
      why: statement.facts.narrative,
      case: appeal && {
        id: appeal.case.id,
        number: caseNumber(appeal.case),
        words: words(appeal),
      },
      mayTurn: whyNot === null,
      whyNot: whyNot && whyNotTurned(whyNot),
    })),
    cases: cases.map((other) => ({
      id: other.case.id,
      number: caseNumber(other.case),
      title: capital(caseNoun(other.case.kind)),
      words: words(other),
    })),
  }
}

/** Why a question cannot go on as an appeal against a decision, for who would turn it. */
function whyNotTurned(why: Refusal): string {
  switch (why) {
    case 'decision_not_contestable':
      return 'It was taken back already.'
    case 'window_closed':
      return 'Its time to appeal is over.'
    case 'already_appealed':
      return 'It was appealed and decided; the seller can ask another desk there to look again.'
    default:
      return refusals[why].words
  }
}

/** Who has a case and until when, in a line. */
function whereWords(held: Case, procedure: Procedure, { timeZone }: DeskReader): string {
  const desk = deskTitle(procedure, held.desk)
  switch (held.state) {
    case 'open':
    case 'deciding':
      return `${desk} has it until ${sayTime(held.dueAt, timeZone)}`
    case 'asking':
      return `${desk} asked, and waits for the seller`
    case 'restoring':
      return 'Decided, and coming back in the shop'
    case 'answered':
      return `${desk} answered it`
    case 'closed':
      return 'Closed'
  }
}

function titleOf(view: DeskCaseView): string {
  const { contested, check, case: held, events } = view
  if (held.complaint !== null) return held.complaint.title
  const opening = events.find(({ kind }) => kind === 'case.opened')?.detail['text']
  const written = typeof opening === 'string' ? shortTitle(opening) : capital(caseNoun(held.kind))
  if (view.accountCheck !== null)
    return `How ${shortTitle(view.history?.seller.name ?? 'an account')} stands`
  const [first = check?.listing.text.title ?? written, ...more] = [
    ...new Set(
      contested.map(({ measure: { statement } }) =>
        statement.subject.kind === 'listing'
          ? statement.subject.title
          : capital(saySubjectAtDesk(statement.subject)),
      ),
    ),
  ]
  return more.length > 0 ? `${first} and ${more.length} more` : first
}

function contestedView(one: ContestedView, view: DeskCaseView): ContestedDecision[] {
  const objection = view.case.objections.find(({ id }) => id === one.objectionId)
  if (!objection) return []
  return [
    {
      objection: objectionView(objection, view.measures, nameFor('desk', view.people)),
      statement: one.measure.statement,
      now: one.now?.listing.text ?? null,
      nowOutcome: one.now?.verdict.outcome ?? null,
      barred: one.barred && refusals[one.barred].words,
      withholding: one.withholding,
      powers: one.powers,
      effects: Object.fromEntries(
        one.powers.map((power) => [power, effectWords(power, one, view)]),
      ),
    },
  ]
}

/** What a power would do, in words, before it is chosen. */
function effectWords(
  power: 'grant' | 'narrow' | 'deny',
  { measure, others }: ContestedView,
  { case: held, procedure }: DeskCaseView,
): string {
  const { decision, statement } = measure
  if (power === 'deny') return denyWords(held, procedure)
  if (measure.action.endedAt !== null)
    return 'The measure is no longer in force; this is about its record.'
  if (power === 'narrow')
    return `${measures[narrowerMeasure(decision.measure) ?? decision.measure].effect} The seller gets a statement of its own for that.`
  if (others.length > 0) {
    const numbers = others.map((other) => other.statement.number).join(', ')
    return `Lifts this measure. ${{ listing: 'The listing', account: 'The account', payouts: 'The money' }[decision.subject.kind]} stays as it is, because ${numbers} ${others.length === 1 ? 'is' : 'are'} in force as well.`
  }
  if (held.kind === 'repair')
    return `${backWords(decision.measure)}, without blame: it leaves the record and counts against nobody.`
  const alone =
    decision.takenBy.kind === 'policy'
      ? ` and counts against version ${statement.ground.version} of the rule`
      : ''
  return `${backWords(decision.measure)}, takes the measure off the record${alone}.`
}

function denyWords(held: Case, procedure: Procedure): string {
  const review = held.secondLook ? null : reviewDeskOf(procedure, held.desk)
  if (held.kind === 'recovery')
    return `The claimant reads that we could not see that they are the owner, with your reasons${review === null ? '' : `, and can ask ${deskInSentence(deskTitle(procedure, review))} to look again`}. The measure itself stays as it is.`
  if (held.kind === 'repair')
    return 'The measure stays. The seller reads your reasons and can appeal it anew, to somebody else.'
  if (review === null)
    return 'The measure stands, and this was the last look here. A dispute body or a court stays open to the seller.'
  return `The measure stands. The seller reads your reasons and can ask ${deskInSentence(deskTitle(procedure, review))} to look again.`
}

const statusWords = {
  'in-force': 'In force',
  lifted: 'Taken back',
  narrowed: 'Narrowed',
  expired: 'Ended by itself',
} as const satisfies Record<MeasureStatus, string>

/** What became of a measure, as the desk reads it. */
export function statusSentence(measure: MeasureRecord, now: Date): string {
  const { action, decision } = measure
  if (action.endedAt !== null && action.endedAt < decision.noticeAt) return 'Undone'
  if (action.endedAt === null && now < decision.noticeAt) return 'In force in a moment'
  if (action.endedAt === null && now < action.inForceFrom) return 'Told, and not in force yet'
  return statusWords[statusOf(measure, now)]
}

/** One measure with who took it, what became of it, and until when this reader may undo it. */
export function measureAtDesk(
  measure: MeasureRecord,
  reader: DeskReader,
): z.infer<typeof ListingForDesk>['measures'][number] {
  const { decision, statement, action } = measure
  const canUndo = action.endedAt === null && mayUndo(decision, reader.id, reader.now).ok
  return {
    decisionId: decision.id,
    number: statement.number,
    tag: measures[decision.measure].tag,
    policyTitle: statement.ground.title,
    takenBy: deciderWords(decision.takenBy, statement.ground.title),
    takenAt: at(decision.takenAt),
    status: statusSentence(measure, reader.now),
    undoUntil: canUndo ? at(decision.noticeAt) : null,
  }
}

function deciderWords(takenBy: Decider, policyTitle: string): string {
  switch (takenBy.kind) {
    case 'person':
      return takenBy.name
    case 'policy':
      return `Rule “${policyTitle}”, version ${takenBy.version}, alone`
    case 'clock':
      return 'A clock that ran out'
  }
}

/** What is known of a seller, for the desk. */
export function historyView(
  { seller, listings, appeals, measures: past }: History,
  now: Date,
): z.infer<typeof SellerHistory> {
  const statuses = past.map((measure) => statusOf(measure, now))
  return {
    id: seller.id,
    name: seller.name,
    since: at(seller.since),
    listings,
    measuresInForce: statuses.filter((status) => status === 'in-force').length,
    measuresTakenBack: statuses.filter((status) => status === 'lifted').length,
    appeals,
    past: past.slice(0, 50).map((measure) => ({
      decisionId: measure.decision.id,
      number: measure.statement.number,
      subjectTitle: measure.statement.subject.title,
      tag: measures[measure.decision.measure].tag,
      policyTitle: measure.statement.ground.title,
      takenAt: at(measure.decision.takenAt),
      status: statusSentence(measure, now),
    })),
  }
}
