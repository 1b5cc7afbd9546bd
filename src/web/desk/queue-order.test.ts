/** The order of the queue, and how the keys walk it. */
import { describe, expect, test } from 'vitest'
import { groupQueue, hasFree, stepInQueue } from './queue-order.ts'

const item = (id: string, state: 'open' | 'asking' | 'deciding' = 'open') => ({
  id,
  state,
  heldBy: null as string | null,
  heldByMe: false,
})
const queue = [item('a'), item('w', 'asking'), { ...item('b'), heldBy: 'Aiko' }, item('c')]

test('what waits for a seller stands apart, below everything whose clock runs', () => {
  const { open, deciding, asking } = groupQueue([...queue, item('d', 'deciding')])
  expect(open.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(deciding.map(({ id }) => id)).toEqual(['d'])
  expect(asking.map(({ id }) => id)).toEqual(['w'])
})

describe('next and previous', () => {
  test('from nowhere either key goes to the case with the least time left', () => {
    expect(stepInQueue(queue, null, 1)).toBe('a')
    expect(stepInQueue(queue, 'gone', -1)).toBe('a')
  })

  test('the keys walk what is shown: past the open ones comes what waits for a seller', () => {
    expect(stepInQueue(queue, 'a', 1)).toBe('b')
    expect(stepInQueue(queue, 'c', 1)).toBe('w')
  })

  test('the ends hold: past the last is the last, before the first the first', () => {
    expect(stepInQueue(queue, 'w', 1)).toBe('w')
    expect(stepInQueue(queue, 'a', -1)).toBe('a')
  })

  test('an empty queue leads nowhere', () => {
    expect(stepInQueue([], 'a', 1)).toBeNull()
  })
})

describe('something to take', () => {
  test('is what is open and in nobody else’s hands', () => {
    expect(hasFree([item('a')])).toBe(true)
    expect(hasFree([{ ...item('a'), heldBy: 'Milan', heldByMe: true }])).toBe(true)
  })

  test('is not what a colleague holds, what was decided, or what waits for its seller', () => {
    expect(hasFree([{ ...item('b'), heldBy: 'Aiko' }])).toBe(false)
    expect(hasFree([item('d', 'deciding'), item('w', 'asking')])).toBe(false)
  })
})
