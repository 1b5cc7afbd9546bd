/** A claim: somebody who has neither account nor mailbox says that an account is theirs. It is not the seller's appeal. */
import { isInForce, type Action } from './action.ts'
import { capital } from './capital.ts'
import { isHeldBy, promisedBy, secondLookDesk, type Case } from './case.ts'
import { mayNow } from './case-command.ts'
import { deskInSentence, type HoldingLine } from './holding.ts'
import { measureInProcedure, type Measure } from './measure.ts'
import { deskTitle, latenessOf, type Procedure } from './procedure.ts'

export interface Claim {
  id: string
  /** The number of the case that it opened: it stays, whatever case goes on with it. */
  number: number
  /** The account in the claimant's own words. */
  account: string
  /** Where the claimant can be reached. */
  address: string
  /** Whose account it is about; null while nobody knows. */
  sellerId: string | null
  /** Who said so; null where its own words did. */
  linkedBy: string | null
  linkedAt: Date | null
  openedAt: Date
}

/** How long a removed contact still hears that somebody claims the account, in milliseconds: a hijacker removes them first. */
export const removedContactsHear = 90 * 24 * 60 * 60_000

/** The number that a claimant quotes. */
export function claimNumber({ number }: Pick<Claim, 'number'>): string {
  return `R-${number}`
}

/** What a claimant's words may name an account by: addresses in them, and the whole or a part as a name or id. */
export function accountNames(account: string): { names: string[]; addresses: string[] } {
  const words = account.toLowerCase()
  const addresses = words.match(/[^\s<>()[\]{},;:"'“”]+@[^\s<>()[\]{},;:"'“”]+/g) ?? []
  const parts = [words, ...words.split(/[\n,;()]/)]
  const names = parts.map((part) => part.trim().replace(/^["'“”]+|["'“”.]+$/g, ''))
  return {
    names: unique([words.trim(), ...names]),
    addresses: unique(addresses.map((address) => address.replace(/\.+$/, ''))),
  }
}

const shutting = ['account.secure', 'account.lock', 'account.close']

/** Whether a measure keeps everybody out of an account. */
export function shutsAccount(measure: Measure): boolean {
  return measure !== 'account.close.narrowed' && shutting.includes(measureInProcedure(measure))
}

/** The strictest measure in force that keeps everybody out of an account, or null. */
export function whatShuts<Held extends { action: Action }>(held: Held[], now: Date): Held | null {
  // A closing that was narrowed leaves the sign-in open.
  const inForce = held.filter(
    ({ action }) => isInForce(action, now) && action.measure !== 'account.close.narrowed',
  )
  for (const measure of shutting) {
    const found = inForce.find(({ action }) => measureInProcedure(action.measure) === measure)
    if (found) return found
  }
  return null
}

/** How a claim stands for the claimant. What was found out about the account is in none of it. */
export interface ClaimStanding {
  state: 'open' | 'asking' | 'restoring' | 'answered' | 'closed'
  /** `yes`: what kept the owner out was lifted. `part`: it was eased. `no`: we could not see that it is theirs. */
  outcome: 'yes' | 'part' | 'no' | null
  holding: HoldingLine
  /** Whether one can write, and until when where that ends. */
  mayWrite: boolean
  writeUntil: Date | null
  /** The desk that looks again when one writes after a no; null where the same desk goes on. */
  secondLook: string | null
  promisedBy: Date | null
}

interface Standing {
  case: Case
  procedure: Procedure
  now: Date
  holderName: string | null
}

/** Works it out from the case alone, in words that are the same for an account that exists and for one that does not. */
export function standingOf({ case: held, procedure, now, holderName }: Standing): ClaimStanding {
  const state = held.state === 'deciding' ? 'open' : held.state
  const outcome = outcomeFor(held)
  const secondLook = mayNow(held, 'contest') ? secondLookDesk(held, procedure) : null
  return {
    state,
    outcome,
    holding: holdingFor({ case: held, procedure, now, holderName }),
    mayWrite: mayNow(held, 'write') || secondLook !== null,
    writeUntil: held.contestBy,
    secondLook: secondLook && deskTitle(procedure, secondLook),
    promisedBy: state === 'open' || state === 'asking' ? promisedBy(held, procedure) : null,
  }
}

/** What a person answered. What a clock did to the account is the account's own to know. */
function outcomeFor(held: Case): ClaimStanding['outcome'] {
  const answered = held.objections.filter(({ answeredBy }) => answeredBy !== null)
  const [latest] = answered.toSorted(
    (a, b) => (b.answeredAt?.getTime() ?? 0) - (a.answeredAt?.getTime() ?? 0),
  )
  switch (latest?.outcome) {
    case 'measure_lifted':
      return 'yes'
    case 'measure_narrowed':
      return 'part'
    case 'measure_stands':
      return 'no'
    default:
      return null
  }
}

/** What happens by itself when the desk is late with a claim: at the end of every clock a person still has to answer. */
export function claimLateWords(
  held: Pick<Case, 'desk'>,
  procedure: Procedure,
): { ifLate: string; ifLateDetail: string } {
  const late = latenessOf(procedure, held.desk)
  if (late?.does !== 'hand-over')
    return {
      ifLate: 'Our officer is called',
      ifLateDetail: 'And called again until a person has answered. It stays open until then.',
    }
  return {
    ifLate: `${capital(deskInSentence(deskTitle(procedure, late.desk)))} gets it by itself`,
    ifLateDetail:
      'If they are late as well, our officer is called until a person has answered. It stays open until then.',
  }
}

/** The same as whole sentences, for a notice. */
export function sayIfClaimLate(held: Pick<Case, 'desk'>, procedure: Procedure): string {
  const { ifLate, ifLateDetail } = claimLateWords(held, procedure)
  const words = ifLate.replace(/^(The|Our)\b/, (first) => first.toLowerCase())
  return `If nobody has answered by then, ${words}. ${ifLateDetail}`
}

function holdingFor({ case: held, procedure, now, holderName }: Standing): HoldingLine {
  const desk = deskTitle(procedure, held.desk)
  const isTaken = holderName !== null && held.heldBy !== null && isHeldBy(held, held.heldBy, now)
  const base = { startedAt: held.arrivedAt, dueAt: held.dueAt }
  switch (held.state) {
    case 'deciding':
      return {
        state: 'running',
        who: 'Nobody: two people said yes',
        whoDetail:
          'Everybody the account is known by was told, and can still say that it was not them',
        startedAt: held.pending?.at ?? held.arrivedAt,
        dueAt: held.pending?.until ?? held.dueAt,
        ifLate: 'The account is yours then, by itself',
        ifLateDetail: 'If somebody known objects before, people look once more.',
      }
    case 'open':
      if (held.overdueSince !== null)
        return {
          ...base,
          state: 'overdue',
          who: isTaken ? `${holderName}, ${desk}` : `${desk}, a person`,
          whoDetail: 'Every clock ran out, and nobody had answered',
          dueAt: held.overdueSince,
          ifLate: 'Our officer has been told',
          ifLateDetail: 'And is told again until a person has answered. It stays open until then.',
        }
      return {
        ...base,
        state: 'running',
        who: isTaken ? `${holderName}, ${desk}` : `${desk}, a person`,
        whoDetail: 'Reads what you wrote and answers',
        ...claimLateWords(held, procedure),
      }
    case 'asking':
      return {
        state: 'stands-still',
        who: `You: ${deskInSentence(desk)} asked you something`,
        whoDetail: 'Our clock stands still meanwhile, and waiting is never held against you',
        startedAt: held.ask?.at ?? held.arrivedAt,
        dueAt: held.ask?.until ?? held.dueAt,
        ifLate: `${capital(deskInSentence(desk))} goes on with what there is`,
        ifLateDetail: 'You can still write then.',
      }
    case 'restoring':
      return {
        ...base,
        state: 'restoring',
        who: 'The shop, asked to open it again',
        whoDetail: 'We look there ourselves, and this page says so',
        startedAt: held.decidedAt ?? held.arrivedAt,
        dueAt: null,
        ifLate: 'A person of the marketplace is called',
        ifLateDetail: 'After an hour, and every hour again.',
      }
    case 'answered':
    case 'closed':
      return {
        ...base,
        state: 'done',
        who: held.state === 'closed' ? 'Closed.' : 'Answered.',
        whoDetail:
          held.state === 'closed'
            ? 'You can start again on the recovery page at any time.'
            : 'Write below if this is not right.',
        dueAt: held.contestBy,
        ifLate: '',
        ifLateDetail: '',
      }
  }
}

function unique(words: string[]): string[] {
  return [...new Set(words)].filter((word) => word !== '')
}
