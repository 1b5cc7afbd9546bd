/** A complaint is what a reporter says is wrong with a listing, an order or a seller; what became of it is its finding. */

/** Who says it, by what they say they are: nobody is believed more for it before a person looked. */
export const reporterKinds = ['customer', 'rights-owner', 'authority', 'rival'] as const
export type ReporterKind = (typeof reporterKinds)[number]

/** What it says is wrong. */
export const complaintKinds = [
  'unsafe',
  'not-as-described',
  'counterfeit',
  'rights',
  'never-arrived',
  'other',
] as const
export type ComplaintKind = (typeof complaintKinds)[number]

/** What looking into it found. */
export const complaintFindings = ['confirmed', 'refuted', 'undetermined'] as const
export type ComplaintFinding = (typeof complaintFindings)[number]

/** How many characters a complaint takes: about eight pages. */
export const longestComplaint = 20_000

/** Whoever says it. None of this is ever a seller's to read. */
export interface Reporter {
  /** The name under which the marketplace knows them, or one of ours. */
  id: string
  kind: ReporterKind
  name: string | null
  /** Where the outcome is told; null where nobody told us. */
  address: string | null
}

/** What the marketplace knows of a reporter at that moment, kept for weighing and for nothing else. */
export interface ReporterTraces {
  createdAt: Date | null
  orders: number | null
  devices: string[]
  ipPrefixes: string[]
  paymentHashes: string[]
  addressHashes: string[]
}

export const noTraces: ReporterTraces = {
  createdAt: null,
  orders: null,
  devices: [],
  ipPrefixes: [],
  paymentHashes: [],
  addressHashes: [],
}

export interface Complaint {
  id: string
  /** The number of the case in which it is looked into. */
  number: number
  caseId: string
  /** The name that the marketplace gave it; null for what came by page or mail. */
  toldId: string | null
  /** When it was made, as told; and when it came to us. */
  at: Date
  receivedAt: Date
  sellerId: string
  /** What it is about: a listing, an order, or the seller where both are null. */
  listingId: string | null
  orderId: string | null
  reporterId: string
  kind: ComplaintKind
  text: string
  traces: ReporterTraces
}

/** A complaint as its case carries it; the seller may read all of this, so nothing of the reporter is in it. */
export interface ComplaintInCase {
  complaintId: string
  kind: ComplaintKind
  listingId: string | null
  /** What it is about, in a few words: the listing's title then, or the seller's name. */
  title: string
  /** The decision that holds the listing until a person has looked; null where none does. */
  decisionId: string | null
  finding: ComplaintFinding | null
  reasons: string | null
}

/** What follows from each finding: a hold of a machine stands only on what a person confirmed. */
export const findingFollows = {
  confirmed: { hold: 'stands', mayImpose: true, power: 'deny' },
  refuted: { hold: 'falls', mayImpose: false, power: 'grant' },
  undetermined: { hold: 'falls', mayImpose: false, power: 'grant' },
} as const satisfies Record<
  ComplaintFinding,
  { hold: 'stands' | 'falls'; mayImpose: boolean; power: 'grant' | 'deny' }
>

/** Who contests what became of a complaint, as events name them. */
export const byReporter = 'reporter'

/** The number that a reporter quotes. */
export function complaintNumber({ number }: Pick<Complaint, 'number'>): string {
  return `K-${number}`
}

/** What a complaint is routed by: a danger has a desk of its own, whose clock is hours. */
export function matterOf(kind: ComplaintKind): 'matter.complaint' | 'matter.complaint.safety' {
  return kind === 'unsafe' ? 'matter.complaint.safety' : 'matter.complaint'
}

/** Whether there is no time to wait for the seller's answer. */
export function isUrgent({ matter }: { matter: string }): boolean {
  return matter === 'matter.complaint.safety'
}

/** What is known before a machine holds a listing. */
export interface BeforeHold {
  kind: ComplaintKind
  /** Whether the reporter said so of a listing that we know, and not a machine that read their mail. */
  isSaid: boolean
  hasListing: boolean
  /** Whether another listing of this seller is held on a complaint that nobody has looked at. */
  holdsAnother: boolean
  /** Whether people let this very text back, or cleared it, under the same rule. */
  wasCleared: boolean
  /** Whether it comes from a ring that a weighing found against this seller, and that no person found to be none. */
  isOfRing: boolean
  /** Whether complaints of its reporter are set aside. */
  isSetAside: boolean
}

/**
 * Whether one unverified complaint holds the one listing while a person looks within hours. It is the most that a
 * complaint does by itself; nothing holds a second listing of the seller, and nothing ever the account.
 */
export function mayHold({
  kind,
  isSaid,
  hasListing,
  holdsAnother,
  wasCleared,
  isOfRing,
  isSetAside,
}: BeforeHold): boolean {
  const isPlain = !holdsAnother && !wasCleared && !isOfRing && !isSetAside
  return kind === 'unsafe' && isSaid && hasListing && isPlain
}

/** What names whoever wrote it, in what they wrote. */
export interface Naming {
  id: string
  name: string | null
  address: string | null
  orderId: string | null
  traces: ReporterTraces
}

const leftOut = '[left out]'

/**
 * The substance, as the seller reads it: the reporter's words without what tells who they are, so far as a machine can
 * see it. Mail addresses, web addresses, telephone, card and order numbers go, whoever's they are.
 */
export function substanceOf(text: string, { id, name, address, orderId, traces }: Naming): string {
  const { devices, ipPrefixes, paymentHashes, addressHashes } = traces
  const told = [id, orderId, address, ...devices, ...ipPrefixes, ...paymentHashes, ...addressHashes]
  const mailbox = address?.split('@')[0] ?? null
  const names = [name, ...(name ?? '').split(/[\s,]+/), mailbox].filter(
    (part): part is string => part !== null && part.length > 2,
  )
  const whole = told.filter((part): part is string => part !== null && part.length > 2)
  // The longest first, so that no part of a longer one is left.
  const known = [...whole, ...names].toSorted((a, b) => b.length - a.length)
  const named = known.reduce(
    (words, part) => words.replaceAll(new RegExp(bounded(part), 'giu'), leftOut),
    text,
  )
  return named
    .replaceAll(
      // From its beginning only: otherwise every letter of a long word would be tried as one.
      /(?<![^\s<>()[\]{},;:"“”])[^\s<>()[\]{},;:"“”]+@[^\s<>()[\]{},;:"“”]+/gu,
      leftOut,
    )
    .replaceAll(/\b(?:https?:\/\/|www\.)\S+/giu, leftOut)
    .replaceAll(/(?<![\p{L}\p{N}])\+?\d[\d\s()/.-]{6,}\d/gu, leftOut)
    .replaceAll(new RegExp(`${escaped(leftOut)}(?:[\\s,;]*${escaped(leftOut)})+`, 'gu'), leftOut)
}

/** As a word of its own: "Ana" is not taken out of "banana". */
function bounded(part: string): string {
  return `(?<![\\p{L}\\p{N}])${escaped(part)}(?![\\p{L}\\p{N}])`
}

function escaped(part: string): string {
  return part.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** What makes two complaints the same one: the same words about the same thing, however they are spaced or capitalised. */
export function sameWords({
  reporterId,
  sellerId,
  listingId,
  text,
}: Pick<Complaint, 'reporterId' | 'sellerId' | 'listingId' | 'text'>): string {
  const words = text.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean).join(' ')
  return JSON.stringify([reporterId, sellerId, listingId, words])
}

/** What a reporter's words may name a listing by: the last part of an address of the shop, or an id as it stands. */
export function placesNamed(where: string): string[] {
  const words = where.match(/[^\s<>"'“”()]+/gu) ?? []
  return [...new Set(words.flatMap(placesIn))].slice(0, 50)
}

function placesIn(word: string): string[] {
  const plain = word.replace(/[.,;:!?]+$/u, '')
  if (!/^(?:https?:\/\/|www\.)|\//iu.test(plain)) return [plain]
  const [path = ''] = plain.split(/[?#]/u)
  const parts = path.split('/').filter(Boolean).map(decoded)
  return [...parts.toReversed().slice(0, 3), plain]
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // A lone % stands for itself.
    return part
  }
}

/** What a mail says is wrong: a word of danger sends it to the desk that looks within hours, and does nothing else. */
export function kindInWords(text: string): ComplaintKind {
  const [found] = wordsOfKinds.filter(([, words]) => words.test(text))
  return found?.[0] ?? 'other'
}

const wordsOfKinds: readonly (readonly [ComplaintKind, RegExp])[] = [
  [
    'unsafe',
    /\b(?:unsafe|danger(?:ous)?|injur\w*|burn(?:s|ed|t|ing)?|caught fire|on fire|electric shock|poison\w*|toxic|chok(?:e|ed|ing)|explod\w*|gefährlich|verletz\w*|verbrann\w*|giftig)\b/iu,
  ],
  ['counterfeit', /\b(?:counterfeit|fake|replica|fälschung|gefälscht)\b/iu],
  ['rights', /\b(?:trade ?mark|copyright|patent|design right|marken\w*recht|urheber\w*)\b/iu],
  ['never-arrived', /\b(?:never (?:arrived|came)|not (?:arrived|delivered)|nie angekommen)\b/iu],
  [
    'not-as-described',
    /\b(?:not as described|different from|wrong (?:size|colou?r|item)|anders als)\b/iu,
  ],
]
