/** What a browser may make of a file: a few kinds that hold no script, believed only where the bytes say so too. */
import type { FileAddress } from '../contract/case.ts'
import type { HttpConfig } from './config.ts'
import { decodeText } from './readable.ts'
import { typeOf } from '../operations/file-type.ts'

/** Kinds that a browser opens by itself. HEIC is not one of them: few browsers read it. */
const opened: Record<string, Exclude<FileAddress['opens'], 'download'>> = {
  'image/jpeg': 'picture',
  'image/png': 'picture',
  'image/webp': 'picture',
  'image/gif': 'picture',
  'application/pdf': 'document',
  'text/plain': 'document',
}

/** What becomes of a file of this kind at its address. Without an origin of its own it is never more than a download. */
export function opensAs(
  mediaType: string,
  { filesUrl }: Pick<HttpConfig, 'filesUrl'>,
): FileAddress['opens'] {
  return filesUrl === null ? 'download' : (opened[mediaType] ?? 'download')
}

/** The type to send a file under, or null for bytes to be saved and not shown. */
export async function shownType(file: {
  mediaType: string
  bytes: Buffer
}): Promise<string | null> {
  if (opened[file.mediaType] === undefined) return null
  if (file.mediaType === 'text/plain')
    return decodeText(file.bytes) === null ? null : 'text/plain; charset=utf-8'
  const found = await typeOf(file.bytes)
  const isSame = (found === 'image/apng' ? 'image/png' : found) === file.mediaType
  return isSame ? file.mediaType : null
}
