/** Reading policies: from the YAML that people write to rules that can be applied. */
import { readDocument } from '../core/document.ts'
import type { DocumentError, Report } from '../core/document.ts'
import { measures } from '../core/measure.ts'
import { isForPeople, Policy, watchesAccounts } from '../core/policy.ts'
import type { Signal } from '../core/policy.ts'
import type { Exhibit } from '../core/exhibit.ts'
import { suggestName } from '../core/spelling.ts'
import { readCondition } from './condition.ts'
import { joinLearned, LEARNED_SUFFIX } from './learned.ts'
import { readPattern } from './pattern.ts'
import { LETTERS_BEFORE_STAR, listNamed, readPhrase } from './phrase.ts'
import { isUnbroken } from './reading.ts'

export type PolicyRead = { ok: true; policy: Policy } | { ok: false; errors: DocumentError[] }

/** Names of terms that the engine writes itself. */
export const BASE = 'base'
export const REST = 'rest'
export const LEARNED = 'learned'
const OWN_TERMS: readonly string[] = [BASE, REST, LEARNED]

/** Reads one policy document, or says with line and column what was expected instead. */
export function readPolicy(yamlText: string, fileName: string): PolicyRead {
  const read = readDocument({ file: fileName, text: yamlText, schema: Policy, check: checkPolicy })
  return read.ok ? { ok: true, policy: read.value } : read
}

/** Reads a folder's documents, and the learned weights beside them, together: all of them, or every mistake in any. */
export function readPolicies(
  files: readonly { name: string; text: string }[],
): { ok: true; policies: Policy[] } | { ok: false; errors: DocumentError[] } {
  const policies: Policy[] = []
  const errors: DocumentError[] = []
  const fileOf = new Map<string, string>()
  const isLearned = ({ name }: { name: string }) => name.endsWith(LEARNED_SUFFIX)
  for (const { name, text } of files.filter((file) => !isLearned(file))) {
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
  // Against documents that cannot be read, nothing learned can be held.
  if (errors.length > 0) return { ok: false, errors }
  return joinLearned(policies, files.filter(isLearned))
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
  if (policy.learned !== undefined)
    report(
      ['learned'],
      `expected learned weights in a file of their own, ${policy.policy}.learned.json`,
      { atKey: true },
    )
  for (const [name, phrases] of Object.entries(policy.lists ?? {}))
    checkPhrases(policy, phrases, ['lists', name], report)
  checkPhrases(policy, policy.innocent, ['innocent'], report)
  checkPhrases(policy, policy.categories?.only, ['categories', 'only'], report)
  checkPhrases(policy, policy.categories?.except, ['categories', 'except'], report)
  checkJurisdictions(policy, report)
  checkExhibits(policy.exhibits, ['exhibits'], report)
  for (const [name, variant] of Object.entries(policy.variants ?? {}))
    checkExhibits(variant.exhibits, ['variants', name, 'exhibits'], report)
  const names = new Set<string>()
  policy.signals.forEach((signal, index) => {
    const path = ['signals', index, 'name']
    if (names.has(signal.name))
      report(path, `another signal is named "${signal.name}"; expected a name of its own`)
    if (OWN_TERMS.includes(signal.name)) {
      report(
        path,
        `"${signal.name}" is the name of a term that screening adds itself; expected another`,
      )
    }
    names.add(signal.name)
    checkSignal(policy, signal, ['signals', index], report)
  })
  if (watchesAccounts(policy)) checkWatching(policy, report)
  if (isForPeople(policy)) checkForPeople(policy, report)
  else if (policy.signals.every(({ weight }) => weight <= 0))
    report(['signals'], 'no signal speaks for a finding; expected one with a weight above 0')
}

/** A rule about what happens to accounts protects an account, and looks at nothing else. */
function checkWatching({ measure, signals }: Policy, report: Report): void {
  if (measure !== 'account.secure')
    report(
      ['measure'],
      `what happens to an account may protect it and not punish it; expected "account.secure", found "${measure}"`,
    )
  signals.forEach(({ event, ...signal }, index) => {
    const lookedFor = ['phrases', 'patterns', 'together', 'when', 'fields'] as const
    if (event === undefined || lookedFor.some((key) => signal[key] !== undefined))
      report(
        ['signals', index],
        'a policy looks at listings or at what happens to accounts, never at both; expected "event" alone',
      )
  })
}

/** A rule by which people alone judge is about accounts, money, or a danger that no text tells; no machine may pretend to apply it. */
function checkForPeople({ measure, level }: Policy, report: Report): void {
  if (measures[measure].subject === 'listing' && measure !== 'listing.deactivate.safety')
    report(['signals'], 'a rule about listings looks for something; expected at least one signal')
  if (level !== 'off')
    report(['level'], `without signals no machine can apply it; expected "off", found "${level}"`)
}

function checkExhibits(
  exhibits: readonly Exhibit[] | undefined,
  path: PropertyKey[],
  report: Report,
): void {
  exhibits?.forEach(({ exhibit, kind, form, like }, at) => {
    if (exhibits.findIndex((other) => other.exhibit === exhibit) < at)
      report(
        [...path, at, 'exhibit'],
        `another exhibit is named "${exhibit}"; expected a name of its own`,
      )
    if (form === undefined) return
    const read = readPattern(form)
    if (!read.ok) report([...path, at, 'form'], `not usable as a pattern: ${read.why}`)
    else if (kind === 'file')
      report([...path, at, 'form'], 'a file has no form; expected "form" only for words', {
        atKey: true,
      })
    else if (like !== undefined && !read.pattern.test(like))
      report([...path, at, 'like'], `"${like}" has not the form of this exhibit`)
  })
}

function checkSignal(policy: Policy, signal: Signal, path: PropertyKey[], report: Report): void {
  const { phrases, patterns, together, when, event } = signal
  if (
    phrases === undefined &&
    patterns === undefined &&
    together === undefined &&
    when === undefined &&
    event === undefined
  )
    report(
      path,
      'expected "phrases", "patterns", "together" or "when", which say what is looked for',
    )
  checkPhrases(policy, phrases, [...path, 'phrases'], report)
  for (const context of ['notAfter', 'notBefore', 'unless'] as const)
    checkPhrases(policy, signal[context], [...path, context], report)
  together?.forEach((group, at) => checkPhrases(policy, group, [...path, 'together', at], report))
  if (together !== undefined && signal.weight < 0)
    report(
      [...path, 'together'],
      'what speaks against a finding may not need several groups, or leaving out a word that speaks for it could raise the score; expected "phrases"',
      { atKey: true },
    )
  if (signal.within !== undefined && together === undefined)
    report([...path, 'within'], '"within" counts only beside "together"', { atKey: true })
  patterns?.forEach((source, at) => {
    const read = readPattern(source)
    if (!read.ok) report([...path, 'patterns', at], `not usable as a pattern: ${read.why}`)
  })
  if (when !== undefined) {
    const read = readCondition(when)
    const where = read.ok || read.at === null ? '' : ` (at character ${read.at + 1} of it)`
    if (!read.ok) report([...path, 'when'], `not readable as a condition: ${read.why}${where}`)
  }
}

function checkPhrases(
  policy: Policy,
  phrases: readonly string[] | undefined,
  path: PropertyKey[],
  report: Report,
): void {
  phrases?.forEach((phrase, at) => {
    const name = listNamed(phrase)
    if (name !== null) {
      if (path[0] === 'lists') report([...path, at], 'a list may not name another list')
      else if (!Object.hasOwn(policy.lists ?? {}, name)) {
        const hint = suggestName(name, Object.keys(policy.lists ?? {}))
        report([...path, at], `there is no list "${name}"; ${hint}`)
      }
      return
    }
    const words = readPhrase(phrase)
    if (words.length === 0)
      report([...path, at], 'expected at least one letter or digit in a phrase')
    if (!isUnbroken(phrase))
      report(
        [...path, at],
        `no text is read over the comma or the end of a sentence in "${phrase}"; expected words in a row`,
      )
    const short = words.find(
      ({ text, isStarred }) => isStarred && text.length < LETTERS_BEFORE_STAR,
    )
    if (short)
      report(
        [...path, at],
        `"${short.text}*" stands for too many words; expected at least ${LETTERS_BEFORE_STAR} letters before the star`,
      )
  })
}

function checkJurisdictions(policy: Policy, report: Report): void {
  const check = (named: readonly string[], path: PropertyKey[]) => {
    for (const name of named) {
      if (!policy.jurisdictions.some((own) => own === name))
        report(path, `the policy does not hold in "${name}"; expected one of its jurisdictions`)
    }
  }
  check(Object.keys(policy.variants ?? {}), ['variants'])
  policy.signals.forEach(({ jurisdictions }, at) =>
    check(jurisdictions ?? [], ['signals', at, 'jurisdictions']),
  )
  policy.examples.forEach(({ jurisdiction }, at) =>
    check(jurisdiction ? [jurisdiction] : [], ['examples', at, 'jurisdiction']),
  )
}
