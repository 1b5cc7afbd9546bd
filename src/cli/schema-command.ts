/** Writing a JSON Schema is alike for every kind of document. */
import type { JsonSchema } from '../core/document-schema.ts'
import { CannotRun, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { writeOutput } from './output.ts'

/** Writes the schema to standard output or to the file that `--out` names. */
export async function writeSchema(
  name: string,
  describe: () => JsonSchema,
  args: string[],
  io: CommandIo,
): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' } },
  })
  if (positionals.length > 0)
    throw new CannotRun(`Name no file but with --out: recourse ${name} --out FILE.json`)
  await writeOutput(values.out, io.stdout, `${JSON.stringify(describe(), null, 2)}\n`)
  return 0
}
