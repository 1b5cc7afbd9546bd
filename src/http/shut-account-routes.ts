/** The route by which who proved the mailbox learns what keeps the account shut. */
import { later } from '../core/calendar.ts'
import { measures } from '../core/measure.ts'
import { linkValidFor, makeLink } from '../operations/link.ts'
import { readShutAccounts } from '../operations/shut-account.ts'
import { on } from './context.ts'
import { at } from './measure-view.ts'

/** How long ago the mailbox may have been proved, in milliseconds. */
const provedWithin = 60 * 60_000

export const shutAccountRoutes = {
  getShutAccounts: on.session.getShutAccounts.handler(async ({ context: { door, session } }) => {
    const { app, config } = door
    const now = app.now()
    // The real time: a demo's clock that was moved proves nothing. A stolen session is soon too old, and a passkey or the
    // marketplace's word is no proof of a mailbox.
    const isProved =
      session !== null &&
      !session.awaitsCode &&
      session.openedBy === 'link' &&
      Date.now() - session.openedAt.getTime() < provedWithin
    const { address, sellerId } = session ?? { address: '', sellerId: null }
    const shut = isProved ? await readShutAccounts(app, { address, sellerId }) : []
    return {
      isProved,
      accounts: shut.map(
        ({ seller, measure: { decision, statement, action }, opensBelongings }) => ({
          sellerName: seller.name,
          timeZone: seller.timeZone,
          measure: {
            decisionId: decision.id,
            number: statement.number,
            name: decision.measure,
            tag: measures[decision.measure].tag,
            is: measures[decision.measure].is,
            since: at(action.inForceFrom),
            effect: statement.measure.effect,
          },
          link: makeLink({
            secret: config.secret,
            sellerId: seller.id,
            decisionId: decision.id,
            caseId: null,
            expiresAt: later(now, linkValidFor),
          }),
          opensBelongings,
        }),
      ),
      now: at(now),
    }
  }),
}
