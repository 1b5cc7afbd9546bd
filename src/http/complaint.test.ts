/** Complaints over HTTP: told line by line, filed by anybody, opened by a code, and silent to the seller about who complains. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient } from '../contract/client.ts'
import { served, type Served } from '../../test/served.ts'

let s: Served
beforeAll(async () => {
  s = await served()
  await s.seller('clay')
  await s.listing('lamp', 'clay', { title: 'A lamp of clay' })
})
afterAll(async () => s[Symbol.asyncDispose]())

const canary = 'zilverkanarie'
const line = {
  id: 'c-1',
  at: '2026-11-22T09:00:00Z',
  sellerId: 'clay',
  listingId: 'lamp',
  reporterId: `buyer-${canary}`,
  orderId: `order-${canary}`,
  kind: 'not-as-described' as const,
  text: `It leans. Ask ${canary}@mail.example`,
  reporter: {
    name: canary,
    address: `${canary}@mail.example`,
    devices: [`device-${canary}`],
    ipPrefixes: [`net-${canary}`],
    paymentHashes: [`pay-${canary}`],
    addressHashes: [`home-${canary}`],
  },
}

async function tellLines(lines: unknown[]) {
  const answer = await fetch(`${s.url}/v1/complaints`, {
    method: 'POST',
    headers: { authorization: `Bearer ${s.key}`, 'content-type': 'application/x-ndjson' },
    body: lines.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'),
  })
  const text = await answer.text()
  return text
    .trim()
    .split('\n')
    .map((one) => JSON.parse(one) as Record<string, unknown>)
}

const report = {
  where: 'lamp',
  kind: 'other',
  text: 'The lamp hums.',
  address: 'bo@mail.example',
} as const

/** From a place of one's own: a flood from another is not waited for here. */
function from(place: string, headers: Record<string, string> = {}) {
  return createClient({ url: s.url, headers: () => ({ 'x-forwarded-for': place, ...headers }) })
}

describe('told by the marketplace', () => {
  test('line by line, each with its answer: a complaint, its context, what cannot be read, and the same again', async () => {
    const answers = await tellLines([
      { seller: { id: 'clay', devices: ['d-1'] } },
      line,
      { ...line, id: 'c-2', text: ' ' },
      '{"id": ',
      line,
      { ...line, id: 'c-3' },
      { order: { id: 'o-1', sellerId: 'clay', listingId: 'lamp', reporterId: 'b', at: line.at } },
      { ...line, id: 'c-4', sellerId: undefined, listingId: 'nowhere', orderId: undefined },
      { ...line, id: 'c-5', at: '2031-01-01T00:00:00Z', text: 'From a clock in the future.' },
    ])
    expect(answers).toEqual([
      { id: 'clay', result: 'stored' },
      {
        id: 'c-1',
        result: 'stored',
        number: expect.stringMatching(/^K-/),
        code: expect.any(String),
      },
      { line: 3, error: expect.objectContaining({ type: '/problems/invalid_request' }) },
      { line: 4, error: expect.objectContaining({ type: '/problems/invalid_request' }) },
      { ...answers[1], result: 'unchanged' },
      // The same words under another name: the number of the first, and no code of another's complaint.
      { id: 'c-3', result: 'unchanged', number: answers[1]?.['number'] },
      { id: 'o-1', result: 'stored' },
      { line: 8, error: expect.objectContaining({ type: '/problems/place_unknown' }) },
      expect.objectContaining({ id: 'c-5', result: 'stored' }),
    ])
    expect(s.logged).toEqual([])
  })

  test('one by one, for the marketplace alone', async () => {
    const told = await s.marketplace.facts.tellComplaint({ ...line, id: 'c-9', text: 'It creaks.' })
    expect(told).toMatchObject({ id: 'c-9', result: 'stored', code: expect.any(String) })
    await expect(s.nobody.facts.tellComplaint({ ...line, id: 'c-10' })).rejects.toMatchObject({
      status: 401,
    })
  })
})

describe('filed by anybody', () => {
  test('is answered with number, code and date, and opens by them alone', async () => {
    const rosa = from('10.1.0.1')
    expect(await rosa.report.getPlace({ where: 'lamp' })).toEqual({
      title: 'A lamp of clay',
      sellerName: 'clay & co',
    })
    const { number, code, complaint } = await rosa.report.file(report)
    expect(complaint).toMatchObject({ number, state: 'open', allowed: ['add-file'] })
    const again = await rosa.report.file(report)
    expect(again).toEqual({ number, isNew: false, code: null, complaint: null })
    const opened = from('10.1.0.1', { 'x-recourse-code': code ?? '' })
    expect(await opened.report.get({ number })).toMatchObject({ number, text: report.text })
    await expect(from('10.1.0.2').report.get({ number })).rejects.toMatchObject({ status: 404 })
    const file = new File(['%PDF-1.7\n%%EOF'], 'paper.pdf')
    await opened.report.addFile({ number, file })
    expect((await opened.report.get({ number })).files).toMatchObject([{ name: 'paper.pdf' }])
    await expect(
      opened.report.addFile({ number, file: new File(['<svg/>'], 'x.svg') }),
    ).rejects.toMatchObject({ status: 415 })
  })

  test('says in a sentence what is missing, too long or not found', async () => {
    const rosa = from('10.1.0.3')
    await expect(rosa.report.file({ ...report, text: ' ' })).rejects.toMatchObject({
      data: { refusal: 'complaint_incomplete' },
    })
    await expect(rosa.report.file({ ...report, where: 'the thing' })).rejects.toMatchObject({
      data: { refusal: 'place_unknown' },
    })
    await expect(rosa.report.file({ ...report, text: 'x'.repeat(20_001) })).rejects.toMatchObject({
      status: 400,
    })
  })

  test('hostile words are kept as they are, as text', async () => {
    const hostile = '"><script>alert(1)</script> \u202e {{7*7}} \u0000'.replace('\u0000', '')
    const rosa = from('10.1.0.4')
    const { code, number } = await rosa.report.file({ ...report, text: hostile })
    const opened = from('10.1.0.4', { 'x-recourse-code': code ?? '' })
    expect((await opened.report.get({ number })).text).toBe(hostile)
  })

  test('a flood slows itself down and is never turned away, and nobody else waits for it', async () => {
    const flood = from('10.1.0.5')
    const times: number[] = []
    for (let each = 0; each < 8; each += 1) {
      const start = performance.now()
      const address = `flood-${each}@mail.example`
      const { isNew } = await flood.report.file({ ...report, text: `It hums ${each}.`, address })
      expect(isNew).toBe(true)
      times.push(performance.now() - start)
    }
    expect(times.at(-1)).toBeGreaterThan(900)
    const start = performance.now()
    await from('10.1.0.6').report.file({ ...report, text: 'It glows.', address: 'c@mail.example' })
    expect(performance.now() - start).toBeLessThan(900)
  })
})

test('no answer that the seller gets names who complains', async () => {
  const [answer] = await tellLines([{ ...line, id: 'c-20', text: `A crack, says ${canary}.` }])
  const headers = await s.signIn('clay@sellers.example')
  const clay = s.clientWith(headers)
  const { complaints } = await clay.seller.listComplaints({})
  const found = complaints.find(({ number }) => number === answer?.['number'])
  expect(found).toMatchObject({ substance: 'A crack, says [left out].', state: 'open' })
  const caseId = found?.caseId ?? ''
  const exported = await fetch(`${s.url}/v1/export`, { headers })
  const read = JSON.stringify([
    complaints,
    await clay.seller.getCase({ caseId }),
    await clay.seller.getHome({}),
    await exported.text(),
  ])
  expect(exported.status).toBe(200)
  expect(read).toContain('A crack, says')
  expect(read.toLowerCase()).not.toContain(canary)
  // Nor does anything of it exist for another seller.
  await s.seller('rival')
  const rival = s.clientWith(await s.signIn('rival@sellers.example'))
  await expect(rival.seller.getCase({ caseId })).rejects.toMatchObject({ status: 404 })
  expect((await rival.seller.listComplaints({})).complaints).toEqual([])
})
