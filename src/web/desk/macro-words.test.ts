import { expect, test } from 'vitest'
import {
  fieldPlace,
  findPrepared,
  macrosSentence,
  splitFields,
  withPrepared,
} from './macro-words.ts'
import { presenceWords } from './presence-words.ts'

const macros = [
  { name: 'Photo of the pack', text: 'Is there a photo?' },
  { name: 'Number', text: 'Is there a number on the pack?' },
]

test('prepared words are found by every word searched, by their name first', () => {
  expect(findPrepared(macros, 'pack').map(({ name }) => name)).toEqual([
    'Photo of the pack',
    'Number',
  ])
  expect(findPrepared(macros, 'PACK number').map(({ name }) => name)).toEqual(['Number'])
  expect(findPrepared(macros, '')).toHaveLength(2)
  expect(findPrepared(macros, 'x1')).toEqual([])
})

test('they stand after what was written, which stays', () => {
  expect(withPrepared(' ', 'Hello.')).toBe('Hello.')
  expect(withPrepared('Mine.\n', 'Hello.')).toBe('Mine.\n\nHello.')
})

test('a field that nothing filled is where one writes next', () => {
  expect(fieldPlace('Dear {seller}, {desk}')).toEqual({ start: 5, end: 13 })
  expect(fieldPlace('Dear {you}')).toBeNull()
  expect(splitFields('Dear {seller}, {x}')).toEqual([
    { words: 'Dear ', isField: false },
    { words: '{seller}', isField: true },
    { words: ', {x}', isField: false },
  ])
})

test('the page opens with how many there are', () => {
  const desks = [{ name: 'support', title: 'Support', mayWrite: true }]
  expect(macrosSentence({ macros: [], desks })).toBe('No desk has prepared any words yet.')
})

test('who else is here is said in a sentence', () => {
  const others = [
    { name: 'Sam', isWriting: true },
    { name: 'Aiko', isWriting: false },
    { name: 'Noor', isWriting: false },
  ]
  expect(presenceWords(others)).toBe(
    'Sam is writing here now. Aiko and Noor look at this case too.',
  )
})
