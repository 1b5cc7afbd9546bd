/** `recourse procedure draw`: a procedure as a picture, with its gaps in red. */
import { drawProcedure } from '../procedure/draw/draw.ts'
import { CannotRun, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { isSameFile, writeOutput } from './output.ts'
import { readProcedureFile } from './procedure.ts'

export const name = 'procedure draw'
export const summary =
  'draws a procedure as SVG: ways in, desks with clocks, answers, and gaps in red'
export const usage = `Usage: recourse procedure draw FILE [--out FILE.svg]

Reads a procedure (YAML), checks it, and draws it as one SVG: what happened to the seller and the ways in on the
left, the desks with their clocks, the answer on the right, the slowest way below it to scale, and each gap with
its number, its path and how to mend it. The picture follows the reader's light or dark colours.

Options:
  --out FILE  where to write; standard output unless said
  --help      this text

Exit codes: 0 drawn (also with gaps: \`recourse procedure check\` is the judge), 2 the file cannot be read or
written.`

/** Draws the procedure of a file. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' } },
  })
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0)
    throw new CannotRun('Name one file: recourse procedure draw FILE --out FILE.svg')
  const picture = drawProcedure(await readProcedureFile(file))
  if (values.out !== undefined && (await isSameFile(file, values.out)))
    throw new CannotRun(`${values.out} is the procedure itself; write to another file.`)
  await writeOutput(values.out, io.stdout, `${picture}\n`)
  return 0
}
