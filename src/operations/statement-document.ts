/** The statement of reasons as a document to keep: the words of mail and page, tagged and searchable. */
import type { Language } from '../core/language.ts'
import { fieldName, matchedText } from '../core/matched-text.ts'
import { knownZone, sayTime } from '../core/saying.ts'
import {
  statementFacts,
  statementSections,
  statementTitle,
  type Statement,
} from '../core/statement.ts'
import { wordsIn } from '../core/words.ts'
import type { Block, Run } from './document-page.ts'

export interface StatementDocument {
  name: string
  bytes: Buffer
}

interface Letterhead {
  marketplace: string
  timeZone: string
  /** Where the statement is read and appealed. */
  address: string
}

/** How many characters of one paragraph, and of all of them, are drawn: the page has the rest. */
const mostOfParagraph = 20_000
const mostOfAll = 60_000

/** Draws it. However long and strange its texts are, it takes seconds at most and some hundred kilobytes. */
export async function makeStatementDocument(
  statement: Statement,
  letterhead: Letterhead,
): Promise<StatementDocument> {
  const { language, number } = statement
  const words = wordsIn(language).statement
  const facts = {
    title: words.document(number),
    author: letterhead.marketplace,
    language,
    createdAt: new Date(statement.takenAt),
    foot: (page: number, of: number) => `${words.document(number)}. ${words.page(page, of)}`,
  }
  // The library that draws is large, and most programs that could draw a document draw none.
  const { canDraw, drawDocument } = await import('./document-page.ts')
  const blocks = bounded(blocksOf(statement, letterhead), language)
  // What cannot be drawn is said at the head, where it is read before it is missed.
  const head = canDraw(blocks) ? [] : [said('P', words.notShown)]
  const bytes = await drawDocument(facts, [...blocks.slice(0, 3), ...head, ...blocks.slice(3)])
  return { name: `${number}.pdf`, bytes }
}

function blocksOf(statement: Statement, { marketplace, timeZone, address }: Letterhead): Block[] {
  const { language, number, seller, takenAt, facts } = statement
  const words = wordsIn(language).statement
  const at = sayTime(new Date(takenAt), timeZone, { withYear: true, language })
  const link: Block[] = [
    said('P', `${facts.evidence.length > 0 ? words.linkMatched : words.link}:`),
    { tag: 'P', runs: [{ text: address }], address },
  ]
  const sections = statementSections(statement).flatMap((section, place) => [
    said('H2', section.heading),
    ...section.paragraphs.map((text, of): Block =>
      section.written?.includes(of)
        ? { tag: 'BlockQuote', runs: [{ text, isWritten: true }], language: 'und' }
        : said('P', text),
    ),
    ...(place === 0 ? judged(statement) : []),
  ])
  return [
    said('P', words.documentFor(marketplace, number, seller.name)),
    said('H1', statementTitle(statement)),
    said('P', words.taken(at, knownZone(timeZone))),
    ...link,
    ...sections,
    said('H2', words.inShort),
    ...statementFacts(statement).map(({ label, words: fact }): Block => ({
      tag: 'P',
      runs: [{ text: `${label}: `, isBold: true }, { text: fact }],
    })),
    ...link,
  ]
}

/** The judged words with what matched marked, for eyes by colour and line and for others by «signs». */
function judged(statement: Statement): Block[] {
  const { facts, language } = statement
  if (facts.text === null) return []
  const { judgedText, judgedMarked } = wordsIn(language).statement
  return [
    said('H2', facts.evidence.length > 0 ? judgedMarked : judgedText),
    ...matchedText(statement).map(({ field, pieces }): Block => ({
      tag: 'BlockQuote',
      language: 'und',
      runs: [
        { text: `${fieldName(field, language)}: ` },
        ...pieces.map(({ text, isMatched }): Run => ({
          text: isMatched ? `«${text}»` : text,
          isMarked: isMatched,
          isWritten: true,
        })),
      ],
    })),
  ]
}

function said(tag: Block['tag'], text: string): Block {
  return { tag, runs: [{ text }] }
}

/** No more than can be drawn in a moment; where something is cut, that is said. */
function bounded(blocks: readonly Block[], language: Language): Block[] {
  let left = mostOfAll
  return blocks.map((block) => {
    const room = Math.min(mostOfParagraph, Math.max(left, 400))
    const length = block.runs.reduce((sum, { text }) => sum + text.length, 0)
    left -= Math.min(length, room)
    if (length <= room) return block
    return {
      ...block,
      runs: [...cut(block.runs, room), { text: ` … ${wordsIn(language).statement.cut}` }],
    }
  })
}

function cut(runs: readonly Run[], room: number): Run[] {
  const kept: Run[] = []
  let left = room
  for (const run of runs) {
    if (left <= 0) break
    kept.push({ ...run, text: run.text.slice(0, left).replace(/[\uD800-\uDBFF]$/, '') })
    left -= run.text.length
  }
  return kept
}
