/** What became of decisions that were judged anew: which were lifted, which stay, and how those can be contested. */
import type { Language } from './language.ts'
import type { SubjectKind } from './measure.ts'
import type { NoticeSection, Worded } from './notice.ts'
import type { ObjectionOutcome } from './objection.ts'
import { sayOwnReasons } from './own-reasons.ts'
import type { RepairCause } from './repair-cause.ts'
import { named } from './saying.ts'
import { wordsIn } from './words.ts'

export interface JudgedAnew {
  decisionId: string
  /** As it is quoted, such as D-1004. */
  number: string
  subject: { kind: SubjectKind; title: string }
  outcome: ObjectionOutcome
  answer: string
  /** The first name of who judged it. */
  answeredBy: string | null
}

/** One notice of what was judged just now; its link opens what the seller can still contest, or else the first. */
export function repairNotice({
  cause,
  judged,
  waiting,
  language,
}: {
  cause: RepairCause['kind']
  judged: readonly JudgedAnew[]
  /** How many decisions of the same repair still wait for a person. */
  waiting: number
  language: Language
}): Worded {
  const { repaired: words, outcome, holding } = wordsIn(language)
  const amount = (fate: ObjectionOutcome) => judged.filter((one) => one.outcome === fate).length
  const result = words.result(
    amount('measure_lifted'),
    amount('measure_narrowed'),
    amount('measure_stands'),
  )
  const people = [...new Set(judged.flatMap(({ answeredBy }) => answeredBy ?? []))]
  const main = judged.find(({ outcome: fate }) => fate === 'measure_stands') ?? judged[0]
  const sections = judged.flatMap((one) => sectionOf(one, language))
  if (amount('measure_lifted') + amount('measure_narrowed') > 0)
    sections.push({ heading: holding.next, paragraphs: [outcome.shopIsTold] })
  return {
    kind: 'outcome',
    subject: words.subject(cause, result),
    body: {
      language,
      opening: [
        words.why[cause],
        result,
        ...(people.length > 0 ? [words.judgedBy(people)] : []),
        ...(waiting > 0 ? [words.waiting(waiting)] : []),
      ].join(' '),
      sections,
      statement: null,
      link: main
        ? {
            label: labelOf(main, language),
            decisionId: main.decisionId,
            caseId: null,
          }
        : null,
    },
  }
}

function sectionOf(one: JudgedAnew, language: Language): NoticeSection[] {
  const { decisionId, number, subject, outcome, answer } = one
  // A decision in a repair is judged or waits; nobody takes an objection back that nobody made.
  if (outcome === 'withdrawn') return []
  const { repaired: words } = wordsIn(language)
  const own = sayOwnReasons(answer, language)
  const more =
    outcome === 'measure_lifted' ? [words.lifted] : outcome === 'measure_stands' ? [words.kept] : []
  return [
    {
      heading: words.heading(named(subject, language), number, outcome),
      paragraphs: [own ?? answer, ...more],
      ...(own === null ? { written: [0] } : {}),
      opens: { label: labelOf(one, language), decisionId },
    },
  ]
}

function labelOf({ number, outcome }: JudgedAnew, language: Language): string {
  const { repaired: words } = wordsIn(language)
  return outcome === 'measure_stands' ? words.appeal(number) : words.open(number)
}
