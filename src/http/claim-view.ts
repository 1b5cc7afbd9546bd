/** A claim's proving as it crosses the wire: for its claimant what comes next, for the desk what each proof is worth. */
import type {
  ChangeForOwner,
  ChangesForOwner,
  ClaimProgress,
  OrderForReader,
} from '../contract/claim.ts'
import type { OpinionForDesk, ProvingForDesk } from '../contract/desk-claim.ts'
import type { Ability } from '../core/ability.ts'
import { caseNumber } from '../core/case.ts'
import {
  claimantMay,
  claimSteps,
  payoutsLockedUntil,
  proofChoices,
  sayProgress,
  type ClaimFacts,
} from '../core/claim-progress.ts'
import { claimProofKinds, claimProofs } from '../core/claim-proof.ts'
import {
  coolingUntil,
  isProved,
  keepsShut,
  needsCare,
  type Opinion,
  type Proving,
} from '../core/proving.ts'
import { claimNumber } from '../core/recovery.ts'
import { refusals } from '../core/refusal.ts'
import type { ProvingAtDesk } from '../operations/claim-desk.ts'
import type { OwnChanges } from '../operations/claim-owner.ts'
import type { ClaimView } from '../operations/recovery.ts'
import { at, atOrNull } from './measure-view.ts'

/** What a claimant reads of it. */
export function claimProgress(
  view: ClaimView,
  { promisedBy, now, timeZone }: { promisedBy: Date | null; now: Date; timeZone: string },
): ClaimProgress {
  const { claim, proving, procedure, case: held } = view
  const isOver = proving.handedOverAt !== null && view.boundAt !== null
  const asked = view.orders.find(({ ability }) => ability === 'changesSince')
  const list = isOver ? view.changes : []
  const changes = isOver
    ? {
        isComplete: asked?.doneAt != null,
        left: list.filter(({ revertible, state }) => revertible && state === 'there').length,
      }
    : null
  const facts: ClaimFacts = {
    openedAt: claim.openedAt,
    proving,
    promisedBy,
    deskTitle: procedure.desks[held.desk]?.title ?? held.desk,
    lettersAskedAt: view.lettersAskedAt,
    payoutAskedAt: view.payoutAskedAt,
    boundAt: view.boundAt,
    changes,
    now,
    timeZone,
  }
  return {
    state: proving.state,
    sentence: sayProgress(facts),
    steps: claimSteps(facts).map((step) => ({ ...step, at: atOrNull(step.at) })),
    proofs: proofChoices(facts).map((choice) => ({ ...choice, at: atOrNull(choice.at) })),
    isSafe: keepsShut(proving),
    frozenUntil: atOrNull(proving.frozenUntil),
    // Before that nobody is told whether anybody knows the account.
    isContested: isProved(proving) && proving.contestedAt !== null,
    notBefore: atOrNull(coolingUntil(proving)),
    handOverAt: atOrNull(proving.handOverAt),
    handedOverAt: atOrNull(proving.handedOverAt),
    probationUntil: atOrNull(proving.probationUntil),
    payoutsLockedUntil: atOrNull(payoutsLockedUntil(proving)),
    isBound: view.boundAt !== null,
    changes: changes && { isComplete: changes.isComplete, list: list.map(changeForOwner) },
    orders: view.orders.map(orderForReader),
    allowed: claimantMay(facts),
  }
}

const orderWords = {
  endSessions: 'Every session and remembered device in the shop is ended.',
  resetAccess: 'Every old way into the shop is shut, and a new one goes to the claimant’s address.',
  changesSince: 'The shop tells what was changed since the takeover.',
  revert: 'The shop returns what was changed to what it was.',
} as const satisfies Record<Ability, string>

function orderForReader({
  ability,
  doneAt,
  isUnable,
}: ClaimView['orders'][number]): OrderForReader {
  const state = doneAt === null ? 'waits' : isUnable ? 'cannot' : 'done'
  return { ability, words: orderWords[ability], state, at: atOrNull(doneAt) }
}

/** The same for the owner who is signed in. */
export function ownChangesView(changes: OwnChanges | null): { changes: ChangesForOwner | null } {
  if (changes === null) return { changes: null }
  const { number, isComplete, list } = changes
  return {
    changes: { number: claimNumber({ number }), isComplete, list: list.map(changeForOwner) },
  }
}

function changeForOwner(change: ClaimView['changes'][number]): ChangeForOwner {
  return { ...change, at: at(change.at) }
}

/** What the desk reads of it; opinions of others only once it is decided. */
export function provingForDesk(
  proving: ProvingAtDesk,
  {
    people,
    reader,
    repair,
  }: {
    people: Map<string, string>
    reader: string
    repair: { caseId: string; number: number } | null
  },
): ProvingForDesk {
  const { record, proofs, firstSign, mine, opinions } = proving
  const held = record.proving
  const nameOf = (id: string) => people.get(id) ?? 'The shop'
  const view = (opinion: Opinion): OpinionForDesk => ({
    ...opinion,
    by: nameOf(opinion.by),
    byMe: opinion.by === reader,
    at: at(opinion.at),
  })
  return {
    state: held.state,
    sentence: sayForDesk(held),
    proofs: claimProofKinds.map((kind) => {
      const given = proofs.find((proof) => proof.kind === kind)
      return {
        kind,
        ...claimProofs[kind],
        givenAt: atOrNull(given?.at ?? null),
        askedAt: kind === 'payout' ? atOrNull(proving.payoutAskedAt) : null,
        by: given?.by == null ? null : nameOf(given.by),
        seen: kind === 'document' ? (given?.said ?? null) : null,
      }
    }),
    moments: proving.moments.map((moment) => ({ ...moment, at: at(moment.at) })),
    firstSignAt: at(firstSign.at),
    firstSignBy: firstSign.by === null ? null : nameOf(firstSign.by),
    isContested: held.contestedAt !== null,
    needsCare: needsCare(held),
    frozenUntil: atOrNull(held.frozenUntil),
    coolingUntil: atOrNull(coolingUntil(held)),
    handOverAt: atOrNull(held.handOverAt),
    handedOverAt: atOrNull(held.handedOverAt),
    probationUntil: atOrNull(held.probationUntil),
    mine: mine && view(mine),
    opinions: opinions.map(view),
    otherClaims: proving.otherClaims.map(({ number, ...other }) => ({
      ...other,
      number: claimNumber({ number }),
    })),
    orders: proving.orders.map(orderForReader),
    changes: proving.changes.map(changeForOwner),
    repair: repair && {
      caseId: repair.caseId,
      number: caseNumber({ kind: 'repair', number: repair.number }),
    },
    allowed: proving.allowed,
    maySay: proving.maySay,
    whyNot: proving.whyNot && refusals[proving.whyNot].words,
  }
}

function sayForDesk(held: Proving): string {
  switch (held.state) {
    case 'open':
      return held.proofs.length === 0
        ? 'Nothing is proved. Two kinds of proof are needed before anybody can say yes.'
        : 'One kind is proved, and nothing is frozen. One of another kind is needed.'
    case 'frozen':
      return 'One kind is proved, and the account is shut for now. One of another kind is needed.'
    case 'proved':
      return needsCare(held)
        ? 'Two kinds are proved. Somebody known objected, or nobody known could be told yet: each who says yes has seen papers and person.'
        : 'Two kinds are proved, and nobody known has objected. Two specialists say what they think.'
    case 'split':
      return 'Two specialists differ. The head of identity has the third word.'
    case 'agreed':
      return 'Two say yes. It is handed over at the end of the cooling-off, unless somebody known objects.'
    case 'refused':
      return 'Two say no. The claimant may ask others to look, or start again.'
    case 'handed-over':
      return 'Handed over. An objection of somebody known shuts the account again at once.'
    case 'settled':
      return 'Handed over, and its probation is over.'
    case 'over':
      return 'The claim ended without an answer to who owns the account.'
  }
}
