/** Joining turns a question into the appeal that it is: a new one, or one that is open on the same decision. */
import { hasReachedSeller } from '../core/action.ts'
import { caseNumber, openCase, type Case } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { countsFrom, deskOf, joinedEvent, withPromiseOf, wordsOf } from '../core/joining.ts'
import { measureInProcedure } from '../core/measure.ts'
import { routeTo } from '../core/procedure.ts'
import { refuse } from '../core/refusal.ts'
import { sayings } from '../core/thread.ts'
import { moveBookedCall } from '../store/call.ts'
import { insertCase, lockCase, nextCaseNumber, readCase, saveCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { readMeasure, type MeasureRecord } from '../store/decision.ts'
import { readCaseEvents, recordEvents } from '../store/event.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { joinAppeal, moveFiles } from '../store/joining.ts'
import { currentProcedure, procedureOf } from '../store/procedure.ts'
import { readSeller } from '../store/seller.ts'
import { fileAppeal, openAppealOn, whyNotContestable, type AppealFiled } from './appeal.ts'
import type { App } from './app.ts'
import { tellTurned } from './arrival.ts'
import { writeInCase } from './own-case.ts'
import { permit, whyNotTheirs } from './permit.ts'
import { done, RefusedError, refusalOf, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

/**
 * Files an appeal; where another door opened the same one before, in this moment or earlier, its words and files go there:
 * a seller who wrote a mail and presses the button besides has one matter, and nothing they said is lost.
 */
export async function fileOrJoinAppeal(
  app: App,
  who: Who,
  filed: AppealFiled,
  idempotency: Idempotency | null,
): Promise<Result<{ caseId: string }>> {
  const opened = await fileAppeal(app, who, filed, idempotency)
  const [objection, ...more] = filed.objections
  if (opened.ok || opened.refusal !== 'already_appealed') return opened
  if (objection === undefined || more.length > 0) return opened
  const may = permit(app, who, 'seller.fileAppeal')
  if (!may.ok) return may
  const found = await transact(app.db, may.wall, (tx) => openAppealOn(tx, objection.decisionId))
  // What was contested here by the same button is no second matter: its page shows where it is.
  if (found === null || found.channel === 'button' || found.channel === 'link') return opened
  const fileIds = (objection.exhibits ?? []).flatMap(({ fileIds: shown }) => shown)
  return writeInCase(
    app,
    who,
    {
      caseId: found.id,
      text: sayings([objection]) ?? '',
      fileIds: [...new Set([...filed.fileIds, ...fileIds])],
    },
    idempotency,
  )
}

/**
 * Turns a held question into an appeal against a decision on its seller, with the seller's words as the objection.
 * Where that decision is contested already and not yet decided, the words are added there.
 */
export function turnIntoAppeal(
  app: App,
  who: Who,
  { caseId, decisionId }: { caseId: string; decisionId: string },
): Promise<Result<{ caseId: string; appealId: string }>> {
  const may = permit(app, who, 'desk.turnIntoAppeal')
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const work = transact(app.db, may.wall, async (tx) => {
    const question = await lockCase(tx, caseId)
    // Behind the wall only the cases of one's own desks can be locked, and all can be read.
    const seen = question ?? (await readCase(tx, caseId))
    if (seen === null) return refuse('not_found')
    const why = whyNotTheirs(app, 'desk.turnIntoAppeal', reader, seen)
    if (why) return why
    if (question === null) return refuse('not_allowed')
    const measure = await readMeasure(tx, decisionId)
    if (measure === null || measure.decision.sellerId !== question.sellerId)
      return refuse('not_found')
    return turn(app, tx, { question, measure, reader })
  })
  return refusalOf(work)
}

interface Turning {
  question: Case
  measure: MeasureRecord
  reader: StaffReader
}

async function turn(
  app: App,
  tx: Tx,
  turning: Turning,
): Promise<Result<{ caseId: string; appealId: string }>> {
  const { question, measure, reader } = turning
  const now = app.now()
  const text = wordsOf(await readCaseEvents(tx, question.id))
  const open = await openAppealOn(tx, measure.decision.id)
  // In thought first: what may not be done to the question does nothing to an appeal.
  const procedure = await procedureOf(tx, question.procedureId)
  const into = open ?? {
    id: app.newId('cas'),
    kind: 'appeal' as const,
    number: await nextCaseNumber(tx),
  }
  const closed = changeCase(
    question,
    { do: 'join', by: reader.id, into: { caseId: into.id, number: caseNumber(into) } },
    procedure,
    now,
  )
  if (!closed.ok) return closed
  const appeal =
    open === null
      ? await openFrom(app, tx, { ...turning, text, id: into.id, number: into.number })
      : await addTo(tx, open, { ...turning, text, now })
  if (!appeal.ok) throw new RefusedError(appeal)
  await moveFiles(tx, { from: question.id, to: into.id })
  await moveBookedCall(tx, { from: question.id, to: into.id })
  await tellTurned(app, tx, appeal.value, { question, by: reader.name, isNew: open === null })
  await saveCase(tx, closed.case, closed.events, now)
  return done({ caseId: question.id, appealId: into.id })
}

async function openFrom(
  app: App,
  tx: Tx,
  {
    question,
    measure,
    reader,
    text,
    id,
    number,
  }: Turning & { text: string; id: string; number: number },
): Promise<Result<Case>> {
  const now = app.now()
  const sellerId = question.sellerId
  if (sellerId === null || !hasReachedSeller(measure.action, now)) return refuse('not_found')
  const timeZone = (await readSeller(tx, sellerId))?.timeZone ?? app.timeZone
  const refused = await whyNotContestable(tx, measure, { now, timeZone })
  if (refused) return refused
  const { id: procedureId, procedure } = await currentProcedure(tx)
  const matter = measureInProcedure(measure.decision.measure)
  const routed = routeTo(procedure, matter, 'contact')
  if (routed === null) return refuse('no_way_in')
  const desk = deskOf(question, routed, procedure)
  const opened = openCase(
    {
      id,
      number,
      kind: 'appeal',
      matter,
      channel: 'contact',
      sellerId,
      procedureId,
      desk,
      by: reader.id,
      text: null,
      objections: [
        {
          id: app.newId('obj'),
          decisionId: measure.decision.id,
          measure: measure.decision.measure,
          track: 'dispute',
          text,
          remedy: null,
        },
      ],
      check: null,
      overdueSince: null,
    },
    procedure,
    now,
  )
  if (!opened.ok) return opened
  const appeal = withPromiseOf(opened.case, question, { procedure, now })
  const from = { from: caseNumber(question), fromId: question.id }
  const events = opened.events.map((event) =>
    event.kind === 'case.opened'
      ? { ...event, detail: { ...event.detail, ...from } }
      : { ...event, detail: { ...event.detail, dueAt: appeal.dueAt.toISOString() } },
  )
  await insertCase(tx, appeal, events, now)
  return done(appeal)
}

/** What was asked is said there; its desk and its clock stay, and the earlier of the two dates counts. */
async function addTo(
  tx: Tx,
  appeal: Case,
  { question, reader, text, now }: Turning & { text: string; now: Date },
): Promise<Result<Case>> {
  const since = countsFrom(question)
  if (!(await joinAppeal(tx, appeal.id, since))) return refuse('wrong_state')
  const event = joinedEvent(reader.id, { id: question.id, number: caseNumber(question), text })
  await recordEvents(tx, [
    { ...event, at: now, sellerId: appeal.sellerId, caseId: appeal.id, decisionId: null },
  ])
  return done((await readCase(tx, appeal.id)) ?? appeal)
}
