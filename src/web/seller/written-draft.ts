/** The draft of a message: its words, its files, and the key under which it is sent once. */
import { z } from 'zod'
import { FileForReader } from '../../contract/case.ts'
import { Sent } from './sent-once.ts'

export const WrittenDraft = z.object({
  text: z.string(),
  files: z.array(FileForReader),
  sent: Sent,
})
export type WrittenDraft = z.infer<typeof WrittenDraft>

export const emptyWritten: WrittenDraft = { text: '', files: [], sent: null }

/** How long a message may be; the contract refuses more. */
const longest = 20_000

/** What travels. */
export function writtenFrom({ text, files }: WrittenDraft): { text: string; fileIds: string[] } {
  return { text, fileIds: files.map(({ id }) => id) }
}

/** What still has to be changed before it can be sent, in words; null when it can. */
export function missingFromWritten({ text }: WrittenDraft, missing: string): string | null {
  if (text.trim() === '') return missing
  return text.length > longest
    ? `This is longer than ${longest.toLocaleString('en')} characters. Put the rest into a file.`
    : null
}
