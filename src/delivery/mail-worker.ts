/** The thread that takes messages apart: what one of them does to it, the server outlives. */
import { parentPort } from 'node:worker_threads'
import { parseMail } from './mail-parser.ts'
import type { ParserAnswer, ParserTask } from './mail-reader.ts'

parentPort?.on('message', ({ id, raw, ...how }: ParserTask) => {
  const answer = (said: ParserAnswer) => parentPort?.postMessage(said)
  parseMail(raw, how).then(
    (parsed) => answer({ id, parsed }),
    (error: unknown) =>
      answer({ id, error: error instanceof Error ? error.message : String(error) }),
  )
})
