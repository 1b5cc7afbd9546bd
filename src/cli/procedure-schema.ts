/** `recourse procedure schema`: the JSON Schema that lets an editor check and explain a procedure while it is written. */
import { describeProcedure } from '../procedure/schema.ts'
import { CannotRun, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { openOutput } from './output.ts'

export const name = 'procedure schema'
export const summary = 'writes the JSON Schema of procedures, for editors'
export const usage = `Usage: recourse procedure schema [--out FILE.json]

Writes the JSON Schema of a procedure. An editor that knows it marks mistakes and explains each key while a
procedure is written. With the YAML language server, put this line at the top of the procedure:

  # yaml-language-server: $schema=./procedure.schema.json

It comes with Recourse as procedures/procedure.schema.json. What no schema can tell, \`recourse procedure check\`
tells: whether the names of desks and channels exist, and whether anybody can be left in limbo.

Options:
  --out FILE  where to write; standard output unless said
  --help      this text

Exit codes: 0 written, 2 the file cannot be written.`

/** Writes the schema. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' } },
  })
  if (positionals.length > 0)
    throw new CannotRun('Name no file but with --out: recourse procedure schema --out FILE.json')
  const output = await openOutput(values.out, io.stdout)
  await output.write(`${JSON.stringify(describeProcedure(), null, 2)}\n`)
  await output.finish()
  return 0
}
