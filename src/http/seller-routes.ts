/** What sellers do over HTTP: read how they stand, send evidence, appeal, ask, write, contest, bring something new, take back. */
import { readOwnChanges, returnOwnChanges } from '../operations/claim-owner.ts'
import type { CaseForSeller } from '../contract/case.ts'
import { readBelongings } from '../operations/belongings.ts'
import { bookCall, cancelCall, readCallSlots } from '../operations/call.ts'
import { readSellerCase } from '../operations/case-view.ts'
import { describeFile, keepFile } from '../operations/file.ts'
import { makePass } from '../operations/file-pass.ts'
import { fileOrJoinAppeal } from '../operations/joining.ts'
import { contestCase, reopenCase, withdrawCase, writeInCase } from '../operations/own-case.ts'
import { readOwnComplaints } from '../operations/own-complaint.ts'
import { askQuestion } from '../operations/question.ts'
import type { Result } from '../operations/result.ts'
import { readOnSale, readSellerHome } from '../operations/seller.ts'
import { readStatement } from '../operations/statement.ts'
import { belongingsView } from './belongings-view.ts'
import { slotsView } from './call-view.ts'
import { sellerCaseView, sellerHomeView } from './case-view.ts'
import { ownComplaintsView } from './complaint-view.ts'
import { on, type Context } from './context.ts'
import { ownChangesView } from './claim-view.ts'
import { readCursor } from './cursor.ts'
import { fileAddress } from './file-door.ts'
import { opensAs } from './file-kind.ts'
import { fileView, onSaleView, statementView } from './measure-view.ts'
import { atPace, paceKey } from './pace.ts'
import { valueOf } from './problem.ts'
import { readUpload } from './upload.ts'

/** What a seller writes comes at their own pace. Uploads are paced where their bytes are taken in. */
const writing = on.use(({ context: { door, who, ip }, next }) =>
  atPace(door.pace, paceKey(who, ip), async () => next()),
)

export const sellerRoutes = {
  getHome: on.seller.getHome.handler(async ({ context: { door, who } }) =>
    sellerHomeView(valueOf(await readSellerHome(door.app, who)), {
      now: door.app.now(),
      rules: door.app.health,
    }),
  ),
  getOnSale: on.seller.getOnSale.handler(async ({ context: { door, who } }) =>
    onSaleView(valueOf(await readOnSale(door.app, who)), door.app.now()),
  ),
  getChanges: on.seller.getChanges.handler(async ({ context: { door, who } }) =>
    ownChangesView(valueOf(await readOwnChanges(door.app, who))),
  ),
  returnChanges: writing.seller.returnChanges.handler(async ({ input, context: { door, who } }) => {
    valueOf(await returnOwnChanges(door.app, who, { changes: input.changes ?? null }))
    return ownChangesView(valueOf(await readOwnChanges(door.app, who)))
  }),
  getStatement: on.seller.getStatement.handler(async ({ input, context: { door, who } }) =>
    statementView(valueOf(await readStatement(door.app, who, input.decisionId)), door.app.now()),
  ),
  uploadFile: on.seller.uploadFile.handler(async ({ input, context: { door, who } }) =>
    fileView(valueOf(await keepFile(door.app, who, await readUpload(input.file)))),
  ),
  readFile: on.seller.readFile.handler(async ({ input, context: { door, who } }) => {
    const { app, config } = door
    const file = valueOf(await describeFile(app, who, input.fileId))
    const { secret } = config
    const pass = valueOf(makePass(who, { fileId: file.id, secret, now: app.now() }))
    return {
      ...fileView(file),
      address: fileAddress(config, pass.token),
      until: pass.until.toISOString(),
      opens: opensAs(file.mediaType, config),
    }
  }),
  fileAppeal: writing.seller.fileAppeal.handler(async ({ input, context }) =>
    changed(context, fileOrJoinAppeal(context.door.app, context.who, input, context.idempotency)),
  ),
  getCase: on.seller.getCase.handler(async ({ input, context }) => readCase(context, input.caseId)),
  getBelongings: on.seller.getBelongings.handler(async ({ context: { door, who } }) =>
    belongingsView(valueOf(await readBelongings(door.app, who)), door.app.now()),
  ),
  askQuestion: writing.seller.askQuestion.handler(async ({ input, context }) =>
    changed(context, askQuestion(context.door.app, context.who, input, context.idempotency)),
  ),
  getCallSlots: on.seller.getCallSlots.handler(async ({ context: { door, who } }) =>
    slotsView(valueOf(await readCallSlots(door.app, who))),
  ),
  bookCall: writing.seller.bookCall.handler(async ({ input, context }) =>
    changed(
      context,
      bookCall(
        context.door.app,
        context.who,
        { ...input, startsAt: new Date(input.startsAt) },
        context.idempotency,
      ),
    ),
  ),
  cancelCall: writing.seller.cancelCall.handler(async ({ input, context }) =>
    changed(context, cancelCall(context.door.app, context.who, input.callId)),
  ),
  writeInCase: writing.seller.writeInCase.handler(async ({ input, context }) =>
    changed(context, writeInCase(context.door.app, context.who, input, context.idempotency)),
  ),
  contestCase: writing.seller.contestCase.handler(async ({ input, context }) =>
    changed(context, contestCase(context.door.app, context.who, input, context.idempotency)),
  ),
  reopenCase: writing.seller.reopenCase.handler(async ({ input, context }) =>
    changed(context, reopenCase(context.door.app, context.who, input, context.idempotency)),
  ),
  listComplaints: on.seller.listComplaints.handler(async ({ input, context: { door, who } }) => {
    const cursor = input?.cursor
    const before = cursor === undefined ? null : Number(readCursor(cursor).id)
    return ownComplaintsView(
      valueOf(await readOwnComplaints(door.app, who, { before })),
      door.app.now(),
    )
  }),
  withdrawCase: writing.seller.withdrawCase.handler(async ({ input, context }) =>
    changed(context, withdrawCase(context.door.app, context.who, input.caseId)),
  ),
}

/** Answers a command with the case as it is now. */
async function changed(
  context: Context,
  command: Promise<Result<{ caseId: string }>>,
): Promise<CaseForSeller> {
  return readCase(context, valueOf(await command).caseId)
}

async function readCase({ door, who }: Context, caseId: string): Promise<CaseForSeller> {
  const view = valueOf(await readSellerCase(door.app, who, caseId))
  const self = who.kind === 'seller' ? (who.member?.id ?? null) : null
  return sellerCaseView(view, door.app.now(), { self })
}
