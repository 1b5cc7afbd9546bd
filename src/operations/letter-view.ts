/** Letters as the desk sees them: beside their case, and all that somebody waits for. */
import { isHeldBy, openObjections, type Case } from '../core/case.ts'
import { mayHaveOutcome, type Letter } from '../core/letter.ts'
import { readCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { lettersAtHand, lettersOfCases } from '../store/letter.ts'
import { staffNames } from '../store/staff.ts'
import type { App } from './app.ts'
import { isPermitted, permit, whyNotTheirs } from './permit.ts'
import { done, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

export interface LetterView {
  letter: Letter
  case: Case
  allowed: ('answer' | 'bundle' | 'outcome')[]
}

const mostListed = 50

/** The letters of a case with what this reader may do about each. */
export async function lettersFor(
  app: App,
  tx: Tx,
  held: Case,
  { who, reader }: { who: Who; reader: StaffReader },
): Promise<LetterView[]> {
  const letters = await lettersOfCases(tx, [held.id])
  return letters.map((letter) => viewOf(app, { letter, held, who, reader }))
}

function viewOf(
  app: App,
  { letter, held, who, reader }: { letter: Letter; held: Case; who: Who; reader: StaffReader },
): LetterView {
  const allowed: LetterView['allowed'] = []
  const isTheirs = (command: 'letters.answer' | 'letters.recordOutcome') =>
    isPermitted(app, who, command) && whyNotTheirs(app, command, reader, held) === null
  if (isTheirs('letters.answer')) allowed.push('answer')
  if (isPermitted(app, who, 'letters.bundle')) allowed.push('bundle')
  if (
    isTheirs('letters.recordOutcome') &&
    mayHaveOutcome(letter, held) &&
    openObjections(held).length === 1 &&
    isHeldBy(held, reader.id, app.now())
  )
    allowed.push('outcome')
  return { letter, case: held, allowed }
}

export interface LettersView {
  waiting: LetterView[]
  last: LetterView[]
  people: Map<string, string>
  mayRecord: boolean
  at: Date
}

/** What senders wait for, first what is due first, and the letters that came last. */
export async function readLetters(app: App, who: Who): Promise<Result<LettersView>> {
  const may = permit(app, who, 'letters.list')
  if (!may.ok) return may
  const { reader } = may
  return transact(app.db, may.wall, async (tx) => {
    const { waiting, last } = await lettersAtHand(tx, mostListed)
    const view = async (letters: Letter[]) => {
      const views: LetterView[] = []
      for (const letter of letters) {
        const held = await readCase(tx, letter.caseId)
        if (held !== null) views.push(viewOf(app, { letter, held, who, reader }))
      }
      return views
    }
    return done({
      waiting: await view(waiting),
      last: await view(last),
      people: await staffNames(tx),
      mayRecord: isPermitted(app, who, 'letters.record'),
      at: app.now(),
    })
  })
}
