/** Members of a seller: its owner lets others in, changes and removes them, each time on record and told to everybody. */
import { hasReachedSeller } from '../core/action.ts'
import { endOfDay } from '../core/calendar.ts'
import { hasSender } from '../core/case.ts'
import {
  changeMember,
  type Matters,
  type Member,
  type MemberCommand,
  type MemberEvent,
  type MemberFacts,
  type MemberGround,
} from '../core/member.ts'
import { memberInvitation, memberNotice } from '../core/member-notice.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { knownZone } from '../core/saying.ts'
import { readCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { readMeasure } from '../store/decision.ts'
import { lastMemberEvents, recordEvents, type EventRecord } from '../store/event.ts'
import type { Idempotency } from '../store/idempotency.ts'
import {
  countOtherMembers,
  insertMember,
  listMembers,
  lockMembers,
  memberByAddress,
  memberById,
  updateMember,
  type MemberHistory,
} from '../store/member.ts'
import { insertNotice } from '../store/notice.ts'
import { contactsOf, readSeller, type Seller } from '../store/seller.ts'
import { staffByEmail } from '../store/staff.ts'
import type { App } from './app.ts'
import { requireProof, type Prover } from './factor.ts'
import { once } from './once.ts'
import { isPermitted, permit, type Permitted } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { Who } from './who.ts'

/** How much of the history is shown. */
const mostShown = 100

/** A member as the owner writes them down: the last day is a day where the seller is. */
export interface MemberDraft {
  name: string
  part:
    | { role: 'staff' }
    | { role: 'representative'; matters: Matters | null; mayWrite: boolean; lastDay: string }
}

export interface Members {
  seller: Seller
  /** The addresses that the marketplace told. */
  owners: string[]
  /** Who was let in and not removed, also where their time is over. */
  here: MemberHistory[]
  /** Who was removed, the last first. */
  left: MemberHistory[]
  history: EventRecord[]
  mayChange: boolean
}

/** Everybody who acts for the seller, with what happened. */
export async function readMembers(app: App, who: Who): Promise<Result<Members>> {
  const may = permit(app, who, 'members.list')
  if (!may.ok) return may
  const { sellerId } = may.reader
  return transact(app.db, may.wall, async (tx) => {
    const seller = await readSeller(tx, sellerId)
    if (seller === null) return refuse('not_found')
    const all = await listMembers(tx, sellerId)
    return done({
      seller,
      owners: await ownersOf(tx, sellerId),
      here: all.filter(({ removedAt }) => removedAt === null),
      left: all
        .filter(({ removedAt }) => removedAt !== null)
        .sort((a, b) => (b.removedAt?.getTime() ?? 0) - (a.removedAt?.getTime() ?? 0)),
      history: await lastMemberEvents(tx, sellerId, mostShown),
      mayChange: isPermitted(app, who, 'members.change'),
    })
  })
}

/** Lets somebody in by their address; told twice, they are let in once. */
export async function inviteMember(
  app: App,
  who: Who,
  {
    draft,
    prover,
    idempotency,
    beforeMail,
  }: {
    draft: MemberDraft & { email: string }
    prover: Prover
    idempotency: Idempotency | null
    /** Counts the mail that this sends to somebody who asked for none; may throw. */
    beforeMail: () => void
  },
): Promise<Result<{ id: string }>> {
  const may = await mayManage(app, who, { command: 'members.invite', prover })
  if (!may.ok) return may
  beforeMail()
  const { sellerId, by } = may.reader
  const email = draft.email.trim()
  const isOfMarketplace = await worksHere(app, email)
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, async () => {
      await lockMembers(tx, sellerId)
      const seller = await readSeller(tx, sellerId)
      if (seller === null) return refuse('not_found')
      const held = await memberByAddress(tx, { email, sellerId })
      const ground = {
        isOwner: (await ownersOf(tx, sellerId)).includes(email.toLowerCase()),
        isOfMarketplace,
        others: await countOtherMembers(tx, { id: null, sellerId }),
      }
      const id = app.newId('mbr')
      const facts = factsOf(draft, seller)
      if (facts === null) return refuse('member_end_invalid')
      const command = { ...facts, do: 'invite', by, id, sellerId, email } as const
      const now = app.now()
      const result = changeMember(held, command, ground, now)
      if (!result.ok) return result
      const { member, event } = result
      const refused = await whyNotTheirMatters(tx, member, now)
      if (refused) return refused
      await insertMember(tx, member, now)
      await tell(app, tx, { seller, event, now })
      await insertNotice(tx, {
        id: app.newId('ntc'),
        sellerId,
        decisionId: null,
        caseId: null,
        address: email,
        createdAt: now,
        releaseAt: now,
        ...memberInvitation({
          by,
          sellerName: seller.name,
          marketplace: app.marketplace,
          address: email,
          name: member.name,
          part: member.part,
          timeZone: seller.timeZone,
          language: seller.language,
        }),
      })
      return done({ id })
    }),
  )
  return refusalOf(work)
}

/** Gives a member another name, other matters, another end; it counts from their next request on. */
export function alterMember(
  app: App,
  who: Who,
  { id, draft, prover }: { id: string; draft: MemberDraft; prover: Prover },
): Promise<Result<{ id: string }>> {
  return commandMember(app, who, { id, command: 'members.change', prover }, (by, seller) => {
    const facts = factsOf(draft, seller)
    return facts && { ...facts, do: 'change', by }
  })
}

/** Removes a member: from their next request on they are nobody there, and what they wrote keeps their name. */
export function removeMember(
  app: App,
  who: Who,
  { id, prover }: { id: string; prover: Prover },
): Promise<Result<{ id: string }>> {
  return commandMember(app, who, { id, command: 'members.remove', prover }, (by) => ({
    do: 'remove',
    by,
  }))
}

type Managing = 'members.invite' | 'members.change' | 'members.remove'

async function commandMember(
  app: App,
  who: Who,
  { id, command, prover }: { id: string; command: Managing; prover: Prover },
  /** Null where the last day is none. */
  commandOf: (by: string, seller: Seller) => MemberCommand | null,
): Promise<Result<{ id: string }>> {
  const may = await mayManage(app, who, { command, prover })
  if (!may.ok) return may
  const { sellerId, by } = may.reader
  return transact(app.db, may.wall, async (tx): Promise<Result<{ id: string }>> => {
    await lockMembers(tx, sellerId)
    const seller = await readSeller(tx, sellerId)
    const held = await memberById(tx, { id, sellerId })
    if (seller === null || held === null) return refuse('not_found')
    const now = app.now()
    const ground = await groundOf(tx, held)
    const given = commandOf(by, seller)
    if (given === null) return refuse('member_end_invalid')
    const result = changeMember(held, given, ground, now)
    if (!result.ok) return result
    const { member, event } = result
    if (isSame(event)) return done({ id })
    const refused = await whyNotTheirMatters(tx, member, now)
    if (refused) return refused
    await updateMember(tx, member)
    await tell(app, tx, { seller, event, now })
    return done({ id })
  })
}

function factsOf({ name, part }: MemberDraft, { timeZone }: Seller): MemberFacts | null {
  if (part.role === 'staff') return { name, part }
  const { lastDay, ...rest } = part
  const until = endOfDay(lastDay, knownZone(timeZone))
  return until && { name, part: { ...rest, until } }
}

async function groundOf(tx: Tx, { id, sellerId, email }: Member): Promise<MemberGround> {
  return {
    isOwner: (await ownersOf(tx, sellerId)).includes(email.toLowerCase()),
    isOfMarketplace: false,
    others: await countOtherMembers(tx, { id, sellerId }),
  }
}

/** Who may, and has shown just now that it is them: in this order, so that nobody is asked to prove what opens nothing. */
async function mayManage<C extends Managing>(
  app: App,
  who: Who,
  { command, prover }: { command: C; prover: Prover },
): Promise<Permitted<C> | Refused> {
  const may = permit(app, who, command)
  if (!may.ok) return may
  const fresh = await requireProof(app, prover)
  return fresh.ok ? may : fresh
}

/** Who works for the marketplace lies behind no wall of a seller's; whether somebody does is all that is said of it. */
function worksHere(app: App, email: string): Promise<boolean> {
  return transact(
    app.db,
    { entrance: true },
    async (tx) => (await staffByEmail(tx, email)) !== null,
  )
}

async function ownersOf(tx: Tx, sellerId: string): Promise<string[]> {
  const contacts = await contactsOf(tx, sellerId)
  const known = contacts.filter(({ removedAt }) => removedAt === null)
  return [...new Set(known.map(({ address }) => address))]
}

/** Refuses matters that are not there for this seller: by naming another's, nobody learns that it is there. */
async function whyNotTheirMatters(
  tx: Tx,
  { sellerId, part }: Member,
  now: Date,
): Promise<Refused | null> {
  const named: Matters =
    part.role === 'representative' && part.matters ? part.matters : { decisions: [], cases: [] }
  for (const id of named.decisions) {
    const measure = await readMeasure(tx, id)
    const isTheirs = measure !== null && measure.decision.sellerId === sellerId
    if (!isTheirs || !hasReachedSeller(measure.action, now)) return refuse('not_found')
  }
  for (const id of named.cases) {
    const held = await readCase(tx, id)
    if (held === null || held.sellerId !== sellerId || !hasSender(held)) return refuse('not_found')
  }
  return null
}

/** Puts a change on record, and tells it to everybody whom the account is known by. */
async function tell(
  app: App,
  tx: Tx,
  { seller, event, now }: { seller: Seller; event: MemberEvent; now: Date },
): Promise<void> {
  const { kind, by, detail } = event
  const nothing = { caseId: null, decisionId: null }
  await recordEvents(tx, [
    { at: now, kind, sellerId: seller.id, ...nothing, by, detail: { ...detail } },
  ])
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: seller.id,
    ...nothing,
    address: null,
    createdAt: now,
    releaseAt: now,
    ...memberNotice({
      event,
      sellerName: seller.name,
      at: now,
      timeZone: seller.timeZone,
      language: seller.language,
    }),
  })
}

function isSame({ kind, detail: { before, after } }: MemberEvent): boolean {
  return kind === 'member.changed' && JSON.stringify(before) === JSON.stringify(after)
}
