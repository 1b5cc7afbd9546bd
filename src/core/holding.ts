/** The holding line says of a case who has it, until when, and what happens by itself if they are late. */
import { later } from './calendar.ts'
import {
  caseOutcome,
  changeCase,
  isHeldBy,
  openCase,
  openObjections,
  restoringWithin,
  secondLookDesk,
  type Case,
} from './case.ts'
import type { ObjectionOutcome } from './objection.ts'
import { narrowerMeasure, type Measure } from './measure.ts'
import { sayTime } from './notice.ts'
import { deskTitle, routeTo, type Procedure } from './procedure.ts'

export interface HoldingLine {
  state: 'running' | 'overdue' | 'restoring' | 'done'
  who: string
  whoDetail: string
  startedAt: Date
  dueAt: Date | null
  ifLate: string
  ifLateDetail: string
}

/** What the shop was seen to show of what is owed. */
export interface Restored {
  state: 'not-yet-back' | 'back' | 'not-in-shop'
  since: Date
  seenAt: Date | null
}

/** For whom the words are: sellers are spoken to, the desk is told about them. */
export type Reader = 'seller' | 'desk'

export interface Matter {
  case: Case
  /** The procedure that the case started with. */
  procedure: Procedure
  now: Date
  timeZone: string
  reader: Reader
  /** What this reader may call the person who holds it; null when nobody does. */
  holderName: string | null
  restoration: Restored | null
}

/** Answers the three questions for any case, open or over. */
export function holdingOf(matter: Matter): HoldingLine {
  const { case: held } = matter
  switch (held.state) {
    case 'open':
      return held.overdueSince === null ? running(matter) : overdue(matter, held.overdueSince)
    case 'restoring':
      return restoring(matter)
    case 'answered':
      return answered(matter)
    case 'closed':
      return closed(matter)
  }
}

/** What happens by itself when the case's present desk is late, in words of one line and one more. */
export function latenessWords({
  case: held,
  procedure,
  timeZone,
}: Pick<Matter, 'case' | 'procedure' | 'timeZone'>): { ifLate: string; ifLateDetail: string } {
  const next = whenLate(held, procedure)
  if (next.does === 'hand-over') {
    const then = whenLate(next.case, procedure)
    const at = sayTime(next.case.dueAt, timeZone)
    return {
      ifLate: `${capital(deskInSentence(deskTitle(procedure, next.case.desk)))} gets it by itself`,
      ifLateDetail:
        then.does === 'hand-over'
          ? `If they are late as well, ${deskInSentence(deskTitle(procedure, then.case.desk))} gets it by itself on ${at}.`
          : then.does === 'wait'
            ? `They have until ${at}. ${waitWords(held)}`
            : `If they are late as well, ${endWords(held, then.does)} by itself on ${at}.`,
    }
  }
  if (next.does === 'wait')
    return {
      ifLate: 'Our officer is told, and the clock starts again',
      ifLateDetail: waitWords(held),
    }
  return {
    ifLate: capital(`${endWords(held, next.does)} by itself`),
    ifLateDetail: 'You need do nothing for that.',
  }
}

export interface WayStep {
  title: string
  words: string
  state: 'done' | 'now' | 'ahead'
}

/** Every step from here to the end, with its last possible date. */
export function wayOf({
  case: held,
  procedure,
  timeZone,
  reader,
}: Pick<Matter, 'case' | 'procedure' | 'timeZone' | 'reader'>): WayStep[] {
  const desk = deskTitle(procedure, held.desk)
  const isOpen = held.state === 'open'
  const steps: WayStep[] = [
    {
      title: reader === 'seller' ? 'Your appeal' : 'The appeal',
      words: `Here since ${sayTime(held.openedAt, timeZone)}`,
      state: 'done',
    },
  ]
  if (held.secondLook)
    steps.push({
      title: 'First look',
      words: 'What was lifted or narrowed stays so',
      state: 'done',
    })
  steps.push({
    title: held.secondLook ? `Second look: ${desk}` : desk,
    words: isOpen
      ? `Decides by ${sayTime(held.dueAt, timeZone)}`
      : held.decidedAt
        ? `Decided ${sayTime(held.decidedAt, timeZone)}`
        : 'Did not need to decide',
    state: isOpen ? 'now' : 'done',
  })
  const contestable = isOpen
    ? contestedAt(held, procedure, held.dueAt)
    : secondLookDesk(held, procedure) === null
      ? null
      : contestedAt(held, procedure, held.decidedAt ?? held.dueAt)
  if (contestable && held.state !== 'closed') {
    const within = sayLength(contestable.dueAt.getTime() - contestable.arrivedAt.getTime())
    steps.push({
      title:
        reader === 'seller'
          ? 'Second look, if you want one'
          : 'Second look, if the seller wants one',
      words: `${deskTitle(procedure, contestable.desk)}, ${within} more. Somebody who hasn’t decided it before`,
      state: held.state === 'answered' ? 'now' : 'ahead',
    })
  }
  if (isOpen) {
    steps.push({
      title: 'The last answer',
      words: `By ${sayTime(lastAnswer(held, procedure), timeZone)}, worst case`,
      state: 'ahead',
    })
  }
  const outcome = caseOutcome(held)
  const returns = held.objections.some(
    (objection) =>
      objection.outcome === 'measure_lifted' || objection.outcome === 'measure_narrowed',
  )
  if (isOpen || returns) {
    steps.push({
      title: isOpen ? 'Back in the shop, if lifted' : 'Back in the shop',
      words:
        held.state === 'closed'
          ? 'Seen there'
          : 'The case stays open until the shop shows it again',
      state: held.state === 'closed' ? 'done' : held.state === 'restoring' ? 'now' : 'ahead',
    })
  }
  if (held.state === 'closed')
    steps.push({
      title: 'Closed',
      words: outcome ? outcomeSentence(outcome, reader) : 'Nothing is open any more',
      state: 'done',
    })
  return steps
}

/** How an appeal filed now would go: null where the procedure has no way for this measure and channel. */
export function wayAhead({
  measure,
  channel,
  procedure,
  now,
  timeZone,
}: {
  measure: Measure
  channel: string
  procedure: Procedure
  now: Date
  timeZone: string
}): { desk: string; within: string; answerBy: string; secondLook: string | null } | null {
  const desk = routeTo(procedure, measure, channel)
  if (desk === null) return null
  const opened = openCase(
    {
      id: '',
      number: 0,
      kind: 'appeal',
      matter: measure,
      channel,
      sellerId: '',
      procedureId: '',
      desk,
      by: null,
      check: null,
      objections: [{ id: '', decisionId: '', measure, track: 'dispute', text: '-', remedy: null }],
    },
    procedure,
    now,
  )
  if (!opened.ok) return null
  const again = contestedAt(opened.case, procedure, opened.case.dueAt)
  return {
    desk: deskTitle(procedure, desk),
    within: sayLength(opened.case.dueAt.getTime() - now.getTime()),
    answerBy: sayTime(lastAnswer(opened.case, procedure), timeZone),
    secondLook: again && deskTitle(procedure, again.desk),
  }
}

/** What an outcome is called in a sentence. */
export function outcomeSentence(outcome: ObjectionOutcome, reader: Reader): string {
  const words = {
    measure_lifted: 'The measure is lifted.',
    measure_narrowed: 'The measure is narrowed.',
    measure_stands: 'The measure stands.',
    withdrawn:
      reader === 'seller' ? 'You took the appeal back.' : 'The seller took the appeal back.',
  } as const satisfies Record<ObjectionOutcome, string>
  return words[outcome]
}

/** A desk's title inside a sentence: "the executive office", but "Seller Performance" as it is. */
export function deskInSentence(title: string): string {
  const isCommonNoun =
    /^\p{Lu}[^\p{Lu}]*$/u.test(title) && /\b(office|team|board|desk|committee|lead)\b/iu.test(title)
  return isCommonNoun ? `the ${title.charAt(0).toLowerCase()}${title.slice(1)}` : title
}

/** "2 days", "36 hours", "20 minutes". */
export function sayLength(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  if (minutes >= 48 * 60 && minutes % (24 * 60) === 0) return plural(minutes / (24 * 60), 'day')
  if (minutes >= 60) return plural(Math.round(minutes / 60), 'hour')
  return plural(Math.max(1, minutes), 'minute')
}

function running({
  case: held,
  procedure,
  now,
  timeZone,
  reader,
  holderName,
}: Matter): HoldingLine {
  const desk = deskTitle(procedure, held.desk)
  const isTaken = holderName !== null && held.heldBy !== null && isHeldBy(held, held.heldBy, now)
  return {
    state: 'running',
    who: isTaken ? `${holderName}, ${desk}` : `${desk}, a person`,
    whoDetail: heldWords(held, reader),
    startedAt: held.arrivedAt,
    dueAt: held.dueAt,
    ...latenessWords({ case: held, procedure, timeZone }),
  }
}

function heldWords(held: Case, reader: Reader): string {
  if (held.kind === 'check')
    return held.check?.decisionId
      ? 'Looks at what the rule did, appeal or not'
      : 'Looks at it before anything happens'
  if (held.secondLook) return 'Nobody who decided it before'
  return reader === 'seller'
    ? 'Not the one who took the measure or wrote the rule'
    : 'Anybody who neither took the measure nor wrote the rule'
}

function overdue(
  { case: held, procedure, now, timeZone, holderName }: Matter,
  since: Date,
): HoldingLine {
  const desk = deskTitle(procedure, held.desk)
  const isTaken = holderName !== null && held.heldBy !== null && isHeldBy(held, held.heldBy, now)
  return {
    state: 'overdue',
    who: isTaken ? `${holderName}, ${desk}` : `${desk}, a person`,
    whoDetail: `Every clock ran out on ${sayTime(since, timeZone)}, and nobody had answered`,
    startedAt: held.arrivedAt,
    dueAt: since,
    ifLate: 'Our officer has been told',
    ifLateDetail: `And is told again on ${sayTime(held.dueAt, timeZone)}. ${waitWords(held)}`,
  }
}

function restoring({ case: held, now, timeZone, restoration }: Matter): HoldingLine {
  const since = restoration?.since ?? held.decidedAt ?? held.arrivedAt
  const dueAt = later(since, restoringWithin)
  const isLate = now >= dueAt
  return {
    state: 'restoring',
    who: 'The shop, asked to show it again',
    whoDetail: isLate
      ? `Not yet back since ${sayTime(since, timeZone)}`
      : `Decided ${sayTime(held.decidedAt ?? since, timeZone)}; we look there ourselves`,
    startedAt: since,
    dueAt,
    ifLate: isLate
      ? 'A person of the marketplace has been called'
      : 'A person of the marketplace is called',
    ifLateDetail: 'And again every hour. The case stays open until the shop shows what is owed.',
  }
}

function answered({ case: held, procedure, timeZone, reader }: Matter): HoldingLine {
  const outcome = caseOutcome(held)
  const desk = secondLookDesk(held, procedure)
  const whom = desk === null ? 'another desk' : deskInSentence(deskTitle(procedure, desk))
  const who = reader === 'seller' ? 'You' : 'The seller'
  const until =
    held.contestBy === null
      ? `; the time for that begins when ${reader === 'seller' ? 'you have' : 'the seller has'} been told`
      : ` until ${sayTime(held.contestBy, timeZone)}`
  return {
    state: 'done',
    who: `Answered. ${outcome ? outcomeSentence(outcome, reader) : ''}`.trim(),
    whoDetail: `${who} can ask ${whom} to look again${until}.`,
    startedAt: held.decidedAt ?? held.arrivedAt,
    dueAt: held.contestBy,
    ifLate: 'Then the case is closed',
    ifLateDetail: 'The answer stays, and so does the way to a dispute body or a court.',
  }
}

function closed({ case: held, timeZone, reader, restoration }: Matter): HoldingLine {
  const outcome = caseOutcome(held)
  const conclusion = { cleared: 'The listing is fine.', acted: 'The rule was right.' } as const
  const words = held.check?.conclusion
    ? conclusion[held.check.conclusion]
    : outcome
      ? outcomeSentence(outcome, reader)
      : ''
  const at = held.closedAt ?? held.decidedAt ?? held.arrivedAt
  return {
    state: 'done',
    who: `Closed. ${words}`.trim(),
    whoDetail: proofWords(held, restoration, timeZone) ?? `On ${sayTime(at, timeZone)}.`,
    startedAt: held.decidedAt ?? held.openedAt,
    dueAt: null,
    ifLate: '',
    ifLateDetail: '',
  }
}

function proofWords(held: Case, restoration: Restored | null, timeZone: string): string | null {
  const returned = held.objections.some(
    (objection) =>
      objection.outcome === 'measure_lifted' || objection.outcome === 'measure_narrowed',
  )
  if (!returned || restoration === null) return null
  switch (restoration.state) {
    case 'back':
      return restoration.seenAt
        ? `Seen back in the shop on ${sayTime(restoration.seenAt, timeZone)}.`
        : 'Seen back in the shop.'
    case 'not-in-shop':
      return 'The shop does not have this listing now; when it appears, it appears as owed.'
    case 'not-yet-back':
      return 'The shop does not show it yet; we keep at it.'
  }
}

type WhenLate = { does: 'hand-over'; case: Case } | { does: 'lift' | 'narrow' | 'wait' }

/** Lets the desk be late in thought, by the very function that will do it: words and deeds cannot differ. */
function whenLate(held: Case, procedure: Procedure): WhenLate {
  const result = changeCase(held, { do: 'late' }, procedure, held.dueAt)
  if (!result.ok) return { does: 'wait' }
  const [effect] = result.effects
  if (effect) return { does: effect.power === 'grant' ? 'lift' : 'narrow' }
  return result.case.desk === held.desk
    ? { does: 'wait' }
    : { does: 'hand-over', case: result.case }
}

/** The case at its second look, if all of it were denied at that time; null when there is none. */
function contestedAt(held: Case, procedure: Procedure, at: Date): Case | null {
  const denied: Case = {
    ...held,
    state: 'answered',
    contestBy: null,
    objections: held.objections.map((objection) =>
      objection.outcome === null ? { ...objection, outcome: 'measure_stands' } : objection,
    ),
  }
  const result = changeCase(denied, { do: 'contest', by: '', text: '-' }, procedure, at)
  return result.ok ? result.case : null
}

/** The last possible answer: every desk takes all its time, and whatever can be contested is contested at once. */
function lastAnswer(held: Case, procedure: Procedure, seen: readonly string[] = []): Date {
  const step = `${held.desk} ${String(held.secondLook)}`
  if (seen.includes(step)) return held.dueAt
  const ends = [held.dueAt]
  const late = whenLate(held, procedure)
  if (late.does === 'hand-over') ends.push(lastAnswer(late.case, procedure, [...seen, step]))
  const again = contestedAt(held, procedure, held.dueAt)
  if (again) ends.push(lastAnswer(again, procedure, [...seen, step]))
  return new Date(Math.max(...ends.map((end) => end.getTime())))
}

function endWords(held: Case, does: 'lift' | 'narrow'): string {
  const measures = openObjections(held).map((objection) => objection.measure)
  if (measures.length > 1)
    return does === 'lift' ? 'every measure is lifted' : 'every measure is narrowed'
  const [measure] = measures
  if (does === 'lift')
    return measure === 'listing.demote'
      ? 'the listing is back in search'
      : 'the listing goes back on sale'
  return measure && narrowerMeasure(measure) === 'listing.demote'
    ? 'the listing goes back on sale, out of search,'
    : 'the measure is narrowed'
}

function waitWords(held: Case): string {
  if (held.kind === 'check')
    return held.check?.decisionId
      ? 'The measure can be appealed meanwhile.'
      : 'The listing stays as it is meanwhile.'
  return 'No clock may end this one, so it stays with a person until one answers.'
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
