/** The phrase tree holds every way to write every phrase, and says which sets each is in. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPhrase, waysToWrite } from './phrase.ts'
import { PhraseTreeMaker, slotsOf, stepOn, waysIn, wordsIn } from './phrase-tree.ts'

function treeOf(...sets: string[][]) {
  const maker = new PhraseTreeMaker()
  const slots = sets.map((phrases) => maker.slotOf(phrases))
  return { tree: maker.make(), slots }
}

const someWord = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'é', '口'),
  minLength: 1,
  maxLength: 3,
})
const somePhrase = fc
  .tuple(fc.array(someWord, { minLength: 1, maxLength: 5 }), fc.boolean())
  .map(([words, isStarred]) => words.join(' ') + (isStarred ? '*' : ''))
const someSets = fc.array(fc.array(somePhrase, { minLength: 1, maxLength: 6 }), { maxLength: 6 })

describe('the phrase tree', () => {
  it('has the words of phrases, those that were glued, and those with a star', () => {
    const { tree } = treeOf(['face mask', 'kill*'])
    expect([...wordsIn(tree)]).toEqual([
      { text: 'face', isStarred: false, isWhole: true },
      { text: 'mask', isStarred: false, isWhole: true },
      { text: 'facemask', isStarred: false, isWhole: false },
      { text: 'kill', isStarred: true, isWhole: false },
    ])
  })

  it('keeps a set that is named twice once', () => {
    const { slots } = treeOf(['a', 'b'], ['a'], ['a', 'b'])
    expect(slots).toEqual([0, 1, 0])
  })

  it('has exactly the ways of each set, and each leads there word by word', () => {
    fc.assert(
      fc.property(someSets, (sets) => {
        const { tree, slots } = treeOf(...sets)
        const words = [...wordsIn(tree)]
        const found = new Set<string>()
        for (const way of waysIn(tree)) {
          const step = way.words.reduce((from, word) => stepOn(tree, from, word), 0)
          const ending = tree.endings[step] ?? 0
          expect([...slotsOf(tree, ending)]).toEqual(way.slots)
          const text = way.words.map((word) => spell(words[word])).join(' ')
          for (const slot of way.slots) {
            found.add(`${slot} ${text}`)
          }
        }
        const expected = sets.flatMap((phrases, at) =>
          phrases.flatMap((phrase) =>
            waysToWrite(readPhrase(phrase)).map(
              (way) => `${slots[at]} ${way.map(spell).join(' ')}`,
            ),
          ),
        )
        expect([...found].sort()).toEqual([...new Set(expected)].sort())
      }),
    )
  })
})

function spell(word: { text: string; isStarred: boolean } | undefined): string {
  return `${word?.text}${word?.isStarred ? '*' : ''}`
}
