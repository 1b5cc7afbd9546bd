/** `recourse help check`: whether every topic leads to a person in three choices, told to people or as JSON. */
import { formatDocumentError, type DocumentError } from '../core/document.ts'
import { topicsOf, wayToPerson, type Help } from '../core/help.ts'
import { readHelp } from '../core/help-document.ts'
import { CannotRun, readOneFile } from './command.ts'
import type { CommandIo } from './command.ts'
import { readDocumentFile } from './document-file.ts'

export const name = 'help check'
export const summary = 'shows that every topic of the help leads to a person in three choices'
export const usage = `Usage: recourse help check FILE [--json]

Reads the topics of the help pages (YAML) and says whether each leads to a person in three choices at most: no topic
may end nowhere or below the second step, each end has a person, "none of these" leads to one, and the hours for calls
hold at least one. Each fault comes with its line and column.

Options:
  --json   print the result as one JSON object
  --help   this text

Exit codes: 0 every topic leads to a person, 1 one does not, 2 the file cannot be read.`

/** Prints the result of the check; the exit code says whether every topic leads to a person. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { file, json } = readOneFile(args, name)
  const read = readHelp(await readDocumentFile(file), file)
  if (!read.ok && !read.isReadable)
    throw new CannotRun(`The help cannot be read:\n${sayFaults(read.errors)}`)
  const check = read.ok ? reportOf(read.help, []) : reportOf(null, read.errors)
  io.stdout.write(`${json ? JSON.stringify(check, null, 2) : sayCheck(file, check)}\n`)
  return check.sound ? 0 : 1
}

interface Check {
  help: string | null
  sound: boolean
  topics: number
  /** The most choices that anybody needs, and the way that needs them; null where not every topic leads to a person. */
  farthest: { choices: number; way: string[] } | null
  faults: Omit<DocumentError, 'file'>[]
}

function reportOf(help: Help | null, errors: readonly DocumentError[]): Check {
  const placed = help === null ? [] : topicsOf(help)
  const [way] = placed.map(wayToPerson).sort((one, other) => other.length - one.length)
  return {
    help: help?.help ?? null,
    sound: errors.length === 0,
    topics: placed.length,
    farthest: way === undefined ? null : { choices: way.length, way },
    faults: errors.map(({ line, column, message }) => ({ line, column, message })),
  }
}

function sayCheck(file: string, { help, topics, farthest, faults }: Check): string {
  if (farthest !== null)
    return `${help ?? file} leads to a person from each of its ${topics} topics, in ${farthest.choices} choices at most: ${farthest.way.join(' → ')}`
  return `Somebody is left without a person:\n${sayFaults(faults.map((fault) => ({ ...fault, file })))}`
}

function sayFaults(errors: readonly DocumentError[]): string {
  return errors.map((error) => `  ${formatDocumentError(error)}`).join('\n')
}
