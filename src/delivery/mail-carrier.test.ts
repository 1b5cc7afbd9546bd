import { describe, expect, test } from 'vitest'
import { linkSecret, surroundings } from '../../test/surroundings.ts'
import { marketplace } from '../../test/world.ts'
import { tellContacts, tellSellers } from '../operations/fact.ts'
import { readLink } from '../operations/link.ts'
import { claimNotice, recordSent } from '../operations/notice.ts'
import { readDevMails } from '../store/dev-mail.ts'
import { cancelNotices, insertNotice } from '../store/notice.ts'
import { composeMail } from '../operations/mail-message.ts'
import { devMailer, smtpMailer, type Mailer } from './mailer.ts'

describe('a notice', () => {
  test('reaches the seller by mail with a link that opens its matter, and counts as informing from then', async () => {
    await using s = await surroundings()
    const { decisionId } = await s.w.removedListing()
    const delivery = s.carry()
    await delivery.idle()

    const [letter] = s.post.arrived
    expect(s.post.arrived).toHaveLength(1)
    expect(letter!.to).toBe('clay@sellers.example')
    expect(letter!.mail.subject).toContain('“Clay face mask” is off sale')
    expect(letter!.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    const link = /https:\/\/bazaar\.example\/link\/([\w.-]+)/.exec(letter!.mail.text!)
    expect(readLink(linkSecret, link![1]!, s.w.app.now())).toMatchObject({
      ok: true,
      sellerId: 'clay',
      decisionId,
      caseId: null,
    })
    expect(letter!.mail.html).toContain('>mask</mark>')
    expect(letter!.mail.text).toContain('Clay face «mask»')
    expect(await s.informedAt()).toEqual(s.w.app.now())
    expect(await s.notices()).toMatchObject([{ state: 'sent' }])
  })

  test('goes to every known contact, and one that refuses it for good holds up no other', async () => {
    await using s = await surroundings()
    await s.w.seller('clay')
    const contact = { sellerId: 'clay', verifiedAt: null, factAt: null }
    await tellContacts(s.w.app, marketplace, [
      { ...contact, id: 'an old one', address: 'old@sellers.example', removedAt: s.w.app.now() },
      { ...contact, id: 'a dead one', address: 'dead@sellers.example', removedAt: null },
      { ...contact, id: 'the same again', address: 'CLAY@sellers.example', removedAt: null },
      { ...contact, id: 'the office', address: 'office@sellers.example', removedAt: null },
    ])
    s.post.refuse('dead@sellers.example', { code: 550, words: 'no such mailbox' })
    await s.w.removedListing()
    const delivery = s.carry()
    await s.untilDone(delivery)

    expect(s.post.arrived.map(({ to }) => to.toLowerCase()).sort()).toEqual([
      'clay@sellers.example',
      'office@sellers.example',
    ])
    expect(await s.notices()).toMatchObject([
      { state: 'sent', last_error: expect.stringContaining('no such mailbox') },
    ])
  })

  test('waits where no contact is known, with the appeal window not begun, and goes out once one is', async () => {
    await using s = await surroundings()
    await s.w.listing('l1', 'unknown-seller')
    const delivery = s.carry()
    await delivery.idle()
    expect(await s.notices()).toMatchObject([{ state: 'waiting', sent_at: null }])
    expect(await s.informedAt()).toBeNull()
    expect(s.shop.held.get('/subjects/listing/l1')?.state).toMatchObject({ offered: false })

    s.w.advance(3_600_000)
    await s.w.seller('unknown-seller')
    await delivery.idle()
    expect(s.post.arrived).toHaveLength(1)
    expect(await s.informedAt()).toEqual(s.w.app.now())
  })

  test('that every address refuses for good waits for another address, and is tried again daily', async () => {
    await using s = await surroundings()
    await s.w.seller('clay')
    const no = { code: 550, words: 'no such mailbox' }
    s.post.refuse('clay@sellers.example', no, no)
    await s.w.removedListing()
    const delivery = s.carry()
    await delivery.idle()
    expect(await s.notices()).toMatchObject([
      { state: 'waiting', sent_at: null, last_error: expect.stringContaining('no such mailbox') },
    ])
    expect(await s.informedAt()).toBeNull()

    s.w.advance(23 * 3_600_000)
    await delivery.idle()
    s.w.advance(3_600_000)
    await delivery.idle()
    expect(s.post.arrived).toHaveLength(0)
    s.w.advance(24 * 3_600_000)
    await delivery.idle()
    expect(s.post.arrived).toHaveLength(1)
    expect(await s.notices()).toMatchObject([{ state: 'sent' }])
  })

  test('is tried again after a passing refusal, later each time', async () => {
    await using s = await surroundings()
    const busy = { code: 451, words: 'try again later' }
    s.post.refuse('clay@sellers.example', busy, busy)
    await s.w.removedListing()
    const delivery = s.carry()
    await delivery.idle()
    expect(s.post.arrived).toHaveLength(0)
    s.w.advance(4_999)
    await delivery.idle()
    expect(await s.deliveries()).toMatchObject([
      { attempts: 1, last_error: expect.stringContaining('try again later') },
    ])
    s.w.advance(1)
    await delivery.idle()
    s.w.advance(9_999)
    await delivery.idle()
    expect(s.post.arrived).toHaveLength(0)
    s.w.advance(1)
    await delivery.idle()
    expect(s.post.arrived).toHaveLength(1)
  })

  test('survives a mail server that is not there', async () => {
    await using s = await surroundings()
    await s.w.removedListing()
    const nowhere = smtpMailer({ url: 'smtp://127.0.0.1:9', from: 'a@bazaar.example' })
    const first = s.carry({ mailer: nowhere })
    await first.idle()
    await first.stop()
    expect(await s.notices()).toMatchObject([
      { state: 'queued', last_error: expect.stringContaining('ECONNREFUSED') },
    ])
    const second = s.carry()
    await s.untilDone(second)
    expect(s.post.arrived).toHaveLength(1)
  })

  test('held back for its minute goes to nobody before, and nowhere once undone', async () => {
    await using s = await surroundings()
    const { measure } = await s.w.removedListing()
    const delivery = s.carry()
    await delivery.idle()
    const now = s.w.app.now()
    const held = {
      sellerId: 'clay',
      kind: 'statement' as const,
      decisionId: measure.decision.id,
      caseId: null,
      address: null,
      subject: 'held',
      body: { opening: 'held', sections: [], statement: null, link: null },
      createdAt: now,
      releaseAt: new Date(now.getTime() + 60_000),
    }
    await s.w.inside((tx) => insertNotice(tx, { ...held, id: 'ntc_undone' }))
    s.w.advance(59_999)
    await delivery.idle()
    await s.w.inside((tx) => cancelNotices(tx, measure.decision.id))
    await s.w.inside((tx) =>
      insertNotice(tx, {
        ...held,
        id: 'ntc_released',
        createdAt: s.w.app.now(),
        releaseAt: new Date(s.w.app.now().getTime() + 60_000),
      }),
    )
    s.w.advance(60_000)
    await delivery.idle()
    expect(s.post.arrived.map(({ mail }) => mail.messageId)).toEqual([
      expect.anything(),
      '<ntc_released@bazaar.example>',
    ])
    expect((await s.notices()).map(({ state }) => state)).toEqual(['sent', 'cancelled', 'sent'])
  })

  test('whose carrier was killed before or after sending goes out again, recognisable as the same', async () => {
    await using s = await surroundings()
    await s.w.removedListing()
    expect((await claimNotice(s.w.app)).found).toBe('settled')
    // Killed before sending: nothing was recorded, and nobody else may touch it yet.
    expect((await claimNotice(s.w.app)).found).toBe('letter')
    expect((await claimNotice(s.w.app)).found).toBe('nothing')

    s.w.advance(30_000)
    // Killed after sending: the mail is out, the record is not.
    const killed = s.smtp()
    const again = await claimNotice(s.w.app)
    if (again.found !== 'letter') throw new Error(again.found)
    const { notice, address } = again.letter
    await killed.send(
      composeMail(
        { id: notice.id, to: address, subject: notice.subject, body: notice.body, address: null },
        { marketplace: 'The Bazaar', host: 'bazaar.example' },
      ),
    )
    killed.close()

    const delivery = s.carry()
    await delivery.idle()
    expect(s.post.arrived).toHaveLength(1)
    s.w.advance(30_000)
    await delivery.idle()
    expect(s.post.arrived).toHaveLength(2)
    expect(new Set(s.post.arrived.map(({ mail }) => mail.messageId)).size).toBe(1)

    const informed = await s.informedAt()
    s.w.advance(1_000)
    await recordSent(s.w.app, again.letter)
    expect(await s.informedAt()).toEqual(informed)
    expect(await s.deliveries()).toEqual([])
  })

  test('whose carrying breaks in a way nobody foresaw is put off for longer each time, and not forgotten', async () => {
    await using s = await surroundings()
    await s.w.removedListing()
    let tries = 0
    const smtp = s.smtp()
    const mailer: Mailer = {
      close: () => smtp.close(),
      send: (message) => {
        tries += 1
        if (tries <= 2) throw new Error('a bug')
        return smtp.send(message)
      },
    }
    const delivery = s.carry({ mailer })
    await delivery.idle()
    expect((await s.deliveries()).find(({ kind }) => kind === 'notice')).toMatchObject({
      attempts: 1,
      last_error: 'a bug',
    })
    for (const [wait, expected] of [
      [29_999, 1],
      [1, 2],
      [59_999, 2],
      [1, 3],
    ] as const) {
      s.w.advance(wait)
      await delivery.idle()
      expect(tries).toBe(expected)
    }
    expect(s.post.arrived).toHaveLength(1)
  })

  test('to a seller whose zone nobody knows reaches them all the same', async () => {
    await using s = await surroundings()
    await s.w.seller('clay')
    await tellSellers(s.w.app, marketplace, [
      { id: 'clay', timeZone: 'Middle/Earth', factAt: null },
    ])
    await s.w.listing('l1', 'clay')
    await s.carry().idle()
    expect(s.post.arrived).toHaveLength(1)
  })

  test('of the demo lies in the built-in mailbox, composed as every other', async () => {
    await using s = await surroundings()
    await s.w.removedListing()
    const delivery = s.carry({ mailer: devMailer(s.w.app) })
    await delivery.idle()
    const [mail] = await s.w.inside((tx) => readDevMails(tx, { address: 'Clay@sellers.example' }))
    expect(mail).toMatchObject({
      address: 'clay@sellers.example',
      subject: expect.stringContaining('is off sale'),
    })
    expect(mail!.html).toContain('https://bazaar.example/link/')
    expect(await s.notices()).toMatchObject([{ state: 'sent' }])
  })
})
