/** The printable statement of reasons: the same object as page and mail, on paper, with the matched words marked. */
import type { FastifyInstance } from 'fastify'
import { inHundred, signed, type Evidence } from '../core/finding.ts'
import { fieldsOf, fieldText, type ListingText } from '../core/listing.ts'
import {
  statementFacts,
  statementSections,
  statementTitle,
  type Statement,
} from '../core/statement.ts'
import { fieldName } from '../core/matched-text.ts'
import { sayTime } from '../core/saying.ts'
import { wordsIn } from '../core/words.ts'
import { readStatement } from '../operations/statement.ts'
import type { Api } from './api.ts'
import type { Door } from './door.ts'
import { html, pageOf, unturned, type Html } from './html.ts'
import { sendPage } from './pages.ts'
import { refuseRequest, valueOf } from './problem.ts'
import { isReadable } from './readable.ts'

/** Adds the page. */
export function serveStatementPrint(server: FastifyInstance, door: Door, api: Api): void {
  server.get<{ Params: { decisionId: string } }>(
    '/statements/:decisionId/print',
    { config: { command: 'statement.print' } },
    async (request, reply) => {
      const { who } = await api.ask(request, reply)
      const { decisionId } = request.params
      if (!isReadable(decisionId)) refuseRequest('not_found')
      const { measure, seller } = valueOf(
        await readStatement(door.app, who, decisionId, 'statement.print'),
      )
      const page = printStatement(measure.statement, {
        marketplace: door.app.marketplace,
        timeZone: seller.timeZone,
      })
      return sendPage(reply, page)
    },
  )
}

/** The whole page, without script. */
export function printStatement(
  statement: Statement,
  { marketplace, timeZone }: { marketplace: string; timeZone: string },
): string {
  const { facts, seller, number, language } = statement
  const words = wordsIn(language).statement
  const body = html`<header>
      <p class="second">${words.documentFor(marketplace, number, seller.name)}</p>
      <h1>${unturned(statementTitle(statement))}</h1>
      <p>
        ${words.taken(
          sayTime(new Date(statement.takenAt), timeZone, { withYear: true, language }),
          timeZone,
        )}
      </p>
    </header>
    ${facts.text === null ? html`` : judgedText(statement, facts.text)}
    ${statementSections(statement).map(
      ({ heading, paragraphs, written }) =>
        html`<section>
          <h2>${heading}</h2>
          ${paragraphs.map((paragraph, place) =>
            written?.includes(place)
              ? html`<p lang="">${unturned(paragraph)}</p>`
              : html`<p>${unturned(paragraph)}</p>`,
          )}
        </section>`,
    )}
    <section>
      <h2>${words.inShort}</h2>
      <dl>
        ${statementFacts(statement).map(
          ({ label, words }) =>
            html`<dt>${label}</dt>
              <dd>${words}</dd>`,
        )}
      </dl>
    </section>`
  return pageOf({ title: words.document(number), body, lang: language })
}

function judgedText(statement: Statement, text: ListingText): Html {
  const { evidence } = statement.facts
  return html`<section>
    <h2>${wordsIn(statement.language).statement.judgedText}</h2>
    <dl>
      ${fieldsOf(text).map(
        (field) =>
          html`<dt>${fieldName(field, statement.language)}</dt>
            <dd class="quoted">${markedField(evidence, fieldText(text, field) ?? '', field)}</dd>`,
      )}
    </dl>
    ${sumOf(statement)}
  </section>`
}

/** A field's text with its matched words marked; words matched twice are marked once. */
function markedField(evidence: Evidence[], text: string, field: string): Html[] {
  const spans = evidence
    .flatMap((term) => (term.field === field && hasPlace(term) ? [term] : []))
    .filter(({ start, end }) => start >= 0 && end <= text.length)
    .sort((a, b) => a.start - b.start)
  const pieces: Html[] = []
  let at = 0
  for (const { start, end } of spans) {
    if (end <= at) continue
    const from = Math.max(start, at)
    pieces.push(html`${text.slice(at, from)}<mark>${text.slice(from, end)}</mark>`)
    at = end
  }
  return [...pieces, html`${text.slice(at)}`]
}

function hasPlace(term: Evidence): term is Evidence & { start: number; end: number } {
  return term.start !== null && term.end !== null && term.end > term.start
}

function sumOf({ facts }: Statement): Html {
  if (facts.score === null || facts.evidence.length === 0) return html``
  const sum = facts.evidence.reduce((total, { weight }) => total + weight, 0)
  return html`<h3>How that adds up to ${inHundred(facts.score)}</h3>
    <table>
      <thead>
        <tr>
          <th scope="col">What was seen</th>
          <th scope="col">Words</th>
          <th scope="col">Moves it by</th>
        </tr>
      </thead>
      <tbody>
        ${facts.evidence.map(
          ({ signal, text, weight }) =>
            html`<tr>
              <td>${signal}</td>
              <td class="quoted">${text ?? ''}</td>
              <td>${signed(weight)}</td>
            </tr>`,
        )}
        <tr>
          <td>Sum</td>
          <td>
            ${facts.threshold === null ? '' : `From ${inHundred(facts.threshold)} the rule may act by itself.`}
          </td>
          <td>${signed(sum)}, which is ${inHundred(facts.score)}</td>
        </tr>
      </tbody>
    </table>`
}
