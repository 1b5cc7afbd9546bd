/** The words of a PDF as a search finds them: glyphs of its text back to characters by the maps that it carries itself. */
import { inflateSync } from 'node:zlib'

/** All text in the order in which it is drawn, without spaces: where lines break is the document's own. */
export function wordsOfPdf(bytes: Buffer): string {
  const raw = bytes.toString('latin1')
  const objects = new Map<string, { head: string; data: string | null }>()
  for (const [, id = '', body = ''] of raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const start = body.indexOf('\nstream\n')
    const head = start < 0 ? body : body.slice(0, start)
    const stream = start < 0 ? null : body.slice(start + 8, body.lastIndexOf('\nendstream'))
    const data =
      stream === null
        ? null
        : head.includes('FlateDecode')
          ? inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')
          : stream
    objects.set(id, { head, data })
  }
  const fonts = new Map<string, Map<number, string>>()
  for (const { head } of objects.values())
    for (const [, name = '', id = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? '')?.[1] ?? ''
      fonts.set(name, charactersOf(objects.get(map)?.data ?? ''))
    }
  let words = ''
  const pages = [...objects.values()].flatMap(({ head }) =>
    /\/Type \/Page\b/.test(head) ? (/\/Contents (\d+) 0 R/.exec(head)?.[1] ?? []) : [],
  )
  for (const id of pages) {
    let font = new Map<number, string>()
    const content = objects.get(id)?.data ?? ''
    for (const [, name, hex] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/gi))
      if (name !== undefined) font = fonts.get(name) ?? font
      else
        for (const glyph of (hex ?? '').match(/.{4}/g) ?? [])
          words += font.get(parseInt(glyph, 16)) ?? '?'
  }
  return withoutSpaces(words)
}

/** Text without spaces and without what has no shape, to compare it with. */
export function withoutSpaces(text: string): string {
  return text.replaceAll(/\s+/g, '')
}

/** What each glyph of a font stands for: in a map made by hand of ranges, each with its list. */
function charactersOf(map: string): Map<number, string> {
  const characters = new Map<number, string>()
  for (const [, from = '', , list = ''] of map.matchAll(
    /<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi,
  ))
    for (const [place, [, code = '']] of [...list.matchAll(/<([0-9a-f ]+)>/gi)].entries())
      characters.set(
        parseInt(from, 16) + place,
        Buffer.from(code.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      )
  return characters
}
