/** A policy written anew as YAML is the same policy, in lines that people can read. */
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readDocument } from '../../core/document.ts'
import { Policy } from '../../core/policy.ts'
import { sayPolicyDifference } from './policy-difference.ts'
import { sourceOf } from './policy-source.ts'

const files = import.meta.glob<string>('../../../policies/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const shipped = Object.entries(files).map(
  ([name, text]) => [name, Policy.parse(parse(text))] as const,
)

test('the policies that ship are here', () => {
  expect(shipped.length).toBeGreaterThan(2)
})

test.each(shipped)('%s reads back as it was, one version higher', (name, policy) => {
  const source = sourceOf(policy)
  const read = readDocument({ file: name, text: source, schema: Policy })
  if (!read.ok) throw new Error(JSON.stringify(read.errors.slice(0, 3)))
  expect(read.value).toEqual({ ...policy, version: policy.version + 1 })
  expect(sayPolicyDifference(policy, read.value)).toEqual([])
})

test('long lists are broken between phrases, also where a phrase holds a comma or quotes', () => {
  const phrases = Array.from({ length: 60 }, (_, place) =>
    place % 7 === 0 ? `one, "two" ${place}` : `it's phrase ${place}`,
  )
  const [, policy] = shipped[0] ?? []
  if (policy === undefined) throw new Error('no policy is shipped')
  const source = sourceOf({ ...policy, innocent: phrases })
  expect(Policy.parse(parse(source)).innocent).toEqual(phrases)
  const from = source.indexOf('innocent:')
  const lines = source.slice(from, source.indexOf('\nbase:', from)).split('\n')
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(130)
})

test('learned weights are no part of what people write', () => {
  const [, policy] = shipped[0] ?? []
  if (policy === undefined) throw new Error('no policy is shipped')
  const learned = {
    policy: policy.policy,
    of: 1,
    version: 2,
    base: -1,
    signals: {},
    buckets: 8,
    words: {},
    cases: { violations: 0, innocents: 0 },
    reliability: [],
  }
  expect(sourceOf({ ...policy, learned })).toBe(sourceOf(policy))
})
