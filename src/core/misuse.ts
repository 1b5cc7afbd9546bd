/** Misuse is complaining again and again of what is manifestly not so (DSA Art. 23): four factors, and what a person may do about it. */
import { later } from './calendar.ts'
import type { ComplaintFinding } from './complaint.ts'

const aDay = 24 * 60 * 60_000

/** Every limit there is. Within them a person weighs, case by case. */
export const misuseLimits = {
  /** Complaints of so many days are looked at. */
  windowDays: 180,
  /** Fewer that are manifestly unfounded are not frequent. */
  fewest: 3,
  /** Of those of which people found out what is so, more than this share is manifestly unfounded. */
  share: 0.5,
  /** After so many days a warning is forgotten. */
  warningDays: 365,
  /** How long complaints are set aside at most, in days: the first time, the second, and from then on. */
  longestDays: [14, 30, 90],
} as const

/** A complaint of the reporter, as far as this is about it. */
export interface PastComplaint {
  receivedAt: Date
  /** Null also while another person looks at it again. */
  finding: ComplaintFinding | null
  /** Whether the person who refuted it said that it was manifestly unfounded. */
  isUnfounded: boolean
  /** The ring that a person confirmed and that it is of. */
  ringId: string | null
  text: string
}

export const reporterMeasureKinds = ['warning', 'set-aside'] as const
export type ReporterMeasureKind = (typeof reporterMeasureKinds)[number]

/** What a person imposed on a reporter. */
export interface ReporterMeasure {
  id: string
  reporterId: string
  /** The complaint at which it was taken, and by whose number and code it is contested. */
  complaintId: string
  complaintNumber: number
  kind: ReporterMeasureKind
  takenBy: string
  takenByName: string
  takenAt: Date
  /** Null for a warning. */
  until: Date | null
  /** In which the reporter is told why. */
  reasons: string
  lifted: { by: string; byName: string; at: Date; reasons: string } | null
}

/** Everything that is weighed. */
export interface MisuseFacts {
  /** All complaints of the reporter. */
  complaints: readonly PastComplaint[]
  /** When complaints came of others who are of a confirmed ring with this reporter. */
  besideInRing: readonly Date[]
  /** What was imposed on sellers on the strength of their manifestly unfounded complaints, and until when it lasted. */
  caused: readonly { from: Date; until: Date | null }[]
  measures: readonly ReporterMeasure[]
}

export const misuseFactors = ['number', 'share', 'gravity', 'intention'] as const
export interface MisuseFactor {
  factor: (typeof misuseFactors)[number]
  value: number
  /** A sentence for the person who weighs it. */
  words: string
}

/** What may be done, or a sentence on why it may not. */
export interface Misuse {
  factors: MisuseFactor[]
  warning: { may: boolean; why: string }
  setAside: { may: boolean; why: string; longestDays: number }
}

/**
 * Whether it is manifestly unfounded. That it was refuted is not enough: a person said so besides, or confirmed the ring
 * that it is of.
 */
export function isManifestlyUnfounded({
  finding,
  isUnfounded,
  ringId,
}: Pick<PastComplaint, 'finding' | 'isUnfounded' | 'ringId'>): boolean {
  return finding === 'refuted' && (isUnfounded || ringId !== null)
}

/** The four factors of Art. 23(3), and what follows from them at most. */
export function weighMisuse(facts: MisuseFacts, now: Date): Misuse {
  const counted = countedOf(facts, now)
  return {
    factors: factorsOf(facts, counted, now),
    warning: mayWarn(facts, counted, now),
    setAside: maySetAside(facts, counted, now),
  }
}

interface Counted {
  all: PastComplaint[]
  unfounded: PastComplaint[]
  confirmed: number
  /** Confirmed and refuted: what could not be found out says nothing of anybody. */
  foundOut: number
  /** With those of the ring. */
  number: number
}

function countedOf({ complaints, besideInRing }: MisuseFacts, now: Date): Counted {
  const from = later(now, -misuseLimits.windowDays * aDay)
  const all = complaints.filter(({ receivedAt }) => receivedAt >= from)
  const unfounded = all.filter(isManifestlyUnfounded)
  const confirmed = all.filter(({ finding }) => finding === 'confirmed').length
  const refuted = all.filter(({ finding }) => finding === 'refuted').length
  const ofRing = unfounded.some(({ ringId }) => ringId !== null)
    ? besideInRing.filter((receivedAt) => receivedAt >= from).length
    : 0
  return {
    ...{ all, unfounded, confirmed },
    foundOut: confirmed + refuted,
    number: unfounded.length + ofRing,
  }
}

function shareOf({ unfounded, foundOut }: Counted): number {
  return foundOut === 0 ? 0 : unfounded.length / foundOut
}

function factorsOf({ caused }: MisuseFacts, counted: Counted, now: Date): MisuseFactor[] {
  const { all, unfounded, foundOut, confirmed, number } = counted
  const beside = number - unfounded.length
  const hours = caused.reduce((sum, { from, until }) => sum + hoursBetween(from, until ?? now), 0)
  const ofRing = unfounded.filter(({ ringId }) => ringId !== null).length
  const again = saidAgain(all).length
  return [
    {
      factor: 'number',
      value: number,
      words: `${count(unfounded.length, 'complaint')} of the last ${misuseLimits.windowDays} days ${unfounded.length === 1 ? 'was' : 'were'} manifestly unfounded${beside === 0 ? '' : `, and ${beside} more came from the same confirmed ring`}.`,
    },
    {
      factor: 'share',
      value: shareOf(counted),
      words:
        foundOut === 0
          ? `People have not found out what is so in any of their ${count(all.length, 'complaint')}.`
          : `That is ${unfounded.length} of ${foundOut} in which people found out what is so; ${confirmed} ${confirmed === 1 ? 'was' : 'were'} confirmed. They sent ${all.length} in all.`,
    },
    {
      factor: 'gravity',
      value: hours,
      words:
        caused.length === 0
          ? 'Nothing of any seller was held because of them.'
          : `Because of them ${count(caused.length, 'measure')} ${caused.length === 1 ? 'was' : 'were'} put on sellers, for ${count(hours, 'hour')} in all.`,
    },
    {
      factor: 'intention',
      value: ofRing + again,
      words: intentionWords(ofRing, again),
    },
  ]
}

function intentionWords(ofRing: number, again: number): string {
  const parts = [
    ...(ofRing === 0
      ? []
      : [`${ofRing} of them ${ofRing === 1 ? 'is' : 'are'} of a confirmed ring`]),
    ...(again === 0 ? [] : [`${again} came in the same words as one that was refuted before`]),
  ]
  return parts.length === 0
    ? 'Nothing shows an intention: they may be mistaken.'
    : `${parts.join(', and ')}.`
}

/** Complaints in the very words of an earlier one that is manifestly unfounded. */
function saidAgain(complaints: readonly PastComplaint[]): PastComplaint[] {
  return complaints.filter(
    (one) =>
      isManifestlyUnfounded(one) &&
      complaints.some(
        (before) =>
          before.receivedAt < one.receivedAt &&
          isManifestlyUnfounded(before) &&
          plain(before.text) === plain(one.text),
      ),
  )
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean).join(' ')
}

/** Why it is not frequent, or null where it is. Whoever is mostly right never is, however many they send. */
function whyNotFrequent(counted: Counted): string | null {
  const { unfounded, number } = counted
  if (unfounded.length === 0) return 'None of their complaints was manifestly unfounded.'
  if (number < misuseLimits.fewest)
    return `That is not often: it takes ${misuseLimits.fewest} that are manifestly unfounded.`
  if (shareOf(counted) <= misuseLimits.share)
    return 'Not most of their complaints are manifestly unfounded, so they go on being read as everybody’s are.'
  return null
}

function mayWarn(facts: MisuseFacts, counted: Counted, now: Date): Misuse['warning'] {
  const why = whyNotFrequent(counted)
  if (why !== null) return { may: false, why }
  if (standingWarning(facts.measures, now) !== null)
    return { may: false, why: 'They have been warned already.' }
  return { may: true, why: 'They learn why, and what follows if it goes on. Nothing else happens.' }
}

function maySetAside(facts: MisuseFacts, counted: Counted, now: Date): Misuse['setAside'] {
  const longestDays = longestNow(facts.measures)
  const not = (why: string) => ({ may: false, why, longestDays })
  const warning = standingWarning(facts.measures, now)
  if (warning === null) return not('They have to be warned first.')
  const why = whyNotFrequent(counted)
  if (why !== null) return not(why)
  if (setAsideAt(facts.measures, now) !== null)
    return not('Their complaints are set aside already.')
  const last = facts.measures
    .filter(({ lifted }) => lifted === null)
    .reduce((newest, { takenAt }) => (takenAt > newest ? takenAt : newest), warning.takenAt)
  if (!counted.unfounded.some(({ receivedAt }) => receivedAt > last))
    return not('None of what they sent since they were told is manifestly unfounded.')
  return {
    may: true,
    why: `For at most ${longestDays} days. What they send then is kept and read afterwards; whatever may be dangerous is read at once.`,
    longestDays,
  }
}

/** How long it may last the next time. What was lifted does not count. */
function longestNow(measures: readonly ReporterMeasure[]): number {
  const times = measures.filter(
    ({ kind, lifted }) => kind === 'set-aside' && lifted === null,
  ).length
  const [first, second, most] = misuseLimits.longestDays
  return times === 0 ? first : times === 1 ? second : most
}

/** The warning that is neither lifted nor forgotten, or null. */
export function standingWarning(
  measures: readonly ReporterMeasure[],
  now: Date,
): ReporterMeasure | null {
  const from = later(now, -misuseLimits.warningDays * aDay)
  return (
    measures.find(
      ({ kind, lifted, takenAt }) => kind === 'warning' && lifted === null && takenAt >= from,
    ) ?? null
  )
}

/** By what the reporter's complaints are set aside at this instant, or null. */
export function setAsideAt(
  measures: readonly ReporterMeasure[],
  now: Date,
): (ReporterMeasure & { until: Date }) | null {
  for (const measure of measures) {
    const { until } = measure
    if (until !== null && measure.lifted === null && measure.takenAt <= now && now < until)
      return { ...measure, until }
  }
  return null
}

/** Until when so many days last. */
export function untilAfter(days: number, now: Date): Date {
  return later(now, days * aDay)
}

function hoursBetween(from: Date, until: Date): number {
  return Math.max(0, Math.round((until.getTime() - from.getTime()) / 3_600_000))
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
