/** Bulk at the desk: what would happen to each of several cases is found out by doing it and taking it back; then each is done by itself. */
import { mostInBulk, whyNotAlike, wordsOfBulk, withWords, type BulkAction } from '../core/bulk.ts'
import { isHeldBy, openObjections, type Case } from '../core/case.ts'
import { fillMacro } from '../core/macro.ts'
import { deskTitle } from '../core/procedure.ts'
import { refuse } from '../core/refusal.ts'
import { mattersOf, readCase, type QueueMatter } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { procedureOf } from '../store/procedure.ts'
import type { App } from './app.ts'
import { answering, concluding, deciding, forwarding, releasing, taking } from './case.ts'
import { commandIn, type DeskCommand, type Making } from './case-command.ts'
import { fieldsOf } from './macro.ts'
import { once } from './once.ts'
import { permit, whyNotTheirs } from './permit.ts'
import { done, RefusedError, refusalOf, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

/** What was done with one case, as it is told and kept: instants are text, so that a repeated request answers the same. */
export interface BulkDone {
  caseId: string
  did: 'released' | 'forwarded' | 'answered' | 'informed' | 'lifted' | 'cleared'
  deskTitle: string
  /** When that desk is late, or until when it can be undone. */
  until: string
  /** How many measures a yes takes back. */
  lifts: number
}

/** One case of a preview: what would happen to it, or why nothing can. */
export interface BulkPreview {
  case: Case
  matter: QueueMatter
  /** The action with its words filled for this case: exactly what is sent when it is done. */
  action: BulkAction
  result: Result<BulkDone>
}

/** What would happen to each case, by the very commands that do it, each taken back; nobody is told anything. */
export async function previewBulk(
  app: App,
  who: Who,
  { caseIds, action }: { caseIds: string[]; action: BulkAction },
): Promise<Result<BulkPreview[]>> {
  const may = permit(app, who, 'desk.previewBulk')
  if (!may.ok) return may
  const { reader, wall } = may
  const previews: BulkPreview[] = []
  for (const caseId of [...new Set(caseIds)].slice(0, mostInBulk)) {
    const seen = await transact(app.db, wall, async (tx) => {
      const held = await readCase(tx, caseId)
      const matter = (await mattersOf(tx, [caseId])).get(caseId)
      if (held === null || matter === undefined) return null
      return { case: held, matter, action: await filledFor(app, tx, held, action) }
    })
    if (seen === null) return refuse('not_found')
    const result = await takenBack((keep) =>
      transact(app.db, wall, async (tx) => {
        const why = whyNotTheirs(app, 'desk.doBulk', reader, seen.case)
        return keep(why ?? (await doIn(app, tx, { who, reader, caseId, action: seen.action })))
      }),
    )
    previews.push({ ...seen, result })
  }
  return done(previews)
}

/** Does it to one case, once, however often it is asked: takes it where nobody holds it, and refuses as the command itself would. */
export function doBulk(
  app: App,
  who: Who,
  { caseId, action }: { caseId: string; action: BulkAction },
  idempotency: Idempotency | null,
): Promise<Result<BulkDone>> {
  const may = permit(app, who, 'desk.doBulk')
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, async () => {
      const held = await readCase(tx, caseId)
      if (held === null) return refuse('not_found')
      const why = whyNotTheirs(app, 'desk.doBulk', reader, held)
      return why ?? doIn(app, tx, { who, reader, caseId, action })
    }),
  )
  return refusalOf(work)
}

interface Doing {
  who: Who
  reader: StaffReader
  caseId: string
  action: BulkAction
}

async function doIn(app: App, tx: Tx, doing: Doing): Promise<Result<BulkDone>> {
  const { reader, caseId, action } = doing
  const before = await readCase(tx, caseId)
  if (before === null) return refuse('not_found')
  const alien = whyNotAlike(before, action)
  if (alien) return alien
  const wasMine = isHeldBy(before, reader.id, app.now())
  const give = (command: DeskCommand, making: Making) => giveIn(app, tx, doing, command, making)
  if (!wasMine && action.do !== 'release') {
    const taken = await give('desk.takeCase', taking)
    if (!taken.ok) return taken
  }
  const [command, making] = commandOf(app, before, action)
  const given = await give(command, making)
  if (!given.ok) return given
  const after = await readCase(tx, caseId)
  if (after === null) throw new Error(`do ${action.do} to case ${caseId}: it is gone`)
  // A message in an appeal ends nothing: whoever only passed by holds it no longer.
  if (!wasMine && after.state === 'open' && isHeldBy(after, reader.id, app.now())) {
    const released = await give('desk.releaseCase', releasing)
    if (!released.ok) return released
  }
  const procedure = await procedureOf(tx, after.procedureId)
  return done({
    caseId,
    did: didOf(action, after),
    deskTitle: deskTitle(procedure, after.desk),
    until: (after.pending?.until ?? after.dueAt).toISOString(),
    lifts: openObjections(before).length,
  })
}

/** Each command asks for its own permission, as it would alone. */
async function giveIn(
  app: App,
  tx: Tx,
  { who, caseId }: Doing,
  command: DeskCommand,
  making: Making,
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, command)
  if (!may.ok) return may
  return commandIn(app, tx, { reader: may.reader, command, caseId }, making)
}

function commandOf(app: App, held: Case, action: BulkAction): [DeskCommand, Making] {
  switch (action.do) {
    case 'release':
      return ['desk.releaseCase', releasing]
    case 'forward':
      return ['desk.forwardCase', forwarding(action.to, action.reason)]
    case 'answer':
      return ['desk.answerCase', answering(action.text)]
    case 'lift': {
      const { reasons } = action
      if (held.check !== null)
        return ['desk.concludeCheck', concluding(app, { conclusion: 'cleared', reasons })]
      return [
        'desk.decideCase',
        deciding(app, (locked) =>
          openObjections(locked).map(({ id }) => ({ objectionId: id, power: 'grant', reasons })),
        ),
      ]
    }
  }
}

function didOf(action: BulkAction, after: Case): BulkDone['did'] {
  switch (action.do) {
    case 'release':
      return 'released'
    case 'forward':
      return 'forwarded'
    case 'answer':
      return after.state === 'answered' ? 'answered' : 'informed'
    case 'lift':
      return after.check !== null ? 'cleared' : 'lifted'
  }
}

async function filledFor(app: App, tx: Tx, held: Case, action: BulkAction): Promise<BulkAction> {
  const words = wordsOfBulk(action)
  if (words === null) return action
  return withWords(action, fillMacro(words, await fieldsOf(app, tx, held)).text)
}

/** Carries what came of it out of a transaction that is rolled back. */
class TakenBack extends Error {
  readonly result: Result<BulkDone>
  constructor(result: Result<BulkDone>) {
    super('only looked at')
    this.result = result
  }
}

async function takenBack(
  work: (keep: (result: Result<BulkDone>) => never) => Promise<never>,
): Promise<Result<BulkDone>> {
  try {
    return await work((result) => {
      throw new TakenBack(result)
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.result
    if (error instanceof RefusedError) return error.refused
    throw error
  }
}
