/** The words of the bench: ordinary ones, met as often as words of a language are, and those that rules look for. */
import { chanceFrom } from './chance.ts'
import type { Chance } from './chance.ts'

/** What every English text is full of; negations among them, as often as in real listings. */
const everywhere = (
  'the and for with of to a in is this our it on your or are from as by all that can be you at use not size ' +
  'made easy set new high one more quality up no pack without perfect design only inch free small large home'
).split(' ')

const ORDINARY = 20_000
const plainOnsets = 'b c d f g h j k l m n p r s t v w'.split(' ')
const denseOnsets = 'bl br cr dr fl fr gl gr kl pl pr sk sl sm sp st tr str spr ph qu zw'.split(' ')
const vowels = 'a e i o u'.split(' ')
const codas = ['', '', '', 'n', 'r', 'l', 's']

/** By rank: the first is met most often. At most 11 letters long. */
export const ordinaryWords: readonly string[] = makeOrdinary()

function makeOrdinary(): string[] {
  const chance = chanceFrom(11)
  const words = new Set(everywhere)
  while (words.size < ORDINARY) {
    const syllables = 2 + chance.below(3)
    let word = ''
    for (let at = 0; at < syllables; at++)
      word += chance.pick(plainOnsets) + chance.pick(vowels) + (at % 2 ? '' : chance.pick(codas))
    if (word.length <= 11) words.add(word)
  }
  return [...words]
}

/** An ordinary word as a text draws it: that of rank r about once in r times the logarithm of all (Zipf). */
export function ordinaryWord(chance: Chance): string {
  const rank = Math.floor(ORDINARY ** chance.share()) - 1
  return ordinaryWords[rank] ?? ''
}

/** An ordinary word that a rule would write: not one that stands everywhere. */
export function tellingWord(chance: Chance): string {
  return ordinaryWords[400 + chance.below(8_000)] ?? ''
}

/** Makes words that only rules hold, none of them twice. Their letters keep them out of glued ordinary words. */
export function openRuleWords(chance: Chance): () => string {
  const made = new Set<string>()
  return () => {
    for (;;) {
      let word = chance.pick(denseOnsets) + chance.pick(vowels)
      for (let at = 1 + chance.below(2); at >= 0; at--)
        word += chance.pick(at ? plainOnsets : denseOnsets) + chance.pick(vowels)
      word += chance.pick(codas)
      if (word.length < 6 || made.has(word)) continue
      made.add(word)
      return word
    }
  }
}
