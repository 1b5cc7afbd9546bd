/** Files over HTTP: taken in as one part of a form, given back as an attachment that no browser runs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { largestFile, readFile } from '../operations/file.ts'
import type { Api } from './api.ts'
import type { Door } from './door.ts'
import { refuseRequest, valueOf } from './problem.ts'
import { isReadable } from './readable.ts'

/** A form's own lines around one file. */
const formOverhead = 64 * 1024

/** Adds the ways in and out for files. */
export function serveFiles(server: FastifyInstance, door: Door, api: Api): void {
  server.get<{ Params: { id: string } }>('/v1/files/:id', async (request, reply) => {
    request.routeName = 'seller.readFile'
    const { who } = await api.ask(request, reply)
    if (!isReadable(request.params.id)) refuseRequest('not_found')
    const file = valueOf(await readFile(door.app, who, request.params.id))
    return reply
      .headers({
        'content-type': file.mediaType,
        'content-disposition': attachment(file.name),
        'content-security-policy': "sandbox; default-src 'none'",
        'cache-control': 'private, no-store',
      })
      .send(file.bytes)
  })
}

/** Reads the one file of a form; cut off at its limit, and asked for only from who may send one. */
export async function readForm(
  api: Api,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FormData> {
  const { who } = await api.ask(request, reply)
  if (who.kind !== 'seller') refuseRequest(who.kind === 'nobody' ? 'not_signed_in' : 'not_allowed')
  if (Number(request.headers['content-length']) > largestFile + formOverhead)
    refuseUpload(request, reply)
  const part = await request.file()
  if (part?.fieldname !== 'file')
    refuseRequest('invalid_request', undefined, [
      { path: 'file', message: 'send one part named file' },
    ])
  const chunks: Buffer[] = []
  for await (const chunk of part.file) chunks.push(chunk as Buffer) // a part of a form yields buffers
  if (part.file.truncated) refuseUpload(request, reply)
  const form = new FormData()
  form.append('file', new File(chunks, part.filename))
  return form
}

/** Says no without reading on: the connection ends with the answer. */
function refuseUpload(request: FastifyRequest, reply: FastifyReply): never {
  reply.header('connection', 'close')
  // What is under way is let pass for a moment, so that the sender gets to read why.
  request.raw.resume()
  setTimeout(() => request.raw.destroy(), 2_000).unref()
  return refuseRequest('file_too_large')
}

/** The name for old and new readers of the header (RFC 6266, RFC 8187). */
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
