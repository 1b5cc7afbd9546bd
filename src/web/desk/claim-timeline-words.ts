/** What a claim's line of time says in words: its lanes, its ticks, and the point that it makes. */
import type { ClaimMoment } from '../../contract/desk-claim.ts'

export const momentWords = {
  'contact-verified': 'Address confirmed',
  'contact-removed': 'Address removed',
  'passkey-added': 'Passkey added',
  'app-added': 'Authenticator app added',
  'codes-made': 'Saved codes made',
  'member-added': 'Person added',
  'payout-target-named': 'Bank account named',
  'first-sign': 'First sign',
  'measure-taken': 'Measure taken',
  'claim-filed': 'Claimed, answers to',
  'proof-given': 'Proof given',
  objection: 'Objection',
} as const satisfies Record<ClaimMoment['what'], string>

export interface Lane {
  key: string
  title: string
  /** The same for one who does not see the picture. */
  words: string
  /** Whether it goes on from its first moment until it is removed, or now. */
  lasts: boolean
  isOwners: boolean | null
  moments: ClaimMoment[]
}

/** One lane for each thing that lasts, the owner's first, then what happened by kind. The first sign is a line across all. */
export function lanesOf(moments: readonly ClaimMoment[]): Lane[] {
  const lanes = new Map<string, Lane>()
  for (const moment of moments) {
    const lane = laneOf(moment)
    if (lane === null) continue
    const known = lanes.get(lane.key)
    if (known) known.moments.push(moment)
    else lanes.set(lane.key, { ...lane, words: '', isOwners: moment.isOwners, moments: [moment] })
  }
  return [...lanes.values()]
    .map((lane) => ({ ...lane, words: lane.moments.map(inWords).join(', ') }))
    .toSorted((one, other) => rank(one) - rank(other))
}

function rank({ lasts, isOwners }: Lane): number {
  if (!lasts) return 2
  return isOwners ? 0 : 1
}

function laneOf({ what, words }: ClaimMoment): Pick<Lane, 'key' | 'title' | 'lasts'> | null {
  switch (what) {
    case 'contact-verified':
    case 'contact-removed':
      return { key: `address ${words}`, title: words, lasts: true }
    case 'passkey-added':
      return { key: `passkey ${words}`, title: `Passkey ${words}`, lasts: true }
    case 'app-added':
      return { key: `app ${words}`, title: 'Authenticator app', lasts: true }
    case 'codes-made':
      return { key: `codes ${words}`, title: 'Saved codes', lasts: true }
    case 'member-added':
      return { key: `member ${words}`, title: words, lasts: true }
    case 'payout-target-named':
      return { key: `bank ${words}`, title: words, lasts: true }
    case 'measure-taken':
      return { key: 'measures', title: 'Measures taken', lasts: false }
    case 'claim-filed':
    case 'proof-given':
      return { key: 'claim', title: 'This claim and its proofs', lasts: false }
    case 'objection':
      return { key: 'objections', title: 'Objections', lasts: false }
    case 'first-sign':
      return null
  }
}

function inWords({ what, at, isOwners }: ClaimMoment): string {
  const whose = isOwners === null ? '' : isOwners ? ', the owner’s' : ', came later'
  return `${momentWords[what].toLowerCase()} ${at.slice(0, 16).replace('T', ' ')}${whose}`
}

/** The point: how much was there long before, and how much came after. */
export function signOfOwners(moments: readonly ClaimMoment[]): string {
  const lanes = lanesOf(moments).filter(({ lasts }) => lasts)
  const owners = lanes.filter(({ isOwners }) => isOwners === true).length
  const later = lanes.filter(({ isOwners }) => isOwners === false).length
  const speak = owners === 1 ? 'One thing was there' : `${owners} things were there`
  return `${speak} long before the first sign and speak${owners === 1 ? 's' : ''} for the owner; ${later} came later.`
}

const hour = 60 * 60_000
const day = 24 * hour

const ticks = [
  { age: 365 * day, words: '1 year' },
  { age: 90 * day, words: '90 d' },
  { age: 30 * day, words: '30 d' },
  { age: 7 * day, words: '7 d' },
  { age: day, words: '1 d' },
  { age: hour, words: '1 h' },
]

/** As far back as the oldest moment, and none so near to now that their words would meet. */
export function ticksFrom(oldest: number, end: number): { age: number; words: string }[] {
  return [...ticks.filter(({ age }) => age <= oldest && age >= end * 3), { age: end, words: 'now' }]
}
