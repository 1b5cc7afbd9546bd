/** A claim holds against everyone at once, and falls with its holder. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { builtOf } from '../../test/built.ts'
import { claimFolder, type Claim, type Holder } from './claim.ts'
import { birthOf } from './running-process.ts'

// Whole programs start and end here, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 120_000 })

let folder: string
const competitors: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'recourse-claim-'))
})

afterEach(async () => {
  for (const competitor of competitors.splice(0)) await kill(competitor)
  await rm(folder, { recursive: true })
})

interface Competitor {
  program: ChildProcess
  /** Its lines: that it is ready, then what came of its claim. */
  next: () => Promise<string>
}

/** A program that stands ready, claims the folder when told to, says what came of it, and holds on. */
async function readyToCompete(): Promise<Competitor> {
  const source = fileURLToPath(new URL('claim.ts', import.meta.url))
  const code = `
    import { once } from 'node:events'
    import { claimFolder } from ${JSON.stringify(await builtOf(source))}
    console.log('ready')
    await once(process.stdin, 'data')
    const claim = await claimFolder(${JSON.stringify(folder)}, 'competitor ' + process.pid)
    console.log('release' in claim ? 'won' : 'lost to ' + claim.address)
    setInterval(() => undefined, 60_000)
  `
  const words = ['--input-type=module', '--eval', code]
  const program = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] })
  competitors.push(program)
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]()
  return { program, next: async () => String((await lines.next()).value) }
}

async function kill(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return
  program.kill('SIGKILL')
  await once(program, 'exit')
}

async function raceOf(size: number): Promise<{ winner: ChildProcess; answers: string[] }> {
  const all = await Promise.all(Array.from({ length: size }, readyToCompete))
  await Promise.all(all.map(({ next }) => next()))
  for (const { program } of all) program.stdin?.write('go')
  const answers = await Promise.all(all.map(({ next }) => next()))
  expect(answers.filter((answer) => answer === 'won')).toHaveLength(1)
  return { winner: all[answers.indexOf('won')]!.program, answers }
}

describe('of several programs at once exactly one gets the folder, and the others name it', () => {
  test.each([2, 4, 8])('%i on a new folder, and again when the winner was killed', async (size) => {
    const first = await raceOf(size)
    const named = first.answers.filter((answer) => answer !== 'won')
    expect(new Set(named)).toEqual(new Set([`lost to competitor ${first.winner.pid}`]))
    for (const competitor of competitors.splice(0)) await kill(competitor)
    await raceOf(size)
  })
})

test('a folder that was given back is free for the next, and only the last claim is kept', async () => {
  for (const round of [1, 2, 3]) {
    const claim = await claimFolder(folder, `round ${round}`)
    expect(claim).toHaveProperty('release')
    await (claim as Claim).release()
  }
  expect(await readdir(folder)).toEqual(['3'])
})

test('the same program cannot claim a folder twice', async () => {
  const first = await claimFolder(folder, 'http://127.0.0.1:4870')
  const second = (await claimFolder(folder, 'elsewhere')) as Holder
  expect(second).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:4870' })
  await (first as Claim).release()
})

test('another program that got the number of a killed one does not hold its claim', async () => {
  const killed = { pid: process.pid, birth: 'before this one', since: 'x', address: 'x' }
  await writeFile(path.join(folder, '7'), JSON.stringify(killed))
  const claim = await claimFolder(folder, 'the next')
  expect(claim).toHaveProperty('release')
  expect(JSON.parse(await readFile(path.join(folder, '8'), 'utf8'))).toMatchObject({
    pid: process.pid,
    birth: birthOf(process.pid),
  })
  await (claim as Claim).release()
})

test('a claim made below the highest does not count', async () => {
  const holder = {
    pid: process.pid,
    birth: birthOf(process.pid),
    since: 'x',
    address: 'the holder',
  }
  await writeFile(path.join(folder, '9'), JSON.stringify(holder))
  expect(await claimFolder(folder, 'late')).toMatchObject({ address: 'the holder' })
})
