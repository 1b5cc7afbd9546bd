/** `recourse procedure check`: whether a procedure can leave anybody in limbo, told to people or as JSON. */
import { open } from 'node:fs/promises'
import { formatDocumentError } from '../core/document.ts'
import type { Procedure } from '../core/procedure.ts'
import { checkProcedure } from '../procedure/check.ts'
import { readProcedure } from '../procedure/read.ts'
import { sayCheck } from '../procedure/saying.ts'
import { decodeUtf8 } from '../screening/utf8.ts'
import { CannotRun, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { cannotRead } from './input.ts'

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

/** More than any procedure that can be read; what is longer is not loaded. */
const MAX_BYTES = 1_000_000

/** Prints the result of the check; the exit code says whether the procedure is sound. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0)
    throw new CannotRun('Name one file: recourse procedure check FILE')
  const procedure = await readProcedureFile(file)
  const check = checkProcedure(procedure)
  io.stdout.write(`${values.json ? JSON.stringify(check, null, 2) : sayCheck(check, procedure)}\n`)
  return check.sound ? 0 : 1
}

/** The procedure in a file, or a sentence with line and column for each mistake. */
export async function readProcedureFile(file: string): Promise<Procedure> {
  const text = decodeUtf8(await readStart(file))
  if (text === null) throw new CannotRun(`${file}:1:1: the file is not UTF-8 text.`)
  const read = readProcedure(text, file)
  if (read.ok) return read.procedure
  const mistakes = read.errors.map((error) => `  ${formatDocumentError(error)}`)
  throw new CannotRun(`The procedure cannot be read:\n${mistakes.join('\n')}`)
}

/** At most a little more than can be read, also of what never ends. */
async function readStart(file: string): Promise<Buffer> {
  try {
    await using opened = await open(file)
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of opened.createReadStream({ end: MAX_BYTES, autoClose: false })) {
      const bytes = chunk as Buffer // a stream without an encoding gives buffers
      chunks.push(bytes)
      length += bytes.length
      if (length > MAX_BYTES)
        throw new CannotRun(`${file}:1:1: the file is longer than ${MAX_BYTES / 1_000_000} MB.`)
    }
    return Buffer.concat(chunks)
  } catch (cause) {
    if (cause instanceof CannotRun) throw cause
    throw cannotRead(file, cause)
  }
}
