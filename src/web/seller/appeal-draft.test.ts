/** Tests of the draft of an appeal. */
import { describe, expect, it } from 'vitest'
import {
  appealFrom,
  changeObjection,
  changeShown,
  emptyDraft,
  forgetFile,
  looseFiles,
  missingFrom,
} from './appeal-draft.ts'
import { withKey } from './sent-once.ts'

describe('the draft of an appeal', () => {
  it('keeps what was typed on one track while the other is chosen', () => {
    const disputed = changeObjection(emptyDraft, 'd1', { text: 'It is clay.' })
    const fixed = changeObjection(disputed, 'd1', { track: 'remedy', cause: 'A word too many.' })
    expect(fixed.objections['d1']).toMatchObject({ text: 'It is clay.', cause: 'A word too many.' })
  })

  it('says what is missing for each decision, in the order of the page', () => {
    const draft = changeObjection(changeObjection(emptyDraft, 'd1', { text: 'Clay.' }), 'd2', {
      track: 'remedy',
      correction: 'Changed “filter”.',
    })
    expect(
      missingFrom(draft, ['d1', 'd2']).map(({ decisionId, field }) => [decisionId, field]),
    ).toEqual([
      ['d2', 'cause'],
      ['d2', 'prevention'],
    ])
    expect(missingFrom(emptyDraft, ['d9'])).toHaveLength(1)
  })

  it('sends one objection per chosen decision and none for the others', () => {
    const draft = changeObjection(changeObjection(emptyDraft, 'd1', { text: 'Clay.' }), 'd2', {
      track: 'remedy',
      cause: 'a',
      correction: 'b',
      prevention: 'c',
    })
    expect(appealFrom(draft, ['d2']).objections).toEqual([
      {
        decisionId: 'd2',
        track: 'remedy',
        text: 'b',
        remedy: { cause: 'a', correction: 'b', prevention: 'c' },
        exhibits: [],
      },
    ])
  })

  it('shows a file at the exhibit it was chosen for until it is removed, and nothing where nothing was shown', () => {
    const file = { id: 'f1', name: 'label.png', mediaType: 'image/png', size: 1, receivedAt: '' }
    const photo = { decisionId: 'd1', exhibit: 'photo' }
    const shown = changeShown({ ...emptyDraft, files: [file] }, photo, ({ words, fileIds }) => ({
      words,
      fileIds: [...fileIds, 'f1'],
    }))
    const said = changeShown(shown, { decisionId: 'd1', exhibit: 'number' }, ({ fileIds }) => ({
      words: '  ',
      fileIds,
    }))
    expect(looseFiles(said)).toEqual([])
    expect(appealFrom(said, ['d1'])).toMatchObject({
      objections: [{ exhibits: [{ exhibit: 'photo', words: null, fileIds: ['f1'] }] }],
      fileIds: ['f1'],
    })
    const without = forgetFile(said, 'f1')
    expect(appealFrom(without, ['d1'])).toMatchObject({
      objections: [{ exhibits: [] }],
      fileIds: [],
    })
  })

  it('sends the same words under the same key, and changed words under a new one', () => {
    let keys = 0
    const newKey = () => `key-${(keys += 1)}`
    const draft = changeObjection(emptyDraft, 'd1', { text: 'Clay.' })
    const first = withKey(draft, appealFrom(draft, ['d1']), newKey)
    const again = withKey(first, appealFrom(first, ['d1']), newKey)
    expect(again.sent.key).toBe('key-1')
    const changed = changeObjection(again, 'd1', { text: 'It is clay.' })
    expect(withKey(changed, appealFrom(changed, ['d1']), newKey).sent.key).toBe('key-2')
  })

  it('is not fooled by a decision named like something every object has', () => {
    expect(missingFrom(emptyDraft, ['constructor'])).toEqual([
      {
        decisionId: 'constructor',
        field: 'text',
        words: 'Say in your own words what is wrong with the decision.',
      },
    ])
  })
})
