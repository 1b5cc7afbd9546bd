/** What was opened, to be closed in reverse when a person or the machine asks for the end: soon, in good order. */
import { wordsOf } from '../core/thrown.ts'

/** How long one thing may take to close before the next one is closed anyway. */
const patience = 10_000

/** Thrown where something would be opened although the end has been asked for. */
export class Stopping extends Error {
  override name = 'Stopping'
}

export class Shutdown {
  /** Resolves with the exit code when the end is asked for. */
  readonly asked: Promise<number>
  /** True from that moment on; what ends by itself then is no failure. */
  isAsked = false
  #ask: (exitCode: number) => void = () => undefined
  #opening: Promise<unknown> = Promise.resolve()
  readonly #closes: { what: string; close: () => unknown }[] = []

  constructor() {
    this.asked = new Promise((resolve) => (this.#ask = resolve))
  }

  /** Asks for the end; the first exit code counts. */
  ask(exitCode: number): void {
    this.isAsked = true
    this.#ask(exitCode)
  }

  /** Opens one thing and remembers how to close it. */
  async open<T>(what: string, open: () => Promise<T>, close: (opened: T) => unknown): Promise<T> {
    if (this.isAsked) throw new Stopping(`${what} is not opened any more`)
    const opening = open()
    this.#opening = opening.catch(() => undefined)
    const opened = await opening
    this.#closes.push({ what, close: () => close(opened) })
    return opened
  }

  /** Closes everything, last opened first, what is just being opened too. */
  async run(): Promise<void> {
    this.isAsked = true
    await soon('what was being opened', () => this.#opening)
    // Closing may let something else be remembered, so look again each time.
    for (let next = this.#closes.pop(); next !== undefined; next = this.#closes.pop()) {
      await soon(next.what, next.close)
    }
  }
}

async function soon(what: string, close: () => unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`it takes longer than ${patience / 1000} s`)),
      patience,
    )
  })
  try {
    await Promise.race([close(), tooLong])
  } catch (error) {
    // The others are still to be closed, so this one is told and left.
    console.error(`Could not close ${what}: ${wordsOf(error)}`)
  } finally {
    clearTimeout(timer)
  }
}
