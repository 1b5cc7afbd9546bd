import { expect, test } from 'vitest'
import { openRest } from './rest.ts'

const forAnHour = 3_600_000

test('a rest ends with its time, or when something is due', async () => {
  const rest = openRest()
  await rest.take(1)
  const woken = rest.take(forAnHour)
  rest.wake()
  await woken
})

test('what becomes due during a look is looked at once more, before the next rest', async () => {
  const rest = openRest()
  rest.wake()
  rest.wake()
  await rest.take(forAnHour)
  let isOver = false
  void rest.take(forAnHour).then(() => (isOver = true))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(isOver).toBe(false)
  rest.end()
})

test('a deep rest, as after a failure, goes on when something becomes due, which is looked at after it', async () => {
  const rest = openRest()
  const from = performance.now()
  const deep = rest.take(60, { isDeep: true })
  rest.wake()
  await deep
  expect(performance.now() - from).toBeGreaterThan(50)
  await rest.take(forAnHour)
  const again = rest.take(forAnHour, { isDeep: true })
  rest.wake({ evenDeep: true })
  await again
})

test('an end ends this rest and every later one', async () => {
  const rest = openRest()
  const deep = rest.take(forAnHour, { isDeep: true })
  rest.end()
  await deep
  await rest.take(forAnHour)
  expect(rest.isOver()).toBe(true)
})
