/** Files over HTTP are taken in as one part of a form. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { largestFile } from '../operations/file.ts'
import { permit } from '../operations/permit.ts'
import type { Api } from './api.ts'
import type { Door } from './door.ts'
import { RefusalError, refuseRequest } from './problem.ts'

/** A form's own lines around one file. */
const formOverhead = 64 * 1024

/** What takes a file: evidence of a seller or of whoever complains, or a scan of a letter. */
type Taking = 'seller.uploadFile' | 'report.addFile' | 'letters.scan'

/** What is taken at an address; null where nothing is. */
export function takes(path: string): Taking | null {
  if (path === '/v1/files') return 'seller.uploadFile'
  if (/^\/v1\/reports\/K-\d{1,9}\/files$/.test(path)) return 'report.addFile'
  return path === '/v1/desk/letters/scans' ? 'letters.scan' : null
}

/** Reads the one file of a form; cut off at its limit, and asked for only from who may send one. */
export async function readForm(
  door: Door,
  api: Api,
  { request, reply, command }: { request: FastifyRequest; reply: FastifyReply; command: Taking },
): Promise<FormData> {
  const { who } = await api.ask(request, reply)
  // Of a reporter the code says who may, and it is looked at with the file.
  const may = command === 'report.addFile' ? null : permit(door.app, who, command)
  if (may?.ok === false) throw new RefusalError(may)
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
