/** Reading policies: from the YAML that people write to rules that can be applied. */
import { readDocument } from '../core/document.ts'
import type { DocumentError, Report } from '../core/document.ts'
import { measures } from '../core/measure.ts'
import { Policy } from '../core/policy.ts'
import { readPhrase } from './phrase.ts'

export type PolicyRead = { ok: true; policy: Policy } | { ok: false; errors: DocumentError[] }

/** Names of terms that the engine writes itself. */
export const BASE = 'base'
export const REST = 'rest'

/** Reads one policy document, or says with line and column what was expected instead. */
export function readPolicy(yamlText: string, fileName: string): PolicyRead {
  const read = readDocument({ file: fileName, text: yamlText, schema: Policy, check: checkPolicy })
  return read.ok ? { ok: true, policy: read.value } : read
}

/** Reads a folder's documents together: all of them, or every mistake in any of them. */
export function readPolicies(
  files: readonly { name: string; text: string }[],
): { ok: true; policies: Policy[] } | { ok: false; errors: DocumentError[] } {
  const policies: Policy[] = []
  const errors: DocumentError[] = []
  const fileOf = new Map<string, string>()
  for (const { name, text } of files) {
    const read = readPolicy(text, name)
    if (!read.ok) {
      errors.push(...read.errors)
      continue
    }
    const { policy } = read.policy
    const other = fileOf.get(policy)
    if (other !== undefined) {
      const message = `${other} already holds a policy named "${policy}"; expected one file for each`
      errors.push({ file: name, line: 1, column: 1, message })
    }
    fileOf.set(policy, name)
    policies.push(read.policy)
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, policies }
}

function checkPolicy(policy: Policy, report: Report): void {
  const { review, deactivate } = policy.thresholds
  if (review > deactivate) {
    const message = `expected "review" to be at most "deactivate" (${deactivate}), found ${review}`
    report(['thresholds', 'review'], message)
  }
  if (measures[policy.measure].subject === 'payouts' && policy.endsAfterDays === undefined)
    report(
      ['measure'],
      `"${policy.measure}" holds money for a time; expected "endsAfterDays", such as 14`,
    )
  const names = new Set<string>()
  policy.signals.forEach((signal, index) => {
    const path = ['signals', index, 'name']
    if (names.has(signal.name))
      report(path, `another signal is named "${signal.name}"; expected a name of its own`)
    if (signal.name === BASE || signal.name === REST) {
      report(
        path,
        `"${signal.name}" is the name of a term that screening adds itself; expected another`,
      )
    }
    names.add(signal.name)
    signal.phrases?.forEach((phrase, at) => {
      if (readPhrase(phrase) !== null) return
      report(['signals', index, 'phrases', at], 'expected at least one letter or digit in a phrase')
    })
  })
}
