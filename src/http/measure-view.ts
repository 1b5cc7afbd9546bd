/** Measures as they cross the wire: what stands, since when, and the way out beside it. */
import type {
  FileForReader,
  MeasureForSeller,
  OnSale,
  Restoration,
  StatementForSeller,
} from '../contract/case.ts'
import { caseNumber, isHeldBy, type Case } from '../core/case.ts'
import {
  holdingOf,
  wayAhead,
  type HoldingLine,
  type Reader,
  type Restored,
} from '../core/holding.ts'
import { measures } from '../core/measure.ts'
import type { Procedure } from '../core/procedure.ts'
import { firstName } from '../core/reasons.ts'
import type { CaseView } from '../operations/case-view.ts'
import type { OnSaleView as OnSaleRecord } from '../operations/seller.ts'
import type { MeasureView, ToldMeasure } from '../operations/statement.ts'
import { sentNoticeView } from './notice-view.ts'

export type MeasureRecord = MeasureView['measure']
export type Owed = NonNullable<MeasureView['subject']>
type FileRecord = CaseView['files'][number]

/** Whose words a view uses: sellers read first names only. */
export function nameFor(
  reader: Reader,
  people: Map<string, string>,
): (id: string) => string | null {
  return (id) => {
    const name = people.get(id)
    if (name === undefined) return null
    return reader === 'seller' ? firstName(name) : name
  }
}

/** The moment as the wire has it. */
export function at(moment: Date): string {
  return moment.toISOString()
}

/** The same, or null. */
export function atOrNull(moment: Date | null): string | null {
  return moment && moment.toISOString()
}

export type MeasureStatus = MeasureForSeller['status']

/** What became of a measure by now. */
export function statusOf({ action, endedBy }: MeasureRecord, now: Date): MeasureStatus {
  if (action.endedAt === null)
    return action.endsAt !== null && action.endsAt <= now ? 'expired' : 'in-force'
  if (endedBy === null) return 'expired'
  return endedBy.kind === 'narrow' ? 'narrowed' : 'lifted'
}

/** How far the shop was seen to show what is owed again. */
export function restoredOf(owed: Owed): Restored {
  if (owed.restoringSince !== null)
    return { state: 'not-yet-back', since: owed.restoringSince, seenAt: owed.seenAt }
  const since = owed.changedAt
  switch (owed.readBack) {
    case 'agrees':
      return { state: 'back', since, seenAt: owed.seenAt }
    case 'not-in-shop':
      return { state: 'not-in-shop', since, seenAt: owed.seenAt }
    case 'differs':
    case null:
      return { state: 'not-yet-back', since, seenAt: owed.seenAt }
  }
}

/** Restored as the wire has it. */
export function restorationView(restored: Restored | null): Restoration | null {
  return (
    restored && {
      state: restored.state,
      since: at(restored.since),
      seenAt: atOrNull(restored.seenAt),
    }
  )
}

/** The holding line of a case, with the name that this reader may read. */
export function holdingView(line: HoldingLine): NonNullable<MeasureForSeller['holding']> {
  return { ...line, startedAt: at(line.startedAt), dueAt: atOrNull(line.dueAt) }
}

interface Held {
  case: Case
  procedure: Procedure
  people: Map<string, string>
  restored: Restored | null
}

/** Words of the holding line for one reader. */
export function holdingFor(
  reader: Reader,
  { case: held, procedure, people, restored }: Held,
  { now, timeZone }: { now: Date; timeZone: string },
): HoldingLine {
  const isHeld = held.heldBy !== null && isHeldBy(held, held.heldBy, now)
  const holderName = isHeld && held.heldBy !== null ? nameFor(reader, people)(held.heldBy) : null
  return holdingOf({
    case: held,
    procedure,
    now,
    timeZone,
    reader,
    holderName,
    restoration: restored,
  })
}

/** One measure for its seller. */
export function measureView(view: MeasureView, now: Date): MeasureForSeller {
  const { measure, subject, case: held, caseProcedure, people, seller } = view
  const { decision, statement, action } = measure
  const status = statusOf(measure, now)
  const restored =
    status === 'in-force' || subject === null || !returns(measure, subject)
      ? null
      : restoredOf(subject)
  const holding =
    held && caseProcedure
      ? holdingView(
          holdingFor(
            'seller',
            { case: held, procedure: caseProcedure, people, restored },
            { now, timeZone: seller.timeZone },
          ),
        )
      : null
  return {
    decisionId: decision.id,
    number: statement.number,
    measure: decision.measure,
    tag: measures[decision.measure].tag,
    subject: statement.subject,
    policyTitle: statement.ground.title,
    byMachine: decision.takenBy.kind === 'policy',
    terms: decision.terms,
    since: at(action.inForceFrom),
    endsAt: atOrNull(action.endsAt),
    status,
    endedAt: atOrNull(action.endedAt ?? (status === 'expired' ? action.endsAt : null)),
    lastWord: lastWordOn(measure),
    restoration: restorationView(restored),
    informedAt: atOrNull(measure.informedAt),
    exhibits: statement.exhibits,
    appealBy: atOrNull(view.appealBy),
    caseId: held?.id ?? null,
    caseNumber: held && caseNumber(held),
    holding,
    allowed: view.allowed,
  }
}

function lastWordOn({ endedBy, kept }: MeasureRecord): MeasureForSeller['lastWord'] {
  const word = endedBy?.kind === 'lift' ? { ...endedBy, is: 'lifted' as const } : kept
  if (word === null) return null
  const { takenBy, takenAt, reasons } = word
  return {
    is: 'is' in word ? word.is : 'kept',
    at: at(takenAt),
    by: takenBy.kind === 'person' ? firstName(takenBy.name) : null,
    reasons,
  }
}

/** How many listings were on sale, with what took some off. */
export function onSaleView({ from, until, steps, dips }: OnSaleRecord, now: Date): OnSale {
  return {
    from: at(from),
    until: at(until),
    steps: steps.map((step) => ({ at: at(step.at), count: step.count })),
    dips: dips.map((measure) => ({
      decisionId: measure.decision.id,
      at: at(measure.action.inForceFrom),
      title: measure.statement.subject.title,
      isTakenBack: statusOf(measure, now) === 'lifted',
    })),
  }
}

/** Whether the end of this measure brings something back: not while another one holds the same subject. */
function returns({ endedBy }: MeasureRecord, owed: Owed): boolean {
  return owed.because.every((decisionId) => decisionId === endedBy?.id)
}

/** A statement with where its matter stands, and how an appeal would go. */
export function statementView(view: ToldMeasure, now: Date): StatementForSeller {
  const { statement, decision } = view.measure
  const { procedure, seller } = view
  const ahead = wayAhead({
    measure: decision.measure,
    channel: 'button',
    procedure,
    now,
    timeZone: seller.timeZone,
  })
  const way = ahead ?? {
    desk: statement.redress.desk,
    within: 'the time that the officer names',
    answerBy: 'the day that the officer names',
    secondLook: null,
  }
  return {
    statement,
    measure: measureView(view, now),
    way,
    knownGaps: view.knownGaps,
    notices: view.notices.map(sentNoticeView),
  }
}

/** A file as its readers see it; its bytes are fetched by its id. */
export function fileView(file: FileRecord): FileForReader {
  const { id, name, mediaType, size, receivedAt } = file
  return { id, name, mediaType, size, receivedAt: at(receivedAt) }
}
