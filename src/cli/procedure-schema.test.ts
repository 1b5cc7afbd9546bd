/** An editor that holds a procedure to the schema takes what the reader takes, and marks what it refuses. */
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { written } from '../../test/random-procedure.ts'
import fc from 'fast-check'
import { readProcedure } from '../procedure/read.ts'
import { describeProcedure } from '../procedure/schema.ts'
import { runCommand } from './commands.ts'

const procedures = new URL('../../procedures/', import.meta.url)
const shipped = (name: string) => readFileSync(new URL(name, procedures), 'utf8')

/** The document that the page on procedures explains. */
const small = `procedure: small-shop              # name, kebab-case
title: Every seller reaches a person
officer: owner@small-shop.example  # who is paged when a clock has run out everywhere else
promise:                           # the marketplace's own time, worst case, for any seller
  person: P3D                      # until a person with power to decide has the case
  answer: P8D                      # until the final answer
limits:                            # per case; default 0 each
  forwards: 2                      # hand-overs by choice (a late hand-over is not one)
  asks: 2                          # questions to the seller; the marketplace's clock stands still meanwhile
  ask-wait: P14D                   # how long the seller has; then the desk decides on what it has
measures:
  listing.deactivate: {}
  account.lock:   { takes: [account] }                         # the seller can no longer sign in
  account.secure: { takes: [account], may-take: [mailbox], lift-by-clock: false }   # hijacked
  matter.question: {}                                          # a matter without a measure
channels:                          # one per door: an address is a channel too
  button:   { needs: [account] }
  link:     { needs: [mailbox] }   # signed link in the notice, no sign-in
  email:    { needs: [mailbox] }
  contact:  { needs: [account] }
  recovery: { needs: [] }          # public page
desks:
  triage:         { staff: machine, may: [grant], within: PT5M, late: performance }
  support:        { staff: people,  may: [answer, ask], within: P1D, late: performance, forward: [performance] }
  performance:    { staff: people,  may: [grant, narrow, deny, answer, ask], within: P2D, late: executive, review: executive }
  identity:       { staff: people,  may: [grant, deny, ask], within: P5D, late: identity-chief, review: identity-chief }
  identity-chief: { staff: people,  may: [grant, narrow, deny], within: P3D, late: narrow }
  executive:      { staff: people,  may: [grant, narrow, deny, answer], within: P3D, late: lift }
routes:                            # the first match wins
  - { for: [account.secure, account.lock], by: [recovery, link, email], to: identity }
  - { for: [matter.question], by: [contact, email], to: support }
  - { for: ["*"], by: [button, link, email], to: triage }
  - { for: ["*"], by: [contact], to: support }
  - { for: ["*"], by: [recovery], to: identity }              # first who you are, then the matter
`

// The validator that the server's own framework brings is of other hands than the schema.
const editor = fastify({
  ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
})
let folder: string
beforeAll(async () => {
  editor.post('/', { schema: { body: describeProcedure() } }, () => 'taken')
  await editor.ready()
  folder = await mkdtemp(join(tmpdir(), 'recourse-schema-'))
})
afterAll(async () => {
  await editor.close()
  await rm(folder, { recursive: true, force: true })
})

/** What the editor marks in a document, or null. */
async function marked(text: string): Promise<string | null> {
  const payload = JSON.stringify(parse(text))
  const headers = { 'content-type': 'application/json' }
  const answer = await editor.inject({ method: 'POST', url: '/', headers, payload })
  return answer.statusCode === 200 ? null : answer.json<{ message: string }>().message
}

async function type(...words: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  stdout.on('data', (bytes: Buffer) => out.push(bytes))
  stderr.on('data', (bytes: Buffer) => err.push(bytes))
  const io = { stdin: Readable.from([]), stdout, stderr, env: {} }
  const code = await runCommand(['procedure', 'schema', ...words], io)
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }
}

describe('recourse procedure schema', () => {
  it('prints the schema that comes with the project, and writes it to a file', async () => {
    const { code, out } = await type()
    expect(code).toBe(0)
    expect(out).toBe(shipped('procedure.schema.json'))
    const file = join(folder, 'schema.json')
    expect(await type('--out', file)).toEqual({ code: 0, out: '', err: '' })
    expect(await readFile(file, 'utf8')).toBe(out)
  })

  it('cannot run with a file that it would not read', async () => {
    expect(await type('p.yaml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name no file'),
    })
  })
})

describe('the schema', () => {
  it.each([
    ['recourse.yaml', shipped('recourse.yaml')],
    ['hands-off-the-wheel.yaml', shipped('hands-off-the-wheel.yaml')],
    ['the small shop', small],
  ])('takes %s, as the reader does', async (_, text) => {
    expect(readProcedure(text).ok).toBe(true)
    expect(await marked(text)).toBeNull()
  })

  it('is named in the procedures that come with the project', () => {
    for (const name of ['recourse.yaml', 'hands-off-the-wheel.yaml'])
      expect(shipped(name)).toMatch(
        /^# yaml-language-server: \$schema=\.\/procedure\.schema\.json\n/,
      )
  })

  it('takes any procedure that the reader takes', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (document) => {
        const head = { procedure: 'random', title: 'Random', officer: 'o@example.com' }
        const text = JSON.stringify({ ...head, ...document })
        expect(readProcedure(text).ok).toBe(true)
        expect(await marked(text)).toBeNull()
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['within: PT5M', 'within: P1M', /pattern/],
    ['within: PT5M', 'within: P1Y', /pattern/],
    ['within: PT5M', 'within: PT0S', /pattern/],
    ['within: PT5M', 'within: PT', /pattern/],
    ['within: PT5M', 'within: -P1D', /pattern/],
    ['within: PT5M', 'within: 5', /string/],
    ['person: P3D', 'person: three days', /pattern/],
    ['forwards: 2', 'forwards: -1', />= 0/],
    ['forwards: 2', 'forwads: 2', /additional properties/],
    ['staff: machine, ', '', /'staff'/],
    ['staff: machine', 'staff: robots', /staff/],
    ['may: [grant],', 'may: [forgive],', /may/],
    ['needs: [mailbox]', 'needs: [phone]', /needs/],
    ['lift-by-clock: false', 'lift-by-clock: perhaps', /boolean/],
    ['for: ["*"]', 'for: ["acc*"]', /pattern/],
    ['for: ["*"]', 'for: []', /fewer than 1/],
    ['  triage: ', '  lift: ', /propert/],
    ['  triage: ', '  a+b: ', /propert/],
    ['  matter.question: ', '  "matter.*": ', /propert/],
    ['procedure: small-shop', 'procedure: Small Shop', /pattern/],
    ['title: Every seller reaches a person\n', '', /'title'/],
  ])('marks what the reader refuses: %j as %j', async (right, wrong, mark) => {
    const text = small.replace(right, wrong)
    expect(text).not.toBe(small)
    expect(readProcedure(text).ok).toBe(false)
    expect(await marked(text)).toMatch(mark)
  })

  it('explains every key and every word that can be chosen', () => {
    const silent: string[] = []
    const look = (schema: unknown, place: string) => {
      if (typeof schema !== 'object' || schema === null) return
      const one = schema as Record<string, unknown>
      const isKey = /\.(properties|additionalProperties)\.?[\w-]*$/.test(place)
      if ((isKey || 'const' in one) && typeof one['description'] !== 'string') silent.push(place)
      for (const [name, own] of Object.entries(one['properties'] ?? {}))
        look(own, `${place}.properties.${name}`)
      for (const key of ['additionalProperties', 'items']) look(one[key], `${place}.${key}`)
      for (const choice of (one['anyOf'] ?? []) as unknown[]) look(choice, `${place}.anyOf`)
    }
    look(describeProcedure(), '')
    expect(silent).toEqual([])
  })
})
