/** The commands of `recourse`: which there are, how the one that is meant is found and run, and what is said when it cannot. */
import { inspect } from 'node:util'
import { suggestName } from '../core/spelling.ts'
import { CannotRun } from './command.ts'
import type { Command, CommandIo } from './command.ts'

/** Each is loaded when it is needed, so that a small command does not wait for a big one. */
const commands: Record<string, () => Promise<Command>> = {
  screen: () => import('./screen.ts'),
  'complaints eval': () => import('./complaints-eval.ts'),
  'complaints score': () => import('./complaints-score.ts'),
  'complaints train': () => import('./complaints-train.ts'),
  'connector check': () => import('./connector.ts'),
  'health check': () => import('./health-check.ts'),
  'health schema': () => import('./health-schema.ts'),
  'help check': () => import('./help-check.ts'),
  'help schema': () => import('./help-schema.ts'),
  'policies check': () => import('./policies-check.ts'),
  'policies eval': () => import('./policies-eval.ts'),
  'policies schema': () => import('./policies-schema.ts'),
  'policies train': () => import('./policies-train.ts'),
  'procedure check': () => import('./procedure.ts'),
  'procedure draw': () => import('./procedure-draw.ts'),
  'procedure schema': () => import('./procedure-schema.ts'),
  'key make': () => import('./key-make.ts'),
  'staff add': () => import('./staff-add.ts'),
}

/** Runs the command that the words name and gives the exit code. */
export async function runCommand(words: string[], io: CommandIo): Promise<number> {
  const [first] = words
  const asksForAll =
    first === '--help' || first === '-h' || (first === 'help' && words.length === 1)
  if (first === undefined || asksForAll) {
    io.stdout.write(`${await overview()}\n`)
    return first === undefined ? 2 : 0
  }
  const name = Object.keys(commands).find(
    (known) => words.slice(0, known.split(' ').length).join(' ') === known,
  )
  const load = name === undefined ? undefined : commands[name]
  if (name === undefined || load === undefined) {
    const typed = longestMeant(words.slice(0, 2).join(' '))
    const hint = suggestName(typed, Object.keys(commands))
    io.stderr.write(`recourse: There is no command "${typed}"; ${hint}\nTry \`recourse --help\`.\n`)
    return 2
  }
  const args = words.slice(name.split(' ').length)
  const command = await load()
  if (asksForHelp(args)) {
    io.stdout.write(`${command.usage}\n`)
    return 0
  }
  try {
    return await command.run(args, io)
  } catch (thrown) {
    const sentence = thrown instanceof Error ? thrown.message : String(thrown)
    io.stderr.write(`recourse ${name}: ${sentence}\n`)
    // What is not a plain "cannot run" is our mistake, and whoever mends it needs the trace.
    if (!(thrown instanceof CannotRun) && thrown instanceof Error)
      io.stderr.write(`${inspect(thrown)}\n`)
    return 2
  }
}

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  const width = Math.max(...all.map(({ name }) => name.length))
  const rows = all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return [
    'recourse: how a marketplace enforces its rules, and how every seller gets back to a person.',
    '',
    'Usage: recourse COMMAND [options]',
    '',
    ...rows,
    '',
    '`recourse COMMAND --help` tells more. Exit codes: 0 done, 1 a check found something or some lines',
    'could not be read, 2 could not run.',
  ].join('\n')
}

/** A command of two words may be misspelt in either, and one of one word may be followed by a file. */
function longestMeant(typed: string): string {
  const [first = ''] = typed.split(' ')
  const isOneWord = Object.keys(commands).every((name) => !name.startsWith(`${first} `))
  return isOneWord ? first : typed
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).some((word) => word === '--help' || word === '-h')
}
