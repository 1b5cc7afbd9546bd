import { expect, test } from 'vitest'
import { served, type Served } from '../../test/served.ts'
import { createClient, problemOf } from '../contract/client.ts'
import { createSlowLane } from './slow-lane.ts'

const words = {
  account: 'clay',
  happened: 'My telephone was stolen, and the mailbox with it.',
  address: 'owner@elsewhere.example',
}

async function shut(s: Served) {
  await s.seller()
  const milan = await s.reviewer('Milan')
  await s.imposed(milan, { subject: { kind: 'account', id: 'clay' }, measure: 'account.lock' })
}

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => problemOf(error)?.refusal,
  )

const withCode = (s: Served, code: string) => s.clientWith({ 'x-recourse-code': code })

/** What an answer says, without what is drawn by chance. */
const plain = (answer: unknown) =>
  JSON.stringify(answer)
    .replaceAll(/R-\d+|[0-9A-Z]{4}(-[0-9A-Z]{4}){3}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')
    .replaceAll(/"account":"[^"]*"/g, '')

test('a known and an unknown account are answered in the same words and about the same time', async () => {
  await using s = await served()
  await shut(s)
  const answers = new Set<string>()
  const times = { clay: [] as number[], 'no such shop': [] as number[] }
  // In turn, so that a busy machine and the growing wait of who comes often slow both alike.
  for (let turn = 0; turn < 2; turn++)
    for (const account of ['clay', 'no such shop'] as const) {
      const start = performance.now()
      const answer = await s.nobody.recovery.fileClaim({ ...words, account })
      times[account].push(performance.now() - start)
      const read = await withCode(s, answer.code).recovery.getClaim({ number: answer.claim.number })
      answers.add(plain([answer, read]))
    }
  const [said, ...others] = answers
  expect(others).toEqual([])
  expect(said).not.toMatch(/\block|measure|seller|clay/i)
  // Neither is answered sooner than the slower one needs.
  expect(Math.min(...times.clay, ...times['no such shop'])).toBeGreaterThanOrEqual(495)
  const [known, unknown] = [Math.min(...times.clay), Math.min(...times['no such shop'])]
  expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(3)
})

test('the same request has the same number and code, and the code is kept nowhere', async () => {
  await using s = await served()
  const client = s.clientWith({ 'idempotency-key': 'one' })
  const first = await client.recovery.fileClaim(words)
  const again = await client.recovery.fileClaim(words)
  expect(again.code).toBe(first.code)
  expect(again.claim.number).toBe(first.claim.number)
  expect(first.code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
  const kept = await s.inside(async (tx) => [
    await tx.selectFrom('claims').selectAll().execute(),
    await tx.selectFrom('idempotency_keys').selectAll().execute(),
    await tx.selectFrom('notices').selectAll().execute(),
    await tx.selectFrom('events').selectAll().execute(),
  ])
  expect(JSON.stringify(kept)).not.toContain(first.code)
  const other = await s.clientWith({ 'idempotency-key': 'two' }).recovery.fileClaim(words)
  expect(other.code).not.toBe(first.code)
})

test('a claim opens with its own code only: a wrong one, another’s and no claim at all read alike', async () => {
  await using s = await served()
  const mine = await s.nobody.recovery.fileClaim(words)
  const yours = await s.nobody.recovery.fileClaim({ ...words, account: 'another shop' })
  const { number } = mine.claim
  for (const [code, asked] of [
    [yours.code, number],
    ['', number],
    [mine.code, yours.claim.number],
    [mine.code, 'R-999999'],
  ] as const)
    for (const work of [
      () => withCode(s, code).recovery.getClaim({ number: asked }),
      () => withCode(s, code).recovery.writeInClaim({ number: asked, text: 'Let me in.' }),
    ])
      expect(await refusalOf(work())).toBe('claim_not_opened')
  // Slower by now, and not locked: the right code opens it.
  const read = await withCode(s, mine.code.toLowerCase()).recovery.getClaim({ number })
  expect(read.number).toBe(number)
})

test('hostile words in every field come back as they were, and too much of them is refused', async () => {
  await using s = await served()
  const hostile = `"><img src=x onerror=alert(1)> ' or 1=1 --  \u202e {{7*7}} %00 😀`
  const answer = await s.nobody.recovery.fileClaim({
    ...words,
    account: hostile,
    happened: hostile,
  })
  const client = withCode(s, answer.code)
  const { number } = answer.claim
  const read = await client.recovery.writeInClaim({ number, text: hostile })
  expect(read.account).toBe(hostile)
  expect(read.thread.map(({ quote }) => quote).filter((quote) => quote !== null)).toEqual([
    hostile,
    hostile,
  ])
  for (const bad of [
    { ...words, address: 'no address' },
    { ...words, address: 'a@b.example\r\nbcc: x@y.example' },
    { ...words, account: 'x'.repeat(1_001) },
    { ...words, happened: 'x'.repeat(20_001) },
    { ...words, happened: 'a\u0000b' },
  ])
    expect(await refusalOf(s.nobody.recovery.fileClaim(bad))).toBe('invalid_request')
  expect(await refusalOf(s.nobody.recovery.fileClaim({ ...words, account: '  ' }))).toBe(
    'claim_incomplete',
  )
  expect(s.logged).toEqual([])
})

test('the desk reads what the claimant wrote, and only its people link it with a seller', async () => {
  await using s = await served()
  await shut(s)
  await s.reviewer('Nadia', ['identity'])
  await s.reviewer('Perry', ['performance'])
  const nadia = s.clientWith(await s.signIn('nadia@marketplace.example'))
  const perry = s.clientWith(await s.signIn('perry@marketplace.example'))
  const { claim, code } = await s.nobody.recovery.fileClaim({ ...words, account: 'the teapots' })
  const [waiting] = (await nadia.desk.getQueue({})).cases
  expect(waiting).toMatchObject({ number: claim.number, sellerName: 'Nobody we know yet' })
  const caseId = waiting?.id ?? ''
  const read = await nadia.desk.takeCase({ caseId })
  expect(read).toMatchObject({
    seller: null,
    contested: [],
    claim: { account: 'the teapots', address: words.address, seller: null, disputes: [] },
  })
  expect(read.allowed).toEqual(expect.arrayContaining(['link', 'answer', 'ask']))
  expect(read.allowed).not.toContain('decide')
  expect(await refusalOf(perry.desk.linkSeller({ caseId, sellerId: 'clay' }))).toBe('not_your_desk')
  expect(await refusalOf(s.nobody.desk.linkSeller({ caseId, sellerId: 'clay' }))).toBe(
    'not_signed_in',
  )
  const linked = await nadia.desk.linkSeller({ caseId, sellerId: 'clay' })
  expect(linked).toMatchObject({
    claim: { seller: { id: 'clay' }, linkedBy: 'Nadia' },
    contested: [{ statement: { measure: { name: 'account.lock' } } }],
  })
  // Two specialists decide, and before anything is proved they can only say no.
  expect(linked.allowed).not.toContain('decide')
  expect(linked.claim?.proving).toMatchObject({ state: 'open', maySay: ['no'] })
  // Of all this the claimant reads nothing.
  const own = await withCode(s, code).recovery.getClaim({ number: claim.number })
  expect(JSON.stringify(own)).not.toMatch(/clay|\block|linked/i)
})

test('a link in a warning speaks about its own claim only', async () => {
  await using s = await served()
  const { claim } = await s.nobody.recovery.fileClaim(words)
  const client = createClient({
    url: s.url,
    headers: () => ({ 'x-recourse-claim-link': s.linkTo({ sellerId: 'clay' }) }),
  })
  for (const one of [client, s.nobody])
    expect(await refusalOf(one.recovery.disputeClaim({ number: claim.number }))).toBe(
      'link_invalid',
    )
})

test('a slow lane makes who comes often wait longer, never for ever, and forgets', () => {
  const lane = createSlowLane({ free: 2, first: 500, most: 4_000, within: 60_000 })
  const now = new Date()
  const waits = Array.from({ length: 9 }, () => lane.enter('a', now))
  expect(waits).toEqual([0, 0, 500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000])
  expect(lane.enter('b', now)).toBe(0)
  expect(lane.enter('a', new Date(now.getTime() + 60_001))).toBe(0)
})
