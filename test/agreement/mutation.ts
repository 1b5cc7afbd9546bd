/** A mutation is a listing that somebody changed so that nothing should be found in it any more, or just so. */
import type { ListingText } from '../../src/core/listing.ts'
import type { Chance } from '../histories/chance.ts'
import { gaps, spell } from './spelling.ts'
import type { World } from './world.ts'

/** A listing made of one with a finding, or of words and phrases of the policies. */
export function mutate(world: World, chance: Chance): ListingText {
  const { edge } = world
  const text =
    edge.length > 0 && chance.below(10) < 7 ? chance.pick(edge) : randomListing(world, chance)
  const changed = structuredClone(text)
  for (let more = chance.pick([0, 1, 1, 1, 1, 2, 3]); more > 0; more--)
    chance.pick(changes)(changed, world, chance)
  return changed
}

type Change = (text: ListingText, world: World, chance: Chance) => void

const changes: readonly Change[] = [
  disguiseWord,
  disguiseWord,
  disguiseWord,
  disguiseWord,
  disguiseGap,
  // Moved on, so that words lie across the borders at which the text is read.
  (text, world, chance) =>
    inSomeField(text, chance, (content) => {
      const filler = chance.pick(['a ', '. ', 'z', '- ', 'é ', '$ ', 'ordinary words for ', '口'])
      const moved = filler.repeat(40).slice(0, chance.below(72))
      return `${moved}${chance.onceIn(4) ? '' : ' '}${content}`
    }),
  (text, world, chance) =>
    inSomeField(
      text,
      chance,
      (content) => `${content}${chance.pick(gaps)}${chance.pick(world.words)}`,
    ),
  (text, world, chance) =>
    inSomeField(
      text,
      chance,
      (content) => `${chance.pick(world.words)}${chance.pick(gaps)}${content}`,
    ),
  (text, world, chance) =>
    inSomeField(text, chance, (content) => `${content} ${chance.pick(world.phrases)}`),
  // The same words elsewhere.
  (text, _, chance) => {
    const words = text.title
    switch (chance.below(5)) {
      case 0:
        text.description = `${text.description} ${words}`
        break
      case 1:
        text.bullets = [...text.bullets, words]
        break
      case 2:
        text.attributes = { ...text.attributes, use: words }
        break
      case 3:
        text.attributes = { ...text.attributes, list: ['blue', ...words.split(' ')] }
        break
      case 4:
        text.brand = words.slice(0, 900)
        break
    }
    if (!chance.onceIn(3)) text.title = 'Ordinary thing'
  },
  (text, world, chance) => {
    text.category = chance.pick([
      '',
      'Bath & skin',
      chance.pick(world.phrases),
      text.title.slice(0, 1900),
    ])
  },
]

function disguiseWord(text: ListingText, { words }: World, chance: Chance): void {
  inSomeField(text, chance, (content) => {
    const parts = content.split(/([\p{L}\p{N}\p{M}]+)/u)
    if (parts.length < 3) return content
    const at = 1 + 2 * chance.below((parts.length - 1) / 2)
    parts[at] = spell(parts[at] ?? '', chance, words)
    return parts.join('')
  })
}

function disguiseGap(text: ListingText, _: World, chance: Chance): void {
  inSomeField(text, chance, (content) => {
    const parts = content.split(/([^\p{L}\p{N}\p{M}]+)/u)
    if (parts.length < 3) return content
    const at = 1 + 2 * chance.below((parts.length - 1) / 2)
    parts[at] = chance.onceIn(4) ? '' : chance.pick(gaps)
    return parts.join('')
  })
}

function inSomeField(text: ListingText, chance: Chance, change: (content: string) => string): void {
  const fields: ((change: (content: string) => string) => void)[] = [
    () => (text.title = change(text.title) || 'a'),
  ]
  if (text.description !== '') fields.push(() => (text.description = change(text.description)))
  if (text.category !== '') fields.push(() => (text.category = change(text.category)))
  text.bullets.forEach((bullet, at) => fields.push(() => (text.bullets[at] = change(bullet))))
  for (const [name, value] of Object.entries(text.attributes)) {
    if (typeof value === 'string') fields.push(() => (text.attributes[name] = change(value)))
    else if (Array.isArray(value) && value.length > 0)
      fields.push(() => {
        const at = chance.below(value.length)
        value[at] = change(value[at] ?? '')
      })
  }
  chance.pick(fields)(change)
}

function randomListing({ phrases, words }: World, chance: Chance): ListingText {
  const few = chance.onceIn(2)
  const some = () =>
    Array.from({ length: 1 + chance.below(3) }, () =>
      few
        ? chance.pick(words)
        : chance.onceIn(2)
          ? chance.pick(phrases)
          : chance.onceIn(2)
            ? spell(chance.pick(words), chance, words)
            : chance.pick(words),
    ).join(chance.pick(gaps))
  const maybe = () => (chance.onceIn(few ? 9 : 3) ? some() : '')
  return {
    title: some() || 'a',
    description: maybe(),
    bullets: chance.onceIn(3) ? [some(), maybe()] : [],
    brand: chance.onceIn(8) ? 'acme' : '',
    category: maybe().slice(0, 1900),
    attributes: chance.onceIn(3) ? { use: some(), list: [some(), maybe()] } : {},
  }
}
