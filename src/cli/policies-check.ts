/** `recourse policies check`: whether every policy says of its own examples what its document says. */
import { checkExamples } from '../screening/examples.ts'
import type { ExamplesCheck } from '../screening/examples.ts'
import { CannotRun, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { defaultPolicyFolder, readPolicyFolder } from './policies.ts'
import { saySum } from './sum.ts'

export const name = 'policies check'
export const summary = "runs every policy's own examples"
export const usage = `Usage: recourse policies check [DIR] [--json]

Reads the policies of a folder (*.yaml, with the learned weights beside them; folders in it are not read; the
project's own unless said) and runs every example of every policy, whatever its level. An example of which the policy
says something else is shown with the terms of its sum. Each term that speaks for a finding is also left out once:
no score may rise by that. Examples that say what they should be, and are not, are listed as known to be wrong.

Options:
  --json   print the result as one JSON object
  --help   this text

Exit codes: 0 all is as said, 1 some example is not, 2 the policies cannot be read.`

/** Prints the result of the check; the exit code says whether all is as said. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  if (positionals.length > 1)
    throw new CannotRun(`One folder is read at a time, not ${positionals.length}.`)
  const policies = readPolicyFolder(positionals[0] ?? defaultPolicyFolder())
  const checks = policies.map(checkExamples)
  const isRight = checks.every(({ failures, risen }) => failures.length + risen.length === 0)
  io.stdout.write(
    values.json
      ? `${JSON.stringify({ right: isRight, policies: checks }, null, 2)}\n`
      : `${[...checks.map(sayCheck), conclude(checks, isRight)].join('\n')}\n`,
  )
  return isRight ? 0 : 1
}

function sayCheck(check: ExamplesCheck): string {
  const { policy, version, examples, outcomes, failures, risen, knownWrong, isForPeople } = check
  const { allow, review, deactivate } = outcomes
  if (isForPeople)
    return `${policy} version ${version}: people alone judge by it, so there is nothing to run`
  const lines = [
    `${policy} version ${version}: ${examples} examples (${allow} to allow, ${review} to review, ${deactivate} to deactivate), ${failures.length} wrong`,
  ]
  for (const { title, jurisdiction, expected, found, score, terms } of failures) {
    lines.push(
      `  “${title}” (${jurisdiction}): expected ${expected}, found ${found}, ${sayScore(score)}`,
    )
    lines.push(saySum(terms, '    '))
  }
  for (const { title, jurisdiction, without, from, to } of risen) {
    lines.push(
      `  “${title}” (${jurisdiction}): without “${without.text}” (${without.signal}, in ${without.field}) the sum rises from ${from.toFixed(2)} to ${to.toFixed(2)}`,
    )
  }
  for (const { title, outcome, shouldBe } of knownWrong)
    lines.push(`  Known to be wrong: “${title}” gets ${outcome} and should get ${shouldBe}.`)
  return lines.join('\n')
}

function sayScore(score: number | null): string {
  return score === null ? 'no score' : `score ${score.toFixed(3)}`
}

function conclude(checks: readonly ExamplesCheck[], isRight: boolean): string {
  const count = (of: (check: ExamplesCheck) => number) =>
    checks.reduce((sum, check) => sum + of(check), 0)
  const examples = count((check) => check.examples)
  if (isRight)
    return `All ${examples} examples of ${checks.length} policies are as their documents say.`
  const [failures, risen] = [count((one) => one.failures.length), count((one) => one.risen.length)]
  return `${failures} of ${examples} examples are not as said; leaving a word out raised a score ${risen} times.`
}
