/** A command is one thing that `recourse` can do from a shell: its name, its help, and what it does. */
import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'
import type { Readable, Writable } from 'node:stream'
import { suggestName } from '../core/spelling.ts'
import { wordsOf } from '../core/thrown.ts'

export interface CommandIo {
  stdin: Readable & { isTTY?: boolean }
  stdout: Writable & { isTTY?: boolean }
  stderr: Writable & { isTTY?: boolean; columns?: number }
  env: Readonly<Record<string, string | undefined>>
}

export interface Command {
  /** What is typed after `recourse`; may be two words. */
  name: string
  /** One line for the list of commands. */
  summary: string
  /** The whole help text, without a line end at its end. */
  usage: string
  /** Gives the exit code: 0 done, 1 a check found something, 2 could not run. */
  run(args: string[], io: CommandIo): Promise<number>
}

/** Thrown by a command that cannot run; the message is the sentence that the person reads. */
export class CannotRun extends Error {}

/** `parseArgs`, with a misspelt option answered by the nearest one. */
export function readArguments<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  const known = Object.keys(config.options ?? {}).map((name) => `--${name}`)
  const end = config.args?.indexOf('--') ?? -1
  for (const word of end < 0 ? (config.args ?? []) : (config.args ?? []).slice(0, end)) {
    const option = /^(--[^=]+)/.exec(word)?.[1]
    if (option === undefined || known.includes(option)) continue
    throw new CannotRun(`There is no option ${option}; ${suggestName(option, known)}`)
  }
  try {
    return parseArgs(config)
  } catch (cause) {
    // Node words these as sentences about the option: a value that is missing, or one that is not taken.
    const [sentence = ''] = wordsOf(cause).split('\n')
    throw new CannotRun(sentence.replace(/\.?$/, '.'), { cause })
  }
}

/** What a check of a document is asked: which file, and whether it answers as JSON. */
export function readOneFile(args: string[], name: string): { file: string; json: boolean } {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0)
    throw new CannotRun(`Name one file: recourse ${name} FILE`)
  return { file, json: values.json }
}

/** A value that must be one of a few names, with the nearest one in the answer. */
export function expectName<Name extends string>(
  option: string,
  given: string,
  names: readonly Name[],
): Name {
  const found = names.find((name) => name === given)
  if (found !== undefined) return found
  throw new CannotRun(
    `${option} takes ${names.join(' or ')}, not "${given}"; ${suggestName(given, names)}`,
  )
}
