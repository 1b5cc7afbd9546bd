/** Letters that prove a known contact: a code to each address that was known long before. */
import { later } from '../core/calendar.ts'
import type { Claim } from '../core/recovery.ts'
import { proofLetter } from '../core/recovery-notice.ts'
import { insertLetter, letterRequest, markLettersSent } from '../store/claim-letter.ts'
import type { Tx } from '../store/db.ts'
import { insertNotice } from '../store/notice.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'
import { knownContactsOf } from './first-sign.ts'

/** How long such a letter counts, in milliseconds. */
const letterGoodFor = 24 * 60 * 60_000

/** Letters that were asked for, one to each address that was known long before; where none is, nothing goes out. */
export async function writeLetters(app: App, tx: Tx, claim: Claim): Promise<void> {
  const asked = await letterRequest(tx, claim.id)
  if (asked === null || asked.sentAt !== null) return
  const now = app.now()
  await markLettersSent(tx, claim.id, now)
  if (claim.sellerId === null) return
  const seller = await readSeller(tx, claim.sellerId)
  const until = later(asked.askedAt, letterGoodFor)
  const addresses = (await knownContactsOf(tx, claim, now)).map(({ address }) => address)
  for (const address of new Set(addresses)) {
    const letterId = app.newId('let')
    await insertLetter(tx, {
      id: letterId,
      claimId: claim.id,
      purpose: 'proof',
      madeAt: now,
      until,
    })
    await insertNotice(tx, {
      id: app.newId('ntc'),
      sellerId: claim.sellerId,
      decisionId: null,
      caseId: null,
      address,
      createdAt: now,
      releaseAt: now,
      ...proofLetter({
        claim,
        letterId,
        until,
        timeZone: seller?.timeZone ?? app.timeZone,
        language: seller?.language ?? 'en',
      }),
    })
  }
}
