/** A policy is read from its document, or refused where it is wrong; those of the story say what their examples say. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatDocumentError } from '../core/document.ts'
import { measureNames } from '../core/measure.ts'
import { compilePolicies } from './compile.ts'
import { readPolicies, readPolicy } from './policy.ts'
import { screen } from './screen.ts'

const folder = new URL('../../policies/naive/', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))

const small = `policy: ppe
version: 1
title: Masks
author: policy@shop.example
text: Masks are sold by approved sellers.
jurisdictions: [us]
measure: listing.deactivate
level: act
base: -3
signals:
  - { name: mask, says: names a mask, weight: 4, phrases: [mask] }
thresholds: { review: 0.4, deactivate: 0.7 }
wouldReverse: [Say that it is no mask.]
`

function mistakes(right: string, wrong: string): string[] {
  expect(small).toContain(right)
  const read = readPolicy(
    small.replace(right, () => wrong),
    'ppe.yaml',
  )
  return read.ok ? [] : read.errors.map(formatDocumentError)
}

describe('a policy document', () => {
  it('is read', () => {
    expect(readPolicy(small, 'ppe.yaml')).toMatchObject({
      ok: true,
      policy: { policy: 'ppe', naive: false, examples: [] },
    })
  })

  it.each([
    [
      'signals:',
      'siganls:',
      'ppe.yaml:10:1: "siganls" is not a key that is known here; did you mean "signals"?',
    ],
    [
      'review: 0.4',
      'review: 0.8',
      'ppe.yaml:12:23: expected "review" to be at most "deactivate" (0.7), found 0.8',
    ],
    ['review: 0.4', 'review: 40', 'ppe.yaml:12:23: expected at most 1, found 40'],
    [
      'level: act',
      'level: shadwo',
      'ppe.yaml:8:8: expected one of off, shadow, suggest, act-with-review, act, found "shadwo"; did you mean "shadow"?',
    ],
    [
      'listing.deactivate',
      'listing.deactivat',
      `ppe.yaml:7:10: expected one of ${measureNames.join(', ')}, found "listing.deactivat"; did you mean "listing.deactivate"?`,
    ],
    [
      'phrases: [mask]',
      'phrases: ["!!!"]',
      'ppe.yaml:11:60: expected at least one letter or digit in a phrase',
    ],
    [
      'name: mask,',
      'name: base,',
      'ppe.yaml:11:13: "base" is the name of a term that screening adds itself; expected another',
    ],
    [
      'signals:',
      'signals:\n  - { name: mask, says: s, weight: 1, phrases: [a] }',
      'ppe.yaml:12:13: another signal is named "mask"; expected a name of its own',
    ],
    [
      'phrases: [mask]',
      'phrases: [$masks]',
      'ppe.yaml:11:60: there is no list "masks"; none is known here',
    ],
    [
      'phrases: [mask]',
      "phrases: ['cure, treat']",
      'ppe.yaml:11:60: no text is read over the comma or the end of a sentence in "cure, treat"; expected words in a row',
    ],
    [
      'phrases: [mask]',
      'phrases: [ma*]',
      'ppe.yaml:11:60: "ma*" stands for too many words; expected at least 4 letters before the star',
    ],
    [
      'phrases: [mask]',
      "patterns: ['^(a+)+$']",
      'ppe.yaml:11:61: not usable as a pattern: it repeats what repeats already, as (a+)+ does, which takes other engines minutes; write one of the two',
    ],
    [
      'phrases: [mask]',
      'when: \'titel == "a"\'',
      'ppe.yaml:11:56: not readable as a condition: unknown variable: titel (at character 1 of it)',
    ],
    [
      ', phrases: [mask]',
      '',
      'ppe.yaml:11:5: expected "phrases", "patterns", "together" or "when", which say what is looked for',
    ],
    [
      'weight: 4, phrases: [mask]',
      'weight: -4, together: [[a], [b]]',
      'ppe.yaml:11:51: what speaks against a finding may not need several groups, or leaving out a word that speaks for it could raise the score; expected "phrases"',
    ],
    [
      'weight: 4',
      'weight: -4',
      'ppe.yaml:11:3: no signal speaks for a finding; expected one with a weight above 0',
    ],
    [
      'weight: 4,',
      'weight: 4, jurisdictions: [eu],',
      'ppe.yaml:11:65: the policy does not hold in "eu"; expected one of its jurisdictions',
    ],
    ['weight: 4', 'weight: heavy', 'ppe.yaml:11:47: expected a number, found "heavy"'],
    ['weight: 4', 'weight: .nan', 'ppe.yaml:11:47: expected a number, found NaN'],
    [
      'wouldReverse: [Say that it is no mask.]\n',
      "wouldReverse: [It is none.]\nexhibits: [{ exhibit: number, title: Number, says: On it., kind: words, form: 'K\\d{6}', like: K12 }]\n",
      '"K12" has not the form of this exhibit',
    ],
    [
      'wouldReverse: [Say that it is no mask.]\n',
      "wouldReverse: [It is none.]\nexhibits: [{ exhibit: photo, title: Photo, says: Of it., kind: file, form: 'K' }]\n",
      'a file has no form; expected "form" only for words',
    ],
    [
      'wouldReverse: [Say that it is no mask.]\n',
      'wouldReverse: [It is none.]\nexhibits: [{ exhibit: a, title: A, says: A., kind: file }, { exhibit: a, title: B, says: B., kind: file }]\n',
      'another exhibit is named "a"; expected a name of its own',
    ],
    [
      'wouldReverse: [Say that it is no mask.]\n',
      '',
      'ppe.yaml:1:1: "wouldReverse" is missing: expected a list',
    ],
  ])('with %j as %j is refused', (right, wrong, mistake) => {
    expect(mistakes(right, wrong)).toContainEqual(expect.stringContaining(mistake))
  })

  it('is refused beside another of the same name', () => {
    const read = readPolicies([
      { name: 'a.yaml', text: small },
      { name: 'b.yaml', text: small },
    ])
    expect(read).toMatchObject({
      ok: false,
      errors: [{ file: 'b.yaml', message: expect.stringContaining('a.yaml already holds') }],
    })
  })
})

describe('the policies of the story', () => {
  const read = readPolicies(files)
  if (!read.ok) throw new Error(read.errors.map(formatDocumentError).join('\n'))

  it('are ppe, which acts, and pesticide, which suggests; both naive and in both jurisdictions', () => {
    const facts = read.policies.map(({ policy, level, naive, jurisdictions }) => ({
      policy,
      level,
      naive,
      jurisdictions,
    }))
    expect(facts).toContainEqual({
      policy: 'ppe',
      level: 'act',
      naive: true,
      jurisdictions: ['us', 'eu'],
    })
    expect(facts).toContainEqual({
      policy: 'pesticide',
      level: 'suggest',
      naive: true,
      jurisdictions: ['us', 'eu'],
    })
  })

  const examples = read.policies.flatMap((policy) =>
    policy.examples.map((example) => ({ policy, example, title: example.title })),
  )

  it.each(examples)('say of $title what their examples say', ({ policy, example }) => {
    const text = {
      title: example.title,
      description: example.description ?? '',
      bullets: [],
      brand: '',
      category: example.category ?? '',
      attributes: {},
    }
    expect(
      screen(compilePolicies([policy], { jurisdiction: 'us' }), { id: 'a', text }).outcome,
    ).toBe(example.outcome)
    if (example.shouldBe !== undefined) expect(example.shouldBe).not.toBe(example.outcome)
  })
})

const forPeople = `
policy: honesty
version: 1
title: Honest trade
author: a@b.example
text: Sellers are who they say they are.
jurisdictions: [eu]
measure: account.lock
level: off
base: 0
signals: []
thresholds: { review: 1, deactivate: 1 }
wouldReverse: [Show who you are.]
`

it.each([
  ['', '', null],
  ['level: off', 'level: suggest', /without signals no machine can apply it; expected "off"/],
  ['account.lock', 'listing.deactivate', /a rule about listings looks for something/],
])(
  'a rule for people has no signals, stands at off, and is not about listings: %s',
  (was, is, words) => {
    const read = readPolicy(forPeople.replace(was, is), 'honesty.yaml')
    expect(read.ok).toBe(words === null)
    if (!read.ok) expect(read.errors.map(({ message }) => message).join()).toMatch(words ?? /never/)
  },
)
