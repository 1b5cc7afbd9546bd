/** The server process of the embedded PostgreSQL: how it starts, and how one that was left behind is ended. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CannotOpen } from './cannot-open.ts'
import { clusterIn, plainEnvironment, socketsIn } from './postgres-cluster.ts'
import type { Launch, Programs } from './postgres-program.ts'
import { listProcesses, signalProcess } from './running-process.ts'

/** Starts the server on a free port, the given one if it can be had, and waits until it answers. */
export async function startServer(
  folder: string,
  { programs, launch, port }: { programs: Programs; launch: Launch; port: number },
): Promise<{ server: ChildProcess; port: number }> {
  const patientUntil = Date.now() + 20_000
  let wanted = port
  for (;;) {
    const free = await freePort(wanted)
    const server = spawnServer(folder, programs, launch, free)
    if (await isReady(folder, server)) return { server, port: free }
    const log = await readFile(logFile(folder), 'utf8')
    const isPortTaken = log.includes('could not create any TCP/IP sockets')
    // The last processes of a killed server may need a moment to see that it is gone.
    const isSettling = log.includes('is still in use') || log.includes('already exists')
    if ((!isPortTaken && !isSettling) || Date.now() > patientUntil) {
      throw new Error(`start the database in ${clusterIn(folder)}:\n${log.trim()}`)
    }
    if (isPortTaken) wanted = 0
    else await sleep(200)
  }
}

/** Ends what an earlier, killed program left running on this data folder, and nothing else. */
export async function endLeftOver(folder: string): Promise<void> {
  const startedAt = Date.now()
  for (;;) {
    const left = listProcesses().filter(({ command }) => isOurs(command, folder))
    if (left.length === 0) break
    const waited = Date.now() - startedAt
    const main = left.filter(({ command }) => !command.startsWith('postgres: '))
    // The main process takes the others with it in good order; without it they are told one by one.
    const told = waited > 10_000 ? left : main.length > 0 ? main : left
    for (const { pid } of told) {
      signalProcess(pid, waited > 10_000 ? 'SIGKILL' : main.length > 0 ? 'SIGINT' : 'SIGQUIT')
    }
    await sleep(50)
  }
  await removeMisleadingPid(folder)
  await removeSockets(folder)
}

/** The server's number is stale, but may by now be another program's: then the server would refuse to start. */
async function removeMisleadingPid(folder: string): Promise<void> {
  const pidFile = path.join(clusterIn(folder), 'postmaster.pid')
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''))
  const other = listProcesses().find((process) => process.pid === pid)
  if (other === undefined) return
  if (other.command.includes(clusterIn(folder))) {
    throw new CannotOpen(
      `A PostgreSQL that Recourse did not start (process ${pid}) works on ${clusterIn(folder)}. Stop it first.`,
    )
  }
  await rm(pidFile)
}

/** A killed server leaves its sockets, with a number beside each that may by now be another program's. */
async function removeSockets(folder: string): Promise<void> {
  const files = await readdir(clusterIn(folder)).catch(() => [])
  for (const name of files.filter((one) => one.startsWith('.s.PGSQL.')))
    await rm(path.join(clusterIn(folder), name), { force: true })
}

function spawnServer(
  folder: string,
  programs: Programs,
  launch: Launch,
  port: number,
): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: socketsIn(folder) ?? '',
    cluster_name: nameOf(folder),
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
  }
  const [command = '', ...args] = [
    ...launch.words,
    programs.postgres,
    ...['-D', clusterIn(folder)],
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const log = openSync(logFile(folder), 'w', 0o600)
  try {
    // Detached from the terminal, so that Ctrl-C reaches us alone and the server outlives its users.
    return spawn(command, args, {
      ...launch.account,
      env: plainEnvironment(),
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
    })
  } finally {
    closeSync(log)
  }
}

/** Waits until the server says in its own file that it is ready; false when it ended instead. */
async function isReady(folder: string, server: ChildProcess): Promise<boolean> {
  let failure: unknown
  server.once('error', (error) => (failure = error))
  for (;;) {
    if (failure !== undefined) throw new Error('start the database', { cause: failure })
    if (server.exitCode !== null || server.signalCode !== null) return false
    const file = path.join(clusterIn(folder), 'postmaster.pid')
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
    if (Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready') return true
    await sleep(10)
  }
}

/** A name that every process of our server carries in its command line, so that no other is taken for it. */
function nameOf(folder: string): string {
  return `recourse-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`
}

function isOurs(command: string, folder: string): boolean {
  const name = nameOf(folder)
  if (command.startsWith(`postgres: ${name}: `)) return true
  return /^\S*postgres(\.exe)? -D /.test(command) && command.includes(` cluster_name=${name} `)
}

function logFile(folder: string): string {
  return path.join(folder, 'postgres.log')
}

/** The wanted port if nothing listens there, else another below those that the system gives out by itself. */
async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; ; port = 15_000 + Math.floor(Math.random() * 17_000)) {
    if (port !== 0 && (await isFree(port))) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
