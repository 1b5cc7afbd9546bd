import { describe, expect, test } from 'vitest'
import { withoutSpaces, wordsOfPdf } from '../../test/pdf-text.ts'
import type { Fault } from '../../test/shop.ts'
import { linkSecret, publicUrl, surroundings, type Surroundings } from '../../test/surroundings.ts'
import { fileAppeal } from '../operations/appeal.ts'
import { decideCase, takeCase } from '../operations/case.ts'
import { claimNotice } from '../operations/notice.ts'
import { claimState, recordReadBack } from '../operations/restoration.ts'
import type { SellerReader } from '../operations/who.ts'
import { oweState } from '../store/subject.ts'
import { startDelivery } from './carrier.ts'
import type { Mailer } from './mailer.ts'

const path = '/subjects/listing/l1'
const subject = { kind: 'listing' as const, id: 'l1' }
const shut = { offered: false, searchable: false }
const open = { offered: true, searchable: true }

test('a statement brings itself as a PDF with the words of the mail, and the link of that mail', async () => {
  await using s = await surroundings()
  await s.w.removedListing()
  const delivery = s.carry()
  await delivery.idle()
  const [{ mail } = { mail: null }] = s.post.arrived
  const [attached] = mail?.attachments ?? []
  expect(attached).toMatchObject({ filename: 'D-1001.pdf', mimeType: 'application/pdf' })
  const content = attached?.content ?? ''
  const words = wordsOfPdf(
    typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content)),
  )
  const link = /https:\S+\/link\/\S+/.exec(mail?.text ?? '')?.[0] ?? 'no link'
  expect(words).toContain(link)
  expect(words).toContain(withoutSpaces('Protective masks may be sold by approved sellers only.'))
  expect(mail?.text).toContain('The statement of reasons D-1001 is attached as a PDF')
})

describe('the state owed', () => {
  test('is told after the statement went out, then read back', async () => {
    await using s = await surroundings()
    await s.w.removedListing()
    const order: string[] = []
    const smtp = s.smtp()
    const slow: Mailer = {
      close: () => smtp.close(),
      async send(message) {
        await new Promise((resolve) => setTimeout(resolve, 150))
        order.push(`mail after ${s.shop.asked.length} requests`)
        return smtp.send(message)
      },
    }
    const delivery = s.carry({ mailer: slow })
    await delivery.idle()
    expect(order).toEqual(['mail after 0 requests'])
    expect(s.shop.asked.map(({ method, path: to }) => `${method} ${to}`)).toEqual([
      `PUT ${path}`,
      `GET ${path}`,
    ])
    const decisionId = (await s.w.measures('l1'))[0]!.decision.id
    expect(s.shop.asked[0]!.body).toEqual({ sequence: 1, state: shut, because: [decisionId] })
    expect(await s.w.owed('l1')).toMatchObject({
      sequence: 1,
      readBack: 'agrees',
      seen: { sequence: 1, state: shut },
    })
  })

  test('waits at most ten seconds for the statement', async () => {
    await using s = await surroundings()
    await s.w.removedListing()
    let giveUp = () => {}
    const hung = new Promise<void>((resolve) => (giveUp = resolve))
    const never: Mailer = {
      close: () => undefined,
      send: () => hung.then(() => ({ ok: false, isPermanent: false, error: 'hung' })),
    }
    s.carry({ mailer: never })
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(s.shop.asked).toHaveLength(0)
    s.w.advance(10_000)
    await expect.poll(() => s.shop.held.get(path)?.state).toEqual(shut)
    giveUp()
  })

  const faults: [string, Fault[]][] = [
    ['answers 500', [(_, response) => void response.writeHead(500).end()]],
    [
      'answers 429 to the question',
      [
        (asked, response) => void response.writeHead(200).end(String(asked.path)),
        (_, response) => void response.writeHead(429).end(),
      ],
    ],
    ['drops the connection', [(_, response) => void response.destroy()]],
    [
      'breaks off in the middle of its answer',
      [
        (_, response) => {
          response.writeHead(200, { 'content-length': '100' })
          response.write('{"seq')
          setTimeout(() => response.destroy(), 20)
        },
      ],
    ],
    ['never answers', [() => undefined]],
    [
      'redirects',
      [
        (_, response) =>
          void response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end(),
      ],
    ],
    [
      'answers something that is not JSON',
      [
        (_, response) => void response.writeHead(200).end('ok'),
        (_, response) => void response.writeHead(200).end('<html>'),
      ],
    ],
    [
      'answers a state that is none',
      [
        (_, response) => void response.writeHead(200).end(),
        (_, response) =>
          void response.writeHead(200).end('{"sequence":1,"state":{"offered":"yes"}}'),
      ],
    ],
    [
      'answers without end',
      [(_, response) => void response.writeHead(200).end('x'.repeat(100_000))],
    ],
  ]
  test.for(faults)('is told again when the shop %s', async ([does, fault]) => {
    await using s = await surroundings()
    await s.w.removedListing()
    s.shop.failNext(...fault)
    const delivery = does === 'never answers' ? s.carry({ timeoutMs: 400 }) : s.carry()
    await delivery.idle()
    expect(s.shop.healed()).toBe(true)
    expect(await s.deliveries()).toMatchObject([
      {
        kind: 'state',
        ref: 'listing:l1',
        attempts: 1,
        last_error: expect.stringMatching(/PUT|GET|answer/),
      },
    ])
    expect((await s.w.owed('l1'))!.readBack).toBeNull()
    s.w.advance(1_000)
    await delivery.idle()
    expect(await s.deliveries()).toEqual([])
    expect(s.shop.held.get(path)).toEqual({ sequence: 1, state: shut })
    // A retry carries the same id, so that the shop can tell it from something new.
    expect(
      new Set(s.shop.asked.filter(({ method }) => method === 'PUT').map(({ id }) => id)).size,
    ).toBe(1)
  })

  test('goes on above the number of a shop that is ahead, as after a restored backup of ours', async () => {
    await using s = await surroundings()
    s.shop.held.set(path, { sequence: 41, state: open })
    await s.w.removedListing()
    const delivery = s.carry()
    await s.untilDone(delivery)
    expect(s.shop.held.get(path)).toEqual({ sequence: 42, state: shut })
    expect(await s.w.owed('l1')).toMatchObject({ sequence: 42, readBack: 'agrees' })
  })

  test('goes on above a shop that answers a newer number with a conflict', async () => {
    await using s = await surroundings()
    s.shop.held.set(path, { sequence: 7, state: open })
    s.shop.failNext((_, response) => void response.writeHead(409).end())
    await s.w.removedListing()
    const delivery = s.carry()
    await s.untilDone(delivery)
    expect(s.shop.held.get(path)).toEqual({ sequence: 8, state: shut })
  })

  test('is pursued for as long as the shop shows something older', async () => {
    await using s = await surroundings()
    await s.w.removedListing()
    const stale: Fault = (_, response) =>
      void response.writeHead(200).end(JSON.stringify({ sequence: 0, state: open }))
    s.shop.failNext(...Array.from({ length: 12 }, () => stale))
    const delivery = s.carry()
    await delivery.idle()
    expect(await s.w.owed('l1')).toMatchObject({
      readBack: 'differs',
      seen: { sequence: 0, state: open },
    })
    expect(await s.untilDone(delivery)).toBe(6)
    expect(await s.w.owed('l1')).toMatchObject({ readBack: 'agrees' })
  })

  test('of a listing that the shop does not have is settled, and called not in the shop', async () => {
    await using s = await surroundings()
    s.shop.missing.add(path)
    await s.w.removedListing()
    const delivery = s.carry()
    await delivery.idle()
    expect(await s.w.owed('l1')).toMatchObject({
      readBack: 'not-in-shop',
      seen: { sequence: 1, state: null },
    })
    expect(await s.deliveries()).toEqual([])
  })

  test('of a killed carrier is told by the next, and its late words change nothing', async () => {
    await using s = await surroundings()
    await s.w.removedListing()
    await claimNotice(s.w.app)
    s.w.advance(10_000)
    // This carrier is slow: it has the old state in its hands while the world goes on.
    const slow = await claimState(s.w.app)
    if (slow.found !== 'errand') throw new Error(slow.found)
    await s.w.inside((tx) =>
      oweState(tx, { subject, sellerId: 'clay', state: open, because: [], now: s.w.app.now() }),
    )
    const delivery = s.carry()
    await delivery.idle()
    expect(s.shop.held.get(path)).toEqual({ sequence: 2, state: open })

    const { claim, sequence, state, because } = slow.errand
    await s.connector().tell(subject, { sequence, state, because })
    expect(s.shop.held.get(path)).toEqual({ sequence: 2, state: open })
    await recordReadBack(s.w.app, subject, {
      told: { sequence, state },
      seen: await s.connector().ask(subject),
      claim,
    })
    expect(await s.w.owed('l1')).toMatchObject({ sequence: 2, state: open, readBack: 'agrees' })
    expect((await s.deliveries()).filter(({ kind }) => kind === 'state')).toEqual([])
  })

  test('made anew while it is being told is told again at once', async () => {
    await using s = await surroundings()
    await s.w.removedListing()
    s.shop.failNext((asked, response) => {
      void s.w
        .inside((tx) =>
          oweState(tx, { subject, sellerId: 'clay', state: open, because: [], now: s.w.app.now() }),
        )
        .then(() => s.shop.answer(asked, response))
    })
    const delivery = s.carry()
    await delivery.idle()
    expect(s.shop.held.get(path)).toEqual({ sequence: 2, state: open })
    expect(await s.w.owed('l1')).toMatchObject({ sequence: 2, readBack: 'agrees' })
  })

  test('stays owed, and told to nobody, where no shop is attached', async () => {
    await using s = await surroundings()
    await s.w.removedListing()
    const said: string[] = []
    const app = { ...s.w.app, log: (message: string) => void said.push(message) }
    const delivery = startDelivery(app, {
      mailer: s.smtp(),
      connector: null,
      publicUrl,
      secret: linkSecret,
      everyMs: 20,
    })
    await delivery.idle()
    await delivery.stop()
    expect(said).toEqual([expect.stringContaining('no marketplace is attached')])
    expect(await s.deliveries()).toMatchObject([{ kind: 'state', ref: 'listing:l1' }])
    expect(s.post.arrived).toHaveLength(1)
  })

  test('with any id arrives under its own address', async () => {
    await using s = await surroundings()
    const id = 'a/b ?#%2F\u00e9\u{1F9FC}..'
    await s.w.removedListing(id)
    const delivery = s.carry()
    await delivery.idle()
    expect(s.shop.held.get(`/subjects/listing/${encodeURIComponent(id)}`)?.state).toEqual(shut)
  })
})

describe('there and back', () => {
  test('the listing that a person gives back is seen back in the shop, and the seller hears how soon', async () => {
    await using s = await surroundings()
    const { seller, decisionId } = await s.w.removedListing()
    const delivery = s.carry()
    await delivery.idle()
    const { caseId } = await decide(s, seller, { decisionId, power: 'grant' })

    s.w.advance(16_000)
    await delivery.idle()
    expect(s.shop.held.get(path)).toEqual({ sequence: 2, state: open })
    expect(await rowOf(s, caseId)).toMatchObject({ state: 'closed', closed_at: s.w.app.now() })
    expect(s.post.arrived.map(({ mail }) => mail.subject)).toEqual([
      expect.stringContaining('is off sale'),
      expect.stringMatching(/^Your appeal \S+ is here/),
      expect.stringContaining('The measure is lifted.'),
      '“Clay face mask” is back on sale',
    ])
    expect(s.post.arrived.at(-1)!.mail.text).toContain(
      'seen back in the shop 16 seconds after the decision',
    )
  })

  test('what stands can be contested once more for six months, from the day the answer was told', async () => {
    await using s = await surroundings()
    const { seller, decisionId } = await s.w.removedListing()
    const delivery = s.carry()
    await delivery.idle()
    await delivery.stop()
    const { caseId } = await decide(s, seller, { decisionId, power: 'deny' })
    expect(await rowOf(s, caseId)).toMatchObject({ state: 'answered', contest_by: null })
    s.w.advance(3 * 86_400_000)
    await s.carry().idle()
    // The same time of day in Lisbon, which is an hour ahead by then.
    expect(await rowOf(s, caseId)).toMatchObject({ contest_by: new Date('2027-05-26T08:01:00Z') })
    expect(s.post.arrived.at(-1)!.mail.subject).toContain('The measure stands.')
  })
})

test('two carriers side by side carry each thing once', async () => {
  await using s = await surroundings()
  const ids = Array.from({ length: 12 }, (_, index) => `l${index}`)
  for (const id of ids) await s.w.removedListing(id, `seller-${id}`)
  const carriers = [s.carry(), s.carry(), s.carry()]
  await Promise.all(carriers.map((delivery) => delivery.idle()))
  await Promise.all(carriers.map((delivery) => delivery.idle()))
  expect(s.post.arrived.map(({ to }) => to).sort()).toEqual(
    ids.map((id) => `seller-${id}@sellers.example`).sort(),
  )
  expect(s.shop.asked.filter(({ method }) => method === 'PUT')).toHaveLength(12)
  expect(await s.deliveries()).toEqual([])
})

/** An appeal against one decision, answered by a person. */
async function decide(
  s: Surroundings,
  seller: SellerReader,
  { decisionId, power }: { decisionId: string; power: 'grant' | 'deny' },
) {
  const milan = await s.w.reviewer('Milan')
  const objection = {
    decisionId,
    track: 'dispute' as const,
    text: 'It is clay for the face.',
    remedy: null,
  }
  const filed = await fileAppeal(s.w.app, seller, { objections: [objection], fileIds: [] }, null)
  if (!filed.ok) throw new Error(filed.refusal)
  const { caseId } = filed.value
  await takeCase(s.w.app, milan, caseId)
  const held = await s.w.inside((tx) =>
    tx
      .selectFrom('objections')
      .select('id')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow(),
  )
  const decided = await decideCase(s.w.app, milan, {
    caseId,
    answers: [{ objectionId: held.id, power, reasons: 'Clay is no mask.' }],
  })
  if (!decided.ok) throw new Error(decided.refusal)
  return { caseId }
}

const rowOf = (s: Surroundings, caseId: string) =>
  s.w.inside((tx) =>
    tx.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirstOrThrow(),
  )
