/** A language in which sellers are written to; what lacks words in one does not compile (`words.ts`). */
import { z } from 'zod'

export const languages = ['en', 'de'] as const
export const Language = z.enum(languages)
export type Language = z.infer<typeof Language>

/** Each by its own name, as who reads it looks for it. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const satisfies Record<
  Language,
  string
>

/** The first of these that is a language of ours; English where none is. */
export function languageOf(...said: (string | null | undefined)[]): Language {
  for (const one of said) {
    const parsed = Language.safeParse(one)
    if (parsed.success) return parsed.data
  }
  return 'en'
}
