/** The thread tells what happened in a case, oldest first, in the words of whoever reads it. */
import { z } from 'zod'
import { caseNoun, type Case, type CaseEvent } from './case.ts'
import { deskInSentence, outcomeSentence, type Reader } from './holding.ts'
import { isMailChannel, mailedFrom } from './mail-address.ts'
import type { Measure } from './measure.ts'
import type { Objection, ObjectionOutcome } from './objection.ts'
import { deskTitle } from './procedure.ts'
import { firstName } from './reasons.ts'
import { saySubject, saySubjectAtDesk, sayTime, shortTitle } from './saying.ts'
import { callStep } from './thread-call.ts'
import { wordsIn } from './words.ts'
import { cameByLetter, letterStep, openedByLetter } from './thread-letter.ts'
import {
  name,
  party,
  sender,
  step,
  text,
  title,
  type AboutDecision,
  type CaseHappening,
  type Story,
  type Telling,
  type ThreadStep,
} from './thread-step.ts'

/** Tells the whole thread: the decisions it is about, then every event that says something to this reader. */
export function threadOf(story: Story): ThreadStep[] {
  const steps = [...story.about]
    .sort((a, b) => a.takenAt.getTime() - b.takenAt.getTime())
    .map((decision) => imposedStep(decision, story))
  // A case is born at its first desk, and each arrival moves it: who decided is named with the desk of that time.
  let desk = story.case.desk
  for (const event of story.events) {
    if (event.kind === 'case.arrived') desk = text(event.detail['desk']) ?? desk
    const told = eventStep(event, { ...story, desk })
    if (told) steps.push(told)
  }
  return steps
}

function eventStep(event: CaseHappening, told: Telling): ThreadStep | null {
  const { reader } = told
  const kind = event.kind as CaseEvent['kind'] // the switch passes over what is not a case's own
  switch (kind) {
    case 'case.opened':
      return openedStep(event, told)
    case 'case.arrived':
      return arrivedStep(event, told)
    case 'case.taken':
      return reader === 'desk' ? step(event, 'person', `${name(event, told)} took the case.`) : null
    case 'case.released':
      return reader === 'desk' ? step(event, 'person', releasedWords(event, told)) : null
    case 'case.asked':
      return askedStep(event, told)
    case 'case.written':
      return writtenStep(event, told)
    case 'case.mailed':
      return mailedStep(event, told)
    case 'case.letter':
    case 'case.letter_answered':
    case 'case.bundled':
    case 'case.body_decided':
      return letterStep(event, kind, told)
    case 'case.silent':
      return step(event, 'clock', `${title(told)} goes on with what there is.`)
    case 'case.informed':
    case 'case.answered':
      return step(
        event,
        'person',
        `${name(event, told)}, ${title(told)}, ${kind === 'case.answered' ? 'answered' : 'wrote'}.`,
        text(event.detail['text']),
      )
    case 'case.given':
      return reader === 'desk'
        ? step(event, 'person', `${name(event, told)} decided, and may take it back for a minute.`)
        : null
    case 'case.undone':
      return reader === 'desk'
        ? step(event, 'person', `${name(event, told)} took the decision back.`)
        : null
    case 'case.overdue':
      return step(
        event,
        'clock',
        `${title(told)} was late, and no clock may decide this. Our officer has been told.`,
      )
    case 'case.decided':
      return decidedStep(event, told)
    case 'case.concluded':
      return step(
        event,
        'person',
        event.detail['conclusion'] === 'cleared'
          ? `${name(event, told)}, ${title(told)}, found nothing wrong with the listing.`
          : `${name(event, told)}, ${title(told)}, found that the rule is right.`,
        told.case.check?.reasons ?? null,
      )
    case 'case.found':
      return step(
        event,
        'person',
        `${name(event, told)}, ${title(told)}, looked into it: ${foundWords[text(event.detail['finding']) ?? ''] ?? 'it is decided'}.`,
        text(event.detail['reasons']),
      )
    case 'case.contested':
      if (told.case.complaint !== null)
        return step(
          event,
          'reporter',
          'Whoever complained asked another desk to look again.',
          text(event.detail['text']),
        )
      return step(
        event,
        'you',
        `${sender(event, told)} asked another desk to look again.`,
        text(event.detail['text']),
      )
    case 'case.reopened':
      return step(
        event,
        'you',
        `${sender(event, told)} brought something new, so it is open again.`,
        text(event.detail['text']),
      )
    case 'case.withdrawn':
      return step(event, 'you', `${sender(event, told)} took it back.`)
    case 'case.linked':
      return reader === 'desk'
        ? step(
            event,
            'person',
            `${name(event, told)} linked the claim with the account of ${shortTitle(text(event.detail['sellerName']) ?? '')}.`,
          )
        : null
    case 'case.secured':
      return reader === 'desk'
        ? step(event, 'clock', 'What keeps the account shut is what this claim is about.')
        : null
    case 'case.agreed':
      return step(
        event,
        'person',
        'Two people said yes, each without knowing what the other thought.',
      )
    case 'case.joined':
      return joinedStep(event, told)
    case 'case.call_booked':
    case 'case.call_cancelled':
    case 'case.call_made':
    case 'case.call_missed':
    case 'case.call_lapsed':
      return callStep(event, kind, told)
    case 'case.restored':
      return step(event, 'shop', 'The shop shows what is owed: we looked there ourselves.')
    case 'case.closed':
      return step(event, 'clock', 'The case is closed.')
  }
  return null
}

function imposedStep(decision: AboutDecision, { reader, nameOf }: Story): ThreadStep {
  const {
    takenBy,
    measure,
    subject,
    policyTitle,
    policyVersion,
    takenAt: at,
    decisionId,
  } = decision
  const did = doing[measure](reader === 'seller' ? saySubject(subject) : saySubjectAtDesk(subject))
  const base = { at, quote: null, decisionId, caseId: null }
  switch (takenBy.kind) {
    case 'policy':
      return {
        ...base,
        who: 'machine',
        words: `Rule “${policyTitle}”, version ${policyVersion}, ${did}.`,
      }
    case 'person':
      return {
        ...base,
        who: 'person',
        words: `${nameOf(takenBy.id) ?? (reader === 'seller' ? firstName(takenBy.name) : takenBy.name)} ${did}, under “${policyTitle}”.`,
      }
    case 'clock':
      return { ...base, who: 'clock', words: `Nobody answered in time: a clock ${did}.` }
  }
}

const barsListings = (subject: string) => `barred ${subject} from adding listings`
const shutsSignIn = (subject: string) => `left only the sign-in to ${subject} shut`

const doing = {
  'listing.deactivate': (subject) => `took ${subject} off sale`,
  'listing.deactivate.safety': (subject) => `took ${subject} off sale for safety`,
  'listing.demote': (subject) => `took ${subject} out of search`,
  'account.warn': (subject) => `put a warning on ${subject}`,
  'account.suspend': (subject) => `suspended ${subject}`,
  'account.suspend.narrowed': barsListings,
  'account.lock': (subject) => `locked ${subject}`,
  'account.lock.narrowed': shutsSignIn,
  'account.secure': (subject) => `secured ${subject}`,
  'account.secure.narrowed': shutsSignIn,
  'account.close': (subject) => `decided to close ${subject}`,
  'account.close.narrowed': barsListings,
  'payout.hold': (subject) => `held money of ${subject}`,
  'payout.hold.narrowed': (subject) => `held what buyers dispute of ${subject}`,
  'payout.protect': (subject) => `let ${subject} go only to old accounts`,
} as const satisfies Record<Measure, (subject: string) => string>

function openedStep(event: CaseHappening, told: Telling): ThreadStep | null {
  const { case: held, reader } = told
  if (held.kind === 'check') {
    return step(
      event,
      'machine',
      held.check?.decisionId
        ? 'What the rule did is looked at by a person.'
        : 'A rule asked for a person to look.',
    )
  }
  if (held.complaint !== null) return complainedStep(event, told)
  if (text(event.detail['from']) !== null) return turnedStep(event, told)
  if (cameByLetter(event))
    return openedByLetter(event, told, {
      appealed: held.kind === 'appeal' ? trackWords(held.objections, reader) : null,
      quote: held.kind === 'appeal' ? sayings(held.objections) : text(event.detail['text']),
    })
  const goesOn = held.kind === 'recovery' && text(event.detail['text']) === null
  if (event.detail['channel'] === 'system' || goesOn) return systemStep(event, held)
  const who = sender(event, told)
  const by = reader === 'desk' ? doorWords(event.detail['channel']) : ''
  // What a claim is about may be found out later; it is told as it came.
  if (held.objections.length === 0 || held.kind === 'recovery')
    return step(
      event,
      'you',
      `${openedWords(held, who)}${topicWords(event, reader)}`,
      text(event.detail['text']),
    )
  return step(
    event,
    'you',
    `${who} appealed${by}: ${trackWords(held.objections, reader)}.`,
    sayings(held.objections),
  )
}

/** What was found of a complaint, inside a sentence. */
const foundWords: Record<string, string> = {
  confirmed: 'it is so',
  refuted: 'it is not so',
  undetermined: 'we could not find out',
}

/** Somebody complains: the words are theirs, and who they are is in none of it. */
function complainedStep(event: CaseHappening, told: Telling): ThreadStep {
  const { kind = 'other', decisionId = null } = told.case.complaint ?? {}
  const held = decisionId === null ? '' : ' The listing is held until a person has looked.'
  return {
    ...step(
      event,
      'reporter',
      `Somebody complains ${wordsIn('en').complaint.kind(kind)}.${held}`,
      text(event.detail['text']),
    ),
    decisionId,
  }
}

function doorWords(channel: unknown): string {
  if (channel === 'link') return ' from the link in the mail'
  return typeof channel === 'string' && isMailChannel(channel) ? ' by e-mail' : ''
}

/** By which way of the help somebody came, for whom it says what they looked for. */
function topicWords(event: CaseHappening, reader: Reader): string {
  const topic = text(event.detail['topic'])
  return reader === 'desk' && topic !== null ? ` They came by the help: ${topic}.` : ''
}

/** An appeal that began as a question. */
function turnedStep(event: CaseHappening, told: Telling): ThreadStep {
  const { case: held, reader } = told
  const from = text(event.detail['from']) ?? ''
  const whose = reader === 'seller' ? 'your' : 'the'
  return {
    ...step(
      event,
      'person',
      `${name(event, told)} turned ${whose} question ${from} into this appeal. It counts from the day of the question.`,
      sayings(held.objections),
    ),
    caseId: text(event.detail['fromId']),
  }
}

/** A question that goes on elsewhere, or an appeal that took one in. */
function joinedStep(event: CaseHappening, told: Telling): ThreadStep {
  const whose = told.reader === 'seller' ? 'your' : 'the'
  const into = text(event.detail['into'])
  if (into !== null)
    return {
      ...step(
        event,
        'person',
        `${name(event, told)}, ${title(told)}, saw that this contests a measure: it goes on as ${whose} appeal ${into}, with every word. The date counts from here.`,
      ),
      caseId: text(event.detail['intoId']),
    }
  return {
    ...step(
      event,
      'person',
      `${name(event, told)} added ${whose} question ${text(event.detail['from']) ?? ''} here. The earlier date counts.`,
      text(event.detail['text']),
    ),
    caseId: text(event.detail['fromId']),
  }
}

function openedWords(held: Case, who: string): string {
  switch (held.kind) {
    case 'letter':
      return `${who} wrote a letter.`
    case 'recovery':
      return `Somebody who cannot get in claims the account.`
    default:
      return `${who} sent a ${caseNoun(held.kind)}.`
  }
}

/** What the system opens itself: what a clock could only narrow goes on, or somebody has to be found. */
function systemStep(event: CaseHappening, held: Case): ThreadStep {
  const words =
    held.kind === 'appeal'
      ? 'What was left in force may not end by itself, so a person looks at it.'
      : held.kind === 'recovery'
        ? 'No person had answered the claim when its clocks ran out, so it goes on here until one has.'
        : `The system opened this ${caseNoun(held.kind)}.`
  return step(event, 'machine', words, text(event.detail['text']) ?? sayings(held.objections))
}

function askedStep(event: CaseHappening, told: Telling): ThreadStep {
  const until = text(event.detail['until'])
  const by =
    until === null
      ? ''
      : ` There is time to answer until ${sayTime(new Date(until), told.timeZone)}.`
  const whom = told.reader === 'seller' ? 'you' : party(told).toLowerCase()
  return step(
    event,
    'person',
    `${name(event, told)}, ${title(told)}, asked ${whom}.${by}`,
    text(event.detail['question']),
  )
}

function writtenStep(event: CaseHappening, told: Telling): ThreadStep {
  const did = text(event.detail['answers']) === null ? 'wrote' : 'answered'
  const from = mailedFrom(event.by)
  const by = from !== null && told.reader === 'desk' ? ` by e-mail, from ${from}` : ''
  return step(event, 'you', `${sender(event, told)} ${did}${by}.`, text(event.detail['text']))
}

/** A mail that a person put here, or that came to another address of ours as well. */
function mailedStep(event: CaseHappening, told: Telling): ThreadStep {
  const address = text(event.detail['address'])
  const words = text(event.detail['text'])
  if (words === null)
    return step(event, 'you', `The same e-mail came to ${address ?? 'another address'} as well.`)
  const from = told.reader === 'desk' ? ` from ${text(event.detail['from']) ?? 'nobody'}` : ''
  return event.by !== null && told.nameOf(event.by) !== null
    ? step(event, 'person', `${name(event, told)} put an e-mail${from} here.`, words)
    : step(event, 'you', `${sender(event, told)} sent an e-mail${from}.`, words)
}

function trackWords(objections: Objection[], reader: Reader): string {
  const who = reader === 'seller' ? 'you have' : 'they have'
  const tracks = new Set(objections.map((objection) => objection.track))
  const what =
    tracks.size > 1
      ? `some is a mistake, some ${who} fixed`
      : tracks.has('dispute')
        ? 'this is a mistake'
        : `${who} fixed it`
  return objections.length > 1 ? `${what}, ${String(objections.length)} points` : what
}

/** What a party says against decisions, word for word; null where that is nothing. */
export function sayings(objections: readonly Pick<Objection, 'text' | 'remedy'>[]): string | null {
  const said = objections.map(({ text: own, remedy }) =>
    remedy
      ? [
          // A page that asks only for the three parts sends the correction as the text, too.
          ...(own === remedy.correction ? [] : [own]),
          `What led to it: ${remedy.cause}`,
          `What was corrected: ${remedy.correction}`,
          `How it is prevented: ${remedy.prevention}`,
        ].join('\n')
      : own,
  )
  return said.length === 0 ? null : said.join('\n\n')
}

function arrivedStep(event: CaseHappening, told: Telling): ThreadStep {
  const from = text(event.detail['from'])
  const dueAt = text(event.detail['dueAt'])
  const until = dueAt === null ? '' : ` They have until ${sayTime(new Date(dueAt), told.timeZone)}.`
  const to = deskInSentence(title(told))
  switch (event.detail['why']) {
    case 'second-look':
      return step(event, 'clock', `Came to ${to} for the second look.${until}`)
    case 'again':
      return step(event, 'clock', `Is with ${to} again.${until}`)
    case 'forward':
      return step(
        event,
        'person',
        `${name(event, told)}, ${deskTitle(told.procedure, from ?? '')}, handed it to ${to}. The last date for ${told.reader === 'seller' ? 'your' : 'the'} answer stays as it was.`,
        text(event.detail['reason']),
      )
  }
  if (from === null) return step(event, 'clock', `Came to ${to}.${until}`)
  return step(
    event,
    'clock',
    `${deskTitle(told.procedure, from)} was late, so it went to ${to} by itself.${until}`,
  )
}

function decidedStep(event: CaseHappening, told: Telling): ThreadStep {
  const answered = answersIn(event.detail['answers'])
  const quote = answered
    .map(({ answer, decisionId }) => {
      const about = told.about.find((decision) => decision.decisionId === decisionId)
      return answered.length > 1 && about ? `${saySubjectAtDesk(about.subject)}: ${answer}` : answer
    })
    .join('\n\n')
  const outcome = text(event.detail['outcome'])
  const became =
    outcome === null ? '' : ` ${outcomeSentence(outcome as ObjectionOutcome, told.reader)}` // written by core as the case's outcome
  if (event.by === null)
    return step(
      event,
      'clock',
      `Nobody answered in time, so it was decided by itself.${became}`,
      quote || null,
    )
  const person = told.nameOf(event.by)
  if (person === null)
    return step(event, 'machine', `A machine read it again and said yes.${became}`, quote || null)
  return step(event, 'person', `${person}, ${title(told)}, decided.${became}`, quote || null)
}

function releasedWords(event: CaseHappening, told: Telling): string {
  const of = text(event.detail['of'])
  if (of === null) return `${name(event, told)} gave the case back to the queue.`
  return `${told.nameOf(of) ?? 'Somebody'} no longer works at this desk, so the case is back in the queue.`
}

const Answers = z.array(z.object({ decisionId: z.string(), answer: z.string() }))

/** What was answered then, word for word; nothing where an event carries none. */
function answersIn(value: unknown): z.infer<typeof Answers> {
  const parsed = Answers.safeParse(value)
  return parsed.success ? parsed.data : []
}
