/** Cases as readers see them: the seller's own, and everything that a desk needs to decide. */
import {
  barredFrom,
  barredFromCase,
  hasSender,
  nextInstant,
  promisedBy,
  secondLookDesk,
  type Barred,
  type Case,
} from '../core/case.ts'
import type { Call } from '../core/call.ts'
import { mayNow } from '../core/case-command.ts'
import { isBundled } from '../core/bundle.ts'
import type { Answer } from '../core/objection.ts'
import type { Verdict } from '../core/finding.ts'
import type { ListingVersion } from '../core/listing.ts'
import { measures } from '../core/measure.ts'
import type { Command } from '../core/permission.ts'
import type { Jurisdiction } from '../core/policy.ts'
import type { Procedure } from '../core/procedure.ts'
import { refuse, type Refusal } from '../core/refusal.ts'
import type { Withholding } from '../core/withholding.ts'
import { callsOfCase } from '../store/call.ts'
import { casesOfSeller, readCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { measuresOfSeller, measuresOn, readMeasure, type MeasureRecord } from '../store/decision.ts'
import { readCaseEvents, type EventRecord } from '../store/event.ts'
import { filesOfCase, type FileRecord } from '../store/file.ts'
import { countListings, readListing } from '../store/listing.ts'
import { readPolicy } from '../store/policy.ts'
import { procedureOf } from '../store/procedure.ts'
import { memberNames, type MemberNames } from '../store/member.ts'
import { notesOfCase, type NoteOnCase } from '../store/note.ts'
import { readSeller, type Seller } from '../store/seller.ts'
import { staffByEmail, staffNames } from '../store/staff.ts'
import { readSubject, type Owed } from '../store/subject.ts'
import { similarCases, type SimilarCase } from '../store/similar-case.ts'
import { healthCheckOf, type HealthCheck } from './account-health.ts'
import type { App } from './app.ts'
import { besideOf, type BesideView } from './beside.ts'
import { mayBeCalledAbout } from './call.ts'
import { allowedTo, waysOn, type DeskAction, type Ways } from './case-ways.ts'
import { checkOf, type CheckView } from './check-view.ts'
import { complaintAtDesk, type ComplaintAtDesk } from './complaint-desk.ts'
import { knownGapsOfCase } from './known-gaps.ts'
import { lettersFor, type LetterView } from './letter-view.ts'
import { maySeeCase } from './matter.ts'
import { reopenUntil } from './own-case.ts'
import { isPermitted, permit, whyNotTheirs } from './permit.ts'
import { claimAtDesk, type ClaimAtDesk } from './recovery-desk.ts'
import { repairAtDesk, type RepairAtDesk } from './repair-desk.ts'
import { done, type Result } from './result.ts'
import { readSentNotices, type SentNoticeView } from './sent-notice.ts'
import { verdictOn } from './screening.ts'
import type { StaffReader, Who } from './who.ts'
import { withheldFrom } from './withholding.ts'

/** A case with everything that a door needs to show it; a claim may be about no seller that anybody knows. */
export interface CaseView<Of extends Seller | null = Seller> {
  case: Case
  procedure: Procedure
  seller: Of
  /** The contested decisions, by id. */
  measures: Map<string, MeasureRecord>
  events: EventRecord[]
  files: FileRecord[]
  /** Names of people of staff, by id. */
  people: Map<string, string>
  /** Members of the seller who may have written in it. */
  members: MemberNames
  /** What is owed to each subject it is about. */
  subjects: Owed[]
  /** Of the procedure that it follows, in sentences. */
  knownGaps: string[]
  secondLookDesk: string | null
  /** By when the last answer was promised; null once it is over. */
  promisedBy: Date | null
  /** Every call that was picked, oldest first. */
  calls: Call[]
  allowed: ('write' | 'contest' | 'reopen' | 'withdraw' | 'call')[]
}

/** What one objection gives the desk to decide on. */
export interface ContestedView {
  objectionId: string
  measure: MeasureRecord
  /** The text as it is now and its verdict, where it is no longer the judged one. */
  now: { listing: ListingVersion; verdict: Verdict } | null
  barred: Refusal | null
  /** What the seller was not told of how it was detected, where this reader may know it. */
  withholding: Withholding | null
  powers: Answer['power'][]
  /** Other measures in force on the same subject, which stay when this one goes. */
  others: MeasureRecord[]
}

export interface SellerHistory {
  seller: Seller
  listings: number
  appeals: number
  measures: MeasureRecord[]
}

export interface DeskCaseView
  extends Omit<CaseView<Seller | null>, 'allowed'>, Omit<Ways, 'mayAnswer'> {
  notices: SentNoticeView[]
  contested: ContestedView[]
  check: CheckView | null
  /** What a check about an account asks; null for every other case. */
  accountCheck: HealthCheck | null
  /** What a claimant says, and what is known of it; null for every other case. */
  claim: ClaimAtDesk | null
  /** What is known of a complaint; null for every other case, and for who does not work on cases. */
  complaint: ComplaintAtDesk | null
  /** Why decisions are judged anew; null for every other case. */
  repair: RepairAtDesk | null
  /** What is so of the seller beside what they ask; null for what is no question. */
  beside: BesideView | null
  history: SellerHistory | null
  /** Letters that it has, oldest first. */
  letters: LetterView[]
  /** What colleagues noted, oldest first. Stands here and in no view of a seller. */
  notes: NoteOnCase[]
  similar: SimilarCase[]
  allowed: DeskAction[]
  /** Whether this reader may impose measures by hand at all. */
  mayImpose: boolean
  /** Why this reader can't decide any of it. */
  barred: Refusal | null
}

/** A case with what became of the notices about it. */
export type ToldCase = CaseView & { notices: SentNoticeView[] }

/** A case as its seller sees it. Another seller's, a check, or one outside the link's matter is `not_found`. */
export async function readSellerCase(
  app: App,
  who: Who,
  caseId: string,
): Promise<Result<ToldCase>> {
  const may = permit(app, who, 'seller.getCase')
  if (!may.ok) return may
  const { reader } = may
  return transact(app.db, may.wall, async (tx) => {
    const held = await readCase(tx, caseId)
    if (held === null || !hasSender(held)) return refuse('not_found')
    if (!(await maySeeCase(app, tx, { reader, command: 'seller.getCase' }, held)))
      return refuse('not_found')
    const view = withoutKept(await viewOf(app, tx, held, await sellerOf(tx, reader.sellerId)))
    const isBooked = view.calls.some(({ state }) => state === 'booked')
    const mayCall = app.help?.calls !== undefined && !isBooked && mayBeCalledAbout(held)
    const possible: CaseView['allowed'] = mayCall ? [...view.allowed, 'call'] : view.allowed
    const allowed = possible.filter((each) => isPermitted(app, who, ownCommandOf[each]))
    return done({
      ...view,
      allowed,
      files: ofSeller(view.files, reader.sellerId),
      notices: ofSeller(await readSentNotices(tx, { caseId }), reader.sellerId),
    })
  })
}

/** Of what belongs to a case, what is the seller's: a complaint brings files and notices of its reporter. */
export function ofSeller<One extends { sellerId: string | null }>(
  all: One[],
  sellerId: string,
): One[] {
  return all.filter((one) => one.sellerId === sellerId)
}

const ownCommandOf = {
  write: 'seller.writeInCase',
  contest: 'seller.contestCase',
  reopen: 'seller.reopenCase',
  withdraw: 'seller.withdrawCase',
  call: 'seller.bookCall',
} as const satisfies Record<CaseView['allowed'][number], Command>

/** A case as the desk sees it, with what this reader may do now and why not. */
export async function readDeskCase(
  app: App,
  who: Who,
  caseId: string,
  jurisdiction: Jurisdiction,
): Promise<Result<DeskCaseView>> {
  const may = permit(app, who, 'desk.getCase')
  if (!may.ok) return may
  const { reader } = may
  return transact(app.db, may.wall, async (tx) => {
    const held = await readCase(tx, caseId)
    if (held === null) return refuse('not_found')
    const claim = await claimAtDesk(app, tx, held, { who, reader })
    const sellerId = claim === null ? held.sellerId : claim.claim.sellerId
    const seller = sellerId === null ? null : await sellerOf(tx, sellerId)
    const view = await viewOf(app, tx, held, seller)
    const barred = await barredOf(app, tx, { command: 'desk.decideCase', held })
    const notTheirs = whyNotTheirs(app, 'desk.releaseCase', reader, held)
    const contested: ContestedView[] = []
    for (const objection of held.objections) {
      const measure = view.measures.get(objection.decisionId)
      if (measure)
        contested.push(
          await contestedOf(app, tx, view, {
            objectionId: objection.id,
            measure,
            barred,
            reader,
            jurisdiction,
          }),
        )
    }
    // Who found a complaint to be so or not looks no second time.
    const foundBefore =
      held.complaint !== null && held.decidedBy.includes(reader.id) ? 'decided_before' : null
    const whyNot = barredFromCase(barred, held, reader.id) ?? foundBefore
    const ways = waysOn(held, view.procedure, app.now())
    const isOpen = held.state === 'open'
    const complaint = await complaintAtDesk(app, tx, held, reader)
    // Who complains is for people who work on cases; everybody else here reads what the seller does.
    const knowsAll = held.complaint === null || complaint !== null
    const seen = <One extends { sellerId: string | null }>(all: One[]) =>
      knowsAll ? all : ofSeller(all, sellerId ?? '')
    return done({
      ...view,
      files: seen(view.files),
      contested,
      check: await checkOf(tx, held),
      accountCheck: await healthCheckOf(app, tx, held),
      complaint,
      claim,
      repair: await repairAtDesk(tx, held),
      beside: await besideOf(app, tx, held, seller),
      history: seller && (await historyOf(app, tx, seller)),
      letters: await lettersFor(app, tx, held, { who, reader }),
      notes: await notesOfCase(tx, held.id),
      similar: await similarTo(tx, held, contested),
      notices: seen(await readSentNotices(tx, { caseId })),
      ...ways,
      mayImpose: isPermitted(app, who, 'desk.imposeMeasure'),
      allowed: [
        ...(whyNot === null ? allowedTo(app, held, { who, reader, ways }) : []),
        // Also who may not decide it tells colleagues what they know.
        ...(isPermitted(app, who, 'desk.writeNote') ? (['note'] as const) : []),
        ...(isPermitted(app, who, 'letters.bundle') && isBundled(held)
          ? (['bundle'] as const)
          : []),
      ],
      barred: isOpen ? (notTheirs?.refusal ?? whyNot) : null,
    })
  })
}

/** How the same was decided before: same rule and measure, the same matched words first. */
async function similarTo(tx: Tx, held: Case, contested: ContestedView[]): Promise<SimilarCase[]> {
  const [first] = contested
  if (!first) return []
  const { decision, statement } = first.measure
  const words = statement.facts.evidence.flatMap(({ text }) => (text === null ? [] : [text]))
  return similarCases(tx, {
    caseId: held.id,
    policy: decision.ground.policy,
    measure: decision.measure,
    words,
  })
}

/** Who may not answer each objection: who took the measure, and who wrote the policy version. */
export async function barredOf(
  { judge }: Pick<App, 'judge'>,
  tx: Tx,
  { command, held }: { command: Command; held: Case },
): Promise<Record<string, Barred>> {
  const mindsTaker = judge.asks(command, 'not-the-taker')
  const mindsAuthor = judge.asks(command, 'not-the-author')
  const barred: Record<string, Barred> = {}
  for (const objection of held.objections) {
    const measure = await readMeasure(tx, objection.decisionId)
    if (measure === null) continue
    const { takenBy, ground } = measure.decision
    const policy = await readPolicy(tx, ground.policy, ground.version)
    const author = policy ? await staffByEmail(tx, policy.policy.author) : null
    barred[objection.id] = {
      takenBy: mindsTaker && takenBy.kind === 'person' ? takenBy.id : null,
      policyAuthor: mindsAuthor ? (author?.id ?? null) : null,
    }
  }
  return barred
}

/** Everything that a door needs to show a case, behind whichever wall the transaction runs. */
export async function viewOf<Of extends Seller | null>(
  app: App,
  tx: Tx,
  held: Case,
  seller: Of,
): Promise<CaseView<Of>> {
  const procedure = await procedureOf(tx, held.procedureId)
  const contested = new Map<string, MeasureRecord>()
  const subjects = new Map<string, Owed>()
  for (const { decisionId } of held.objections) {
    const measure = await readMeasure(tx, decisionId)
    if (measure === null) continue
    contested.set(decisionId, measure)
    const owed = await readSubject(tx, measure.decision.subject)
    if (owed) subjects.set(owed.subject.id, owed)
  }
  // What was found of a complaint is its reporter's to contest, and no seller's.
  const mayContest = held.complaint === null && mayNow(held, 'contest')
  const desk = mayContest ? secondLookDesk(held, procedure) : null
  const allowed: CaseView['allowed'] = []
  if (mayNow(held, 'write')) allowed.push('write')
  if (desk !== null) allowed.push('contest')
  if (await mayReopen(app, tx, held)) allowed.push('reopen')
  if (mayNow(held, 'withdraw')) allowed.push('withdraw')
  return {
    case: held,
    procedure,
    seller,
    measures: contested,
    calls: await callsOfCase(tx, held.id),
    events: await readCaseEvents(tx, held.id),
    files: await filesOfCase(tx, held.id),
    people: await staffNames(tx),
    members: seller === null ? new Map<string, never>() : await memberNames(tx, seller.id),
    subjects: [...subjects.values()],
    knownGaps: await knownGapsOfCase(tx, held),
    secondLookDesk: desk,
    promisedBy: nextInstant(held) === null ? null : promisedBy(held, procedure),
    allowed,
  }
}

/** The same for its seller: without scans of what somebody keeps from them. The database holds these back, too. */
export function withoutKept(view: CaseView): CaseView {
  return { ...view, files: view.files.filter(({ isKept }) => isKept !== true) }
}

/** Whether new facts could open a decided case again: once, and as long as a decision can be contested. */
async function mayReopen(app: App, tx: Tx, held: Case): Promise<boolean> {
  if (!mayNow(held, 'reopen') || held.reopenedAt !== null) return false
  if (!held.objections.some(({ outcome }) => outcome === 'measure_stands')) return false
  const until = await reopenUntil(app, tx, held)
  return until === null || app.now() <= until
}

/** What is known of a seller at the desk: how long, how much, and what was taken back. */
export async function historyOf(app: App, tx: Tx, seller: Seller): Promise<SellerHistory> {
  return {
    seller,
    listings: await countListings(tx, seller.id),
    appeals: (await casesOfSeller(tx, seller.id)).filter(({ kind }) => kind === 'appeal').length,
    measures: await measuresOfSeller(tx, seller.id, app.now()),
  }
}

async function contestedOf(
  app: App,
  tx: Tx,
  view: CaseView<Seller | null>,
  {
    objectionId,
    measure,
    barred,
    reader,
    jurisdiction,
  }: {
    objectionId: string
    measure: MeasureRecord
    barred: Record<string, Barred>
    reader: StaffReader
    jurisdiction: Jurisdiction
  },
): Promise<ContestedView> {
  const { subject, judged } = measure.decision
  const sold = judged && (await readListing(tx, judged.listingId))
  const isEdited = sold !== null && sold.version.version !== judged?.version
  const deskMay = view.procedure.desks[view.case.desk]?.may ?? []
  const powers = (['grant', 'narrow', 'deny'] as const).filter(
    (power) =>
      deskMay.includes(power) &&
      (power !== 'narrow' || measures[measure.decision.measure].narrowsTo !== null),
  )
  const on = await measuresOn(tx, subject)
  return {
    objectionId,
    measure,
    now: isEdited
      ? { listing: sold.version, verdict: await verdictOn(tx, sold.version, jurisdiction) }
      : null,
    barred: barredFrom(barred[objectionId], view.case, reader.id),
    withholding: await withheldFrom(app, tx, reader, measure.decision.id),
    powers,
    others: on.filter(
      (other) => other.decision.id !== measure.decision.id && other.action.endedAt === null,
    ),
  }
}

async function sellerOf(tx: Tx, id: string): Promise<Seller> {
  const seller = await readSeller(tx, id)
  if (seller === null) throw new Error(`read seller ${id}: it is not kept`)
  return seller
}
