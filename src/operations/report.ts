/** A complaint for its reporter: opened by number and code, told without a word of the seller, and contested once. */
import { createHash } from 'node:crypto'
import { secondLookDesk, type Case } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { mayNow } from '../core/case-command.ts'
import { byReporter, substanceOf } from '../core/complaint.ts'
import { mayBeDangerous } from '../core/case-aside.ts'
import { setAsideAt, type ReporterMeasure } from '../core/misuse.ts'
import type { Procedure } from '../core/procedure.ts'
import { refuse } from '../core/refusal.ts'
import { plainTitle, shortTitle } from '../core/saying.ts'
import { lockCase, readCase, saveCase } from '../store/case.ts'
import {
  complaintNumbered,
  readComplaint,
  readReporter,
  saveContest,
  type KeptComplaint,
} from '../store/complaint.ts'
import { bringInside, transact, type Tx } from '../store/db.ts'
import { filesOfCase, insertFile, type FileRecord } from '../store/file.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { measuresAtComplaint, readReporterMeasure } from '../store/misuse.ts'
import { readListing } from '../store/listing.ts'
import { procedureOf } from '../store/procedure.ts'
import { readSeller } from '../store/seller.ts'
import { staffNames } from '../store/staff.ts'
import type { App } from './app.ts'
import { tellReporterMoved } from './complaint-telling.ts'
import { placeMeant } from './complaint.ts'
import { opensComplaint } from './complaint-code.ts'
import { largestFile } from './file.ts'
import { once } from './once.ts'
import { permit } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { Who } from './who.ts'

/** How many files a complaint takes. */
const mostFiles = 20

/** What a reporter means, as the shop itself shows it to everybody; `place_unknown` where we know nothing by these words. */
export function readPlace(
  app: App,
  who: Who,
  where: string,
): Promise<Result<{ title: string | null; sellerName: string }>> {
  const may = permit(app, who, 'report.getPlace')
  if (!may.ok) return Promise.resolve(may)
  return transact(app.db, { nobody: true }, async (tx) => {
    await bringInside(tx)
    const place = await placeMeant(tx, where)
    if (place === null) return refuse('place_unknown')
    const sold = place.listingId === null ? null : await readListing(tx, place.listingId)
    const seller = await readSeller(tx, place.sellerId)
    return done({
      title: sold && shortTitle(plainTitle(sold.version.text.title)),
      sellerName: seller?.name ?? place.sellerId,
    })
  })
}

/** Which complaint, and what opens it. */
export interface ReportKey {
  number: number
  code: string
  secret: string
}

export interface ReportView {
  complaint: KeptComplaint
  case: Case
  procedure: Procedure
  address: string | null
  files: FileRecord[]
  /** Names of people of staff, by id. */
  people: Map<string, string>
  /** The desk that looks again if it is asked; null where none does. */
  secondLookDesk: string | null
  /** What was imposed on its reporter at this complaint, the oldest first. */
  measures: ReporterMeasure[]
  /** By what it is set aside and waits for a day; null where it does not. */
  setAside: (ReporterMeasure & { until: Date }) | null
}

/** A complaint for who has its code; without it, or without such a complaint, `complaint_not_opened`. */
export async function readReport(app: App, key: ReportKey): Promise<Result<ReportView>> {
  const may = permit(app, await openedBy(app, key), 'report.get')
  if (!may.ok) return refuse('complaint_not_opened')
  return transact(app.db, may.wall, async (tx) => {
    const complaint = await readComplaint(tx, may.reader.complaintId)
    const held = complaint && (await readCase(tx, complaint.caseId))
    if (complaint === null || held === null) return refuse('complaint_not_opened')
    const procedure = await procedureOf(tx, held.procedureId)
    return done({
      complaint,
      case: held,
      procedure,
      address: (await readReporter(tx, complaint.reporterId))?.address ?? null,
      files: (await filesOfCase(tx, held.id)).filter(({ sellerId }) => sellerId === null),
      people: await staffNames(tx),
      secondLookDesk: mayNow(held, 'contest') ? secondLookDesk(held, procedure) : null,
      measures: await measuresAtComplaint(tx, complaint.id),
      setAside: await waitingFor(app, tx, complaint, held),
    })
  })
}

async function waitingFor(
  app: App,
  tx: Tx,
  { setAsideBy }: KeptComplaint,
  held: Case,
): Promise<ReportView['setAside']> {
  if (setAsideBy === null || held.state !== 'open' || mayBeDangerous(held)) return null
  const measure = await readReporterMeasure(tx, setAsideBy)
  return measure && setAsideAt([measure], app.now())
}

/** Adds a file to a complaint that is not over. No seller has a way to it. */
export async function addReportFile(
  app: App,
  { file, ...key }: ReportKey & { file: { name: string; mediaType: string; bytes: Buffer } },
): Promise<Result<{ id: string }>> {
  const may = permit(app, await openedBy(app, key), 'report.addFile')
  if (!may.ok) return refuse('complaint_not_opened')
  const { name, mediaType, bytes } = file
  if (bytes.length === 0) return refuse('file_empty')
  if (bytes.length > largestFile) return refuse('file_too_large')
  return transact(app.db, may.wall, async (tx) => {
    const complaint = await readComplaint(tx, may.reader.complaintId)
    if (complaint === null) return refuse('complaint_not_opened')
    await bringInside(tx)
    const held = await lockCase(tx, complaint.caseId)
    if (held === null) return refuse('complaint_not_opened')
    if (held.state === 'closed') return refuse('wrong_state')
    if ((await filesOfCase(tx, held.id)).length >= mostFiles) return refuse('too_many_files')
    const id = app.newId('fil')
    await insertFile(tx, {
      id,
      sellerId: null,
      caseId: held.id,
      name,
      mediaType,
      size: bytes.length,
      receivedAt: app.now(),
      bytes,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    return done({ id })
  })
}

/** Asks another desk to look again. Only a person answers that, and only a person imposes what follows. */
export async function contestReport(
  app: App,
  { text, ...key }: ReportKey & { text: string },
  idempotency: Idempotency | null,
): Promise<Result<null>> {
  const may = permit(app, await openedBy(app, key), 'report.contest')
  if (!may.ok) return refuse('complaint_not_opened')
  const { complaintId } = may.reader
  const own = idempotency && { ...idempotency, caller: `complaint:${complaintId}` }
  const work = transact(app.db, may.wall, async (tx): Promise<Result<null>> => {
    const complaint = await readComplaint(tx, complaintId)
    if (complaint === null) return refuse('complaint_not_opened')
    await bringInside(tx)
    return once(app, tx, own, async () => {
      const held = await lockCase(tx, complaint.caseId)
      const reporter = await readReporter(tx, complaint.reporterId)
      if (held === null || reporter === null) return refuse('complaint_not_opened')
      if (text.trim() === '') return refuse('text_missing')
      // The case is its seller's to read, so it gets the substance; the desk reads the words themselves.
      const { orderId, traces } = complaint
      const substance = substanceOf(text, { ...reporter, orderId, traces })
      const procedure = await procedureOf(tx, held.procedureId)
      const command = { do: 'contest', by: byReporter, text: substance } as const
      const result = changeCase(held, command, procedure, app.now())
      if (!result.ok) return result
      await saveCase(tx, result.case, result.events, app.now())
      await saveContest(tx, complaintId, { text, at: app.now() })
      await tellReporterMoved(app, tx, result.case, { from: held.desk, why: 'second-look' })
      return done(null)
    })
  })
  return refusalOf(work)
}

/** Who asks by this number and code: the reporter of the complaint that they open, or nobody. */
function openedBy(app: App, { number, code, secret }: ReportKey): Promise<Who> {
  return transact(app.db, { nobody: true }, async (tx) => {
    await bringInside(tx)
    const complaint = await complaintNumbered(tx, number)
    const isOpened = complaint !== null && opensComplaint(secret, complaint.id, code)
    return isOpened ? { kind: 'reporter', complaintId: complaint.id } : { kind: 'nobody' }
  })
}
