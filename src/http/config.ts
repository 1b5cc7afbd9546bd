/** What the HTTP door is told when it opens. */
import type { Jurisdiction } from '../core/policy.ts'
import type { Sight } from '../operations/alarm.ts'
import type { MailSetting } from '../operations/mail.ts'
import type { Reach } from '../operations/reach.ts'
import type { ScreeningThreads } from '../operations/screening-stream.ts'
import type { StaffLinks } from '../operations/session.ts'
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
  /** Sends a link to a mailbox; `opens` is false where it only says that the way in is another. */
  signInMail: (mail: { address: string; url: string; opens: boolean }) => Promise<void>
  /** Takes mail that the marketplace's own server hands on; null where no mail comes in. */
  mail: { setting: MailSetting; onKept: () => void } | null
  /** Whether links sign staff in for good, or only until their first passkey. */
  staffLinks: StaffLinks
  /** The sign-in of the marketplace's own organisation, for staff; null where there is none. */
  issuer: Issuer | null
  /** Signs the marketplace's hand-overs of its sellers; null where it hands nobody over. */
  handOverSecret: string | null
}

/** An OpenID Connect issuer, and what it knows us by. */
export interface Issuer {
  url: string
  clientId: string
  clientSecret: string
  /** As people know it: the host of its address. */
  name: string
}

export interface DemoPerson {
  /** The last part of the one-click address: `seller`, `reviewer`, `executive`, `policy-manager`. */
  role: string
  email: string
  title: string
}
