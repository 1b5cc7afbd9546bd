/** `recourse screen` on the sample data. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { story, shipped, screen, hose } from '../../test/screened.ts'
import { Verdict } from '../core/finding.ts'
import { fieldText } from '../core/listing.ts'
import { readListingLine } from '../screening/listing-line.ts'
import { decodeUtf8 } from '../screening/utf8.ts'

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
