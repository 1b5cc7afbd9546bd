/** Starts Recourse itself on the ground, and for the demo the bazaar beside it with a first morning's matters. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  ChangedPolicy,
  openAdministration,
  startApp,
  UnsoundProcedure,
  type MailConfig,
} from '../app.ts'
import { formatDocumentError } from '../core/document.ts'
import { readHelp } from '../core/help-document.ts'
import { readHealthRules, type HealthRules } from '../core/health-rules.ts'
import type { Help } from '../core/help.ts'
import { readProcedure } from '../procedure/read.ts'
import { CannotRun } from './command.ts'
import { readDocumentFile } from './document-file.ts'
import { Companion } from './companion.ts'
import { addDemoStaff, demoPeople, playDemo, playDemoLater } from './demo.ts'
import type { Ground } from './ground.ts'
import { defaultPolicyFolder, readPolicyFolder } from './policies.ts'
import { demoSmtpPort, filesUrlBeside, isLoopback, type Settings } from './settings.ts'
import type { Shutdown } from './shutdown.ts'

/** The bazaar finds its way by these. */
const bazaarHost = '127.0.0.1'

/** Serves until the shutdown; says what it does, and at the end where to go. */
export async function serve(
  ground: Ground,
  shutdown: Shutdown,
  say: (line: string) => void,
): Promise<void> {
  const { settings, secrets, databaseUrl, address } = ground
  const isDemo = ground.bazaarDatabaseUrl !== null
  const demoKey = randomBytes(16).toString('base64url')
  const bazaarUrl = `http://${bazaarHost}:${settings.bazaarPort}`
  const connectorUrl = settings.connectorUrl ?? (isDemo ? `${bazaarUrl}/connector` : null)
  if (settings.production && settings.smtpUrl === null) {
    throw new CannotRun(
      'SMTP_URL is not set. In production Recourse does not start without it, because no notice would reach a seller.',
    )
  }

  const procedureFile =
    settings.procedureFile ?? fileURLToPath(new URL('procedures/recourse.yaml', rootUrl()))
  const procedure = await readProcedureFile(procedureFile)

  const help = await readHelpFile(
    settings.helpFile ?? fileURLToPath(new URL('procedures/help.yaml', rootUrl())),
  )

  const health = await readHealthFile(
    settings.healthFile ?? fileURLToPath(new URL('procedures/health.yaml', rootUrl())),
  )

  say('Bringing the database up to date')
  const running = await shutdown.open(
    'Recourse',
    async () =>
      startApp({
        databaseUrl,
        host: settings.host,
        port: settings.port,
        publicUrl: settings.publicUrl ?? address,
        filesUrl: settings.filesUrl ?? filesUrlBeside(settings.publicUrl ?? address),
        // The demo tells also what listens on this machine, as long as nobody else can reach the demo.
        reach: { thisMachine: isDemo && isLoopback(settings.host), ports: settings.webhookPorts },
        marketplace: settings.marketplace,
        timeZone: settings.timeZone,
        jurisdiction: settings.jurisdiction,
        production: settings.production,
        smtpUrl: settings.smtpUrl,
        mailFrom: settings.mailFrom,
        mail: await mailOf(settings, { isDemo }),
        connector:
          connectorUrl === null ? null : { url: connectorUrl, secret: secrets.connectorSecret },
        secret: secrets.secret,
        staffLinks: settings.staffLinks,
        issuer: settings.issuer,
        // Only the demo's shop is told a secret that nobody set.
        handOverSecret: isDemo ? secrets.handOverSecret : settings.handOverSecret,
        webDir: fileURLToPath(new URL('dist/web', rootUrl())),
        demo: isDemo ? { key: demoKey, people: [...demoPeople] } : null,
        policies: readPolicyFolder(settings.policyDir ?? defaultPolicyFolder()),
        procedure,
        help,
        health,
        clockWorkers: settings.clockWorkers,
        screeningWorkers: settings.screeningWorkers,
        acceptGaps: settings.acceptGaps,
        log: (message, detail) =>
          say(`${new Date().toISOString()} ${message}${detail ? ` ${describe(detail)}` : ''}`),
      }).catch((error: unknown) => {
        if (error instanceof ChangedPolicy) throw new CannotRun(error.message)
        throw error instanceof UnsoundProcedure ? notStarted(error, procedureFile) : error
      }),
    (app) => app.close(),
  )
  if (ground.bazaarDatabaseUrl === null) {
    say(`Recourse is ready at ${settings.publicUrl ?? address}`)
    if (settings.smtpUrl === null)
      say(`There is no SMTP_URL, so mail is kept at ${address}/dev/mail`)
    if (running.smtpPort !== null)
      say(
        `Mail for ${settings.mailDomain ?? ''} comes in at ${settings.smtpHost}:${running.smtpPort}`,
      )
    return
  }
  const desks = Object.keys(procedure.procedure.desks)
  await startBazaar(ground, shutdown, { bazaarUrl, desks, say })
  await loadDemo(ground, { demoKey, say })
  say('')
  say('Recourse is ready.')
  say(`  The bazaar, where it all happens   ${bazaarUrl}`)
  say(`  Recourse                           ${address}`)
  say(`  The API                            ${address}/docs`)
  if (!isLoopback(settings.host)) {
    say(
      'There are no one-click sign-ins and no mailbox, because others than this machine can reach it.',
    )
    return
  }
  say(`  The mailbox                        ${address}/dev/mail`)
  if (running.smtpPort !== null)
    say(
      `  Mail comes in (appeals@${settings.mailDomain ?? ''})`.padEnd(37) +
        ` smtp://${settings.smtpHost}:${running.smtpPort}`,
    )
  say('Sign in with one click as')
  for (const { role, title } of demoPeople)
    say(`  ${title.padEnd(58)} ${address}/dev/sign-in/${role}?key=${demoKey}`)
  void finishDemo(ground, shutdown, { demoKey, say })
}

async function startBazaar(
  { settings, secrets, bazaarDatabaseUrl, databaseUrl, address }: Ground,
  shutdown: Shutdown,
  { bazaarUrl, desks, say }: { bazaarUrl: string; desks: string[]; say: (line: string) => void },
): Promise<void> {
  const administration = await openAdministration(databaseUrl)
  try {
    await addDemoStaff(administration, desks)
    const key = await keptKey(bazaarKey(settings), () => administration.makeKey('the bazaar'))
    const built = fileURLToPath(new URL('../../examples/bazaar/main.js', import.meta.url))
    const entry = existsSync(built) ? built : built.replace(/\.js$/, '.ts')
    await shutdown.open(
      'the bazaar',
      () =>
        Companion.start({
          name: 'bazaar',
          entry,
          env: {
            BAZAAR_PORT: String(settings.bazaarPort),
            BAZAAR_HOST: bazaarHost,
            BAZAAR_DATABASE_URL: bazaarDatabaseUrl ?? '',
            BAZAAR_DEMO: '1',
            RECOURSE_URL: address,
            RECOURSE_KEY: key,
            RECOURSE_CONNECTOR_SECRET: secrets.connectorSecret,
            RECOURSE_HANDOVER_SECRET: secrets.handOverSecret,
          },
          write: say,
        }),
      (companion) => companion.stop(),
    )
    await waitForBazaar(bazaarUrl)
  } finally {
    await administration.close()
  }
}

async function loadDemo(
  { settings, address }: Ground,
  { demoKey, say }: { demoKey: string; say: (line: string) => void },
): Promise<void> {
  if (isDemoLoaded(settings) || !isLoopback(settings.host)) return
  say('Loading the demo: the shop tells its listings, and the first matters are opened')
  const shopKey = await readFile(bazaarKey(settings), 'utf8')
  const demo = { url: address, key: demoKey, shopKey: shopKey.trim() }
  for (const line of await playDemo(demo)) say(`  ${line}`)
}

/** What the demo does a minute later goes on beside whoever looks around already; a start that is cut short does it next time. */
async function finishDemo(
  { settings, address }: Ground,
  shutdown: Shutdown,
  { demoKey, say }: { demoKey: string; say: (line: string) => void },
): Promise<void> {
  if (isDemoLoaded(settings)) return
  try {
    const played = await playDemoLater({ url: address, key: demoKey }, () => shutdown.isAsked)
    if (shutdown.isAsked) return
    for (const line of played) say(line)
    await writeFile(demoMark(settings), '')
  } catch (error) {
    // The server that it speaks to may be ending; otherwise it is only the demo that is poorer.
    if (!shutdown.isAsked) say(`The demo could not go on: ${String(error)}`)
  }
}

function isDemoLoaded(settings: Settings): boolean {
  return existsSync(demoMark(settings))
}

function demoMark({ dataDir }: Settings): string {
  return join(dataDir, 'demo-loaded')
}

function bazaarKey({ dataDir }: Settings): string {
  return join(dataDir, 'bazaar-key')
}

/** A key is shown once; the demo keeps it beside its database for the bazaar's next start. */
async function keptKey(file: string, make: () => Promise<string>): Promise<string> {
  if (existsSync(file)) return readFile(file, 'utf8')
  const key = await make()
  await writeFile(`${file}.draft`, key, { mode: 0o600 })
  await rename(`${file}.draft`, file)
  return key
}

async function waitForBazaar(url: string): Promise<void> {
  const end = Date.now() + 30_000
  for (;;) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    if (Date.now() > end)
      throw new CannotRun(
        `The bazaar did not come up at ${url} within 30 seconds. Is its port in use? Choose another with BAZAAR_PORT.`,
      )
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** How mail comes in. In the demo from this machine alone, which stands for every .example there is. */
async function mailOf(
  { mailDomain, smtpPort, smtpHost, smtpTls }: Settings,
  { isDemo }: { isDemo: boolean },
): Promise<MailConfig | null> {
  if (mailDomain === null) return null
  const tls = smtpTls && {
    cert: await readFile(smtpTls.cert, 'utf8'),
    key: await readFile(smtpTls.key, 'utf8'),
  }
  const port =
    isDemo && smtpPort === demoSmtpPort && !(await isFree(smtpHost, smtpPort)) ? 0 : smtpPort
  return {
    domain: mailDomain,
    smtp: port === null ? null : { host: smtpHost, port, tls },
    ...(isDemo ? { resolver: exampleDns } : {}),
  }
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

/** Nobody can own a name under .example, so in the demo whoever sends from this machine may send for any of them. */
async function exampleDns(domain: string, type: string): Promise<string[][]> {
  if (type === 'TXT' && /^[a-z0-9-]+\.example$/i.test(domain))
    return [['v=spf1 ip4:127.0.0.1 ip6:::1 -all']]
  throw Object.assign(new Error('there is no such name in the demo'), { code: 'ENOTFOUND' })
}

async function readProcedureFile(file: string) {
  const source = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CannotRun(`The procedure ${file} cannot be read.`, { cause })
  })
  const read = readProcedure(source, file)
  if (read.ok) return { procedure: read.procedure, source }
  const mistakes = read.errors.map((error) => `  ${formatDocumentError(error)}`)
  throw new CannotRun(`The procedure cannot be read:\n${mistakes.join('\n')}`)
}

async function readHelpFile(file: string): Promise<Help> {
  const read = readHelp(await readDocumentFile(file), file)
  if (read.ok) return read.help
  const mistakes = read.errors.map((error) => `  ${formatDocumentError(error)}`)
  throw new CannotRun(
    `The help does not lead everybody to a person, so Recourse does not start on it:\n${mistakes.join('\n')}`,
  )
}

async function readHealthFile(file: string): Promise<HealthRules> {
  const read = readHealthRules(await readDocumentFile(file), file)
  if (read.ok) return read.rules
  const mistakes = read.errors.map((error) => `  ${formatDocumentError(error)}`)
  throw new CannotRun(`The rules of account health cannot be used:\n${mistakes.join('\n')}`)
}

const GAPS_SAID = 8

function notStarted({ procedure, gaps }: UnsoundProcedure, file: string): CannotRun {
  const shown = gaps.slice(0, GAPS_SAID).map(({ name, message }) => `  ${name}: ${message}`)
  const rest = gaps.length - shown.length
  return new CannotRun(
    [
      `The procedure ${procedure} can leave a seller in limbo in ${gaps.length} ways, so Recourse does not start on it:`,
      ...shown,
      ...(rest > 0 ? [`  and ${rest} more`] : []),
      `How to mend each is told by: npx recourse procedure check ${file}`,
      'To start all the same, and have every seller that they touch told: npm start -- --accept-gaps, or name them in RECOURSE_ACCEPT_GAPS.',
    ].join('\n'),
  )
}

/** The repository's root, from the sources and from what is built of them. */
function rootUrl(): URL {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (folder !== dirname(folder) && !existsSync(join(folder, 'package.json')))
    folder = dirname(folder)
  return pathToFileURL(`${folder}/`)
}

/** A detail as one line of text, an error with its stack and its causes. */
function describe(detail: Record<string, unknown>): string {
  return JSON.stringify(detail, (_key, value: unknown) =>
    value instanceof Error
      ? {
          error: value.stack ?? value.message,
          ...(value.cause === undefined ? {} : { cause: value.cause }),
        }
      : value,
  )
}
