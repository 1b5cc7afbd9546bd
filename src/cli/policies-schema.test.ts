/** An editor that holds a policy to the schema takes what the reader takes, and marks what it refuses. */
import { readFileSync } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readPolicy } from '../screening/policy.ts'
import { describePolicy } from '../screening/schema.ts'
import { runCommand } from './commands.ts'
import { listPolicyFiles } from './policies.ts'

const shipped = (name: string) =>
  readFileSync(new URL(`../../policies/${name}`, import.meta.url), 'utf8')
const policies = ['', 'naive/'].flatMap((folder) =>
  listPolicyFiles(new URL(`../../policies/${folder}`, import.meta.url).pathname)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `${folder}${name}`),
)

const small = `policy: ppe
version: 1
title: Masks
author: policy@shop.example
text: Masks are sold by approved sellers.
jurisdictions: [us, eu]
variants: { eu: { title: Masken } }
measure: listing.deactivate
level: act
base: -3
signals:
  - { name: mask, says: names a mask, weight: 4, phrases: [mask], fields: [title], unless: [clay] }
thresholds: { review: 0.4, deactivate: 0.7 }
wouldReverse: [Say that it is no mask.]
examples:
  - { title: Mask, bullets: [a], attributes: { size: 4, parts: [x] }, outcome: deactivate }
`

// The validator that the server's own framework brings is of other hands than the schema.
const editor = fastify({
  ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
})
beforeAll(async () => {
  editor.post('/', { schema: { body: describePolicy() } }, () => 'taken')
  await editor.ready()
})
afterAll(() => editor.close())

/** What the editor marks in a document, or null. */
async function marked(yaml: string): Promise<string | null> {
  const payload = JSON.stringify(parse(yaml))
  const headers = { 'content-type': 'application/json' }
  const answer = await editor.inject({ method: 'POST', url: '/', headers, payload })
  return answer.statusCode === 200 ? null : answer.json<{ message: string }>().message
}

describe('recourse policies schema', () => {
  it('prints the schema that comes with the project', async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const io = { stdin: Readable.from([]), stdout, stderr, env: {} }
    const [printed, code] = [text(stdout), await runCommand(['policies', 'schema'], io)]
    stdout.end()
    expect(await printed).toBe(shipped('policy.schema.json'))
    expect(code).toBe(0)
  })

  it.each(policies)('takes %s', async (name) => {
    expect(await marked(shipped(name))).toBeNull()
  })

  it('takes a small policy, as the reader does', async () => {
    expect(readPolicy(small, 'p.yaml').ok).toBe(true)
    expect(await marked(small)).toBeNull()
  })

  it.each([
    ['signals:', 'siganls:', /signals/],
    ['review: 0.4', 'review: 40', /<= 1/],
    ['level: act', 'level: shadwo', /level/],
    ['phrases: [mask]', 'phrases: []', /fewer than 1/],
    ['phrases: [mask]', 'phrase: [mask]', /additional properties/],
    ['fields: [title]', 'fields: [titel]', /fields/],
    ['weight: 4', 'weight: heavy', /number/],
    ['weight: 4', 'weight: 40', /<= 20/],
    ['{ eu: ', '{ uk: ', /variants/],
    ['policy: ppe', 'policy: P P E', /pattern/],
    ['outcome: deactivate', 'outcome: delete', /outcome/],
    ['text: Masks are sold by approved sellers.\n', '', /'text'/],
    ['version: 1\n', 'version: 1\nlearned: {}\n', /additional properties/],
  ])('marks what the reader refuses: %j as %j', async (right, wrong, mark) => {
    const yaml = small.replace(right, wrong)
    expect(yaml).not.toBe(small)
    expect(readPolicy(yaml, 'p.yaml').ok).toBe(false)
    expect(await marked(yaml)).toMatch(mark)
  })

  it('explains every key and every word that can be chosen', () => {
    const silent: string[] = []
    const look = (schema: unknown, place: string) => {
      if (typeof schema !== 'object' || schema === null) return
      const one = schema as Record<string, unknown>
      if (typeof one['description'] !== 'string') silent.push(place)
      for (const [name, own] of Object.entries(one['properties'] ?? {}))
        look(own, `${place}.${name}`)
      if (place.endsWith('.attributes')) return
      for (const key of ['additionalProperties', 'items']) look(one[key], `${place}.${key}`)
      for (const option of (one['anyOf'] ?? []) as unknown[]) look(option, `${place}.anyOf`)
    }
    look(describePolicy(), '')
    expect(silent).toEqual([])
  })
})
