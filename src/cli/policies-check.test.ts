/** `recourse policies check` holds every policy to its own examples, and shows the sum of each that comes out otherwise. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { runCommand } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'recourse-policies-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function check(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const io = { stdin: Readable.from([]), stdout, stderr, env: {} }
  const code = await runCommand(['policies', 'check', ...words], io)
  stdout.end()
  stderr.end()
  return { code, out: await text(stdout), err: await text(stderr) }
}

const policy = (more: string) => `policy: masks
version: 2
title: Masks
author: a@shop.example
text: Masks.
jurisdictions: [us, eu]
measure: listing.deactivate
level: off
base: -2
signals:
  - { name: mask, says: names a mask, weight: 4, phrases: [mask] }
  - { name: clay, says: is clay, weight: -3, phrases: [clay, green clay mask] }
  - { name: europe, says: names a filter, weight: 1, phrases: [filter], jurisdictions: [eu] }
thresholds: { review: 0.5, deactivate: 0.9 }
wouldReverse: [Say so.]
examples:
${more}
`
const write = (more: string) => {
  writeFileSync(join(folder, 'masks.yaml'), policy(more))
  return folder
}

it('says that all is as said, of a policy at any level and in each jurisdiction', async () => {
  const examples = `
  - { title: Mask, outcome: review }
  - { title: Mask with filter, outcome: review }
  - { title: Mask with filter, jurisdiction: eu, outcome: deactivate }
  - { title: Clay mask, outcome: allow }
  - { title: Maskara, outcome: allow }`
  expect(await check(write(examples))).toEqual({
    code: 0,
    err: '',
    out: [
      'masks version 2: 5 examples (2 to allow, 2 to review, 1 to deactivate), 0 wrong',
      'All 5 examples of 1 policies are as their documents say.',
      '',
    ].join('\n'),
  })
})

it('shows each example that comes out otherwise with the terms of its sum', async () => {
  const { code, out } = await check(write('  - { title: A mask of clay, outcome: review }'))
  expect(code).toBe(1)
  expect(out).toContain(
    [
      '  “A mask of clay” (us): expected review, found allow, score 0.269',
      '     −2.00  base',
      '     +4.00  mask  title “mask”',
      '     −3.00  clay  title “clay”',
      '     −1.00  in all',
    ].join('\n'),
  )
})

it('tells of words whose leaving out raises a score, and of examples known to be wrong', async () => {
  const examples = `
  - { title: Green clay mask, bullets: [a mask], outcome: allow }
  - { title: Sleep mask, outcome: review, shouldBe: allow }`
  const { code, out } = await check(write(examples))
  expect(code).toBe(0)
  expect(out).toContain('Known to be wrong: “Sleep mask” gets review and should get allow.')
  // Without "mask" in the title the longer phrase that speaks against it is gone, but not "clay".
  expect(out).not.toContain('rises')
  writeFileSync(
    join(folder, 'masks.yaml'),
    policy(examples).replace('[clay, green clay mask]', '[green clay mask]'),
  )
  const risen = await check(folder)
  expect(risen.code).toBe(1)
  expect(risen.out).toContain(
    '“Green clay mask” (us): without “mask” (mask, in title) the sum rises from -1.00 to 2.00',
  )
})

it('prints one JSON object for machines', async () => {
  const { code, out } = await check('--json', write('  - { title: Mask, outcome: allow }'))
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({
    right: false,
    policies: [
      { policy: 'masks', failures: [{ title: 'Mask', expected: 'allow', found: 'review' }] },
    ],
  })
})

it('cannot run where a policy or what was learned of it cannot be read', async () => {
  write('  - { title: Mask, outcome: alow }')
  expect(await check(folder)).toMatchObject({ code: 2, err: expect.stringContaining('alow') })
  write('  - { title: Mask, outcome: review }')
  writeFileSync(join(folder, 'masks.learned.json'), '{"policy":"masks","of":1}')
  expect(await check(folder)).toMatchObject({
    code: 2,
    err: expect.stringContaining('masks.learned.json:1:'),
  })
})

it('finds the policies of the story as their documents say', async () => {
  const naive = fileURLToPath(new URL('../../policies/naive', import.meta.url))
  expect(await check(naive)).toMatchObject({ code: 0, err: '' })
})
