/** An upload is one file of a seller: cut off when too large, and believed only as far as its bytes. */
import { cleanName, shownTypeOf } from '../operations/file-type.ts'
import { refuseRequest } from './problem.ts'

export interface Upload {
  name: string
  mediaType: string
  bytes: Buffer
}

/** Reads the type from the bytes and cleans the name; whatever the sender called it is only a name. */
export async function readUpload(file: File): Promise<Upload> {
  const bytes = Buffer.from(await file.arrayBuffer())
  if (bytes.length === 0) refuseRequest('file_empty')
  const mediaType = await shownTypeOf(bytes)
  if (mediaType === undefined) refuseRequest('file_type_refused')
  return { name: cleanName(file.name), mediaType, bytes }
}
