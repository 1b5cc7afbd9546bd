/** The connector tells a marketplace the state owed to a subject, asks it what is so, and uses the abilities that it declares. */
import { z } from 'zod'
import type { Subject } from '../core/measure.ts'
import { AccountState, ListingState, PayoutsState, type State } from '../core/state-owed.ts'
import { openAbilities, type AccountAbilities } from './connector-ability.ts'
import {
  ConnectorError,
  openRequests,
  readJson,
  requestId,
  subjectPath,
  type ConnectorOptions,
} from './connector-request.ts'

export { ConnectorError, type ConnectorOptions } from './connector-request.ts'

/** What a marketplace holds for a subject; `state` is null for one that it does not have. */
export interface Held {
  sequence: number
  state: State | null
}

export interface Telling {
  sequence: number
  state: State
  because: string[]
}

export interface Connector extends AccountAbilities {
  /** Tells the state owed. Throws with a sentence where the marketplace did not take it. */
  tell(subject: Subject, telling: Telling): Promise<void>
  /** Asks what is so. Throws with a sentence where that cannot be learnt. */
  ask(subject: Subject): Promise<Held>
}

// A number we can still go above, exactly.
const sequence = z
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER - 1)
const heldOf = {
  listing: z.object({ sequence, state: ListingState.nullable() }),
  account: z.object({ sequence, state: AccountState.nullable() }),
  payouts: z.object({ sequence, state: PayoutsState.nullable() }),
} as const

const longestAnswer = 64 * 1024

/** Opens the way to a marketplace's connector. */
export function openConnector(options: ConnectorOptions): Connector {
  const { timeoutMs = 5_000, newId } = options
  const send = openRequests(options)
  const limits = { timeoutMs, longestAnswer }
  return {
    ...openAbilities(send, { newId, timeoutMs: 4 * timeoutMs }),
    async tell(subject, telling) {
      await send({
        method: 'PUT',
        path: subjectPath(subject),
        // The same for every retry of the same state, so that a receiver can recognise it.
        id: requestId('state', [subject.kind, subject.id, telling.sequence]),
        body: JSON.stringify(telling),
        ...limits,
      })
    },
    async ask(subject) {
      const path = subjectPath(subject)
      const text = await send({ method: 'GET', path, id: newId('ask'), body: '', ...limits })
      return readHeld(subject, text)
    },
  }
}

function readHeld(subject: Subject, text: string): Held {
  const held = heldOf[subject.kind].safeParse(readJson('GET', text))
  if (held.success) return held.data
  const issue = held.error.issues[0]
  throw new ConnectorError(
    `GET answered a state that cannot be read: ${issue ? `${issue.path.join('.') || 'answer'}: ${issue.message}` : 'unknown'}`,
  )
}
