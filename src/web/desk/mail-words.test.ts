import { expect, test } from 'vitest'
import { mailTitle } from './mail-words.ts'

test('the title says how much mail waits, and how much of it for too long', () => {
  const [fresh, late] = [{ overdueSince: null }, { overdueSince: '2026-11-23T09:00:00Z' }]
  expect(mailTitle([])).toBe('No mail waits for a person.')
  expect(mailTitle([fresh])).toMatch(/^(one|1) mail waits for a person\.$/i)
  expect(mailTitle([fresh, late])).toMatch(
    /^(two|2) mails wait for a person, 1 of them for too long\.$/i,
  )
})
