/** Bytes are cut into the same lines wherever the chunks happen to end, and an endless line is never held. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocksOf, linesIn, MAX_LINE_BYTES } from './lines.ts'
import type { Gathering } from './lines.ts'

async function* chunksOf(...chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
}

/** Any few chunks make a block, or two that come after a while. */
const gathering: Gathering = {
  bytes: 8,
  soon: () => new Promise((resolve) => setImmediate(resolve)),
}

async function linesOf(
  source: AsyncIterable<Uint8Array>,
  gathering?: Gathering,
): Promise<[number, string | null][]> {
  const lines: [number, string | null][] = []
  for await (const block of blocksOf(source, gathering)) {
    for (const { line, bytes } of linesIn(block))
      lines.push([line, bytes && Buffer.from(bytes).toString('latin1')])
  }
  return lines
}

describe('lines', () => {
  it('are counted from 1, blank ones too, and end with or without a newline', async () => {
    expect(await linesOf(chunksOf('a\n\n  \r\nb\r\n', 'c'))).toEqual([
      [1, 'a'],
      [4, 'b\r'],
      [5, 'c'],
    ])
    expect(await linesOf(chunksOf('a\n'))).toEqual([[1, 'a']])
    expect(await linesOf(chunksOf(''))).toEqual([])
  })

  it('lose the byte order mark of the first one only', async () => {
    const mark = '\u00ef\u00bb\u00bf'
    expect(await linesOf(chunksOf(Buffer.from(`${mark}a\n${mark}b`, 'latin1')))).toEqual([
      [1, 'a'],
      [2, `${mark}b`],
    ])
    expect(await linesOf(chunksOf(Buffer.from([0xef]), Buffer.from([0xbb, 0xbf, 97])))).toEqual([
      [1, 'a'],
    ])
  })

  it('are the same however the bytes arrive', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r', ' '), maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(40)), async (whole, cuts) => {
        const places = [
          0,
          ...cuts.filter((cut) => cut <= whole.length).sort((a, b) => a - b),
          whole.length,
        ]
        const pieces = places.slice(1).map((end, at) => whole.slice(places[at], end))
        expect(await linesOf(chunksOf(...pieces))).toEqual(await linesOf(chunksOf(whole)))
        expect(await linesOf(chunksOf(...pieces), gathering)).toEqual(
          await linesOf(chunksOf(whole)),
        )
        const plain = whole.split('\n').map((content, at): [number, string] => [at + 1, content])
        expect(await linesOf(chunksOf(whole))).toEqual(
          plain.filter(([, content]) => /[^ \r]/.test(content)),
        )
      }),
    )
  })

  it('that are too long are told of once, and the next line is found', async () => {
    const long = 'x'.repeat(MAX_LINE_BYTES + 1)
    const expected = [
      [1, 'a'],
      [2, null],
      [3, 'b'],
    ]
    expect(await linesOf(chunksOf('a\n', long, 'yyy', `${long}\nb\n`))).toEqual(expected)
    expect(await linesOf(chunksOf(`a\n${long}\nb\n`))).toEqual(expected)
    expect(await linesOf(chunksOf(`a\n${long}`))).toEqual(expected.slice(0, 2))
    expect(await linesOf(chunksOf('a\n', long, 'yyy', `${long}\nb\n`), gathering)).toEqual(expected)
    const fits = 'x'.repeat(MAX_LINE_BYTES)
    expect(await linesOf(chunksOf('a\n', fits, '\nb'))).toEqual([
      [1, 'a'],
      [2, fits],
      [3, 'b'],
    ])
  })

  it('are gathered into blocks while they come fast, and passed on when nothing comes soon', async () => {
    let pass: () => void = () => undefined
    let come: () => void = () => undefined
    async function* source() {
      yield* chunksOf('a\n', 'b\nb', 'b\n', 'c\nd')
      await new Promise<void>((resolve) => (come = resolve))
      yield* chunksOf('d\n')
    }
    const soon = () => new Promise<void>((resolve) => (pass = resolve))
    const blocks = blocksOf(source(), { bytes: 5, soon })
    const next = async (): Promise<[number, string] | undefined> => {
      const found = await blocks.next()
      if (found.done !== true)
        return [found.value.firstLine, Buffer.from(found.value.bytes).toString()]
      return undefined
    }
    expect(await next()).toEqual([1, 'a\nb\nbb\n'])
    const waiting = next()
    await new Promise((resolve) => setImmediate(resolve))
    pass()
    expect(await waiting).toEqual([4, 'c\n'])
    come()
    expect(await next()).toEqual([5, 'dd\n'])
    expect(await next()).toBeUndefined()
  })

  it('are not waited for when nobody wants them any more, though a read is under way', async () => {
    async function* source() {
      yield Buffer.from('a\n')
      await new Promise(() => undefined)
    }
    for await (const block of blocksOf(source(), { bytes: 1000, soon: async () => undefined })) {
      expect(block.firstLine).toBe(1)
      break
    }
  })

  it('of an endless stream are not held', async () => {
    let given = 0
    async function* endless() {
      for (; given < 300; given++) yield new Uint8Array(1024 * 1024).fill(120)
    }
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    for await (const block of blocksOf(endless())) most = Math.max(most, block.bytes.length)
    expect(given).toBe(300)
    expect(most).toBe(0)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200 * 1024 * 1024)
  })
})
