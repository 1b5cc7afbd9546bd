/** The bundle of a case: its whole file for a dispute settlement body, an authority or a lawyer; who got it and when is on record before the first byte leaves. */
import { createHash } from 'node:crypto'
import { belongsInBundle, isBundled, letterBelongs, withheldWords } from '../core/bundle.ts'
import { caseNumber } from '../core/case.ts'
import { saySender, type Letter } from '../core/letter.ts'
import { firstName } from '../core/reasons.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { threadOf } from '../core/thread.ts'
import type { ThreadStep } from '../core/thread-step.ts'
import { readCase } from '../store/case.ts'
import { transact } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import { fingerprintsOfCase, readFileBytes, type FileRecord } from '../store/file.ts'
import { lettersOfCases } from '../store/letter.ts'
import { readSeller } from '../store/seller.ts'
import { readWithholding } from '../store/withholding.ts'
import type { App } from './app.ts'
import { viewOf, type CaseView } from './case-view.ts'
import { permit } from './permit.ts'
import type { Who } from './who.ts'

export interface Bundle {
  view: CaseView<CaseView['seller'] | null>
  number: string
  /** The letter whose sender gets it, or null where a person only looks. */
  letter: Letter | null
  timeline: ThreadStep[]
  letters: Letter[]
  files: (FileRecord & { sha256: string })[]
  withheld: string[]
  /** Stands for all of it: the same state has the same, and a later one another. */
  fingerprint: string
  /** The bytes of one of its files, read when it is its turn. */
  read(fileId: string): Promise<Buffer>
}

/** Opens the file of a case for the sender of one of its letters, or for who asks. */
export async function openBundle(
  app: App,
  who: Who,
  { caseId, letterId }: { caseId: string; letterId: string | null },
): Promise<({ ok: true } & Bundle) | Refused> {
  const may = permit(app, who, 'letters.bundle')
  if (!may.ok) return may
  const { reader, wall } = may
  const opened = await transact(app.db, wall, async (tx) => {
    const held = await readCase(tx, caseId)
    if (held === null || !isBundled(held)) return null
    const all = await lettersOfCases(tx, [caseId])
    const letter = letterId === null ? null : (all.find(({ id }) => id === letterId) ?? null)
    if (letterId !== null && letter === null) return null
    const seller = held.sellerId === null ? null : await readSeller(tx, held.sellerId)
    const view = await viewOf(app, tx, held, seller)
    const decisions = [...view.measures.keys()]
    const kept = await Promise.all(decisions.map((id) => readWithholding(tx, id)))
    const hasMethod =
      kept.some((each) => each !== null) ||
      [...view.measures.values()].some(({ statement }) => statement.automation.withheld !== null)
    const prints = await fingerprintsOfCase(tx, caseId)
    return { view, letter, all, hasMethod, prints }
  })
  if (opened === null) return refuse('not_found')
  const { view, letter, all, hasMethod, prints } = opened
  const { case: held } = view
  const timeline = timelineOf(app, view, letterId)
  const letters = all.filter((each) => letterBelongs(each, letterId))
  const files = view.files
    .filter(({ isKept }) => isKept !== true)
    .map((file) => ({ ...file, sha256: prints.get(file.id) ?? '' }))
  const withheld = withheldWords({ hasMethod })
  const fingerprint = createHash('sha256')
    .update(
      JSON.stringify([
        held.id,
        timeline,
        held.objections,
        [...view.measures.values()].map(({ statement }) => statement),
        letters.map(({ id, text, outcome }) => [id, text, outcome]),
        files.map(({ id, sha256 }) => [id, sha256]),
        withheld,
      ]),
    )
    .digest('hex')
  // Also of an auditor, who changes nothing else, it is known what they took along.
  await transact(app.db, wall, (tx) =>
    recordEvents(tx, [
      {
        at: app.now(),
        kind: 'case.bundled',
        sellerId: null,
        caseId,
        decisionId: null,
        by: reader.id,
        detail: {
          letter: letterId,
          to: letter && saySender(letter.sender.kind, letter.sender.name).replace(/,$/, ''),
          byName: reader.name,
          fingerprint,
          files: files.length,
          isKept: true,
        },
      },
    ]),
  )
  return {
    ok: true,
    view,
    number: caseNumber(held),
    letter,
    timeline,
    letters,
    files,
    withheld,
    fingerprint,
    read: (fileId) =>
      transact(app.db, wall, async (tx) => {
        const file = await readFileBytes(tx, fileId)
        if (file === null) throw new Error(`bundle case ${caseId}: its file ${fileId} is gone`)
        return file.bytes
      }),
  }
}

/** What happened, as one outside may read it: people of the marketplace by their first names. */
function timelineOf(app: App, view: Bundle['view'], letterId: string | null): ThreadStep[] {
  return threadOf({
    case: view.case,
    procedure: view.procedure,
    about: [...view.measures.values()].map(({ decision, statement }) => ({
      decisionId: decision.id,
      measure: decision.measure,
      takenBy:
        decision.takenBy.kind === 'person'
          ? { ...decision.takenBy, name: firstName(decision.takenBy.name) }
          : decision.takenBy,
      takenAt: decision.takenAt,
      policyTitle: statement.ground.title,
      policyVersion: statement.ground.version,
      subject: statement.subject,
    })),
    events: view.events.filter((event) => belongsInBundle(event, letterId)),
    timeZone: app.timeZone,
    reader: 'desk',
    nameOf: (id) => {
      const name = view.people.get(id)
      return name === undefined ? null : firstName(name)
    },
    members: view.members,
  })
}
