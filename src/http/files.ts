/** Files over HTTP are taken in as one part of a form. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { largestFile } from '../operations/file.ts'
import { permit } from '../operations/permit.ts'
import { openedBy } from '../operations/recovery.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import type { Api } from './api.ts'
import type { Door } from './door.ts'
import { wait } from './slow-lane.ts'
import { RefusalError, refuseRequest } from './problem.ts'

/** A form's own lines around one file. */
const formOverhead = 64 * 1024

/** Reads the one file of a form; cut off at its limit, and asked for only from who may send one. */
export async function readForm(
  door: Door,
  api: Api,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FormData> {
  const number = /^\/v1\/claims\/(R-\d{1,9})\/files/.exec(request.url)?.[1]
  const refused =
    number === undefined
      ? permit(door.app, (await api.ask(request, reply)).who, 'seller.uploadFile')
      : await mayShowPapers(door, request, number)
  if (!refused.ok) throw new RefusalError(refused)
  if (Number(request.headers['content-length']) > largestFile + formOverhead) refuseUpload(request)
  const file = await readPart(request)
  if (file.size > largestFile) refuseUpload(request)
  const form = new FormData()
  form.append('file', file)
  return form
}

/** Papers are taken from whoever has the claim's code; wrong ones from one place make the next there wait. */
async function mayShowPapers(
  { app, slow }: Door,
  { ip, headers }: FastifyRequest,
  number: string,
): Promise<{ ok: true } | Refused> {
  const place = `${ip} ${number}`
  await wait(slow.codes.enter(place, app.now()))
  const code = z.string().catch('').parse(headers['x-recourse-code']).slice(0, 200)
  const who = await openedBy(app, { number: Number(number.slice(2)), code })
  if (!permit(app, who, 'recovery.addFile').ok) return refuse('claim_not_opened')
  slow.codes.clear(place)
  return { ok: true }
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
