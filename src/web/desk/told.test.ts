/** What is said of the last decision above the next case. */
import { expect, test, vi } from 'vitest'
import type { CaseForDesk } from '../../contract/desk.ts'

// The page's client wants a window; these words need none.
vi.mock('../api.ts', () => ({ queryClient: {} }))
const { toldWords } = await import('./told.ts')

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
