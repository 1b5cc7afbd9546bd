/** The data folder: everything that one installation keeps on disk, held by one running program at a time. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { wordsOf } from '../core/thrown.ts'
import { CannotOpen } from './cannot-open.ts'
import { claimFolder, type Claim, type Holder } from './claim.ts'
import { endLeftOver } from './postgres-server.ts'

const mark = 'recourse.json'
const claims = 'claims'

/** What the installation signs with; made once and kept. */
export interface Secrets {
  /** For links, sessions and everything else that only we read back. */
  secret: string
  /** For what goes to the marketplace, as Standard Webhooks writes it. */
  connectorSecret: string
  /** For the hand-overs of the demo's shop. */
  handOverSecret: string
}

export class DataFolder {
  readonly path: string
  readonly #claim: Claim

  private constructor(folder: string, claim: Claim) {
    this.path = folder
    this.#claim = claim
  }

  /** Opens a data folder, new or ours, for this program alone; says in a sentence why not. */
  static async open(given: string, { address }: { address: string }): Promise<DataFolder> {
    const { folder, claim } = await claimed(given, address)
    if ('release' in claim) return new DataFolder(folder, claim)
    throw new CannotOpen(
      `Recourse already runs on the data folder ${folder}: process ${claim.pid}, ` +
        `since ${claim.since.slice(0, 19).replace('T', ' ')} UTC, at ${claim.address}. ` +
        'Stop it first, or start this one on another folder with RECOURSE_DATA.',
    )
  }

  /** Erases everything in the folder but the claim on it. */
  async erase(): Promise<void> {
    await endLeftOver(this.path)
    const names = (await readdir(this.path)).filter((name) => name !== mark && name !== claims)
    for (const name of names) await rm(path.join(this.path, name), { recursive: true })
  }

  /** Reads the secrets of this installation, made at its first start. */
  async secrets(): Promise<Secrets> {
    const file = path.join(this.path, 'secrets.json')
    const kept = await readFile(file, 'utf8').catch(ignoreMissing)
    // Written by the lines below at an earlier start, whole or not at all; perhaps when there were fewer.
    const known = kept === undefined ? {} : (JSON.parse(kept) as Partial<Secrets>)
    const secrets: Secrets = {
      secret: randomBytes(32).toString('base64url'),
      connectorSecret: `whsec_${randomBytes(32).toString('base64')}`,
      handOverSecret: randomBytes(32).toString('base64url'),
      ...known,
    }
    if (Object.keys(secrets).every((name) => name in known)) return secrets
    await writeFile(`${file}.draft`, JSON.stringify(secrets, null, 2) + '\n', { mode: 0o600 })
    await rename(`${file}.draft`, file)
    return secrets
  }

  /** Gives the folder back. */
  async close(): Promise<void> {
    await this.#claim.release()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}

async function claimed(
  given: string,
  address: string,
): Promise<{ folder: string; claim: Claim | Holder }> {
  try {
    // Others may pass through, as the database's own account must when we are root; none may look.
    await mkdir(given, { recursive: true, mode: 0o711 })
    const folder = await realpath(given)
    await markAsOurs(folder)
    return { folder, claim: await claimFolder(path.join(folder, claims), address) }
  } catch (cause) {
    if (cause instanceof CannotOpen) throw cause
    throw new CannotOpen(`The data folder ${given} cannot be used: ${reasonOf(cause)}.`, { cause })
  }
}

/** Marks an empty folder as ours before anything else goes in; one with other things in it is left alone. */
async function markAsOurs(folder: string): Promise<void> {
  const names = await readdir(folder)
  if (names.includes(mark)) return
  if (names.some((name) => name !== claims)) {
    throw new CannotOpen(
      `${folder} is not empty and is not a data folder of Recourse, so nothing in it is touched. ` +
        'Choose another folder with RECOURSE_DATA.',
    )
  }
  await writeFile(path.join(folder, mark), '{ "dataFolderOf": "recourse" }\n')
}

function ignoreMissing(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES' || code === 'EPERM')
    return 'it, or something in it, belongs to another user'
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'there is a file in its place'
  if (code === 'EROFS') return 'it cannot be written to'
  if (code === 'ENOSPC') return 'the disk is full'
  return wordsOf(error)
}
