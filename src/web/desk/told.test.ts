/** What is said of the last decision above the next case. */
import { expect, test, vi } from 'vitest'
import type { CaseForDesk } from '../../contract/desk.ts'

// The page's client wants a window; these words need none.
vi.mock('../api.ts', () => ({ queryClient: {} }))
const { givenWords, toldNow, toldWords } = await import('./told.ts')

type Outcome = CaseForDesk['contested'][number]['objection']['outcome']
const decided = (state: CaseForDesk['state'], ...outcomes: Outcome[]) =>
  ({
    state,
    check: null,
    contested: outcomes.map((outcome) => ({ objection: { outcome } })),
  }) as unknown as CaseForDesk

test('each kind of outcome is named once, and what happens next follows', () => {
  expect(
    toldWords(decided('restoring', 'measure_lifted', 'measure_lifted', 'measure_stands')),
  ).toBe('lifted and stands; the shop is told and read back')
  expect(toldWords(decided('answered', 'measure_stands'))).toBe('stands; the seller is told')
})

test('a check says which of its two conclusions it came to', () => {
  const check = (conclusion: 'cleared' | 'acted') =>
    toldWords({ ...decided('closed'), check: { conclusion } } as unknown as CaseForDesk)
  expect(check('cleared')).toBe('nothing wrong here')
  expect(check('acted')).toBe('the rule was right')
})

test('before anybody is told, the draft says what was given', () => {
  const objection = (id: string) => ({ objection: { id, outcome: null } })
  const matter = { check: null, contested: [objection('a'), objection('b')] }
  const words = (first: 'grant' | 'deny', second: 'grant' | 'deny') =>
    givenWords(matter as unknown as CaseForDesk, {
      a: { power: first, reasons: 'x' },
      b: { power: second, reasons: 'y' },
    })
  expect(words('grant', 'deny')).toBe('lifted and stands')
  expect(words('grant', 'grant')).toBe('lifted')
})

test('everything whose minute runs is shown; once all are over, only what was done last', () => {
  const now = new Date('2026-11-13T10:00:00Z')
  const told = (caseId: string, undoUntil: string | null) => ({
    caseId,
    title: caseId,
    did: 'Decided',
    words: 'lifted',
    undoUntil,
  })
  const over = told('over', '2026-11-13T09:59:00Z')
  const running = [told('b', '2026-11-13T10:00:40Z'), told('a', '2026-11-13T10:00:10Z')]
  expect(toldNow([...running, over], now)).toEqual(running)
  expect(toldNow([over, told('older', null)], now)).toEqual([over])
  expect(toldNow([], now)).toEqual([])
})
