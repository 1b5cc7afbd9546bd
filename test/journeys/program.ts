/** The program as `npm start` runs it, in a process group of its own with its own data folder and ports. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../free-port.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const storyPolicies = fileURLToPath(new URL('../../policies/naive', import.meta.url))
export const ownPolicies = fileURLToPath(new URL('../../policies', import.meta.url))

export interface Program {
  recourse: string
  bazaar: string
  /** The one-click sign-in of a demo role. */
  signIn(role: string): string
  /** Everything it has said so far. */
  output(): string
  /** SIGKILL to every process that it started, all at once. */
  killAll(): Promise<void>
  /** Ctrl-C, and waits until it has ended; answers the exit code. */
  stop(): Promise<number | null>
  child: ChildProcess
  data: string
}

export interface StartOptions {
  data?: string
  ports?: { recourse: number; bazaar: number }
  env?: Record<string, string>
  /** Whether a folder that is not there yet is begun by this very start, and not copied from one begun before. */
  isFresh?: boolean
}

/** A data folder that the program may keep its state in, and two free ports. */
export async function place(): Promise<{
  data: string
  ports: { recourse: number; bazaar: number }
  remove: () => Promise<void>
}> {
  const data = await mkdtemp(join(tmpdir(), 'recourse-journey-'))
  const ports = { recourse: await freePort(), bazaar: await freePort() }
  return {
    data: join(data, 'data'),
    ports,
    remove: () => rm(data, { recursive: true, force: true }),
  }
}

/**
 * Starts it and waits until it serves with the demo loaded: with the policies of the story, which take clay masks for
 * respirators, unless a journey says otherwise.
 */
export async function startProgram(
  options: Required<Pick<StartOptions, 'data' | 'ports'>> & StartOptions,
): Promise<Program> {
  const { data, env = {}, isFresh = false } = options
  const policies = env['RECOURSE_POLICIES'] ?? storyPolicies
  if (!isFresh && !existsSync(data)) await copyBegun(policies, data)
  return launch(options)
}

/** Copies a data folder that was begun under these policies: once for a run, by whoever wants one first. */
async function copyBegun(policies: string, data: string): Promise<void> {
  const name = createHash('sha256').update(policies).digest('hex').slice(0, 12)
  const begun = join(tmpdir(), `recourse-begun-${name}`)
  const lock = `${begun}.lock`
  while (!existsSync(begun)) {
    // Begun by one alone, also of several workers; where that one fails, by the next.
    if (await isMade(lock))
      await begin(policies, begun).finally(() => rm(lock, { recursive: true }))
    else await sleep(100)
  }
  // With owners and rights: the database is another user's.
  await promisify(execFile)('cp', ['-a', begun, data])
}

async function begin(policies: string, begun: string): Promise<void> {
  if (existsSync(begun)) return
  const { data, ports, remove } = await place()
  try {
    await (await launch({ data, ports, env: { RECOURSE_POLICIES: policies } })).stop()
    await rename(data, begun)
  } finally {
    await remove()
  }
}

/** Whether this very call made the folder. */
async function isMade(folder: string): Promise<boolean> {
  try {
    await mkdir(folder)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function launch({
  data,
  ports,
  env = {},
}: Required<Pick<StartOptions, 'data' | 'ports'>> & StartOptions): Promise<Program> {
  const child = spawn(process.execPath, ['bin/start.mjs'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutTests(process.env),
      PORT: String(ports.recourse),
      BAZAAR_PORT: String(ports.bazaar),
      RECOURSE_SMTP_PORT: '0',
      RECOURSE_DATA: data,
      RECOURSE_POLICIES: storyPolicies,
      ...env,
    },
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await ready(() => said, ended)
  const recourse = `http://localhost:${ports.recourse}`
  return {
    child,
    data,
    recourse,
    bazaar: `http://127.0.0.1:${ports.bazaar}`,
    signIn(role) {
      const found = new RegExp(`http://\\S+/dev/sign-in/${role}\\?key=\\S+`).exec(said)
      if (!found) throw new Error(`the program offered no sign-in for ${role}:\n${said}`)
      return found[0]
    },
    output: () => said,
    async killAll() {
      killGroup(child, 'SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGINT')
      return ended
    },
  }
}

/** Moves the demo's clock forward, by a duration such as PT2M; answers what fired, in words. */
export async function forward({ recourse }: Program, duration: string): Promise<string[]> {
  const answer = await fetch(`${recourse}/v1/dev/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ forward: duration }),
  })
  if (!answer.ok) throw new Error(`move the clock by ${duration}: ${await answer.text()}`)
  const { fired } = (await answer.json()) as { fired: { words: string }[] } // as the contract has it
  return fired.map(({ words }) => words)
}

/** SIGKILL to the whole group; a group that has ended already is fine. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function ready(said: () => string, ended: Promise<number | null>): Promise<void> {
  let code: number | null | undefined
  void ended.then((exit) => (code = exit))
  const end = Date.now() + 180_000
  // The last line of all: what it says comes in pieces.
  while (!/\/dev\/sign-in\/policy-manager\?key=\S+\n/.test(said())) {
    if (code !== undefined)
      throw new Error(`the program ended with ${code} before it was ready:\n${said()}`)
    if (Date.now() > end)
      throw new Error(`the program was not ready within three minutes:\n${said()}`)
    await sleep(50)
  }
}

/** What vitest sets for its own run must not reach the program. */
function withoutTests(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const mine = /^(VITEST|RECOURSE_|DATABASE_URL$|NODE_ENV$|PORT$|TEST$)/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !mine.test(name)))
}
