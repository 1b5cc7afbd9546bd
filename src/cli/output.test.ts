/** A file that is written is there whole, or stays as it was. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { openOutput } from './output.ts'

const folder = mkdtempSync(join(tmpdir(), 'recourse-output-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const stdout = new PassThrough()

describe('an output file', () => {
  it('has its name only when it is finished, and another name that says so until then', async () => {
    const place = mkdtempSync(join(folder, 'whole-'))
    const file = join(place, 'a')
    writeFileSync(file, 'before')
    await using output = await openOutput(file, stdout)
    await output.write('af')
    await output.write(Buffer.from('ter'))
    expect(readFileSync(file, 'utf8')).toBe('before')
    expect(readdirSync(place)).toContainEqual(expect.stringMatching(/^a\.unfinished-/))
    await output.finish()
    expect(readFileSync(file, 'utf8')).toBe('after')
    expect(readdirSync(place)).toEqual(['a'])
  })

  it('that is left unfinished stays as it was, and leaves nothing to listen for the end', async () => {
    const place = mkdtempSync(join(folder, 'left-'))
    const before = process.listenerCount('SIGTERM')
    {
      await using output = await openOutput(join(place, 'a'), stdout)
      await output.write('half')
      expect(process.listenerCount('SIGTERM')).toBe(before + 1)
    }
    expect(readdirSync(place)).toEqual([])
    expect(process.listenerCount('SIGTERM')).toBe(before)
  })

  it('says so when its folder vanishes under it', async () => {
    const place = mkdtempSync(join(folder, 'vanished-'))
    await using output = await openOutput(join(place, 'a'), stdout)
    await output.write('x')
    rmSync(place, { recursive: true })
    await expect(output.finish()).rejects.toThrow(
      `${join(place, 'a')} cannot be written: its folder does not exist.`,
    )
  })

  it.skipIf(process.platform === 'win32')(
    'that is a pipe is written directly, and says so when its reader goes',
    async () => {
      const pipe = join(folder, 'pipe')
      spawnSync('mkfifo', [pipe])
      const reading = text(spawn('cat', [pipe]).stdout)
      await using output = await openOutput(pipe, stdout)
      await output.write('through')
      await output.finish()
      expect(await reading).toBe('through')

      // It may be gone before the writing is done.
      const left = once(spawn('head', ['-c', '1', pipe]), 'exit')
      await using unread = await openOutput(pipe, stdout)
      await unread.write('x')
      await left
      await expect(unread.write('y')).rejects.toThrow('nobody reads it any more')
    },
  )
})
