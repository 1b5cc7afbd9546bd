/** A claim on a folder: at most one running program has it, and one that was killed loses it by itself. */
import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { birthOf, isRunning, type RunningProcess } from './running-process.ts'

/** Who has the folder. */
export interface Holder extends RunningProcess {
  since: string
  /** Where it can be found, as told to the next who wants the folder. */
  address: string
}

export interface Claim {
  release(): Promise<void>
}

/*
 * Claims are numbered files. The highest number counts, and it is never removed, only marked as released;
 * the next claim is always made under the next number, which the file system gives to one alone. So a
 * slow competitor can only ever make a number that is taken, or one below the highest, and sees that it lost.
 */

/** Claims a folder of claims, or answers who has it. */
export async function claimFolder(folder: string, address: string): Promise<Claim | Holder> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const birth = birthOf(process.pid)
  if (birth === undefined) throw new Error('claim a folder: this process cannot see itself')
  const self: Holder = { pid: process.pid, birth, since: new Date().toISOString(), address }
  for (;;) {
    const highest = await highestClaim(folder)
    const holder = await readHolder(folder, highest)
    if (holder !== undefined && isRunning(holder)) return holder
    const mine = highest + 1
    if (!(await makeClaim(folder, mine, self))) continue
    if ((await highestClaim(folder)) > mine) {
      await rm(path.join(folder, `${mine}`), { force: true })
      continue
    }
    await removeBelow(folder, mine)
    return { release: () => replace(folder, mine, { released: new Date().toISOString() }) }
  }
}

async function highestClaim(folder: string): Promise<number> {
  return Math.max(0, ...(await claimsIn(folder)))
}

async function claimsIn(folder: string): Promise<number[]> {
  return (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number)
}

async function readHolder(folder: string, claim: number): Promise<Holder | undefined> {
  const written = await readFile(path.join(folder, `${claim}`), 'utf8').catch(() => '{}')
  // Written whole by `makeClaim` or `replace`, and by nobody else; a released claim names no process.
  const holder = JSON.parse(written) as Partial<Holder>
  return isHolder(holder) ? holder : undefined
}

function isHolder(holder: Partial<Holder>): holder is Holder {
  return holder.pid !== undefined
}

/** Makes a claim whole or not at all; false when the number is taken. */
async function makeClaim(folder: string, claim: number, holder: Holder): Promise<boolean> {
  const draft = await writeDraft(folder, holder)
  try {
    await link(draft, path.join(folder, `${claim}`))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft)
  }
}

async function replace(folder: string, claim: number, content: object): Promise<void> {
  await rename(await writeDraft(folder, content), path.join(folder, `${claim}`))
}

async function writeDraft(folder: string, content: object): Promise<string> {
  const draft = path.join(folder, `draft-${process.pid}-${randomBytes(4).toString('hex')}`)
  await writeFile(draft, JSON.stringify(content) + '\n', { mode: 0o600 })
  return draft
}

async function removeBelow(folder: string, claim: number): Promise<void> {
  const below = (await claimsIn(folder)).filter((number) => number < claim)
  for (const number of below) await rm(path.join(folder, `${number}`), { force: true })
}
