/** What a desk may do besides deciding, and what is missing before it is sent. */
import { expect, test } from 'vitest'
import type { CaseForDesk } from '../../contract/desk.ts'
import {
  deskChosen,
  emptyWritten,
  endsByAnswer,
  mayDecide,
  missingFrom,
  spentWords,
  waysOf,
} from './writing.ts'

const kind = 'appeal'
const legal = { desk: 'legal', title: 'Legal department' }
const executive = { desk: 'executive', title: 'Executive office' }
const objection = (powers: string[], outcome: string | null = null) =>
  ({ objection: { id: 'o', outcome }, powers }) as unknown as CaseForDesk['contested'][number]

test('only what is allowed is offered, in the order of its buttons', () => {
  expect(waysOf({ allowed: ['forward', 'release', 'ask'] })).toEqual(['ask', 'forward'])
  expect(waysOf({ allowed: ['take'] })).toEqual([])
})

test('a desk without powers over what is open may not decide, whatever the state allows', () => {
  expect(mayDecide({ kind, allowed: ['decide'], contested: [objection([])] })).toBe(false)
  expect(mayDecide({ kind, allowed: ['decide'], contested: [objection(['grant'])] })).toBe(true)
  expect(
    mayDecide({
      kind,
      allowed: ['decide'],
      contested: [objection([], 'measure_lifted'), objection(['deny'])],
    }),
  ).toBe(true)
  expect(mayDecide({ kind, allowed: ['release'], contested: [] })).toBe(false)
})

test('nobody decides a claim on an account alone, whatever the desk may do', () => {
  expect(
    mayDecide({ kind: 'recovery', allowed: ['decide'], contested: [objection(['grant'])] }),
  ).toBe(false)
})

test('a question ends with its answer, an appeal does not', () => {
  expect(endsByAnswer({ contested: [], check: null })).toBe(true)
  expect(endsByAnswer({ contested: [objection(['grant'])], check: null })).toBe(false)
})

test('a spent limit is said, and an unspent one is not mentioned', () => {
  expect(spentWords({ spent: [] })).toEqual([])
  expect(spentWords({ spent: ['forwards', 'asks'] }).join(' ')).toMatch(
    /forwarded as often.*asked as often/,
  )
})

test('with one desk to forward to nothing needs choosing, with two one has to be chosen', () => {
  expect(deskChosen(emptyWritten, [legal])).toBe('legal')
  expect(deskChosen(emptyWritten, [legal, executive])).toBeNull()
  expect(deskChosen({ to: 'executive' }, [legal, executive])).toBe('executive')
  // What was chosen before the case moved is not offered any more.
  expect(deskChosen({ to: 'safety' }, [legal, executive])).toBeNull()
})

test('what is missing is said in the order in which one would mend it', () => {
  const two = { forwardTo: [legal, executive] }
  expect(missingFrom('forward', emptyWritten, two)).toMatch(/Choose the desk/)
  expect(missingFrom('forward', { ...emptyWritten, to: 'legal' }, two)).toMatch(/a sentence/)
  expect(
    missingFrom('forward', { ...emptyWritten, to: 'legal', forward: 'A law.' }, two),
  ).toBeNull()
  expect(missingFrom('ask', { ...emptyWritten, ask: '  ' }, two)).not.toBeNull()
  expect(missingFrom('write', { ...emptyWritten, write: 'Yes.' }, two)).toBeNull()
})
