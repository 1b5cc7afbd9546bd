/** What every notice must be: words that blame nobody, beg for nothing, and promise nothing that is not so. */
import { expect } from 'vitest'
import type { Worded } from '../src/core/notice.ts'

export function expectPlainWords(notices: readonly Worded[]): void {
  for (const { subject, body } of notices) {
    expect(JSON.stringify({ subject, ...body, statement: null })).not.toMatch(
      /unfortunately|please note|being processed|forwarded to|you violated|pending|denied|!|undefined|NaN|null,null/i,
    )
    expect(subject.length).toBeLessThan(200)
    expect(body.opening).toMatch(/[.]$/)
    // A statement quotes the rule by its name and word for word.
    if (body.statement !== null) continue
    for (const { heading, paragraphs, written = [] } of body.sections) {
      expect(heading).not.toBe('')
      // What a person wrote ends as they ended it.
      for (const [at, words] of paragraphs.entries())
        if (!written.includes(at)) expect(words).toMatch(/[.]$/)
    }
  }
}
