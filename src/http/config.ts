/** What the HTTP door is told when it opens. */
import type { Jurisdiction } from '../core/policy.ts'
import type { Sight } from '../operations/alarm.ts'
import type { Reach } from '../operations/reach.ts'
import type { ScreeningThreads } from '../operations/screening-stream.ts'
import type { TimeMachine } from '../operations/time-machine.ts'

export interface HttpConfig {
  host: string
  port: number
  /** The address people use, e.g. `https://recourse.example`; links, cookies and origins follow it. */
  publicUrl: string
  /** Where files are given out: another origin than the pages'. Null where there is none; then files are downloads only. */
  filesUrl: string | null
  /** How far webhooks may reach. */
  reach: Reach
  /** Signs links and sessions. */
  secret: string
  databaseUrl: string
  /** Where the built pages are (`dist/web`). */
  webDir: string
  production: boolean
  /** Whose rules the desk is shown for a text as it is now. */
  jurisdiction: Jurisdiction
  /** Screens whole streams beside what this thread does. */
  screening: ScreeningThreads
  /** Whether the demo is loaded: one-click sign-ins and the mailbox exist only then. */
  demo: boolean
  /** Must stand in the address of a one-click sign-in, so that no other page can sign its visitor in. */
  demoKey: string
  demoPeople: DemoPerson[]
  /** What this server's watchdog saw last. */
  sight: () => Sight
  /** Moves the demo's clock; null wherever there is no demo. */
  timeMachine: TimeMachine | null
  signInMail: (mail: { address: string; url: string }) => Promise<void>
}

export interface DemoPerson {
  /** The last part of the one-click address: `seller`, `reviewer`, `executive`, `policy-manager`. */
  role: string
  email: string
  title: string
}
