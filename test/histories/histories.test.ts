/** A million histories of cases keep what the check announced; and a machine without any one of its clocks does not. */
import { describe, expect, test } from 'vitest'
import { later } from '../../src/core/calendar.ts'
import { changeCase } from '../../src/core/case-change.ts'
import { openCase, type Case, type CaseResult } from '../../src/core/case.ts'
import { chanceFrom } from './chance.ts'
import { randomSound, recourse, smallShop, type Game } from './games.ts'
import {
  countedNames,
  noCounts,
  playHistory,
  type Counts,
  type Machine,
  type Play,
} from './player.ts'
import { BrokenPromise } from './watch.ts'

const asked = Number(process.env['HISTORIES'] ?? 6_000)
// SEED=5 plays the same run again, SEED=5:1234 one history of it, told step by step.
const [seed = 1, only] = (
  process.env['SEED'] ?? String(process.env['HISTORIES'] ? Date.now() % 2 ** 31 : 1)
)
  .split(':')
  .map(Number)

const core: Machine = { openCase, changeCase }
const [theDefault, theShop] = [recourse(), smallShop()]
/** The game that each history is played in. */
const games: Record<string, (history: number) => Game> = {
  'the default procedure': () => theDefault,
  'the small shop': () => theShop,
  'random sound procedures': randomSound(seed),
}
const names = Object.keys(games)

/** Plays so many histories; the first broken promise ends it, with what led to it. */
function playAll(
  gameOf: (history: number) => Game,
  machine: Machine,
  histories: number,
): { counts: Counts; procedures: number } {
  const counts = noCounts()
  const procedures = new Set<Game>()
  for (let history = 0; history < histories; history++) {
    const game = gameOf(history)
    procedures.add(game)
    const play = (tell: Play['tell']) =>
      playHistory({ game, machine, chance: chanceFrom(seed, history), counts, tell })
    try {
      play(null)
    } catch (cause) {
      if (!(cause instanceof BrokenPromise)) throw cause
      const told: string[] = []
      try {
        play((words) => told.push(words))
      } catch {
        // The same promise is broken again: what led to it is what is wanted.
      }
      const words = `SEED=${seed}:${history} ${cause.message}\n  ${told.join('\n  ')}`
      throw new BrokenPromise(words, { cause })
    }
  }
  return { counts, procedures: procedures.size }
}

const total = noCounts()

describe.skipIf(only !== undefined)('random histories', () => {
  const share = Math.ceil(asked / names.length)
  for (const [name, gameOf] of Object.entries(games))
    test(
      `nobody in ${name} is without a desk and a clock, or waits longer than was announced`,
      { timeout: 60_000 + 3 * asked },
      () => {
        const startedAt = performance.now()
        const { counts, procedures } = playAll(gameOf, core, share)
        const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
        console.log(
          [
            `${share} histories in ${name} (${procedures}), ${counts.steps} steps, ${seconds} s, SEED=${seed}`,
            `the longest wait was ${(counts.nearest * 100).toFixed(4)} % of what was announced`,
            ...countedNames.map((what) => `  ${what.padEnd(24)} ${counts[what]}`),
          ].join('\n'),
        )
        expect(counts.nearest).toBeGreaterThan(0.99)
        for (const what of countedNames) total[what] += counts[what]
      },
    )

  test('everything that can happen to a case happened', () => {
    expect(countedNames.filter((what) => total[what] === 0)).toEqual([])
  })
})

if (only !== undefined)
  test.each(names)('one history in %s is played again', (name) => {
    const chance = chanceFrom(seed, only)
    const [game, tell] = [games[name]!(only), console.log]
    playHistory({ game, machine: core, chance, counts: noCounts(), tell })
  })

describe.skipIf(only !== undefined)('a machine without one of its clocks breaks a promise', () => {
  const years = 1_000 * 86_400_000
  type Change = Parameters<typeof changeCase>
  type Tamper = (after: Case, before: Case, command: Change[1], now: Date) => Partial<Case>

  /** Core's machine, but for one thing that it does. */
  const without = (tamper: Tamper): Machine => ({
    openCase,
    changeCase: (before, command, procedure, now) => {
      const result = changeCase(before, command, procedure, now)
      if (!result.ok) return result
      return { ...result, case: { ...result.case, ...tamper(result.case, before, command, now) } }
    },
  })
  const came = (after: Case, before: Case) => after.arrivedAt !== before.arrivedAt
  const never = (after: Case): Partial<Case> => ({ dueAt: later(after.dueAt, years) })

  const inTurn = (history: number) => (history % 2 === 0 ? theDefault : theShop)
  const clocks: Record<string, Machine> = {
    'the first desk’s time': {
      changeCase,
      openCase: (...given) => {
        const result: CaseResult = openCase(...given)
        return result.ok ? { ...result, case: { ...result.case, ...never(result.case) } } : result
      },
    },
    'the desk’s time after a forward': without((after, before, { do: what }) =>
      what === 'forward' && came(after, before) ? never(after) : {},
    ),
    'the desk’s time after lateness': without((after, before) =>
      after.desk !== before.desk && after.arrivedAt.getTime() === before.dueAt.getTime()
        ? never(after)
        : {},
    ),
    'the second look’s time': without((after, _, { do: what }) =>
      what === 'contest' ? never(after) : {},
    ),
    'the time of what new facts opened again': without((after, _, { do: what }) =>
      what === 'reopen' ? never(after) : {},
    ),
    'the time of what was written to again': without((after, before, { do: what }) =>
      what === 'write' && before.state === 'answered' ? never(after) : {},
    ),
    'the time of a question': without((after, _, { do: what }) =>
      what === 'ask' && after.ask
        ? { ask: { ...after.ask, until: later(after.ask.until, years) } }
        : {},
    ),
    'what time was left after a question': without((after, before) =>
      before.state === 'asking' && after.state === 'open' ? never(after) : {},
    ),
    'the minute of undoing': without(({ pending }) =>
      pending ? { pending: { ...pending, until: later(pending.until, years) } } : {},
    ),
    'the end of an undone decision': without((after, _, { do: what }) =>
      what === 'undo' ? never(after) : {},
    ),
    'the clock of what is overdue': without((after, before) =>
      after.overdueSince !== null && after.desk === before.desk && came(after, before)
        ? never(after)
        : {},
    ),
    'the instant from which a hand-over counts': without((after, before, { do: what }, now) =>
      what === 'due' && came(after, before) && after.desk !== before.desk
        ? { arrivedAt: now, dueAt: later(now, after.dueAt.getTime() - after.arrivedAt.getTime()) }
        : {},
    ),
    'the end of the desk’s say with its time': {
      openCase,
      changeCase: (before, command, procedure, now) => {
        if (command.do !== 'take' && command.do !== 'forward')
          return changeCase(before, command, procedure, now)
        // Somebody late is let in as if the clock had stopped for them.
        const result = changeCase(
          { ...before, dueAt: later(before.dueAt, years) },
          command,
          procedure,
          now,
        )
        return command.do === 'take' && result.ok
          ? { ...result, case: { ...result.case, dueAt: before.dueAt } }
          : result
      },
    },
  }

  for (const [name, machine] of Object.entries(clocks))
    test(name, () => {
      expect(() => playAll(inTurn, machine, 6_000)).toThrow(BrokenPromise)
    })
})
