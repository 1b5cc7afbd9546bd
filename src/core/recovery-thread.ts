/** The thread of a claim as its claimant reads it: what is not named here is not told. */
import { deskInSentence } from './holding.ts'
import { deskTitle, type Procedure } from './procedure.ts'
import type { ThreadStep } from './thread-step.ts'

/** What happened in one of a claim's cases. */
export interface ClaimHappening {
  at: Date
  kind: string
  by: string | null
  detail: Record<string, unknown>
}

export interface ClaimStory {
  /** The cases in which the claim was answered, the first first, each with its desk and what happened in it. */
  cases: { desk: string; procedure: Procedure; events: ClaimHappening[] }[]
  /** The first name of a person of staff. */
  nameOf: (id: string) => string | null
}

/** Tells it, oldest first. What a clock did to the account is passed over: the claim goes on in another case. */
export function claimThread({ cases, nameOf }: ClaimStory): ThreadStep[] {
  return cases.flatMap(({ procedure, events, ...held }, place) => {
    const steps: ThreadStep[] = []
    const isLast = place === cases.length - 1
    let desk = held.desk
    for (const event of events) {
      const told = text(event.detail['desk'])
      if (event.kind === 'case.arrived' && told !== null) desk = told
      const name = event.by === null ? 'Somebody' : (nameOf(event.by) ?? 'Somebody')
      const step = stepOf(event, { procedure, title: deskTitle(procedure, desk), name, isLast })
      if (step) steps.push({ ...step, at: event.at, decisionId: null, caseId: null })
    }
    return steps
  })
}

type Told = Pick<ThreadStep, 'who' | 'words' | 'quote'>

function stepOf(
  { kind, by, detail }: ClaimHappening,
  on: { procedure: Procedure; title: string; name: string; isLast: boolean },
): Told | null {
  const { procedure, title, name, isLast } = on
  switch (kind) {
    case 'case.opened':
      return text(detail['text']) === null
        ? say('clock', 'Nobody had answered when every clock ran out. A person still has to.')
        : say('you', 'You told us.', detail['text'])
    case 'case.arrived':
      return arrivedStep(detail, { procedure, title, name })
    case 'case.asked':
      return say('person', `${name}, ${title}, asked you.`, detail['question'])
    case 'case.written':
      return say(
        'you',
        text(detail['answers']) === null ? 'You wrote.' : 'You answered.',
        detail['text'],
      )
    case 'case.contested':
      return say('you', 'You asked for another look.', detail['text'])
    case 'case.silent':
      return say('clock', `${title} goes on with what there is.`)
    case 'case.informed':
      return say('person', `${name}, ${title}, wrote.`, detail['text'])
    case 'case.answered':
      return say('person', `${name}, ${title}, answered.`, detail['text'])
    case 'case.agreed':
      return say('person', 'Two people said yes, each without knowing what the other thought.')
    case 'case.overdue':
      return say('clock', `${title} was late. Our officer has been told.`)
    case 'case.decided':
      return by === null ? null : say('person', `${name}, ${title}, decided.`, answersIn(detail))
    case 'case.restored':
      return isLast
        ? say('shop', 'The shop lets the owner sign in again: we looked there ourselves.')
        : null
    case 'case.closed':
      return isLast ? say('clock', 'The claim is closed.') : null
    default:
      return null
  }
}

function arrivedStep(
  { why, from, reason }: Record<string, unknown>,
  { procedure, title, name }: { procedure: Procedure; title: string; name: string },
): Told {
  const to = deskInSentence(title)
  const left = deskTitle(procedure, text(from) ?? '')
  switch (why) {
    case 'second-look':
      return say('clock', `Came to ${to} for another look, by people who have not decided it.`)
    case 'again':
      return say('clock', `Is with ${to} again.`)
    case 'forward':
      return say('person', `${name}, ${left}, handed it to ${to}.`, reason)
    case 'late':
      return say('clock', `${left} was late, so it went to ${to} by itself.`)
    default:
      return say('clock', `Came to ${to}.`)
  }
}

function say(who: Told['who'], words: string, quote: unknown = null): Told {
  return { who, words, quote: text(quote) }
}

/** What a person wrote as the answer, word for word. */
function answersIn(detail: Record<string, unknown>): string | null {
  const { answers } = detail
  if (!Array.isArray(answers)) return null
  const words = answers.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'answer' in one ? (text(one.answer) ?? []) : [],
  )
  return words.join('\n\n')
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
