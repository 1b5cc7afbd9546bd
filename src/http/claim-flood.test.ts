/** Many claims and objections, from one place or many: they are slowed, shut nobody out, freeze nothing and reveal nothing. */
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { secret, served, type Served } from '../../test/served.ts'
import { hashOfCode } from '../operations/claim-code.ts'
import { makeLink } from '../operations/link.ts'

const day = 86_400_000
const saved = 'ABCD-EFGH-JKMN-PQRS'
const known = 'clay@old.example'

async function owned(s: Served) {
  await s.seller()
  await s.owner(
    `insert into contacts (id, seller_id, kind, address, verified_at, fact_at, received_at)
     values ('old', 'clay', 'email', $1, $2, $2, $2)`,
    [known, new Date(s.app.now().getTime() - 400 * day)],
  )
  await s.owner('insert into saved_codes values ($1, $2, $3, null)', [
    known,
    hashOfCode(saved),
    new Date(s.app.now().getTime() - 100 * day),
  ])
}

interface Answered {
  status: number
  body: { code?: string; claim?: { number: string } }
  ms: number
}

/** Posts from a place of its own: every address of this machine's own net is one. */
function post(
  s: Served,
  path: string,
  { from, body, headers = {} }: { from: string; body: object; headers?: Record<string, string> },
): Promise<Answered> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const asked = request(
      `${s.url}${path}`,
      {
        method: 'POST',
        localAddress: from,
        agent: false,
        headers: { 'content-type': 'application/json', ...headers },
      },
      (answer) => {
        let text = ''
        answer.on('data', (part: Buffer) => (text += part.toString()))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            body: JSON.parse(text) as Answered['body'], // every answer of ours is JSON
            ms: performance.now() - start,
          }),
        )
      },
    )
    asked.on('error', reject)
    asked.end(JSON.stringify(body))
  })
}

const words = { happened: 'My telephone was stolen.', address: 'owner@elsewhere.example' }
const file = (s: Served, from: string, account: string, address = words.address) =>
  post(s, '/v1/claims', { from, body: { ...words, account, address } })

test(
  'in a flood of claims and objections an honest owner is answered within the minute, and every other too, only later',
  { timeout: 180_000 },
  async () => {
    await using s = await served()
    await owned(s)
    const first = await file(s, '127.0.9.9', 'clay')
    const number = first.body.claim?.number ?? ''
    const { id: caseId } = await s.inside((tx) =>
      tx
        .selectFrom('cases')
        .select('id')
        .where('number', '=', Number(number.slice(2)))
        .executeTakeFirstOrThrow(),
    )
    // One of whom the account is known by has a link, and presses it again and again.
    const token = makeLink({
      ...{ secret, sellerId: 'clay', decisionId: null, caseId, contactId: 'old' },
      expiresAt: new Date(s.app.now().getTime() + day),
      purpose: 'claim',
    })
    const heap = process.memoryUsage().heapUsed
    const startedAt = performance.now()
    const flood = [
      // Forty from one place about an account that exists and one that does not, and forty from forty places about one.
      ...Array.from({ length: 40 }, (_, n) =>
        file(s, '127.0.1.1', n % 2 ? 'clay' : 'no such shop', `one${n}@elsewhere.example`),
      ),
      ...Array.from({ length: 40 }, (_, n) =>
        file(s, `127.0.2.${n + 1}`, 'clay', `many${n}@elsewhere.example`),
      ),
      ...Array.from({ length: 30 }, (_, n) =>
        post(s, `/v1/claims/${number}/disputes`, {
          from: `127.0.3.${n + 1}`,
          body: { text: 'It was not us.' },
          headers: { 'x-recourse-claim-link': token },
        }),
      ),
    ]
    const honest = await file(s, '127.0.8.8', 'Clay & co', 'ines@elsewhere.example')
    expect([honest.status, honest.ms < 60_000]).toEqual([201, true])
    // Nothing that was said so far shuts anything: no claim of them is proved.
    await s.fireDue()
    expect(await s.owed({ kind: 'account', id: 'clay' })).toBeNull()
    const claimed = honest.body.claim?.number ?? ''
    const given = await post(s, `/v1/claims/${claimed}/proofs/saved-code`, {
      from: '127.0.8.8',
      body: { code: saved },
      headers: { 'x-recourse-code': honest.body.code ?? '' },
    })
    expect(given.status).toBeLessThan(300)
    expect(performance.now() - startedAt).toBeLessThan(60_000)

    const answers = await Promise.all(flood)
    const claims = answers.slice(0, 80)
    // Slowed, never refused; one place waits for itself, and nothing waits without an end.
    expect(new Set(claims.map(({ status }) => status))).toEqual(new Set([201]))
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(60_000)
    expect(answers.slice(0, 40).filter(({ ms }) => ms > 5_000).length).toBeGreaterThan(20)
    // What is answered about the one account has the shape of what is answered about the other.
    const shape = ({ body }: Answered) =>
      JSON.stringify(body)
        .replaceAll(/"[^"]*@[^"]*"|"R-\d+"|"[0-9A-Z-]{19}"|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')
        .replaceAll(/no such shop|clay/g, '…')
        .replaceAll(/until [^"]*"|by [^"]*"/g, '…')
    expect(new Set(answers.slice(0, 40).map(shape)).size).toBe(1)
    // Said thirty times, it is one objection and one question.
    expect(new Set(answers.slice(80).map(({ status }) => status)).size).toBe(1)
    const kept = await s.inside((tx) =>
      tx.selectFrom('cases').select('id').where('kind', '=', 'question').execute(),
    )
    expect(kept).toHaveLength(1)
    // The first proof counts, whatever else was claimed meanwhile.
    await s.fireDue()
    expect((await s.owed({ kind: 'account', id: 'clay' }))?.state).toMatchObject({ signIn: false })
    const grown = (process.memoryUsage().heapUsed - heap) / 1024 / 1024
    console.log(
      `honest owner answered in ${(honest.ms / 1000).toFixed(1)} s, the last of the flood in ${(Math.max(...answers.map(({ ms }) => ms)) / 1000).toFixed(1)} s, heap grew ${grown.toFixed(0)} MB`,
    )
    expect(grown).toBeLessThan(200)
  },
)
