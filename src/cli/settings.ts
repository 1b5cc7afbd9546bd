/** What `npm start` is told: by its environment and the words after it, read once and refused in a sentence. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { Jurisdiction } from '../core/policy.ts'
import type { Issuer, StaffLinks } from '../app.ts'
import { CannotRun, expectName, readArguments } from './command.ts'

export interface Settings {
  host: string
  /** 0 asks for any free port. */
  port: number
  dataDir: string
  /** The given database; the embedded one when null. */
  databaseUrl: string | null
  production: boolean
  /** Only ever true for the embedded database, and never in production. */
  demo: boolean
  /** Erase the data folder first. */
  fresh: boolean
  smtpUrl: string | null
  connectorUrl: string | null
  secret: string | null
  connectorSecret: string | null
  /** Signs the marketplace's hand-overs of its sellers; null where it hands nobody over. */
  handOverSecret: string | null
  /** Whether links sign staff in for good (`allow`), or only until their first passkey (`first`). */
  staffLinks: StaffLinks
  /** The sign-in of the marketplace's own organisation, for staff. */
  issuer: Issuer | null
  /** Where people reach it, when that is not where it listens. */
  publicUrl: string | null
  /** Where files are given out; null for the place that goes without saying, if there is one. */
  filesUrl: string | null
  /** What the marketplace is called on pages and in mail. */
  marketplace: string
  /** The zone of times in notices to people who have told none. */
  timeZone: string
  jurisdiction: Jurisdiction
  mailFrom: string
  /** The domain of the addresses at which mail comes in; null where none does. */
  mailDomain: string | null
  /** The port of the SMTP door; 0 asks for any free one, null leaves it shut. */
  smtpPort: number | null
  /** Where it listens. */
  smtpHost: string
  /** Files with the certificate and the key for STARTTLS. */
  smtpTls: { cert: string; key: string } | null
  /** Folders and files other than the repository's own; null for those. */
  policyDir: string | null
  procedureFile: string | null
  helpFile: string | null
  healthFile: string | null
  /** How many clock workers this server runs. */
  clockWorkers: number
  /** How many threads screen listings that come in streams. */
  screeningWorkers: number
  /** Gaps of the procedure that are accepted: all of them, or these names. */
  acceptGaps: 'all' | string[]
  /** Ports beside 443 and 80 to which webhooks may go. */
  webhookPorts: number[]
  /** The demo marketplace's port. */
  bazaarPort: number
}

export const startHelp = `Starts Recourse, with its database and, in development, a small marketplace to try it on.

  npm start [-- --fresh] [--accept-gaps]

  --fresh         erase the data folder first and begin anew (never a database given in DATABASE_URL)
  --accept-gaps   start on a procedure that can leave sellers in limbo; every seller it touches and the
                  public page /promises are then told of each gap

Environment:
  PORT                       the port of the pages and the API (4870)
  HOST                       the address they are served on (127.0.0.1)
  RECOURSE_DATA              the data folder (./data)
  DATABASE_URL               a PostgreSQL of your own, 15 or later; then there is no demo
  SMTP_URL                   where mail is handed over; without it, mail stays in a mailbox at /dev/mail
  NODE_ENV=production        no demo, no mailbox
  RECOURSE_CONNECTOR_URL     the marketplace's side of the connector
  RECOURSE_CONNECTOR_SECRET  signs what is sent to it (made at the first start)
  RECOURSE_SECRET            signs links and sessions (made at the first start)
  RECOURSE_HANDOVER_SECRET   signs the marketplace's hand-overs of its signed-in sellers, 32 characters or more (see
                             docs/connect.md); without it nobody is handed over, but by the demo's own shop
  RECOURSE_STAFF_LINKS       first: a link by mail signs staff in until their first passkey; allow: for good (first,
                             and allow in the demo)
  RECOURSE_OIDC_ISSUER       the OpenID Connect issuer at which staff sign in, with RECOURSE_OIDC_CLIENT_ID and
                             RECOURSE_OIDC_CLIENT_SECRET; it sends back to /sign-in/sso/back. Staff then have no links
  RECOURSE_PUBLIC_URL        where people reach it, when that is not where it listens
  RECOURSE_FILES_URL         where evidence opens in a browser: an address with a name of its own that leads to this
                             same server, such as https://files.example (on one's own machine
                             http://files.localhost:PORT by itself; elsewhere, without it, files are downloads only)
  RECOURSE_MARKETPLACE       what the marketplace is called on pages and in mail (The Bazaar)
  RECOURSE_TIME_ZONE         the zone of times in notices to people who have told none (UTC)
  RECOURSE_JURISDICTION      us or eu: whose rules listings are screened by (us)
  RECOURSE_POLICIES          a folder of policies (the one that comes with Recourse)
  RECOURSE_SCREENING_WORKERS how many threads screen listings that come in streams, 1 to 64 (one for each core, up
                             to 8); they start with the first stream
  CLOCK_WORKERS              how many fire clocks beside each other here, 0 to 16 (2)
  RECOURSE_PROCEDURE         a procedure (procedures/recourse.yaml). It counts at the first start, and again when
                             its text has changed since a file was last adopted; otherwise what was adopted
                             last stays in force, also from the studio
  RECOURSE_HELP              the topics of the help pages, and when people call (procedures/help.yaml)
  RECOURSE_HEALTH            what counts against an account, and what follows (procedures/health.yaml)
  RECOURSE_ACCEPT_GAPS       "all" (as --accept-gaps), or the names of the gaps that are accepted, with commas:
                             limbo:legal,no-way-in:account.secure:nothing
  RECOURSE_WEBHOOK_PORTS     ports beside 443 and 80 to which webhooks may go, with commas: 8443,9443 (none)
  MAIL_FROM                  the sender of notices (appeals@ of the domain below, or notices@localhost)
  RECOURSE_MAIL_DOMAIN       the domain of appeals@, support@, executive@ and legal@, at which mail comes in; without it
                             none does (in the demo the-bazaar.example, on this machine alone). See docs/mail.md
  RECOURSE_SMTP_PORT         the port that takes mail (in the demo 4872, or a free one); without it mail comes in by
                             POST /v1/mail alone
  RECOURSE_SMTP_HOST         the address that port is on (that of HOST; in the demo always this machine)
  RECOURSE_SMTP_CERT         files with a certificate and its key, so that mail comes in encrypted (STARTTLS);
  RECOURSE_SMTP_KEY          both or none
  BAZAAR_PORT                the port of the demo's marketplace (4871)`

/** Reads the settings, or throws the sentence that says which one cannot be. */
export function readSettings(words: string[], env: NodeJS.ProcessEnv): Settings | 'help' {
  const { values } = readArguments({
    args: words,
    options: {
      fresh: { type: 'boolean' },
      'accept-gaps': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return 'help'
  // An empty variable is how many tools say that it is not set.
  const given = (name: string): string | null => env[name]?.trim() || null
  const databaseUrl = readUrl('DATABASE_URL', given('DATABASE_URL'), ['postgres:', 'postgresql:'])
  const production = given('NODE_ENV') === 'production'
  const fresh = values.fresh ?? false
  const demo = databaseUrl === null && !production
  const mailDomain = readDomain(given('RECOURSE_MAIL_DOMAIN')) ?? (demo ? demoDomain : null)
  if (fresh && databaseUrl !== null) {
    throw new CannotRun(
      '--fresh erases the data folder and its database; a database given in DATABASE_URL is never erased.',
    )
  }
  return {
    host: given('HOST') ?? '127.0.0.1',
    port: readPort('PORT', given('PORT') ?? '4870'),
    dataDir: resolve(given('RECOURSE_DATA') ?? 'data'),
    databaseUrl,
    production,
    demo,
    fresh,
    smtpUrl: readUrl('SMTP_URL', given('SMTP_URL'), ['smtp:', 'smtps:']),
    connectorUrl: readUrl('RECOURSE_CONNECTOR_URL', given('RECOURSE_CONNECTOR_URL'), [
      'http:',
      'https:',
    ]),
    secret: readSecret(given('RECOURSE_SECRET')),
    connectorSecret: readConnectorSecret(given('RECOURSE_CONNECTOR_SECRET')),
    handOverSecret: readHandOverSecret(given('RECOURSE_HANDOVER_SECRET')),
    staffLinks: expectName(
      'RECOURSE_STAFF_LINKS',
      given('RECOURSE_STAFF_LINKS') ?? (databaseUrl === null && !production ? 'allow' : 'first'),
      ['first', 'allow'],
    ),
    issuer: readIssuer(given),
    publicUrl: readUrl('RECOURSE_PUBLIC_URL', given('RECOURSE_PUBLIC_URL'), ['http:', 'https:']),
    filesUrl: readFilesUrl(given('RECOURSE_FILES_URL'), given('RECOURSE_PUBLIC_URL')),
    marketplace: given('RECOURSE_MARKETPLACE') ?? 'The Bazaar',
    timeZone: readTimeZone(given('RECOURSE_TIME_ZONE') ?? 'UTC'),
    jurisdiction: expectName(
      'RECOURSE_JURISDICTION',
      given('RECOURSE_JURISDICTION') ?? 'us',
      Jurisdiction.options,
    ),
    mailFrom:
      given('MAIL_FROM') ?? (mailDomain === null ? 'notices@localhost' : `appeals@${mailDomain}`),
    mailDomain,
    smtpPort: readSmtpPort(given('RECOURSE_SMTP_PORT'), { demo, mailDomain }),
    smtpHost: demo ? '127.0.0.1' : (given('RECOURSE_SMTP_HOST') ?? given('HOST') ?? '127.0.0.1'),
    smtpTls: readSmtpTls(given('RECOURSE_SMTP_CERT'), given('RECOURSE_SMTP_KEY')),
    policyDir: given('RECOURSE_POLICIES'),
    procedureFile: given('RECOURSE_PROCEDURE'),
    helpFile: given('RECOURSE_HELP'),
    healthFile: given('RECOURSE_HEALTH'),
    clockWorkers: readClockWorkers(given('CLOCK_WORKERS') ?? '2'),
    screeningWorkers: readScreeningWorkers(
      given('RECOURSE_SCREENING_WORKERS') ?? String(Math.min(8, availableParallelism())),
    ),
    acceptGaps:
      values['accept-gaps'] || given('RECOURSE_ACCEPT_GAPS') === 'all'
        ? 'all'
        : readNames(given('RECOURSE_ACCEPT_GAPS')),
    webhookPorts: readNames(given('RECOURSE_WEBHOOK_PORTS')).map((port) =>
      readPort('RECOURSE_WEBHOOK_PORTS', port),
    ),
    bazaarPort: readPort('BAZAAR_PORT', given('BAZAAR_PORT') ?? '4871'),
  }
}

/** Says whether an address is this machine's own, where nobody else can come in. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
}

/** The address that people open. */
export function addressOf({ host, port }: { host: string; port: number }): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  // Browsers bind passkeys to a name and never to a number, so this machine goes by its name.
  const isNumber = everywhere || host === '127.0.0.1'
  const name = isNumber ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/** The demo's addresses exist nowhere else: nobody can own a name under .example. */
const demoDomain = 'the-bazaar.example'
/** Where the demo takes mail, if nobody else has that port. */
export const demoSmtpPort = 4872

function readDomain(given: string | null): string | null {
  if (given === null) return null
  if (/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/i.test(given)) return given.toLowerCase()
  throw new CannotRun(
    `RECOURSE_MAIL_DOMAIN takes a domain such as mail.shop.example, not "${given}".`,
  )
}

function readSmtpPort(
  given: string | null,
  { demo, mailDomain }: { demo: boolean; mailDomain: string | null },
): number | null {
  if (given === null) return demo ? demoSmtpPort : null
  if (mailDomain === null)
    throw new CannotRun('RECOURSE_SMTP_PORT takes mail for RECOURSE_MAIL_DOMAIN; set that, too.')
  return readPort('RECOURSE_SMTP_PORT', given)
}

function readSmtpTls(cert: string | null, key: string | null): Settings['smtpTls'] {
  if (cert === null && key === null) return null
  if (cert === null || key === null)
    throw new CannotRun('RECOURSE_SMTP_CERT and RECOURSE_SMTP_KEY go together: set both, or none.')
  return { cert, key }
}

function readTimeZone(given: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone
  } catch {
    // Intl says no by throwing; the sentence below says what it takes.
    throw new CannotRun(`RECOURSE_TIME_ZONE takes a zone such as Europe/Lisbon, not "${given}".`)
  }
}

function readPort(name: string, given: string): number {
  const port = Number(given)
  if (/^\d+$/.test(given) && port <= 65_535) return port
  throw new CannotRun(`${name} takes a number from 0 to 65535, not "${given}".`)
}

function readClockWorkers(given: string): number {
  if (/^\d{1,2}$/.test(given) && Number(given) <= 16) return Number(given)
  throw new CannotRun(
    `CLOCK_WORKERS takes a number from 0 to 16, not "${given}". With 0, another server on the same database has to fire the clocks.`,
  )
}

function readScreeningWorkers(given: string): number {
  if (/^\d{1,2}$/.test(given) && Number(given) >= 1 && Number(given) <= 64) return Number(given)
  throw new CannotRun(`RECOURSE_SCREENING_WORKERS takes a number from 1 to 64, not "${given}".`)
}

function readUrl(name: string, given: string | null, protocols: string[]): string | null {
  if (given === null) return null
  if (URL.canParse(given) && protocols.includes(new URL(given).protocol)) return given
  const shapes = protocols.map((protocol) => `${protocol}//…`).join(' or ')
  // The value may hold a password, so it is not shown.
  throw new CannotRun(`${name} is not an address that can be used; it takes ${shapes}`)
}

/** Files and pages under one name would share their cookies and their trust. */
function readFilesUrl(given: string | null, publicUrl: string | null): string | null {
  const url = readUrl('RECOURSE_FILES_URL', given, ['http:', 'https:'])
  if (url === null) return null
  const { hostname, pathname } = new URL(url)
  if (pathname !== '/')
    throw new CannotRun(
      'RECOURSE_FILES_URL takes an address without a path, as https://files.example',
    )
  const isSame =
    publicUrl !== null && URL.canParse(publicUrl) && new URL(publicUrl).hostname === hostname
  if (isSame || isLoopback(hostname))
    throw new CannotRun(
      'RECOURSE_FILES_URL takes another name than the one that pages are reached by, such as https://files.example',
    )
  return url
}

/** Where files are given out when nobody says where: on one's own machine, under a name that browsers lead to it. */
export function filesUrlBeside(pages: string): string | null {
  const { hostname, port } = new URL(pages)
  return isLoopback(hostname) && port !== '' ? `http://files.localhost:${port}` : null
}

function readNames(given: string | null): string[] {
  return (given ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function readSecret(given: string | null): string | null {
  if (given === null || given.length >= 32) return given
  throw new CannotRun('RECOURSE_SECRET is too short to be secret; it takes 32 characters or more.')
}

function readHandOverSecret(given: string | null): string | null {
  if (given === null || given.length >= 32) return given
  throw new CannotRun(
    'RECOURSE_HANDOVER_SECRET is too short to be secret; it takes 32 characters or more.',
  )
}

/** All three names of an issuer, or none. */
function readIssuer(given: (name: string) => string | null): Issuer | null {
  const url = readUrl('RECOURSE_OIDC_ISSUER', given('RECOURSE_OIDC_ISSUER'), ['https:', 'http:'])
  const clientId = given('RECOURSE_OIDC_CLIENT_ID')
  const clientSecret = given('RECOURSE_OIDC_CLIENT_SECRET')
  if (url === null && clientId === null && clientSecret === null) return null
  if (url === null || clientId === null || clientSecret === null)
    throw new CannotRun(
      'RECOURSE_OIDC_ISSUER, RECOURSE_OIDC_CLIENT_ID and RECOURSE_OIDC_CLIENT_SECRET go together: set all three, or none.',
    )
  const { protocol, hostname } = new URL(url)
  if (protocol === 'http:' && !isLoopback(hostname))
    throw new CannotRun('RECOURSE_OIDC_ISSUER takes an https address, or one of this machine.')
  return { url, clientId, clientSecret, name: hostname }
}

function readConnectorSecret(given: string | null): string | null {
  if (given === null) return null
  const key = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(given)?.[1]
  if (key !== undefined && Buffer.from(key, 'base64').length >= 24) return given
  throw new CannotRun(
    'RECOURSE_CONNECTOR_SECRET takes `whsec_` and then 24 to 64 random bytes in base64, as Standard Webhooks writes it.',
  )
}
