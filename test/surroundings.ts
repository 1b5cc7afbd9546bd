/** A world with a shop and a mail server around it, and delivery that tests start. */
import { later } from '../src/core/calendar.ts'
import { fireClock } from '../src/operations/clock.ts'
import { claimDueClock } from '../src/store/clock.ts'
import { startDelivery, type Delivery } from '../src/delivery/carrier.ts'
import { openConnector } from '../src/delivery/connector.ts'
import { smtpMailer, type Mailer } from '../src/delivery/mailer.ts'
import { startMailServer } from './mail-server.ts'
import { shopSecret, startShop } from './shop.ts'
import { world, type World } from './world.ts'

export const publicUrl = 'https://bazaar.example'
export const linkSecret = 'a secret that signs links'

/** A world whose clock stands still between `advance`, for what is timed to the millisecond. */
export async function stillWorld(options: Parameters<typeof world>[0] = {}): Promise<World> {
  const w = await world(options)
  // On a whole minute, past all that building the world took.
  let now = new Date(Math.ceil(w.app.now().getTime() / 60_000 + 0.001) * 60_000)
  w.app.now = () => now
  w.advance = (milliseconds) => {
    now = later(now, milliseconds)
  }
  w.fireDue = async () => {
    for (let fired = 0; ; fired++) {
      const isMore = await w.inside(async (tx) => {
        const clock = await claimDueClock(tx, now)
        if (clock) await fireClock(w.app, tx, clock)
        return clock !== null
      })
      if (!isMore) return fired
    }
  }
  return w
}

/** The shop and whoever asks it share one thread, in which nobody may seem not to answer. */
const PATIENCE = 20_000

export type Surroundings = Awaited<ReturnType<typeof surroundings>>

/** Opens it all; `await using` closes it in turn. */
export async function surroundings(options: Parameters<typeof world>[0] = {}) {
  const w = await stillWorld(options)
  const shop = await startShop()
  const post = await startMailServer()
  const running: Delivery[] = []

  const smtp = () => smtpMailer({ url: post.url, from: 'The Bazaar <notices@bazaar.example>' })
  const connector = (timeoutMs = PATIENCE) =>
    openConnector({
      url: `${shop.url}/`,
      secret: shopSecret,
      now: () => new Date(),
      newId: (prefix) => w.app.newId(prefix),
      timeoutMs,
    })
  const self = {
    w,
    shop,
    post,
    smtp,
    connector,
    carry({
      mailer = smtp(),
      timeoutMs = PATIENCE,
    }: { mailer?: Mailer; timeoutMs?: number } = {}): Delivery {
      const delivery = startDelivery(w.app, {
        mailer,
        connector: connector(timeoutMs),
        publicUrl,
        secret: linkSecret,
        everyMs: 20,
      })
      running.push(delivery)
      return delivery
    },
    deliveries: () =>
      w.inside((tx) => tx.selectFrom('deliveries').selectAll().orderBy('ref').execute()),
    notices: () =>
      w.inside((tx) =>
        tx.selectFrom('notices').selectAll().orderBy('created_at').orderBy('id').execute(),
      ),
    informedAt: async (listingId = 'l1') => (await w.measures(listingId))[0]?.informedAt,
    /** Moves the clock on until all is delivered; answers how often it had to. */
    async untilDone(delivery: Delivery, most = 20) {
      for (let round = 0; round < most; round++) {
        await delivery.idle()
        if ((await self.deliveries()).length === 0) return round
        w.advance(61_000)
      }
      throw new Error('something is still to be delivered')
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(running.map((delivery) => delivery.stop()))
      await shop[Symbol.asyncDispose]()
      await post[Symbol.asyncDispose]()
      await w[Symbol.asyncDispose]()
    },
  }
  return self
}
