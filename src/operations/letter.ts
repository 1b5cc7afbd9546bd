/** Recording a letter: it finds the case that it is about, contests a decision, or becomes a matter of its own; the earliest date counts. */
import { hasReachedSeller } from '../core/action.ts'
import { caseNumber, hasSender, type Case, type CaseEvent } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import {
  datesOf,
  fateOfLetter,
  isHeard,
  remindAt,
  speaksForSeller,
  todayIn,
  type Letter,
  type LetterDates,
  type LetterWish,
  type Sender,
} from '../core/letter.ts'
import { firstName } from '../core/reasons.ts'
import { refuse } from '../core/refusal.ts'
import { lockCase, readCase, saveCase } from '../store/case.ts'
import { setClock } from '../store/clock.ts'
import { transact, type Tx } from '../store/db.ts'
import { readMeasure, type MeasureRecord } from '../store/decision.ts'
import { recordEvents } from '../store/event.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { giveScans, insertLetter, joinByLetter } from '../store/letter.ts'
import { procedureOf } from '../store/procedure.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'
import { isClash, openAppeal, openAppealOn, whyNotContestable } from './appeal.ts'
import { tellArrival, tellFiled, tellFiledAfter } from './arrival.ts'
import { tellSender, tellWhoWrote } from './letter-telling.ts'
import { once } from './once.ts'
import { permit, whyNotTheirs } from './permit.ts'
import { openMatter } from './question.ts'
import { done, RefusedError, refusalOf, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

/** A letter as a person puts it on record. */
export interface NewLetter {
  sender: Sender
  /** What it is about, as far as the person found out: one of these at least, unless it is an authority's or a body's. */
  caseId?: string | null
  decisionId?: string | null
  sellerId?: string | null
  reference?: string | null
  writtenOn?: string | null
  receivedOn: string
  wants?: LetterWish | null
  dueOn?: string | null
  text: string
  fileIds?: string[]
  /** Of a representative: whether an authority to act for the seller is enclosed. */
  showsAuthority?: boolean
  /** Of an authority or a body: whether the seller may hear what it says. */
  sellerHears?: boolean
}

export interface LetterRecorded {
  letterId: string
  caseId: string
  /** What became of it. */
  became: 'joined' | 'appeal' | 'letter'
}

/** Records a letter in its own words. Where another door opened the same matter in the same moment, it joins that. */
export async function recordLetter(
  app: App,
  who: Who,
  letter: NewLetter,
  idempotency: Idempotency | null,
): Promise<Result<LetterRecorded>> {
  const may = permit(app, who, 'letters.record')
  if (!may.ok) return may
  const record = () =>
    refusalOf(
      transact(app.db, may.wall, (tx) =>
        once(app, tx, idempotency, () => place(app, tx, may.reader, letter)),
      ),
    )
  try {
    const recorded = await record()
    // Found at the last look, or by the database: then it is there at the next.
    return recorded.ok || recorded.refusal !== 'already_appealed' ? recorded : await record()
  } catch (error) {
    if (!isClash(error)) throw error
    return record()
  }
}

/** What a letter is about, as it stands now. */
export interface About {
  sellerId: string
  measure: MeasureRecord | null
  /** A case that was named and goes on. */
  open: Case | null
  /** A case that was named and is over. */
  over: Case | null
}

/** A letter on its way to its place. */
interface Placing {
  app: App
  tx: Tx
  reader: StaffReader
  letter: NewLetter
  dates: LetterDates
  /** From when its clocks count: the day on which it was received, or now where that is today. */
  countsFrom: Date
  about: About
  letterId: string
}

async function place(
  app: App,
  tx: Tx,
  reader: StaffReader,
  letter: NewLetter,
): Promise<Result<LetterRecorded>> {
  const now = app.now()
  if (letter.text.trim() === '') return refuse('text_missing')
  const { writtenOn = null, receivedOn, dueOn = null, wants = null } = letter
  const dates = datesOf({ writtenOn, receivedOn, dueOn }, app.timeZone, now)
  if (!dates.ok) return dates
  if ((wants === null) !== (dueOn === null)) return refuse('letter_dates_wrong')
  const found = await aboutOf(app, tx, letter)
  if (!found.ok) return found
  const about = found.value
  const countsFrom = receivedOn === todayIn(app.timeZone, now) ? now : dates.receivedAt
  const letterId = app.newId('let')
  const placing: Placing = { app, tx, reader, letter, dates, countsFrom, about, letterId }
  const placed = await putWhereItBelongs(placing)
  if (!placed.ok) return placed
  const { caseId } = placed.value
  await keep(placing, caseId)
  return done({ letterId, ...placed.value })
}

type Placed = Promise<Result<Omit<LetterRecorded, 'letterId'>>>

async function putWhereItBelongs(placing: Placing): Placed {
  const { app, tx, letter, dates, about } = placing
  const { measure } = about
  const timeZone = (await readSeller(tx, about.sellerId))?.timeZone ?? app.timeZone
  const asked = { now: dates.receivedAt, timeZone }
  const isContestable = measure && (await whyNotContestable(tx, measure, asked)) === null
  // Looked for after that, since another door may open in this moment what cannot be contested any more.
  const open = about.open ?? (measure && (await openAppealOn(tx, measure.decision.id)))
  const fate = fateOfLetter(withDefaults(letter), {
    open,
    decision: measure && {
      isContestable: isContestable === true,
      isTakenBack: measure.endedBy?.kind === 'lift',
    },
  })
  switch (fate) {
    case 'join':
      return join(placing, open)
    case 'appeal':
    case 'dispute':
      return contest(placing, { isDispute: fate === 'dispute' })
    case 'letter':
      return openLetter(placing)
  }
}

function withDefaults({ sender, showsAuthority = false, sellerHears = false }: NewLetter) {
  return { sender, showsAuthority, sellerHears }
}

/** Finds what was named; what does not fit together is not found. */
async function aboutOf(app: App, tx: Tx, letter: NewLetter): Promise<Result<About>> {
  const { caseId = null, decisionId = null, sellerId = null } = letter
  const held = caseId === null ? null : await readCase(tx, caseId)
  if (caseId !== null && held === null) return refuse('not_found')
  if (held !== null && ['recovery', 'check', 'repair'].includes(held.kind))
    return refuse('takes_no_letters')
  const contested = decisionId ?? (held?.state === 'open' ? null : held?.objections[0]?.decisionId)
  const measure = contested == null ? null : await readMeasure(tx, contested)
  if (decisionId !== null && measure === null) return refuse('not_found')
  if (measure !== null && !hasReachedSeller(measure.action, app.now())) return refuse('not_found')
  const known = [held?.sellerId, measure?.decision.sellerId, sellerId].filter((id) => id != null)
  const [theirs] = known
  if (theirs === undefined) return refuse('letter_nobodys')
  if (known.some((id) => id !== theirs)) return refuse('not_found')
  if ((await readSeller(tx, theirs)) === null) return refuse('not_found')
  const isOver = held?.state === 'closed'
  return done({ sellerId: theirs, measure, open: isOver ? null : held, over: isOver ? held : null })
}

/** Into a case: as its seller's words where it speaks for them, and otherwise beside it; whatever desk has it. */
async function join(placing: Placing, held: Case | null): Placed {
  const { app, tx, reader, letter, countsFrom, letterId } = placing
  if (held === null) throw new Error(`put letter ${letterId} into a case: there is none`)
  // Closed in this moment: asked again, it finds another place.
  if (!(await joinByLetter(tx, held.id, countsFrom))) return refuse('wrong_state')
  const speaks = speaksForSeller(withDefaults(letter))
  const isKept = !isHeard(withDefaults(letter)) || !hasSender(held)
  await recordEvents(tx, [
    {
      at: app.now(),
      kind: 'case.letter',
      // What its sender keeps from the seller is an event of nobody's, and behind the seller's wall there is none.
      sellerId: isKept ? null : held.sellerId,
      caseId: held.id,
      decisionId: null,
      by: reader.id,
      detail: { ...cameOf(placing), isKept, text: letter.text.trim() },
    },
  ])
  if (speaks && waitsForWords(held)) await writeIn(placing, held)
  else if (speaks && hasSender(held) && held.sellerId !== null) {
    const came = { inReplyTo: null, cameAs: 'letter' } as const
    await (isAtWork(held) ? tellFiled(app, tx, held, came) : tellFiledAfter(app, tx, held, came))
  }
  if (!speaks && !isKept) await tellWhoWrote(placing, held)
  return done({ caseId: held.id, became: 'joined' })
}

/** Whether the seller was asked something, or a matter is answered: words start its clock. */
function waitsForWords(held: Case): boolean {
  return (
    hasSender(held) &&
    (held.state === 'asking' || (held.state === 'answered' && held.objections.length === 0))
  )
}

function isAtWork({ state }: Case): boolean {
  return state === 'open' || state === 'asking' || state === 'deciding'
}

/** Starts a clock that stood still. Where another desk has the case, a clock of ours does it in the next moment. */
async function writeIn({ app, tx, reader, letterId }: Placing, found: Case): Promise<void> {
  const isOwn =
    reader.desks.includes(found.desk) &&
    whyNotTheirs(app, 'desk.answerCase', reader, found) === null
  const held = isOwn ? await lockCase(tx, found.id) : null
  if (held === null) return setClock(tx, 'letter.arrives', letterId, app.now())
  await writeByLetter(app, tx, held, { by: reader.id, name: reader.name })
}

/** As if the seller had written: what the letter says stands beside it. */
export async function writeByLetter(
  app: App,
  tx: Tx,
  held: Case,
  { by, name }: { by: string; name: string },
): Promise<void> {
  const procedure = await procedureOf(tx, held.procedureId)
  const text = `Sent as a letter, and put here by ${firstName(name)}.`
  const result = changeCase(held, { do: 'write', by, text }, procedure, app.now())
  // Answered by another door in the meantime, and at work again.
  if (!result.ok) return
  await saveCase(tx, result.case, result.events, app.now())
  if (result.events.some(({ kind }) => kind === 'case.arrived'))
    await tellArrival(app, tx, result.case, { from: held.desk, why: 'again' })
}

/** Opens an appeal with the words of the seller, or of the body that brings it. */
async function contest(placing: Placing, { isDispute }: { isDispute: boolean }): Placed {
  const { app, tx, reader, letter, dates, countsFrom, about } = placing
  const { measure, sellerId } = about
  if (measure === null)
    throw new Error(`contest by letter ${placing.letterId}: it names no decision`)
  const opened = await openAppeal(
    app,
    tx,
    { kind: 'seller', sellerId, by: reader.id, matter: null },
    {
      objections: [
        {
          decisionId: measure.decision.id,
          track: 'dispute',
          text: letter.text.trim(),
          remedy: null,
        },
      ],
      fileIds: [],
      letter: { receivedAt: dates.receivedAt, countsFrom, came: cameOf(placing), isDispute },
    },
  )
  if (!opened.ok) return opened
  const { caseId } = opened.value
  const held = await readCase(tx, caseId)
  if (isDispute && held !== null) {
    await tellWhoWrote(placing, held)
    await tellSender(placing, held)
  }
  return done({ caseId, became: 'appeal' })
}

/** A matter of its own: the seller's where it speaks for them, and else between the marketplace and whoever wrote. */
async function openLetter(placing: Placing): Placed {
  const { app, tx, reader, letter, countsFrom, about } = placing
  const { sellerId, over, measure } = about
  const speaks = speaksForSeller(withDefaults(letter))
  const intro = over
    ? `About ${caseNumber(over)}, which is over.`
    : measure
      ? `About decision D-${measure.decision.number}.`
      : null
  const opened = await openMatter(app, tx, {
    kind: 'letter',
    channel: speaks ? 'letter' : 'system',
    door: 'letter',
    sellerId,
    by: reader.id,
    text: [intro, letter.text.trim()].filter((part) => part !== null).join('\n\n'),
    fileIds: [],
    receivedAt: countsFrom,
    came: cameOf(placing),
  })
  if (!opened.ok) return opened
  const { caseId } = opened.value
  const held = await readCase(tx, caseId)
  if (!speaks && held !== null) {
    await tellSender(placing, held)
    if (isHeard(withDefaults(letter))) await tellWhoWrote(placing, held)
  }
  return done({ caseId, became: 'letter' })
}

/** What is on record of how it came, with every opening and every joining. */
function cameOf({ letter, letterId }: Placing): CaseEvent['detail'] {
  const { sender, receivedOn, reference = null } = letter
  return {
    letter: letterId,
    senderKind: sender.kind,
    senderName: sender.name,
    receivedOn,
    reference,
    ...(sender.kind === 'representative' ? { showsAuthority: letter.showsAuthority ?? false } : {}),
  }
}

/** Writes the letter down, gives its scans to the case, and sets its sender's clock. */
async function keep(placing: Placing, caseId: string): Promise<void> {
  const { app, tx, reader, letter, dates, countsFrom, about, letterId } = placing
  const { fileIds = [] } = letter
  const now = app.now()
  const isKept = !isHeard(withDefaults(letter))
  const kept: Letter = {
    id: letterId,
    caseId,
    sellerId: about.sellerId,
    sender: {
      kind: letter.sender.kind,
      name: letter.sender.name.trim(),
      answerTo: letter.sender.answerTo.trim(),
    },
    reference: letter.reference?.trim() || null, // an empty field says nothing
    writtenOn: letter.writtenOn ?? null,
    receivedOn: letter.receivedOn,
    receivedAt: countsFrom,
    recordedAt: now,
    recordedBy: reader.id,
    text: letter.text.trim(),
    showsAuthority: letter.sender.kind === 'representative' && (letter.showsAuthority ?? false),
    sellerHears: !isKept,
    wants: letter.wants ?? null,
    dueAt: dates.dueAt,
    overdueSince: null,
    metAt: null,
    metBy: null,
    outcome: null,
  }
  await insertLetter(tx, kept)
  const ids = [...new Set(fileIds)]
  const { sellerId } = about
  const given = await giveScans(tx, { ids, by: reader.id, caseId, sellerId, isKept })
  if (given < ids.length)
    throw new RefusedError(
      refuse('not_found', 'One of the scans is not there any more. Upload it again.'),
    )
  if (kept.dueAt === null) return
  await setClock(tx, 'letter.due', letterId, kept.dueAt)
  if (kept.dueAt > now) await setClock(tx, 'letter.remind', letterId, remindAt(kept.dueAt, now))
}
