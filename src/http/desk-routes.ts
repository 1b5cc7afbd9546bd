/** What the desk does over HTTP: queues, cases, findings, and measures by hand. */
import type { CaseForDesk } from '../contract/desk.ts'
import {
  answerCase,
  askSeller,
  concludeCheck,
  decideCase,
  findComplaint,
  forwardCase,
  linkSeller,
  releaseCase,
  takeCase,
  takeNextCase,
  undoCase,
} from '../operations/case.ts'
import { doBulk, previewBulk } from '../operations/bulk.ts'
import { actOnReporter, liftFromReporter } from '../operations/misuse.ts'
import { markCall, readDeskCalls } from '../operations/call.ts'
import { readDeskCase } from '../operations/case-view.ts'
import { giveOpinion, recordPapers, setFirstSign } from '../operations/claim-desk.ts'
import { readQueue } from '../operations/queue.ts'
import { listFlagged } from '../operations/finding.ts'
import { turnIntoAppeal } from '../operations/joining.ts'
import { findListingsForDesk, readListingForDesk } from '../operations/listing.ts'
import { hastenClosing, imposeByHand, previewMeasure, undoMeasure } from '../operations/measure.ts'
import { noteOnCase, takeBackOwnNote } from '../operations/note.ts'
import { showPresence } from '../operations/presence.ts'
import type { Result } from '../operations/result.ts'
import { findSellersForDesk, readSellerForDesk } from '../operations/seller.ts'
import { readWithheld } from '../operations/withholding.ts'
import { measures } from '../core/measure.ts'
import { getAlarm } from './alarm-routes.ts'
import { bulkWords, previewView } from './bulk-view.ts'
import { deskCallView } from './call-view.ts'
import { on, type Context } from './context.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { deskCaseView, queueView, type DeskReader } from './desk-view.ts'
import { flaggedView, listingForDesk } from './listing-view.ts'
import { sellerForDesk } from './desk-seller-view.ts'
import { valueOf } from './problem.ts'

export const deskRoutes = {
  getAlarm,
  getQueue: on.desk.getQueue.handler(async ({ input, context }) =>
    queueView(
      valueOf(await readQueue(context.door.app, context.who, { desk: input.desk ?? null })),
      readerOf(context),
    ),
  ),
  getCase: on.desk.getCase.handler(async ({ input, context }) => readCase(context, input.caseId)),
  takeCase: on.desk.takeCase.handler(async ({ input, context }) =>
    changed(context, takeCase(context.door.app, context.who, input.caseId)),
  ),
  takeNextCase: on.desk.takeNextCase.handler(async ({ input, context }) =>
    changed(context, takeNextCase(context.door.app, context.who, { desk: input.desk ?? null })),
  ),
  forwardCase: on.desk.forwardCase.handler(async ({ input, context }) =>
    changed(context, forwardCase(context.door.app, context.who, input)),
  ),
  askSeller: on.desk.askSeller.handler(async ({ input, context }) =>
    changed(context, askSeller(context.door.app, context.who, input)),
  ),
  answerCase: on.desk.answerCase.handler(async ({ input, context }) =>
    changed(context, answerCase(context.door.app, context.who, input)),
  ),
  undoCase: on.desk.undoCase.handler(async ({ input, context }) =>
    changed(context, undoCase(context.door.app, context.who, input.caseId)),
  ),
  linkSeller: on.desk.linkSeller.handler(async ({ input, context }) =>
    changed(context, linkSeller(context.door.app, context.who, input)),
  ),
  giveOpinion: on.desk.giveOpinion.handler(async ({ input, context: { door, who } }) =>
    valueOf(await giveOpinion(door.app, who, input)),
  ),
  recordPapers: on.desk.recordPapers.handler(async ({ input, context: { door, who } }) =>
    valueOf(await recordPapers(door.app, who, input)),
  ),
  setFirstSign: on.desk.setFirstSign.handler(async ({ input, context: { door, who } }) =>
    valueOf(await setFirstSign(door.app, who, input)),
  ),
  turnIntoAppeal: on.desk.turnIntoAppeal.handler(async ({ input, context }) =>
    changed(context, turnIntoAppeal(context.door.app, context.who, input)),
  ),
  getCalls: on.desk.getCalls.handler(async ({ context: { door, who } }) => ({
    calls: valueOf(await readDeskCalls(door.app, who)).map(deskCallView),
    now: door.app.now().toISOString(),
  })),
  markCall: on.desk.markCall.handler(async ({ input, context: { door, who } }) =>
    valueOf(await markCall(door.app, who, input)),
  ),
  writeNote: on.desk.writeNote.handler(async ({ input, context }) =>
    changed(context, noteOnCase(context.door.app, context.who, input, context.idempotency)),
  ),
  takeBackNote: on.desk.takeBackNote.handler(async ({ input, context }) =>
    changed(context, takeBackOwnNote(context.door.app, context.who, input.noteId)),
  ),
  showPresence: on.desk.showPresence.handler(async ({ input, context: { door, who } }) => ({
    others: valueOf(await showPresence(door.app, who, input)),
  })),
  previewBulk: on.desk.previewBulk.handler(async ({ input, context }) =>
    previewView(
      valueOf(await previewBulk(context.door.app, context.who, input)),
      readerOf(context),
    ),
  ),
  doBulk: on.desk.doBulk.handler(async ({ input, context }) => {
    const { door, who, idempotency } = context
    const done = valueOf(await doBulk(door.app, who, input, idempotency))
    return { caseId: done.caseId, words: bulkWords(done, readerOf(context), { isDone: true }) }
  }),
  releaseCase: on.desk.releaseCase.handler(async ({ input, context }) =>
    changed(context, releaseCase(context.door.app, context.who, input.caseId)),
  ),
  decideCase: on.desk.decideCase.handler(async ({ input, context }) =>
    changed(context, decideCase(context.door.app, context.who, input)),
  ),
  findComplaint: on.desk.findComplaint.handler(async ({ input, context }) =>
    changed(context, findComplaint(context.door.app, context.who, input)),
  ),
  actOnReporter: on.desk.actOnReporter.handler(async ({ input, context }) =>
    changed(context, actOnReporter(context.door.app, context.who, input)),
  ),
  liftFromReporter: on.desk.liftFromReporter.handler(async ({ input, context }) =>
    changed(context, liftFromReporter(context.door.app, context.who, input)),
  ),
  concludeCheck: on.desk.concludeCheck.handler(async ({ input, context }) =>
    changed(context, concludeCheck(context.door.app, context.who, input)),
  ),
  listFlagged: on.desk.listFlagged.handler(async ({ input, context: { door, who } }) => {
    const { policy = null, outcome = null, search = null, cursor } = input
    const after = cursor === undefined ? null : readCursor(cursor)
    const found = valueOf(
      await listFlagged(door.app, who, {
        policy,
        outcome,
        search: search?.trim() === '' ? null : search,
        after,
      }),
    )
    return {
      findings: found.findings.map((finding) => flaggedView(finding, door.app)),
      nextCursor: found.next && writeCursor(found.next),
      screened: found.screened,
      flagged: found.byPolicy.reduce((sum, { review, deactivate }) => sum + review + deactivate, 0),
      byPolicy: found.byPolicy,
    }
  }),
  findListings: on.desk.findListings.handler(async ({ input, context: { door, who } }) =>
    valueOf(await findListingsForDesk(door.app, who, input.search)).map(
      ({ id, title, sellerName, measure }) => ({
        id,
        title,
        sellerName,
        tag: measure && measures[measure.decision.measure].tag,
      }),
    ),
  ),
  getListing: on.desk.getListing.handler(async ({ input, context }) =>
    listingForDesk(
      valueOf(await readListingForDesk(context.door.app, context.who, input.listingId)),
      readerOf(context),
    ),
  ),
  findSellers: on.desk.findSellers.handler(async ({ input, context: { door, who } }) =>
    valueOf(await findSellersForDesk(door.app, who, input.search)).map(({ id, name, measure }) => ({
      id,
      name,
      tag: measure && measures[measure.decision.measure].tag,
    })),
  ),
  getSeller: on.desk.getSeller.handler(async ({ input, context }) =>
    sellerForDesk(
      valueOf(await readSellerForDesk(context.door.app, context.who, input.sellerId)),
      readerOf(context),
    ),
  ),
  hastenClosing: on.desk.hastenClosing.handler(async ({ input, context: { door, who } }) =>
    valueOf(await hastenClosing(door.app, who, input)),
  ),
  previewMeasure: on.desk.previewMeasure.handler(async ({ input, context: { door, who } }) => {
    const { statement, mail, owedBefore, owedAfter } = valueOf(
      await previewMeasure(door.app, who, impositionOf(input)),
    )
    const text = [
      mail.body.opening,
      ...mail.body.sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs]),
    ].join('\n\n')
    return { statement, mail: { subject: mail.subject, text }, owedBefore, owedAfter }
  }),
  imposeMeasure: on.desk.imposeMeasure.handler(
    async ({ input, context: { door, who, idempotency } }) => {
      const { decisionId, number, undoUntil } = valueOf(
        await imposeByHand(door.app, who, impositionOf(input), idempotency),
      )
      return { decisionId, number: `D-${number}`, undoUntil }
    },
  ),
  getWithholding: on.desk.getWithholding.handler(async ({ input, context: { door, who } }) =>
    valueOf(await readWithheld(door.app, who, input.decisionId)),
  ),
  undoMeasure: on.desk.undoMeasure.handler(async ({ input, context: { door, who } }) => {
    const { id, number } = valueOf(await undoMeasure(door.app, who, input.decisionId))
    return { decisionId: id, number: `D-${number}` }
  }),
}

function impositionOf<T extends { endsAt: string | null }>(input: T) {
  return { ...input, endsAt: input.endsAt === null ? null : new Date(input.endsAt) }
}

async function changed(
  context: Context,
  command: Promise<Result<{ caseId: string }>>,
): Promise<CaseForDesk> {
  return readCase(context, valueOf(await command).caseId)
}

async function readCase(context: Context, caseId: string): Promise<CaseForDesk> {
  const { door, who } = context
  return deskCaseView(
    valueOf(await readDeskCase(door.app, who, caseId, door.config.jurisdiction)),
    readerOf(context),
  )
}

function readerOf({ door, who }: Context): DeskReader {
  return {
    id: who.kind === 'staff' ? who.id : '',
    now: door.app.now(),
    timeZone: door.app.timeZone,
    rules: door.app.health,
  }
}
