import PostalMime from 'postal-mime'
import fc from 'fast-check'
import { createTransport } from 'nodemailer'
import { describe, expect, test } from 'vitest'
import type { Evidence } from '../core/finding.ts'
import type { ListingText } from '../core/listing.ts'
import { statementNotice } from '../core/notice.ts'
import type { Statement } from '../core/statement.ts'
import { matchedText } from '../core/matched-text.ts'
import { composeMail } from './mail-message.ts'

const letterhead = { marketplace: 'The <Bazaar>', host: 'bazaar.example' }

function statement(
  text: Partial<ListingText>,
  evidence: [field: string, start: number, end: number][],
): Statement {
  const full = {
    title: 'Clay face mask',
    description: '',
    bullets: [],
    brand: '',
    category: '',
    attributes: {},
    ...text,
  }
  return {
    decisionId: 'dec_1',
    language: 'en',
    number: 'D-1004',
    kind: 'impose',
    seller: { id: 's', name: 'Clay & co' },
    subject: { kind: 'listing', id: 'l1', title: full.title },
    measure: { name: 'listing.deactivate', tag: 'Off sale', effect: 'The listing is off sale.' },
    terms: null,
    scope: 'Every country',
    duration: { until: null, words: 'Until it is lifted.' },
    takenAt: '2026-11-23T09:00:00Z',
    effectiveAt: '2026-11-23T09:00:00Z',
    facts: {
      narrative: 'A rule matched words.',
      listingVersion: 1,
      text: full,
      evidence: evidence.map(([field, start, end]): Evidence => ({
        field,
        start,
        end,
        text: null,
        signal: 's',
        weight: 1,
      })),
      score: 0.95,
      threshold: 0.9,
    },
    ground: {
      policy: 'masks',
      version: 1,
      title: 'Protective masks',
      text: 'Masks are for approved sellers.',
    },
    automation: { detection: true, decision: true, words: 'A machine.', withheld: null },
    exhibits: [],
    wouldReverse: ['Take the word out.'],
    redress: {
      channels: ['button'],
      desk: 'performance',
      windowMonths: 6,
      words: 'Appeal.',
      outside: ['A court.'],
    },
  }
}

const mailOf = (told: Statement) => {
  const { subject, body } = statementNotice(told)
  return composeMail(
    { id: 'ntc_1', to: 'a@b.example', subject, body, address: 'https://bazaar.example/link/t.s' },
    letterhead,
  )
}
const marked = (told: Statement) =>
  Object.fromEntries(
    matchedText(told).map(({ field, pieces }) => [
      field,
      pieces.map(({ text, isMatched }) => (isMatched ? `«${text}»` : text)).join(''),
    ]),
  )

describe('the matched words', () => {
  test('are marked where they stand, once where two signals share them', () => {
    expect(
      marked(
        statement({ bullets: ['with clay', 'a dust mask'] }, [
          ['title', 10, 14],
          ['title', 5, 14],
          ['bullets[1]', 2, 11],
        ]),
      ),
    ).toEqual({
      title: 'Clay «face mask»',
      'bullets[1]': 'a «dust mask»',
    })
  })

  test('that cannot be there are left alone', () => {
    expect(
      marked(
        statement({}, [
          ['title', -1, 4],
          ['title', 3, 3],
          ['title', 8, 99],
          ['nowhere', 0, 4],
          ['attributes.__proto__', 0, 1],
        ]),
      ),
    ).toEqual({ title: 'Clay face mask' })
  })

  test('in a long text are shown with what is around them', () => {
    const long = `${'é🧼 '.repeat(2_000)}mask${' 🧼é'.repeat(2_000)}`
    const at = long.indexOf('mask')
    const { description = '' } = marked(
      statement({ description: long }, [['description', at, at + 4]]),
    )
    expect(description.length).toBeLessThan(500)
    expect(description).toContain('«mask»')
    // Half a character would throw.
    expect(() => encodeURIComponent(description)).not.toThrow()
  })

  test('never lose a letter of a short text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.array(fc.tuple(fc.nat(70), fc.nat(70)), { maxLength: 6 }),
        (title, spans) => {
          const told = statement(
            { title },
            spans.map(([start, end]) => ['title', start, end]),
          )
          expect(
            matchedText(told)
              .find(({ field }) => field === 'title')
              ?.pieces.map(({ text }) => text)
              .join('') ?? '',
          ).toBe(title)
        },
      ),
    )
  })
})

describe('a mail', () => {
  test('says the whole statement twice, as text and as HTML', () => {
    const mail = mailOf(statement({}, [['title', 10, 14]]))
    for (const words of [
      'A rule matched words.',
      'Masks are for approved sellers.',
      'Take the word out.',
      'D-1004',
      'https://bazaar.example/link/t.s',
    ]) {
      expect(mail.text).toContain(words)
      expect(mail.html).toContain(words)
    }
    expect(mail.text).toContain('Clay face «mask»')
    expect(mail.html).toMatch(/<mark [^>]+>mask<\/mark>/)
  })

  test('shows markup in a listing as the letters that it is', () => {
    const evil = '<script>alert(1)</script>"\'&<img src=x onerror=alert(1)> mask'
    const { html } = mailOf(
      statement({ title: evil, description: evil }, [
        ['title', 0, 8],
        ['description', 0, evil.length],
      ]),
    )
    expect(html).not.toMatch(/<script|<img/)
    expect(html).toContain('&lt;script&gt;')
    expect(html.match(/<bdi lang="">/g)).toHaveLength(2)
  })

  test('keeps its subject on one line, whatever the title holds', async () => {
    const titles = [
      'Mask\r\nBcc: thief@x.example\r\n\r\n<p>',
      'Mask\u2028\u0000\u0007 x',
      '\u202Eksam',
      '🧼'.repeat(2_000),
      'Mask =?utf-8?B?QmNj?=',
    ]
    for (const title of titles) {
      const { subject, to, text, messageId, headers } = mailOf(statement({ title }, []))
      expect(subject).not.toMatch(/[\p{Cc}\u2028\u202A-\u202E]/u)
      expect(subject).toContain('is off sale')
      const built = await createTransport({ streamTransport: true, buffer: true }).sendMail({
        from: 'n@b.example',
        to,
        subject,
        text,
        messageId,
        headers,
      })
      const parsed = await PostalMime.parse(built.message as Buffer)
      expect(parsed.headers.map(({ key }) => key)).not.toContain('bcc')
      expect(parsed.subject).toBe(subject)
      expect(parsed.messageId).toBe('<ntc_1@bazaar.example>')
    }
  })

  test('warns of passing on what a link opens', () => {
    expect(mailOf(statement({}, [])).text).toContain('only to people who may act for you')
    const link = { label: 'Sign in', decisionId: null, caseId: null }
    const body = { opening: 'Sign in.', sections: [], statement: null, link }
    const mail = composeMail(
      { id: 'm', to: 'a@b.example', subject: 'Sign in', body, address: 'https://b.example/x' },
      letterhead,
    )
    expect(mail.text).toContain('pass it on to nobody')
  })

  test('to our officer carries no link', () => {
    const body = { opening: 'Late.', sections: [], statement: null, link: null }
    const mail = composeMail(
      { id: 'ntc_2', to: 'o@b.example', subject: 'Late', body, address: null },
      letterhead,
    )
    expect(mail.html).not.toContain('<a ')
    expect(mail.text).toContain('officer named in the procedure')
  })
})
