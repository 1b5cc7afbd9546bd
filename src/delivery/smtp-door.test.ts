/** Mail over a real socket: where each message ends, and what its sender hears. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mailWorld, setting, type MailWorld } from '../../test/mail-door.ts'
import { marketplace, valueOf } from '../../test/world.ts'
import { fileAppeal } from '../operations/appeal.ts'
import { decideCase, takeCase } from '../operations/case.ts'
import { tellContacts } from '../operations/fact.ts'
import { openSmtpDoor } from './smtp-door.ts'

let w: MailWorld
beforeAll(async () => {
  w = await mailWorld()
  await w.seller('clay')
  for (const sellerId of ['one', 'two'])
    await tellContacts(w.app, marketplace, [
      {
        id: `${sellerId}-both`,
        sellerId,
        address: 'both@sellers.example',
        verifiedAt: null,
        removedAt: null,
        factAt: null,
      },
    ])
})
afterAll(async () => w[Symbol.asyncDispose]())

describe('a known sender', () => {
  test('opens a question at the desk of the address, and hears number, desk and date once', async () => {
    const mail = await w.filed({
      to: 'support@shop.example',
      subject: 'When?',
      text: 'When is it?',
    })
    expect(mail).toMatchObject({ state: 'filed', seller_id: 'clay' })
    const held = await w.case(mail.case_id!)
    expect(held).toMatchObject({ kind: 'question', desk: 'support', channel: 'support' })
    const notices = (await w.letters()).filter(({ case_id }) => case_id === held.id)
    expect(notices).toEqual([
      expect.objectContaining({
        kind: 'case-received',
        seller_id: 'clay',
        address: null,
        in_reply_to: mail.message_id,
        subject: expect.stringMatching(/^Your question Q-\d+ is here\. Seller Support answers by /),
      }),
    ])
  })

  test.each([
    ['appeals', 'question', 'performance'],
    ['executive', 'letter', 'executive'],
    ['legal', 'letter', 'legal'],
    ['Legal', 'letter', 'legal'],
  ])('reaches by %s@ a %s at %s', async (local, kind, desk) => {
    const mail = await w.filed({ to: `${local}@shop.example`, subject: `To ${local}` })
    expect(await w.case(mail.case_id!)).toMatchObject({ kind, desk })
  })

  test('appeals the one decision that can be contested, and writes again into the same case', async () => {
    const { decisionId } = await w.removedListing('l1', 'mona')
    const mail = await w.filed({ from: 'mona@sellers.example', text: 'It is a clay mask.' })
    const held = await w.case(mail.case_id!)
    expect(held).toMatchObject({ kind: 'appeal', channel: 'email', desk: 'performance' })
    expect(held.objections).toMatchObject([
      { decisionId, track: 'dispute', text: 'It is a clay mask.' },
    ])
    const again = await w.filed({
      from: 'partner@nowhere.example',
      to: w.addressOf({ caseId: held.id, decisionId: null }),
      text: 'Here is more.\n\nOn Monday, Recourse wrote:\n> old words',
    })
    expect(again.case_id).toBe(held.id)
    const written = (await w.eventsOf(held.id)).find(({ kind }) => kind === 'case.written')
    expect(written).toMatchObject({
      by: 'mail from partner@nowhere.example',
      detail: { text: 'Here is more.' },
    })
    expect((await w.case(held.id)).dueAt).toEqual(held.dueAt)
  })

  test('files by the tag of a statement an appeal of that decision', async () => {
    const { decisionId } = await w.removedListing('l2', 'nils')
    await w.removedListing('l3', 'nils')
    const to = w.addressOf({ caseId: null, decisionId })
    const mail = await w.filed({ from: 'nils@sellers.example', to, text: 'A mistake.' })
    expect((await w.case(mail.case_id!)).objections).toMatchObject([{ decisionId }])
    const untagged = await w.filed({ from: 'nils@sellers.example', text: 'And the other.' })
    expect(await w.case(untagged.case_id!)).toMatchObject({ kind: 'appeal' })
  })

  test('answers a notice of ours by its id alone, as its own sender and nobody else', async () => {
    const mail = await w.filed({ to: 'support@shop.example', subject: 'One' })
    const notice = (await w.letters()).find(({ case_id }) => case_id === mail.case_id)!
    const headers = { 'In-Reply-To': `<${notice.id}@${setting.host}>` }
    const again = await w.filed({ to: 'support@shop.example', headers, text: 'Two' })
    expect(again.case_id).toBe(mail.case_id)
    const stranger = await w.filed({ from: 'eve@elsewhere.example', headers, text: 'Three' })
    expect(stranger).toMatchObject({ state: 'held', held_because: 'sender_unknown', case_id: null })
  })

  test('is one matter with two entries by two addresses, also when the second comes later', async () => {
    const headers = {
      'Message-ID': '<both@sellers.example>',
      Date: 'Mon, 23 Nov 2026 09:00:00 +0000',
    }
    const before = (await w.cases()).length
    const raw = `From: clay@sellers.example\r\nMessage-ID: <both@sellers.example>\r\nDate: ${headers.Date}\r\nSubject: Both\r\n\r\nOne matter.`
    await w.send({ raw, to: 'appeals@shop.example' })
    await w.filer.idle()
    await w.send({ raw, to: ['legal@shop.example', 'appeals@shop.example'] })
    await w.send({ raw: `Received: by another way\r\n${raw}`, to: 'legal@shop.example' })
    await w.filer.idle()
    expect((await w.cases()).length).toBe(before + 1)
    const mail = (await w.mails()).at(-1)!
    const entries = (await w.entries()).filter(({ mail_id }) => mail_id === mail.id)
    expect(entries.map(({ channel }) => channel)).toEqual(['email', 'legal'])
    const joined = (await w.eventsOf(mail.case_id!)).filter(({ kind }) => kind === 'case.mailed')
    expect(joined).toMatchObject([{ detail: { address: 'legal@shop.example' } }])
  })
})

describe('a sender who is not shown to be one we know', () => {
  test.each([
    ['a stranger', 'eve@elsewhere.example', 'eve@elsewhere.example', 'sender_unknown'],
    ['a forger of a seller', 'clay@sellers.example', 'eve@elsewhere.example', 'sender_forged'],
    ['a seller of two', 'both@sellers.example', 'both@sellers.example', 'sender_of_several'],
  ])('%s waits for a person', async (_, from, envelope, because) => {
    const before = (await w.letters()).length
    const mail = await w.filed({ from, envelope, text: 'Give me the account of clay.' })
    expect(mail).toMatchObject({ state: 'held', held_because: because, case_id: null })
    expect(mail.due_at).not.toBeNull()
    const replies = (await w.letters()).slice(before)
    // Who forges a sender shall not make us write to anybody.
    expect(replies.length).toBe(because === 'sender_forged' ? 0 : 1)
    for (const { address, body, subject, seller_id } of replies) {
      expect([address, seller_id]).toEqual([envelope, null])
      expect(`${subject} ${JSON.stringify(body)}`).not.toMatch(/clay|A-\d|Q-\d|mask/i)
    }
  })

  test('a second From, and a name that looks like an address, hide nobody', async () => {
    const raw = (from: string) =>
      `${from}\r\nMessage-ID: <${from.length}@x.example>\r\nSubject: Hidden\r\n\r\nWords.`
    const envelope = 'eve@elsewhere.example'
    const two = await w.filed({
      raw: raw('From: clay@sellers.example\r\nFrom: eve@elsewhere.example'),
      envelope,
    })
    expect(two).toMatchObject({ state: 'held', held_because: 'sender_unclear' })
    const named = await w.filed({
      raw: raw('From: "clay@sellers.example" <eve@elsewhere.example>'),
      envelope,
    })
    expect(named).toMatchObject({ held_because: 'sender_unknown', from_address: envelope })
  })
})

describe('machines', () => {
  test('a bounce of a statement opens its appeal window again, and nobody is written to', async () => {
    const { decisionId } = await w.removedListing('l9', 'olga')
    const notice = (await w.letters()).find(
      ({ decision_id, kind }) => decision_id === decisionId && kind === 'statement',
    )!
    const at = w.app.now()
    await w.inside(async (tx) => {
      await tx
        .insertInto('sendings')
        .values({
          notice_id: notice.id,
          address: 'olga@sellers.example',
          accepted_at: at,
          tried_at: at,
        })
        .execute()
      await tx
        .updateTable('notices')
        .set({ state: 'sent', sent_at: at })
        .where('id', '=', notice.id)
        .execute()
      await tx
        .updateTable('statements')
        .set({ informed_at: at })
        .where('decision_id', '=', decisionId)
        .execute()
    })
    const before = (await w.letters()).length
    const cases = (await w.cases()).length
    const mail = await w.filed({
      envelope: '',
      to: 'bounces@shop.example',
      raw: bounceOf(`<${notice.id}@${setting.host}>`, 'olga@sellers.example'),
    })
    expect(mail).toMatchObject({ state: 'undelivered', notice_id: notice.id })
    const [measure] = await w.measures('l9')
    expect(measure?.informedAt).toBeNull()
    expect((await w.letters()).find(({ id }) => id === notice.id)).toMatchObject({
      state: 'waiting',
    })
    expect([(await w.letters()).length, (await w.cases()).length]).toEqual([before, cases])
  })

  test('a bounce of an outcome stops the time for a second look, for as long as nobody is told', async () => {
    const { seller, decisionId } = await w.removedListing('l10', 'petra')
    const aiko = await w.reviewer('Aiko')
    const objections = [{ decisionId, track: 'dispute' as const, text: 'Clay.', remedy: null }]
    const filed = await fileAppeal(w.app, seller, { objections, fileIds: [] }, null)
    const { caseId } = valueOf(filed)
    valueOf(await takeCase(w.app, aiko, caseId))
    const answers = (await w.case(caseId)).objections.map(({ id }) => ({
      objectionId: id,
      power: 'deny' as const,
      reasons: 'It is a mask.',
    }))
    valueOf(await decideCase(w.app, aiko, { caseId, answers }))
    const notice = (await w.letters()).find(
      ({ case_id, kind }) => case_id === caseId && kind === 'outcome',
    )!
    const at = w.app.now()
    await w.inside(async (tx) => {
      await tx
        .insertInto('sendings')
        .values({
          notice_id: notice.id,
          address: 'petra@sellers.example',
          accepted_at: at,
          tried_at: at,
        })
        .execute()
      await tx
        .updateTable('notices')
        .set({ state: 'sent', sent_at: at })
        .where('id', '=', notice.id)
        .execute()
      await tx
        .updateTable('cases')
        .set({ contest_by: new Date(at.getTime() + 180 * 86_400_000) })
        .where('id', '=', caseId)
        .execute()
    })
    await w.filed({
      envelope: '',
      to: 'bounces@shop.example',
      raw: bounceOf(`<${notice.id}@${setting.host}>`, 'petra@sellers.example'),
    })
    expect(await w.case(caseId)).toMatchObject({ state: 'answered', contestBy: null })
  })

  test.each([
    ['an absence note', { 'Auto-Submitted': 'auto-replied' }, 'clay@sellers.example', 'kept'],
    ['a subject of absence', { Subject: 'Out of office: hello' }, 'clay@sellers.example', 'kept'],
    ['a list', { 'List-Id': '<all.sellers.example>' }, 'clay@sellers.example', 'held'],
  ])('%s opens nothing and gets no answer', async (_, headers, from, state) => {
    const [notices, cases] = [(await w.letters()).length, (await w.cases()).length]
    const { Subject: subject = 'Hello', ...rest } = headers as Record<string, string>
    const mail = await w.filed({ from, subject, headers: rest })
    expect(mail.state).toBe(state)
    expect([(await w.letters()).length, (await w.cases()).length]).toEqual([notices, cases])
  })
})

describe('what is hostile', () => {
  test('an address that is none of ours, or in another domain, is refused', async () => {
    for (const to of ['nobody@shop.example', 'appeals@elsewhere.example'])
      await expect(w.send({ to })).rejects.toMatchObject({ responseCode: 550 })
  })

  test('markup that tries to script a desk is words, and a file that lies is bytes', async () => {
    const mail = await w.filed({
      raw: [
        'From: clay@sellers.example',
        'Message-ID: <html@sellers.example>',
        'Subject: =?utf-8?q?a=0Ab=0D=0ABcc:_x?=',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/html',
        '',
        '<style>p{}</style><p onclick=alert(1)>Hello<script>alert(2)</script></p><img src=x onerror=alert(3)>',
        '--b',
        'Content-Type: application/pdf; name="../../invoice.pdf"',
        'Content-Disposition: attachment; filename="../../invoice.pdf"',
        '',
        '<html><script>alert(4)</script></html>',
        '--b--',
      ].join('\r\n'),
    })
    expect(mail.words).toBe('Hello')
    expect(mail.subject).not.toMatch(/[\r\n]/)
    const files = await w.inside((tx) =>
      tx
        .selectFrom('files')
        .select(['name', 'media_type'])
        .where('case_id', '=', mail.case_id!)
        .execute(),
    )
    expect(files).toEqual([{ name: 'invoice.pdf.bin', media_type: 'application/octet-stream' }])
  })

  test('parts within parts without end wait for a person, and the next message is filed', async () => {
    const depth = 5_000
    const open = Array.from(
      { length: depth },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}`,
    )
    const bomb = await w.filed({
      raw: `From: clay@sellers.example\r\nSubject: Deep\r\n${open.join('\r\n')}\r\n\r\nend`,
    })
    expect(bomb).toMatchObject({ state: 'held', held_because: 'unreadable' })
    expect(await w.filed({ to: 'support@shop.example', subject: 'After it' })).toMatchObject({
      state: 'filed',
    })
  })

  test('a message beyond 20 MB is refused before it is kept', async () => {
    await expect(
      w.send({ raw: `Subject: Big\r\n\r\n${'x'.repeat(76)}\r\n`.repeat(300_000) }),
    ).rejects.toMatchObject({ responseCode: 552 })
  })

  test('a flood of one sender is asked to come later while another is served', async () => {
    const codes: number[] = []
    for (let at = 0; at < 40; at++)
      await w
        .send({ from: 'flood@elsewhere.example', subject: `Flood ${at}` })
        .catch((error: { responseCode: number }) => codes.push(error.responseCode))
    expect([...new Set(codes)]).toEqual([451])
    expect(codes.length).toBeGreaterThan(5)
    expect(await w.filed({ to: 'support@shop.example', subject: 'Honest' })).toMatchObject({
      state: 'filed',
    })
    // The receipts stop as well.
    const receipts = (await w.letters()).filter(
      ({ address }) => address === 'flood@elsewhere.example',
    )
    expect(receipts.length).toBe(5)
  }, 30_000)
})

test('who was cut off before 250 sends again, and nothing is doubled', async () => {
  // A sender of its own, whose minute no other test has used up.
  const raw =
    'From: twice@sellers.example\r\nMessage-ID: <again@sellers.example>\r\nSubject: Again\r\n\r\nOnce.'
  await w.send({ raw, from: 'twice@sellers.example' })
  const other = createTransport({ host: '127.0.0.1', port: w.port, ignoreTLS: true })
  for (let at = 0; at < 3; at++)
    await other.sendMail({
      envelope: { from: 'twice@sellers.example', to: 'appeals@shop.example' },
      raw,
    })
  other.close()
  await w.filer.idle()
  const mails = (await w.mails()).filter(
    ({ message_id }) => message_id === '<again@sellers.example>',
  )
  expect(mails.length).toBe(1)
})

test('what waits is overdue in the time of a question, and the officer is called until a person settles it', async () => {
  const mail = await w.filed({ from: 'late@elsewhere.example' })
  w.advance(mail.due_at!.getTime() - w.app.now().getTime() + 1_000)
  await w.fireDue()
  const after = (await w.mails()).find(({ id }) => id === mail.id)!
  expect(after.overdue_since).toEqual(mail.due_at)
  expect(
    (await w.letters()).some(({ subject }) => subject.startsWith(`Mail M-${mail.number} was due`)),
  ).toBe(true)
  expect(w.logged).toEqual([])
})

function bounceOf(messageId: string, address: string): string {
  return [
    'From: MAILER-DAEMON@mx.sellers.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Message-ID: <dsn@mx.sellers.example>',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
    '',
    '--r',
    '',
    'It could not be delivered.',
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.sellers.example',
    '',
    `Final-Recipient: rfc822; ${address}`,
    'Action: failed',
    'Status: 5.1.1',
    '--r',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '--r--',
  ].join('\r\n')
}

test('mail comes in over TLS where the door has a certificate, and is filed the same', async () => {
  // The one that the library brings for tries on one machine.
  const require = createRequire(import.meta.url)
  const path = join(dirname(require.resolve('smtp-server')), 'tls-options.js')
  const own = require(path) as { default: (given: object) => { key: string; cert: string } } // as that file is written
  const { key, cert } = own.default({})
  const door = await openSmtpDoor(w.app, {
    host: '127.0.0.1',
    port: 0,
    setting,
    tls: { key, cert },
    onKept: () => w.filer.wake(),
  })
  const transport = createTransport({
    host: '127.0.0.1',
    port: door.port,
    requireTLS: true,
    tls: { rejectUnauthorized: false },
    name: 'mx.sellers.example',
  })
  try {
    await transport.sendMail({
      from: 'clay@sellers.example',
      to: 'support@shop.example',
      subject: 'Over TLS',
      text: 'Is it sealed?',
    })
    await w.filer.idle()
    expect((await w.mails()).at(-1)).toMatchObject({ state: 'filed', subject: 'Over TLS' })
  } finally {
    transport.close()
    await door.close()
  }
})
