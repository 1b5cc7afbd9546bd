/** Procedures in the running system: adopted from the file given at start or by a person in the studio. */
import { createHash } from 'node:crypto'
import { notCovered, type KnownGap } from '../core/known-gap.ts'
import type { Procedure } from '../core/procedure.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { checkProcedure, type Check } from '../procedure/check.ts'
import { knownGap } from '../procedure/gap-name.ts'
import { readProcedure } from '../procedure/read.ts'
import { transact } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import {
  adoptionOfVersion,
  countOpenByProcedure,
  currentProcedure,
  gapsAcceptedInStudio,
  insertAdoption,
  latestAdoption,
  latestFileAdoption,
  listAdoptions,
  lockAdoptions,
  readProcedureVersion,
  saveProcedure,
  type Adoption,
} from '../store/procedure.ts'
import type { App } from './app.ts'
import { moveOpenCases } from './move.ts'
import { isPermitted, permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

/** Which gaps whoever starts the server accepts: all of them, or these names. */
export type AcceptedGaps = 'all' | readonly string[]

/** A procedure whose gaps nobody has accepted; the server does not start on it. */
export class UnsoundProcedure extends Error {
  override name = 'UnsoundProcedure'
  readonly procedure: string
  readonly gaps: readonly KnownGap[]
  constructor(procedure: string, gaps: readonly KnownGap[]) {
    super(`the procedure ${procedure} has gaps that nobody accepted: ${namesOf(gaps).join(', ')}`)
    this.procedure = procedure
    this.gaps = gaps
  }
}

/**
 * Settles at the start which procedure is in force; answers its id.
 *
 * The file given at the start counts as the first version, and again whenever its text is another than
 * when a file was last adopted. Otherwise what was adopted last stays in force, also from the studio.
 * Either way every gap must be accepted: in the studio by a person, or by this very start.
 */
export async function adoptProcedure(
  app: App,
  {
    procedure,
    source,
    acceptGaps = [],
  }: { procedure: Procedure; source: string; acceptGaps?: AcceptedGaps },
): Promise<string> {
  return transact(app.db, { inside: true }, async (tx) => {
    await lockAdoptions(tx)
    const now = app.now()
    const id = idOf(procedure, source)
    const inForce = await latestAdoption(tx)
    const isNew = inForce === null || (await latestFileAdoption(tx))?.procedureId !== id
    const next = isNew ? { id, procedure } : await currentProcedure(tx)
    const gaps = checkProcedure(next.procedure).gaps.map(knownGap)
    const accepted = new Set(namesOf(await gapsAcceptedInStudio(tx, next.id)))
    const open = gaps.filter(
      ({ name }) => !accepted.has(name) && acceptGaps !== 'all' && !acceptGaps.includes(name),
    )
    if (open.length > 0) throw new UnsoundProcedure(next.procedure.procedure, open)
    if (gaps.length > 0) {
      app.log(
        `${gaps.length} gaps of the procedure are accepted; every seller that they touch and the page /promises are told of them`,
        { procedure: next.id },
      )
    }
    // What sellers are told must be what there is, also when a newer check finds more or less than then.
    const isToldAlready =
      inForce !== null && isSame(namesOf(inForce.acceptedGaps.filter(isOfDocument)), namesOf(gaps))
    if (!isNew && isToldAlready) return next.id
    if (isNew) await saveProcedure(tx, { id, procedure, source, now })
    await insertAdoption(tx, {
      procedureId: next.id,
      adoptedAt: now,
      adoptedBy: null,
      adoptedByName: 'The start of the server',
      origin: isNew ? 'file' : 'start',
      reason:
        gaps.length === 0
          ? 'Given at the start of the server.'
          : 'Its gaps were accepted at the start of the server (--accept-gaps).',
      acceptedGaps: gaps,
      movedCases: 0,
    })
    return next.id
  })
}

/** A version that came into force, as the studio lists it. */
export interface AdoptionView extends Adoption {
  name: string
  title: string
  isInForce: boolean
  /** Cases that follow it now. Of a version adopted more than once, they stand with its newest adoption. */
  openCases: number
}

export interface ProceduresView {
  adoptions: AdoptionView[]
  inForce: string
  mayAdopt: boolean
}

/** Every adoption, newest first; the first is in force. */
export async function listProcedures(app: App, who: Who): Promise<Result<ProceduresView>> {
  const may = permit(app, who, 'procedures.list')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const open = await countOpenByProcedure(tx)
    const listed = await listAdoptions(tx)
    const told = new Set<string>()
    const adoptions = listed.map((adoption, place): AdoptionView => {
      const openCases = told.has(adoption.procedureId) ? 0 : (open.get(adoption.procedureId) ?? 0)
      told.add(adoption.procedureId)
      return { ...adoption, isInForce: place === 0, openCases }
    })
    return done({
      adoptions,
      inForce: listed[0]?.procedureId ?? '',
      mayAdopt: isPermitted(app, who, 'procedures.adopt'),
    })
  })
}

export interface VersionView {
  id: string
  source: string
  acceptedGaps: KnownGap[]
  isInForce: boolean
}

/** One version with its text as it was adopted. */
export async function readVersion(app: App, who: Who, id: string): Promise<Result<VersionView>> {
  const may = permit(app, who, 'procedures.get')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const version = await readProcedureVersion(tx, id)
    if (version === null) return refuse('not_found')
    const adoption = await adoptionOfVersion(tx, id)
    const inForce = await latestAdoption(tx)
    return done({
      id,
      source: version.source,
      acceptedGaps: adoption?.acceptedGaps ?? [],
      isInForce: inForce?.procedureId === id,
    })
  })
}

export interface Report extends Omit<Check, 'gaps' | 'warnings'> {
  gaps: KnownGap[]
  warnings: KnownGap[]
  notCovered: KnownGap[]
}

/** Checks a text as `recourse procedure check` does, and against what this system can impose; keeps nothing. */
export function checkText(
  app: Pick<App, 'judge' | 'now'>,
  who: Who,
  source: string,
): Result<Report> {
  const may = permit(app, who, 'procedures.check')
  if (!may.ok) return may
  const read = readProcedure(source)
  if (!read.ok) return unreadable(read.errors)
  const check = checkProcedure(read.procedure)
  return done({
    ...check,
    gaps: check.gaps.map(knownGap),
    warnings: check.warnings.map(knownGap),
    notCovered: notCovered(read.procedure),
  })
}

export interface Proposal {
  source: string
  reason: string
  /** The names of gaps; every gap of the document must be among them. */
  acceptGaps: readonly string[]
  moveOpenCases: boolean
  /** The version that the proposal was made against; another one in force by now refuses it. */
  inPlaceOf: string | null
}

/** Puts a version in force: new cases follow it, and open ones stay where moving is not proved. */
export async function adoptVersion(
  app: App,
  who: Who,
  proposal: Proposal,
): Promise<Result<{ id: string; moved: number; stayed: number }>> {
  const may = permit(app, who, 'procedures.adopt')
  if (!may.ok) return may
  const { reader } = may
  if (proposal.reason.trim() === '')
    return refuse('reasons_missing', 'Say in a sentence why this procedure comes into force.')
  const read = readProcedure(proposal.source)
  if (!read.ok) return unreadable(read.errors)
  const { procedure } = read
  const gaps = [...checkProcedure(procedure).gaps.map(knownGap), ...notCovered(procedure)]
  const open = gaps.filter(({ name }) => !proposal.acceptGaps.includes(name))
  if (open.length > 0)
    return {
      ...refuse('procedure_unsound', `Not mended and not accepted: ${sayNames(open)}.`),
      gaps: open,
    }
  return transact(
    app.db,
    may.wall,
    async (tx): Promise<Result<{ id: string; moved: number; stayed: number }>> => {
      await lockAdoptions(tx)
      const now = app.now()
      const id = idOf(procedure, proposal.source)
      const inForce = await currentProcedure(tx)
      if (proposal.inPlaceOf !== null && proposal.inPlaceOf !== inForce.id) {
        return refuse(
          'wrong_state',
          'Another procedure came into force meanwhile. Load it, and propose your change to it.',
        )
      }
      if (inForce.id === id && isSame(namesOf(gaps), await namesAccepted()))
        return refuse('wrong_state', 'This very text is in force already.')
      await saveProcedure(tx, { id, procedure, source: proposal.source, now })
      const { moved, stayed } = proposal.moveOpenCases
        ? await moveOpenCases(tx, { to: { id, procedure }, now, by: reader.id })
        : { moved: 0, stayed: await countOthers() }
      await insertAdoption(tx, {
        procedureId: id,
        adoptedAt: now,
        adoptedBy: reader.id,
        adoptedByName: reader.name,
        origin: 'studio',
        reason: proposal.reason.trim(),
        acceptedGaps: gaps,
        movedCases: moved,
      })
      await recordEvents(tx, [
        {
          at: now,
          kind: 'procedure.adopted',
          sellerId: null,
          caseId: null,
          decisionId: null,
          by: reader.id,
          detail: { procedure: id, reason: proposal.reason.trim(), accepted: namesOf(gaps), moved },
        },
      ])
      return done({ id, moved, stayed })

      async function namesAccepted(): Promise<string[]> {
        return namesOf((await latestAdoption(tx))?.acceptedGaps ?? [])
      }
      async function countOthers(): Promise<number> {
        const open = await countOpenByProcedure(tx)
        return [...open].reduce((sum, [on, count]) => sum + (on === id ? 0 : count), 0)
      }
    },
  )
}

/** A version is its text: the same text again is the same version. */
function idOf(procedure: Procedure, source: string): string {
  return `${procedure.procedure}-${createHash('sha256').update(source).digest('hex').slice(0, 12)}`
}

function unreadable(errors: NonNullable<Refused['errors']>): Refused {
  const [first] = errors
  const place = first && `Line ${first.line}, column ${first.column}: ${first.message}`
  return { ...refuse('procedure_unreadable', place), errors }
}

function namesOf(gaps: readonly KnownGap[]): string[] {
  return gaps.map(({ name }) => name)
}

const NAMES_SAID = 12

function sayNames(gaps: readonly KnownGap[]): string {
  const names = namesOf(gaps)
  const rest = names.length - NAMES_SAID
  return names.slice(0, NAMES_SAID).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && [...some].sort().join() === [...others].sort().join()
}

/** What the check of the document finds, apart from what this system lacks in it. */
function isOfDocument({ code }: KnownGap): boolean {
  return code !== 'not-covered'
}
