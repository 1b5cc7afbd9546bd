/** Line answers go out as NDJSON while the body still comes in; what the caller has not read yet is bounded. */
import type { OutgoingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { logBug } from './api.ts'
import type { Door } from './door.ts'
import { problemFrom, problemOrUnexpected, RefusalError } from './problem.ts'

/**
 * Answers that the caller has not read yet may grow to this before we stop reading: many callers
 * send everything first and read afterwards, and would otherwise wait for us while we wait for them.
 */
const mostUnread = 64 * 1024 * 1024

/** Whoever is still sending when a stream breaks off has so long to read why. */
const timeToRead = 10_000

export interface LineAnswers {
  /** False when the caller has gone. */
  readonly isOpen: boolean
  /** Resolves when more may be written: at once, unless far too much is unread. */
  write(lines: string | Uint8Array): Promise<void>
  end(): void
  /** Ends in the middle, and says why in a last line without a number. */
  breakOff(cause: unknown, detail: { doing: string }): void
}

/** Begins the answer to a request whose body is a stream of lines. */
export function openLineAnswers(
  door: Door,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  headers: Record<string, string> = {},
): LineAnswers {
  reply.hijack()
  const { raw } = reply
  reply.headers({
    'content-type': 'application/x-ndjson',
    'cache-control': 'no-store',
    ...headers,
  })
  raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders) // what was set above and before, each with a value
  raw.flushHeaders()
  return {
    get isOpen() {
      return !raw.destroyed
    },
    async write(lines) {
      if (lines.length > 0 && !raw.destroyed) raw.write(lines)
      while (raw.writableLength > mostUnread && !raw.destroyed) await drained(raw)
    },
    end: () => void raw.end(),
    breakOff(cause, detail) {
      const body = request.body as Readable // the parser of NDJSON hands the stream on
      // The caller went away, and nobody is there to be told more.
      if (body.errored && codeOf(cause).startsWith('E')) return void raw.destroy()
      const error = codeOf(cause).startsWith('Z_')
        ? invalid('The body is not gzip, or a part of it is missing.')
        : cause
      if (problemFrom(error) === null) logBug(door, error, detail)
      if (raw.destroyed) return
      raw.end(`${JSON.stringify({ error: problemOrUnexpected(error) })}\n`)
      passOver(request.raw)
    },
  }
}

/** The refusal of a line, or of the rest of a stream, that cannot be read. */
export function invalid(detail: string): RefusalError {
  return new RefusalError({ ok: false, refusal: 'invalid_request', detail })
}

/** Lets the rest of a body pass unread: who sends everything first would never come to the answer. */
function passOver(body: FastifyRequest['raw']): void {
  if (body.complete) return
  body.unpipe()
  body
    .removeAllListeners('readable')
    .on('error', () => undefined) // it is no longer read, so how it ends is nothing to us
    .on('data', () => undefined)
  const cut = setTimeout(() => body.destroy(), timeToRead)
  body.once('close', () => clearTimeout(cut))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}

function drained(raw: FastifyReply['raw']): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      raw.off('drain', end)
      raw.off('close', end)
      resolve()
    }
    raw.on('drain', end)
    raw.on('close', end)
  })
}
