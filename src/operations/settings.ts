/** Settings are what a seller's people choose themselves: the language of our notices, and whether a member hears by mail. */
import type { Language } from '../core/language.ts'
import { refuse } from '../core/refusal.ts'
import { transact } from '../store/db.ts'
import { chooseHearing, ownHearing } from '../store/member.ts'
import { chooseLanguage, readSeller } from '../store/seller.ts'
import type { App } from './app.ts'
import { isPermitted, permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

export interface Settings {
  language: Language
  mayChooseLanguage: boolean
  /** Whether who asks hears of cases by mail. */
  hears: boolean
  /** False for an owner: our notices go to their addresses whatever they choose. */
  mayChooseHearing: boolean
}

/** What is chosen now, for the seller and for who asks. */
export async function readSettings(app: App, who: Who): Promise<Result<Settings>> {
  const may = permit(app, who, 'seller.getSettings')
  if (!may.ok) return may
  const { member, sellerId } = may.reader
  return transact(app.db, may.wall, async (tx) => {
    const seller = await readSeller(tx, sellerId)
    if (seller === null) return refuse('not_found')
    return done({
      language: seller.language,
      mayChooseLanguage: isPermitted(app, who, 'seller.setLanguage'),
      hears: member === undefined || (await ownHearing(tx)),
      mayChooseHearing: member !== undefined,
    })
  })
}

/** From now on notices to the seller are written in this language; what was written stays as it is. */
export async function setLanguage(app: App, who: Who, language: Language): Promise<Result<null>> {
  const may = permit(app, who, 'seller.setLanguage')
  if (!may.ok) return may
  const { sellerId } = may.reader
  return transact(app.db, may.wall, async (tx) =>
    (await chooseLanguage(tx, sellerId, language)) ? done(null) : refuse('not_found'),
  )
}

/** A member chooses whether to hear of cases by mail; whoever has a contact of the seller hears anyway. */
export async function setHearing(app: App, who: Who, hears: boolean): Promise<Result<null>> {
  const may = permit(app, who, 'seller.setHearing')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) =>
    (await chooseHearing(tx, hears)) ? done(null) : refuse('not_found'),
  )
}
