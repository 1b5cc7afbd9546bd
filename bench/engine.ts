/** An engine of the bench is one way to answer the lines of a corpus, from its bytes to a verdict for each. */
import type { Explanation } from '../src/screening/explain.ts'

/** What is opened in a process of its own. */
export interface EngineSetup {
  /** A name that `engines.ts` knows. */
  engine: string
  /** How many rules made here, or the policies that are shipped. */
  rules: number | 'shipped'
  workers: number
  explanation: Explanation
  /** The file of NDJSON that is answered. */
  corpus: string
}

export interface Engine {
  /** Answers lines from where it left off, round and round, for about so long; gives how many. */
  work(millis: number): Promise<number>
  /** The answers to the corpus from its first line, one for each; null for what only sets a floor. */
  answers: (() => AsyncIterable<string>) | null
  close(): Promise<void>
}

export type OpenEngine = (setup: EngineSetup, bytes: Buffer) => Promise<Engine>

/** The answers of an engine that has some. */
export function answersOf(engine: Engine): AsyncIterable<string> {
  if (engine.answers === null) throw new Error('a floor answers nothing')
  return engine.answers()
}

/** An engine that answers line by line. */
export function lineEngine(
  bytes: Buffer,
  answer: (line: string) => string | Promise<string>,
): Engine {
  const lines = openLines(bytes)
  return {
    async work(millis) {
      const until = performance.now() + millis
      let count = 0
      do {
        const answered = answer(lines.next())
        if (typeof answered !== 'string') await answered
        count++
      } while (performance.now() < until)
      return count
    },
    async *answers() {
      for (let at = 0; at < bytes.length;) {
        const end = bytes.indexOf(10, at)
        yield await answer(bytes.toString('utf8', at, end))
        at = end + 1
      }
    },
    close: async () => undefined,
  }
}

function openLines(bytes: Buffer): { next(): string } {
  let at = 0
  return {
    next() {
      const end = bytes.indexOf(10, at)
      const line = bytes.toString('utf8', at, end)
      at = end + 1 < bytes.length ? end + 1 : 0
      return line
    },
  }
}
