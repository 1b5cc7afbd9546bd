/** Own reasons are those of a machine, a clock or a ring that fell: kept once, in English, and said to each seller in their language. */
import type { Language } from './language.ts'
import { wordsIn } from './words.ts'

/** The same reasons in a language, or null where they are in nobody's words but a person's. */
export function sayOwnReasons(reasons: string, language: Language): string | null {
  const english = wordsIn('en').own
  const words = wordsIn(language).own
  const [late, passes, passesRule, nothing, wouldNot, held, follows, ofRing, ringFell] = [
    read(reasons, english.late()),
    read(reasons, english.textPasses(gap)),
    read(reasons, english.textPassesRule(gap, gap)),
    read(reasons, english.findsNothing(gap, gap)),
    read(reasons, english.wouldNotAct(gap, gap)),
    read(reasons, english.heldForSafety(gap)),
    read(reasons, english.followsBody(gap, gap)),
    read(reasons, english.ofRing()),
    read(reasons, english.ringFell()),
  ]
  if (late) return words.late()
  if (reasons === english.thresholdFell()) return words.thresholdFell()
  if (passesRule) return words.textPassesRule(passesRule[0] ?? '', passesRule[1] ?? '')
  if (passes) return words.textPasses(passes[0] ?? '')
  if (nothing) return words.findsNothing(nothing[0] ?? '', nothing[1] ?? '')
  if (wouldNot) return words.wouldNotAct(wouldNot[0] ?? '', wouldNot[1] ?? '')
  if (held) return words.heldForSafety(held[0] ?? '')
  if (follows) return words.followsBody(follows[0] ?? '', follows[1] ?? '')
  if (ofRing) return words.ofRing()
  if (ringFell) return words.ringFell()
  return null
}

/** Stands for a value where a sentence is made to be read by. */
const gap = '\0'

/** The values in a sentence, where it is this one. */
function read(sentence: string, pattern: string): string[] | null {
  const parts = pattern.split(gap).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const found = new RegExp(`^${parts.join('(.+)')}$`, 's').exec(sentence)
  return found && found.slice(1)
}
