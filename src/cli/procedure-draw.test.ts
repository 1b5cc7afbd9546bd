/** `recourse procedure draw` writes a picture, to a file or to whoever reads its output. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from './commands.ts'

const recourse = fileURLToPath(new URL('../../procedures/recourse.yaml', import.meta.url))
let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'recourse-draw-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('recourse procedure draw', () => {
  it('writes the same picture to a file as to standard output', async () => {
    const file = join(folder, 'way.svg')
    expect(await draw(recourse, '--out', file)).toEqual({ code: 0, out: '', err: '' })
    const { code, out } = await draw(recourse)
    expect(code).toBe(0)
    expect(out).toMatch(/^<svg .*<\/svg>\n$/s)
    expect(await readFile(file, 'utf8')).toBe(out)
  })

  it('says where a procedure cannot be read, and leaves the procedure itself as it is', async () => {
    const broken = join(folder, 'broken.yaml')
    await writeFile(broken, 'procedure: 7\n')
    expect(await draw(broken)).toMatchObject({
      code: 2,
      err: expect.stringContaining('broken.yaml:1:'),
    })
    const own = join(folder, 'own.yaml')
    await writeFile(own, await readFile(recourse))
    expect(await draw(own, '--out', own)).toMatchObject({ code: 2 })
    expect(await readFile(own)).toEqual(await readFile(recourse))
    expect(await draw()).toMatchObject({ code: 2, err: expect.stringContaining('Name one file') })
  })
})

async function draw(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  stdout.on('data', (bytes: Buffer) => out.push(bytes))
  stderr.on('data', (bytes: Buffer) => err.push(bytes))
  const io = { stdin: Readable.from([]), stdout, stderr, env: {} }
  const code = await runCommand(['procedure', 'draw', ...args], io)
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }
}
