/** Pages of a document: tagged blocks of words flow down them, so that eyes, readers aloud and searches find the same. */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { create, type Font } from 'fontkit'
import PDFDocument from 'pdfkit'

/** Words drawn in one way. */
export interface Run {
  text: string
  /** What a rule matched. */
  isMarked?: boolean
  isBold?: boolean
  /** What somebody wrote: the third voice, in serif. */
  isWritten?: boolean
}

export interface Block {
  tag: 'H1' | 'H2' | 'P' | 'BlockQuote'
  runs: Run[]
  /** A BCP 47 tag where it is not the document's own; `und` where nobody told us. */
  language?: string
  /** Where a press on it leads. */
  address?: string
}

export interface DocumentFacts {
  title: string
  author: string
  language: string
  createdAt: Date
  /** What stands at the foot of each page. */
  foot: (page: number, of: number) => string
}

const edge = 62
const width = 595.28 - 2 * edge
const bottom = 841.89 - 72

const looks = {
  H1: { size: 17, line: 22, before: 0, after: 10 },
  H2: { size: 12, line: 17, before: 14, after: 4 },
  P: { size: 10, line: 15, before: 0, after: 6 },
  BlockQuote: { size: 10.5, line: 16, before: 0, after: 6 },
} as const
type Look = (typeof looks)[keyof typeof looks]

const inks = {
  text: '#14171F',
  mark: '#FFE48A',
  underline: '#A88000',
  link: '#2236C5',
  foot: '#646873',
}

const faces = { sans: 'DejaVuSans', bold: 'DejaVuSans-Bold', serif: 'DejaVuSerif' } as const
type Face = keyof typeof faces

let opened: Record<Face, Font> | null = null

/** The fonts are read once, when the first document is made: to take their tables apart is most of the work on one. */
function openFaces(): Record<Face, Font> {
  const { resolve } = createRequire(import.meta.url)
  const open = (face: Face): Font => {
    const font = create(readFileSync(resolve(`dejavu-fonts-ttf/ttf/${faces[face]}.ttf`)))
    if (!('hasGlyphForCodePoint' in font)) throw new Error(`open the font ${faces[face]}`)
    return font
  }
  return (opened ??= { sans: open('sans'), bold: open('bold'), serif: open('serif') })
}

/**
 * The fonts for one document. A font remembers each glyph with the characters for which it was first asked, and a glyph
 * that was only part of another (a Latin M of the Cyrillic one) with none. Remembered from another document that would
 * make text that looks right and is copied, searched and read aloud wrong, so each document begins with glyphs of its own.
 */
function facesForOneDocument(): Record<Face, Font> {
  const fonts = openFaces()
  for (const font of Object.values(fonts)) {
    if (!('_glyphs' in font))
      throw new Error('forget the glyphs of a font: it keeps them elsewhere')
    font._glyphs = {}
  }
  return fonts
}

/** Whether every character of the blocks can be drawn: what no font of ours has stands as □. */
export function canDraw(blocks: readonly Block[]): boolean {
  const { sans } = openFaces()
  return blocks.every(({ runs }) =>
    runs.every(({ text }) =>
      [...text].every(
        (character) =>
          /\s/.test(character) || sans.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
      ),
    ),
  )
}

/** Draws blocks onto A4 pages. */
export async function drawDocument(
  facts: DocumentFacts,
  blocks: readonly Block[],
): Promise<Buffer> {
  const { title, author, language, createdAt } = facts
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: language,
    info: { Title: title, Author: author, CreationDate: createdAt, ModDate: createdAt },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((done) => doc.on('end', () => done()))
  const fonts = facesForOneDocument()
  for (const [face, font] of Object.entries(fonts))
    doc.registerFont(face, font as unknown as Buffer) // its types do not say that it takes an open font, too
  const flow = new Flow(doc, fonts)
  for (const block of blocks) flow.draw(block)
  flow.end(facts.foot)
  doc.end()
  await ended
  return Buffer.concat(chunks)
}

/** A stretch of one line in one face. */
interface Piece {
  text: string
  face: Face
  isMarked: boolean
  width: number
}

class Flow {
  private y = edge
  private readonly root: PDFKit.PDFStructureElement
  private readonly doc: PDFKit.PDFDocument
  private readonly fonts: Record<Face, Font>

  constructor(doc: PDFKit.PDFDocument, fonts: Record<Face, Font>) {
    this.doc = doc
    this.fonts = fonts
    this.root = doc.struct('Document')
    doc.addStructure(this.root)
  }

  draw(block: Block): void {
    const look = looks[block.tag]
    const lines = this.linesOf(block, look.size)
    this.y += look.before
    // A heading does not stay behind alone at the foot of a page.
    const least = block.tag === 'H1' || block.tag === 'H2' ? lines.length + 2 : 1
    if (this.y + least * look.line > bottom) this.turn()
    const element = this.doc.struct(
      block.tag,
      block.language === undefined ? {} : { lang: block.language },
    )
    this.root.add(element)
    if (block.address === undefined) this.drawLines(lines, look, { element, tag: block.tag })
    else this.drawLink(lines, look, { element, address: block.address })
    element.end()
    this.y += look.after
  }

  private drawLines(
    lines: readonly Piece[][],
    look: Look,
    { element, tag }: { element: PDFKit.PDFStructureElement; tag: string },
  ): void {
    element.add(this.doc.markStructureContent(tag))
    for (const line of lines) {
      if (this.y + look.line > bottom) {
        this.doc.endMarkedContent()
        this.turn()
        element.add(this.doc.markStructureContent(tag))
      }
      this.drawLine(line, look, { isLink: false })
      this.y += look.line
    }
    this.doc.endMarkedContent()
  }

  /** Each line of a long address is pressed by itself, and all of them are one link to who hears it. */
  private drawLink(
    lines: readonly Piece[][],
    look: Look,
    { element, address }: { element: PDFKit.PDFStructureElement; address: string },
  ): void {
    const link = this.doc.struct('Link')
    element.add(link)
    for (const line of lines) {
      if (this.y + look.line > bottom) this.turn()
      link.add(this.doc.markStructureContent('Link'))
      this.drawLine(line, look, { isLink: true })
      this.doc.endMarkedContent()
      const wide = line.reduce((sum, piece) => sum + piece.width, 0)
      const options: unknown = { structParent: link, Contents: new String(address) }
      const place = [edge, this.y, wide, look.line] as const
      // The types of the library do not know yet that a link has its place in the structure.
      this.doc.link(...place, address, options as PDFKit.Mixins.AnnotationOption)
      this.y += look.line
    }
    link.end()
  }

  /** Puts the foot onto every page, outside of what is read. */
  end(foot: DocumentFacts['foot']): void {
    const { doc } = this
    this.root.end()
    const { count } = doc.bufferedPageRange()
    for (let page = 0; page < count; page++) {
      doc.switchToPage(page)
      doc.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] })
      doc.font('sans').fontSize(8).fillColor(inks.foot)
      doc.text(foot(page + 1, count), edge, bottom + 24, { lineBreak: false })
      doc.endMarkedContent()
    }
  }

  private turn(): void {
    this.doc.addPage()
    this.y = edge
  }

  private drawLine(line: readonly Piece[], look: Look, { isLink }: { isLink: boolean }): void {
    const { doc } = this
    let x = edge
    for (const { text, face, isMarked, width: wide } of line) {
      if (isMarked) {
        doc.rect(x - 0.5, this.y, wide + 1, look.line - 2).fill(inks.mark)
        doc
          .moveTo(x, this.y + look.line - 2)
          .lineTo(x + wide, this.y + look.line - 2)
          .lineWidth(0.8)
          .stroke(inks.underline)
      }
      doc.font(face).fontSize(look.size)
      doc.fillColor(isLink ? inks.link : inks.text)
      doc.text(text, x, this.y + 1.5, { lineBreak: false, underline: isLink })
      x += wide
    }
  }

  /** Breaks runs into lines that fit: between words, and inside one that is wider than a line. */
  private linesOf({ tag, runs }: Block, size: number): Piece[][] {
    const lines: Piece[][] = [[]]
    let room = width
    for (const run of runs) {
      const face: Face =
        run.isBold || tag === 'H1' || tag === 'H2' ? 'bold' : run.isWritten ? 'serif' : 'sans'
      for (const word of run.text.split(/(\n)|(?<=[ \t])/u).flatMap(inParts)) {
        if (word === '\n') {
          lines.push([])
          room = width
          continue
        }
        for (const piece of this.piecesOf(word, face, run.isMarked ?? false, size)) {
          if (piece.width > room && room < width) {
            lines.push([])
            room = width
          }
          join(lines.at(-1) ?? [], piece)
          room -= piece.width
        }
      }
    }
    return lines
  }

  /** A word in the face that has its characters; what no face has is a □. */
  private piecesOf(word: string, wanted: Face, isMarked: boolean, size: number): Piece[] {
    const pieces: Piece[] = []
    for (const character of word.replaceAll('\t', ' ')) {
      const face = this.faceOf(character, wanted)
      const last = pieces.at(-1)
      const text = face === null ? '□' : character
      if (last !== undefined && last.face === (face ?? 'sans')) last.text += text
      else pieces.push({ text, face: face ?? 'sans', isMarked, width: 0 })
    }
    for (const piece of pieces) {
      this.doc.font(piece.face).fontSize(size)
      piece.width = this.doc.widthOfString(piece.text)
    }
    return pieces
  }

  private faceOf(character: string, wanted: Face): Face | null {
    const point = character.codePointAt(0) ?? 0
    const has = (face: Face) => this.fonts[face].hasGlyphForCodePoint(point)
    if (has(wanted)) return wanted
    return has('sans') ? 'sans' : null
  }
}

/** How many characters go unbroken: a longer word is cut, so that none is wider than a line. */
const longest = 36

/** A word in parts that fit into a line. */
function inParts(word: string | undefined): string[] {
  if (word === undefined || word === '') return []
  const characters = [...word]
  if (characters.length <= longest) return [word]
  const parts: string[] = []
  for (let at = 0; at < characters.length; at += longest)
    parts.push(characters.slice(at, at + longest).join(''))
  return parts
}

/** Adds a piece to a line, as one with what stands before it in the same way. */
function join(line: Piece[], piece: Piece): void {
  const last = line.at(-1)
  if (last === undefined || last.face !== piece.face || last.isMarked !== piece.isMarked) {
    line.push({ ...piece })
    return
  }
  last.text += piece.text
  last.width += piece.width
}
