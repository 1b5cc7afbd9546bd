/** What was said of a claim is made to count: each proof, objection and opinion in its order, and what follows from it, by its clock. */
import type { Case } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import type { CaseCommand } from '../core/case-command.ts'
import { later } from '../core/calendar.ts'
import { measureInProcedure } from '../core/measure.ts'
import { changeProving, type ProvingCommand, type ProvingEvent } from '../core/proving-change.ts'
import {
  coolingFor,
  freezesCountFor,
  keepsShut,
  probationFor,
  provingDue,
  type Opinion,
} from '../core/proving.ts'
import type { Claim } from '../core/recovery.ts'
import { claimAgreed, type ClaimNews } from '../core/recovery-notice.ts'
import { addObjections } from '../store/case.ts'
import type { Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import { insertNotice } from '../store/notice.ts'
import { procedureOf } from '../store/procedure.ts'
import {
  claimsOnAccount,
  clockClaim,
  dropOpinion,
  insertClaimObjection,
  lastTold,
  letOpinionsFall,
  lockProving,
  markApplied,
  objectionsOf,
  opinionsOf,
  proofsOf,
  saveProving,
  type ProvingRecord,
} from '../store/proving.ts'
import { casesOfClaim, claimById } from '../store/recovery.ts'
import { staffNames } from '../store/staff.ts'
import { countFreezes } from '../store/standstill.ts'
import { handOver, takeBack } from './account-hand-over.ts'
import type { App } from './app.ts'
import { lockLatest, openCaseOf } from './claim-case.ts'
import { followChange } from './case-change.ts'
import { lift } from './enforcement.ts'
import { knownContactsOf } from './first-sign.ts'
import { openAccount, shutAccount } from './freeze.ts'
import { writeLetters } from './proof-letter.ts'
import { shutBy, objectionTo, tellAccount } from './recovery-desk.ts'
import { beginStandstill, finishStandstill } from './standstill.ts'

/** A claim that is about a known account, as this transaction holds it. */
interface Followed {
  claim: Claim & { sellerId: string }
  record: ProvingRecord
}

/** Makes what is new count, and does what is due: the clock of a claim, one transaction, whoever said it. */
export async function followClaim(app: App, tx: Tx, claimId: string): Promise<void> {
  const claim = await claimById(tx, claimId)
  const record = await lockProving(tx, claimId)
  if (claim === null || record === null) throw new Error(`follow claim ${claimId}: it is not there`)
  await writeLetters(app, tx, claim)
  if (claim.sellerId === null) return
  const followed: Followed = { claim: { ...claim, sellerId: claim.sellerId }, record }
  for (const news of await newsOf(app, tx, followed)) {
    await letBeDue(app, tx, followed, news.at)
    await give(app, tx, followed, await news.command())
    await news.done()
  }
  await hearWhoWasTold(app, tx, followed)
  await letBeDue(app, tx, followed, app.now())
  await settleCase(app, tx, followed)
  const due = provingDue(followed.record.proving)
  if (due !== null) await clockClaim(tx, claimId, due)
}

interface News {
  at: Date
  command: () => ProvingCommand | Promise<ProvingCommand>
  done: () => Promise<void>
}

/** What was said and does not count yet, in the order in which it was said. */
async function newsOf(app: App, tx: Tx, { claim, record }: Followed): Promise<News[]> {
  const now = app.now()
  const proofs = (await proofsOf(tx, claim.id)).filter(({ appliedAt }) => appliedAt === null)
  const objections = (await objectionsOf(tx, claim.id)).filter(
    ({ appliedAt }) => appliedAt === null,
  )
  const opinions = (await opinionsOf(tx, claim.id)).filter(({ appliedAt }) => appliedAt === null)
  const news: News[] = [
    ...proofs.map(({ kind, at, by }) => ({
      at,
      command: async () => ({
        do: 'prove' as const,
        proof: { kind, at, by },
        freezesLately: await countFreezes(tx, claim.sellerId, later(now, -freezesCountFor)),
      }),
      done: () => markApplied(tx, claim.id, { proof: kind }, now),
    })),
    ...objections.map(({ contactId, at }) => ({
      at,
      command: () => ({ do: 'object' as const, contact: contactId }),
      done: () => markApplied(tx, claim.id, { contact: contactId }, now),
    })),
    ...opinions.map(({ id, opinion, isHead, look }) => ({
      at: opinion.at,
      // Whoever gave it was let in then; one of an earlier look counts no more.
      command: () => ({
        do: 'think' as const,
        opinion,
        isHead,
        barred: look === record.look ? null : ('decided_before' as const),
      }),
      done: () => markApplied(tx, claim.id, { opinion: id }, now),
    })),
  ]
  return news.toSorted((one, other) => one.at.getTime() - other.at.getTime())
}

/** Gives a command to the proving, saves it, and carries out what follows. One that is refused by now only stands on record. */
async function give(app: App, tx: Tx, followed: Followed, command: ProvingCommand): Promise<void> {
  const { claim, record } = followed
  const result = changeProving(record.proving, command, app.now())
  if (!result.ok) {
    await recordClaim(app, tx, followed, {
      kind: 'claim.not_counted',
      by: null,
      detail: { what: command.do, refusal: result.refusal },
    })
    if (command.do === 'think') await dropLate(app, tx, claim.id, command.opinion)
    return
  }
  const isNextLook = command.do === 'contest' && command.isSecondLook
  const look = isNextLook ? record.look + 1 : record.look
  if (result.events.some(({ kind }) => kind === 'claim.fallen'))
    await letOpinionsFall(tx, claim.id, record.look, app.now())
  followed.record = { ...record, proving: result.proving, look }
  await saveProving(tx, claim.id, followed.record)
  for (const event of result.events) {
    await recordClaim(app, tx, followed, event)
    await followEvent(app, tx, followed, event)
  }
}

async function dropLate(app: App, tx: Tx, claimId: string, { by }: Opinion): Promise<void> {
  const late = (await opinionsOf(tx, claimId)).filter(
    ({ opinion, appliedAt }) => opinion.by === by && appliedAt === null,
  )
  for (const { id } of late) await dropOpinion(tx, id, app.now())
}

async function letBeDue(app: App, tx: Tx, followed: Followed, until: Date): Promise<void> {
  for (;;) {
    const due = provingDue(followed.record.proving)
    if (due === null || due > until) return
    await give(app, tx, followed, { do: 'due' })
  }
}

/** The cooling-off runs from the last notice that reached a contact that was known long before. */
async function hearWhoWasTold(app: App, tx: Tx, followed: Followed): Promise<void> {
  const { claim, record } = followed
  const since = record.proving.provedAt
  if (since === null) return
  const known = await knownContactsOf(tx, claim, app.now())
  const at = await lastTold(tx, await casesOfClaim(tx, claim.id), {
    addresses: known.map(({ address }) => address),
    since,
  })
  if (at !== null) await give(app, tx, followed, { do: 'told', at })
}

async function followEvent(
  app: App,
  tx: Tx,
  followed: Followed,
  event: ProvingEvent,
): Promise<void> {
  const { claim, record } = followed
  const { proving } = record
  switch (event.kind) {
    case 'claim.proved':
      return contestOthers(app, tx, followed)
    case 'claim.frozen':
      await keepShut(app, tx, followed, { isFreeze: true })
      if (proving.frozenUntil !== null)
        await tell(app, tx, followed, { stage: 'frozen', until: proving.frozenUntil })
      return
    case 'claim.decidable':
    case 'claim.frozen_again':
      await keepShut(app, tx, followed, { isFreeze: false })
      return tell(app, tx, followed, {
        stage: 'proved',
        notBefore: later(proving.provedAt ?? app.now(), coolingFor.plain),
      })
    case 'claim.thawed':
      await letGo(app, tx, claim)
      return tell(app, tx, followed, { stage: 'thawed' })
    case 'claim.over':
      return letGo(app, tx, claim)
    case 'claim.split':
      return changeItsCase(app, tx, followed, { do: 'pass' })
    case 'claim.agreed':
      return agreeOnYes(app, tx, followed)
    case 'claim.refused':
      return answerNo(app, tx, followed)
    case 'claim.handed_over':
      return giveBack(app, tx, followed)
    case 'claim.not_frozen':
    case 'claim.contested':
    case 'claim.thought':
    case 'claim.fallen':
    case 'claim.settled':
      return
  }
}

/** Two claims of which each has a proof contest one another: whoever is shut out as well is heard that way, too. */
async function contestOthers(app: App, tx: Tx, { claim, record }: Followed): Promise<void> {
  const counting = record.proving.proofs.filter(({ kind }) => kind !== 'document')
  if (counting.length === 0) return
  const now = app.now()
  for (const other of await claimsOnAccount(tx, claim.sellerId, { except: claim.id })) {
    // After a hand-over only who was known before is heard: a stolen code must not shut the owner out again.
    const isUnderWay = !['refused', 'handed-over', 'settled', 'over'].includes(other.state)
    if (!isUnderWay || other.proofs === 0) continue
    for (const [objected, against] of [
      [other.claimId, claim],
      [claim.id, { id: other.claimId }],
    ] as const)
      if (await insertClaimObjection(tx, against.id, { contactId: `claim ${objected}`, at: now }))
        await clockClaim(tx, against.id, now)
  }
}

/** The account is shut, what runs against its seller stands still, and what shuts it is what the case is about. */
async function keepShut(
  app: App,
  tx: Tx,
  followed: Followed,
  { isFreeze }: { isFreeze: boolean },
): Promise<void> {
  const { claim, record } = followed
  const held = await openCaseOf(app, tx, claim)
  const shut = await shutAccount(app, tx, {
    sellerId: claim.sellerId,
    held,
    proofs: record.proving.proofs.map(({ kind }) => kind),
  })
  const { decision } = shut.measure
  await beginStandstill(app, tx, {
    sellerId: claim.sellerId,
    claimId: claim.id,
    isFreeze,
    decisionId: shut.isOurs ? decision.id : null,
  })
  // A matter that was answered goes on, now that there is something to decide.
  if (held.state === 'answered')
    await changeItsCase(app, tx, followed, {
      do: 'write',
      by: 'claimant',
      text: 'A proof was given.',
    })
  await changeItsCase(app, tx, followed, {
    do: 'secure',
    matter: measureInProcedure(decision.measure),
    objection: objectionTo(shut.measure, {
      id: app.newId('obj'),
      text: held.objections[0]?.text ?? 'The account is claimed, and the claim is proved in part.',
    }),
  })
}

/** Two say no: the case is answered, and the account is open again to whoever had it. */
async function answerNo(app: App, tx: Tx, followed: Followed): Promise<void> {
  const { claim, record } = followed
  const no = record.proving.opinions.filter(({ says }) => says === 'no')
  await changeItsCase(app, tx, followed, {
    do: 'agree',
    by: no.map(({ by }) => by),
    power: 'deny',
    reasons: no.map(({ reasons }) => reasons).join('\n\n'),
    until: app.now(),
  })
  if (record.proving.handedOverAt === null) return letGo(app, tx, claim)
  // It was handed over, and wrongly: it stays shut until its owner has claimed it.
  await finishStandstill(app, tx, claim.id)
  await takeBack(app, tx, claim)
}

async function letGo(app: App, tx: Tx, claim: Followed['claim']): Promise<void> {
  const ended = await finishStandstill(app, tx, claim.id)
  if (ended !== null) await openAccount(app, tx, ended)
}

async function agreeOnYes(app: App, tx: Tx, followed: Followed): Promise<void> {
  const { claim, record } = followed
  const { handOverAt } = record.proving
  if (handOverAt === null) return
  await keepShut(app, tx, followed, { isFreeze: false })
  await answerYes(app, tx, followed)
  const held = await lockLatest(tx, claim)
  await notifyClaimant(app, tx, claim, held, handOverAt)
}

/** The case waits for the end of the cooling-off; where that moved, so does it. */
async function answerYes(app: App, tx: Tx, followed: Followed): Promise<void> {
  const { opinions, handOverAt } = followed.record.proving
  const yes = opinions.filter(({ says }) => says === 'yes')
  if (handOverAt === null) return
  await changeItsCase(app, tx, followed, {
    do: 'agree',
    by: yes.map(({ by }) => by),
    power: 'grant',
    reasons: yes.map(({ reasons }) => reasons).join('\n\n'),
    // Due means that it is done by the claim's own clock, which hands over in the same transaction.
    until: later(handOverAt, 1),
  })
}

async function notifyClaimant(
  app: App,
  tx: Tx,
  claim: Claim,
  held: Case,
  handOverAt: Date,
): Promise<void> {
  const now = app.now()
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: null,
    decisionId: null,
    caseId: held.id,
    address: claim.address,
    createdAt: now,
    releaseAt: now,
    ...claimAgreed({ claim, handOverAt, caseId: held.id, timeZone: app.timeZone }),
  })
}

/** The cooling-off is over: what shut the account is lifted, and all that a hand-over does is done with it. */
async function giveBack(app: App, tx: Tx, followed: Followed): Promise<void> {
  const { claim, record } = followed
  const now = app.now()
  const yes = record.proving.opinions.filter(({ says }) => says === 'yes')
  await changeItsCase(app, tx, followed, {
    do: 'agree',
    by: yes.map(({ by }) => by),
    power: 'grant',
    reasons: yes.map(({ reasons }) => reasons).join('\n\n'),
    until: now,
  })
  const held = await lockLatest(tx, claim)
  const because = held.objections
    .filter(({ outcome }) => outcome === 'measure_lifted')
    .map(({ decisionId }) => decisionId)
  await liftWhatElseSecures(app, tx, { sellerId: claim.sellerId, by: yes[0]?.by ?? '' })
  await finishStandstill(app, tx, claim.id)
  await handOver(app, tx, { claim, procedureId: held.procedureId, because })
  await tell(app, tx, followed, { stage: 'handed-over', until: later(now, probationFor) })
}

/** What secured the account was to keep a stranger out, whoever did it: it has served. A lock has reasons of its own. */
async function liftWhatElseSecures(
  app: App,
  tx: Tx,
  { sellerId, by }: { sellerId: string; by: string },
): Promise<void> {
  const name = (await staffNames(tx)).get(by) ?? 'A specialist'
  for (;;) {
    const measure = await shutBy(app, tx, sellerId)
    if (measure === null || !measure.decision.measure.startsWith('account.secure')) return
    const lifted = await lift(app, tx, measure, {
      takenBy: { kind: 'person', id: by, name },
      reasons: 'The account was handed over to its owner.',
      tellSeller: false,
    })
    if (!lifted.ok) throw new Error(`hand over ${sellerId}: ${lifted.refusal}`)
  }
}

/** The case is where the proving is: a yes that fell is no longer waited for, one that moved is waited for longer. */
async function settleCase(app: App, tx: Tx, followed: Followed): Promise<void> {
  const { claim, record } = followed
  const held = await lockLatest(tx, claim)
  const { state } = record.proving
  if (held.state === 'closed' && (keepsShut(record.proving) || state === 'open'))
    return give(app, tx, followed, { do: 'end' })
  if (state === 'refused' && held.state === 'open')
    return give(app, tx, followed, { do: 'contest', isSecondLook: held.secondLook })
  if (state === 'agreed') return answerYes(app, tx, followed)
  if (held.state === 'deciding') await changeItsCase(app, tx, followed, { do: 'unsettle' })
  // What somebody lifted by another way is put back while it is being decided.
  if (keepsShut(record.proving) && (await shutBy(app, tx, claim.sellerId)) === null)
    await keepShut(app, tx, followed, { isFreeze: false })
}

async function changeItsCase(
  app: App,
  tx: Tx,
  { claim }: Followed,
  command: CaseCommand,
): Promise<void> {
  const held = await lockLatest(tx, claim)
  const procedure = await procedureOf(tx, held.procedureId)
  const result = changeCase(held, command, procedure, app.now())
  if (!result.ok) {
    app.log('a claim’s case did not follow', {
      case: held.id,
      state: held.state,
      what: command.do,
      refusal: result.refusal,
    })
    return
  }
  await addObjections(tx, result.case, held.objections.length)
  await followChange(app, tx, { held, result, procedure })
}

async function tell(app: App, tx: Tx, { claim }: Followed, news: ClaimNews): Promise<void> {
  const held = await lockLatest(tx, claim)
  await tellAccount(app, tx, { claim, sellerId: claim.sellerId, held, news })
}

/** What happened to a claim stands with its case, for the people who decide it. */
async function recordClaim(
  app: App,
  tx: Tx,
  { claim }: Followed,
  { kind, by, detail }: Omit<ProvingEvent, 'kind'> & { kind: string },
): Promise<void> {
  const caseId = (await casesOfClaim(tx, claim.id)).at(-1) ?? null
  await recordEvents(tx, [
    // Whose opinion it was is nobody's to know before it is decided.
    {
      at: app.now(),
      kind,
      sellerId: claim.sellerId,
      caseId,
      decisionId: null,
      by: kind === 'claim.thought' ? null : by,
      detail,
    },
  ])
}

/** Whether a claim with a proof keeps this account shut: nothing else opens it meanwhile. */
export async function isKeptShut(tx: Tx, sellerId: string): Promise<boolean> {
  return (await claimsOnAccount(tx, sellerId, { except: null })).some(keepsShut)
}
