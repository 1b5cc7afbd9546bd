/** Where a run keeps what it throws away: in memory where there is room to spare, since a database is many small files. */
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const memory = '/dev/shm'

/** What a run needs at most, several times over. */
const roomWanted = 4 * 1024 ** 3

/** Makes the run's own temporary folder, and all temporary folders of the run inside it; answers how to remove it. */
export async function keepScratch(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(await roomiest(), 'recourse-tests-'))
  // As every temporary folder is: tests run programs as other users too.
  await chmod(folder, 0o1777)
  process.env.TMPDIR = folder
  return () => rm(folder, { recursive: true, force: true, maxRetries: 3 })
}

async function roomiest(): Promise<string> {
  if (process.env.TMPDIR !== undefined) return process.env.TMPDIR
  const space = await statfs(memory).catch(() => null)
  return space !== null && space.bavail * space.bsize >= roomWanted ? memory : tmpdir()
}
