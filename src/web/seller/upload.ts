/** An upload carries one file to the server, says how far it is, and can be stopped. */
import { FileForReader } from '../../contract/case.ts'
import { Problem } from '../../contract/problem.ts'
import { refusals } from '../../core/refusal.ts'
import { linkHeaders } from '../link.ts'

/** The most bytes a file may have; the server refuses more. */
export const largestFile = 10 * 1024 * 1024

/** The most files a case takes. */
export const mostFiles = 20

/** What the picker offers; what counts is what the server reads from the bytes. */
export const acceptedTypes =
  'image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,application/pdf'

export type UploadEnd =
  { ok: true; file: FileForReader } | { ok: false; words: string; mayRetry: boolean }

interface Upload {
  stop: () => void
}

/** Where a file goes, and what is shown there. */
export interface UploadTo {
  path: string
  headers: Record<string, string>
}

/** Sends one file. `onEnd` is called once, unless it was stopped. */
export function uploadFile(
  file: File,
  on: { progress: (sent: number) => void; end: (end: UploadEnd) => void },
  to: UploadTo = { path: '/v1/files', headers: linkHeaders() },
): Upload {
  if (file.size > largestFile) {
    on.end({ ok: false, words: refusals.file_too_large.words, mayRetry: false })
    return { stop: () => undefined }
  }
  // Not fetch: only XMLHttpRequest says how much of a body has been sent.
  const request = new XMLHttpRequest()
  request.open('POST', to.path)
  request.withCredentials = true
  for (const [name, value] of Object.entries(to.headers)) request.setRequestHeader(name, value)
  request.upload.onprogress = ({ loaded }) => on.progress(Math.min(loaded, file.size))
  request.onload = () => on.end(readAnswer(request))
  request.onerror = () =>
    on.end({
      ok: false,
      words: 'It did not arrive. Everything else is safe.',
      mayRetry: true,
    })
  const body = new FormData()
  body.append('file', file, file.name)
  request.send(body)
  return { stop: () => request.abort() }
}

function readAnswer(request: XMLHttpRequest): UploadEnd {
  const body = parseJson(request.responseText)
  if (request.status === 201 || request.status === 200) {
    const file = FileForReader.safeParse(body)
    if (file.success) return { ok: true, file: file.data }
  }
  const problem = Problem.safeParse(body)
  if (!problem.success)
    return {
      ok: false,
      words: 'We could not take it. That is our fault, not the file’s.',
      mayRetry: true,
    }
  const { detail, title, status } = problem.data
  return { ok: false, words: detail ?? title, mayRetry: status >= 500 || status === 429 }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A proxy's page of its own: the caller says that we could not take the file.
    return null
  }
}
