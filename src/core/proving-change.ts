/** What a command makes of a claim's proving: state and command and now in; next state and events out, or a refusal. */
import { later } from './calendar.ts'
import { freezes, type ClaimProof } from './claim-proof.ts'
import {
  coolingUntil,
  freezeFor,
  hasProved,
  isProved,
  mostFreezes,
  needsCare,
  probationFor,
  provingDue,
  type Opinion,
  type Proving,
  type ProvingState,
} from './proving.ts'
import { refuse, type Refusal, type Refused } from './refusal.ts'

export type ProvingCommand =
  /** `freezesLately`: how often one proof froze this account within the last 30 days. */
  | { do: 'prove'; proof: ClaimProof; freezesLately: number }
  /** A known contact says that it was not them. */
  | { do: 'object'; contact: string }
  /** A notice reached a known contact. */
  | { do: 'told'; at: Date }
  | {
      do: 'think'
      opinion: Opinion
      /** Whether they staff the desk that looks again, which gives the third opinion where two differ. */
      isHead: boolean
      /** Why the part that they had keeps them out; null where they had none. */
      barred: Refusal | null
    }
  /** The claimant asks for another look after a no; a second look is taken by others, and with news by the same people. */
  | { do: 'contest'; isSecondLook: boolean }
  | { do: 'due' }
  /** Its case ended without an answer to who owns the account. */
  | { do: 'end' }

export type ProvingEventKind =
  | 'claim.proved'
  | 'claim.frozen'
  | 'claim.not_frozen'
  | 'claim.thawed'
  | 'claim.decidable'
  | 'claim.contested'
  | 'claim.thought'
  | 'claim.fallen'
  | 'claim.split'
  | 'claim.agreed'
  | 'claim.refused'
  | 'claim.handed_over'
  | 'claim.frozen_again'
  | 'claim.settled'
  | 'claim.over'

export interface ProvingEvent {
  kind: ProvingEventKind
  by: string | null
  detail: Record<string, string | number | boolean | null>
}

export type ProvingResult = { ok: true; proving: Proving; events: ProvingEvent[] } | Refused

/** The whole life of a claim's proving: from each state, what may happen next. */
export const nextProving = {
  open: ['prove', 'object', 'told', 'think', 'end'],
  frozen: ['prove', 'object', 'told', 'think', 'due', 'end'],
  proved: ['prove', 'object', 'told', 'think', 'end'],
  split: ['prove', 'object', 'told', 'think', 'end'],
  agreed: ['object', 'told', 'due', 'end'],
  refused: ['object', 'told', 'contest', 'end'],
  'handed-over': ['object', 'told', 'due'],
  settled: ['told'],
  over: ['told'],
} as const satisfies Record<ProvingState, readonly ProvingCommand['do'][]>

/** The one door for changes of a claim's proving. */
export function changeProving(held: Proving, command: ProvingCommand, now: Date): ProvingResult {
  const allowed: readonly ProvingCommand['do'][] = nextProving[held.state]
  if (!allowed.includes(command.do)) return refuse('wrong_state')
  switch (command.do) {
    case 'prove':
      return prove(held, command, now)
    case 'object':
      return object(held, command.contact, now)
    case 'told':
      return told(held, command.at)
    case 'think':
      return think(held, command, now)
    case 'contest':
      return contest(held, command, now)
    case 'due':
      return beDue(held, now)
    case 'end':
      return changed({ ...held, state: 'over', frozenUntil: null, handOverAt: null }, [
        event('claim.over'),
      ])
  }
}

type Named<Do extends ProvingCommand['do']> = Extract<ProvingCommand, { do: Do }>

/** Each kind counts once. The first freezes, the second makes it decidable; whatever is new lets earlier opinions fall. */
function prove(held: Proving, { proof, freezesLately }: Named<'prove'>, now: Date): ProvingResult {
  if (hasProved(held, proof.kind)) return refuse('proof_given')
  const proofs = [...held.proofs, proof]
  const events = [event('claim.proved', proof.by, { proof: proof.kind })]
  const fallen = fall({ ...held, proofs }, events)
  if (isProved(fallen)) {
    const decidable: Proving = { ...fallen, state: 'proved', frozenUntil: null }
    if (held.provedAt !== null) return changed(decidable, events)
    // Everybody known is told anew; what reached them before was not yet about this.
    return changed({ ...decidable, provedAt: now, toldAt: null }, [
      ...events,
      event('claim.decidable'),
    ])
  }
  if (!freezes(proof.kind)) return changed(fallen, events)
  if (freezesLately >= mostFreezes) return changed(fallen, [...events, event('claim.not_frozen')])
  const frozenUntil = later(now, freezeFor)
  return changed({ ...fallen, state: 'frozen', frozenUntil }, [
    ...events,
    event('claim.frozen', null, { until: frozenUntil.toISOString() }),
  ])
}

/**
 * Whoever is known is always heard, and heard once: what the specialists had before them when they said yes is no news
 * to them. News between a yes and the hand-over takes the yes back; on probation it shuts the account again at once.
 */
function object(held: Proving, contact: string, now: Date): ProvingResult {
  if (held.heard.includes(contact)) return changed(held, [])
  const objections = held.objections.includes(contact)
    ? held.objections
    : [...held.objections, contact]
  const contested: Proving = { ...held, objections, contestedAt: now }
  const events = [event('claim.contested', null, { contact })]
  switch (held.state) {
    case 'handed-over': {
      const again: Proving = {
        ...fall(contested, events),
        state: 'proved',
        handOverAt: null,
        probationUntil: null,
      }
      return changed(again, [...events, event('claim.frozen_again')])
    }
    case 'agreed':
    case 'proved':
    case 'split':
      return changed({ ...fall(contested, events), state: 'proved', handOverAt: null }, events)
    case 'open':
    case 'frozen':
      return changed(fall(contested, events), events)
    case 'refused':
    case 'settled':
    case 'over':
      return changed(contested, events)
  }
}

/** A notice that reached somebody known starts the cooling-off anew, also where a yes waits for its end. */
function told(held: Proving, at: Date): ProvingResult {
  if (held.provedAt === null || at < held.provedAt) return changed(held, [])
  if (held.toldAt !== null && at <= held.toldAt) return changed(held, [])
  const next: Proving = { ...held, toldAt: at }
  return changed(held.state === 'agreed' ? { ...next, handOverAt: coolingUntil(next) } : next, [])
}

function think(held: Proving, command: Named<'think'>, now: Date): ProvingResult {
  const why = whyNotThink(held, command)
  if (why) return why
  const { opinion } = command
  const opinions = [...held.opinions, opinion]
  const next: Proving = { ...held, opinions }
  const events = [event('claim.thought', opinion.by)]
  const yes = opinions.filter(({ says }) => says === 'yes').length
  const no = opinions.length - yes
  if (yes >= 2) return agree(next, events, now)
  if (no >= 2) return changed({ ...next, state: 'refused' }, [...events, event('claim.refused')])
  if (yes === 1 && no === 1)
    return changed({ ...next, state: 'split' }, [...events, event('claim.split')])
  return changed(next, events)
}

/** Why this person may not say this of a claim now; or null. Works without what others said. */
export function whyNotThink(
  held: Proving,
  { opinion, isHead, barred }: Omit<Named<'think'>, 'do'>,
): Refused | null {
  const allowed: readonly ProvingCommand['do'][] = nextProving[held.state]
  if (!allowed.includes('think')) return refuse('wrong_state')
  if (barred) return refuse(barred)
  if (opinion.reasons.trim() === '') return refuse('reasons_missing')
  // Two parts by one person would be one person deciding alone.
  if (held.opinions.some(({ by }) => by === opinion.by)) return refuse('both_parts')
  if (held.thoughtBefore.includes(opinion.by)) return refuse('decided_before')
  if (held.state === 'split' && !isHead) return refuse('head_decides')
  if (opinion.says === 'no') return null
  if (!isProved(held)) return refuse('proofs_missing')
  if (!needsCare(held)) return null
  if (!hasProved(held, 'document')) return refuse('document_needed')
  return opinion.identity === 'matches' ? null : refuse('identity_not_seen')
}

/** The yes of two counts at the end of the cooling-off, and what was said against it was before them. */
function agree(held: Proving, events: ProvingEvent[], now: Date): ProvingResult {
  const until = coolingUntil(held) ?? now
  const handOverAt = until > now ? until : now
  const agreed: Proving = {
    ...held,
    state: 'agreed',
    frozenUntil: null,
    handOverAt,
    heard: held.objections,
  }
  return changed(agreed, [
    ...events,
    event('claim.agreed', null, { handOverAt: handOverAt.toISOString() }),
  ])
}

/** Another look goes by the proofs that there are. */
function contest(held: Proving, { isSecondLook }: Named<'contest'>, now: Date): ProvingResult {
  const events: ProvingEvent[] = []
  const again = isSecondLook ? forgetOpinions(held) : fall(held, events)
  if (!isProved(again)) return changed({ ...again, state: 'open' }, events)
  return changed({ ...again, state: 'proved', provedAt: now, toldAt: null }, [
    ...events,
    event('claim.decidable'),
  ])
}

function beDue(held: Proving, now: Date): ProvingResult {
  const due = provingDue(held)
  if (due === null || now < due) return refuse('wrong_state')
  switch (held.state) {
    case 'frozen':
      return changed({ ...held, state: 'open', frozenUntil: null }, [event('claim.thawed')])
    case 'agreed':
      return changed(
        {
          ...held,
          state: 'handed-over',
          handOverAt: null,
          handedOverAt: now,
          probationUntil: later(now, probationFor),
        },
        [event('claim.handed_over')],
      )
    case 'handed-over':
      return changed({ ...held, state: 'settled', probationUntil: null }, [event('claim.settled')])
    case 'open':
    case 'proved':
    case 'split':
    case 'refused':
    case 'settled':
    case 'over':
      return refuse('wrong_state')
  }
}

/** Opinions rest on what there was: with news they fall, and the same people may think anew. */
function fall(held: Proving, events: ProvingEvent[]): Proving {
  if (held.opinions.length === 0) return held
  events.push(event('claim.fallen'))
  return { ...held, opinions: [] }
}

/** For another look, whoever thought about it before stays out. */
function forgetOpinions(held: Proving): Proving {
  const before = [...held.thoughtBefore, ...held.opinions.map(({ by }) => by)]
  return { ...held, opinions: [], thoughtBefore: [...new Set(before)] }
}

function changed(proving: Proving, events: ProvingEvent[]): ProvingResult {
  return { ok: true, proving, events }
}

function event(
  kind: ProvingEventKind,
  by: string | null = null,
  detail: ProvingEvent['detail'] = {},
): ProvingEvent {
  return { kind, by, detail }
}
