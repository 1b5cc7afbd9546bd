/** A phrase is words in a row as a policy writes them; a starred word stands for every word that begins so. */
import type { Policy } from '../core/policy.ts'
import { foldWord, nextWord, openCursor } from './words.ts'

export interface PhraseWord {
  /** Folded; of a starred word what stands before the star. */
  readonly text: string
  readonly isStarred: boolean
}

/** Fewer letters before a star would mean half the dictionary. */
export const LETTERS_BEFORE_STAR = 4

/** The words of a phrase, none when it has no letter and no digit. */
export function readPhrase(text: string): PhraseWord[] {
  const cursor = openCursor(text)
  const words: PhraseWord[] = []
  while (nextWord(cursor)) {
    words.push({
      text: foldWord(text.slice(cursor.start, cursor.end)),
      isStarred: text[cursor.end] === '*',
    })
  }
  return words
}

/** In a list of phrases, the name of the list that an entry stands for. */
export function listNamed(phrase: string): string | null {
  return /^\$([a-z][a-z0-9-]*)$/.exec(phrase)?.[1] ?? null
}

/** The phrases of a list of a policy, with those of the lists that it names. */
export function phrasesIn(policy: Pick<Policy, 'lists'>, phrases: readonly string[]): string[] {
  return phrases.flatMap((phrase) => {
    const name = listNamed(phrase)
    return name === null ? [phrase] : (policy.lists?.[name] ?? [])
  })
}

/** More words than this are not looked for written together. */
const JOINED_AT_MOST = 4

/** The phrase as it may be written: with each choice of its words glued together, as in "surgical facemask". */
export function waysToWrite(words: readonly PhraseWord[]): PhraseWord[][] {
  const [first, ...rest] = words
  if (first === undefined || words.length > JOINED_AT_MOST) return [[...words]]
  let ways: PhraseWord[][] = [[first]]
  for (const word of rest) {
    ways = ways.flatMap((way) => {
      const last = way.at(-1)
      const apart = [...way, word]
      if (last === undefined || last.isStarred) return [apart]
      return [
        apart,
        [...way.slice(0, -1), { text: last.text + word.text, isStarred: word.isStarred }],
      ]
    })
  }
  return ways
}
