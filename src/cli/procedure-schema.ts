/** `recourse procedure schema`: the JSON Schema that lets an editor check and explain a procedure while it is written. */
import { describeProcedure } from '../procedure/schema.ts'
import type { CommandIo } from './command.ts'
import { writeSchema } from './schema-command.ts'

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
export function run(args: string[], io: CommandIo): Promise<number> {
  return writeSchema(name, describeProcedure, args, io)
}
