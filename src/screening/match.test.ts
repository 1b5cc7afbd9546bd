/** A signal is found where its words say what it means: in any spelling, and not where what stands around them says otherwise. */
import { describe, expect, it } from 'vitest'
import { blank } from '../../test/blank.ts'
import type { ListingText } from '../core/listing.ts'
import { Policy } from '../core/policy.ts'
import { compilePolicies } from './compile.ts'
import { screen } from './screen.ts'

function policyWith(signal: Record<string, unknown>, more: Record<string, unknown> = {}): Policy {
  return Policy.parse({
    policy: 'p',
    version: 1,
    title: 'P',
    author: 'a@shop.example',
    text: 'P.',
    jurisdictions: ['us', 'eu'],
    measure: 'listing.deactivate',
    level: 'act',
    base: 0,
    signals: [{ name: 's', says: 's', weight: 2, ...signal }],
    thresholds: { review: 0, deactivate: 1 },
    wouldReverse: ['Say so.'],
    ...more,
  })
}

/** The words at which the one signal is found. */
function found(
  policy: Policy,
  text: Partial<ListingText> | string,
  jurisdiction: 'us' | 'eu' = 'us',
): string[] {
  const given = typeof text === 'string' ? { title: text } : text
  const verdict = screen(compilePolicies([policy], { jurisdiction }), {
    id: 'a',
    text: { ...blank, ...given },
  })
  const terms = verdict.findings.flatMap(({ evidence }) => evidence)
  return terms.flatMap(({ signal, text: words }) => (signal === 's' && words ? [words] : []))
}

const names = (...phrases: string[]) => policyWith({ phrases })

describe('a phrase', () => {
  const surgical = names('surgical face mask', 'antibacterial', 'virus', 'kills', '口罩')

  it.each([
    ['Surgical Face-Mask', 'Surgical Face-Mask'],
    ['surgicalfacemask', 'surgicalfacemask'],
    ['Surgical Facemask', 'Surgical Facemask'],
    ['sürgicàl fâce mäsk', 'sürgicàl fâce mäsk'],
    ['ｓｕｒｇｉｃａｌ ｆａｃｅ ｍａｓｋ', 'ｓｕｒｇｉｃａｌ ｆａｃｅ ｍａｓｋ'],
    ['sur\u200bgical f\u00adace ma\u2060sk', 'sur\u200bgical f\u00adace ma\u2060sk'],
    ['surgical face mαsk', 'surgical face mαsk'],
    ['ѕurgісаl fаcе mаѕк', 'ѕurgісаl fаcе mаѕк'],
    ['surg1cal f4ce m@sk', 'surg1cal f4ce m@sk'],
    ['S.U.R.G.I.C.A.L face m a s k', 'S.U.R.G.I.C.A.L face m a s k'],
    ['kills v1rus', 'kills'],
    ['k1lls', 'k1lls'],
    ['ki11s', 'ki11s'],
    ['k!lls', 'k!lls'],
    ['against @ntibacterial $', '@ntibacterial'],
    ['anti-bacterial', 'anti-bacterial'],
    ['anti bacterial', 'anti bacterial'],
    ['Surgical & face mask', 'Surgical & face mask'],
    ['医用口罩100只', '口罩'],
    ['N95口罩', '口罩'],
  ])('is found in %s', (title, words) => {
    expect(found(surgical, title)).toContain(words)
  })

  it.each([
    'mask',
    'surgical, face mask',
    'skills',
    'surgical face. Mask',
    'antibacterials',
    '口 罩子',
  ])('is not found in %s', (title) => {
    expect(found(surgical, title).filter((words) => words !== '口 罩')).toEqual([])
  })

  it('with a star is found in every word that begins so', () => {
    const repels = names('repel*', 'mosquito spray*')
    expect(found(repels, 'Repels, repellent; REPELLING. repeat')).toEqual([
      'Repels',
      'repellent',
      'REPELLING',
    ])
    expect(found(repels, 'mosquito sprays')).toEqual(['mosquito sprays'])
    expect(found(repels, 'repels insects')).toEqual(['repels'])
    const claims = policyWith({ together: [['repel*'], ['insects']] })
    expect(found(claims, 'repels insects')).toEqual(['repels', 'insects'])
    expect(found(names('repel*', 'repellent'), 'repellеnt')).toEqual(['repellеnt'])
  })

  it('is found within a word that is made of words of the policy, and no other', () => {
    const glued = names('mücken', 'spray', 'schutz', 'germ', 'any', 'mosquito', 'killer')
    expect(found(glued, 'Mückenschutzspray')).toEqual(['Mücken', 'schutz', 'spray'])
    expect(found(glued, 'mosquitokiller')).toEqual(['mosquito', 'killer'])
    expect(found(glued, 'Germany')).toEqual([])
  })

  it('stands for a list where it names one', () => {
    const policy = policyWith(
      { phrases: ['$germs', 'mould'] },
      { lists: { germs: ['germs', 'bacteria'] } },
    )
    expect(found(policy, 'bacteria, mould')).toEqual(['bacteria', 'mould'])
  })
})

describe('a negation', () => {
  const pesticide = names('pesticides', 'insecticide', 'N95', 'germs')
  it.each([
    'no pesticides',
    'contains no pesticides',
    'free of pesticides',
    'free of parabens, sulfates, phthalates and pesticides',
    'pesticides-free',
    'pesticides free',
    'not an N95',
    "doesn't need insecticide",
    'doesn’t need insecticide',
    'sin insecticide',
    'ohne pesticides',
    'sans pesticides',
    'non-N95',
  ])('takes the word away in "%s"', (title) => {
    expect(found(pesticide, title)).toEqual([])
  })

  it.each([
    'Not only insecticide',
    'No mess, insecticide',
    'It is not. Insecticide',
    'N95 free shipping',
    'no more germs',
    'Model No N95',
    'Non-toxic insecticide',
  ])('leaves it in "%s"', (title) => {
    expect(found(pesticide, title)).toHaveLength(1)
  })

  it('is passed over where the signal says so', () => {
    expect(
      found(policyWith({ phrases: ['pesticides'], evenNegated: true }), 'no pesticides'),
    ).toEqual(['pesticides'])
  })
})

describe('what stands beside', () => {
  it('takes a word away before it, after it, or in its sentence', () => {
    const mask = policyWith({
      phrases: ['mask', 'respirator'],
      notAfter: ['wear'],
      notBefore: ['brush'],
      unless: ['costume'],
    })
    expect(found(mask, 'Wear a good respirator')).toEqual([])
    expect(found(mask, 'Mask brush')).toEqual([])
    expect(found(mask, 'Mask with beak for your costume')).toEqual([])
    expect(found(mask, 'Costume. Mask')).toEqual(['Mask'])
    expect(found(mask, 'Wear it as a very good respirator')).toEqual(['respirator'])
  })

  it('makes words innocent that are part of a longer phrase', () => {
    const mask = policyWith(
      { phrases: ['mask', 'face mask'] },
      { innocent: ['mask brush', 'masking tape'] },
    )
    expect(found(mask, 'Face mask brush')).toEqual([])
    expect(found(mask, 'Face mask, brush')).toEqual(['Face mask'])
  })
})

describe('claim, target and site together', () => {
  const kills = policyWith({
    together: [
      ['kill*', 'destroy*'],
      ['germs', 'bacteria'],
      ['surfaces', 'counters'],
    ],
    within: 8,
    unless: ['skin'],
  })
  it.each([
    ['Kills 99.9% of germs on surfaces', ['Kills', 'germs', 'surfaces']],
    ['On kitchen counters it destroys bacteria', ['counters', 'destroys', 'bacteria']],
    [
      'germs on surfaces? killed. Killer of bacteria on counters',
      ['Killer', 'bacteria', 'counters'],
    ],
  ])('are found in "%s"', (title, words) => {
    expect(found(kills, title)).toEqual(words)
  })

  it.each([
    'Kills germs',
    'Kills germs. On surfaces',
    'Kills germs.Wipe the surfaces',
    'Kills time while you wait for a bus and think about the germs on the surfaces',
    'Does not kill germs on surfaces',
    'Kills germs on skin and surfaces',
  ])('are not found in "%s"', (title) => {
    expect(found(kills, title)).toEqual([])
  })
})

describe('a pattern and a condition', () => {
  it('find a number by its form', () => {
    const policy = policyWith({ patterns: ['TC-84A-\\d{4}'] })
    expect(found(policy, { attributes: { approval: 'NIOSH tc-84a-1234.' } })).toEqual([
      'tc-84a-1234',
    ])
  })

  it('hold a signal to what the listing says of itself', () => {
    const policy = policyWith({ phrases: ['mask'], when: '!category.contains("Toys")' })
    expect(found(policy, { title: 'mask', category: 'Toys & Games' })).toEqual([])
    expect(found(policy, { title: 'mask', category: 'Health' })).toEqual(['mask'])
  })

  it('alone make a term without a place', () => {
    const policy = policyWith({ when: 'attributes.volume > 100.0' })
    const verdict = screen(compilePolicies([policy], { jurisdiction: 'us' }), {
      id: 'a',
      text: { ...blank, title: 'x', attributes: { volume: 250 } },
    })
    expect(verdict.findings[0]?.evidence[1]).toEqual({
      field: null,
      start: null,
      end: null,
      text: null,
      signal: 's',
      weight: 2,
    })
    expect(found(policy, { attributes: { volume: 'much' } })).toEqual([])
    expect(found(policy, 'x')).toEqual([])
  })
})

describe('where a policy applies', () => {
  it('is said by category, and a listing without one is looked at', () => {
    const policy = policyWith(
      { phrases: ['mask'] },
      { categories: { only: ['health'], except: ['books'] } },
    )
    expect(found(policy, { title: 'mask', category: 'Health & Household' })).toEqual(['mask'])
    expect(found(policy, { title: 'mask', category: 'Health > Books' })).toEqual([])
    expect(found(policy, { title: 'mask', category: 'Toys' })).toEqual([])
    expect(found(policy, 'mask')).toEqual(['mask'])
  })

  it('is said by jurisdiction, also for one signal', () => {
    const policy = policyWith({ phrases: ['mask'], jurisdictions: ['eu'] })
    expect(found(policy, 'mask', 'eu')).toEqual(['mask'])
    expect(found(policy, 'mask', 'us')).toEqual([])
  })
})
