/** `recourse key make`: a key with which the marketplace tells its facts. */
import { CannotRun, readArguments, type CommandIo } from './command.ts'
import { administer } from './installation.ts'

export const name = 'key make'
export const summary = 'make a key for the marketplace; it is shown once'
export const usage = `recourse key make NAME

Makes a key with which the marketplace tells its facts (Authorization: Bearer …).
It is printed once and kept only as a hash. NAME says what it is for.

Uses DATABASE_URL, or the database in RECOURSE_DATA (./data).`

/** Prints the key alone on standard output, so that it can be piped. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { positionals } = readArguments({ args, allowPositionals: true })
  const [keyName, ...rest] = positionals
  if (keyName === undefined || rest.length > 0)
    throw new CannotRun('Say in one word what the key is for: recourse key make NAME')
  const key = await administer(io.env, (administration) => administration.makeKey(keyName))
  io.stdout.write(`${key}\n`)
  return 0
}
