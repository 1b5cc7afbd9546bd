/** Learned weights as a file (`policies/<policy>.learned.json`): read and held against the document that they were learned for. */
import type { DocumentError, Report } from '../core/document.ts'
import { readDocument } from '../core/document.ts'
import { Learned } from '../core/policy.ts'
import type { Policy } from '../core/policy.ts'
import { nearestName } from '../core/spelling.ts'
import { BUCKETS } from './features.ts'

/** How the file beside a document is named. */
export const LEARNED_SUFFIX = '.learned.json'

/**
 * The policies with the learned weights that lie beside them, under the version that they make; or every mistake in any
 * of these files.
 */
export function joinLearned(
  policies: readonly Policy[],
  files: readonly { name: string; text: string }[],
): { ok: true; policies: Policy[] } | { ok: false; errors: DocumentError[] } {
  const errors: DocumentError[] = []
  const learned = new Map<string, Learned>()
  for (const { name: file, text } of files) {
    const read = readDocument({
      file,
      text,
      schema: Learned,
      check: (value, report) => checkLearned(value, policies, report),
    })
    if (read.ok) learned.set(read.value.policy, read.value)
    else errors.push(...read.errors)
  }
  if (errors.length > 0) return { ok: false, errors }
  return {
    ok: true,
    policies: policies.map((policy) => {
      const weights = learned.get(policy.policy)
      return weights === undefined
        ? policy
        : { ...policy, version: weights.version, learned: weights }
    }),
  }
}

/** Learned weights as the text of their file: one line a weight, so that a change of one is a change of one line. */
export function writeLearned(learned: Learned): string {
  return `${JSON.stringify(learned, null, 2)}\n`
}

function checkLearned(learned: Learned, policies: readonly Policy[], report: Report): void {
  const policy = policies.find((one) => one.policy === learned.policy)
  if (policy === undefined) {
    const nearest = nearestName(
      learned.policy,
      policies.map((one) => one.policy),
    )
    const hint = nearest === null ? '' : `; did you mean "${nearest}"?`
    report(['policy'], `there is no policy "${learned.policy}" beside this file${hint}`)
    return
  }
  if (learned.of !== policy.version) {
    const message = `these weights were learned for version ${learned.of}, and the document is version ${policy.version}; train again, or delete this file and give the document a version above ${learned.version}`
    report(['of'], message)
    return
  }
  if (learned.version <= policy.version)
    report(['version'], `expected a version above the document's, ${policy.version}`)
  if (learned.buckets !== BUCKETS) report(['buckets'], `expected ${BUCKETS}, as many as words have`)
  const written = new Map(policy.signals.map(({ name, weight }) => [name, weight]))
  for (const [name, weight] of Object.entries(learned.signals)) {
    const before = written.get(name)
    if (before === undefined) {
      const nearest = nearestName(name, [...written.keys()])
      const hint = nearest === null ? '' : `; did you mean "${nearest}"?`
      report(['signals', name], `the policy has no signal "${name}"${hint}`, { atKey: true })
    } else if (weight * before < 0 || (before === 0 && weight !== 0))
      report(
        ['signals', name],
        `"${name}" weighs ${before} as written; learning never turns a signal round, found ${weight}`,
      )
  }
  for (const name of written.keys())
    if (!Object.hasOwn(learned.signals, name))
      report(['signals'], `the weight of "${name}" is missing: expected one for each signal`)
  for (const bucket of Object.keys(learned.words))
    if (Number(bucket) >= BUCKETS)
      report(['words', bucket], `expected the number of a bucket, at most ${BUCKETS - 1}`, {
        atKey: true,
      })
}
