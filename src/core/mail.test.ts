import { describe, expect, test } from 'vitest'
import {
  contestedBy,
  fateOf,
  natureOf,
  receiptAddress,
  type Authenticity,
  type MailNature,
  type MailThread,
  type ReadMail,
} from './mail.ts'
import { mailboxAt } from './mail-address.ts'
import { ownWords, wordsOf } from './mail-words.ts'

const plain: ReadMail = {
  from: ['clay@sellers.example'],
  envelopeFrom: 'clay@sellers.example',
  subject: 'Hello',
  text: 'Words.',
  messageId: '<1@sellers.example>',
  references: [],
  headers: {},
  contentType: 'text/plain',
  report: null,
}
const byToken: MailThread = {
  shownBy: 'token',
  sellerId: 'clay',
  caseId: 'cas_1',
  decisionId: null,
}
const byReference: MailThread = { ...byToken, shownBy: 'reference' }

describe('what becomes of a mail', () => {
  const one = ['clay']
  test.each<[MailNature, Authenticity, MailThread | null, string[], string]>([
    ['person', 'pass', null, one, 'open'],
    ['person', 'pass', null, [], 'hold sender_unknown'],
    ['person', 'pass', null, ['clay', 'mona'], 'hold sender_of_several'],
    ['person', 'none', null, one, 'hold not_authenticated'],
    ['person', 'fail', null, one, 'hold sender_forged'],
    ['person', 'fail', null, [], 'hold sender_forged'],
    ['person', 'unchecked', null, one, 'hold not_checked'],
    ['person', 'none', byToken, [], 'join'],
    ['person', 'fail', byToken, [], 'join'],
    ['person', 'pass', byReference, one, 'join'],
    ['person', 'pass', byReference, ['clay', 'mona'], 'join'],
    ['person', 'pass', byReference, ['mona'], 'open'],
    ['person', 'none', byReference, one, 'hold not_authenticated'],
    ['person', 'pass', byReference, [], 'hold sender_unknown'],
    ['list', 'pass', null, one, 'hold from_list'],
    ['list', 'none', byToken, [], 'join'],
    ['auto-reply', 'pass', byToken, one, 'keep'],
    ['bounce', 'pass', byToken, one, 'mark-undelivered'],
  ])('of a %s with %s: case %#', (nature, authenticity, thread, sellers, becomes) => {
    const fate = fateOf({ mail: plain, nature, authenticity, thread, sellers })
    expect('because' in fate ? `${fate.does} ${fate.because}` : fate.does).toBe(becomes)
  })

  test('with no sender, or two, is for a person to say', () => {
    for (const from of [[], ['clay@sellers.example', 'eve@elsewhere.example']])
      expect(
        fateOf({
          mail: { from },
          nature: 'person',
          authenticity: 'pass',
          thread: null,
          sellers: one,
        }),
      ).toEqual({ does: 'hold', because: 'sender_unclear' })
  })
})

describe('what a mail is', () => {
  const status = (action: string, code: string) => ({
    type: 'delivery-status',
    recipients: [{ address: 'a@b.example', action, status: code }],
  })
  test.each<[string, Partial<ReadMail>, MailNature]>([
    ['words of a person', {}, 'person'],
    ['a failed delivery', { report: status('failed', '5.1.1') }, 'bounce'],
    ['a delay', { report: status('delayed', '4.4.1') }, 'auto-reply'],
    [
      'an old mail server',
      { from: ['mailer-daemon@x.example'], subject: 'Undelivered Mail' },
      'bounce',
    ],
    [
      'a receipt that it was read',
      { report: { type: 'disposition-notification', recipients: [] } },
      'auto-reply',
    ],
    ['a report of abuse', { report: { type: 'feedback-report', recipients: [] } }, 'auto-reply'],
    ['an absence note', { headers: { 'auto-submitted': 'auto-replied' } }, 'auto-reply'],
    [
      'an absence note that says so in its subject',
      { subject: 'Automatic reply: Hello' },
      'auto-reply',
    ],
    [
      'a person who says that no machine sent it',
      { headers: { 'auto-submitted': 'no' } },
      'person',
    ],
    ['nobody in the envelope', { envelopeFrom: '' }, 'auto-reply'],
    ['noreply', { from: ['no-reply@x.example'] }, 'auto-reply'],
    ['a list', { headers: { 'list-id': '<a.b>' } }, 'list'],
    ['bulk', { headers: { precedence: 'bulk' } }, 'list'],
    ['a person who writes about an auto repair', { subject: 'Auto parts: a question' }, 'person'],
  ])('%s', (_, change, nature) => {
    expect(natureOf({ ...plain, ...change })).toBe(nature)
  })
})

test('a receipt goes to no machine, no forged sender, no address of ours, and nothing that could be two', () => {
  const authentication = { result: 'none', spf: 'none', dkim: 'none', dmarc: 'none' } as const
  const to = (envelopeFrom: string, change: object = {}) =>
    receiptAddress({
      mail: { ...plain, envelopeFrom },
      nature: 'person',
      authentication: { ...authentication, ...change },
      domain: 'shop.example',
    })
  expect(to('eve@elsewhere.example')).toBe('eve@elsewhere.example')
  for (const address of [
    '',
    'noreply@x.example',
    'bounces+1@x.example',
    'appeals@shop.example',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
  ])
    expect([address, to(address)]).toEqual([address, null])
  expect(to('eve@elsewhere.example', { result: 'fail' })).toBeNull()
  expect(to('eve@elsewhere.example', { spf: 'fail' })).toBeNull()
})

test('a mail is about the decision that it names by number, or about the only one', () => {
  const [one, other] = [{ number: 1001 }, { number: 1002 }]
  const says = (text: string) => ({ subject: '', text })
  expect(contestedBy(says('Hello'), [one])).toBe(one)
  expect(contestedBy(says('Hello'), [one, other])).toBeNull()
  expect(contestedBy(says('About decision 1002.'), [one, other])).toBe(other)
  expect(contestedBy(says('1001 and 1002'), [one, other])).toBeNull()
  expect(contestedBy(says('Call 10021'), [one, other])).toBeNull()
})

test('our addresses are the channels that are no other door, in our domain alone', () => {
  const channels = { button: { needs: [] }, email: { needs: [] }, legal: { needs: [] } }
  const at = (address: string) =>
    mailboxAt(address, { procedure: { channels }, domain: 'shop.example' })
  expect(at('Appeals@Shop.Example')).toEqual({ channel: 'email', tag: '' })
  expect(at('appeals+cAB@shop.example')).toEqual({ channel: 'email', tag: 'cab' })
  expect(at('legal@shop.example')).toEqual({ channel: 'legal', tag: '' })
  expect(at('bounces+n1@shop.example')).toEqual({ channel: null, tag: 'n1' })
  expect(at('postmaster@shop.example')).toEqual({ channel: 'email', tag: '' })
  for (const none of [
    'button@shop.example',
    'email@shop.example',
    'appeals@evil.example',
    'appeals',
  ])
    expect([none, at(none)]).toEqual([none, null])
})

test('words are text: markup is taken out, and what is quoted below is not said again', () => {
  expect(wordsOf({ text: null, html: '<p>A&amp;B</p><script>x()</script><p>2 < 3' })).toBe(
    'A&B\n\n2 < 3',
  )
  expect(wordsOf({ text: 'a\0b\u202E', html: null })).toBe('ab\u202E')
  expect(ownWords('New.\n\nOn Monday, Recourse wrote:\n> Old.')).toBe('New.')
  expect(ownWords('New.\n-----Original Message-----\nFrom: x')).toBe('New.')
  expect(ownWords('> only\n> quoted')).toBe('> only\n> quoted')
  const hostile = '<'.repeat(500_000)
  expect(wordsOf({ text: null, html: hostile }).length).toBeLessThanOrEqual(20_000)
})
