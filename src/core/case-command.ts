/** What may be done to a case, by whom, and from which of its states. */
import {
  hasSender,
  isMatter,
  openObjections,
  type Barred,
  type Case,
  type CaseState,
  type Conclusion,
  type NewCase,
} from './case.ts'
import type { ComplaintFinding } from './complaint.ts'
import type { Answer } from './objection.ts'

export type CaseCommand =
  | { do: 'take'; by: string }
  /** `of` says in whose hands it was, where somebody else takes it out of them. */
  | { do: 'release'; by: string; of?: string }
  | { do: 'forward'; by: string; to: string; reason: string }
  | { do: 'ask'; by: string; question: string }
  /** A message from the desk: it ends a matter, and informs where decisions are contested. */
  | { do: 'answer'; by: string; text: string }
  | {
      do: 'decide'
      by: { kind: 'person' | 'machine'; id: string }
      answers: Answer[]
      barred: Record<string, Barred>
      /** How long it may be taken back before anyone hears of it, in milliseconds. */
      undoFor: number
    }
  | {
      do: 'conclude'
      by: string
      conclusion: Conclusion
      reasons: string
      barred: Barred
      undoFor: number
    }
  /** A person says what looking into a complaint found. */
  | {
      do: 'find'
      by: string
      finding: ComplaintFinding
      /** What the seller reads, and what the reporter does. */
      reasons: string
      words: string
      /** Whether what is refuted was manifestly unfounded: anybody sees it at once. */
      isUnfounded?: boolean
      undoFor: number
    }
  /** A person confirmed a ring that this complaint is of: it falls with the others, at whichever desk it is. */
  | { do: 'refute'; by: string; reasons: string; words: string }
  | { do: 'undo'; by: string }
  /** A message from the seller: it answers a question, opens an answered matter again, or is simply added. */
  | { do: 'write'; by: string; text: string }
  | { do: 'contest'; by: string; text: string }
  | {
      do: 'reopen'
      by: string
      text: string
      /** Where a first look at this matter is taken. */
      desk: string
      /** Whether there is something nobody had seen when it was decided. */
      hasNewFacts: boolean
      /** Until when the appeal window lets it be opened again. */
      until: Date | null
    }
  | { do: 'withdraw'; by: string }
  /** A person says whose account a claim is about; `objection` is about what shuts it, null where nothing does. */
  | {
      do: 'link'
      by: string
      matter: string
      objection: NewCase['objections'][number] | null
      sellerId: string
      sellerName: string
    }
  /** What keeps the account of a claim shut now, where it did not or something else did. */
  | { do: 'secure'; matter: string; objection: NewCase['objections'][number] }
  /** Two specialists agree on a claim; it counts from `until`. */
  | { do: 'agree'; by: string[]; power: 'grant' | 'deny'; reasons: string; until: Date }
  /** Their yes has fallen before it counted. */
  | { do: 'unsettle' }
  /** They differ, and the desk that looks again has the third word. */
  | { do: 'pass' }
  /** A person turns a question into the appeal that it is; what it said goes on there. */
  | { do: 'join'; by: string; into: { caseId: string; number: string } }
  /** The case's clock ran out: a desk was late, a question went unanswered, or the minute of undoing passed. */
  | { do: 'due' }
  | { do: 'restored' }
  | { do: 'lapse' }

/** One command, by its name. */
export type Command<Do extends CaseCommand['do']> = Extract<CaseCommand, { do: Do }>

/** The whole life of a case: from each state, what may happen next. */
export const nextCommands = {
  open: [
    'take',
    'release',
    'forward',
    'ask',
    'answer',
    'decide',
    'conclude',
    'find',
    'refute',
    'write',
    'withdraw',
    'link',
    'secure',
    'agree',
    'pass',
    'join',
    'due',
  ],
  asking: ['decide', 'refute', 'write', 'withdraw', 'secure', 'agree', 'pass', 'due'],
  deciding: ['decide', 'refute', 'undo', 'write', 'withdraw', 'secure', 'agree', 'unsettle', 'due'],
  restoring: ['restored', 'contest'],
  answered: ['contest', 'refute', 'write', 'lapse'],
  closed: ['reopen'],
} as const satisfies Record<CaseState, readonly CaseCommand['do'][]>

/** Whether the case's state and kind allow a command at all; who may give it is decided beside it. */
export function mayNow(held: Case, command: CaseCommand['do']): boolean {
  const allowed: readonly CaseCommand['do'][] = nextCommands[held.state]
  return allowed.includes(command) && suits(held, command)
}

/** A message ends a matter; where decisions are contested, also by a reporter, only a decision does. */
export function isEndedByAnswer(held: Case): boolean {
  return isMatter(held) && held.objections.length === 0 && held.complaint === null
}

/** Whether somebody of a seller wrote it without contesting anything: it may turn out to be an appeal. */
function isWritten(kind: Case['kind']): boolean {
  return kind === 'question' || kind === 'letter'
}

/** Not every command is for every kind: a check has no sender, and only what contests decisions is decided. */
function suits(held: Case, command: CaseCommand['do']): boolean {
  const contests = held.objections.length > 0
  switch (command) {
    case 'conclude':
      return held.check !== null
    case 'find':
      return held.complaint !== null
    case 'refute':
      // What its reporter has another person look at is that person's to find.
      return held.complaint !== null && held.complaint.finding !== 'refuted' && !held.secondLook
    case 'link':
    case 'secure':
    case 'agree':
    case 'unsettle':
    case 'pass':
      return held.kind === 'recovery'
    case 'join':
      return isWritten(held.kind) && !contests
    case 'decide':
      return openObjections(held).length > 0
    case 'contest':
      return contests || held.complaint !== null
    case 'reopen':
      return contests
    case 'ask':
      return hasSender(held)
    case 'withdraw':
      // What a seller did not send is not theirs to take back.
      return hasSender(held) && held.complaint === null
    case 'write':
      return hasSender(held) && (held.state !== 'answered' || isEndedByAnswer(held))
    case 'answer':
      return held.kind !== 'check' && held.complaint === null
    case 'take':
    case 'release':
    case 'forward':
    case 'undo':
    case 'due':
    case 'restored':
    case 'lapse':
      return true
  }
}
