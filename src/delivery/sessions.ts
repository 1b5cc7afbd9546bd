/** Has the marketplace end the sessions of an account whose sign-in was shut, where it offers to. */
import type { App } from '../operations/app.ts'
import { recordSessionsEnded, type SessionErrand } from '../operations/ended-sessions.ts'
import { recordUntold } from '../operations/restoration.ts'
import { ConnectorError, type Connector } from './connector.ts'

/** Asks for it and writes down what came of it; tried again for as long as it takes. */
export async function carrySessions(
  app: App,
  errand: SessionErrand,
  connector: Connector,
): Promise<void> {
  const { claim, sellerId, id, because } = errand
  try {
    const offered = await connector.abilities()
    const ended = offered.includes('endSessions')
      ? (await connector.endSessions(sellerId, { because, id })).ended
      : null
    await recordSessionsEnded(app, errand, ended)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    // An account that the marketplace does not have has no sessions.
    if (error.status === 404) return recordSessionsEnded(app, errand, 0)
    if (claim.attempt === 1 || claim.attempt % 10 === 0)
      app.log('the sessions of an account could not be ended', {
        seller: sellerId,
        attempt: claim.attempt,
        error: error.message,
      })
    await recordUntold(app, claim, error.message)
  }
}
