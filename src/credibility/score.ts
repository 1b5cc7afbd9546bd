/** A score is what a complaint is worth now: its credibility as a sum, whether it counts, and the ring it is of. */
import type { LineError } from '../core/json-line.ts'
import { lengthOf, listOf, valueAt, UNTOLD } from './column.ts'
import { batchOf } from './batch.ts'
import type { Batch } from './batch.ts'
import { readFactLine } from './complaint.ts'
import type { Complaint, Fact, OrderContext, SellerContext } from './complaint.ts'
import { leastOf } from './chance.ts'
import { DOUBT, RING } from './demand.ts'
import type { Find } from './group.ts'
import { purchases, purchasesOf } from './purchase.ts'
import { openRecord, thingKinds } from './record.ts'
import type { Finding } from './record.ts'
import { reportRing } from './report.ts'
import type { RingReport } from './report.ts'
import { findDoubts, findRings, standingOf } from './ring.ts'
import type { FoundRing } from './ring.ts'
import { sayingsOf } from './saying.ts'
import { settingFor, shareOutside } from './tie.ts'
import type { Setting } from './tie.ts'
import { strangenessOf } from './stranger.ts'
import {
  credibilityOf,
  LEAST_CREDIBILITY,
  others,
  rounded,
  weighRecord,
  words,
  writtenWeights,
} from './sum.ts'
import type { Reason, Weights, WrittenSignal } from './sum.ts'

export interface Score {
  id: string
  credibility: number
  counts: boolean
  ring: string | null
  reasons: Reason[]
}

/** What came of everything that is known at one moment. */
export interface Judgement {
  /** How many complaints there are; the first that came is number 0. */
  count: number
  /** By other weights than those that it was opened with, where they are given: which rings there are is the same by all. */
  scoreOf(number: number, weights?: Weights): Score
  /** The same as a line of JSON. */
  lineOf(number: number): string
  rings: RingReport[]
}

export interface Credibility {
  /** Takes one line in; an error if it cannot be read. */
  readLine(line: string): { is: Fact['is'] } | { is: 'error'; error: LineError }
  addComplaint(complaint: Complaint): void
  addSeller(seller: SellerContext): void
  addOrder(order: OrderContext): void
  /** What people found of a complaint: from then on it is part of its reporter's record. */
  addFinding(complaintId: string, finding: Finding): void
  /** Judges all that came so far; the same facts in any order give the same. */
  judge(): Judgement
  /** What is kept of all that came takes so many bytes in memory, sellers and findings aside. */
  bytes(): number
}

/** Opens a weighing that takes facts one at a time and may be asked at any moment. */
export function openCredibility({
  weights = writtenWeights,
}: { weights?: Weights } = {}): Credibility {
  const record = openRecord()
  let judged: Judgement | null = null
  const add = <Given>(take: (given: Given) => void) => {
    return (given: Given) => {
      judged = null
      take(given)
    }
  }
  const addComplaint = add(record.addComplaint)
  const addSeller = add(record.addSeller)
  const addOrder = add(record.addOrder)
  return {
    readLine: (line) => {
      const read = readFactLine(line)
      if (!read.ok) return { is: 'error', error: read.error }
      const { fact } = read
      if (fact.is === 'complaint') addComplaint(fact.complaint)
      else if (fact.is === 'seller') addSeller(fact.seller)
      else addOrder(fact.order)
      return { is: fact.is }
    },
    addComplaint,
    addSeller,
    addOrder,
    addFinding: (complaintId, finding) => {
      judged = null
      record.addFinding(complaintId, finding)
    },
    judge: () => (judged ??= judgeBatch(batchOf(record), weights)),
    bytes: record.bytes,
  }
}

/** Where much of a batch is rings, each look finds some that the others had made usual. */
const MOST_LOOKS = 3

function judgeBatch(batch: Batch, weights: Weights): Judgement {
  const bought = purchasesOf(batch)
  const sayings = sayingsOf(batch)
  const standing = standingOf(batch, sayings)
  const look = (isInRing: Uint8Array) => {
    const strangeness = strangenessOf(batch, bought, isInRing)
    const setting = settingFor(standing, { demand: RING, strangeness })
    return { setting, rings: findRings(setting) }
  }
  // What is usual is learned from those in no ring, so rings are looked for again until no more are found.
  let { setting, rings } = look(new Uint8Array(batch.voices.count))
  let known = 0
  for (let round = 1; round < MOST_LOOKS; round++) {
    const isInRing = new Uint8Array(batch.voices.count)
    for (const { voices } of rings) for (const voice of voices) isInRing[voice] = 1
    const count = isInRing.reduce((sum, one) => sum + one, 0)
    if (count <= known) break
    known = count
    ;({ setting, rings } = look(isInRing))
  }
  const ringOf = new Map<number, { ring: FoundRing; name: string }>()
  rings.forEach((ring, at) => {
    for (const voice of ring.voices) ringOf.set(voice, { ring, name: `ring-${at + 1}` })
  })
  const doubting = settingFor(standing, { demand: DOUBT, strangeness: setting.strangeness })
  const doubts = findDoubts(doubting)
  for (const voice of ringOf.keys()) doubts.delete(voice)
  const records = recordsOf(batch)
  const weighing = { setting, doubting, bought, weights, ringOf, doubts, records }
  const usual = new Map<number, string>()
  let reports: RingReport[] | null = null
  return {
    count: batch.places.length,
    scoreOf: (place, by) =>
      scoreOf(by === undefined ? weighing : { ...weighing, weights: by }, place),
    lineOf: (place) => {
      const kind = usualKindOf(weighing, place)
      let said = kind === null ? undefined : usual.get(kind)
      if (said === undefined) {
        const { credibility, counts, ring, reasons } = scoreOf(weighing, place)
        said = JSON.stringify({ credibility, counts, ring, reasons }).slice(1)
        if (kind !== null) usual.set(kind, said)
      }
      return `{"id":${JSON.stringify(batch.record.idOf(place))},${said}`
    },
    get rings() {
      return (reports ??= rings.map((ring, at) => reportRing(batch, ring, `ring-${at + 1}`)))
    },
  }
}

interface Weighing {
  setting: Setting
  bought: ReturnType<typeof purchasesOf>
  weights: Weights
  ringOf: ReadonlyMap<number, { ring: FoundRing; name: string }>
  /** The same, with what is asked of a doubt; and by voice the group that is doubted. */
  doubting: Setting
  doubts: ReadonlyMap<number, Find>
  records: ReturnType<typeof recordsOf>
}

/** A number for those of whom all the same is said, since nothing is known but purchase, age and orders; null for others. */
function usualKindOf(
  { setting, bought, ringOf, doubts, records }: Weighing,
  place: number,
): number | null {
  const { batch, strangeness } = setting
  const voice = valueAt(batch.voiceOf, place)
  const reporter = valueAt(batch.voices.reporter, voice)
  if (ringOf.has(voice) || doubts.has(voice) || records.hasAny(reporter)) return null
  for (const thing of listOf(batch.reporters.thingsOf, reporter))
    if (isSellers(batch, thing)) return null
  const { age, orders } = strangeness.facts
  const isRepeat = valueAt(batch.repeats, place) === UNTOLD ? 0 : 1
  let kind = 2 * valueAt(bought.byVoice, voice) + isRepeat
  kind = 2 * kind + valueAt(bought.isOnlyToComplain, voice)
  return 64 * kind + 8 * valueAt(age, voice) + valueAt(orders, voice)
}

function scoreOf(weighing: Weighing, place: number): Score {
  const { setting, doubting, ringOf, doubts } = weighing
  const { batch } = setting
  const voice = valueAt(batch.voiceOf, place)
  const reasons = ownReasons(weighing, voice, place)
  const inRing = ringOf.get(voice)
  const doubt = doubts.get(voice)
  if (inRing !== undefined) addRingReasons(reasons, setting, inRing.ring, voice)
  else if (doubt !== undefined) addDoubt(reasons, doubting, doubt, voice)
  const isRepeat = valueAt(batch.repeats, place) !== UNTOLD
  if (isRepeat)
    reasons.push({
      signal: 'told-again',
      weight: 0,
      text: 'The same complaint was made before; it counts once.',
    })
  for (const reason of reasons) reason.weight = rounded(reason.weight)
  const credibility = credibilityOf(reasons)
  return {
    id: batch.record.idOf(place),
    credibility,
    counts: !isRepeat && inRing === undefined && credibility >= LEAST_CREDIBILITY,
    ring: inRing?.name ?? null,
    reasons,
  }
}

/** What is known of the reporter and the purchase, whoever else complains. */
function ownReasons(weighing: Weighing, voice: number, place: number): Reason[] {
  const { setting, bought, weights, records } = weighing
  const { batch, strangeness } = setting
  const reasons: Reason[] = []
  const say = (signal: WrittenSignal | null) => {
    if (signal !== null) reasons.push({ signal, weight: weights[signal], text: words[signal] })
  }
  say('start')
  const signals = ['delivered', 'ordered', 'claimed-order', 'no-order', 'foreign-order'] as const
  if (bought.isTold) say(signals[valueAt(bought.byVoice, voice)] ?? null)
  const purchase = purchases[valueAt(bought.byVoice, voice)]
  const hasBought = purchase === 'delivered' || purchase === 'ordered'
  if (hasBought && valueAt(bought.isOnlyToComplain, voice) === 1) say('only-to-complain')
  say(
    (
      [
        'joined-days-ago',
        'joined-weeks-ago',
        null,
        'joined-months-ago',
        'joined-a-year-ago',
      ] as const
    )[valueAt(strangeness.facts.age, voice)] ?? null,
  )
  say(
    (['no-orders-at-all', null, 'some-orders', 'many-orders'] as const)[
      valueAt(strangeness.facts.orders, voice)
    ] ?? null,
  )
  const known = records.of(valueAt(batch.voices.reporter, voice), batch.record.idOf(place))
  if (known.confirmed + known.refuted > 0)
    reasons.push({
      signal: 'record',
      weight: weighRecord(known),
      text: `Of earlier complaints, ${known.confirmed} were confirmed and ${known.refuted} refuted.`,
    })
  const link = sellerLink(setting, voice)
  if (link !== null) reasons.push(link)
  return reasons
}

const LEAST_LINK = 2.5
const thingWords = {
  device: 'a device',
  payment: 'a payment card',
  address: 'an address',
  network: 'a network',
} as const

/** Whether a seller uses it too; a network says too little of one voice alone. */
function isSellers({ things }: Batch, thing: number): boolean {
  const kind = thingKinds[valueAt(things.kinds, thing)]
  return kind !== 'network' && (things.sellersOf[thing] ?? []).length > 0
}

/** Sharing something rare with another seller of the same goods. */
function sellerLink({ batch, linkedCount }: Setting, voice: number): Reason | null {
  const { voices, reporters, things, sellers, record } = batch
  const target = valueAt(sellers.names, valueAt(voices.seller, voice))
  let best = { weight: LEAST_LINK, kind: '' }
  const linkedShare = shareOutside(batch, 1, linkedCount - 1, 0.3)
  for (const thing of listOf(reporters.thingsOf, valueAt(voices.reporter, voice))) {
    if (!isSellers(batch, thing)) continue
    const holders = lengthOf(things.holdersOf, thing)
    for (const seller of things.sellersOf[thing] ?? []) {
      if (seller === target) continue
      const [ours, theirs] = [record.knownSellers.get(seller), record.knownSellers.get(target)]
      const isAlike = [...(ours?.categories ?? [])].some((one) => theirs?.categories.has(one))
      if (!isAlike) continue
      const share = Math.max(linkedShare, shareOutside(batch, 1, holders - 1, 0.3))
      const weight = Math.log(0.4 / share)
      const kind = thingKinds[valueAt(things.kinds, thing)] ?? 'network'
      if (weight > best.weight) best = { weight, kind: thingWords[kind] }
    }
  }
  if (best.kind === '') return null
  return {
    signal: 'linked-to-rival',
    weight: -Math.min(3, 0.6 * best.weight),
    text: `Shares ${best.kind} with another seller of the same goods.`,
  }
}

const kindSignals = {
  identity: 'shared-things',
  wording: 'same-words',
  target: 'same-targets',
  rival: 'shared-with-rival',
  joined: 'joined-together',
  burst: 'came-together',
} as const

/** What ties this voice to its ring, what chance would make of it, and what the ring as a whole adds. */
function addRingReasons(reasons: Reason[], setting: Setting, ring: FoundRing, voice: number): void {
  const find = ring.finds.find(({ scene, places }) =>
    places.some((place) => scene.voices[place] === voice),
  )
  if (find !== undefined) addTies(reasons, setting, find, voice)
  reasons.push({
    signal: 'ring',
    weight: leastToStop(reasons),
    text: `One of ${ring.reporters.size} reporters who act as one against ${ring.targets.size === 1 ? 'this seller' : `${ring.targets.size} sellers`}.`,
  })
}

/** What ties this voice to others who may be one hand; until a person has looked, what it says does not count. */
function addDoubt(reasons: Reason[], setting: Setting, find: Find, voice: number): void {
  addTies(reasons, setting, find, voice)
  reasons.push({
    signal: 'doubt',
    weight: leastToStop(reasons),
    text: `One of ${find.places.length} who may act as one against this seller; it does not count unless a person confirms it.`,
  })
}

/** What is left to say so that a complaint does not count, whatever speaks for it. */
function leastToStop(reasons: readonly Reason[]): number {
  return -Math.max(1.5, reasons.reduce((sum, { weight }) => sum + weight, 0) + 1.5)
}

function addTies(
  reasons: Reason[],
  setting: Setting,
  { scene, places, evidence }: Find,
  voice: number,
): void {
  const at = places.findIndex((place) => scene.voices[place] === voice)
  if (at < 0) return
  const rest = others(places.length - 1)
  const text = {
    identity: `Shares ${sayThings(setting, { scene, places }, places[at] ?? 0)} with others among these.`,
    wording: 'Says nearly the same as others among these.',
    target: 'Complains about the same sellers as others among these.',
    rival: 'Shares something rare with one seller of the same goods, as others among these do.',
    joined: `Joined in the same days as most of ${rest}.`,
    burst: `Complained in the same days as most of ${rest}.`,
  }
  for (const kind of ['identity', 'wording', 'target', 'rival', 'joined', 'burst'] as const) {
    const weight = valueAt(evidence.members[kind], at)
    if (weight > 0.05)
      reasons.push({ signal: kindSignals[kind], weight: -weight, text: text[kind] })
  }
  reasons.push({
    signal: 'chance',
    weight: leastOf(setting.demand, scene.ties.voices.length, places.length),
    text: `Among ${scene.ties.voices.length} who complain here, some fit together by chance.`,
  })
}

function sayThings(
  setting: Setting,
  { scene, places }: Pick<Find, 'scene' | 'places'>,
  place: number,
): string {
  const inside = new Set(places)
  const kinds = new Set<string>()
  for (const at of scene.marksOf[place] ?? []) {
    const mark = scene.marks[at]
    if (mark?.family !== 'identity') continue
    if (mark.holders.filter((one) => inside.has(one)).length < 2) continue
    kinds.add(thingWords[thingKinds[valueAt(setting.batch.things.kinds, mark.number)] ?? 'network'])
  }
  return kinds.size === 0 ? 'something' : [...kinds].join(' and ')
}

/** What people found of each reporter's complaints, other than the one that is weighed. */
function recordsOf(batch: Batch) {
  const { record, voices } = batch
  const byReporter = new Map<number, { id: string; finding: Finding }[]>()
  if (record.findings.size > 0)
    for (const place of batch.places) {
      const id = record.idOf(place)
      const finding = record.findings.get(id)
      if (finding === undefined || valueAt(batch.repeats, place) !== UNTOLD) continue
      const reporter = valueAt(voices.reporter, valueAt(batch.voiceOf, place))
      byReporter.set(reporter, [...(byReporter.get(reporter) ?? []), { id, finding }])
    }
  return {
    hasAny: (reporter: number) => byReporter.has(reporter),
    of: (reporter: number, except: string) => {
      const own = (byReporter.get(reporter) ?? []).filter(({ id }) => id !== except)
      const count = (wanted: Finding) => own.filter(({ finding }) => finding === wanted).length
      return { confirmed: count('confirmed'), refuted: count('refuted') }
    },
  }
}
