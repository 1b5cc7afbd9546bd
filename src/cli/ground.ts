/** The ground that Recourse starts on: a data folder of its own, secrets, a database, and a port that is free. */
import { createServer } from 'node:net'
import { CannotOpen } from '../store/cannot-open.ts'
import { DataFolder, type Secrets } from '../store/data-folder.ts'
import { EmbeddedPostgres } from '../store/embedded.ts'
import { addressOf, type Settings } from './settings.ts'
import type { Shutdown } from './shutdown.ts'

export interface Ground {
  settings: Settings
  secrets: Secrets
  /** Recourse's database, as its owner. */
  databaseUrl: string
  /** The demo marketplace's own database, as a role that sees no other; null where there is no demo. */
  bazaarDatabaseUrl: string | null
  /** Where Recourse will be found. */
  address: string
}

/** Takes the data folder and opens the database; what it opens is closed by the shutdown. */
export async function openGround(
  given: Settings,
  shutdown: Shutdown,
  say: (line: string) => void,
): Promise<Ground> {
  const settings = { ...given, port: given.port || (await findPort(given)) }
  const address = addressOf(settings)
  const folder = await shutdown.open(
    'the data folder',
    () => DataFolder.open(settings.dataDir, { address }),
    (opened) => opened.close(),
  )
  // Asked after the folder, so that a second start is told of the first one and not of its port.
  await findPort(settings)
  if (settings.fresh) {
    say(`Erasing ${folder.path}`)
    await folder.erase()
  }
  const kept = await folder.secrets()
  const secrets = {
    secret: settings.secret ?? kept.secret,
    connectorSecret: settings.connectorSecret ?? kept.connectorSecret,
  }
  if (settings.databaseUrl !== null) {
    return {
      settings,
      secrets,
      databaseUrl: settings.databaseUrl,
      bazaarDatabaseUrl: null,
      address,
    }
  }
  say('Starting PostgreSQL')
  const server = await openEmbedded(folder, shutdown)
  return {
    settings,
    secrets,
    databaseUrl: await server.database('recourse'),
    bazaarDatabaseUrl: settings.demo ? await server.databaseOfItsOwn('bazaar') : null,
    address,
  }
}

async function openEmbedded(folder: DataFolder, shutdown: Shutdown): Promise<EmbeddedPostgres> {
  const server = await shutdown.open(
    'the database',
    () => EmbeddedPostgres.open(folder.path),
    (opened) => opened.stop(),
  )
  void server.ended.then(() => {
    if (shutdown.isAsked) return
    // Nothing can be promised without it; the next start recovers what was committed.
    console.error(
      `PostgreSQL ended by itself (see ${folder.path}/postgres.log), so Recourse stops.`,
    )
    shutdown.ask(1)
  })
  return server
}

/** Finds out whether the port can be served on, or which one is free when any will do. */
function findPort({ host, port }: Settings): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(new CannotOpen(sentenceOf(error, { host, port }))))
    probe.listen(port, host, () => {
      const found = probe.address()
      const free = typeof found === 'object' && found !== null ? found.port : port
      probe.close(() => resolve(free))
    })
  })
}

function sentenceOf(error: Error, { host, port }: { host: string; port: number }): string {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use by another program. Stop that one, or choose another port: PORT=${port + 10} npm start`
  }
  if (code === 'EACCES') {
    return `Port ${port} may only be served by root. Choose one above 1023, such as PORT=4870.`
  }
  return `HOST=${host} is not an address of this machine (${error.message}).`
}
