/** Builds the one App value by hand and starts everything around it: pages, clocks, screening and delivery. */
import { startBell, withoutBellMs } from './clocks/bell.ts'
import { startBackground, startClocks } from './clocks/loop.ts'
import { undoWindow } from './core/decision.ts'
import { followTime, openTime, type Time } from './clocks/time.ts'
import { startWatchdog } from './clocks/watchdog.ts'
import type { HealthRules } from './core/health-rules.ts'
import { startWeighing } from './clocks/weighing.ts'
import type { Help } from './core/help.ts'
import type { Policy, Jurisdiction } from './core/policy.ts'
import type { Procedure } from './core/procedure.ts'
import { startDelivery } from './delivery/carrier.ts'
import { openConnector, type Connector } from './delivery/connector.ts'
import { devMailer, smtpMailer, type Mailer } from './delivery/mailer.ts'
import { realDns, type DNSResolver } from './delivery/mail-check.ts'
import { startMailFiler, type MailFiler } from './delivery/mail-filer.ts'
import { openOutside } from './delivery/outside.ts'
import { composeSignIn } from './delivery/sign-in-mail.ts'
import { openSmtpDoor } from './delivery/smtp-door.ts'
import { migrateAuth } from './http/sign-in.ts'
import type { DemoPerson, Issuer } from './http/config.ts'
import { startServer } from './http/server.ts'
import { newId, type App } from './operations/app.ts'
import { fireClock } from './operations/clock.ts'
import { makeMarketplaceKey } from './operations/key.ts'
import type { MailSetting } from './operations/mail.ts'
import { byTheTable } from './operations/judge.ts'
import { adoptPolicies } from './operations/policy.ts'
import { adoptProcedure, type AcceptedGaps } from './operations/procedure.ts'
import type { Reach } from './operations/reach.ts'
import { rescreenSome } from './operations/rescreening.ts'
import { screenWaiting } from './operations/screening.ts'
import { openScreeningThreads } from './operations/screening-stream.ts'
import type { StaffLinks } from './operations/session.ts'
import { addStaff } from './operations/staff.ts'
import { timeMachine } from './operations/time-machine.ts'
import { trySome } from './operations/trial.ts'
import type { Role } from './operations/who.ts'
import { openDatabase, transact, type Database } from './store/db.ts'
import { hearDue, type DueKind } from './store/due.ts'
import { labelledDecisions, type LabelledDecision } from './store/labelled-decision.ts'
import { migrate } from './store/migrate.ts'

export { ChangedPolicy } from './operations/policy.ts'
export type { Issuer } from './http/config.ts'
export type { StaffLinks } from './operations/session.ts'
export { UnsoundProcedure } from './operations/procedure.ts'

export interface AppConfig {
  /** The owner's address: migrations run as the owner, everything else as a role that owns nothing. */
  databaseUrl: string
  host: string
  port: number
  /** The address people use; the one it listens on when absent. */
  publicUrl?: string
  /** How far webhooks may reach. */
  reach: Reach
  /** Where files open: an address that leads here under another name. Null gives them out as downloads only. */
  filesUrl: string | null
  marketplace: string
  /** The zone of times in notices to people who have told none. */
  timeZone: string
  jurisdiction: Jurisdiction
  /** How long what a person decided may be taken back before anyone hears of it, in milliseconds; a minute when absent. */
  undoFor?: number
  production: boolean
  /** Null keeps mail in the built-in mailbox, which production refuses. */
  smtpUrl: string | null
  mailFrom: string
  /** Where mail comes in; null where none does. */
  mail: MailConfig | null
  connector: { url: string; secret: string } | null
  /** Signs links and sessions. */
  secret: string
  /** Whether links sign staff in for good, or only until their first passkey. */
  staffLinks: StaffLinks
  /** The sign-in of the marketplace's own organisation, for staff. */
  issuer: Issuer | null
  /** Signs the marketplace's hand-overs of its sellers; null where it hands nobody over. */
  handOverSecret: string | null
  webDir: string
  demo: { key: string; people: DemoPerson[] } | null
  policies: Policy[]
  procedure: { procedure: Procedure; source: string }
  /** The topics of the help pages, and when people call. */
  help: Help
  /** What counts against an account, and what follows from it. */
  health: HealthRules
  /** How many fire clocks beside each other; 0 leaves that to other servers on the same database. */
  clockWorkers: number
  /** How many threads screen what comes in streams; they start with the first stream. */
  screeningWorkers: number
  /** Gaps of the procedure that whoever starts it accepts; without, an unsound one is refused. */
  acceptGaps: AcceptedGaps
  log: App['log']
}

/** How mail comes in. */
export interface MailConfig {
  /** The domain of the addresses. */
  domain: string
  /** The SMTP door; null where mail comes by the hook alone. */
  smtp: { host: string; port: number; tls: { key: string; cert: string } | null } | null
  /** Asks who may send for a domain; the real DNS when absent. */
  resolver?: DNSResolver
}

export interface RunningApp {
  app: App
  url: string
  /** The port of the SMTP door; null where it is shut. */
  smtpPort: number | null
  /** Ends what is under way and lets go of everything. */
  close(): Promise<void>
}

/** Starts Recourse: migrates, adopts its documents, serves, and works in the background until closed. */
export async function startApp(config: AppConfig): Promise<RunningApp> {
  if (config.production && config.smtpUrl === null) {
    throw new Error(
      'SMTP_URL is not set: without it no notice would reach a seller, so Recourse does not start in production.',
    )
  }
  await migrate(config.databaseUrl)
  await migrateAuth(config.databaseUrl)
  const database = openDatabase(config.databaseUrl, { connections: 16 })
  // Before the first connection is opened.
  let work: Work | null = null
  hearDue(database.pool, (kind) => work?.ring(kind))
  const isDemo = config.demo !== null
  const time = await openTimeOf(database, { isDemo })
  const app: App = {
    db: database.db,
    now: () => time.now(),
    judge: byTheTable,
    newId,
    undoFor: config.undoFor ?? undoWindow,
    marketplace: config.marketplace,
    timeZone: config.timeZone,
    help: config.help,
    health: config.health,
    log: config.log,
  }
  await adoptProcedure(app, { ...config.procedure, acceptGaps: config.acceptGaps }).catch(
    async (error: unknown) => {
      await database.close()
      throw error
    },
  )
  await adoptPolicies(app, config.policies, config.jurisdiction).catch(async (error: unknown) => {
    await database.close()
    throw error
  })

  const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`
  const mail: MailSetting | null = config.mail && {
    domain: config.mail.domain,
    secret: config.secret,
    host: new URL(publicUrl).hostname,
  }
  const filer =
    mail &&
    startMailFiler(app, {
      setting: mail,
      resolver: config.mail?.resolver ?? realDns,
      everyMs: withoutBellMs,
    })
  const mailer =
    config.smtpUrl === null
      ? devMailer(app)
      : smtpMailer({ url: config.smtpUrl, from: config.mailFrom })
  const connector =
    config.connector &&
    openConnector({
      ...config.connector,
      // Signatures are good for minutes of the real time, however far a demo's clock has gone.
      now: () => new Date(),
      newId: (prefix) => app.newId(prefix),
    })
  const watchdog = startWatchdog(app, {
    databaseUrl: config.databaseUrl,
    ago: (milliseconds) => time.ago(milliseconds),
  })
  const screeningThreads = openScreeningThreads(app, {
    workers: config.screeningWorkers,
    jurisdiction: config.jurisdiction,
  })
  const server = await startServer(app, {
    host: config.host,
    port: config.port,
    publicUrl,
    filesUrl: config.filesUrl,
    reach: config.reach,
    secret: config.secret,
    databaseUrl: config.databaseUrl,
    webDir: config.webDir,
    production: config.production,
    // In development the built-in mailbox is the only way to read a notice, also without the demo.
    demo: config.demo !== null || (!config.production && config.smtpUrl === null),
    demoKey: config.demo?.key ?? '',
    demoPeople: config.demo?.people ?? [],
    jurisdiction: config.jurisdiction,
    screening: screeningThreads,
    sight: () => watchdog.sight(),
    staffLinks: config.staffLinks,
    issuer: config.issuer,
    handOverSecret: config.handOverSecret,
    timeMachine: isDemo ? timeMachine(app, time) : null,
    mail: mail && { setting: mail, onKept: () => filer?.wake() },
    signInMail: async (asked) => {
      const sent = await mailer.send(
        composeSignIn(
          { ...asked, id: app.newId('sgn') },
          { marketplace: app.marketplace, host: new URL(publicUrl).hostname },
        ),
      )
      if (!sent.ok) throw new Error(`send a sign-in mail: ${sent.error}`)
    },
  }).catch(async (error: unknown) => {
    await Promise.all([watchdog.stop(), filer?.stop()])
    throw error
  })
  const smtp =
    mail && config.mail?.smtp
      ? await openSmtpDoor(app, {
          ...config.mail.smtp,
          setting: mail,
          onKept: () => filer?.wake(),
        }).catch(async (error: unknown) => {
          await Promise.all([server.close(), watchdog.stop(), filer?.stop()])
          throw new Error('open the door for mail', { cause: error })
        })
      : null
  work = startWork(app, { config, time, mailer, mail, filer, connector, publicUrl })
  return {
    app,
    url: server.url,
    smtpPort: smtp?.port ?? null,
    async close() {
      await Promise.all([server.close(), smtp?.close()])
      await Promise.all([filer?.stop(), screeningThreads.close(), watchdog.stop(), work?.stop()])
      await database.close()
    },
  }
}

/** What is done in the background, whether anybody asks or not. */
interface Work {
  /** Something became due: whoever waits for it is woken. */
  ring(kind: DueKind): void
  stop(): Promise<void>
}

interface WorkOptions {
  config: AppConfig
  time: Time
  mailer: Mailer
  mail: MailSetting | null
  filer: MailFiler | null
  connector: Connector | null
  publicUrl: string
}

/** Starts clocks, deliveries and whatever else waits for rows that become due, and hangs up the bell that wakes them. */
function startWork(
  app: App,
  { config, time, mailer, mail, filer, connector, publicUrl }: WorkOptions,
): Work {
  const everyMs = withoutBellMs
  const delivery = startDelivery(app, {
    everyMs,
    mailer,
    mail,
    connector,
    publicUrl,
    secret: config.secret,
    outside: openOutside({ reach: config.reach }),
  })
  const clocks = startClocks(app, (tx, clock) => fireClock(app, tx, clock), {
    everyMs,
    workers: config.clockWorkers,
  })
  const following = config.demo === null ? null : followTime(app, time, { everyMs })
  const screening = startBackground(
    app,
    async () => (await screenWaiting(app, config.jurisdiction)) > 0,
    everyMs,
  )
  // Beside the first screening of new listings, so that those never wait for it.
  const rescreening = startBackground(app, () => rescreenSome(app, config.jurisdiction), everyMs)
  const trials = startBackground(app, () => trySome(app, config.jurisdiction), everyMs)
  const weighing = startWeighing(app, {
    databaseUrl: config.databaseUrl,
    everyMs,
    onDue: (kind) => bell.ring(kind),
  })
  // What was to come later may be due at once.
  time.onMove(() => {
    clocks.wake()
    delivery.wake()
  })
  const bell = startBell(app, {
    databaseUrl: config.databaseUrl,
    wake: {
      clock: () => clocks.wake(),
      notice: () => delivery.wake('notice'),
      state: () => delivery.wake('state'),
      webhook: () => delivery.wake('webhook'),
      sessions: () => delivery.wake('sessions'),
      order: () => delivery.wake('order'),
      screening: () => screening.wake(),
      rescreening: () => rescreening.wake(),
      trial: () => trials.wake(),
      weighing: () => weighing.wake(),
      mail: () => filer?.wake(),
      time: () => following?.wake(),
    },
  })
  return {
    ring: (kind) => bell.ring(kind),
    async stop() {
      await bell.stop()
      await Promise.all([
        screening.stop(),
        rescreening.stop(),
        trials.stop(),
        weighing.stop(),
        clocks.stop(),
        delivery.stop(),
        following?.stop(),
      ])
    },
  }
}

/** The time of this database. One that a demo has moved ahead is never used for anything else: its time would go back. */
async function openTimeOf({ db, close }: Database, { isDemo }: { isDemo: boolean }): Promise<Time> {
  const time = await openTime(db)
  if (isDemo || time.ahead() === 0) return time
  await close()
  const days = Math.ceil(time.ahead() / 86_400_000)
  throw new Error(
    `This database belongs to a demo whose clock was moved ${days} days ahead, so it is used for nothing else. Take another database or data folder.`,
  )
}

/** What people who run the server do from its command line, without starting it. */
export interface Administration {
  /** Makes a key for the marketplace; the answer is the only time that it is seen. */
  makeKey(name: string): Promise<string>
  /** Adds a person of staff, or changes a known one's name, roles and desks. */
  addStaff(person: { email: string; name: string; roles: Role[]; desks: string[] }): Promise<void>
  /** What people decided of listing versions, for policies to learn from. */
  labelledDecisions(): Promise<LabelledDecision[]>
  close(): Promise<void>
}

/** Opens the database that a running or future server uses, bringing it up to date first. */
export async function openAdministration(databaseUrl: string): Promise<Administration> {
  await migrate(databaseUrl)
  const { db, close } = openDatabase(databaseUrl, { connections: 1 })
  const time = await openTime(db)
  const app: App = {
    db,
    now: () => time.now(),
    judge: byTheTable,
    newId,
    undoFor: undoWindow,
    marketplace: '',
    timeZone: 'UTC',
    help: null,
    health: null,
    log: () => undefined,
  }
  return {
    makeKey: (name) => makeMarketplaceKey(app, name),
    addStaff: async (person) => {
      await addStaff(app, person)
    },
    labelledDecisions: () =>
      transact(db, { inside: true }, (tx) => labelledDecisions(tx, { policy: null })),
    close,
  }
}
