/** What a marketplace can do for an account beyond showing a state, asked of its connector; only what it declares is asked. */
import { z } from 'zod'
import { abilities, AccountChange, type Ability, type Reverted } from '../core/ability.ts'
import {
  ConnectorError,
  readJson,
  requestId,
  subjectPath,
  type ConnectorRequest,
  type Send,
} from './connector-request.ts'

/** So many changes are asked for or returned at once. */
export const mostChanges = 1_000

/** Each throws a `ConnectorError` with a sentence where the marketplace did not do it or its answer cannot be read. */
export interface AccountAbilities {
  /** What it declares; none where it knows no such address. Names that we do not know are left out. */
  abilities(): Promise<Ability[]>
  /** Ends every session and remembered device of an account. `id` is the same for each retry. */
  endSessions(
    accountId: string,
    telling: { because: string[]; id: string },
  ): Promise<{ ended: number }>
  /** Shuts every old way in and sends a one-use link for a new one to this address. `id` is the same for each retry. */
  resetAccess(accountId: string, reset: { address: string; id: string }): Promise<void>
  /** What changed in an account, in the order of time. */
  changesSince(
    accountId: string,
    since: Date,
  ): Promise<{ changes: AccountChange[]; truncated: boolean }>
  /** Returns what was changed to what it was, the newest first. `id` is the same for each retry. */
  revert(accountId: string, changes: { changes: string[]; id: string }): Promise<Reverted>
}

const changeId = z.string().min(1).max(200)
const Declared = z.object({ abilities: z.array(z.string().max(100)).max(100) })
const Ended = z.object({ ended: z.int().min(0) })
const Changes = z.object({
  changes: z.array(AccountChange).max(mostChanges),
  truncated: z.boolean().default(false),
})
const Returned = z.object({
  reverted: z.array(changeId).max(mostChanges),
  refused: z.array(z.object({ id: changeId, detail: z.string().max(500) })).max(mostChanges),
})

const longestAnswer = 1024 * 1024

/** The abilities, over the way that was opened. */
export function openAbilities(
  send: Send,
  { newId, timeoutMs }: { newId: (prefix: string) => string; timeoutMs: number },
): AccountAbilities {
  const get = (path: string) =>
    send({ method: 'GET', path, id: newId('ask'), body: '', timeoutMs, longestAnswer })

  const post = (accountId: string, verb: string, { id, ...body }: { id: string }) =>
    send({
      method: 'POST',
      path: `${subjectPath({ kind: 'account', id: accountId })}/${verb}`,
      id: requestId(verb, [accountId, id]),
      body: JSON.stringify(body),
      timeoutMs,
      longestAnswer,
    })

  return {
    async abilities() {
      const text = await get('/abilities').catch((error: unknown) => {
        if (error instanceof ConnectorError && error.status === 404) return null
        throw error
      })
      if (text === null) return []
      const declared = read(Declared, { method: 'GET', text }).abilities
      return abilities.filter((ability) => declared.includes(ability))
    },
    async endSessions(accountId, telling) {
      return read(Ended, { method: 'POST', text: await post(accountId, 'end-sessions', telling) })
    },
    async resetAccess(accountId, reset) {
      await post(accountId, 'reset-access', reset)
    },
    async changesSince(accountId, since) {
      const path = `${subjectPath({ kind: 'account', id: accountId })}/changes`
      const text = await get(`${path}?since=${encodeURIComponent(since.toISOString())}`)
      const { changes, truncated } = read(Changes, { method: 'GET', text })
      if (new Set(changes.map(({ id }) => id)).size < changes.length)
        throw new ConnectorError('GET answered two changes of one id')
      return { changes: changes.sort((a, b) => a.at.getTime() - b.at.getTime()), truncated }
    },
    async revert(accountId, asked) {
      if (asked.changes.length > mostChanges)
        throw new Error(`return changes of ${accountId}: more than ${mostChanges} at once`)
      const text = await post(accountId, 'revert', asked)
      return accountFor(asked.changes, read(Returned, { method: 'POST', text }))
    },
  }
}

/** Every change that was asked for is returned or refused, once: what the answer leaves out was not returned. */
function accountFor(asked: readonly string[], { reverted, refused }: Reverted): Reverted {
  const refusals = new Map(refused.map((one) => [one.id, one]))
  const ids = [...new Set(asked)]
  return {
    reverted: ids.filter((id) => reverted.includes(id) && !refusals.has(id)),
    refused: ids
      .filter((id) => !reverted.includes(id) || refusals.has(id))
      .map((id) => refusals.get(id) ?? { id, detail: 'The marketplace says nothing of it.' }),
  }
}

function read<Schema extends z.ZodType>(
  schema: Schema,
  { method, text }: { method: ConnectorRequest['method']; text: string },
): z.infer<Schema> {
  const answer = schema.safeParse(readJson(method, text))
  if (answer.success) return answer.data
  const issue = answer.error.issues[0]
  throw new ConnectorError(
    `${method} answered something that cannot be read: ${issue ? `${issue.path.join('.') || 'answer'}: ${issue.message}` : 'unknown'}`,
  )
}
