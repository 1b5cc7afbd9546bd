/** The abilities are what the bazaar can do for an account when Recourse asks: each is done once, however often it is asked. */
import { changesSince, lockChanges, mostTold, noteReturned, type KeptChange } from './change.ts'
import { setRemoved } from './contact.ts'
import { transact, type Asker, type Database } from './database.ts'
import { setDestinationRemoved } from './destination.ts'
import { returnListing, takeListingDown } from './listing.ts'
import { endSessions } from './session.ts'
import { Unreadable } from './state.ts'
import { resetWayIn } from './way-in.ts'

export const abilities = ['endSessions', 'resetAccess', 'changesSince', 'revert'] as const

/** What was answered to a request, to be answered again. */
export interface Answered {
  status: number
  body: unknown
}

interface Asked {
  db: Database
  /** Names the request; its retries have the same. */
  id: string
  sellerId: string
  now: Date
}

const missing: Answered = {
  status: 404,
  body: { title: 'Not found', detail: 'The bazaar has no such seller.' },
}

/** Ends every session of an account. Browsers are remembered for nothing but to tell them apart. */
export function endAllSessions(asked: Asked): Promise<Answered> {
  return once(asked, async (tx) => ({
    status: 200,
    body: { ended: await endSessions(tx, asked, asked.now) },
  }))
}

/** Shuts every old way in, and sends a link for a new one to the address of the body. */
export function resetAccess(asked: Asked, { raw, shopUrl }: { raw: string; shopUrl: string }) {
  const { address } = readBody(raw)
  if (typeof address !== 'string' || !/^[^\s@]{1,64}@[^\s@]{1,189}$/.test(address))
    throw new Unreadable('address is an e-mail address.')
  return once(asked, async (tx) => {
    const { sellerId, now } = asked
    if (await resetWayIn(tx, { sellerId, address, shopUrl }, now))
      return { status: 204, body: null }
    const detail = 'Somebody else signs in with this address.'
    return { status: 409, body: { title: 'Not done', detail } }
  })
}

/** What was changed in an account since a time, in order. */
export async function tellChanges(
  { db, sellerId }: Pick<Asked, 'db' | 'sellerId'>,
  since: string,
): Promise<Answered> {
  const from = new Date(since)
  if (!/^\d{4}-\d\d-\d\dT/.test(since) || Number.isNaN(from.getTime()))
    throw new Unreadable('since is a time such as 2026-12-01T10:00:00Z.')
  if (!(await isSeller(db, sellerId))) return missing
  const changes = await changesSince(db, sellerId, from)
  const truncated = changes.length > mostTold
  return { status: 200, body: { changes: changes.slice(0, mostTold), truncated } }
}

/** Puts changes back, the newest first, each that can be; one that was put back before stays so. */
export function revertChanges(asked: Asked, raw: string): Promise<Answered> {
  const { changes } = readBody(raw)
  if (!Array.isArray(changes) || changes.length > mostTold || !changes.every(isText))
    throw new Unreadable(`changes is a list of up to ${mostTold} ids.`)
  return once(asked, async (tx) => {
    const { sellerId, now } = asked
    const reverted: string[] = []
    const refused: { id: string; detail: string }[] = []
    const held = await lockChanges(tx, sellerId, changes)
    for (const change of held) {
      const detail = change.isReturned ? null : await putBack(tx, change, asked)
      if (detail !== null) refused.push({ id: change.id, detail })
      else reverted.push(change.id)
      if (detail === null && !change.isReturned) await noteReturned(tx, change.id, now)
    }
    const known = new Set(held.map(({ id }) => id))
    for (const id of new Set(changes))
      if (!known.has(id)) refused.push({ id, detail: 'The bazaar knows no such change.' })
    return { status: 200, body: { reverted, refused } }
  })
}

/** Null once it is as it was before, or why it is not. */
async function putBack(
  tx: Asker,
  change: KeptChange,
  { sellerId, now }: Asked,
): Promise<string | null> {
  const { kind, subjectId, before, after } = change
  switch (kind) {
    case 'contact':
      await setRemoved(tx, subjectId, now, { isRemoved: before === null })
      return null
    case 'payout-target':
      await setDestinationRemoved(tx, { sellerId, id: subjectId }, now, {
        isRemoved: before === null,
      })
      return null
    case 'sign-in':
      return 'A way in is not put back, because it may be known. Access is reset instead.'
    case 'listing-added':
      await takeListingDown(tx, { id: subjectId, sellerId }, now)
      return null
    case 'listing-changed':
      if (before === null || after === null) return 'What it was before was not kept.'
      return (await returnListing(tx, { id: subjectId, sellerId, from: after, to: before }, now))
        ? null
        : 'It was changed again after this. Put that back first.'
  }
}

/** Does it in one transaction with its answer, or answers what was answered before. */
function once({ db, id, sellerId, now }: Asked, work: (tx: Asker) => Promise<Answered>) {
  return transact(db, async (tx): Promise<Answered> => {
    // Whoever asks the same at once waits here, and then finds the answer.
    const { rowCount } = await tx.query(
      'insert into answered (id, at) values ($1, $2) on conflict do nothing',
      [id, now],
    )
    if (rowCount === 0) {
      const { rows } = await tx.query<Answered>('select status, body from answered where id = $1', [
        id,
      ])
      const [before] = rows
      if (!before) throw new Error(`answer request ${id}: its answer was not kept`)
      return before
    }
    const answered = (await isSeller(tx, sellerId)) ? await work(tx) : missing
    await tx.query('update answered set status = $2, body = $3 where id = $1', [
      id,
      answered.status,
      JSON.stringify(answered.body),
    ])
    return answered
  })
}

async function isSeller(tx: Asker, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('select from sellers where id = $1', [id])
  return rowCount !== 0
}

function readBody(raw: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(raw)
  } catch {
    throw new Unreadable('The body is not JSON.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unreadable('The body is an object.')
  return { ...value }
}

const isText = (one: unknown): one is string =>
  typeof one === 'string' && one.length > 0 && one.length <= 200 && !/[\0\p{Surrogate}]/u.test(one)
