/** The report of an evaluation, as tables that people read. */
import type { Share } from '../core/likely-range.ts'
import { targetsOf } from '../screening/evaluation.ts'
import type { Evaluation, Outcomes } from '../screening/evaluation.ts'
import { caseKinds } from '../screening/labelled-case.ts'
import { saySum } from './sum.ts'

export interface Variant {
  weights: 'naive' | 'written' | 'learned'
  withCategory: boolean
  evaluation: Evaluation
}

/** Every figure that is aimed at, by every kind of weights, with and without the category. */
export function sayTable(variants: readonly Variant[]): string {
  const of = (withCategory: boolean) => variants.filter((one) => one.withCategory === withCategory)
  return [true, false]
    .map((withCategory) => {
      const shown = of(withCategory)
      const rows = targetsOf(shown[0]?.evaluation ?? noEvaluation()).map(({ what, wanted }, at) => [
        what,
        wanted,
        ...shown.map(({ evaluation }) => sayTarget(targetsOf(evaluation)[at])),
      ])
      const borderline = [
        'borderline goods reviewed',
        'for reading',
        ...shown.map(({ evaluation }) => sayShare(evaluation.kinds.borderline.review)),
      ]
      const heads = shown.map(({ weights }) =>
        weights === 'learned' ? 'learned, families held out' : weights,
      )
      const title = withCategory ? 'with category' : 'without category'
      return columns([[title, 'aim', ...heads], ...rows, borderline])
    })
    .join('\n\n')
}

function noEvaluation(): never {
  throw new Error('say a table of nothing')
}

function sayTarget(target: ReturnType<typeof targetsOf>[number] | undefined): string {
  return target === undefined ? '' : `${target.isMet ? '✓' : '✗'} ${sayShare(target.share)}`
}

/** "97.4 % (95.1–98.7) of 312". */
function sayShare({ share, low, high, of }: Share): string {
  const percent = (part: number) => (100 * part).toFixed(1)
  return share === null
    ? 'none to count'
    : `${percent(share)} % (${percent(low)}–${percent(high)}) of ${of}`
}

/** Each policy alone, each signal, the families with mistakes, and every mistake. */
export function sayDetails({ weights, withCategory, evaluation }: Variant): string {
  return [
    `In detail, ${weights} weights, ${withCategory ? 'with' : 'without'} category:`,
    sayPolicies(evaluation),
    saySignals(evaluation),
    sayFamilies(evaluation),
    sayMistakes(evaluation),
  ].join('\n\n')
}

function sayPolicies({ policies }: Evaluation): string {
  const counts = ({ allow, review, deactivate }: Outcomes) =>
    `${allow.count} / ${review.count} / ${deactivate.count}`
  return columns([
    ['policy alone: allow / review / deactivate', ...caseKinds],
    ...policies.map(({ policy, kinds }) => [
      policy,
      ...caseKinds.map((kind) => counts(kinds[kind])),
    ]),
  ])
}

function saySignals({ signals }: Evaluation): string {
  const sorted = signals
    .filter(({ found }) => caseKinds.some((kind) => found[kind] > 0))
    .sort((a, b) => b.inMistakes - a.inMistakes || b.found.hard - a.found.hard)
  return columns([
    ['signal found in cases that are', ...caseKinds, 'and in mistakes'],
    ...sorted.map(({ policy, signal, found, inMistakes }) => [
      `${policy} ${signal}`,
      ...caseKinds.map((kind) => String(found[kind] || '·')),
      String(inMistakes || '·'),
    ]),
  ])
}

function sayFamilies({ families }: Evaluation): string {
  const wrong = families.filter(({ cases, right }) => right < cases)
  return columns([
    [`families with mistakes: ${wrong.length} of ${families.length}`, 'kind', 'policy', 'right'],
    ...wrong.map(({ family, kind, policy, cases, right }) => [
      family,
      kind,
      policy ?? '',
      `${right} of ${cases}`,
    ]),
  ])
}

function sayMistakes({ mistakes }: Evaluation): string {
  const lines = [`${mistakes.length} mistakes`]
  for (const { labelled, outcome, judgements } of mistakes) {
    const { kind, policy, why, listing } = labelled
    const { title, category } = listing.text
    lines.push(`  ${kind}${policy === null ? '' : ` of ${policy}`}, but ${outcome}: “${title}”`)
    lines.push(`    ${listing.id}${category === '' ? '' : ` in ${category}`}; ${why}`)
    if (judgements.length === 0) lines.push('    nothing speaks for a finding')
    for (const judgement of judgements) {
      lines.push(`    ${judgement.policy} ${judgement.score.toFixed(3)}`)
      lines.push(saySum(judgement.evidence, '      '))
    }
  }
  return lines.join('\n')
}

/** Rows in columns as wide as what is in them. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => [...(row[at] ?? '')].length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - [...cell].length)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
