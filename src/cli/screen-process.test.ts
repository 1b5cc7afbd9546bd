/** `recourse screen` as a process of its own: readers that stop, signals, and threads that end. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { folder, story, mask, broad, type Answer } from '../../test/screened.ts'

describe('recourse screen as a process', () => {
  const entry = fileURLToPath(new URL('./recourse.ts', import.meta.url))
  const start = (...args: string[]) =>
    spawn(process.execPath, [
      ...['--import', import.meta.resolve('tsx'), entry, 'screen', '--policies', story],
      ...args,
    ])

  it.each([[[]], [['--workers', '2']]])(
    'ends quietly when nobody reads any more (%j)',
    async (args) => {
      const child = start(...args)
      child.stdin.on('error', () => undefined) // the process ends while it is still being written to
      const err = text(child.stderr)
      const ended = new Promise((resolve) => child.on('exit', resolve))
      const write = () => {
        while (!child.stdin.destroyed && child.stdin.write(`${mask}\n`.repeat(1000)));
      }
      child.stdin.on('drain', write)
      write()
      child.stdout.once('data', () => child.stdout.destroy())
      expect(await ended).toBe(0)
      expect(await err).toBe('Note: marked as naive, so wrong on purpose: pesticide, ppe.\n')
    },
    60_000,
  )

  /** Offers as many bytes as are taken, up to 200 MB, and says how many were. */
  const feed = (child: ReturnType<typeof start>) => {
    child.stdin.on('error', () => undefined) // it ends while it is still being written to
    const block = Buffer.from(`${broad}\n`.repeat(1000))
    let offered = 0
    const write = () => {
      while (offered < 200e6) {
        offered += block.length
        if (!child.stdin.write(block)) return
      }
    }
    child.stdin.on('drain', write)
    write()
    return () => offered - child.stdin.writableLength
  }

  const asLongAs = async (isTrue: () => boolean) => {
    while (isTrue()) await new Promise((resolve) => setTimeout(resolve, 20))
  }

  it.each(['1', '4'])(
    'stops its input and keeps its memory while the reader stands still (%s threads)',
    async (workers) => {
      const child = start('--workers', workers)
      const ended = once(child, 'exit')
      const taken = feed(child)
      // Nobody reads: once the pipe is full, no more is taken than a few blocks for each thread.
      await once(child.stdout, 'readable')
      await new Promise((resolve) => setTimeout(resolve, 3000))
      const before = taken()
      await new Promise((resolve) => setTimeout(resolve, 1500))
      expect(taken()).toBe(before)
      expect(before).toBeGreaterThan(1e6)
      expect(before).toBeLessThan(20e6)
      if (process.platform === 'linux') expect(residentMegabytes(child.pid!)).toBeLessThan(500)
      child.kill('SIGKILL')
      await ended
    },
    60_000,
  )

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'leaves no file when it is ended in the middle by %s',
    async (signal) => {
      const place = mkdtempSync(join(folder, 'killed-'))
      const out = join(place, 'out.jsonl')
      const child = start('--out', out)
      const ended = once(child, 'exit')
      feed(child)
      const isBegun = () => readdirSync(place).some((file) => statSync(join(place, file)).size > 0)
      await asLongAs(() => !isBegun())
      expect(readdirSync(place)).toEqual([expect.stringMatching(/^out\.jsonl\.unfinished-\w+$/)])
      child.kill(signal)
      expect(await ended).toEqual([null, signal])
      expect(existsSync(out)).toBe(false)
      // Nothing can be done about SIGKILL; what it leaves says what it is.
      expect(readdirSync(place)).toHaveLength(signal === 'SIGKILL' ? 1 : 0)
    },
    60_000,
  )

  it('fails when a thread dies, and leaves no hole: what is written is answered to the line', async () => {
    const dying = join(folder, 'dying.cjs')
    writeFileSync(
      dying,
      `const { parentPort, workerData } = require('node:worker_threads')
       if (workerData?.policies) {
         const post = parentPort.postMessage.bind(parentPort)
         let answers = 0
         parentPort.postMessage = (...answer) => {
           post(...answer)
           if (++answers === 3) process.exit(7)
         }
       }`,
    )
    const child = spawn(
      process.execPath,
      [
        ...['--import', import.meta.resolve('tsx'), entry, 'screen', '--policies', story],
        ...['--workers', '2'],
      ],
      { env: { ...process.env, NODE_OPTIONS: `--require ${dying}` } },
    )
    const [ended, out, err] = [once(child, 'exit'), text(child.stdout), text(child.stderr)]
    child.stdin.on('error', () => undefined) // it ends while it is still being written to
    let number = 0
    const numbered = () => `{"id":"${++number}","title":"Garden hose"}\n`
    const write = () => {
      while (!child.stdin.destroyed && child.stdin.write(numbered()));
    }
    child.stdin.on('drain', write)
    write()
    expect(await ended).toEqual([2, null])
    expect(await err).toContain('a screening thread ended: exit code 7')
    const ids = (await out)
      .split('\n')
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as Answer).id)
    expect(ids.length).toBeGreaterThan(0)
    expect(ids).toEqual(ids.map((_, at) => `${at + 1}`))
  }, 60_000)
})

/** The most memory that a process of this machine has held. */
function residentMegabytes(pid: number): number {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}
