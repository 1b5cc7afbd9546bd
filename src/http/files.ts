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

/** What takes a file: evidence of a seller or of whoever complains, papers of a claim, or a scan of a letter. */
type Taking = 'seller.uploadFile' | 'report.addFile' | 'recovery.addFile' | 'letters.scan'

const claimFiles = /^\/v1\/claims\/(R-\d{1,9})\/files$/

/** What is taken at an address; null where nothing is. */
export function takes(path: string): Taking | null {
  if (path === '/v1/files') return 'seller.uploadFile'
  if (/^\/v1\/reports\/K-\d{1,9}\/files$/.test(path)) return 'report.addFile'
  if (claimFiles.test(path)) return 'recovery.addFile'
  return path === '/v1/desk/letters/scans' ? 'letters.scan' : null
}

/** Reads the one file of a form; cut off at its limit, and asked for only from who may send one. */
export async function readForm(
  door: Door,
  api: Api,
  { request, reply, command }: { request: FastifyRequest; reply: FastifyReply; command: Taking },
): Promise<FormData> {
  const may = await maySend(door, api, { request, reply, command })
  if (!may.ok) throw new RefusalError(may)
  if (Number(request.headers['content-length']) > largestFile + formOverhead) refuseUpload(request)
  const file = await readPart(request)
  if (file.size > largestFile) refuseUpload(request)
  const form = new FormData()
  form.append('file', file)
  return form
}

async function maySend(
  door: Door,
  api: Api,
  { request, reply, command }: { request: FastifyRequest; reply: FastifyReply; command: Taking },
): Promise<{ ok: true } | Refused> {
  const claimed = claimFiles.exec(request.url.split('?')[0] ?? '')?.[1]
  if (claimed !== undefined) return mayShowPapers(door, request, claimed)
  const { who } = await api.ask(request, reply)
  // Of a reporter the code says who may, and it is looked at with the file.
  return command === 'report.addFile' ? { ok: true } : permit(door.app, who, command)
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
