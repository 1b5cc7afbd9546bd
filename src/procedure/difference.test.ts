/** What changes between two procedures is said once, in words, and nothing is said where nothing changes. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sayDifference } from './difference.ts'
import { readProcedure } from './read.ts'

const text = readFileSync(new URL('../../procedures/recourse.yaml', import.meta.url), 'utf8')

function read(source: string) {
  const result = readProcedure(source)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.procedure
}

test('the same procedure written otherwise changes nothing', () => {
  expect(sayDifference(read(text), read(`# written anew\n${text}`))).toEqual([])
})

test.each([
  ['person: P3D', 'person: P2D', /^A person is promised within 2 days \(was 3 days\)\.$/],
  [
    'late: lift',
    'late: narrow',
    /^When .* is late: the measure is narrowed \(was the measure is lifted\)\.$/,
  ],
  ['title: Executive office', 'title: The top', /^Executive office is called The top now\.$/],
  ['officer: officer@the-bazaar.example', 'officer: o@b.example', /^The officer is o@b\.example/],
])('%s to %s is said', (from, to, said) => {
  expect(text).toContain(from)
  const changes = sayDifference(read(text), read(text.replace(from, to)))
  expect(changes).toHaveLength(1)
  expect(changes[0]).toMatch(said)
})

test('a way in that is gone is said with every measure that loses it', () => {
  const before = read(text)
  const after = { ...before, routes: [] }
  const gone = sayDifference(before, after).filter((change) =>
    change.includes('there is no way in any more'),
  )
  expect(
    gone.some((change) => change.startsWith('By button') && change.includes('listing.deactivate')),
  ).toBe(true)
})
