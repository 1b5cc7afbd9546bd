/** A program that runs beside ours, such as the demo's marketplace: started again when it ends by itself. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentDeathWords } from '../store/running-process.ts'

export interface CompanionProgram {
  /** What people know it by; stands before each line it writes. */
  name: string
  /** The JavaScript file to run. */
  entry: string
  args?: string[]
  /** All of its environment but PATH: it is a stranger and gets none of ours. */
  env: Record<string, string>
  write(line: string): void
}

const firstPause = 500
const longestPause = 30_000
/** Having run this long, it is taken to be well again. */
const wellAfter = 60_000

export class Companion {
  readonly #program: CompanionProgram
  readonly #before: string[]
  #child: ChildProcess | undefined
  #pause = firstPause
  #isStopping = false
  #wake = new AbortController()
  readonly #life: Promise<void>

  private constructor(program: CompanionProgram, before: string[]) {
    this.#program = program
    this.#before = before
    this.#life = this.#live()
  }

  /** Starts the program and keeps it running until it is stopped. */
  static async start(program: CompanionProgram): Promise<Companion> {
    return new Companion(program, await parentDeathWords('TERM'))
  }

  /** Its process at this moment, if it runs. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Ends it for good: politely, and after three seconds in any case. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.#wake.abort()
    this.#child?.kill('SIGTERM')
    const force = setTimeout(() => this.#child?.kill('SIGKILL'), 3000)
    await this.#life
    clearTimeout(force)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  async #live(): Promise<void> {
    while (!this.#isStopping) {
      const startedAt = Date.now()
      const end = await this.#runOnce()
      // Ctrl-C in a terminal reaches both of us, and it may be faster at ending than we are.
      await sleep(200, undefined, { signal: this.#wake.signal }).catch(() => undefined)
      if (this.#isStopping) return
      if (Date.now() - startedAt > wellAfter) this.#pause = firstPause
      this.#program.write(
        `${this.#program.name} ended by itself (${end}); starting it again in ${this.#pause / 1000} s`,
      )
      await sleep(this.#pause, undefined, { signal: this.#wake.signal }).catch(() => undefined)
      this.#pause = Math.min(this.#pause * 2, longestPause)
    }
  }

  async #runOnce(): Promise<string> {
    const { entry, args = [], env } = this.#program
    const [command = '', ...words] = [
      ...this.#before,
      process.execPath,
      ...loaderWords(process.execArgv),
      entry,
      ...args,
    ]
    const child = spawn(command, words, {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    this.#passOn(child.stdout)
    this.#passOn(child.stderr)
    return new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
    })
  }

  #passOn(lines: Readable): void {
    const prefix = `${this.#program.name}: `
    createInterface({ input: lines }).on('line', (line) =>
      // Some programs say who they are themselves.
      this.#program.write(line.startsWith(prefix) ? line : prefix + line),
    )
  }
}

/** Under a loader in development the program needs the same one; no other word for us may reach it. */
function loaderWords(words: string[]): string[] {
  return words.flatMap((word, place) => {
    if (word.startsWith('--import=')) return [word]
    return word === '--import' ? words.slice(place, place + 2) : []
  })
}
