/** The sentence that says who else is here. */
import type { Presences } from '../../contract/note.ts'
import { sayList } from '../../core/saying.ts'

/** "Sam Okoye is writing here. Aiko Tanaka looks at this case too." */
export function presenceWords(others: Presences['others']): string {
  const writing = others.filter(({ isWriting }) => isWriting).map(({ name }) => name)
  const looking = others.filter(({ isWriting }) => !isWriting).map(({ name }) => name)
  const sentences = []
  if (writing.length > 0)
    sentences.push(`${sayList(writing)} ${writing.length === 1 ? 'is' : 'are'} writing here now.`)
  if (looking.length > 0)
    sentences.push(
      `${sayList(looking)} ${looking.length === 1 ? 'looks' : 'look'} at this case too.`,
    )
  return sentences.join(' ')
}
