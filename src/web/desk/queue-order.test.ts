/** How the keys walk the queue. */
import { describe, expect, test } from 'vitest'
import { nextFree, stepInQueue } from './queue-order.ts'

const free = (id: string) => ({ id, heldBy: null, heldByMe: false })
const queue = [free('a'), { id: 'b', heldBy: 'Aiko', heldByMe: false }, free('c')]

describe('next and previous', () => {
  test('from nowhere either key goes to the case with the least time left', () => {
    expect(stepInQueue(queue, null, 1)).toBe('a')
    expect(stepInQueue(queue, 'gone', -1)).toBe('a')
  })

  test('the ends hold: past the last is the last, before the first the first', () => {
    expect(stepInQueue(queue, 'c', 1)).toBe('c')
    expect(stepInQueue(queue, 'a', -1)).toBe('a')
    expect(stepInQueue(queue, 'a', 1)).toBe('b')
  })

  test('an empty queue leads nowhere', () => {
    expect(stepInQueue([], 'a', 1)).toBeNull()
  })
})

describe('the next after a decision', () => {
  test('passes over what a colleague holds', () => {
    expect(nextFree(queue, 'a')).toBe('c')
  })

  test('begins again at the top when nothing is left below', () => {
    expect(nextFree(queue, 'c')).toBe('a')
  })

  test('never opens the decided case again', () => {
    expect(nextFree([free('a')], 'a')).toBeNull()
  })

  test('takes the first when the decided case has left the queue already', () => {
    expect(nextFree([free('a'), free('c')], 'x')).toBe('a')
  })
})
