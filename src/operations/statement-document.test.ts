/** The document of a statement: the same words as mail and page, tagged, searchable, and bounded. */
import { expect, test } from 'vitest'
import { withoutSpaces, wordsOfPdf } from '../../test/pdf-text.ts'
import type { Evidence } from '../core/finding.ts'
import type { ListingText } from '../core/listing.ts'
import {
  statementFacts,
  statementSections,
  statementTitle,
  type Statement,
} from '../core/statement.ts'
import { makeStatementDocument } from './statement-document.ts'

const letterhead = {
  marketplace: 'The Bazaar',
  timeZone: 'Europe/Berlin',
  address: 'https://bazaar.example/link/abc.def',
}

function statementOf(text: Partial<ListingText> = {}, over: Partial<Statement> = {}): Statement {
  const full = {
    title: 'Kaolin face mask',
    description: 'Für die Haut. Маска из глины, قناع طيني.',
    bullets: [],
    brand: '',
    category: '',
    attributes: {},
    ...text,
  }
  const evidence: Evidence[] = [
    { field: 'title', start: 12, end: 16, text: 'mask', signal: 'mask', weight: 5 },
  ]
  return {
    decisionId: 'dec_1',
    language: 'en',
    number: 'D-1004',
    kind: 'impose',
    seller: { id: 's', name: 'Lind & Söhne' },
    subject: { kind: 'listing', id: 'l1', title: full.title },
    measure: { name: 'listing.deactivate', tag: 'Off sale', effect: 'The listing is off sale.' },
    terms: null,
    scope: 'Every country',
    duration: { until: null, words: 'Until a person lifts it.' },
    takenAt: '2026-11-23T09:00:00.000Z',
    effectiveAt: '2026-11-23T09:00:00.000Z',
    facts: {
      narrative: 'Ein Käufer schrieb: “Das ist keine Maske”.',
      listingVersion: 1,
      text: full,
      evidence,
      score: 0.95,
      threshold: 0.9,
    },
    ground: { policy: 'masks', version: 1, title: 'Protective masks', text: 'Masks are for some.' },
    automation: {
      detection: true,
      decision: false,
      words: 'Milan, a person, decided.',
      withheld: null,
    },
    wouldReverse: ['Take the word out.', 'Say that it is wrong.'],
    exhibits: [],
    redress: {
      channels: ['button'],
      desk: 'Seller Performance',
      windowMonths: 6,
      words: 'You can appeal within 6 months.',
      outside: ['You can go to court.'],
    },
    ...over,
  }
}

test('the document holds every word of the statement, the matched words marked, and the way to appeal', async () => {
  const statement = statementOf()
  const { bytes, name } = await makeStatementDocument(statement, letterhead)
  const words = wordsOfPdf(bytes)
  expect(name).toBe('D-1004.pdf')
  const all = [
    statementTitle(statement),
    ...statementSections(statement).flatMap(({ heading, paragraphs }) => [heading, ...paragraphs]),
    ...statementFacts(statement).flatMap(({ label, words: fact }) => [label, fact]),
    'Kaolin face «mask»',
    'statement of reasons D-1004, for Lind & Söhne',
    letterhead.address,
  ]
  for (const part of all) expect(words).toContain(withoutSpaces(part))
})

test('what a document says to a search does not depend on the one drawn before it', async () => {
  // Cyrillic letters whose glyphs are drawn with those of Latin ones.
  await makeStatementDocument(statementOf({ title: 'ЅЈІХУТРОНМКЕСВА' }), letterhead)
  const { bytes } = await makeStatementDocument(
    statementOf({ title: 'SJIXYTPOHMKECBA' }),
    letterhead,
  )
  expect(wordsOfPdf(bytes)).toContain('Title:SJIXYTPOHMKECBA')
})

test('the document says its title and language, has headings, and its link can be pressed', async () => {
  const { bytes } = await makeStatementDocument(statementOf({}, { language: 'de' }), letterhead)
  const raw = bytes.toString('latin1')
  expect(raw).toContain('/Marked true')
  expect(raw).toContain('/DisplayDocTitle true')
  expect(raw).toMatch(/\/Lang \(de\)/)
  expect(raw).toMatch(/\/S \/H1/)
  expect(raw.match(/\/S \/H2/g)?.length).toBeGreaterThan(5)
  expect(raw).toMatch(/\/S \/Link/)
  expect(raw).toContain(`/URI (${letterhead.address})`)
  expect(wordsOfPdf(bytes)).toContain('DieRegelimWortlaut')
})

test('what no font of ours shows stands as a box, and the document says where it is whole', async () => {
  const { bytes } = await makeStatementDocument(statementOf({ title: '口罩 a mask' }), letterhead)
  const words = wordsOfPdf(bytes)
  expect(words).toContain('□□a')
  expect(words).toContain(withoutSpaces('The mail and the page have them all.'))
})

test('long and strange texts are cut where it is said, and take neither time nor room', async () => {
  const strange = [
    'x'.repeat(500_000),
    'e\u0301\u0323'.repeat(100_000),
    '\u202eabc '.repeat(50_000),
    'a\n'.repeat(100_000),
    '😀'.repeat(50_000),
  ]
  for (const text of strange) {
    const started = performance.now()
    const { bytes } = await makeStatementDocument(
      statementOf({}, { ground: { policy: 'm', version: 1, title: 'M', text } }),
      letterhead,
    )
    expect(performance.now() - started).toBeLessThan(20_000)
    expect(bytes.length).toBeLessThan(1_000_000)
    expect(wordsOfPdf(bytes)).toContain(withoutSpaces('is too long for this document'))
  }
})
