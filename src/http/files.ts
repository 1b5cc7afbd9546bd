/** Files over HTTP: taken in as one part of a form, given back as an attachment that no browser runs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { largestFile, readFile } from '../operations/file.ts'
import { permit } from '../operations/permit.ts'
import type { Api } from './api.ts'
import type { Door } from './door.ts'
import { RefusalError, refuseRequest, valueOf } from './problem.ts'
import { isReadable } from './readable.ts'

/** A form's own lines around one file. */
const formOverhead = 64 * 1024

/** Adds the ways in and out for files. */
export function serveFiles(server: FastifyInstance, door: Door, api: Api): void {
  const config = { command: 'files.read' as const }
  server.get<{ Params: { id: string } }>('/v1/files/:id', { config }, async (request, reply) => {
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
  door: Door,
  api: Api,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FormData> {
  const { who } = await api.ask(request, reply)
  const may = permit(door.app, who, 'seller.uploadFile')
  if (!may.ok) throw new RefusalError(may)
  if (Number(request.headers['content-length']) > largestFile + formOverhead) refuseUpload(request)
  const file = await readPart(request)
  if (file.size > largestFile) refuseUpload(request)
  const form = new FormData()
  form.append('file', file)
  return form
}

/** The part named `file`, read no further than one byte more than is taken. */
async function readPart(request: FastifyRequest): Promise<File> {
  try {
    const part = await request.file()
    if (part?.fieldname !== 'file')
      refuseRequest('invalid_request', undefined, [
        { path: 'file', message: 'send one part named file' },
      ])
    const chunks: Buffer[] = []
    let size = 0
    // A part of a form yields buffers.
    for await (const chunk of part.file as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > largestFile) break
    }
    return new File(chunks, part.filename)
  } catch (error) {
    if (error instanceof RefusalError) throw error
    // Whatever its reader stumbles over lies in the form that was sent.
    return refuseRequest(
      'invalid_request',
      'The form breaks off, or its parts cannot be told apart.',
    )
  }
}

/** Says no while the rest is still coming: it is let pass for a moment, so that the sender gets to read why. */
function refuseUpload({ raw }: FastifyRequest): never {
  raw.resume()
  const cut = setTimeout(() => raw.complete || raw.destroy(), 2_000).unref()
  raw.once('close', () => clearTimeout(cut))
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
