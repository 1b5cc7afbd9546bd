/** The holding line says of a case who has it, until when, and what happens by itself if they are late. */
import { later } from './calendar.ts'
import { capital } from './capital.ts'
import {
  caseOutcome,
  isHeldBy,
  isMatter,
  openCase,
  openObjections,
  restoringWithin,
  secondLookDesk,
  type Case,
} from './case.ts'
import { contestedAt, ifLate, lastAnswer } from './case-ahead.ts'
import type { ObjectionOutcome } from './objection.ts'
import { measureInProcedure, measures, type Measure, type SubjectKind } from './measure.ts'
import { deskTitle, routeTo, type Procedure } from './procedure.ts'
import { caseNoun } from './case.ts'
import type { Language } from './language.ts'
import { sayTime } from './saying.ts'
import { wordsIn } from './words.ts'
import { deskInSentence } from './words/en.ts'
export { deskInSentence }

export interface HoldingLine {
  /** `stands-still`: a question waits for the seller, and our clock with it. */
  state: 'running' | 'stands-still' | 'overdue' | 'restoring' | 'done'
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
    case 'deciding': // for everybody but the desk it is where it was
      return held.overdueSince === null ? running(matter) : overdue(matter, held.overdueSince)
    case 'asking':
      return standingStill(matter)
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
  language = 'en',
}: Pick<Matter, 'case' | 'procedure' | 'timeZone'> & { language?: Language }): {
  ifLate: string
  ifLateDetail: string
} {
  const words = wordsIn(language).lateness
  const next = ifLate(held, procedure)
  if (next.does === 'hand-over') {
    const then = ifLate(next.case, procedure)
    const at = sayTime(next.case.dueAt, timeZone, { language })
    return {
      ifLate: words.handOver(deskTitle(procedure, next.case.desk)),
      ifLateDetail:
        then.does === 'hand-over'
          ? words.thenHandOver(deskTitle(procedure, then.case.desk), at)
          : then.does === 'wait'
            ? words.thenWait(at, waitWords(held, language))
            : words.thenEnds(endWords(held, then.does, language), at),
    }
  }
  if (next.does === 'wait')
    return { ifLate: words.officer, ifLateDetail: waitWords(held, language) }
  return {
    ifLate: words.ends(endWords(held, next.does, language)),
    ifLateDetail: words.nothingToDo,
  }
}

/** The same as whole sentences, for a notice. */
export function sayIfLate(
  held: Pick<Matter, 'case' | 'procedure' | 'timeZone'> & { language: Language },
): string {
  const { ifLate: then, ifLateDetail } = latenessWords(held)
  return wordsIn(held.language).lateness.sentence(then, ifLateDetail)
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
  const isOpen = held.state === 'open' || held.state === 'deciding' || held.state === 'asking'
  const noun = caseNoun(held.kind)
  const steps: WayStep[] = [
    {
      title: reader === 'seller' && held.complaint === null ? `Your ${noun}` : `The ${noun}`,
      words: `Here since ${sayTime(held.openedAt, timeZone)}`,
      state: 'done',
    },
  ]
  if (held.secondLook)
    steps.push({
      title: 'First look',
      words: held.complaint === null ? 'What was lifted or narrowed stays so' : 'By another desk',
      state: 'done',
    })
  steps.push({
    title: held.secondLook ? `Second look: ${desk}` : desk,
    words: isOpen
      ? `${isMatter(held) ? 'Answers' : 'Decides'} by ${sayTime(held.dueAt, timeZone)}`
      : held.decidedAt
        ? `${isMatter(held) ? 'Answered' : 'Decided'} ${sayTime(held.decidedAt, timeZone)}`
        : `Did not need to ${isMatter(held) ? 'answer' : 'decide'}`,
    state: isOpen ? 'now' : 'done',
  })
  const contestable = isOpen
    ? contestedAt(held, procedure, held.dueAt)
    : secondLookDesk(held, procedure) === null
      ? null
      : contestedAt(held, procedure, held.decidedAt ?? held.dueAt)
  if (contestable && held.state !== 'closed' && held.complaint === null) {
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
  if ((isOpen && !isMatter(held)) || returns) {
    steps.push({
      title: isOpen ? `${returnWords(held)}, if lifted` : returnWords(held),
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
  const named = measureInProcedure(measure)
  const desk = routeTo(procedure, named, channel)
  if (desk === null) return null
  const opened = openCase(
    {
      id: '',
      number: 0,
      kind: 'appeal',
      matter: named,
      channel,
      sellerId: '',
      procedureId: '',
      desk,
      by: null,
      text: null,
      check: null,
      overdueSince: null,
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
    withdrawn: reader === 'seller' ? 'You took it back.' : 'The seller took it back.',
  } as const satisfies Record<ObjectionOutcome, string>
  return words[outcome]
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
  if (held.complaint !== null)
    return held.secondLook ? 'Nobody who decided it before' : 'Finds out what is so'
  if (held.kind !== 'check' && isMatter(held)) return 'Reads it and answers'
  if (held.kind === 'check')
    return held.check?.decisionId
      ? 'Looks at what the rule did, appeal or not'
      : 'Looks at it before anything happens'
  if (held.secondLook) return 'Nobody who decided it before'
  return reader === 'seller'
    ? 'Not the one who took the measure or wrote the rule'
    : 'Anybody who neither took the measure nor wrote the rule'
}

function standingStill({ case: held, procedure, timeZone, reader, now }: Matter): HoldingLine {
  const desk = deskTitle(procedure, held.desk)
  const until = held.ask?.until ?? held.dueAt
  const left = sayLength(Math.max(0, held.dueAt.getTime() - until.getTime()))
  return {
    state: 'stands-still',
    who: reader === 'seller' ? `You: ${desk} asked you something` : `The seller: ${desk} asked`,
    whoDetail:
      reader === 'seller'
        ? 'Our clock stands still meanwhile, and waiting is never held against you'
        : 'The clock stands still meanwhile',
    startedAt: held.ask?.at ?? now,
    dueAt: until,
    ifLate: `${capital(deskInSentence(desk))} goes on with what there is`,
    ifLateDetail: `They then have the ${left} that were left, until ${sayTime(held.dueAt, timeZone)} at the latest.`,
  }
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
    ifLateDetail: `And is told again on ${sayTime(held.dueAt, timeZone)}. ${waitWords(held, 'en')}`,
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

function answered(matter: Matter): HoldingLine {
  const { case: held, procedure, timeZone, reader } = matter
  if (isMatter(held)) return answeredMatter(matter)
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

function answeredMatter({ case: held, timeZone, reader }: Matter): HoldingLine {
  if (held.complaint !== null) return foundHolding(held, reader)
  const noun = caseNoun(held.kind)
  const until = held.contestBy === null ? '' : ` until ${sayTime(held.contestBy, timeZone)}`
  return {
    state: 'done',
    who: 'Answered.',
    whoDetail: `${reader === 'seller' ? 'You' : 'Its sender'} can write again${until}, and it opens again.`,
    startedAt: held.decidedAt ?? held.arrivedAt,
    dueAt: held.contestBy,
    ifLate: `Then the ${noun} is closed`,
    ifLateDetail: 'A new one can be sent at any time.',
  }
}

/** What was found of a complaint stands in the title; its reporter may still have another desk look. */
function foundHolding(held: Case, reader: Reader): HoldingLine {
  const found = {
    confirmed: 'It is so.',
    refuted: 'It is not so.',
    undetermined: 'We could not find out.',
  }
  return {
    state: 'done',
    who: `Answered. ${found[held.complaint?.finding ?? 'undetermined']}`,
    whoDetail:
      reader === 'seller'
        ? 'You need do nothing. Whoever complained may ask another desk to look again.'
        : 'Its reporter may ask another desk to look again.',
    startedAt: held.decidedAt ?? held.arrivedAt,
    dueAt: held.contestBy,
    ifLate: 'Then the case is closed',
    ifLateDetail: '',
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
  const words = returnWords(held)
  const seen = words.charAt(0).toLowerCase() + words.slice(1)
  switch (restoration.state) {
    case 'back':
      return restoration.seenAt
        ? `Seen ${seen} on ${sayTime(restoration.seenAt, timeZone)}.`
        : `Seen ${seen}.`
    case 'not-in-shop':
      return 'It is not in the shop now; when it appears, it appears as owed.'
    case 'not-yet-back':
      return 'The shop does not show it yet; we keep at it.'
  }
}

/** What giving back means for what the case is about. */
function returnWords(held: Case): string {
  const kinds = new Set(held.objections.map(({ measure }) => measures[measure].subject))
  const [kind = 'listing'] = kinds
  return kinds.size > 1 ? 'Given back in the shop' : returnsAs[kind]
}

const returnsAs = {
  listing: 'Back in the shop',
  account: 'Free again in the shop',
  payouts: 'Released in the shop',
} as const satisfies Record<SubjectKind, string>

/** What is so of the subject once a measure is lifted, or narrowed, by itself. */
function endWords(held: Case, does: 'lift' | 'narrow', language: Language): string {
  const words = wordsIn(language).lateness
  const measures = openObjections(held).map((objection) => objection.measure)
  const [measure] = measures
  if (measure === undefined || measures.length > 1)
    return does === 'lift' ? words.everyLifted : words.everyNarrowed
  return does === 'lift' ? words.lifts[measure] : (words.narrows[measure] ?? words.narrowed)
}

function waitWords(held: Case, language: Language): string {
  const words = wordsIn(language).lateness
  if (held.check?.threshold !== undefined) return words.waitAccount
  if (held.kind === 'check') return held.check?.decisionId ? words.waitAppealable : words.waitAsItIs
  return isMatter(held) ? words.waitAnswer : words.waitPerson
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
