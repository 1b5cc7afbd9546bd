/** `recourse screen` answers every listing in its place, from a file or a pipe, plain or packed, on one thread or several. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { Verdict } from '../core/finding.ts'
import { fieldText } from '../core/listing.ts'
import { readListingLine } from '../screening/listing-line.ts'
import { MAX_LINE_BYTES } from '../screening/lines.ts'
import { decodeUtf8 } from '../screening/utf8.ts'
import { runCommand } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'recourse-screen-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The policies of the story, whose mistakes are known. */
const story = fileURLToPath(new URL('../../policies/naive', import.meta.url))

const shipped = fileURLToPath(new URL('../../policies', import.meta.url))

/** A verdict or an error, as a reader of the output sees it. */
interface Answer {
  id?: string
  outcome?: string
  findings: { policy: string; evidence: unknown[] }[]
  line: number
  error: { type: string; detail: string }
}

async function screen(
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

const mask = '{"id":"m","title":"Kaolin clay face mask","category":"Bath & skin"}'
const hose = '{"id":"h","title":"Garden hose"}'
/** Short verdict, long listing. */
const broad = JSON.stringify({ id: 'b', title: 'Garden hose', description: 'long '.repeat(100) })

describe('recourse screen', () => {
  it('takes a clay face mask off sale, which is the mistake of the story, and lets a hose pass', async () => {
    const { code, answers, err } = await screen(`${mask}\n${hose}\n`)
    expect(code).toBe(0)
    expect(answers.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['m', 'deactivate'],
      ['h', 'allow'],
    ])
    expect(err).toBe('Note: marked as naive, so wrong on purpose: pesticide, ppe.\n')
  })

  it('answers a line that cannot be read with its error in its place, and goes on', async () => {
    const lines: (string | Buffer)[] = [
      `\uFEFF${hose}\r`,
      '',
      'not json',
      Buffer.from('{"id":"x","title":"\xff"}', 'latin1'),
      `{"id":"y","title":"${'t'.repeat(1_000_000)}"}`,
      'z'.repeat(MAX_LINE_BYTES + 1),
      '{"id":"n","title":"a\\u0000b"}',
      '[1]',
      hose,
    ]
    const { code, answers, err } = await screen(
      Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')])),
    )
    expect(answers.map((answer) => answer.id ?? `${answer.line} ${answer.error.type}`)).toEqual([
      'h',
      '3 invalid_json',
      '4 invalid_utf8',
      '5 too_large',
      '6 too_large',
      '7 invalid_text',
      '8 wrong_type',
      'h',
    ])
    expect(Object.keys(answers[1]!)).toEqual(['line', 'error'])
    expect(code).toBe(1)
    expect(err).toContain('6 of 8 lines could not be read')
  })

  it('reads a file or a pipe, plain or gzip, and writes the same to a file', async () => {
    const [plain, packed, out] = [join(folder, 'a.jsonl'), join(folder, 'b'), join(folder, 'out')]
    writeFileSync(plain, `${mask}\n${hose}\n`)
    // Two members: gzip files may be put one after another.
    writeFileSync(packed, Buffer.concat([gzipSync(`${mask}\n`), gzipSync(`${hose}\n`)]))
    const { out: expected } = await screen(readFileSync(plain))
    const bytewise = [...readFileSync(packed)].map((byte) => Buffer.from([byte]))
    for (const given of [
      await screen('', plain),
      await screen('', packed),
      await screen(readFileSync(packed), '-'),
      await screen(bytewise),
    ]) {
      expect(given.out.toString()).toBe(expected.toString())
    }
    const quiet = await screen('', packed, '--out', out)
    expect(quiet.out).toHaveLength(0)
    expect(readFileSync(out)).toEqual(expected)
  })

  it('has nothing to say to nothing', async () => {
    expect(await screen('')).toMatchObject({ code: 0, answers: [] })
    expect(await screen('\n\n')).toMatchObject({ code: 0, answers: [] })
  })

  it('says that packed input broke off, after answering what came before', async () => {
    const whole = gzipSync(`${hose}\n`.repeat(200_000))
    const { code, err, answers } = await screen(whole.subarray(0, whole.length - 20))
    expect(code).toBe(2)
    expect(answers.length).toBeGreaterThan(100_000)
    expect(err).toMatch(/Standard input broke off: unexpected end of file/)
  })

  it('will not write over what it reads', async () => {
    const file = join(folder, 'same.jsonl')
    writeFileSync(file, hose)
    expect(await screen('', file, '--out', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is the file that is read'),
    })
    expect(readFileSync(file, 'utf8')).toBe(hose)
  })

  it('names file, line and column of a policy that cannot be read, and touches no output', async () => {
    const [policies, out] = [join(folder, 'broken'), join(folder, 'untouched')]
    mkdirSync(policies)
    writeFileSync(join(policies, 'mask.yaml'), 'policy: mask\nverzion: 1\n')
    writeFileSync(out, 'before')
    const { code, err } = await screen(hose, '--policies', policies, '--out', out)
    expect(code).toBe(2)
    expect(err).toContain(
      `${join(policies, 'mask.yaml')}:2:1: "verzion" is not a key that is known here; did you mean "version"?`,
    )
    expect(readFileSync(out, 'utf8')).toBe('before')
  })

  it('applies the policies of one folder only, in one jurisdiction, unless off', async () => {
    const policies = join(folder, 'some')
    mkdirSync(join(policies, 'deeper'), { recursive: true })
    const ppe = readFileSync(
      new URL('../../policies/naive/ppe.yaml', import.meta.url),
      'utf8',
    ).replace(/^naive:.*\n/m, '')
    writeFileSync(
      join(policies, 'eu.yaml'),
      ppe
        .replace('policy: ppe', 'policy: eu-only')
        .replace('[us, eu]', '[eu]')
        .replace('level: act', 'level: shadow'),
    )
    writeFileSync(
      join(policies, 'off.yaml'),
      ppe.replace('policy: ppe', 'policy: switched-off').replace('level: act', 'level: off'),
    )
    writeFileSync(join(policies, 'deeper', 'ppe.yaml'), ppe)
    writeFileSync(join(policies, 'notes.txt'), 'no policy')
    const inEurope = await screen(mask, '--policies', policies, '--jurisdiction', 'eu')
    expect(inEurope.answers[0]!.findings.map((finding) => finding.policy)).toEqual(['eu-only'])
    const inAmerica = await screen(mask, '--policies', policies)
    expect(inAmerica.answers).toEqual([{ id: 'm', outcome: 'allow', findings: [] }])
    expect(inAmerica.err).toContain('no policy in')
    expect(await screen(mask, '--policies', join(policies, 'deeper', '..', '..'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no policy'),
    })
  })

  it('explains in full, in short or not at all', async () => {
    const title =
      'NIOSH N95 medical protective face mask with filter, 3-ply, disposable, kills germs, antibacterial'
    const line = JSON.stringify({ id: 'a', title })
    const terms = async (explain: string) => {
      const { answers } = await screen(line, '--explain', explain)
      return answers[0]!.findings.map((finding) => finding.evidence.length)
    }
    expect(await terms('none')).toEqual([0, 0])
    expect((await terms('short'))[1]).toBe(9)
    expect((await terms('full'))[1]).toBeGreaterThan(9)
  })

  it('gives the same bytes on one, two and eight threads, each broken line answered in its place, however lines drip in', async () => {
    const kinds = [hose, 'broken', mask, '', '{"id":"no title"}', ' \r']
    const lines = Array.from({ length: 600 }, (_, at) => kinds[at % kinds.length]!)
    lines[100] = 'y'.repeat(MAX_LINE_BYTES + 1_000_000)
    const bytes = Buffer.from(`\uFEFF${lines.join('\n')}\n${hose}`)
    async function* drip() {
      for (let [at, part] = [0, 1]; at < bytes.length; part++) {
        const end = at + (part % 20 === 0 ? 1_000_000 : 37 * (part % 5) + 20)
        yield bytes.subarray(at, end)
        at = end
        // Longer than lines wait for others, so that each part is a block of its own.
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
    }
    const { code, answers, err, out } = await screen(bytes)
    const expected = lines.flatMap((line, at) => {
      if (line.trim() === '') return []
      return [line === hose ? 'h' : line === mask ? 'm' : `line ${at + 1}`]
    })
    expect(answers.map(({ id, line }) => id ?? `line ${line}`)).toEqual([...expected, 'h'])
    expect(answers.find(({ line }) => line === 101)?.error.type).toBe('too_large')
    expect(code).toBe(1)
    expect(err).toContain('200 of 401 lines could not be read')
    for (const workers of ['2', '8']) {
      const several = await screen(drip(), '--workers', workers)
      expect(several.out.equals(out)).toBe(true)
      expect([several.code, several.err]).toEqual([code, err])
    }
  }, 120_000)

  it('does not let a line that came alone wait for others', async () => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
    const io = { stdin, stdout, stderr, env: {} }
    const ended = runCommand(['screen', '--policies', story, '--workers', '2'], io)
    stdin.write(`${mask}\n`)
    const [answer] = await once(stdout, 'data')
    expect(JSON.parse(answer)).toMatchObject({ id: 'm', outcome: 'deactivate' })
    stdin.end()
    expect(await ended).toBe(0)
  })

  it('sums up by policy, for people and for programs, when the run is whole', async () => {
    const file = join(folder, 'summary.json')
    const { err } = await screen(`${mask}\n${hose}\nbroken\n${mask}\n`, '--summary', file)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      ...{ screened: 3, allow: 1, review: 0, deactivate: 2, unread: 1 },
      byPolicy: {
        pesticide: { review: 0, deactivate: 0 },
        ppe: { review: 0, deactivate: 2 },
      },
      seconds: expect.any(Number),
      perSecond: expect.any(Number),
    })
    expect(err).toMatch(/3 listings screened in [\d.]+ seconds, [\d,]+ a second:/)
    expect(err).toContain('1 allowed, 0 for review, 2 deactivated.')
    expect(err).toMatch(/ppe +0 +2\n/)
    expect(err).toContain('1 of 4 lines could not be read')
  })

  it('shows on a terminal how far it is, and leaves only the summary', async () => {
    const file = join(folder, 'long.jsonl')
    writeFileSync(file, `${hose}\n`.repeat(100_000))
    const [stdin, stdout] = [new PassThrough(), new PassThrough()]
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 200 })
    const out = join(folder, 'long.out')
    const io = { stdin, stdout, stderr, env: {} }
    const code = await runCommand(['screen', file, '--policies', story, '--out', out], io)
    stderr.end()
    const shown = (await text(stderr)).split('\r\u001b[K')
    expect(code).toBe(0)
    expect(shown.slice(1, -1).length).toBeGreaterThan(0)
    for (const line of shown.slice(1, -1))
      expect(line).toMatch(/^[\d,]+ lines, \d+ [kM]B, [\d,]+ a second, \d+ % done(, [^,]+ left)?$/)
    expect(shown.at(-1)).toMatch(/^100,000 listings screened in/)
  })

  it.each([
    ['/dev/full', '/dev/full cannot be written: the disk is full.'],
    [join(folder, 'nowhere', 'out'), 'its folder does not exist.'],
    [folder, 'it is a folder.'],
  ])('says why it cannot write to %s', async (out, why) => {
    const { code, err } = await screen(`${hose}\n`, '--out', out)
    expect(code).toBe(2)
    expect(err).toContain(why)
  })

  it('leaves a file as it was when the input breaks off, and nothing beside it', async () => {
    const place = mkdtempSync(join(folder, 'broken-off-'))
    const out = join(place, 'out.jsonl')
    writeFileSync(out, 'before')
    const packed = gzipSync(`${hose}\n`.repeat(1000))
    const { code, err } = await screen(packed.subarray(0, packed.length - 10), '--out', out)
    expect(code).toBe(2)
    expect(err).toContain(`${out} is not written.`)
    expect(readdirSync(place)).toEqual(['out.jsonl'])
    expect(readFileSync(out, 'utf8')).toBe('before')
  })

  it('replaces a file whole, keeps who may read it, and follows a link to it', async () => {
    const place = mkdtempSync(join(folder, 'replaced-'))
    const [real, link] = [join(place, 'real.jsonl'), join(place, 'link.jsonl')]
    writeFileSync(real, 'before\n'.repeat(1000), { mode: 0o600 })
    symlinkSync(real, link)
    const { code } = await screen(`${hose}\n`, '--out', link)
    expect(code).toBe(0)
    expect(readFileSync(real, 'utf8')).toBe('{"id":"h","outcome":"allow","findings":[]}\n')
    expect(statSync(real).mode & 0o777).toBe(0o600)
    expect(readdirSync(place).sort()).toEqual(['link.jsonl', 'real.jsonl'])
  })
})

describe('recourse screen as a process', () => {
  const entry = fileURLToPath(new URL('./recourse.ts', import.meta.url))
  const start = (...args: string[]) =>
    spawn(process.execPath, [
      ...['--import', import.meta.resolve('tsx'), entry, 'screen', '--policies', story],
      ...args,
    ])

  it.each([[[]], [['--workers', '2']]])(
    'ends quietly when nobody reads any more (%j)',
    async (args) => {
      const child = start(...args)
      child.stdin.on('error', () => undefined) // the process ends while it is still being written to
      const err = text(child.stderr)
      const ended = new Promise((resolve) => child.on('exit', resolve))
      const write = () => {
        while (!child.stdin.destroyed && child.stdin.write(`${mask}\n`.repeat(1000)));
      }
      child.stdin.on('drain', write)
      write()
      child.stdout.once('data', () => child.stdout.destroy())
      expect(await ended).toBe(0)
      expect(await err).toBe('Note: marked as naive, so wrong on purpose: pesticide, ppe.\n')
    },
    60_000,
  )

  /** Offers as many bytes as are taken, up to 200 MB, and says how many were. */
  const feed = (child: ReturnType<typeof start>) => {
    child.stdin.on('error', () => undefined) // it ends while it is still being written to
    const block = Buffer.from(`${broad}\n`.repeat(1000))
    let offered = 0
    const write = () => {
      while (offered < 200e6) {
        offered += block.length
        if (!child.stdin.write(block)) return
      }
    }
    child.stdin.on('drain', write)
    write()
    return () => offered - child.stdin.writableLength
  }

  const asLongAs = async (isTrue: () => boolean) => {
    while (isTrue()) await new Promise((resolve) => setTimeout(resolve, 20))
  }

  it.each(['1', '4'])(
    'stops its input and keeps its memory while the reader stands still (%s threads)',
    async (workers) => {
      const child = start('--workers', workers)
      const ended = once(child, 'exit')
      const taken = feed(child)
      // Nobody reads: once the pipe is full, no more is taken than a few blocks for each thread.
      await once(child.stdout, 'readable')
      await new Promise((resolve) => setTimeout(resolve, 3000))
      const before = taken()
      await new Promise((resolve) => setTimeout(resolve, 1500))
      expect(taken()).toBe(before)
      expect(before).toBeGreaterThan(1e6)
      expect(before).toBeLessThan(20e6)
      if (process.platform === 'linux') expect(residentMegabytes(child.pid!)).toBeLessThan(500)
      child.kill('SIGKILL')
      await ended
    },
    60_000,
  )

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'leaves no file when it is ended in the middle by %s',
    async (signal) => {
      const place = mkdtempSync(join(folder, 'killed-'))
      const out = join(place, 'out.jsonl')
      const child = start('--out', out)
      const ended = once(child, 'exit')
      feed(child)
      const isBegun = () => readdirSync(place).some((file) => statSync(join(place, file)).size > 0)
      await asLongAs(() => !isBegun())
      expect(readdirSync(place)).toEqual([expect.stringMatching(/^out\.jsonl\.unfinished-\w+$/)])
      child.kill(signal)
      expect(await ended).toEqual([null, signal])
      expect(existsSync(out)).toBe(false)
      // Nothing can be done about SIGKILL; what it leaves says what it is.
      expect(readdirSync(place)).toHaveLength(signal === 'SIGKILL' ? 1 : 0)
    },
    60_000,
  )

  it('fails when a thread dies, and leaves no hole: what is written is answered to the line', async () => {
    const dying = join(folder, 'dying.cjs')
    writeFileSync(
      dying,
      `const { parentPort, workerData } = require('node:worker_threads')
       if (workerData?.policies) {
         const post = parentPort.postMessage.bind(parentPort)
         let answers = 0
         parentPort.postMessage = (...answer) => {
           post(...answer)
           if (++answers === 3) process.exit(7)
         }
       }`,
    )
    const child = spawn(
      process.execPath,
      [
        ...['--import', import.meta.resolve('tsx'), entry, 'screen', '--policies', story],
        ...['--workers', '2'],
      ],
      { env: { ...process.env, NODE_OPTIONS: `--require ${dying}` } },
    )
    const [ended, out, err] = [once(child, 'exit'), text(child.stdout), text(child.stderr)]
    child.stdin.on('error', () => undefined) // it ends while it is still being written to
    let number = 0
    const numbered = () => `{"id":"${++number}","title":"Garden hose"}\n`
    const write = () => {
      while (!child.stdin.destroyed && child.stdin.write(numbered()));
    }
    child.stdin.on('drain', write)
    write()
    expect(await ended).toEqual([2, null])
    expect(await err).toContain('a screening thread ended: exit code 7')
    const ids = (await out)
      .split('\n')
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as Answer).id)
    expect(ids.length).toBeGreaterThan(0)
    expect(ids).toEqual(ids.map((_, at) => `${at + 1}`))
  }, 60_000)
})

/** The most memory that a process of this machine has held. */
function residentMegabytes(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}

const samples = process.env.RECOURSE_SAMPLES
describe.skipIf(!samples)(
  'with the sample data (skipped where RECOURSE_SAMPLES is not set)',
  () => {
    // The naive policies are wrong here and there, but most goods are ordinary; in the others each flag was read.
    it.each([
      ['of the story', story, [5, 200]],
      ['that ship', shipped, [15, 40]],
    ] as const)(
      'answers 6,967 real listings by the policies %s, in order, every place exact and every sum right',
      async (_, policies, [least, most]) => {
        const file = join(samples!, 'listings/amazon-industrial-office.jsonl.gz')
        const { code, answers, out } = await screen('', file, '--policies', policies)
        expect(code).toBe(0)
        const given = gunzipSync(readFileSync(file)).toString('utf8').split('\n').slice(0, -1)
        expect(answers).toHaveLength(6967)
        let flagged = 0
        for (const [at, answer] of answers.entries()) {
          const verdict = Verdict.parse(answer)
          const listing = readListingLine(given[at]!)
          if (!listing.ok) throw new Error(listing.error.detail)
          expect(verdict.id).toBe(listing.listing.id)
          for (const finding of verdict.findings) {
            flagged++
            const sum = finding.evidence.reduce((total, { weight }) => total + weight, 0)
            expect(finding.score).toBe(1 / (1 + Math.exp(-sum)))
            for (const { field, start, end, text: words } of finding.evidence) {
              if (field !== null)
                expect(fieldText(listing.listing.text, field)?.slice(start!, end!)).toBe(words)
            }
          }
        }
        expect(flagged).toBeGreaterThanOrEqual(least)
        expect(flagged).toBeLessThanOrEqual(most)
        const byTwo = await screen('', file, '--policies', policies, '--workers', '2')
        expect(byTwo.out.equals(out)).toBe(true)
      },
      120_000,
    )

    it('takes or refuses every naughty string in every field', async () => {
      const naughty: string[] = JSON.parse(
        readFileSync(join(samples!, 'bad-input/blns.json'), 'utf8'),
      )
      const lines = naughty.flatMap((string, at) => [
        { id: string, title: 'T' },
        { id: `${at}`, title: string },
        {
          id: `${at}`,
          title: 'mask',
          sellerId: string || 's',
          description: string,
          bullets: [string],
          brand: string,
          category: string,
          attributes: { [string]: string, list: [string] },
        },
      ])
      const { answers } = await screen(lines.map((line) => JSON.stringify(line)).join('\n'))
      expect(answers).toHaveLength(lines.length)
      for (const [at, answer] of answers.entries()) {
        if ('error' in answer)
          expect(answer).toMatchObject({
            line: at + 1,
            error: { type: expect.stringMatching(/^(missing_field|invalid_text|too_large)$/) },
          })
        else expect(Verdict.parse(answer).id).toBe(lines[at]!.id)
      }
      const refused = answers.filter((answer) => 'error' in answer)
      expect(refused.length).toBeLessThan(naughty.length / 10)
    })

    it('tells JSON from what is not, as the JSON test suite does, and answers all of it as lines', async () => {
      const archive = gunzipSync(readFileSync(join(samples!, 'bad-input/json-test-suite.tar.gz')))
      const files = [...filesIn(archive)].filter(({ name }) => /\/[yni]_[^/]*\.json$/.test(name))
      expect(files).toHaveLength(318)
      for (const { name, bytes } of files) {
        const decoded = decodeUtf8(bytes)
        const read = decoded === null ? null : readListingLine(decoded)
        // None of them is a listing: what is JSON is refused for its shape.
        const type = read === null ? 'invalid_utf8' : read.ok ? 'taken' : read.error.type
        if (name.includes('/y_')) expect(type, name).toMatch(/^(wrong_type|missing_field)$/)
        if (name.includes('/n_')) expect(type, name).toMatch(/^(invalid_json|invalid_utf8)$/)
        if (name.includes('/i_')) expect(type, name).not.toBe('taken')
      }
      const separated = Buffer.concat(
        files.flatMap(({ bytes }) => [bytes, Buffer.from(`\n${hose}\n`)]),
      )
      const { code, answers } = await screen(separated)
      expect(code).toBe(1)
      expect(answers.filter((answer) => answer.id === 'h')).toHaveLength(318)
      for (const answer of answers)
        if (answer.id !== 'h') expect(answer.error.detail).toMatch(/\.$/)
    })
  },
)

/** The files in a tar archive: blocks of 512 bytes, each file behind a header with its name and octal size. */
function* filesIn(tar: Buffer): Generator<{ name: string; bytes: Buffer }> {
  for (let at = 0; at + 512 <= tar.length;) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '')
    const size = parseInt(tar.toString('utf8', at + 124, at + 136), 8) || 0
    if (name !== '') yield { name, bytes: tar.subarray(at + 512, at + 512 + size) }
    at += 512 + Math.ceil(size / 512) * 512
  }
}
