/** No text makes the fast pass so slow that a few listings hold up all others. */
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

/** Nanoseconds for each byte, at best of some. */
function paceOf(line: string): number {
  const bytes = new TextEncoder().encode(`${line}\n`)
  let best = Infinity
  for (let turn = 0; turn < 3; turn++) {
    const startedAt = performance.now()
    scanner.scan(bytes, 1)
    best = Math.min(best, performance.now() - startedAt)
  }
  return (best / bytes.length) * 1e6
}

/** Words as they stand in listings, many of them words of the policies. */
const ordinary = paceOf(
  describedAs(ofAll('kills ', 'face mask ', 'of ', 'blue ', 'cotton ', 'germs ', 'a ', 'garden ')),
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
  // An ordinary text is read at some five nanoseconds a byte; the bound leaves room for a machine that is busy.
  expect(paceOf(hostile[name] ?? '') / ordinary).toBeLessThan(600)
})
