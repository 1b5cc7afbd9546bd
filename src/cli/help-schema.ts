/** `recourse help schema`: the JSON Schema that lets an editor check and explain the help while it is written. */
import { describeHelp } from '../core/help-schema.ts'
import type { CommandIo } from './command.ts'
import { writeSchema } from './schema-command.ts'

export const name = 'help schema'
export const summary = 'writes the JSON Schema of the help, for editors'
export const usage = `Usage: recourse help schema [--out FILE.json]

Writes the JSON Schema of the help pages. An editor that knows it marks mistakes and explains each key while topics are
written. With the YAML language server, put this line at the top of the document:

  # yaml-language-server: $schema=./help.schema.json

It comes with Recourse as procedures/help.schema.json. What no schema can tell, \`recourse help check\` tells: whether
each topic leads to a person, and whether a text is missing in one of the languages.

Options:
  --out FILE  where to write; standard output unless said
  --help      this text

Exit codes: 0 written, 2 the file cannot be written.`

/** Writes the schema. */
export function run(args: string[], io: CommandIo): Promise<number> {
  return writeSchema(name, describeHelp, args, io)
}
