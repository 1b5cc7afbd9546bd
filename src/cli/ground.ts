/** The ground that Recourse starts on: a data folder of its own, secrets, a database, and a port that is free. */
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
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
  const settings = {
    ...given,
    port: given.port || (await findPort(given)),
    bazaarPort: given.bazaarPort || (await findPort(bazaarIn(given))),
  }
  const address = addressOf(settings)
  const folder = await shutdown.open(
    'the data folder',
    () => DataFolder.open(settings.dataDir, { address }),
    (opened) => opened.close(),
  )
  // Asked after the folder, so that a second start is told of the first one and not of its port.
  await findPort(settings)
  if (settings.demo) await findBazaarPort(settings)
  if (settings.fresh) {
    say(`Erasing ${folder.path}`)
    await folder.erase()
  }
  const kept = await folder.secrets()
  const secrets = {
    secret: settings.secret ?? kept.secret,
    connectorSecret: settings.connectorSecret ?? kept.connectorSecret,
    handOverSecret: settings.handOverSecret ?? kept.handOverSecret,
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

interface Place {
  host: string
  port: number
  /** What to set for another port. */
  variable?: string
}

function bazaarIn({ bazaarPort }: Settings): Place {
  return { host: '127.0.0.1', port: bazaarPort, variable: 'BAZAAR_PORT' }
}

/** The bazaar of a start that was killed a moment ago may still be ending. */
async function findBazaarPort(settings: Settings): Promise<void> {
  const patientUntil = Date.now() + 2000
  for (;;) {
    try {
      await findPort(bazaarIn(settings))
      return
    } catch (error) {
      if (Date.now() > patientUntil) throw error
      await sleep(100)
    }
  }
}

/** Finds out whether the port can be served on, or which one is free when any will do. */
function findPort(place: Place): Promise<number> {
  const { host, port } = place
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(new CannotOpen(sentenceOf(error, place))))
    probe.listen(port, host, () => {
      const found = probe.address()
      const free = typeof found === 'object' && found !== null ? found.port : port
      probe.close(() => resolve(free))
    })
  })
}

function sentenceOf(error: Error, { host, port, variable = 'PORT' }: Place): string {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use by another program. Stop that one, or choose another port: ${variable}=${port + 10} npm start`
  }
  if (code === 'EACCES') {
    return `Port ${port} may only be served by root. Choose one above 1023, such as ${variable}=4870.`
  }
  return `HOST=${host} is not an address of this machine (${error.message}).`
}
