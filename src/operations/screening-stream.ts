/** A screening stream answers the lines of a whole catalogue; all streams of a process share its screening threads. */
import { setTimeout } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Jurisdiction, Policy } from '../core/policy.ts'
import { refuse } from '../core/refusal.ts'
import type { ScreenedBlock } from '../screening/block.ts'
import type { Explanation } from '../screening/explain.ts'
import { screenInOrder } from '../screening/in-order.ts'
import type { Gathering } from '../screening/lines.ts'
import { openThreads, type ScreeningPool } from '../screening/pool.ts'
import { transact } from '../store/db.ts'
import type { App } from './app.ts'
import { permit } from './permit.ts'
import { done, type Result } from './result.ts'
import { readLive } from './rules.ts'
import type { Who } from './who.ts'

export { explanations } from '../screening/explain.ts'

/**
 * What a thread is handed at once: enough that little is spent on handing over, little enough that nobody waits long for
 * a turn. What trickles in waits for no more than this.
 */
const gathering: Gathering = { bytes: 512 * 1024, soon: () => setTimeout(2) }

export interface ScreeningStream {
  /** Those that judge, by name: as they were in force when the stream began, until its end. */
  readonly policies: readonly Policy[]
  /** Answers every line in order, no faster than `answer` takes, until it says that nobody reads any more: false then. */
  screen(
    bytes: AsyncIterable<Uint8Array>,
    asked: {
      explanation: Explanation
      answer: (screened: ScreenedBlock, bytes: number) => Promise<boolean>
    },
  ): Promise<boolean>
  [Symbol.dispose](): void
}

export interface ScreeningThreads {
  openStream(who: Who): Promise<Result<ScreeningStream>>
  close(): Promise<void>
}

/** The threads that judge by the same policies, and how many streams use them. */
interface Shared {
  policies: readonly Policy[]
  pool: ScreeningPool
  streams: number
  /** Whether a stream that begins now may join. */
  isCurrent: boolean
}

/** Threads start with the first stream, and anew with the first after the policies changed or a thread failed. */
export function openScreeningThreads(
  app: App,
  { workers, jurisdiction }: { workers: number; jurisdiction: Jurisdiction },
): ScreeningThreads {
  const all = new Set<Shared>()

  /** Threads that new streams use no more end with the last of the streams that do. */
  async function closeUnused(): Promise<void> {
    for (const shared of all) {
      if (shared.isCurrent || shared.streams > 0) continue
      all.delete(shared)
      await shared.pool.close()
    }
  }

  function retire(shared: Shared): void {
    shared.isCurrent = false
    void closeUnused()
  }

  function sharedFor(policies: readonly Policy[]): Shared {
    const current = [...all].find(({ isCurrent }) => isCurrent)
    if (current && isDeepStrictEqual(current.policies, policies)) return current
    if (current) retire(current)
    const setup = { policies: policies.map(applied), jurisdiction, explanation: 'full' } as const
    const shared = { policies, pool: openThreads(setup, workers), streams: 0, isCurrent: true }
    all.add(shared)
    return shared
  }

  function streamOn(shared: Shared): ScreeningStream {
    shared.streams++
    return {
      policies: shared.policies,
      screen: (bytes, { explanation, answer }) =>
        screenInOrder(bytes, {
          // As many for each stream, so that their blocks come by turns.
          width: shared.pool.width,
          gathering,
          answer,
          screenBlock: async (block) => {
            try {
              return await shared.pool.screenBlock(block, explanation)
            } catch (cause) {
              retire(shared)
              throw new Error('screen a stream of listings', { cause })
            }
          },
        }),
      [Symbol.dispose]: () => {
        shared.streams--
        void closeUnused()
      },
    }
  }

  return {
    async openStream(who) {
      const may = permit(app, who, 'screenings.stream')
      if (!may.ok)
        return who.kind === 'seller'
          ? refuse(may.refusal, 'A seller screens goods one by one.')
          : may
      const live = await transact(app.db, may.wall, readLive)
      const policies = live.policies
        .map(({ policy }) => policy)
        .filter(({ jurisdictions }) => jurisdictions.includes(jurisdiction))
      return done(streamOn(sharedFor(policies)))
    },
    async close() {
      await Promise.all([...all].map(({ pool }) => pool.close()))
      all.clear()
    },
  }
}

/** The level that people set counts, not the one in the document: what is off was left out. */
function applied(policy: Policy): Policy {
  return { ...policy, level: 'act' }
}
