/** Processes of this machine: which run, since when, and how to start one that ends when we do. */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)
const hasProc = existsSync('/proc/self/stat')

/** A process by its number and its birth, since numbers are given out again. */
export interface RunningProcess {
  pid: number
  birth: string
}

/** Says when a process began, in words that only equality is asked of; nothing when it does not run. */
export function birthOf(pid: number): string | undefined {
  try {
    return hasProc ? birthFromProc(pid) : birthFromPs(pid)
  } catch {
    // There is no such process: both ways of asking say so by failing.
    return undefined
  }
}

/** Says whether this very process still runs, and not another one under its number. */
export function isRunning({ pid, birth }: RunningProcess): boolean {
  return birthOf(pid) === birth
}

/** Every process that we may see, with the words of its command line. */
export function listProcesses(): { pid: number; command: string }[] {
  if (hasProc) return listFromProc()
  const listing = execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' })
  return listing.split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+) (.*)$/.exec(line) ?? []
    return command === undefined ? [] : [{ pid: Number(pid), command }]
  })
}

/** Sends a signal, if the process is still there. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH'
    if (!isGone) throw error
  }
}

/** The words before a command that let the kernel signal it when we die, even by SIGKILL; none where unknown. */
export async function parentDeathWords(signal: 'INT' | 'TERM'): Promise<string[]> {
  const words = ['setpriv', '--pdeathsig', signal, '--']
  return (await succeeds([...words, 'true'])) ? words : []
}

/** Says whether a command exists and ends well. */
export async function succeeds(
  [command = '', ...args]: string[],
  options: { uid?: number; gid?: number } = {},
): Promise<boolean> {
  try {
    await run(command, args, options)
    return true
  } catch {
    // A missing command and a failing one are the same answer here.
    return false
  }
}

function birthFromProc(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name in parentheses may hold spaces and parentheses itself, so count from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  if (state === 'Z' || state === 'X') return undefined
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return `${boot} ${fields[19]}`
}

function birthFromPs(pid: number): string | undefined {
  const env = { ...process.env, LC_ALL: 'C' }
  const asked = ['-o', 'stat=,lstart=', '-p', String(pid)]
  const [, state, birth] =
    /^(\S+)\s+(.*?)\s*$/.exec(execFileSync('ps', asked, { env, encoding: 'utf8' })) ?? []
  return state?.startsWith('Z') ? undefined : birth
}

function listFromProc(): { pid: number; command: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
      return [{ pid: Number(name), command }]
    } catch {
      // It ended while we were looking.
      return []
    }
  })
}
