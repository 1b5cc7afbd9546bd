/** What a file is, by its bytes alone; whatever its sender called it is only a name. */
import { fileTypeFromBuffer } from 'file-type'

/** What the bytes of a file that we show say it is, and what we call that. */
const shown = new Map([
  ['image/jpeg', 'image/jpeg'],
  ['image/png', 'image/png'],
  ['image/apng', 'image/png'],
  ['image/webp', 'image/webp'],
  ['image/gif', 'image/gif'],
  ['image/heic', 'image/heic'],
  ['image/heif', 'image/heif'],
  ['application/pdf', 'application/pdf'],
])

/** The kind of photo or document that bytes are, or undefined for anything else. */
export async function shownTypeOf(bytes: Uint8Array): Promise<string | undefined> {
  return shown.get((await typeOf(bytes)) ?? '')
}

/** The media type that bytes begin like, as far as one is known. */
export async function typeOf(bytes: Uint8Array): Promise<string | undefined> {
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
