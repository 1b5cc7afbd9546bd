/** What a dispute settlement body decided: put on record with its words, carried out at once, or answered with reasons (DSA Art. 21). */
import { openObjections, type Case } from '../core/case.ts'
import { datesOf, isWaitedFor, mayHaveOutcome, type BodyOutcome } from '../core/letter.ts'
import type { Answer } from '../core/objection.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { wordsIn } from '../core/words.ts'
import { casesAbout } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import { keepOutcome, lockLetter } from '../store/letter.ts'
import type { App } from './app.ts'
import { commandIn, type CaseDone } from './case-command.ts'
import { barredOf } from './case-view.ts'
import { meet } from './letter-answer.ts'
import { permit } from './permit.ts'
import { RefusedError, refusalOf } from './result.ts'
import type { StaffReader, Who } from './who.ts'

export interface BodyDecision {
  letterId: string
  outcome: BodyOutcome
  /** The day of the body's decision. */
  on: string
  /** In the body's words. */
  text: string
  /** False where the marketplace does not do as it says, which binds nobody; then with reasons. */
  follows: boolean
  reasons: string
}

const powerOf = {
  lifted: 'grant',
  narrowed: 'narrow',
  stands: 'deny',
} as const satisfies Record<BodyOutcome, Answer['power']>

/** Records it and decides the case accordingly; there is no minute of undoing, since it was decided elsewhere. */
export async function recordBodyOutcome(
  app: App,
  who: Who,
  { caseId, ...decision }: BodyDecision & { caseId: string },
): CaseDone {
  const command = 'letters.recordOutcome'
  const may = permit(app, who, command)
  if (!may.ok) return may
  const { reader } = may
  return refusalOf(
    transact(app.db, may.wall, async (tx) => {
      const result = await commandIn(app, tx, { reader, command, caseId }, async (_, held) => {
        const answer = await recordIt(app, tx, { held, reader, decision })
        if ('ok' in answer) return answer
        return {
          do: 'decide',
          by: { kind: 'person', id: reader.id },
          answers: [answer],
          barred: await barredOf(app, tx, { command, held }),
          undoFor: 0,
        }
      })
      // What was put on record of it goes with it.
      if (!result.ok) throw new RefusedError(result)
      return result
    }),
  )
}

async function recordIt(
  app: App,
  tx: Tx,
  { held, reader, decision }: { held: Case; reader: StaffReader; decision: BodyDecision },
): Promise<Answer | Refused> {
  const letter = await lockLetter(tx, decision.letterId)
  if (letter === null || letter.caseId !== held.id) return refuse('not_found')
  const [objection, ...more] = openObjections(held)
  if (!mayHaveOutcome(letter, held) || objection === undefined || more.length > 0)
    return refuse('not_a_body')
  if (decision.text.trim() === '') return refuse('text_missing')
  const now = app.now()
  const dates = datesOf(
    { writtenOn: null, receivedOn: decision.on, dueOn: null },
    app.timeZone,
    now,
  )
  if (!dates.ok) return dates
  // Whoever said no here before does not say no again for us all; carrying it out is anybody's.
  const follows = decision.follows || decision.outcome === 'stands'
  if (!follows && (await saidNoBefore(tx, objection.decisionId, reader.id)))
    return refuse('decided_before')
  const { sender } = letter
  const text = decision.text.trim()
  await keepOutcome(tx, letter.id, {
    outcome: decision.outcome,
    text,
    on: decision.on,
    follows,
    by: reader.id,
    at: now,
  })
  await recordEvents(tx, [
    {
      at: now,
      kind: 'case.body_decided',
      sellerId: held.sellerId,
      caseId: held.id,
      decisionId: null,
      by: reader.id,
      detail: {
        letter: letter.id,
        senderKind: sender.kind,
        senderName: sender.name,
        outcome: decision.outcome,
        on: decision.on,
        follows,
        text,
        isKept: false,
      },
    },
  ])
  if (isWaitedFor(letter)) await meet(app, tx, letter, reader.id)
  return {
    objectionId: objection.id,
    power: follows ? powerOf[decision.outcome] : 'deny',
    reasons: follows ? wordsIn('en').own.followsBody(sender.name, text) : decision.reasons.trim(),
  }
}

async function saidNoBefore(tx: Tx, decisionId: string, person: string): Promise<boolean> {
  const cases = await casesAbout(tx, [decisionId])
  return cases.some(({ decidedBy }) => decidedBy.includes(person))
}
