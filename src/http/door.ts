/** The door is what every route is handed: the app, what it was told, and what it keeps while it is open. */
import type { App } from '../operations/app.ts'
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
  metrics: Metrics
  /** Lanes in which nobody is turned away: claims on accounts, and the codes that open them. */
  slow: { claims: SlowLane; codes: SlowLane }
  /** How fast sellers and claimants write. */
  pace: Pace
  limits: { mailToAddress: RateLimit; mailFromIp: RateLimit }
}
