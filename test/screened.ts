/** `recourse screen` as tests run it, and lines that it is given. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { runCommand } from '../src/cli/commands.ts'

/** For every test file of a run; it goes with the run's own scratch folder. */
export const folder = mkdtempSync(join(tmpdir(), 'recourse-screen-'))

/** The policies of the story, whose mistakes are known. */
export const story = fileURLToPath(new URL('../policies/naive', import.meta.url))

export const shipped = fileURLToPath(new URL('../policies', import.meta.url))

/** A verdict or an error, as a reader of the output sees it. */
export interface Answer {
  id?: string
  outcome?: string
  findings: { policy: string; evidence: unknown[] }[]
  line: number
  error: { type: string; detail: string }
}

export async function screen(
  input: string | Buffer | Iterable<Buffer> | AsyncIterable<Buffer>,
  ...args: string[]
) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const chunks = typeof input === 'string' || Buffer.isBuffer(input) ? [Buffer.from(input)] : input
  const stdin = Readable.from(chunks, { objectMode: false })
  const reading = Promise.all([buffer(stdout), text(stderr)])
  const folder = args.includes('--policies') ? [] : ['--policies', story]
  const code = await runCommand(['screen', ...args, ...folder], { stdin, stdout, stderr, env: {} })
  stdout.end()
  stderr.end()
  const [out, err] = await reading
  const lines = out.toString('utf8').split('\n').slice(0, -1)
  return { code, out, err, answers: lines.map((line) => JSON.parse(line) as Answer) }
}

export const mask = '{"id":"m","title":"Kaolin clay face mask","category":"Bath & skin"}'
export const hose = '{"id":"h","title":"Garden hose"}'
/** Short verdict, long listing. */
export const broad = JSON.stringify({
  id: 'b',
  title: 'Garden hose',
  description: 'long '.repeat(100),
})
