import { expect, test } from 'vitest'
import { draftOf, emptyDraft, questionFrom, textFrom } from './screening-draft.ts'

test('points and details are read line by line, empty lines left out', () => {
  const text = textFrom({
    ...emptyDraft,
    title: 'Clay',
    bullets: 'White\n\n  Fine  ',
    attributes: 'Material: kaolin: washed\nvegan\n__proto__: x',
  })
  expect(text.bullets).toEqual(['White', 'Fine'])
  expect(Object.entries(text.attributes)).toEqual([
    ['Material', 'kaolin: washed'],
    ['detail', 'vegan'],
    ['__proto__', 'x'],
  ])
})

test('a listing that was judged is typed and read back as it was', () => {
  const text = {
    title: 'Clay mask',
    description: 'Two\nlines.',
    bullets: ['One', 'Two'],
    brand: 'Clay & Clover',
    category: 'Beauty',
    attributes: { Material: 'kaolin' },
  }
  expect(textFrom(draftOf(text))).toEqual(text)
})

test('without a title there is nothing to ask', () => {
  expect(questionFrom({ ...emptyDraft, description: 'Clay' }, 'l1')).toBeNull()
  expect(questionFrom({ ...emptyDraft, title: 'Clay' }, 'l1')).toMatchObject({ id: 'l1' })
})
