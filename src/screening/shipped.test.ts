/** The policies that ship keep what screening promises, on labelled listings, on pieces of them put together, and on noise. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDocumentError } from '../core/document.ts'
import { scoreOf } from '../core/finding.ts'
import type { Verdict } from '../core/finding.ts'
import { fieldText } from '../core/listing.ts'
import type { ListingText } from '../core/listing.ts'
import { outcomeOf, policyIn } from '../core/policy.ts'
import { compilePolicies } from './compile.ts'
import { leaveOut, tellingAll } from './examples.ts'
import { readLabelled } from './labelled-case.ts'
import { readPolicies } from './policy.ts'
import { screen } from './screen.ts'

const folder = new URL('../../policies/', import.meta.url)
const read = readPolicies(
  readdirSync(folder)
    .filter((name) => /\.(yaml|learned\.json)$/.test(name))
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') })),
)
if (!read.ok) throw new Error(read.errors.map(formatDocumentError).join('\n'))
const { policies } = read

const cases = readdirSync(new URL('cases/', folder)).flatMap((name) =>
  readFileSync(new URL(`cases/${name}`, folder), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const labelled = readLabelled(line)
      if (!labelled.ok) throw new Error(`${name}: ${labelled.why}`)
      return labelled.labelled.listing.text
    }),
)

const jurisdictions = ['us', 'eu'] as const
/** Every sum is told, whatever it comes to, so that there is always one to compare. */
const rules = {
  us: compilePolicies(policies.map(tellingAll), { jurisdiction: 'us' }),
  eu: compilePolicies(policies.map(tellingAll), { jurisdiction: 'eu' }),
}

function judge(text: ListingText, jurisdiction: 'us' | 'eu'): Verdict {
  return screen(rules[jurisdiction], { id: 'a', text })
}

function expectExact(text: ListingText, { findings }: Verdict): void {
  for (const { score, evidence } of findings) {
    const sum = evidence.reduce((total, { weight }) => total + weight, 0)
    expect(score).toBe(1 / (1 + Math.exp(-sum)))
    for (const { field, start, end, text: words } of evidence) {
      if (field === null) continue
      expect(fieldText(text, field)?.slice(start ?? -1, end ?? -1)).toBe(words)
    }
  }
}

/**
 * Takes the words of each term that speaks for a finding out of the text. Their neighbours then stand together, which
 * can, rarely, say something of its own; but what a rule makes of the listing must never become more severe.
 */
function leaveOutEach(
  text: ListingText,
  jurisdiction: 'us' | 'eu',
): { terms: number; risen: number } {
  const count = { terms: 0, risen: 0 }
  for (const { policy: name, evidence } of judge(text, jurisdiction).findings) {
    const policy = policies.find((one) => one.policy === name)
    if (!policy) throw new Error(`no policy ${name}`)
    const whole = sumOf(evidence)
    for (const term of evidence) {
      const cut = term.weight > 0 ? leaveOut(text, term) : null
      if (cut === null) continue
      count.terms++
      const left = judge(cut, jurisdiction).findings.find((finding) => finding.policy === name)
      // Two sums of the same numbers in another order may differ in the last digit.
      if (!left || sumOf(left.evidence) <= whole + 1e-9) continue
      count.risen++
      const [before, after] = [whole, sumOf(left.evidence)].map((sum) =>
        severity.indexOf(outcomeOf(policy, scoreOf(sum))),
      )
      if ((after ?? 0) > (before ?? 0))
        expect.fail(
          `${name}: without “${term.text}” (${term.signal}) in ${JSON.stringify(text)} the sum rises from ${whole} to ${sumOf(left.evidence)}`,
        )
    }
  }
  return count
}

const severity = ['allow', 'review', 'deactivate']

function sumOf(evidence: Verdict['findings'][number]['evidence']): number {
  return evidence.reduce((total, { weight }) => total + weight, 0)
}

const someCase = fc.constantFrom(...cases)
/** A listing put together of the halves of others: new neighbours for every word. */
const someMixture = fc
  .tuple(someCase, someCase, fc.nat(), fc.nat())
  .map(([one, other, at, from]): ListingText => ({
    ...one,
    title:
      `${one.title.slice(0, at % (one.title.length + 1))} ${other.title.slice(from % (other.title.length + 1))}`
        .replace(/\p{Surrogate}/gu, '')
        .trim(),
    description: `${other.description} ${one.title}`,
  }))

describe('for the policies that ship', () => {
  it.each(jurisdictions)(
    'each labelled listing adds up, in its places, and the same twice (%s)',
    (where) => {
      for (const text of cases) {
        const verdict = judge(text, where)
        expectExact(text, verdict)
        expect(judge(text, where)).toEqual(verdict)
      }
    },
  )

  it.each(jurisdictions)(
    'leaving out what speaks for a finding never makes it more severe, and hardly ever raises it (%s)',
    (where) => {
      const counts = cases.map((text) => leaveOutEach(text, where))
      const terms = counts.reduce((sum, one) => sum + one.terms, 0)
      const risen = counts.reduce((sum, one) => sum + one.risen, 0)
      expect(terms).toBeGreaterThan(1000)
      expect(risen / terms).toBeLessThan(0.005)
    },
  )

  it('nor does it in listings put together of others', () => {
    fc.assert(
      fc.property(someMixture, fc.constantFrom(...jurisdictions), (text, where) => {
        expectExact(text, judge(text, where))
        leaveOutEach(text, where)
      }),
      // The same mixtures each time: words of two trades that meet by chance are no promise to anybody.
      { numRuns: 300, seed: 4 },
    )
  })

  it('noise between and within words neither throws nor moves a place', () => {
    fc.assert(
      fc.property(
        someCase,
        fc.array(fc.tuple(fc.nat(), fc.string({ unit: 'binary', maxLength: 4 })), {
          maxLength: 12,
        }),
        (text, noise) => {
          let title = text.title
          for (const [at, sign] of noise) {
            const place = at % (title.length + 1)
            title = title.slice(0, place) + sign + title.slice(place)
          }
          const noisy = { ...text, title }
          expectExact(noisy, judge(noisy, 'us'))
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('each policy that ships', () => {
  it.each(jurisdictions)('says in %s what helps most to show that a seller is right', (place) => {
    const silent = policies
      .map((policy) => policyIn(policy, place))
      .filter(({ exhibits }) => (exhibits ?? []).length === 0)
    expect(silent.map(({ policy }) => policy)).toEqual([])
  })
})
