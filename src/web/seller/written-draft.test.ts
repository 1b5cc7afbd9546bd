/** Tests of the draft of a message. */
import { expect, it } from 'vitest'
import { withKey } from './sent-once.ts'
import { emptyWritten, missingFromWritten, writtenFrom } from './written-draft.ts'

it('is not sent while nothing was written, or more than travels', () => {
  expect(missingFromWritten({ ...emptyWritten, text: ' \n' }, 'Write something.')).toBe(
    'Write something.',
  )
  expect(missingFromWritten({ ...emptyWritten, text: 'x'.repeat(20_001) }, '')).toContain('20,000')
  expect(missingFromWritten({ ...emptyWritten, text: 'Here it is.' }, '')).toBeNull()
})

it('travels under one key as long as it is the same, and under a new one once it was changed', () => {
  let made = 0
  const newKey = () => `key ${(made += 1)}`
  const first = withKey(
    { ...emptyWritten, text: 'a' },
    writtenFrom({ ...emptyWritten, text: 'a' }),
    newKey,
  )
  expect(withKey(first, writtenFrom(first), newKey).sent.key).toBe('key 1')
  expect(withKey(first, writtenFrom({ ...first, text: 'b' }), newKey).sent.key).toBe('key 2')
})
