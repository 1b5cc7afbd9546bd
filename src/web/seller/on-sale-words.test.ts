import { expect, test } from 'vitest'
import { onSaleTitle } from './on-sale-words.ts'

const dips = (...back: boolean[]) => ({
  dips: back.map((isTakenBack) => ({ decisionId: 'd', at: '', title: '', isTakenBack })),
})

test.each([
  [[], 'No measure took a listing off sale.'],
  [[false], 'One measure took listings off sale.'],
  [[true], 'One measure took listings off sale, and we took it back.'],
  [[false, true], 'Two measures took listings off sale; we took one of them back.'],
  [[true, true], 'Two measures took listings off sale, and we took all of them back.'],
])('the title for %j says %s', (back, words) => {
  expect(onSaleTitle(dips(...back))).toBe(words)
})
