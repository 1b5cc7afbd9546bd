/** The carrier takes committed notices to their addresses, the state owed to the marketplace, and events to webhooks, for as long as it takes. */
import { bouncesAt, localPartOf } from '../core/mail-address.ts'
import { wordsOf } from '../core/thrown.ts'
import type { App } from '../operations/app.ts'
import { putOff } from '../operations/delivery.ts'
import { complaintAddress } from '../operations/complaint-code.ts'
import { claimLinkAddress, letterAddress, linkAddress } from '../operations/link.ts'
import type { MailSetting } from '../operations/mail.ts'
import { bounceTag, makeTag } from '../operations/mail-tag.ts'
import {
  claimNotice,
  recordFailure,
  recordSent,
  timeZoneOfNotice,
  type Letter,
} from '../operations/notice.ts'
import { claimSessions } from '../operations/ended-sessions.ts'
import { publicReach } from '../operations/reach.ts'
import { claimState, recordReadBack, recordUntold, type Errand } from '../operations/restoration.ts'
import { makeStatementDocument, type StatementDocument } from '../operations/statement-document.ts'
import { claimOrder } from '../operations/claim-order.ts'
import { claimTelling } from '../operations/webhook-telling.ts'
import type { DeliveryClaim, DeliveryKind } from '../store/delivery.ts'
import { addresseeOf } from '../store/notice.ts'
import { ConnectorError, type Connector, type Held } from './connector.ts'
import { startLane, type Lane } from './lane.ts'
import { composeMail, type Letterhead } from '../operations/mail-message.ts'
import type { Mailer } from './mailer.ts'
import { carryOrder } from './claim-order.ts'
import { openOutside, type Outside } from './outside.ts'
import { carrySessions } from './sessions.ts'
import { carryTelling } from './webhook.ts'

export interface DeliveryOptions {
  mailer: Mailer
  /** Null where no marketplace is attached: what is owed stays due until one is. */
  connector: Connector | null
  /** Where sellers reach us; the links in mail begin with it. */
  publicUrl: string
  /** Signs those links, and makes the secrets of webhooks. */
  secret: string
  /** Where answers and bounces come in; absent where no mail does. */
  mail?: MailSetting | null
  /** How far webhooks reach; the public network alone when absent. */
  outside?: Outside
  /** How often to look at least for what is due. */
  everyMs?: number
}

export interface Delivery {
  /** Ends after what is under way. */
  stop(): Promise<void>
  /** Looks now instead of at the next look for what is due of this kind, or of any. */
  wake(kind?: DeliveryKind): void
  /** Resolves once nothing is due and nothing is under way; what waits for a retry is not due. */
  idle(): Promise<void>
}

/** Starts carrying. Each thing is claimed for half a minute: what a killed carrier had claimed, another takes up. */
export function startDelivery(app: App, options: DeliveryOptions): Delivery {
  const { mailer, connector, everyMs = 200, secret } = options
  const outside = options.outside ?? openOutside({ reach: publicReach })
  const letterhead: Letterhead = {
    marketplace: app.marketplace,
    host: new URL(options.publicUrl).hostname,
  }
  const lanes: Lane[] = [
    startLane(app, {
      name: 'notices',
      kind: 'notice',
      everyMs,
      atOnce: 4,
      claim: async () => {
        const claimed = await claimNotice(app)
        if (claimed.found === 'letter')
          return orPutOff(app, claimed.letter.claim, () =>
            carryNotice(app, claimed.letter, { ...options, letterhead }),
          )
        return claimed.found
      },
    }),
    startLane(app, {
      name: 'webhooks',
      kind: 'webhook',
      everyMs,
      atOnce: 4,
      claim: async () => {
        const claimed = await claimTelling(app)
        if (claimed.found !== 'telling') return claimed.found
        const { telling } = claimed
        return orPutOff(app, telling.claim, () =>
          // Receivers refuse what is minutes old by the real time, however far a demo's clock has gone.
          carryTelling(app, telling, { outside, secret, now: () => new Date() }),
        )
      },
    }),
  ]
  if (connector === null) {
    app.log(
      'no marketplace is attached, so nobody is told what is owed; it is kept, and told once one is',
    )
  } else {
    lanes.push(
      startLane(app, {
        name: 'states',
        kind: 'state',
        everyMs,
        atOnce: 8,
        claim: async () => {
          const claimed = await claimState(app)
          if (claimed.found === 'errand')
            return orPutOff(app, claimed.errand.claim, () =>
              carryState(app, claimed.errand, connector),
            )
          return claimed.found
        },
      }),
      startLane(app, {
        name: 'orders',
        kind: 'order',
        everyMs,
        atOnce: 2,
        claim: async () => {
          const claimed = await claimOrder(app)
          if (claimed.found === 'order')
            return orPutOff(app, claimed.claim, () => carryOrder(app, claimed, connector))
          return claimed.found
        },
      }),
      startLane(app, {
        name: 'sessions',
        kind: 'sessions',
        everyMs,
        atOnce: 4,
        claim: async () => {
          const claimed = await claimSessions(app)
          if (claimed.found === 'errand')
            return orPutOff(app, claimed.errand.claim, () =>
              carrySessions(app, claimed.errand, connector),
            )
          return claimed.found
        },
      }),
    )
  }
  return {
    wake: (kind) => {
      for (const lane of lanes) if (kind === undefined || lane.kind === kind) lane.wake()
    },
    idle: async () => {
      // A notice may come of a state that was read back, and a state may have waited for a notice: both lanes at rest in one round.
      for (;;) {
        const before = lanes.map((lane) => lane.carried())
        for (const lane of lanes) await lane.idle()
        if (lanes.every((lane, index) => lane.carried() === before[index])) return
      }
    },
    stop: async () => {
      await Promise.all(lanes.map((lane) => lane.stop()))
      mailer.close()
    },
  }
}

/** A bug or a broken machine in the middle of carrying is logged, and the delivery put off. */
function orPutOff(app: App, claim: DeliveryClaim, carry: () => Promise<void>): () => Promise<void> {
  return async () => {
    try {
      await carry()
    } catch (error) {
      const words = withoutAddresses(wordsOf(error))
      app.log('a delivery stumbled and is put off', {
        kind: claim.kind,
        ref: claim.ref,
        attempt: claim.attempt,
        error: words,
      })
      await putOff(app, claim, words)
    }
  }
}

async function carryNotice(
  app: App,
  letter: Letter,
  { mailer, publicUrl, secret, mail, letterhead }: DeliveryOptions & { letterhead: Letterhead },
): Promise<void> {
  const { notice, address: to, isToMember } = letter
  const address = isToMember
    ? pageAddress(matterOf(notice), publicUrl)
    : addressOf(letter, { publicUrl, secret, now: app.now() })
  const { id, subject, body, inReplyTo, sellerId } = notice
  // A section's decision opens like the notice's own matter.
  const addressOfDecision = (decisionId: string) => {
    const opens = { decisionId, caseId: null }
    if (isToMember) return pageAddress(opens, publicUrl)
    return sellerId && linkAddress({ sellerId, ...opens }, { publicUrl, secret, now: app.now() })
  }
  const attached = await documentOf(app, notice, { letterhead, address })
  const answers = answersOf(letter, mail)
  const message = composeMail(
    {
      ...{ id, to, subject, body, address, inReplyTo, isToMember, attached },
      ...answers,
      addressOf: addressOfDecision,
    },
    letterhead,
  )
  const sent = await mailer.send(message)
  if (sent.ok) return recordSent(app, letter)
  app.log('a notice could not be sent', {
    notice: notice.id,
    attempt: letter.claim.attempt,
    isPermanent: sent.isPermanent,
    error: withoutAddresses(sent.error),
  })
  await recordFailure(app, letter, sent)
}

/** The statement as a PDF, for the notice that carries it. A mail is not held up by a document: its words are all in it. */
async function documentOf(
  app: App,
  notice: Letter['notice'],
  { letterhead, address }: { letterhead: Letterhead; address: string | null },
): Promise<StatementDocument | null> {
  const { statement } = notice.body
  if (statement === null || address === null) return null
  try {
    return await makeStatementDocument(statement, {
      marketplace: letterhead.marketplace,
      timeZone: await timeZoneOfNotice(app, notice),
      address,
    })
  } catch (error) {
    app.log('a statement could not be drawn as a document, and its mail goes without', {
      notice: notice.id,
      error: wordsOf(error),
    })
    return null
  }
}

/** Where the answers to a notice go, with the tag of its matter, and where it comes back to. */
function answersOf(
  { notice, isToMember }: Letter,
  mail: MailSetting | null | undefined,
): { replyTo?: string; bounceTo?: string | null } {
  if (!mail) return {}
  const { id, kind, sellerId, body, address } = notice
  const { caseId, decisionId } = matterOf(notice)
  const { domain } = mail
  if (kind === 'mail-held' || kind === 'mail-settled')
    return { replyTo: `${localPartOf('support')}@${domain}`, bounceTo: null }
  const bounceTo = `${bouncesAt}+${bounceTag(id)}@${domain}`
  // What a reporter answers would stand where the seller reads it; they have the page of their complaint.
  const toOfficer =
    sellerId === null &&
    body.link?.claim?.reader !== 'claimant' &&
    body.link?.claim?.reader !== 'binding'
  // A removed address may still be told something, and speaks for nobody; nor does an account for who claims it.
  // A member writes after signing in: the tag of a matter speaks for its seller for longer than a member may.
  const speaksForNone = isToMember || (address !== null && sellerId !== null)
  if (toOfficer || speaksForNone || body.link?.claim?.reader === 'account') return { bounceTo }
  const tagged =
    caseId !== null
      ? { caseId, decisionId: null }
      : decisionId !== null
        ? { caseId, decisionId }
        : null
  const plus = tagged === null ? '' : `+${makeTag(mail.secret, tagged)}`
  return { replyTo: `${localPartOf('email')}${plus}@${domain}`, bounceTo }
}

/** Where a notice's link leads; null where it has none. A claim's page asks the claimant for the code. */
function addressOf(
  { notice: { body, sellerId }, claim: { ref } }: Letter,
  at: { publicUrl: string; secret: string; now: Date },
): string | null {
  const { link } = body
  if (link === null) return null
  const { decisionId, caseId, claim, complaint, page } = link
  if (page !== undefined) return `${at.publicUrl.replace(/\/+$/, '')}${page}`
  if (complaint !== undefined) return complaintAddress(complaint, at)
  if (claim?.reader === 'claimant')
    return `${at.publicUrl.replace(/\/+$/, '')}/recovery/${claim.number}`
  if (claim?.letterId !== undefined && (claim.reader === 'proof' || claim.reader === 'binding')) {
    const { number, reader: purpose, letterId } = claim
    return letterAddress({ number, purpose, letterId }, at)
  }
  if (sellerId === null) return null
  // Which contact says no decides what it weighs.
  const { contactId } = addresseeOf(ref)
  return claim
    ? claimLinkAddress({ sellerId, decisionId, caseId, contactId, number: claim.number }, at)
    : linkAddress({ sellerId, decisionId, caseId }, at)
}

/** What a notice is about, as its reader may open it: a repair is not its seller's, the decisions in it are. */
function matterOf({
  caseId,
  decisionId,
  body: { link },
}: Letter['notice']): Pick<Letter['notice'], 'caseId' | 'decisionId'> {
  const isOwnCase = link === null || link.caseId !== null || link.decisionId === null
  return { caseId: isOwnCase ? caseId : null, decisionId }
}

/** The page of a notice's matter, which asks whoever opens it to sign in. */
function pageAddress(
  { caseId, decisionId }: Pick<Letter['notice'], 'caseId' | 'decisionId'>,
  publicUrl: string,
): string {
  const matter =
    caseId !== null
      ? `/cases/${encodeURIComponent(caseId)}`
      : decisionId !== null
        ? `/measures/${encodeURIComponent(decisionId)}`
        : '/'
  return `${publicUrl.replace(/\/+$/, '')}${matter}`
}

async function carryState(
  app: App,
  { claim, subject, sequence, state, because }: Errand,
  connector: Connector,
): Promise<void> {
  let seen: Held
  try {
    try {
      await connector.tell(subject, { sequence, state, because })
    } catch (error) {
      // A marketplace that is ahead of us may say so with a conflict; what it shows is what counts.
      if (!(error instanceof ConnectorError) || error.status !== 409) throw error
    }
    seen = await connector.ask(subject)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    if (claim.attempt === 1 || claim.attempt % 10 === 0) {
      app.log('the marketplace could not be told what is owed', {
        subject: claim.ref,
        sequence,
        attempt: claim.attempt,
        error: error.message,
      })
    }
    await recordUntold(app, claim, error.message)
    return
  }
  await recordReadBack(app, subject, { told: { sequence, state }, seen, claim })
}

/** Mail servers quote the recipient in their refusals; our own log names nobody. */
function withoutAddresses(error: string): string {
  return error.replaceAll(/[^\s<>"]+@[^\s<>"]+/g, '…')
}
