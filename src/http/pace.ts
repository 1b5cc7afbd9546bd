/** The pace of whoever writes: calm callers never notice it, a flood slows itself down, and no way to a person is ever shut. */
import type { Who } from '../operations/who.ts'
import { createSlowLane, wait, type SlowLane } from './slow-lane.ts'
import { createTurns, type Turns } from './turns.ts'

const minutes = 60_000

/** How a seller's writing, uploads among it, is slowed. */
export interface Pace {
  lane: SlowLane
  turns: Turns
}

/** Thirty things in ten minutes are nobody's flood; the next ones wait longer and longer, up to ten seconds each. */
export function createPace(): Pace {
  return {
    lane: createSlowLane({ free: 30, first: 250, most: 10_000, within: 10 * minutes }),
    turns: createTurns(2),
  }
}

/** Does work at a caller's own pace. The real time counts: a demo's clock that was moved forgives nobody. */
export function atPace<T>({ lane, turns }: Pace, key: string, work: () => Promise<T>): Promise<T> {
  return turns.take(key, async () => {
    await wait(lane.enter(key, new Date()))
    return work()
  })
}

/** Whose pace it is: that of one member or one link, so that who holds a link slows nobody who signed in. */
export function paceKey(who: Who, ip: string): string {
  return who.kind === 'seller'
    ? `seller ${who.sellerId} ${who.by} ${who.matter?.decisionId ?? ''} ${who.matter?.caseId ?? ''}`
    : `from ${ip}`
}
