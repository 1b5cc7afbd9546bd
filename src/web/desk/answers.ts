/** The answers being written for one case: which outcome and which reasons, per objection, and what is missing. */
import type { CaseForDesk, ContestedDecision } from '../../contract/desk.ts'
import { measures, type Measure } from '../../core/measure.ts'
import type { Power } from './keys.ts'

export interface DraftAnswer {
  power: Power | null
  reasons: string
}

/** By the objection's id. An objection that nobody touched is absent. */
export type Draft = Record<string, DraftAnswer>

export const powerWords = {
  grant: { button: 'Lift', key: '1', done: 'lifted' },
  narrow: { button: 'Narrow', key: '2', done: 'narrowed' },
  deny: { button: 'Stands', key: '3', done: 'stands' },
} as const satisfies Record<Power, { button: string; key: string; done: string }>

const untouched: DraftAnswer = { power: null, reasons: '' }

/** What was written for one objection so far. */
export function answerIn(draft: Draft, objectionId: string): DraftAnswer {
  return draft[objectionId] ?? untouched
}

/** The draft with one objection's answer changed. */
export function changeAnswer(
  draft: Draft,
  objectionId: string,
  change: Partial<DraftAnswer>,
): Draft {
  return { ...draft, [objectionId]: { ...answerIn(draft, objectionId), ...change } }
}

/** The contested decisions that still wait for an answer, with the number by which G finds them. */
export function openContested(
  contested: readonly ContestedDecision[],
): { number: number; contested: ContestedDecision }[] {
  return contested
    .map((each, index) => ({ number: index + 1, contested: each }))
    .filter(({ contested: each }) => each.objection.outcome === null)
}

/** What of a repair its reader may judge: none that they had a part in. */
export function openToReader(contested: readonly ContestedDecision[]) {
  return openContested(contested).filter(({ contested: each }) => each.barred === null)
}

/** Those that are like one of a repair: the same rule put the same measure there, and nothing is written for them yet. */
export function alikeIn(
  contested: readonly ContestedDecision[],
  draft: Draft,
  objectionId: string,
): ContestedDecision[] {
  const of = contested.find(({ objection }) => objection.id === objectionId)
  if (of === undefined) return []
  const { ground, measure } = of.statement
  return openToReader(contested)
    .map(({ contested: each }) => each)
    .filter(
      ({ objection, statement }) =>
        objection.id !== objectionId &&
        !isTouched(answerIn(draft, objection.id)) &&
        statement.ground.policy === ground.policy &&
        statement.measure.name === measure.name,
    )
}

/** The draft with one answer given to others as well, as far as they are offered it. */
export function answerAlike(
  draft: Draft,
  objectionId: string,
  others: readonly ContestedDecision[],
): Draft {
  const answer = answerIn(draft, objectionId)
  return others
    .filter(({ powers }) => answer.power !== null && powers.includes(answer.power))
    .reduce((next, { objection }) => changeAnswer(next, objection.id, answer), draft)
}

function isTouched({ power, reasons }: DraftAnswer): boolean {
  return power !== null || reasons.trim() !== ''
}

/** What still keeps the case from being decided, as sentences; empty when nothing does. In parts, one answer is enough. */
export function missingAnswers(
  contested: readonly ContestedDecision[],
  draft: Draft,
  { inParts = false }: { inParts?: boolean } = {},
): { objectionId: string; words: string }[] {
  const all = inParts ? openToReader(contested) : openContested(contested)
  const begun = inParts
    ? all.filter(({ contested: each }) => isTouched(answerIn(draft, each.objection.id)))
    : all
  const first = all[0]
  if (begun.length === 0 && first !== undefined)
    return [
      {
        objectionId: first.contested.objection.id,
        words: 'Answer at least one of them; the others wait.',
      },
    ]
  const open = begun
  return open.flatMap(({ number, contested: each }) => {
    const { power, reasons } = answerIn(draft, each.objection.id)
    const name = open.length === 1 ? 'It' : `Objection ${number}`
    const objectionId = each.objection.id
    const isOffered = power !== null && each.powers.includes(power)
    if (!isOffered)
      return [
        { objectionId, words: `${name} still needs an outcome: ${powersInWords(each.powers)}.` },
      ]
    if (reasons.trim() === '')
      return [{ objectionId, words: `${name} still needs a sentence for the seller.` }]
    return []
  })
}

/** The answers as they are sent; call it only when nothing is missing. */
export function answersToSend(
  contested: readonly ContestedDecision[],
  draft: Draft,
): { objectionId: string; power: Power; reasons: string }[] {
  return openContested(contested).flatMap(({ contested: each }) => {
    const { power, reasons } = answerIn(draft, each.objection.id)
    return power === null
      ? []
      : [{ objectionId: each.objection.id, power, reasons: reasons.trim() }]
  })
}

/** Why this reader may not decide, in the server's words: of the case, or of one objection; null when they may. */
export function barredWords(matter: CaseForDesk): string | null {
  if (matter.barred !== null) return matter.barred
  const open = openContested(matter.contested)
  if (matter.repair !== null && openToReader(matter.contested).length > 0) return null
  return open.find(({ contested }) => contested.barred !== null)?.contested.barred ?? null
}

/** "lift, narrow or stands", of the powers that this desk has here. */
export function powersInWords(powers: readonly Power[]): string {
  const words = powers.map((power) => powerWords[power].button.toLowerCase())
  const last = words.at(-1)
  if (last === undefined) return 'none is offered here'
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} or ${last}`
}

/** A check has one answer: `grant` clears the listing, `deny` says that the rule is right. */
export const conclusionWords = {
  grant: { conclusion: 'cleared', button: 'Nothing wrong here', key: '1' },
  deny: { conclusion: 'acted', button: 'The rule is right', key: '3' },
} as const

/** What is chosen where a threshold proposes a measure: "Warn", "Suspend". */
export function proposalWords(measure: Measure | null): string {
  if (measure === 'account.warn') return 'Warn the seller'
  return measure === null ? 'It is right' : `Impose it: ${measures[measure].tag.toLowerCase()}`
}

/** Under this name the one answer to a check stands in the draft. */
export const checkAnswer = 'check'

/** What still keeps a check from being concluded; empty when nothing does. */
export function missingConclusion(draft: Draft): { objectionId: string; words: string }[] {
  const { power, reasons } = answerIn(draft, checkAnswer)
  if (power !== 'grant' && power !== 'deny')
    return [
      {
        objectionId: checkAnswer,
        words: 'It still needs a conclusion: nothing wrong, or the rule is right.',
      },
    ]
  if (reasons.trim() === '')
    return [{ objectionId: checkAnswer, words: 'It still needs a sentence that says why.' }]
  return []
}
