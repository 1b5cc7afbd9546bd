/** The policies that a command applies: those of a folder, all readable or none taken. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatDocumentError } from '../core/document.ts'
import { isForPeople, type Policy } from '../core/policy.ts'
import { LEARNED_SUFFIX } from '../screening/learned.ts'
import { readPolicies } from '../screening/policy.ts'
import { decodeUtf8 } from '../screening/utf8.ts'
import { CannotRun } from './command.ts'
import { cannotRead } from './input.ts'

/** The repository's own `policies/`, from the source as from what is built of it. */
export function defaultPolicyFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'policies', 'naive'))) return join(folder, 'policies')
  }
  throw new CannotRun(
    'The policies that come with Recourse are not beside it; name a folder with --policies.',
  )
}

/** Reads every policy of a folder (not of the folders in it), or says where the first mistakes are. */
export function readPolicyFolder(folder: string): Policy[] {
  return readPolicyFiles(folder, listPolicyFiles(folder))
}

/** What machines apply of them, as their documents have it: what was learned does not count, and need not fit. */
export function readWrittenPolicies(folder: string): Policy[] {
  const isDocument = (name: string) => !name.endsWith(LEARNED_SUFFIX)
  return readPolicyFiles(folder, listPolicyFiles(folder).filter(isDocument)).filter(
    (policy) => !isForPeople(policy),
  )
}

function readPolicyFiles(folder: string, names: readonly string[]): Policy[] {
  if (names.every((name) => name.endsWith(LEARNED_SUFFIX)))
    throw new CannotRun(`There is no policy (*.yaml) in ${folder}.`)
  const read = readPolicies(
    names.map((name) => ({ name: join(folder, name), text: readText(join(folder, name)) })),
  )
  if (read.ok) return read.policies
  const mistakes = read.errors.map((error) => `  ${formatDocumentError(error)}`)
  throw new CannotRun(`The policies cannot be read:\n${mistakes.join('\n')}`)
}

/** The names of the documents and learned weights in a folder. */
export function listPolicyFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .filter((name) => /^[^.].*\.ya?ml$/.test(name) || name.endsWith(LEARNED_SUFFIX))
      .sort()
  } catch (cause) {
    throw cannotRead(folder, cause)
  }
}

function readText(path: string): string {
  try {
    const text = decodeUtf8(readFileSync(path))
    if (text !== null) return text
  } catch (cause) {
    throw cannotRead(path, cause)
  }
  throw new CannotRun(`${path}:1:1: the file is not UTF-8 text.`)
}
