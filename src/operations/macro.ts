/** Macros at the desks: each desk's people prepare its words, and a case fills them with what is so of it. */
import { caseNumber, nextInstant, promisedBy, type Case } from '../core/case.ts'
import {
  fillMacro,
  whyNoMacro,
  type FieldValues,
  type Macro,
  type MacroField,
} from '../core/macro.ts'
import { deskTitle } from '../core/procedure.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { sayList, sayTime, shortTitle } from '../core/saying.ts'
import { readCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { readMeasure } from '../store/decision.ts'
import { readVersion } from '../store/listing.ts'
import { endMacro, insertMacro, listMacros, readMacro, type MacroRecord } from '../store/macro.ts'
import { currentProcedure, procedureOf } from '../store/procedure.ts'
import { readSeller } from '../store/seller.ts'
import { staffNames } from '../store/staff.ts'
import type { App } from './app.ts'
import { permit } from './permit.ts'
import { done, RefusedError, refusalOf, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

/** What every desk has prepared, and which desks' words the reader may write. */
export interface MacrosView {
  macros: (MacroRecord & { madeByName: string })[]
  desks: { name: string; title: string; mayWrite: boolean }[]
}

/** Reads the words of all desks: colleagues learn from one another's. */
export function readMacros(app: App, who: Who): Promise<Result<MacrosView>> {
  const may = permit(app, who, 'macros.list')
  if (!may.ok) return Promise.resolve(may)
  const mayAdd = permit(app, who, 'macros.add').ok
  return transact(app.db, may.wall, async (tx) => {
    const { procedure } = await currentProcedure(tx)
    const names = await staffNames(tx)
    const macros = (await listMacros(tx, null)).map((macro) => ({
      ...macro,
      madeByName: names.get(macro.madeBy) ?? 'A colleague',
    }))
    const desks = Object.entries(procedure.desks)
      .filter(([, { staff }]) => staff === 'people')
      .map(([name]) => ({
        name,
        title: deskTitle(procedure, name),
        mayWrite: mayAdd && may.reader.desks.includes(name),
      }))
    return done({ macros, desks })
  })
}

type MacroWords = Pick<Macro, 'use' | 'name' | 'text'>

/** Prepares words for a desk that one staffs. */
export function addMacro(
  app: App,
  who: Who,
  { desk, ...words }: MacroWords & { desk: string },
): Promise<Result<{ id: string }>> {
  const may = permit(app, who, 'macros.add')
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const work = transact(app.db, may.wall, async (tx): Promise<Result<{ id: string }>> => {
    if (app.judge.asks('macros.add', 'at-own-desk') && !reader.desks.includes(desk))
      return refuse('not_your_desk')
    return keep(app, tx, reader, { desk, ...words, replaces: null })
  })
  return refusalOf(work)
}

/** Puts other words in the place of some; what stood there is still known as prepared. */
export function changeMacro(
  app: App,
  who: Who,
  { macroId, ...words }: MacroWords & { macroId: string },
): Promise<Result<{ id: string }>> {
  return endAnd(app, who, { macroId, command: 'macros.change' }, (tx, { desk, id }, reader) =>
    keep(app, tx, reader, { desk, ...words, replaces: id }),
  )
}

/** Takes words out of use. */
export function removeMacro(app: App, who: Who, macroId: string): Promise<Result<{ id: string }>> {
  return endAnd(app, who, { macroId, command: 'macros.remove' }, (_tx, { id }) =>
    Promise.resolve(done({ id })),
  )
}

function endAnd(
  app: App,
  who: Who,
  { macroId, command }: { macroId: string; command: 'macros.change' | 'macros.remove' },
  then: (tx: Tx, macro: MacroRecord, reader: StaffReader) => Promise<Result<{ id: string }>>,
): Promise<Result<{ id: string }>> {
  const may = permit(app, who, command)
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const work = transact(app.db, may.wall, async (tx): Promise<Result<{ id: string }>> => {
    const macro = await readMacro(tx, macroId)
    if (macro === null) return refuse('not_found')
    if (app.judge.asks(command, 'at-own-desk') && !reader.desks.includes(macro.desk))
      return refuse('not_your_desk')
    if (!(await endMacro(tx, macroId, reader.id, app.now()))) return refuse('not_allowed')
    return orThrow(await then(tx, macro, reader))
  })
  return refusalOf(work)
}

async function keep(
  app: App,
  tx: Tx,
  reader: StaffReader,
  { name, text, ...facts }: Omit<Macro, 'id'> & { replaces: string | null },
): Promise<Result<{ id: string }>> {
  const macro = { ...facts, name: name.trim(), text: text.trim() }
  const why = whyNoMacro(macro)
  if (why) return why
  const id = app.newId('mac')
  const isNew = await insertMacro(tx, { ...macro, id, madeBy: reader.id, madeAt: app.now() })
  return isNew ? done({ id }) : refuse('macro_known')
}

/** Words of the desk that has a case, filled with what is so of the case. */
export interface FilledMacro extends MacroRecord {
  /** The fields that this case has nothing for; they stand unfilled in the text. */
  lacking: MacroField[]
}

/** What the desk of a case has prepared, as it reads for that case. */
export function fillMacros(app: App, who: Who, caseId: string): Promise<Result<FilledMacro[]>> {
  const may = permit(app, who, 'macros.fill')
  if (!may.ok) return Promise.resolve(may)
  return transact(app.db, may.wall, async (tx) => {
    const held = await readCase(tx, caseId)
    if (held === null) return refuse('not_found')
    const values = await fieldsOf(app, tx, held)
    const macros = await listMacros(tx, [held.desk])
    return done(macros.map((macro) => ({ ...macro, ...fillMacro(macro.text, values) })))
  })
}

/** What is so of a case, by field. */
export async function fieldsOf(app: App, tx: Tx, held: Case): Promise<FieldValues> {
  const procedure = await procedureOf(tx, held.procedureId)
  const seller = held.sellerId === null ? null : await readSeller(tx, held.sellerId)
  const statements = []
  for (const { decisionId } of held.objections) {
    const measure = await readMeasure(tx, decisionId)
    if (measure) statements.push(measure.statement)
  }
  const { listingId = null, listingVersion = null } = held.check ?? {}
  const checked =
    listingId === null || listingVersion === null
      ? null
      : await readVersion(tx, listingId, listingVersion)
  const titles = statements.flatMap(({ subject }) =>
    subject.kind === 'listing' ? [shortTitle(subject.title)] : [],
  )
  if (checked) titles.push(shortTitle(checked.text.title))
  const rules = statements.map(({ ground }) => ground.title)
  const isOpen = nextInstant(held) !== null
  return {
    seller: seller?.name ?? null,
    'case number': caseNumber(held),
    'answer by': isOpen
      ? sayTime(promisedBy(held, procedure), seller?.timeZone ?? app.timeZone)
      : null,
    listing: listed(titles),
    rule: listed(rules),
    decision: listed(statements.map(({ number }) => number)),
    desk: deskTitle(procedure, held.desk),
  }
}

function listed(parts: string[]): string | null {
  return parts.length === 0 ? null : sayList([...new Set(parts)])
}

function orThrow<T>(result: Result<T>): Result<T> {
  if (!result.ok) throw new RefusedError(result satisfies Refused)
  return result
}
