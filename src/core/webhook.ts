/** A webhook is an address that hears of kinds of events: what each kind is called outside, and which of our events it tells. */

/** What may be told, with the events of ours that it comes from. */
export const webhookKinds = {
  'case.opened': { says: 'A case was opened', from: ['case.opened'] },
  'case.answered': {
    says: 'A person answered in a case',
    from: ['case.answered', 'case.informed'],
  },
  'case.decided': { says: 'A case was decided', from: ['case.decided'] },
  'case.overdue': { says: 'A desk is late with a case', from: ['case.overdue'] },
  'case.closed': { says: 'A case was closed', from: ['case.closed'] },
  'decision.taken': {
    says: 'A decision was taken, by a person or a policy',
    from: ['decision.impose', 'decision.narrow', 'decision.lift', 'decision.confirm'],
  },
  'measure.in_force': {
    says: 'A measure came into force',
    from: ['decision.impose', 'decision.narrow'],
  },
  'measure.lifted': {
    says: 'A measure was lifted, or its time ran out',
    from: ['decision.lift', 'measure.expired'],
  },
  'measure.restored': {
    says: 'The shop shows again what is owed',
    from: ['subject.read_back'],
  },
} as const satisfies Record<string, { says: string; from: readonly string[] }>

export type WebhookKind = keyof typeof webhookKinds

/** All kinds, in the order in which they are shown. */
export const webhookKindNames = Object.keys(webhookKinds) as WebhookKind[] // its keys are just these

/** Kinds of events of ours that these kinds tell. */
export function eventsBehind(kinds: readonly WebhookKind[]): string[] {
  return [...new Set(kinds.flatMap((kind) => webhookKinds[kind].from))]
}

/** What an event of ours is told as: of these kinds, those that come from it. */
export function kindsOf(event: string, kinds: readonly WebhookKind[]): WebhookKind[] {
  return kinds.filter((kind) => webhookKinds[kind].from.some((from) => from === event))
}

/** What was asked for only to see whether it arrives. */
export const testKind = 'webhook.test'

const [second, minute, hour] = [1_000, 60_000, 3_600_000]

/** How long after each attempt the next one waits: four days in all. */
const pauses = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
  24 * hour,
]

/** How long to wait after the n-th attempt, or null when it was the last. */
export function pauseAfter(attempt: number): number | null {
  return pauses[attempt - 1] ?? null
}

/** How long the secret that was replaced still signs beside the new one. */
export const oldSecretFor = 24 * hour

export const webhookStates = ['waiting', 'delivered', 'dead'] as const
/** Where one telling stands: on its way, arrived, or given up until a person repeats it. */
export type WebhookState = (typeof webhookStates)[number]
