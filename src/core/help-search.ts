/** Finding topics by what somebody types: whole words, beginnings of words, and slips of the finger. */
import { nearestName } from './spelling.ts'

/** What of a topic is searched, in the reader's language. */
interface Searched {
  title: string
  words: readonly string[]
  text: string
}

/** Words that say nothing about what somebody looks for. */
const empty = new Set(
  'a an and are at be been but by can do does for from get has have how i in is it its me my not of on or so that the there they this to was we what when where who why with you your'.split(
    ' ',
  ),
)

/** A letter says what it is about well before its end. */
const mostWords = 40

/** The topics that fit, best first; none for nothing typed. */
export function findTopics<Topic extends Searched>(
  topics: readonly Topic[],
  typed: string,
  most = 6,
): Topic[] {
  const all = [...new Set(wordsIn(typed))].slice(0, mostWords)
  const telling = all.filter((word) => !empty.has(word))
  const asked = telling.length > 0 ? telling : all
  if (asked.length === 0) return []
  return topics
    .map((topic, place) => ({ topic, place, score: scoreOf(topic, asked) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.place - other.place)
    .slice(0, most)
    .map(({ topic }) => topic)
}

/** Every word counts by the best place in which it is found. */
function scoreOf(topic: Searched, asked: readonly string[]): number {
  const title = wordsIn(topic.title)
  const other = topic.words.flatMap(wordsIn)
  const text = wordsIn(topic.text)
  const known = [...new Set([...title, ...other])]
  return asked.reduce((sum, word) => {
    if (title.includes(word)) return sum + 8
    if (other.includes(word)) return sum + 6
    // One letter begins too many words to mean one.
    if (word.length > 1 && known.some((each) => each.startsWith(word))) return sum + 4
    if (word.length > 3 && nearestName(word, known.filter(isAbout(word))) !== null) return sum + 3
    return text.includes(word) && word.length > 2 ? sum + 1 : sum
  }, 0)
}

/** Short words are a slip away from too many others. */
function isAbout(word: string): (known: string) => boolean {
  return (known) => known.length > 3 && Math.abs(known.length - word.length) <= 2
}

function wordsIn(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
