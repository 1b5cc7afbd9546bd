/** `recourse policies schema`: the JSON Schema that lets an editor check and explain a policy while it is written. */
import { describePolicy } from '../screening/schema.ts'
import type { CommandIo } from './command.ts'
import { writeSchema } from './schema-command.ts'

export const name = 'policies schema'
export const summary = 'writes the JSON Schema of policies, for editors'
export const usage = `Usage: recourse policies schema [--out FILE.json]

Writes the JSON Schema of a policy. An editor that knows it marks mistakes and explains each key while a policy is
written. With the YAML language server, put this line at the top of the policy:

  # yaml-language-server: $schema=./policy.schema.json

It comes with Recourse as policies/policy.schema.json. What no schema can tell, \`recourse policies check\` tells:
whether expressions and conditions can be run, whether lists exist, and whether the examples come out as said.

Options:
  --out FILE  where to write; standard output unless said
  --help      this text

Exit codes: 0 written, 2 the file cannot be written.`

/** Writes the schema. */
export function run(args: string[], io: CommandIo): Promise<number> {
  return writeSchema(name, describePolicy, args, io)
}
