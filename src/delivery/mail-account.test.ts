import { expect, test } from 'vitest'
import { statementNotice } from '../core/notice.ts'
import { Statement } from '../core/statement.ts'
import { composeMail } from '../operations/mail-message.ts'

/** A closing that was told and counts thirty days later. */
const closing = Statement.parse({
  decisionId: 'dec_1',
  number: 'D-1007',
  kind: 'impose',
  seller: { id: 'clay', name: 'Clay & Clover' },
  subject: { kind: 'account', id: 'clay', title: 'Clay & Clover' },
  measure: { name: 'account.close', tag: 'Closed', effect: 'Nobody can sign in to it.' },
  scope: 'Every country in which the marketplace sells',
  duration: {
    until: null,
    words: 'From Friday 25 December 2026 09:00; until then nothing changes.',
  },
  takenAt: '2026-11-25T09:00:00Z',
  effectiveAt: '2026-12-25T09:00:00Z',
  facts: {
    narrative: 'Four parcels never arrived.',
    listingVersion: null,
    text: null,
    evidence: [],
    score: null,
    threshold: null,
  },
  ground: { policy: 'fraud', version: 1, title: 'Orders', text: 'What is sold is sent.' },
  automation: { detection: false, decision: false, words: 'Milan, a person, decided.' },
  wouldReverse: ['Show that they arrived.'],
  redress: {
    channels: ['The link in this notice, without signing in'],
    desk: 'Seller Performance',
    windowMonths: 6,
    words: 'You can appeal.',
    outside: ['Or go to court.'],
  },
})

test('the mail of a closing says from when it counts, and that nothing changes until then', () => {
  const { subject, body } = statementNotice(closing)
  expect(subject).toBe('Your account will be closed, because a person judged it under “Orders”.')
  expect(body.opening).toContain(
    'From Friday 25 December 2026 09:00; until then nothing changes. This is decision D-1007',
  )
})

test('the mail about an account speaks of no listing text and of no matched words', () => {
  const { subject, body } = statementNotice(closing)
  const mail = composeMail(
    {
      id: 'n1',
      to: 'ines@clay.example',
      subject,
      body,
      address: 'https://the-bazaar.example/link/x',
    },
    { marketplace: 'The Bazaar', host: 'the-bazaar.example' },
  )
  for (const words of [mail.text, mail.html]) {
    expect(words.toLowerCase()).not.toContain('as it was judged')
    expect(words).not.toContain('matched')
    expect(words).toContain('Four parcels never arrived.')
    expect(words).toContain('https://the-bazaar.example/link/x')
  }
})
