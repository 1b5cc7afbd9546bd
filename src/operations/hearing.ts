/** Members hear of cases by mail where they chose to; where no contact takes what matters, the others learn that something waits. */
import { later } from '../core/calendar.ts'
import { acts, isLetInto, type Matters } from '../core/member.ts'
import { isImportant } from '../core/notice.ts'
import { memberWaitsNotice } from '../core/unreached.ts'
import { casesAbout, readCase } from '../store/case.ts'
import type { Tx } from '../store/db.ts'
import { membersHere, type HearingMember } from '../store/member.ts'
import { insertNotice, wasWitnessTold, type Notice } from '../store/notice.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'

/** How often a member is told at most that something waits: the mail says nothing of what it is. */
const waitsAgainAfter = 24 * 60 * 60_000

/** The members who act in the matter of a notice now and chose to hear of such. */
export async function membersWhoHear(tx: Tx, notice: Notice, now: Date): Promise<HearingMember[]> {
  return (await membersIn(tx, notice, now)).filter(({ hears }) => hears)
}

/** No contact takes what matters: who else acts there, and does not hear of it anyway, is told to sign in and read. */
export async function tellMembersThatItWaits(app: App, tx: Tx, notice: Notice): Promise<void> {
  const { sellerId } = notice
  if (sellerId === null || !isImportant(notice.kind)) return
  const now = app.now()
  const seller = await readSeller(tx, sellerId)
  for (const { email, hears } of await membersIn(tx, notice, now)) {
    if (hears) continue
    const told = { sellerId, address: email, since: later(now, -waitsAgainAfter) }
    if (await wasWitnessTold(tx, told)) continue
    await insertNotice(tx, {
      id: app.newId('ntc'),
      sellerId,
      decisionId: null,
      caseId: null,
      address: email,
      releaseAt: now,
      createdAt: now,
      ...memberWaitsNotice({
        marketplace: app.marketplace,
        sellerName: seller?.name ?? sellerId,
        writtenAt: notice.createdAt,
        timeZone: seller?.timeZone ?? app.timeZone,
        language: seller?.language ?? 'en',
      }),
    })
  }
}

async function membersIn(tx: Tx, notice: Notice, now: Date): Promise<HearingMember[]> {
  const { sellerId } = notice
  if (sellerId === null) return []
  const acting = (await membersHere(tx, sellerId)).filter((member) => acts(member, now))
  if (acting.length === 0) return []
  const matters = await mattersOf(tx, notice)
  return acting.filter(({ part }) => isLetInto(part, matters))
}

/** The decisions and cases that a notice is about: a case brings its decisions, a decision its cases. */
async function mattersOf(tx: Tx, { caseId, decisionId }: Notice): Promise<Matters> {
  const held = caseId === null ? null : await readCase(tx, caseId)
  const about = held === null && decisionId !== null ? await casesAbout(tx, [decisionId]) : []
  const cases = held === null ? about : [held]
  return {
    decisions: [
      ...(decisionId === null ? [] : [decisionId]),
      ...cases.flatMap(({ objections }) => objections.map((objection) => objection.decisionId)),
    ],
    cases: cases.map(({ id }) => id),
  }
}
