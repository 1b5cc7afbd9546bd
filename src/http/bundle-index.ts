/** What stands at the head of a bundle: a page that runs nothing and reads anywhere, and the same as data. */
import { capital } from '../core/capital.ts'
import { caseNoun, caseOutcome } from '../core/case.ts'
import { sayDay, senderWords } from '../core/letter.ts'
import { deskTitle } from '../core/procedure.ts'
import { sayTime } from '../core/saying.ts'
import type { App } from '../operations/app.ts'
import type { Bundle } from '../operations/bundle.ts'
import { html, unturned, type Html } from './html.ts'

export interface BundleContents {
  statements: { path: string; number: string }[]
  files: { path: string; file: Bundle['files'][number] }[]
}

/** The case as data. */
export function bundleData(
  { view, number, timeline, letters, withheld, fingerprint }: Bundle,
  { statements, files }: BundleContents,
) {
  const { case: held, procedure, seller } = view
  return {
    fingerprint,
    case: {
      number,
      kind: held.kind,
      matter: held.matter,
      state: held.state,
      desk: deskTitle(procedure, held.desk),
      openedAt: held.openedAt.toISOString(),
      closedAt: held.closedAt?.toISOString() ?? null,
      outcome: caseOutcome(held),
    },
    seller: seller && { id: seller.id, name: seller.name },
    decisions: [...view.measures.values()].map(({ decision, statement, action, endedBy }) => ({
      id: decision.id,
      number: statement.number,
      kind: decision.kind,
      measure: decision.measure,
      takenAt: decision.takenAt.toISOString(),
      effectiveAt: decision.effectiveAt.toISOString(),
      endedAt: action.endedAt?.toISOString() ?? null,
      endedBy: endedBy && { kind: endedBy.kind, reasons: endedBy.reasons },
      statement,
      document: statements.find((each) => each.number === statement.number)?.path ?? null,
    })),
    objections: held.objections.map(
      ({ decisionId, track, text, remedy, exhibits, outcome, answer, answeredAt }) => ({
        decisionId,
        track,
        text,
        remedy,
        exhibits,
        outcome,
        answer,
        answeredAt: answeredAt?.toISOString() ?? null,
      }),
    ),
    timeline: timeline.map(({ at, who, words, quote }) => ({
      at: at.toISOString(),
      who,
      words,
      quote,
    })),
    letters: letters.map(({ sender, reference, writtenOn, receivedOn, text, outcome }) => ({
      from: { kind: sender.kind, name: sender.name },
      reference,
      writtenOn,
      receivedOn,
      text,
      outcome: outcome && {
        outcome: outcome.outcome,
        on: outcome.on,
        text: outcome.text,
        follows: outcome.follows,
      },
    })),
    files: files.map(({ path, file: { name, mediaType, size, sha256, receivedAt } }) => ({
      path,
      name,
      mediaType,
      size,
      sha256,
      receivedAt: receivedAt.toISOString(),
    })),
    withheld,
  }
}

/** The page to read it by. */
export function bundleIndex(
  { view, number, timeline, letters, withheld, fingerprint }: Bundle,
  { statements, files }: BundleContents,
  { marketplace, timeZone }: Pick<App, 'marketplace' | 'timeZone'>,
): string {
  const { case: held, seller } = view
  const title = `${capital(caseNoun(held.kind))} ${number}${seller ? ` of ${unturned(seller.name)}` : ''}`
  const time = (at: Date) => sayTime(at, timeZone, { withYear: true })
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="content-security-policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          body {
            max-width: 760px;
            margin: 40px auto;
            padding: 0 16px;
            font:
              16px/24px system-ui,
              sans-serif;
          }
          h1 {
            font-size: 26px;
            line-height: 34px;
          }
          h2 {
            margin-top: 40px;
            font-size: 18px;
          }
          dt {
            margin-top: 16px;
          }
          dd {
            margin: 0;
          }
          blockquote {
            margin: 8px 0;
            padding-left: 12px;
            border-left: 2px solid;
            font-family: Georgia, serif;
            white-space: pre-wrap;
            overflow-wrap: anywhere;
          }
          li {
            margin: 8px 0;
            overflow-wrap: anywhere;
          }
          code {
            font-size: 13px;
            overflow-wrap: anywhere;
          }
        </style>
      </head>
      <body>
        <p>${unturned(marketplace)}</p>
        <h1>${title}</h1>
        <p>
          Opened ${time(held.openedAt)}. Times are those of ${timeZone}. The same as data:
          <a href="case.json">case.json</a>.
        </p>
        <h2>What happened</h2>
        <dl>
          ${timeline.map(
            ({ at, words, quote }): Html =>
              html`<dt><time datetime="${at.toISOString()}">${time(at)}</time></dt>
                <dd>
                  ${unturned(words)}
                  ${
                    quote === null || quote === ''
                      ? ''
                      : html`<blockquote>${unturned(quote)}</blockquote>`
                  }
                </dd>`,
          )}
        </dl>
        <h2>Statements of reasons</h2>
        ${
          statements.length === 0
            ? html`<p>No decision is contested in this case.</p>`
            : html`<ul>
                ${statements.map(
                  (each) =>
                    html`<li><a href="${each.path}">${each.number}, as it was told</a></li>`,
                )}
              </ul>`
        }
        <h2>Letters</h2>
        ${
          letters.length === 0
            ? html`<p>None.</p>`
            : html`<ul>
                ${letters.map(
                  ({ sender, receivedOn, reference, text }) =>
                    html`<li>
                      ${unturned(sender.name)}, ${senderWords[sender.kind]}, received
                      ${sayDay(receivedOn)}${reference === null ? '' : `, ${unturned(reference)}`}
                      <blockquote>${unturned(text)}</blockquote>
                    </li>`,
                )}
              </ul>`
        }
        <h2>Files</h2>
        ${
          files.length === 0
            ? html`<p>None.</p>`
            : html`<ul>
                ${files.map(
                  ({ path, file }) =>
                    html`<li>
                      <a href="${path}">${unturned(file.name)}</a>, received
                      ${time(file.receivedAt)}, ${file.size} bytes<br /><code
                        >SHA-256 ${file.sha256}</code
                      >
                    </li>`,
                )}
              </ul>`
        }
        <h2>What is not in this file, and why</h2>
        <ul>
          ${withheld.map((words) => html`<li>${words}</li>`)}
        </ul>
        <p><code>Fingerprint ${fingerprint}</code></p>
      </body>
    </html> `
  return page.html
}
