/** Calls: a seller picks a time, a person of the desk that has the case calls, and what was said stands in it. */
import { later } from '../core/calendar.ts'
import {
  bookedEvent,
  changeCall,
  freeSlots,
  lapsesAfter,
  readNumber,
  slotsAhead,
  type Call,
  type CallCommand,
  type Slot,
} from '../core/call.ts'
import { hasSender, type Case } from '../core/case.ts'
import type { CallHours } from '../core/help.ts'
import { deskTitle } from '../core/procedure.ts'
import { refuse } from '../core/refusal.ts'
import {
  bookedCall,
  callsAtDesks,
  callsOfCase,
  insertCall,
  lockCall,
  readCall,
  saveCall,
  takenSlots,
} from '../store/call.ts'
import { lockCase, mattersOf, readCase, type QueueMatter } from '../store/case.ts'
import { clearClock, setClock } from '../store/clock.ts'
import { transact, type Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { procedureOf } from '../store/procedure.ts'
import type { App } from './app.ts'
import { tellCall } from './arrival.ts'
import { maySeeCase } from './matter.ts'
import { once } from './once.ts'
import { permit, whyNotTheirs } from './permit.ts'
import { openMatter } from './question.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { SellerReader, Who } from './who.ts'

/** The next times at which somebody is free to call, and the call that the seller has booked already. */
export interface CallSlots {
  hours: CallHours
  slots: Slot[]
  booked: Call | null
}

/** What a desk has to call. */
export interface DeskCall {
  call: Call
  case: Case
  deskTitle: string
  matter: QueueMatter
  /** How often we had tried and not reached them before, in this case. */
  missedBefore: number
}

/** Which times a seller can pick. */
export function readCallSlots(app: App, who: Who): Promise<Result<CallSlots>> {
  const may = permit(app, who, 'seller.getCallSlots')
  if (!may.ok) return Promise.resolve(may)
  const hours = app.help?.calls
  if (hours === undefined) return Promise.resolve(refuse('no_calls'))
  return transact(app.db, may.wall, async (tx) => {
    const now = app.now()
    const slots = freeSlots(hours, await takenSlots(tx, now), now)
    return done({ hours, slots, booked: await bookedCall(tx, may.reader.sellerId) })
  })
}

export interface NewCall {
  /** A case of one's own that is open; null opens a question. */
  caseId: string | null
  startsAt: Date
  number: string
  /** What it is about; may be empty. */
  text: string
  topic: string | null
}

/** Books a call in a case of one's own, or with a new question. The promise of the case stays as it is. */
export function bookCall(
  app: App,
  who: Who,
  wanted: NewCall,
  idempotency: Idempotency | null,
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, 'seller.bookCall')
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const hours = app.help?.calls
  if (hours === undefined) return Promise.resolve(refuse('no_calls'))
  const mayAsk = wanted.caseId === null ? permit(app, who, 'seller.askQuestion') : may
  if (!mayAsk.ok) return Promise.resolve(mayAsk)
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, async () => {
      const now = app.now()
      // First whether it is theirs: what is another's is told apart by nothing else.
      const there = await ownCase(app, tx, reader, wanted.caseId)
      if (!there.ok) return there
      const number = readNumber(wanted.number)
      if (number === null) return refuse('number_missing')
      const slot = slotsAhead(hours, now).find(
        ({ startsAt }) => startsAt.getTime() === wanted.startsAt.getTime(),
      )
      if (slot === undefined) return refuse('slot_taken')
      if ((await bookedCall(tx, reader.sellerId)) !== null) return refuse('call_booked')
      const held = there.value ? done(there.value) : await openToCallAbout(app, tx, reader, wanted)
      if (!held.ok) return held
      const call = await seat(tx, hours, {
        ...slot,
        id: app.newId('cal'),
        caseId: held.value.id,
        sellerId: reader.sellerId,
        seat: 1,
        number,
        state: 'booked',
        said: null,
        byId: null,
        bookedAt: now,
        endedAt: null,
      })
      if (call === null)
        return refuse((await bookedCall(tx, reader.sellerId)) ? 'call_booked' : 'slot_taken')
      await setClock(tx, 'call.lapse', call.id, later(call.endsAt, lapsesAfter))
      await record(tx, call, bookedEvent(call, reader.by), now)
      await tellCall(app, tx, held.value, { ...call, became: 'booked' })
      return done({ caseId: call.caseId })
    }),
  )
  return refusalOf(work)
}

/** The first seat that nobody has: of two who ask for the last one at once, the database lets one have it. */
async function seat(tx: Tx, { people }: CallHours, call: Call): Promise<Call | null> {
  for (let seat = 1; seat <= people; seat++)
    if (await insertCall(tx, { ...call, seat })) return { ...call, seat }
  return null
}

/** The case of one's own that a call is wanted in; null where one is to be opened. */
async function ownCase(
  app: App,
  tx: Tx,
  reader: SellerReader,
  caseId: string | null,
): Promise<Result<Case | null>> {
  if (caseId === null) return done(null)
  const held = await lockCase(tx, caseId)
  const asked = { reader, command: 'seller.bookCall' } as const
  if (held === null || !hasSender(held) || !(await maySeeCase(app, tx, asked, held)))
    return refuse('not_found')
  return mayBeCalledAbout(held) ? done(held) : refuse('wrong_state')
}

async function openToCallAbout(
  app: App,
  tx: Tx,
  reader: SellerReader,
  { text, topic }: NewCall,
): Promise<Result<Case>> {
  const opened = await openMatter(app, tx, {
    kind: 'question',
    channel: 'contact',
    sellerId: reader.sellerId,
    by: reader.by,
    text: text.trim() === '' ? 'Please call me.' : text,
    topic,
    fileIds: [],
    // The notice of the call says all that the receipt would.
    isReceiptSent: false,
  })
  if (!opened.ok) return opened
  const held = await readCase(tx, opened.value.caseId)
  if (held === null) throw new Error(`book a call in case ${opened.value.caseId}: it is not kept`)
  return done(held)
}

/** Whether a call can be booked in a case: as long as somebody has it. */
export function mayBeCalledAbout(held: Case): boolean {
  return hasSender(held) && ['open', 'asking', 'deciding'].includes(held.state)
}

/** Takes a call back; the case goes on. */
export function cancelCall(
  app: App,
  who: Who,
  callId: string,
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, 'seller.cancelCall')
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const work = transact(app.db, may.wall, async (tx) => {
    // What is over is seen and not changed, so that it is told apart from what is another's.
    const seen = await readCall(tx, callId)
    const held = seen && (await readCase(tx, seen.caseId))
    const asked = { reader, command: 'seller.cancelCall' } as const
    if (held === null || !(await maySeeCase(app, tx, asked, held))) return refuse('not_found')
    const call = await lockCall(tx, callId)
    if (call === null) return refuse('wrong_state')
    return change(app, tx, call, { do: 'cancel', by: reader.by })
  })
  return refusalOf(work)
}

/** Takes back what is booked in a case that its seller took back. */
export async function cancelCallsOf(app: App, tx: Tx, caseId: string, by: string): Promise<void> {
  for (const { id, state } of await callsOfCase(tx, caseId)) {
    const call = state === 'booked' ? await lockCall(tx, id) : null
    if (call !== null) await change(app, tx, call, { do: 'cancel', by })
  }
}

/** What the desks that one staffs have to call: what is booked until the end of tomorrow, and what nobody made. */
export function readDeskCalls(app: App, who: Who): Promise<Result<DeskCall[]>> {
  const may = permit(app, who, 'desk.getCalls')
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  return transact(app.db, may.wall, async (tx) => {
    const now = app.now()
    const calls = await callsAtDesks(tx, {
      desks: reader.desks,
      since: later(now, -3 * 86_400_000),
      until: later(now, 2 * 86_400_000),
    })
    const matters = await mattersOf(
      tx,
      calls.map(({ caseId }) => caseId),
    )
    const due: DeskCall[] = []
    for (const call of calls) {
      const held = await readCase(tx, call.caseId)
      const matter = matters.get(call.caseId)
      if (held === null || matter === undefined) continue
      const missedBefore = (await callsOfCase(tx, held.id)).filter(
        ({ state }) => state === 'missed',
      ).length
      const procedure = await procedureOf(tx, held.procedureId)
      due.push({
        call,
        case: held,
        deskTitle: deskTitle(procedure, held.desk),
        matter,
        missedBefore,
      })
    }
    return done(due)
  })
}

/** Notes what came of a call: what was said, or that nobody was reached; then the seller is offered another time. */
export function markCall(
  app: App,
  who: Who,
  { callId, reached, said }: { callId: string; reached: boolean; said: string },
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, 'desk.markCall')
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const work = transact(app.db, may.wall, async (tx) => {
    const seen = await readCall(tx, callId)
    const held = seen && (await readCase(tx, seen.caseId))
    if (seen === null || held === null) return refuse('not_found')
    const why = whyNotTheirs(app, 'desk.markCall', reader, held)
    if (why) return why
    const call = await lockCall(tx, callId)
    if (call === null) return refuse('not_allowed')
    const by = reader.id
    return change(app, tx, call, reached ? { do: 'make', by, said } : { do: 'miss', by })
  })
  return refusalOf(work)
}

/** Nobody noted a call in time: the seller hears that it was not made, and picks another time. */
export async function callLapses(app: App, tx: Tx, callId: string): Promise<void> {
  const call = await lockCall(tx, callId)
  // Noted or cancelled in the moment in which its clock fired.
  if (call?.state !== 'booked') return
  const result = await change(app, tx, call, { do: 'lapse' })
  if (!result.ok) throw new Error(`let call ${callId} lapse: ${result.refusal}`)
}

async function change(
  app: App,
  tx: Tx,
  call: Call,
  command: CallCommand,
): Promise<Result<{ caseId: string }>> {
  const now = app.now()
  const result = changeCall(call, command, now)
  if (!result.ok) return result
  const { state, caseId } = result.call
  await saveCall(tx, result.call)
  await clearClock(tx, 'call.lapse', call.id)
  await record(tx, call, result.event, now)
  if (state === 'missed' || state === 'lapsed') {
    const held = await readCase(tx, caseId)
    if (held) await tellCall(app, tx, held, { ...call, became: state })
  }
  return done({ caseId })
}

async function record(
  tx: Tx,
  { caseId, sellerId }: Call,
  event: ReturnType<typeof bookedEvent>,
  at: Date,
): Promise<void> {
  await recordEvents(tx, [{ ...event, at, sellerId, caseId, decisionId: null }])
}
