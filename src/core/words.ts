/** Words to sellers, in every language there is: what one language lacks, or fills otherwise, does not compile. */
import type { Language } from './language.ts'
import { de } from './words/de.ts'
import { en, type Words } from './words/en.ts'

export type { Words }

const words: Record<Language, Words> = { en, de }

/** The words of a language. */
export function wordsIn(language: Language): Words {
  return words[language]
}
