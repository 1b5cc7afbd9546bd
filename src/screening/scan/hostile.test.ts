/** No text makes the fast pass so slow that a few listings hold up all others. */
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readPolicyFolder } from '../../cli/policies.ts'
import { compilePolicies } from '../compile.ts'
import { openModule, wasm } from './module.ts'
import { makeScanTables, openScanner } from './scanner.ts'

const policies = readPolicyFolder(fileURLToPath(new URL('../../../policies', import.meta.url)))
const compiled = compilePolicies(policies, { jurisdiction: 'us' })
const module = openModule()
if (module === null) throw new Error('open the fast pass: it was not built')
const tables = makeScanTables(wasm, module, { compiled, workers: 1, frequency: () => 0 })
const scanner = openScanner(wasm, module, tables, 0)

const SIZE = 150_000
/** These parts, by turns that do not soon come again. */
function ofAll(...parts: readonly string[]): string {
  let text = ''
  for (let at = 0; text.length < SIZE; at++) text += parts[(at * 7 + (at >> 3)) % parts.length]
  return text.slice(0, SIZE)
}

const describedAs = (description: string) => JSON.stringify({ id: 'a', title: 'a', description })

/** Nanoseconds of CPU time for each byte, at best of some turns of so many readings. */
function paceOf(line: string, read: (bytes: Uint8Array) => unknown, times = 1): number {
  const bytes = new TextEncoder().encode(`${line}\n`)
  let best = Infinity
  for (let turn = 0; turn < 3; turn++) {
    const before = process.cpuUsage()
    for (let time = 0; time < times; time++) read(bytes)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, user + system)
  }
  return (best / times / bytes.length) * 1000
}

/** What words as they stand in listings cost where each byte is looked at in turn: it stays when the fast pass changes. */
const floor = paceOf(
  describedAs(ofAll('kills ', 'face mask ', 'of ', 'blue ', 'cotton ', 'germs ', 'a ', 'garden ')),
  (bytes) => createHash('sha256').update(bytes).digest(),
  100,
)

const hostile: Record<string, string> = {
  'single letters': describedAs(ofAll('m ', 'a ', 's ', 'k ', 'e ')),
  'single letters and digits': describedAs(ofAll('m.', '4.', 's.', 'k.', '1.', 'n.', '9.', '5.')),
  signs: describedAs(ofAll('@', '$', '!', '|')),
  'signs between letters': describedAs(ofAll('m!', 'a@', 's$', 'k|', 'e!')),
  'two signs between letters': describedAs(ofAll('m!$', 'a@!', 's$$', 'k|!', 'e!@')),
  'signs before glued words': describedAs(ofAll(`a!b!c!d!e!f!${'facemask'.repeat(20)} `)),
  'signs before long words': describedAs(ofAll(`a!b!c!d!e!f!g!h!i!${'x'.repeat(3000)} `)),
  'glued words': describedAs(ofAll('mask', 'face', 'germs', 'virus', 'filter', 'x ', 'kills')),
  'long glued words': describedAs(ofAll(`${'mask'.repeat(20)}virus `, 'filter'.repeat(28) + ' ')),
  'one long word': describedAs('a'.repeat(SIZE)),
  'one long number': describedAs('4'.repeat(SIZE)),
  'words in parts': describedAs(ofAll('anti ', 'bac ', 'terial ', 'dis ', 'infect ', 'ant ')),
  'long words in parts': describedAs(ofAll(`a -${'anti'.repeat(900)} `)),
  escapes: `{"id":"a","title":"a","description":"${ofAll('\\u0061', '\\u006d').slice(0, 149_994)}"}`,
  'what nobody reads, nested deep': `{"id":"a","title":"a","x":[${ofAll(`${'['.repeat(38)}${']'.repeat(38)},`).slice(0, 77 * 1900)}0]}`,
  'lists of nothing': `{"id":"a","title":"a","x":[${ofAll('{},').slice(0, 149_997)}0]}`,
}

test.each(Object.keys(hostile))('%s', (name) => {
  const pace = paceOf(hostile[name] ?? '', (bytes) => scanner.scan(bytes, 1))
  // At worst some 800 times, half a microsecond a byte; and room for a machine that is busy.
  expect(pace / floor).toBeLessThan(2500)
})
