/** The thread that takes messages apart: what one of them does to it, the server outlives. */
import { parentPort } from 'node:worker_threads'
import { wordsOf } from '../core/thrown.ts'
import { parseMail } from './mail-parser.ts'
import type { ParserAnswer, ParserTask } from './mail-reader.ts'

parentPort?.on('message', ({ id, raw, ...how }: ParserTask) => {
  const answer = (said: ParserAnswer) => parentPort?.postMessage(said)
  parseMail(raw, how).then(
    (parsed) => answer({ id, parsed }),
    (error: unknown) => answer({ id, error: wordsOf(error) }),
  )
})
