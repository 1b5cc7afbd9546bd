/** The words of a mail as text: what its sender wrote now, without markup and without what they quoted. */

/** How many characters of a mail are shown; the whole of it is kept beside. */
export const mostWords = 20_000

/** A mail's own words: from its text, or from its markup where it has none. Never empty where it says anything. */
export function wordsOf({ text, html }: { text: string | null; html: string | null }): string {
  const plain = tidy(text ?? '')
  return (plain === '' && html !== null ? tidy(textOfHtml(html)) : plain).slice(0, mostWords)
}

/** What stands above the quoted messages below; all of it where nothing would be left. */
export function ownWords(words: string): string {
  const lines = words.split('\n')
  const quoted = lines.findIndex((line, at) => startsQuote(line, lines, at))
  const above = quoted < 0 ? lines : lines.slice(0, quoted)
  const last = above.findLastIndex((line) => line.trim() !== '' && !line.startsWith('>'))
  const own = above
    .slice(0, last + 1)
    .join('\n')
    .trim()
  return own === '' ? words.trim() : own
}

function startsQuote(line: string, lines: string[], at: number): boolean {
  if (
    /^-{2,} ?(original message|ursprüngliche nachricht|message d'origine) ?-{2,}$/i.test(
      line.trim(),
    )
  )
    return true
  if (/^_{10,}$/.test(line.trim()) && /^from: /i.test(lines[at + 1] ?? '')) return true
  // "On Monday, somebody wrote:" over a quote; the sentence may be broken over two lines.
  if (!/:\s*$/.test(line) || !/\b(wrote|schrieb|a écrit|escribió)\b/i.test(line)) return false
  return lines.slice(at + 1, at + 4).some((next) => next.startsWith('>'))
}

/** No character that a database or a page stumbles over, and not endless empty lines. */
function tidy(text: string): string {
  return text
    .slice(0, mostWords * 10)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\n\t])[\p{Cc}\p{Cs}\uFEFF]/gu, '')
    .replaceAll(/[ \t\u00A0]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** One line of a header, for people. */
export function lineOf(text: string, most = 250): string {
  const line = text
    .replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\uFEFF]+/gu, ' ')
    .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .trim()
  return [...line.slice(0, most * 2)].slice(0, most).join('')
}

const unseen = ['script', 'style', 'head', 'title', 'template']
const breaking =
  /^\/?(?:p|div|br|tr|li|ul|ol|table|h[1-6]|blockquote|hr|section|article|header|footer)$/

/** The words between the tags, in one pass from left to right, however the markup is broken. */
function textOfHtml(html: string): string {
  const markup = html.slice(0, mostWords * 50)
  const lower = markup.toLowerCase()
  const out: string[] = []
  let at = 0
  while (at < markup.length) {
    const open = markup.indexOf('<', at)
    if (open < 0) break
    out.push(markup.slice(at, open))
    const close = markup.startsWith('<!--', open)
      ? endOf(markup, '-->', open + 4)
      : endOf(markup, '>', open)
    const name = /^<(\/?[a-z][a-z0-9]*)/i.exec(markup.slice(open, open + 20))?.[1]?.toLowerCase()
    at = close
    if (name === undefined) {
      // A lone "<" is a word's; a declaration or a comment is nobody's.
      if (!/^<[!?/]/.test(markup.slice(open, open + 2))) {
        out.push('<')
        at = open + 1
      }
    } else if (unseen.includes(name)) {
      const end = lower.indexOf(`</${name}`, close)
      at = end < 0 ? markup.length : endOf(markup, '>', end)
    } else if (breaking.test(name)) out.push('\n')
  }
  out.push(markup.slice(at))
  return withoutEntities(out.join(''))
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
}

function endOf(markup: string, what: string, from: number): number {
  const found = markup.indexOf(what, from)
  return found < 0 ? markup.length : found + what.length
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  euro: '€',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
}

function withoutEntities(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
      ? String.fromCodePoint(code)
      : ' '
  })
}
