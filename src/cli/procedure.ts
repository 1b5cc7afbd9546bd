/** `recourse procedure check`: whether a procedure can leave anybody in limbo, told to people or as JSON. */
import { formatDocumentError } from '../core/document.ts'
import type { Procedure } from '../core/procedure.ts'
import { checkProcedure } from '../procedure/check.ts'
import { readProcedure } from '../procedure/read.ts'
import { sayCheck } from '../procedure/saying.ts'
import { CannotRun, readOneFile } from './command.ts'
import type { CommandIo } from './command.ts'
import { readDocumentFile } from './document-file.ts'

export const name = 'procedure check'
export const summary = 'proves that a procedure leaves no seller in limbo, or shows where it does'
export const usage = `Usage: recourse procedure check FILE [--json]

Reads a procedure (YAML), explores every situation that a seller can be in and every way the staff may behave,
and says whether each seller reaches a person, and a final answer, within the promised time. Each gap comes with
a path that shows it and a line on how to mend it.

Options:
  --json   print the result as one JSON object
  --help   this text

Exit codes: 0 sound (warnings may be printed), 1 gaps, 2 the file cannot be read; each mistake is told with its
line and column.`

/** Prints the result of the check; the exit code says whether the procedure is sound. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { file, json } = readOneFile(args, name)
  const procedure = await readProcedureFile(file)
  const check = checkProcedure(procedure)
  io.stdout.write(`${json ? JSON.stringify(check, null, 2) : sayCheck(check, procedure)}\n`)
  return check.sound ? 0 : 1
}

/** The procedure in a file, or a sentence with line and column for each mistake. */
export async function readProcedureFile(file: string): Promise<Procedure> {
  const read = readProcedure(await readDocumentFile(file), file)
  if (read.ok) return read.procedure
  const mistakes = read.errors.map((error) => `  ${formatDocumentError(error)}`)
  throw new CannotRun(`The procedure cannot be read:\n${mistakes.join('\n')}`)
}
