/** The settings: what is given is used, and what cannot be is refused in a sentence that shows no secret. */
import { availableParallelism } from 'node:os'
import { describe, expect, test } from 'vitest'
import { addressOf, isLoopback, readSettings } from './settings.ts'

const given = { DATABASE_URL: 'postgres://somewhere/recourse' }

describe('the demo', () => {
  test.each([
    [{}, true],
    [{ NODE_ENV: 'production' }, false],
    [given, false],
    [{ DATABASE_URL: ' ' }, true],
  ])('with %j is there: %j', (env: Record<string, string>, isThere) => {
    expect(readSettings([], env)).toMatchObject({ demo: isThere })
  })
})

test('with nothing said it serves this machine alone, on port 4870, from ./data', () => {
  expect(readSettings([], {})).toMatchObject({
    host: '127.0.0.1',
    port: 4870,
    dataDir: `${process.cwd()}/data`,
    fresh: false,
    databaseUrl: null,
  })
})

test.each([
  [['--fresh'], given, 'is never erased'],
  [['--frehs'], {}, '--fresh'],
  [['again'], {}, 'again'],
  [[], { PORT: 'abc' }, 'PORT takes a number from 0 to 65535, not "abc".'],
  [[], { PORT: '70000' }, 'PORT takes a number'],
  [[], { PORT: '-1' }, 'PORT takes a number'],
  [[], { DATABASE_URL: 'mysql://u:pw@x' }, 'DATABASE_URL is not an address'],
  [[], { SMTP_URL: 'mail.example' }, 'SMTP_URL is not an address'],
  [[], { RECOURSE_SECRET: 'short' }, 'too short to be secret'],
  [[], { RECOURSE_CONNECTOR_SECRET: 'whsec_short' }, 'RECOURSE_CONNECTOR_SECRET takes `whsec_`'],
])('%j with %j is refused', (words, env: Record<string, string>, sentence) => {
  expect(() => readSettings(words, env)).toThrow(sentence)
  expect(() => readSettings(words, env)).not.toThrow(/pw@|"short"|whsec_short/)
})

test.each([
  ['127.0.0.1', true, 'http://localhost:4870'],
  ['127.8.8.8', true, 'http://127.8.8.8:4870'],
  ['localhost', true, 'http://localhost:4870'],
  ['::1', true, 'http://[::1]:4870'],
  ['0.0.0.0', false, 'http://localhost:4870'],
  ['::', false, 'http://localhost:4870'],
  ['127.0.0.1.example', false, 'http://127.0.0.1.example:4870'],
  ['10.0.0.5', false, 'http://10.0.0.5:4870'],
])('%s is reached by this machine alone: %j, at %s', (host, isAlone, address) => {
  expect(isLoopback(host)).toBe(isAlone)
  expect(addressOf({ host, port: 4870 })).toBe(address)
})

test.each([
  [[], {}, []],
  [['--accept-gaps'], {}, 'all'],
  [[], { RECOURSE_ACCEPT_GAPS: 'all' }, 'all'],
  [
    [],
    { RECOURSE_ACCEPT_GAPS: 'limbo:legal, no-way-in:account.lock:nothing,' },
    ['limbo:legal', 'no-way-in:account.lock:nothing'],
  ],
])('%j with %j accepts the gaps %j', (words, env: Record<string, string>, acceptGaps) => {
  expect(readSettings(words, env)).toMatchObject({ acceptGaps })
})

test('two clock workers unless it is told otherwise, and none where other servers have them', () => {
  const workers = (given?: string) => {
    const settings = readSettings([], given === undefined ? {} : { CLOCK_WORKERS: given })
    return settings === 'help' ? null : settings.clockWorkers
  }
  expect(workers()).toBe(2)
  expect(workers('0')).toBe(0)
  expect(workers('16')).toBe(16)
  for (const wrong of ['17', '-1', '1.5', 'many'])
    expect(() => workers(wrong)).toThrow(/CLOCK_WORKERS takes a number from 0 to 16/)
})

test('a screening thread for each core, up to eight, unless it is told otherwise', () => {
  const workers = (given?: string) => {
    const settings = readSettings(
      [],
      given === undefined ? {} : { RECOURSE_SCREENING_WORKERS: given },
    )
    return settings === 'help' ? null : settings.screeningWorkers
  }
  expect(workers()).toBe(Math.min(8, availableParallelism()))
  expect(workers('1')).toBe(1)
  expect(workers('64')).toBe(64)
  for (const wrong of ['0', '65', '-1', '1.5', 'many'])
    expect(() => workers(wrong)).toThrow(/RECOURSE_SCREENING_WORKERS takes a number from 1 to 64/)
})
