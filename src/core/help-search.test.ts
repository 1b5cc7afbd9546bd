import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readHelp } from './help-document.ts'
import { topicsOf } from './help.ts'
import { findTopics } from './help-search.ts'

const read = readHelp(readFileSync(new URL('../../procedures/help.yaml', import.meta.url), 'utf8'))
if (!read.ok) throw new Error(JSON.stringify(read.errors))
const topics = topicsOf(read.help).map(({ topic }) => ({
  topic: topic.topic,
  title: topic.title['en'] ?? '',
  words: topic.words['en'] ?? [],
  text: topic.text['en'] ?? '',
}))

it.each([
  ['my account was hacked', 'hacked'],
  ['hackd', 'hacked'],
  ['where is my payout', 'payout-missing'],
  ['payuot held', 'payout-held'],
  ['they rejected my appeal', 'waiting-no'],
  ['gdpr', 'data-copy'],
  ['listing off sale mistake', 'off-sale-mistake'],
  ['suspen', 'account-suspended'],
  ['false complaint', 'complaint-false'],
  ['is this mail phishing', 'notice-real'],
  ['change my bank account', 'payout-destination'],
])('“%s” finds %s', (typed, topic) => {
  expect(findTopics(topics, typed).map((each) => each.topic)).toContain(topic)
})

it('what fits nothing finds nothing, and so does nothing', () => {
  for (const typed of ['', '   ', '???', 'xyzzyplugh', '日本語'])
    expect(findTopics(topics, typed)).toEqual([])
})

it('the whole text of a long letter is searched in a moment', () => {
  const letter = Array.from({ length: 2_000 }, (_, place) => `listing${place} removed`).join(' ')
  const since = performance.now()
  expect(findTopics(topics, letter).length).toBeGreaterThan(0)
  expect(performance.now() - since).toBeLessThan(2_000)
})
