/** Procedures over HTTP: bombs and giants are problems with positions, reading needs a role, and promises need none. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problemOf } from '../contract/client.ts'
import { Problem } from '../contract/problem.ts'
import { addStaff } from '../operations/staff.ts'
import { served, type Served } from '../../test/served.ts'

const recourse = readFileSync(new URL('../../procedures/recourse.yaml', import.meta.url), 'utf8')
const story = readFileSync(
  new URL('../../procedures/hands-off-the-wheel.yaml', import.meta.url),
  'utf8',
)

let s: Served
let paula: Record<string, string>
beforeAll(async () => {
  s = await served()
  const person = { email: 'paula@marketplace.example', name: 'Paula Nunes', desks: [] }
  await addStaff(s.app, { ...person, roles: ['policy-manager'] })
  paula = await s.signIn(person.email)
})
afterAll(async () => s[Symbol.asyncDispose]())

async function post(path: string, body: unknown, headers = paula) {
  const answer = await fetch(s.url + path, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, problem: Problem.safeParse(await answer.json()).data }
}

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...'bcdefghij'.split('').map((name, at) => {
    const before = 'abcdefghij'[at]
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`
  }),
].join('\n')

describe.each(['/v1/procedures/check', '/v1/procedures'])('%s', (path) => {
  test.each([
    ['a bomb of aliases', bomb],
    ['a reference that leads to itself', 'a: &a [*a]'],
    ['brackets without end', '['.repeat(100_000)],
    ['a million and one letters', 'x'.repeat(1_000_001)],
    ['an absurd duration', recourse.replace('within: P2D', 'within: P99999999999999999999D')],
    ['an unknown key', recourse.replace('officer:', 'oficer:')],
    ['a name that is no name', recourse.replace('performance:', '__proto__:')],
    ['nothing', ''],
    ['binary rubbish', '\u0001\u0002%PDF'],
    ['two documents', `${recourse}\n---\n${recourse}`],
  ])('answers %s with lines and columns', async (_, source) => {
    const { status, problem } = await post(path, { source, reason: 'To see.' })
    expect(status).toBe(422)
    expect(problem).toMatchObject({ refusal: 'procedure_unreadable' })
    expect(problem?.errors?.length).toBeGreaterThan(0)
    for (const { line, column, message } of problem?.errors ?? []) {
      expect(Math.min(line, column)).toBeGreaterThanOrEqual(1)
      expect(message).not.toBe('')
    }
  })

  test('takes no body that is larger than any procedure', async () => {
    const { status, problem } = await post(path, { source: 'x'.repeat(5_000_000), reason: '' })
    expect([status, problem?.refusal]).toEqual([413, 'too_large'])
  })
})

test('nothing of it broke the server', () => {
  expect(s.logged).toEqual([])
})

test('the check finds over HTTP what the command finds, with the names to accept', async () => {
  const report = await s.clientWith(paula).procedures.check({ source: story })
  expect(report.sound).toBe(false)
  expect(report.gaps.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['limbo:legal', 'no-way-in:account.secure:nothing']),
  )
})

test('an unsound procedure is refused with its gaps, and adopted once each is named', async () => {
  const client = s.clientWith(paula)
  const refused = await client.procedures
    .adopt({ source: story, reason: 'To see.', acceptGaps: ['limbo:legal'] })
    .catch((error: unknown) => problemOf(error))
  expect(refused).toMatchObject({ status: 422, refusal: 'procedure_unsound' })
  const gaps = (refused as Problem).gaps ?? []
  expect(gaps.map(({ name }) => name)).not.toContain('limbo:legal')
  const acceptGaps = [...gaps.map(({ name }) => name), 'limbo:legal']
  const { id } = await client.procedures.adopt({ source: story, reason: 'To see.', acceptGaps })
  const listed = await client.procedures.list()
  expect(listed).toMatchObject({
    inForce: id,
    allowed: ['adopt'],
    adoptions: [{ adoptedBy: 'Paula Nunes', reason: 'To see.' }, {}],
  })
  expect(await client.procedures.get({ id })).toMatchObject({ source: story, isInForce: true })
  const promises = await s.nobody.procedures.getPromises()
  expect(promises.acceptedGaps).toHaveLength(acceptGaps.length)
  expect(promises).toMatchObject({ adoptedBy: 'Paula Nunes', waiting: { open: 0 } })
})

test('a measure imposed under it tells its seller the known gaps', async () => {
  const { seller, decisionId } = await s.removedListing('l9', 'clay')
  const reader = s.clientWith(await s.signIn(seller.by))
  const told = await reader.seller.getStatement({ decisionId })
  expect(told.knownGaps.join(' ')).toMatch(/Seller Performance has no clock/)
  expect(told.statement.redress.words).toMatch(/Known gap of our procedure/)
  const home = await reader.seller.getHome()
  expect(home.knownGaps).toEqual(told.knownGaps)
})

test('nobody and sellers neither read nor check nor adopt', async () => {
  await s.seller('calm')
  const readers = [{}, await s.signIn('calm@sellers.example')]
  for (const headers of readers) {
    for (const path of ['/v1/procedures', '/v1/procedures/check']) {
      const { status } = await post(path, { source: recourse, reason: 'Mine.' }, headers)
      expect([401, 404]).toContain(status)
    }
    expect([401, 404]).toContain((await fetch(`${s.url}/v1/procedures`, { headers })).status)
  }
})
