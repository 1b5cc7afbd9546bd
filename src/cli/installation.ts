/** The installation that a command administers, whether or not Recourse runs on it at this moment. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { openAdministration, type Administration } from '../app.ts'
import { CannotOpen } from '../store/cannot-open.ts'
import { DataFolder } from '../store/data-folder.ts'
import { EmbeddedPostgres } from '../store/embedded.ts'
import { CannotRun, type CommandIo } from './command.ts'

/** Does work on the database in DATABASE_URL, or on the one in the data folder (RECOURSE_DATA, ./data). */
export async function administer<T>(
  env: CommandIo['env'],
  work: (administration: Administration) => Promise<T>,
): Promise<T> {
  const given = env['DATABASE_URL']?.trim()
  if (given) return withAdministration(given, work)
  const folder = resolve(env['RECOURSE_DATA']?.trim() || 'data')
  // A new, empty installation made by a command in the wrong folder would help nobody.
  if (!existsSync(folder)) {
    throw new CannotRun(
      `There is no installation in ${folder}. Run npm start first, or name one with RECOURSE_DATA or DATABASE_URL.`,
    )
  }
  const running = await EmbeddedPostgres.running(folder, 'recourse')
  if (running !== null) return withAdministration(running, work)
  try {
    await using claimed = await DataFolder.open(folder, { address: 'a command' })
    await using server = await EmbeddedPostgres.open(claimed.path)
    return await withAdministration(await server.database('recourse'), work)
  } catch (error) {
    if (error instanceof CannotOpen) throw new CannotRun(error.message, { cause: error })
    throw error
  }
}

async function withAdministration<T>(
  databaseUrl: string,
  work: (administration: Administration) => Promise<T>,
): Promise<T> {
  const administration = await openAdministration(databaseUrl)
  try {
    return await work(administration)
  } finally {
    await administration.close()
  }
}
