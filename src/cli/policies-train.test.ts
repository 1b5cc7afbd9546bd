/** `recourse policies train` writes weights that come into force, and `policies eval` counts what policies get right. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Learned } from '../core/policy.ts'
import { runCommand } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'recourse-train-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function type(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const printed = Promise.all([text(stdout), text(stderr)])
  const code = await runCommand(words, { stdin: Readable.from([]), stdout, stderr, env: {} })
  stdout.end()
  stderr.end()
  const [out, err] = await printed
  return { code, out, err }
}

const document = (version: number) => `policy: masks
version: ${version}
title: Masks
author: a@shop.example
text: Masks.
jurisdictions: [us]
measure: listing.deactivate
level: act
base: -2
signals:
  - { name: mask, says: names a mask, weight: 4, phrases: [mask] }
  - { name: filter, says: names a filter, weight: 1, phrases: [filter] }
thresholds: { review: 0.5, deactivate: 0.9 }
wouldReverse: [Say so.]
examples:
  - { title: Mask, outcome: review }
`
const line = (at: number, kind: 'violation' | 'hard', title: string) =>
  JSON.stringify({
    family: `${kind} ${at % 7}`,
    kind,
    policy: kind === 'violation' ? 'masks' : null,
    listing: { id: `${kind}-${at}`, title, category: 'Home' },
  })
const learnedFile = join(folder, 'masks.learned.json')
const learned = () => Learned.parse(JSON.parse(readFileSync(learnedFile, 'utf8')))

beforeAll(() => {
  mkdirSync(join(folder, 'cases'))
  writeFileSync(join(folder, 'masks.yaml'), document(1))
  const lines = Array.from({ length: 50 }, (_, at) => [
    line(at, 'violation', `mask a${at} with valve`),
    line(at, 'hard', `mask b${at} of satin`),
  ]).flat()
  writeFileSync(join(folder, 'cases', 'some.ndjson'), `${lines.join('\n')}\n`)
})

it('counts written weights, and learned ones with families held out, before anything is written', async () => {
  const { code, out } = await type('policies', 'eval', folder)
  expect(code).toBe(0)
  expect(out).toContain(
    '100 labelled cases of 14 families (us): 50 violation, 0 borderline, 50 hard, 0 ordinary.',
  )
  expect(out).toMatch(
    /hard innocents reviewed +at most 10 % +✗ 100\.0 % \(92\.9–100\.0\) of 50 +✓ 0\.0 %/,
  )
  expect(out).toContain('hard, but review: “mask b0 of satin”')
  expect(out).toContain('      +4.00  mask  title “mask”')
})

it('prints the figures as one JSON object', async () => {
  const { out } = await type('policies', 'eval', folder, '--json', '--no-learning')
  expect(JSON.parse(out)).toMatchObject({
    jurisdiction: 'us',
    variants: [
      { weights: 'written', withCategory: true, cases: 100 },
      { weights: 'written', withCategory: false },
    ],
  })
})

it('writes weights that are in force from then on, and a higher version each time', async () => {
  const { code, out, err } = await type('policies', 'train', folder)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(
    /masks version 1, now 2: learned in [\d.]+ s from 1 examples, 100 labelled cases/,
  )
  expect(out).toContain('┃ said, █ happened')
  expect(learned()).toMatchObject({ of: 1, version: 2, cases: { violations: 51, innocents: 51 } })
  writeFileSync(join(folder, 'x.ndjson'), '{"id":"x","title":"mask with valve"}\n')
  const screened = await type('screen', join(folder, 'x.ndjson'), '--policies', folder)
  expect(JSON.parse(screened.out)).toMatchObject({ findings: [{ policy: 'masks', version: 2 }] })
  await type('policies', 'train', folder)
  expect(learned()).toMatchObject({ of: 1, version: 3 })
})

it('learns anew for a changed document, for which the old weights are refused', async () => {
  writeFileSync(join(folder, 'masks.yaml'), document(2))
  const stale = await type('policies', 'check', folder)
  expect(stale.code).toBe(2)
  expect(stale.err).toContain('learned for version 1, and the document is version 2')
  expect((await type('policies', 'train', folder)).code).toBe(0)
  expect(learned()).toMatchObject({ of: 2, version: 4 })
})

it("learns from people's decisions", async () => {
  const decisions = Array.from({ length: 40 }, (_, at) =>
    JSON.stringify({
      policy: 'masks',
      isViolation: false,
      sellerId: `s${at % 9}`,
      listing: { id: `d${at}`, title: 'mask' },
    }),
  )
  writeFileSync(join(folder, 'decisions.ndjson'), decisions.join('\n'))
  const before = learned()
  const words = ['--decisions', join(folder, 'decisions.ndjson'), '--json']
  const { out } = await type('policies', 'train', folder, ...words)
  expect(JSON.parse(out)).toMatchObject([{ policy: 'masks', counts: { decisions: 40 } }])
  const sum = ({ base, signals }: Learned) => base + signals['mask']!
  expect(sum(learned())).toBeLessThan(sum(before))
})

it('prints each flag of listings without labels with its terms', async () => {
  const file = join(folder, 'listings.ndjson.gz')
  writeFileSync(
    file,
    gzipSync('{"id":"a","title":"A mask with valve"}\n{"id":"b","title":"Hose"}\n{}\n'),
  )
  const { code, out } = await type('policies', 'eval', folder, '--listings', file)
  expect(code).toBe(0)
  expect(out).toMatch(/^\w+ {2}a {2}A mask with valve\n {2}masks: \w+, 0\.\d+\n/)
  expect(out).toMatch(/2 listings screened: .* 1 lines could not be read\.\n$/)
})

it('says what cannot be read, and where', async () => {
  expect(await type('policies', 'train', folder, '--policy', 'msaks')).toMatchObject({
    code: 2,
    err: expect.stringContaining('did you mean "masks"?'),
  })
  writeFileSync(join(folder, 'bad.ndjson'), '\n{"family":"f"}\n')
  const bad = await type('policies', 'eval', folder, '--cases', join(folder, 'bad.ndjson'))
  expect(bad).toMatchObject({ code: 2, err: expect.stringMatching(/bad\.ndjson:2: .*kind/) })
})
