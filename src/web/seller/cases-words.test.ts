/** Tests of the words about all cases taken together. */
import { expect, it } from 'vitest'
import { casesSentence } from './cases-words.ts'

const running = { ask: null }
const asked = { ask: { question: 'What?', by: 'Milan', at: '', until: '' } }

it('says how many are open, and whether one waits for the seller', () => {
  expect(casesSentence([])).toBe('No case of yours is open.')
  expect(casesSentence([running])).toBe('One of your cases is open, and somebody has it.')
  expect(casesSentence([asked])).toBe('One of your cases is open, and it waits for your answer.')
  expect(casesSentence([running, asked])).toBe(
    'Two of your cases are open, and one waits for your answer.',
  )
})
