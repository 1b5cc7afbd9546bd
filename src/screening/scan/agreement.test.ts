/** With and without the fast pass every byte is the same, whatever comes in: on listings made to be missed. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { blank } from '../../../test/blank.ts'
import { compare } from '../../../test/agreement/comparison.ts'
import { writeLine } from '../../../test/agreement/line.ts'
import { mutate } from '../../../test/agreement/mutation.ts'
import { randomPolicies } from '../../../test/agreement/random-policies.ts'
import { openWorld } from '../../../test/agreement/world.ts'
import type { World } from '../../../test/agreement/world.ts'
import { chanceFrom } from '../../../test/histories/chance.ts'
import type { Chance } from '../../../test/histories/chance.ts'
import { readPolicyFolder } from '../../cli/policies.ts'
import type { Policy } from '../../core/policy.ts'
import { textOf } from '../examples.ts'
import { readLabelled } from '../labelled-case.ts'

const minutes = process.env['MINUTES']
/** As many worlds and listings as every run of the tests has time for, unless minutes are given. */
const most =
  minutes === undefined
    ? { worlds: 8, lines: 800, seconds: 120 }
    : { worlds: Infinity, lines: 10_000, seconds: Number(minutes) * 60 }
// SEED=5 compares the same listings again.
const seed = Number(process.env['SEED'] ?? (minutes === undefined ? 1 : Date.now() % 2 ** 31))

const folder = fileURLToPath(new URL('../../../policies/', import.meta.url))
const [shipped, naive] = [folder, `${folder}naive`].map(readPolicyFolder) as [Policy[], Policy[]] // two folders
const cases = readdirSync(`${folder}cases`).flatMap((name) =>
  readFileSync(`${folder}cases/${name}`, 'utf8')
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const labelled = readLabelled(line)
      return labelled.ok ? [labelled.labelled.listing.text] : []
    }),
)
const examples = [...shipped, ...naive].flatMap(({ examples: own }) => own.map(textOf))
const listings = [...examples, ...cases]

/** Worlds by number: the policies that ship, those of the story, and random ones in between. */
function worldOf(number: number, chance: Chance): World {
  switch (number % 8) {
    case 0:
      return openWorld('shipped, us', { policies: shipped, jurisdiction: 'us', listings, chance })
    case 2:
      return openWorld('naive', { policies: naive, jurisdiction: 'us', listings, chance })
    case 4:
      return openWorld('shipped, eu', { policies: shipped, jurisdiction: 'eu', listings, chance })
    default: {
      const { policies, telling } = randomPolicies(chance)
      const texts = telling.flatMap((groups) => [
        { ...blank, title: groups.join(' ') },
        { ...blank, title: 'Thing', description: groups.toReversed().join(' '), brand: 'acme' },
        { ...blank, title: 'Thing', attributes: { odd: groups }, bullets: ['a', 'b'] },
      ])
      return openWorld(`random ${number}`, {
        policies,
        jurisdiction: 'us',
        listings: texts,
        chance,
      })
    }
  }
}

const LINES_AT_ONCE = 50

describe('the fast pass', () => {
  test('changes no byte of any answer', { timeout: most.seconds * 1000 + 60_000 }, () => {
    const endsAt = performance.now() + most.seconds * 1000
    const isTime = () => performance.now() < endsAt
    let [compared, allowed, flagged, unread] = [0, 0, 0, 0]
    for (let number = 0; number < most.worlds && isTime(); number++) {
      const chance = chanceFrom(seed, number)
      const world = worldOf(number, chance)
      for (let done = 0; done < most.lines && isTime(); done += LINES_AT_ONCE) {
        const texts = Array.from({ length: LINES_AT_ONCE }, () => mutate(world, chance))
        const lines = texts.map((text, at) => writeLine(text, at, chance))
        const { difference, outcomes, unread: left } = compare(world, lines)
        expect(difference, `SEED=${seed}, ${world.name}`).toBeNull()
        compared += LINES_AT_ONCE
        flagged += outcomes.review + outcomes.deactivate
        unread += left
        // What is found in spite of a change is changed further.
        for (const text of texts.slice(0, 3))
          if (world.edge.length < 1000 && JSON.stringify(text).length < 600 && world.finds(text))
            world.edge.push(text)
      }
      allowed += world.allowed()
    }
    const share = (count: number) => `${count} (${((count / compared) * 100).toFixed(1)} %)`
    console.log(
      `SEED=${seed}: ${compared} listings compared, ${share(allowed)} allowed by the fast pass, ${share(flagged)} flagged, ${share(unread)} unread`,
    )
    expect(flagged / compared).toBeGreaterThan(0.3)
    expect(allowed / compared).toBeGreaterThan(0.05)
  })
})

const samples = process.env['RECOURSE_SAMPLES']
describe.skipIf(samples === undefined)(
  'the fast pass, on the sample data (skipped without RECOURSE_SAMPLES)',
  () => {
    const chance = chanceFrom(seed, -1)
    const expectSame = (lines: readonly Uint8Array[]) => {
      for (const number of [0, 1, 2]) {
        const world = worldOf(number, chance)
        for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
          const { difference } = compare(world, lines.slice(from, from + LINES_AT_ONCE))
          expect(difference, world.name).toBeNull()
        }
      }
    }
    const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

    test('the big list of naughty strings in every field', { timeout: 120_000 }, () => {
      const strings = JSON.parse(readFileSync(`${samples}/bad-input/blns.json`, 'utf8')) as string[]
      expectSame(
        strings.flatMap((text, at) => [
          encode({ id: `a-${at}`, title: text, description: `kills viruses ${text}` }),
          encode({ id: text, title: 'Mask', attributes: { [text]: text, list: [text, 'N95'] } }),
          encode({ id: `b-${at}`, title: `N95${text}`, bullets: [text], category: text }),
        ]),
      )
    })

    test('the JSON test suite, as lines and as values in them', { timeout: 120_000 }, () => {
      const suite = mkdtempSync(path.join(tmpdir(), 'recourse-json-'))
      try {
        execFileSync('tar', ['-xzf', `${samples}/bad-input/json-test-suite.tar.gz`, '-C', suite])
        const files = readdirSync(suite, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.json'))
          .map((name) => readFileSync(path.join(suite, name)))
          .filter(({ length }) => length < 100_000)
          .map((bytes) => bytes.filter((byte) => byte !== 10))
        expect(files.length).toBeGreaterThan(300)
        const around = (before: string, after: string) =>
          files.map((bytes) => Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]))
        expectSame([
          ...files,
          ...around('{"id":"a","title":"N95 mask","more":', '}'),
          ...around('{"id":"a","title":"N95 mask","attributes":{"a":', '}}'),
          ...around('{"id":"a","title":"N95 mask","bullets":', '}'),
          ...around('{"id":"a","title":', ',"brand":"mask"}'),
        ])
      } finally {
        rmSync(suite, { recursive: true })
      }
    })

    test('real listings', { timeout: 300_000 }, () => {
      const lines = gunzipSync(
        readFileSync(`${samples}/listings/amazon-industrial-office.jsonl.gz`),
      )
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => new TextEncoder().encode(line))
      expectSame(minutes === undefined ? lines.slice(0, 1000) : lines)
    })
  },
)
