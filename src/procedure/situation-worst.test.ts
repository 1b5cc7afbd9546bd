/** The worst way of a situation is the check's own worst, told apart for each; and gaps are found in the text. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkProcedure } from './check.ts'
import { nameGap } from './gap-name.ts'
import { readProcedure } from './read.ts'
import { worstOfSituations } from './situation-worst.ts'
import { findLines } from './written-at.ts'

function shipped(name: string) {
  const text = readFileSync(new URL(`../../procedures/${name}.yaml`, import.meta.url), 'utf8')
  const read = readProcedure(text)
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  return { text, procedure: read.procedure, check: checkProcedure(read.procedure) }
}

test.each(['recourse', 'hands-off-the-wheel'])(
  'of %s the worst situation is as bad as the check says',
  (name) => {
    const { procedure, check } = shipped(name)
    const situations = worstOfSituations(procedure)
    expect(situations).toHaveLength(check.situations)
    const worst = situations.flatMap(({ worst: one }) => one ?? [])
    expect(worst.map(({ answer }) => answer)).toContain(check.worst.answer)
    expect(worst.map(({ person }) => person)).toContain(check.worst.person)
  },
)

test('a situation without a way in has no worst way', () => {
  const { procedure, check } = shipped('hands-off-the-wheel')
  const shut = worstOfSituations(procedure).filter(({ worst }) => worst === null)
  expect(shut).toHaveLength(check.gaps.filter(({ code }) => code === 'no-way-in').length)
})

test('every gap has a name of its own', () => {
  const { check } = shipped('hands-off-the-wheel')
  const names = check.gaps.map(nameGap)
  expect(new Set(names).size).toBe(names.length)
})

test('every desk, measure and channel is found at the line that names it', () => {
  const { text, procedure } = shipped('recourse')
  const lines = text.split('\n')
  const written = findLines(text)
  for (const kind of ['desks', 'measures', 'channels'] as const) {
    for (const name of Object.keys(procedure[kind])) {
      const line = written.lineOf(kind, name)
      expect(lines[(line ?? 0) - 1]?.trim().startsWith(`${name}:`)).toBe(true)
    }
  }
  expect(written.lineOf('desks', 'nobody')).toBeNull()
})
