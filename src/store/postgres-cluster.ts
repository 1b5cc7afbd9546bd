/** The files of the embedded PostgreSQL in a data folder, and how to reach the server over them. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { CannotOpen } from './cannot-open.ts'
import type { Launch, Programs } from './postgres-program.ts'

const run = promisify(execFile)

/** How to reach the server again; kept in the data folder, readable by its owner alone. */
export interface Access {
  port: number
  password: string
}

/** Where the server's own files are. */
export function clusterIn(folder: string): string {
  return path.join(folder, 'postgres')
}

/** No path to a socket may be longer, on any system. */
const longestSocketPath = 103

/** Where its socket is, which takes a third less work than its port; null where the path is too long for one. */
export function socketsIn(folder: string): string | null {
  const isShort = Buffer.byteLength(`${clusterIn(folder)}/.s.PGSQL.65535`) <= longestSocketPath
  return isShort && process.platform !== 'win32' ? clusterIn(folder) : null
}

/** Reads how to reach the server, or nothing when there is none yet. */
export async function readAccess(folder: string): Promise<Access | undefined> {
  const isMade = await stat(clusterIn(folder)).then(
    () => true,
    () => false,
  )
  if (!isMade) return undefined
  try {
    // Written by us alone, below.
    return JSON.parse(await readFile(accessFile(folder), 'utf8')) as Access
  } catch (cause) {
    throw new CannotOpen(
      `The database in ${clusterIn(folder)} is there, but ${accessFile(folder)}, which says how to open it, cannot be read.`,
      { cause },
    )
  }
}

/** Keeps how to reach the server; whole or not at all. */
export async function saveAccess(folder: string, access: Access): Promise<void> {
  const draft = `${accessFile(folder)}.${process.pid}`
  await writeFile(draft, JSON.stringify(access) + '\n', { mode: 0o600 })
  await rename(draft, accessFile(folder))
}

/** Makes the files of a new server aside and moves them into place whole, so that half a one is never found. */
export async function makeCluster(
  folder: string,
  programs: Programs,
  launch: Launch,
): Promise<Access> {
  const access = { port: 0, password: randomBytes(24).toString('base64url') }
  // A name of its own: an initdb of a killed start may still be writing to its draft for a moment.
  const draft = `${clusterIn(folder)}.making-${randomBytes(6).toString('hex')}`
  const passwordFile = `${draft}.password`
  await mkdir(draft, { mode: 0o700 })
  await writeFile(passwordFile, access.password + '\n', { mode: 0o600 })
  const { uid, gid } = launch.owner
  if (uid !== undefined && gid !== undefined) {
    await chown(draft, uid, gid)
    await chown(passwordFile, uid, gid)
  }
  const [command = '', ...args] = [
    ...launch.words,
    programs.initdb,
    ...['--pgdata', draft, '--username', 'postgres', '--pwfile', passwordFile],
    ...['--auth', 'scram-sha-256', '--no-instructions'],
    ...['--encoding', 'UTF8', '--locale', 'C'],
    ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
  ]
  try {
    await run(command, args, { ...launch.account, env: plainEnvironment(), cwd: '/' })
  } catch (cause) {
    throw new Error(`make the database in ${folder}`, { cause })
  }
  await rm(passwordFile)
  // The access goes first: without it the files would be of no use.
  await saveAccess(folder, access)
  await rename(draft, clusterIn(folder))
  return access
}

/** What the server's programs get of our environment: nothing that could change them, none of our secrets. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
}

/** Removes what starts that were killed while they made the files have left. */
export async function removeHalfMade(folder: string): Promise<void> {
  const halfMade = (await readdir(folder)).filter((name) => name.startsWith('postgres.making'))
  for (const name of halfMade) {
    // What is still being written to goes at the next start.
    await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

function accessFile(folder: string): string {
  return path.join(folder, 'postgres.json')
}
