/** `recourse screen` answers every listing in its place, from a file or a pipe, plain or packed, on one thread or several. */
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { folder, story, screen, mask, hose } from '../../test/screened.ts'
import { MAX_LINE_BYTES } from '../screening/lines.ts'
import { runCommand } from './commands.ts'

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
    writeFileSync(file, `${hose}\n`.repeat(400_000))
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
    expect(shown.at(-1)).toMatch(/^400,000 listings screened in/)
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
