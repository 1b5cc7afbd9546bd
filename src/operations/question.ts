/** Matters without a measure: a question of a seller, a letter, and what the system asks itself. */
import { openCase, type Case, type CaseEvent, type CaseKind } from '../core/case.ts'
import { trailOf } from '../core/help.ts'
import { countedFrom } from '../core/joining.ts'
import { routeTo } from '../core/procedure.ts'
import { refuse } from '../core/refusal.ts'
import { insertCase, nextCaseNumber } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { attachFiles } from '../store/file.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { currentProcedure } from '../store/procedure.ts'
import { acknowledge } from './arrival.ts'
import type { App } from './app.ts'
import { once } from './once.ts'
import { permit } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { Who } from './who.ts'

/** Asks the marketplace something; a person answers. For who is signed in: a link opens its own matter only. */
export function askQuestion(
  app: App,
  who: Who,
  { text, fileIds, topic = null }: { text: string; fileIds: string[]; topic?: string | null },
  idempotency: Idempotency | null,
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, 'seller.askQuestion')
  if (!may.ok) return Promise.resolve(may)
  const { sellerId, by } = may.reader
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, () =>
      openMatter(app, tx, {
        kind: 'question',
        channel: 'contact',
        sellerId,
        by,
        text,
        fileIds,
        topic,
      }),
    ),
  )
  return refusalOf(work)
}

export interface NewMatter {
  kind: Extract<CaseKind, 'question' | 'letter'>
  /** What it is routed by; its kind's own matter unless something else. */
  matter?: string
  /** A door, or the channel of one of our addresses. */
  channel: string
  /** The door that it is routed by, where its channel is none. */
  door?: string
  sellerId: string
  by: string | null
  text: string
  fileIds: string[]
  /** When it was received, where that was before now: its clocks count from then. */
  receivedAt?: Date
  /** What else is on record of how it came. */
  came?: CaseEvent['detail']
  /** The id of the mail that it came by, for the answer to it. */
  inReplyTo?: string | null
  /** The topic of the help by which it came; null where it came by none. */
  topic?: string | null
  /** False where another notice says that it is here. */
  isReceiptSent?: boolean
}

/** Opens a matter at the desk that the procedure in force routes it to. */
export async function openMatter(
  app: App,
  tx: Tx,
  {
    kind,
    matter = `matter.${kind}`,
    channel,
    door = channel,
    sellerId,
    by,
    text,
    fileIds,
    receivedAt,
    came = {},
    inReplyTo = null,
    topic = null,
    isReceiptSent = true,
  }: NewMatter,
): Promise<Result<{ caseId: string }>> {
  const adopted = await currentProcedure(tx)
  const desk = routeTo(adopted.procedure, matter, door)
  if (desk === null) return refuse('no_way_in')
  const now = app.now()
  const opened = openCase(
    {
      id: app.newId('cas'),
      number: await nextCaseNumber(tx),
      kind,
      matter,
      channel,
      sellerId,
      procedureId: adopted.id,
      desk,
      by,
      text,
      objections: [],
      check: null,
      overdueSince: null,
    },
    adopted.procedure,
    now,
  )
  if (!opened.ok) return opened
  const trail = topic === null || app.help === null ? null : trailOf(app.help, topic)
  const counted = receivedAt ? countedFrom(opened.case, receivedAt, now) : opened.case
  const events = sayHowItCame(opened.events, counted, { ...came, topic: trail })
  await insertCase(tx, counted, events, now)
  const caseId = counted.id
  const attached = await attachFiles(tx, { ids: fileIds, sellerId, caseId })
  if (attached < new Set(fileIds).size)
    return refuse('not_found', 'One of the files is not there any more. Upload it again.')
  // What the system opens about a seller whom nothing reaches would only be one more notice that waits.
  if (channel !== 'system' && isReceiptSent) await acknowledge(app, tx, counted, { inReplyTo })
  return done({ caseId })
}

/** The events of an opening, with what else is known of it, and the time that its desk has. */
export function sayHowItCame(
  events: readonly CaseEvent[],
  { dueAt }: Pick<Case, 'dueAt'>,
  came: CaseEvent['detail'],
): CaseEvent[] {
  return events.map((event) =>
    event.kind === 'case.opened'
      ? { ...event, detail: { ...event.detail, ...came } }
      : event.kind === 'case.arrived'
        ? { ...event, detail: { ...event.detail, dueAt: dueAt.toISOString() } }
        : event,
  )
}
