/** How a complaint stands for its reporter: who has it and by when, and nothing of the seller. */
import { capital } from './capital.ts'
import { isHeldBy, type Case } from './case.ts'
import { deskInSentence, type HoldingLine } from './holding.ts'
import { deskTitle, type Procedure } from './procedure.ts'
import { claimLateWords } from './recovery.ts'

interface Standing {
  case: Case
  procedure: Procedure
  now: Date
  /** What the reporter may call whoever has it; null for nobody. */
  holderName: string | null
}

/** Answers the three questions for a reporter. */
export function holdingForReporter({
  case: held,
  procedure,
  now,
  holderName,
}: Standing): HoldingLine {
  const desk = deskTitle(procedure, held.desk)
  const isTaken = holderName !== null && held.heldBy !== null && isHeldBy(held, held.heldBy, now)
  const who = isTaken ? `${holderName}, ${desk}` : `${desk}, a person`
  const base = { startedAt: held.arrivedAt, dueAt: held.dueAt }
  switch (held.state) {
    case 'open':
    case 'deciding':
      if (held.overdueSince !== null)
        return {
          ...base,
          state: 'overdue',
          who,
          whoDetail: 'Every clock ran out, and nobody had answered',
          dueAt: held.overdueSince,
          ifLate: 'Our officer has been told',
          ifLateDetail: 'And is told again until a person has answered. It stays open until then.',
        }
      return {
        ...base,
        state: 'running',
        who,
        whoDetail: held.secondLook ? 'Nobody who decided it before' : 'Finds out what is so',
        ...claimLateWords(held, procedure),
      }
    case 'asking':
      return {
        state: 'stands-still',
        who: `The seller: ${deskInSentence(desk)} asked`,
        whoDetail: 'Without telling who you are. Our clock stands still meanwhile',
        startedAt: held.ask?.at ?? held.arrivedAt,
        dueAt: held.ask?.until ?? held.dueAt,
        ifLate: `${capital(deskInSentence(desk))} goes on with what there is`,
        ifLateDetail: 'Whether the seller answers or not, you hear what was found.',
      }
    case 'restoring':
    case 'answered':
    case 'closed':
      return {
        ...base,
        state: 'done',
        who: held.state === 'closed' ? 'Closed.' : 'Answered.',
        whoDetail: 'What was found stands below.',
        dueAt: held.contestBy,
        ifLate: '',
        ifLateDetail: '',
      }
  }
}
