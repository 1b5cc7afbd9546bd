/** An upload is one file of a seller: cut off when too large, and believed only as far as its bytes. */
import { fileTypeFromBuffer } from 'file-type'
import { refuseRequest } from './problem.ts'

/** What its bytes say it is, and what we call that. */
const taken = new Map([
  ['image/jpeg', 'image/jpeg'],
  ['image/png', 'image/png'],
  ['image/apng', 'image/png'],
  ['image/webp', 'image/webp'],
  ['image/gif', 'image/gif'],
  ['image/heic', 'image/heic'],
  ['image/heif', 'image/heif'],
  ['application/pdf', 'application/pdf'],
])

export interface Upload {
  name: string
  mediaType: string
  bytes: Buffer
}

/** Reads the type from the bytes and cleans the name; whatever the sender called it is only a name. */
export async function readUpload(file: File): Promise<Upload> {
  const bytes = Buffer.from(await file.arrayBuffer())
  if (bytes.length === 0) refuseRequest('file_empty')
  const mediaType = taken.get((await typeOf(bytes)) ?? '')
  if (mediaType === undefined) refuseRequest('file_type_refused')
  return { name: cleanName(file.name), mediaType, bytes }
}

/** The media type that bytes begin like, as far as one is known. */
export async function typeOf(bytes: Buffer): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime
  } catch {
    // A file made to break its reader is none of the kinds that we take.
    return undefined
  }
}

/** A name without folders, control or direction-changing characters, at most 200 characters long. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const clean = [
    ...last
      .replace(/[\p{C}\u2028\u2029]/gu, '')
      .replace(/\s+/g, ' ')
      .trim(),
  ]
    .slice(0, 200)
    .join('')
  return clean === '' || /^\.+$/.test(clean) ? 'file' : clean
}
