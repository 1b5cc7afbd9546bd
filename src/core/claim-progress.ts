/** A claim's progress as its claimant reads it: the same for an account that exists and for one that does not, until it is proved. */
import { claimProofKinds, claimProofs, type ClaimProofKind } from './claim-proof.ts'
import { sayTime } from './saying.ts'
import {
  hasProved,
  isBeingDecided,
  isProved,
  keepsShut,
  payoutsLockedFor,
  type Proving,
} from './proving.ts'
import { later } from './calendar.ts'

export interface ClaimStep {
  step:
    | 'told'
    | 'first-proof'
    | 'safe'
    | 'second-proof'
    | 'decided'
    | 'waiting'
    | 'handed-over'
    | 'changes'
    | 'probation'
  state: 'done' | 'yours' | 'now' | 'ahead'
  at: Date | null
  title: string
  words: string
}

/** What is known of a claim besides its proving. */
export interface ClaimFacts {
  openedAt: Date
  proving: Proving
  /** By when the last answer was promised; null once there is one. */
  promisedBy: Date | null
  deskTitle: string
  lettersAskedAt: Date | null
  payoutAskedAt: Date | null
  boundAt: Date | null
  /** Whether the shop has told what was changed, and how much of it is as the stranger left it. */
  changes: { isComplete: boolean; left: number } | null
  now: Date
  timeZone: string
}

/** One sentence with the time that matters. */
export function sayProgress({ proving, promisedBy, boundAt, now, timeZone }: ClaimFacts): string {
  const say = (at: Date | null) => (at === null ? 'soon' : `by ${sayTime(at, timeZone)}`)
  switch (proving.state) {
    case 'open':
      return proving.proofs.length === 0
        ? `We have your claim. Show us that the account is yours, and you’ll have an answer ${say(promisedBy)}.`
        : `One proof counts. One of another kind makes the account safe and lets people decide.`
    case 'frozen':
      return `The account is shut to everybody until ${sayTime(proving.frozenUntil ?? now, timeZone)}. Give us one more kind of proof before then.`
    case 'proved':
    case 'split':
      return `The account is safe: nobody can get in. Two people decide, and you’ll have an answer ${say(promisedBy)}.`
    case 'agreed':
      return `Two people said yes. The account is yours on ${sayTime(proving.handOverAt ?? now, timeZone)}.`
    case 'refused':
      return 'We could not see that the account is yours. It is not held against you, and you can ask again.'
    case 'handed-over':
    case 'settled':
      return boundAt === null
        ? 'The account is yours again. Open the link in our mail to sign in.'
        : 'The account is yours again. Sign in as you did before.'
    case 'over':
      return 'This claim is closed. You can start again at any time.'
  }
}

/** The steps in their order. */
export function claimSteps(facts: ClaimFacts): ClaimStep[] {
  const { proving, openedAt, promisedBy, deskTitle, boundAt, changes } = facts
  const { proofs, provedAt, handOverAt, handedOverAt, probationUntil, state } = proving
  const [first, second] = firstOfEachKind(proving)
  const isHandedOver = handedOverAt !== null && (state === 'handed-over' || state === 'settled')
  const isOpen = isBeingDecided(proving)
  const isDecided = state === 'agreed' || state === 'refused' || isHandedOver
  const turn = (isDone: boolean, isNow: boolean): ClaimStep['state'] =>
    isDone ? 'done' : isNow ? 'yours' : 'ahead'
  const steps: ClaimStep[] = [
    {
      step: 'told',
      state: 'done',
      at: openedAt,
      title: 'You told us',
      words: 'No sign-in, no e-mail of the account needed.',
    },
    {
      step: 'first-proof',
      state: turn(first !== undefined, isOpen),
      at: first?.at ?? null,
      title: first ? `First proof: ${claimProofs[first.kind].title.toLowerCase()}` : 'First proof',
      words: first ? 'It counts.' : 'Choose one. Each stands alone, and you can skip any.',
    },
    {
      step: 'safe',
      state: keepsShut(proving) || isHandedOver ? 'done' : 'ahead',
      at: proving.frozenUntil ?? provedAt,
      title: 'Everything is held safe',
      words:
        proving.frozenUntil === null
          ? 'Nobody can sign in, money goes only to old bank accounts, and no clock runs against you.'
          : 'Nobody can sign in until then, money goes only to old bank accounts, and no clock runs against you.',
    },
    {
      step: 'second-proof',
      state: turn(isProved(proving), isOpen && first !== undefined),
      at: second?.at ?? null,
      title: second
        ? `Second proof: ${claimProofs[second.kind].title.toLowerCase()}`
        : 'Second proof',
      words: second ? 'It counts.' : 'One of another kind. Have none? Write to us below.',
    },
    {
      step: 'decided',
      state: isDecided ? 'done' : isProved(proving) && isOpen ? 'now' : 'ahead',
      at: isDecided ? null : promisedBy,
      title: 'Two people decide',
      words:
        state === 'refused'
          ? 'They could not see that it is yours. You can ask others to look.'
          : `Each without knowing what the other thinks, at ${deskTitle}.`,
    },
    {
      step: 'waiting',
      state: isHandedOver ? 'done' : state === 'agreed' ? 'now' : 'ahead',
      at: handOverAt,
      title: 'Nobody objects',
      words: 'Everybody the account is known by was told, so that nobody can take it in silence.',
    },
    {
      step: 'handed-over',
      state: turn(isHandedOver && boundAt !== null, isHandedOver),
      at: boundAt ?? handedOverAt,
      title: 'You choose a new way to sign in',
      words:
        boundAt === null
          ? 'By a link in our mail to you. Every old sign-in is ended then.'
          : 'Your address signs in. Every old sign-in is ended.',
    },
    {
      step: 'changes',
      state: turn(
        changes !== null && changes.isComplete && changes.left === 0,
        isHandedOver && boundAt !== null,
      ),
      at: null,
      title: 'You see what was changed, and return it',
      words: 'All of it in one step.',
    },
    {
      step: 'probation',
      state: state === 'settled' ? 'done' : isHandedOver ? 'now' : 'ahead',
      at: probationUntil,
      title: 'Thirty days in which we keep an eye on it',
      words: 'Payouts go only to old bank accounts for seven of them.',
    },
  ]
  // Papers alone prove nothing and freeze nothing; the count of kinds is what matters.
  return proofs.length > 0 || isOpen ? steps : steps.filter(({ step }) => step !== 'safe')
}

function firstOfEachKind({ proofs }: Proving) {
  return proofs.filter(
    ({ kind }, place) => proofs.findIndex((other) => other.kind === kind) === place,
  )
}

export interface ProofChoice {
  kind: ClaimProofKind
  title: string
  how: string
  state: 'given' | 'asked' | 'possible' | 'closed'
  at: Date | null
}

const how = {
  contact:
    'If we know an address that the account has had for long, it gets a letter. Type its code here; it counts for a day.',
  'saved-code': 'One of the codes that you wrote down when you set up sign-in. It works once.',
  passkey: 'A device or password manager in which you keep a passkey for us.',
  payout:
    'The shop asks the holder of the bank account that payouts went to. It takes the bank a day or two.',
  document:
    'Add a photo of your papers below. A person of ours looks at it and at you, by a short video call.',
} as const satisfies Record<ClaimProofKind, string>

/** Every kind of proof as it can be given now. */
export function proofChoices({
  proving,
  lettersAskedAt,
  payoutAskedAt,
}: ClaimFacts): ProofChoice[] {
  const askedAt: Partial<Record<ClaimProofKind, Date | null>> = {
    contact: lettersAskedAt,
    payout: payoutAskedAt,
  }
  return claimProofKinds.map((kind) => {
    const given = proving.proofs.find((proof) => proof.kind === kind)
    const asked = askedAt[kind] ?? null
    const isOpen = isBeingDecided(proving)
    return {
      kind,
      title: claimProofs[kind].title,
      how: how[kind],
      state: given ? 'given' : !isOpen ? 'closed' : asked ? 'asked' : 'possible',
      at: given?.at ?? asked,
    }
  })
}

/** Until when payouts go only to old bank accounts. */
export function payoutsLockedUntil({ handedOverAt }: Proving): Date | null {
  return handedOverAt && later(handedOverAt, payoutsLockedFor)
}

/** What a claimant may do now. */
export function claimantMay(facts: ClaimFacts): ('prove' | 'addFile' | 'bind' | 'returnChanges')[] {
  const { proving, boundAt, changes } = facts
  const isOurs = proving.state === 'handed-over' || proving.state === 'settled'
  const may: ReturnType<typeof claimantMay> = []
  if (isBeingDecided(proving) && proofChoices(facts).some(({ state }) => state !== 'given'))
    may.push('prove')
  if (isBeingDecided(proving) && !hasProved(proving, 'document')) may.push('addFile')
  if (isOurs && boundAt === null) may.push('bind')
  if (isOurs && boundAt !== null && changes !== null && changes.left > 0) may.push('returnChanges')
  return may
}
