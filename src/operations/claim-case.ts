/** The case in which a claim is answered: the last of them, or a new one where it is looked at anew. */
import { openCase, type Case } from '../core/case.ts'
import { routeTo } from '../core/procedure.ts'
import type { Claim } from '../core/recovery.ts'
import { insertCase, lockCase, nextCaseNumber } from '../store/case.ts'
import type { Tx } from '../store/db.ts'
import { procedureOf } from '../store/procedure.ts'
import { addClaimCase, casesOfClaim } from '../store/recovery.ts'
import type { App } from './app.ts'
import { acknowledge } from './arrival.ts'

/** The case in which it goes on: a new one where the last is over and it is looked at anew. */
export async function openCaseOf(app: App, tx: Tx, claim: Claim): Promise<Case> {
  const held = await lockLatest(tx, claim)
  if (held.state !== 'closed' && held.state !== 'restoring') return held
  const procedure = await procedureOf(tx, held.procedureId)
  const opened = openCase(
    {
      id: app.newId('cas'),
      number: await nextCaseNumber(tx),
      kind: 'recovery',
      matter: 'matter.recovery',
      channel: held.channel,
      sellerId: null,
      procedureId: held.procedureId,
      desk: routeTo(procedure, 'matter.recovery', 'recovery') ?? held.desk,
      by: null,
      text: 'Somebody who knew the account objected after it was handed over.',
      objections: [],
      check: null,
      overdueSince: null,
    },
    procedure,
    app.now(),
  )
  if (!opened.ok) throw new Error(`look anew at claim ${claim.id}: ${opened.refusal}`)
  await insertCase(tx, opened.case, opened.events, app.now())
  await addClaimCase(tx, claim.id, opened.case.id)
  await acknowledge(app, tx, opened.case)
  return opened.case
}

/** The case in which a claim is answered now. */
export async function lockLatest(tx: Tx, claim: Pick<Claim, 'id'>): Promise<Case> {
  const caseId = (await casesOfClaim(tx, claim.id)).at(-1)
  const held = caseId === undefined ? null : await lockCase(tx, caseId)
  if (held === null) throw new Error(`follow claim ${claim.id}: it has no case`)
  return held
}
