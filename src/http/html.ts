/** HTML that the server writes itself: few pages, no script, everything escaped. */

/** HTML that is safe to send as it is. */
export interface Html {
  readonly html: string
}

type Part = string | number | Html | readonly Part[]

/** Writes HTML; whatever is put in between is escaped unless it is HTML already. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return {
    html: strings.reduce((page, piece, index) => page + shown(parts[index - 1] ?? '') + piece),
  }
}

function shown(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  if ('html' in part) return part.html
  return part.map(shown).join('')
}

/** Text as it may stand in HTML, also within quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** A text that cannot turn around the words that stand beside it; what was judged is quoted as it is elsewhere. */
export function unturned(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
}

/** A whole page in plain type: white paper, dark ink, one blue. */
export function pageOf({
  title,
  body,
  lang = 'en',
}: {
  title: string
  body: Html
  lang?: string
}): string {
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          :root {
            --page: #f5f5f2;
            --surface: #fff;
            --line: #dcdcd5;
            --ink: #14171f;
            --ink2: #474b57;
            --pen: #2236c5;
            --mark: #ffe48a;
            --sunk: #ecece7;
          }
          @media (prefers-color-scheme: dark) {
            :root {
              --page: #0e1015;
              --surface: #161920;
              --line: #2c313c;
              --ink: #ecedf1;
              --ink2: #b8bcc8;
              --pen: #9db0ff;
              --mark: #5a4a0c;
              --sunk: #1e222b;
            }
          }
          body {
            margin: 0;
            background: var(--page);
            color: var(--ink);
            font:
              15px/23px system-ui,
              -apple-system,
              'Segoe UI',
              Roboto,
              sans-serif;
          }
          main {
            max-width: 760px;
            margin: 40px auto;
            padding: 0 16px;
            overflow-wrap: anywhere;
          }
          h1 {
            font-size: 26px;
            line-height: 34px;
            font-weight: 600;
            letter-spacing: -0.02em;
          }
          h2 {
            font-size: 18px;
            line-height: 26px;
            font-weight: 600;
            margin-top: 40px;
          }
          h3 {
            font-size: 15px;
            line-height: 22px;
            font-weight: 600;
            margin-top: 28px;
          }
          a {
            color: var(--pen);
          }
          :focus-visible {
            outline: 2px solid var(--pen);
            outline-offset: 2px;
          }
          code,
          pre {
            font:
              13px/19px ui-monospace,
              'SF Mono',
              Menlo,
              Consolas,
              monospace;
          }
          code {
            background: var(--sunk);
            border-radius: 4px;
            padding: 1px 4px;
          }
          pre {
            background: var(--sunk);
            border-radius: 8px;
            padding: 12px;
            white-space: pre-wrap;
          }
          pre code {
            padding: 0;
          }
          table {
            border-collapse: collapse;
            width: 100%;
          }
          th,
          td {
            text-align: left;
            vertical-align: top;
            padding: 8px 12px 8px 0;
            border-bottom: 1px solid var(--line);
          }
          th {
            font-weight: 500;
            color: var(--ink2);
            font-size: 12px;
          }
          blockquote,
          .quoted {
            font:
              16px/24px ui-serif,
              Charter,
              'Iowan Old Style',
              Georgia,
              serif;
            margin: 0;
          }
          blockquote {
            background: var(--surface);
            border: 1px solid var(--line);
            border-radius: 8px;
            padding: 12px 16px;
          }
          mark {
            background: var(--mark);
            color: inherit;
            border-bottom: 2px solid #a88000;
          }
          .second {
            color: var(--ink2);
          }
          button {
            font: inherit;
            font-weight: 500;
            min-height: 44px;
            padding: 8px 20px;
            border: 0;
            border-radius: 6px;
            background: var(--pen);
            color: var(--surface);
            cursor: pointer;
          }
          iframe {
            width: 100%;
            height: 70vh;
            border: 1px solid var(--line);
            border-radius: 8px;
            background: #fff;
          }
          dl {
            display: grid;
            grid-template-columns: minmax(5rem, 11rem) minmax(0, 1fr);
            gap: 8px 16px;
          }
          dt {
            color: var(--ink2);
          }
          dd {
            margin: 0;
          }
          @media print {
            body {
              background: none;
            }
            main {
              margin: 0;
              max-width: none;
            }
            .screen {
              display: none;
            }
          }
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`.html
}
