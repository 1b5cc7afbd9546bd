/** `recourse health schema`: the JSON Schema that lets an editor check and explain the rules of account health. */
import { describeHealthRules } from '../core/health-schema.ts'
import type { CommandIo } from './command.ts'
import { writeSchema } from './schema-command.ts'

export const name = 'health schema'
export const summary = 'writes the JSON Schema of the rules of account health, for editors'
export const usage = `Usage: recourse health schema [--out FILE.json]

Writes the JSON Schema of the rules of account health. An editor that knows it marks mistakes and explains each key.
With the YAML language server, put this line at the top of the document:

  # yaml-language-server: $schema=./health.schema.json

It comes with Recourse as procedures/health.schema.json. What no schema can tell, \`recourse health check\` tells.

Options:
  --out FILE  where to write; standard output unless said
  --help      this text

Exit codes: 0 written, 2 the file cannot be written.`

/** Writes the schema. */
export function run(args: string[], io: CommandIo): Promise<number> {
  return writeSchema(name, describeHealthRules, args, io)
}
