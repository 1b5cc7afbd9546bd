/** What a changed policy says otherwise than the one in force, in sentences. */
import { canonicalJson } from '../../core/canonical-json.ts'
import type { Policy, Signal } from '../../core/policy.ts'
import { inHundred, signed } from '../parts/sum.ts'

/** One sentence for each change; none where both say the same. */
export function sayPolicyDifference(before: Policy, after: Policy): string[] {
  return [
    ...thresholdChanges(before, after),
    ...(before.base === after.base
      ? []
      : [`Every listing starts at ${signed(after.base)} (was ${signed(before.base)}).`]),
    ...signalChanges(before, after),
    ...listChanges(before, after),
    ...otherChanges(before, after),
    ...exampleChanges(before, after),
  ]
}

function thresholdChanges({ thresholds: was }: Policy, { thresholds: is }: Policy): string[] {
  const changes: string[] = []
  if (was.review !== is.review)
    changes.push(`It asks a person from ${inHundred(is.review)} (was ${inHundred(was.review)}).`)
  if (was.deactivate !== is.deactivate) {
    const before = was.deactivate === 1 ? 'never did' : `was ${inHundred(was.deactivate)}`
    changes.push(
      is.deactivate === 1
        ? `It never acts by itself (${before}).`
        : `It would act from ${inHundred(is.deactivate)} (${before}).`,
    )
  }
  return changes
}

function signalChanges(before: Policy, after: Policy): string[] {
  const known = new Map(before.signals.map((signal) => [signal.name, signal]))
  const kept = new Set(after.signals.map(({ name }) => name))
  return [
    ...after.signals.flatMap((signal) => {
      const was = known.get(signal.name)
      return was === undefined
        ? [`New signal “${signal.name}”: ${signal.says} (${signed(signal.weight)}).`]
        : signalChange(was, signal)
    }),
    ...before.signals
      .filter(({ name }) => !kept.has(name))
      .map(
        ({ name, says, weight }) => `Gone is the signal “${name}”: ${says} (${signed(weight)}).`,
      ),
  ]
}

function signalChange(was: Signal, is: Signal): string[] {
  const said: string[] = []
  if (was.weight !== is.weight) said.push(`weighs ${signed(is.weight)} (was ${signed(was.weight)})`)
  const phrases = phraseChange(was.phrases ?? [], is.phrases ?? [])
  if (phrases !== null) said.push(phrases)
  // What was said already is made alike, so that only the rest can differ.
  if (!isSame({ ...was, weight: 0, phrases: [] }, { ...is, weight: 0, phrases: [] }))
    said.push('looks at its words otherwise')
  return said.length === 0 ? [] : [`“${is.name}” ${said.join(', ')}.`]
}

/** "has 2 phrases more and 1 fewer", or null where they are the same. */
function phraseChange(was: readonly string[], is: readonly string[]): string | null {
  const [before, after] = [new Set(was), new Set(is)]
  const more = is.filter((phrase) => !before.has(phrase)).length
  const fewer = was.filter((phrase) => !after.has(phrase)).length
  if (more === 0 && fewer === 0) return null
  const phrases = (count: number) => (count === 1 ? '1 phrase' : `${count} phrases`)
  if (fewer === 0) return `has ${phrases(more)} more`
  return more === 0 ? `has ${phrases(fewer)} fewer` : `has ${phrases(more)} more and ${fewer} fewer`
}

function listChanges(before: Policy, after: Policy): string[] {
  const names = new Set([...Object.keys(before.lists ?? {}), ...Object.keys(after.lists ?? {})])
  return [...names].flatMap((name) => {
    const change = phraseChange(before.lists?.[name] ?? [], after.lists?.[name] ?? [])
    return change === null ? [] : [`The list “${name}” ${change}.`]
  })
}

const parts = {
  title: 'Its title reads otherwise.',
  text: 'The rule, for people, reads otherwise: what was given back under the old words may be found anew.',
  variants: 'What reads differently in one jurisdiction has changed.',
  jurisdictions: 'It holds in other jurisdictions.',
  categories: 'It looks at other categories.',
  measure: 'It imposes another measure.',
  endsAfterDays: 'Its measure ends after another time.',
  innocent: 'Other longer phrases are left alone.',
  wouldReverse: 'What would reverse its measure reads otherwise.',
  exhibits: 'It asks for other evidence.',
  author: 'Somebody else answers for it.',
} as const satisfies Partial<Record<keyof Policy, string>>

function otherChanges(before: Policy, after: Policy): string[] {
  const names = Object.keys(parts) as (keyof typeof parts)[] // the keys of the table above
  return names.filter((name) => !isSame(before[name], after[name])).map((name) => parts[name])
}

function exampleChanges(before: Policy, after: Policy): string[] {
  const written = (policy: Policy) => new Set(policy.examples.map((each) => canonicalJson(each)))
  const [was, is] = [written(before), written(after)]
  const more = [...is].filter((each) => !was.has(each)).length
  const fewer = [...was].filter((each) => !is.has(each)).length
  const examples = (count: number) => (count === 1 ? '1 example' : `${count} examples`)
  return [
    ...(more > 0 ? [`${examples(more)} new or changed.`] : []),
    ...(fewer > more ? [`${examples(fewer - more)} fewer.`] : []),
  ]
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null)
}
