/** The door is what every route is handed: the app, what it was told, and what it keeps while it is open. */
import type { App } from '../operations/app.ts'
import type { LinkUse } from '../operations/session.ts'
import type { HttpConfig } from './config.ts'
import type { Metrics } from './metrics.ts'
import type { Pace } from './pace.ts'
import type { RateLimit } from './rate-limit.ts'
import type { SlowLane } from './slow-lane.ts'
import type { SignIn } from './sign-in.ts'

export interface Door {
  app: App
  config: HttpConfig
  signIn: SignIn
  /** What a link to a mailbox does for an address now. */
  linkUse: (address: string) => Promise<LinkUse>
  /** Whether an address is a person of the marketplace now. */
  isStaff: (address: string) => Promise<boolean>
  metrics: Metrics
  /** Lanes in which nobody is turned away: claims on accounts, complaints, the codes that open them, and tries of factors. */
  slow: { claims: SlowLane; reports: SlowLane; codes: SlowLane; factors: SlowLane }
  /** Sessions of which a code is being looked at. */
  trying: Set<string>
  /** How fast sellers and claimants write. */
  pace: Pace
  limits: { mailToAddress: RateLimit; mailFromIp: RateLimit }
}
