/** Speech is how people of a made marketplace write: honest ones each in their own words, a ring from one sheet. */
import type { Chance } from './chance.ts'

export const kinds = ['broken', 'fake', 'missing', 'wrong', 'unsafe'] as const
export type Kind = (typeof kinds)[number]

const things =
  'blender kettle lamp drill charger cable backpack jacket mixer fan heater scale router headset keyboard monitor stroller tent saw pump clock wallet blanket pan knife toaster speaker shelf chair rug mirror vacuum'.split(
    ' ',
  )
const openings = [
  '',
  '',
  '',
  'Hello,',
  'Very disappointed.',
  'I am writing because',
  'Sadly',
  'Just so others know:',
  'Second attempt to reach someone.',
  'My order came last week and',
  'To be fair the price was good, but',
  'Bought as a gift;',
]
const happenings: Record<Kind, string[]> = {
  broken: [
    'the {t} arrived broken',
    'the {t} stopped working after {n} days',
    'my {t} came with a crack along the side',
    'the {t} does not switch on at all',
    'one part of the {t} snapped off while unpacking',
    'the motor of the {t} smells burnt',
    'the handle of the {t} is loose and cannot be fixed',
  ],
  fake: [
    'the {t} is not the brand it says',
    'the logo on the {t} is misspelt',
    'the maker told me the number of this {t} does not exist',
    'this {t} is a cheap copy',
    'the seal on the {t} was printed, not embossed',
  ],
  missing: [
    'the {t} never arrived',
    'tracking for the {t} has not moved for {n} days',
    'the parcel was empty, no {t} inside',
    'the {t} was marked as delivered, but nobody here saw it',
  ],
  wrong: [
    'I got a {t} in another colour',
    'the {t} is much smaller than in the pictures',
    'they sent a {o} and not the {t}',
    'the {t} lacks the parts that the page lists',
    'the {t} does not fit although the table said so',
  ],
  unsafe: [
    'the {t} got so hot that it scorched the table',
    'the plug of the {t} sparked',
    'my child cut a finger on the edge of the {t}',
    'the {t} gave me a light shock',
    'the battery of the {t} swelled up',
  ],
}
const wishes = [
  'I would like my money back.',
  'Please replace it.',
  'The seller does not answer.',
  'They offered me {n} percent, which is a joke.',
  'I sent pictures twice.',
  'Will not buy here again.',
  'Can somebody look into this?',
  'My neighbour has the same and hers works fine.',
  'I kept the box and the bill.',
  'Support told me to wait, so I waited.',
  'I need it for work on Monday.',
  'Return label was promised {n} days ago.',
  '',
]
const fillers =
  'really quite frankly honestly unfortunately today again still simply already totally clearly maybe somehow'.split(
    ' ',
  )
const alike: Record<string, string[]> = {
  broken: ['damaged', 'defective'],
  money: ['cash', 'payment'],
  seller: ['shop', 'vendor'],
  dangerous: ['unsafe', 'hazardous'],
  fake: ['counterfeit', 'copied'],
  buy: ['order', 'purchase'],
  never: ['not', 'hardly'],
  product: ['item', 'article'],
  customers: ['buyers', 'people'],
  terrible: ['awful', 'horrible'],
}
const accusations: Record<Kind, string[]> = {
  broken: [
    'This seller ships broken products and everybody should know it',
    'Terrible quality, the product fell apart in my hands on the first day',
  ],
  fake: [
    'These are fake products with forged labels and the seller knows',
    'Do not buy here, the whole stock is a counterfeit sold as real',
  ],
  missing: [
    'The seller takes the money and never ships a single thing',
    'I paid and never got anything, other customers wait as well',
  ],
  wrong: [
    'The seller lies about size and material to get your money',
    'Nothing on the page is true and the product is another one',
  ],
  unsafe: [
    'This product is dangerous and should be taken off sale at once',
    'A dangerous product that nearly burned down my whole kitchen',
  ],
}
const additions = [
  'Please close this shop before more customers lose their money.',
  'The marketplace must act against this seller now.',
  'I will report this everywhere until it is gone.',
  'Other customers told me the same about this seller.',
  'Such a terrible shop should not be allowed to sell.',
]

/** What a customer writes in words of their own. */
export function honestText(chance: Chance, kind: Kind): string {
  const fill = (text: string) =>
    text
      .replace('{t}', chance.pick(things))
      .replace('{o}', chance.pick(things))
      .replace('{n}', String(chance.between(2, 40)))
  const parts = [chance.pick(openings), fill(chance.pick(happenings[kind]))]
  if (chance.in(0.15)) return parts.join(' ').trim()
  if (chance.in(0.3)) parts.push('and', fill(chance.pick(happenings[kind])))
  const rest = chance.some(wishes, chance.between(1, 3)).map(fill)
  const words = `${parts.join(' ').trim()}. ${rest.join(' ')}`.split(' ')
  for (let extra = chance.between(0, 4); extra > 0; extra--)
    words.splice(chance.between(0, words.length), 0, chance.pick(fillers))
  return words.join(' ').trim()
}

/** The sheet that a ring writes from. */
export function ringSheet(chance: Chance, kind: Kind): string {
  const accusation = chance.pick(accusations[kind])
  return `${accusation}, the ${chance.pick(things)} is the worst ${chance.pick(things)} I have seen. ${chance.some(additions, chance.between(1, 2)).join(' ')} ${chance.in(0.5) ? honestText(chance, kind) : ''}`.trim()
}

/** A text with some words replaced, dropped or added. */
export function reworded(chance: Chance, text: string, edits: number): string {
  return text
    .split(' ')
    .flatMap((word) => {
      if (!chance.in(edits)) return [word]
      const others = alike[word.toLowerCase().replace(/[^a-z]/g, '')]
      if (others !== undefined) return [chance.pick(others)]
      const way = chance.share()
      return way < 0.35 ? [] : way < 0.7 ? [word, chance.pick(fillers)] : [chance.pick(fillers)]
    })
    .join(' ')
}
