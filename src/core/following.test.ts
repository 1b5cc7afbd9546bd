import { describe, expect, test } from 'vitest'
import { followingOf, mostSevere } from './following.ts'
import { Level } from './policy.ts'

const byPerson = [{ liftedBy: { kind: 'person', id: 'p', name: 'P' } }] as const
const byMachine = [{ liftedBy: { kind: 'policy', policy: 'masks', version: 2 } }] as const

const table = {
  off: { review: 'nothing', deactivate: 'nothing' },
  shadow: { review: 'note', deactivate: 'note' },
  suggest: { review: 'check', deactivate: 'check' },
  'act-with-review': { review: 'check', deactivate: 'measure-and-check' },
  act: { review: 'check', deactivate: 'measure' },
} as const satisfies Record<Level, object>

describe('what follows from a finding', () => {
  for (const level of Level.options)
    for (const outcome of ['review', 'deactivate'] as const) {
      const does = table[level][outcome]
      const acts = level !== 'off' && level !== 'shadow'
      test(`${outcome} at ${level} is ${does}; what people said comes first, and after a machine’s yes a person looks`, () => {
        const of = { level, outcome, earlier: [], cleared: [] }
        expect(followingOf(of)).toBe(does)
        expect(followingOf({ ...of, earlier: byPerson })).toBe(acts ? 'protected' : does)
        expect(followingOf({ ...of, cleared: [{}] })).toBe(acts ? 'protected' : does)
        expect(followingOf({ ...of, earlier: byMachine })).toBe(acts ? 'check' : does)
        expect(followingOf({ ...of, outcome: 'allow' })).toBe('nothing')
      })
    }

  test('of several the most severe counts', () => {
    expect(mostSevere(['note', 'measure', 'check'])).toBe('measure')
    expect(mostSevere([])).toBe('nothing')
  })
})
