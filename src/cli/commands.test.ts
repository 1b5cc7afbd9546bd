/** The `recourse` command finds the command that is meant, and says in a sentence when it cannot run. */
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { runCommand } from './commands.ts'

async function type(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await runCommand(words, { stdin: Readable.from([]), stdout, stderr, env: {} })
  stdout.end()
  stderr.end()
  return { code, out: await text(stdout), err: await text(stderr) }
}

it('tells its commands, and each command its help', async () => {
  expect(await type('--help')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/\n {2}screen +reads listings/),
    err: '',
  })
  expect(await type()).toMatchObject({
    code: 2,
    out: expect.stringContaining('Usage: recourse COMMAND'),
  })
  expect(await type('screen', '--help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('--jurisdiction us|eu'),
  })
  expect(await type('screen', 'x', '-h')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Usage: recourse screen'),
  })
})

it.each([
  [['scren'], 'recourse: There is no command "scren"; did you mean "screen"?'],
  [['frobnicate', 'x'], 'recourse: There is no command "frobnicate"; known here: '],
  [
    ['screen', '--wrokers', '2'],
    'recourse screen: There is no option --wrokers; did you mean "--workers"?',
  ],
  [
    ['screen', '--workers', 'many'],
    'recourse screen: --workers takes a whole number from 1 to 64, not "many".',
  ],
  [
    ['screen', '--workers', '0'],
    'recourse screen: --workers takes a whole number from 1 to 64, not "0".',
  ],
  [['screen', '--workers'], "recourse screen: Option '--workers <value>' argument missing."],
  [
    ['screen', '--jurisdiction', 'uk'],
    'recourse screen: --jurisdiction takes us or eu, not "uk"; did you mean "us"?',
  ],
  [
    ['screen', '--explain', 'ful'],
    'recourse screen: --explain takes full or short or none, not "ful"; did you mean "full"?',
  ],
  [['screen', 'a', 'b'], 'recourse screen: One FILE is read at a time, not 2.'],
  [['screen', '/no/such/file'], 'recourse screen: /no/such/file does not exist.'],
  [['screen', '/'], 'recourse screen: / is a folder; name a file of listings.'],
  [['screen', '--policies', '/no/such/folder'], 'recourse screen: /no/such/folder does not exist.'],
  [
    ['screen', '--out', '/no/such/folder/x'],
    'recourse screen: /no/such/folder/x cannot be written: ',
  ],
])('%j cannot run, and says why', async (words, sentence) => {
  const { code, out, err } = await type(...words)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(sentence)
})
