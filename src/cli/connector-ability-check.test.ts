import { expect, test } from 'vitest'
import { abilities } from '../core/ability.ts'
import { abilityChecks, readAbilities } from './connector-ability-check.ts'
import type { Answer, Probe } from './connector-probe.ts'

/** How a shop may use its abilities wrongly, one thing at a time. */
interface Faults {
  letsStrangersIn?: boolean
  takesAnyBody?: boolean
  takesAnyTime?: boolean
  countsRetries?: boolean
  mixesTimes?: boolean
  revertsWhatIsNotThere?: boolean
}

const change = (id: string, at: string) => ({
  id,
  at,
  kind: 'contact',
  subjectId: 'c1',
  before: 'old@shop.example',
  after: null,
  revertible: true,
})

/** A shop that declares all abilities, as the probe sees it. */
function shop(faults: Faults): Probe {
  const answered = new Map<string, string>()
  const answer: (request: Parameters<Probe['send']>[0]) => [number, unknown] = (request) => {
    const { path, id = '', body = '', forge } = request
    if (forge === 'unsigned' && !faults.letsStrangersIn) return [401, {}]
    if (path === '/abilities') return [200, { abilities }]
    if (path.includes('/changes?')) {
      if (path.endsWith('=soon')) return faults.takesAnyTime ? [200, { changes: [] }] : [400, {}]
      const [early, late] = ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'] as const
      const changes = [change('a', early), change('b', late)]
      return [200, { changes: faults.mixesTimes ? changes.reverse() : changes }]
    }
    if (body === '{') return faults.takesAnyBody ? [200, {}] : [400, {}]
    if (path.endsWith('/end-sessions')) {
      const before = answered.get(id)
      answered.set(id, 'once')
      return [200, { ended: before && faults.countsRetries ? 0 : 2 }]
    }
    if (path.endsWith('/revert')) {
      const { changes } = JSON.parse(body) as { changes: string[] }
      const refused = changes.map((one) => ({ id: one, detail: 'There is no such change.' }))
      return [
        200,
        faults.revertsWhatIsNotThere
          ? { reverted: changes, refused: [] }
          : { reverted: [], refused },
      ]
    }
    return [204, null]
  }
  return {
    newId: () => 'recourse-check-1',
    send: (request) => {
      const [status, body] = answer(request)
      const seen: Answer = {
        asked: `${request.method} ${request.path}`,
        status,
        text: JSON.stringify(body),
      }
      return Promise.resolve(seen)
    },
  }
}

async function failed(faults: Faults): Promise<string[]> {
  const probe = shop(faults)
  const broken: string[] = []
  for (const { name, look } of abilityChecks(probe, await readAbilities(probe), 's1'))
    await look().catch(() => broken.push(name))
  return broken
}

test('a shop that uses its abilities rightly passes every check', async () => {
  expect(await failed({})).toEqual([])
})

test.each<[keyof Faults, string[]]>([
  ['letsStrangersIn', abilities.map((ability) => `${ability}: unsigned, it is refused`)],
  [
    'takesAnyBody',
    ['endSessions', 'resetAccess', 'revert'].map(
      (ability) => `${ability}: a body that is no JSON is refused`,
    ),
  ],
  ['takesAnyTime', ['changesSince: a time that is none is refused']],
  ['countsRetries', ['seller s1: sessions end, and the same request again is answered alike']],
  ['mixesTimes', ['seller s1: changes come in the order of time']],
  ['revertsWhatIsNotThere', ['seller s1: a change that is not known is refused and said']],
])('one that %s is found out', async (fault, names) => {
  expect(await failed({ [fault]: true })).toEqual(names)
})

test('what is not declared is said and asked of nobody', async () => {
  const asked: string[] = []
  const probe: Probe = {
    ...shop({}),
    send: ({ path }) => {
      asked.push(path)
      return Promise.resolve({ asked: path, status: 404, text: '{}' })
    },
  }
  const checks = abilityChecks(probe, await readAbilities(probe), 's1')
  expect(checks.map(({ name }) => name)).toEqual(
    abilities.map((ability) => `${ability} is not declared`),
  )
  for (const { look } of checks) expect(await look()).toContain('optional')
  expect(asked).toEqual(['/abilities'])
})
