/** Bodies as they come in: JSON read whole and kept as bytes beside, NDJSON and files left to flow. */
import { createGunzip } from 'node:zlib'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest, RequestPayload } from 'fastify'
import { largestFile } from '../operations/file.ts'
import { refuseRequest, RefusalError } from './problem.ts'
import { decodeText, findUnreadable } from './readable.ts'

/** The largest JSON body, and the longest line of NDJSON, in bytes. */
export const largestJson = 4 * 1024 * 1024

/** A JSON body: the value, and the bytes it was read from. */
export interface JsonBody {
  bytes: Buffer
  value: unknown
}

/** Teaches the server the three kinds of body that we take; any other is refused as such. */
export async function readBodies(server: FastifyInstance): Promise<void> {
  server.removeAllContentTypeParsers()
  await server.register(multipart, {
    // One byte more than is taken, so that who reads it sees that it is too large.
    throwFileSizeLimit: false,
    limits: {
      fileSize: largestFile + 1,
      files: 1,
      fields: 0,
      parts: 1,
      headerPairs: 20,
      fieldNameSize: 100,
    },
  })
  server.addContentTypeParser('application/x-ndjson', (_request, payload, done) =>
    done(null, payload),
  )
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: largestJson },
    (_request, bytes, done) => {
      try {
        done(null, readJson(Buffer.from(bytes)))
      } catch (error) {
        done(
          error instanceof RefusalError
            ? error
            : new RefusalError({ ok: false, refusal: 'invalid_request' }),
        )
      }
    },
  )
  server.addHook('preParsing', async (request, _reply, payload) => unpack(request, payload))
}

/** The JSON that a request brought, or null when it brought none. */
export function jsonOf(request: FastifyRequest): JsonBody | null {
  const { body } = request
  return typeof body === 'object' && body !== null && 'bytes' in body ? (body as JsonBody) : null // the only parser that makes `bytes` is ours
}

function readJson(bytes: Buffer): JsonBody {
  if (bytes.length === 0) return { bytes, value: undefined }
  const text = decodeText(bytes)
  if (text === null) refuseRequest('invalid_request', 'The body is not UTF-8.')
  const value = parseJson(text)
  const unreadable = findUnreadable(value)
  if (unreadable) refuseRequest('invalid_request', undefined, [unreadable])
  return { bytes, value }
}

/** Reads JSON, or refuses with where it breaks. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    return refuseRequest(
      'invalid_request',
      `This is not JSON: ${cause instanceof Error ? cause.message.slice(0, 200) : 'it cannot be read'}.`,
    )
  }
}

/** Unpacks gzip as it flows; how large it may become is limited where it is read. */
function unpack(request: FastifyRequest, payload: RequestPayload): RequestPayload {
  const encoding = request.headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return payload
  if (encoding !== 'gzip')
    refuseRequest('unsupported_media', 'Send the body as it is, or packed with gzip.')
  const gunzip = createGunzip()
  const unpacked: RequestPayload = gunzip
  unpacked.receivedEncodedLength = 0
  // Whoever reads it hears of an error; where nobody reads (a GET), it must not end the process.
  gunzip.on('error', () => undefined)
  payload.on('data', (chunk: Buffer) => {
    unpacked.receivedEncodedLength = (unpacked.receivedEncodedLength ?? 0) + chunk.length
  })
  payload.on('error', (error) => gunzip.destroy(error))
  payload.pipe(gunzip)
  return unpacked
}
