/** `recourse health check`: what counts against an account and what follows, read from the document, or what is wrong with it. */
import { formatDocumentError } from '../core/document.ts'
import { readHealthRules, type HealthRules, type Threshold } from '../core/health-rules.ts'
import { sayList } from '../core/saying.ts'
import { readOneFile } from './command.ts'
import type { CommandIo } from './command.ts'
import { readDocumentFile } from './document-file.ts'

export const name = 'health check'
export const summary = 'shows what counts against an account, and what follows from which threshold'
export const usage = `Usage: recourse health check FILE [--json]

Reads the rules of account health (YAML) and says what each threshold needs and what follows. Refused are thresholds
that everybody meets, measures other than a warning or a suspension, a suspension for complaints alone, and standings
that leave somebody without one. Each fault comes with its line and column.

Options:
  --json   print the result as one JSON object
  --help   this text

Exit codes: 0 it can be used, 1 it cannot, 2 the file cannot be read.`

/** Prints the result of the check; the exit code says whether the document can be used. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { file, json } = readOneFile(args, name)
  const read = readHealthRules(await readDocumentFile(file), file)
  if (json) {
    const faults = read.ok
      ? []
      : read.errors.map(({ line, column, message }) => ({ line, column, message }))
    const health = read.ok ? read.rules.health : null
    io.stdout.write(`${JSON.stringify({ health, sound: read.ok, faults }, null, 2)}\n`)
  } else {
    io.stdout.write(
      read.ok
        ? `${sayRules(read.rules).join('\n')}\n`
        : `It cannot be used:\n${read.errors.map((one) => `  ${formatDocumentError(one)}`).join('\n')}\n`,
    )
  }
  return read.ok ? 0 : 1
}

function sayRules({ health, standings, ageing, thresholds }: HealthRules): string[] {
  const names = standings.map(({ title, from }) => `${title.en} from ${from}`)
  return [
    `${health}: ${sayList(names)} points. A decision counts half after ${ageing['half-life-days']} days and nothing after ${ageing['over-after-days']}.`,
    ...thresholds.map((one) => `  ${one.threshold}: ${sayThreshold(one)}`),
  ]
}

function sayThreshold(one: Threshold): string {
  const share = one['complaint-share']
  const needs = [
    ...(one.points === undefined ? [] : [`${one.points} points`]),
    ...(share === undefined ? [] : [`surely more than ${share * 100} % of orders`]),
    `${one.sources} sources`,
    ...(one.decisions === 0 ? [] : [`${one.decisions} decisions that people stand behind`]),
  ]
  const follows =
    one.do === 'ask' || one.measure === undefined
      ? 'the seller is asked'
      : `a check opens, in which a person may impose ${one.measure}${one.days === undefined ? '' : ` for ${one.days} days`}`
  return `from ${sayList(needs)} on ${follows}`
}
