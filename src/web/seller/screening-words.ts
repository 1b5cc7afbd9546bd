/** What a screening says to the seller: one sentence on what would happen, and what to change. */
import type { RuleScreening, Screening } from '../../contract/screening.ts'
import { inHundred } from '../parts/sum.ts'

export type ScreeningTone = 'passes' | 'looks' | 'acts'

export interface ScreeningWords {
  tone: ScreeningTone
  title: string
  words: string
}

/** The most that would happen, in a title and a sentence or two. */
export function screeningWords({
  would,
  rules,
}: Pick<Screening, 'would' | 'rules'>): ScreeningWords {
  const rule = rules.find((one) => one.would === would)
  switch (would) {
    case 'nothing':
      return {
        tone: 'passes',
        title: 'This text passes',
        words: 'No rule would do anything about it. You can offer it as it is.',
      }
    case 'note':
      return {
        tone: 'passes',
        title: 'This text passes',
        words:
          'A rule that is only being tried out would note it, and nothing follows from that. You can offer it as it is.',
      }
    case 'protected':
      return {
        tone: 'passes',
        title: 'This text passes',
        words:
          'A person has looked at this very text before and let it stand, so it is left alone.',
      }
    case 'check':
      return {
        tone: 'looks',
        title: 'A person would look at it',
        words: 'It would be on sale meanwhile. Only a person could take it off.',
      }
    case 'measure':
    case 'measure-and-check': {
      const looks = would === 'measure-and-check' ? ' A person would look at it right after.' : ''
      return {
        tone: 'acts',
        title: actsTitle(rule),
        words:
          `${rule?.measure.effect ?? ''}${looks} You could appeal, and only a person can say no.`.trim(),
      }
    }
  }
}

function actsTitle(rule: RuleScreening | undefined): string {
  switch (rule?.measure.name) {
    case 'listing.deactivate':
    case 'listing.deactivate.safety':
    case undefined:
      return 'It would be taken off sale'
    case 'listing.demote':
      return 'Search would not show it'
    default:
      return `It would come to a measure: ${rule?.measure.tag.toLowerCase()}`
  }
}

/** The rules worth showing: those that found enough, else the one that came nearest. */
export function rulesToShow({ rules }: Pick<Screening, 'rules'>): RuleScreening[] {
  const found = rules.filter(({ outcome }) => outcome !== 'allow')
  return found.length > 0 ? found : rules.slice(0, 1)
}

/** What one rule would do, in a few words. */
export function ruleWords({ would, outcome }: Pick<RuleScreening, 'would' | 'outcome'>): string {
  switch (would) {
    case 'nothing':
      return outcome === 'allow' ? 'lets it pass' : 'does nothing'
    case 'note':
      return 'is being tried out and would only note it'
    case 'protected':
      return 'leaves it alone: a person let this text stand before'
    case 'check':
      return 'would ask a person to look'
    case 'measure':
      return 'would act by itself'
    case 'measure-and-check':
      return 'would act by itself, and a person would look'
  }
}

/** From where a person looks and the rule acts at the level where it stands: 1 where it never acts by itself. */
export function thresholdsNow({
  level,
  thresholds,
}: Pick<RuleScreening, 'level' | 'thresholds'>): RuleScreening['thresholds'] {
  const actsAlone = level === 'act' || level === 'act-with-review'
  return actsAlone ? thresholds : { ...thresholds, deactivate: 1 }
}

/** What leaving words out would come to. */
export function remedyWords({
  remedy,
  thresholds,
}: Pick<RuleScreening, 'remedy' | 'thresholds'>): string {
  if (remedy === null) return ''
  const score = inHundred(remedy.score)
  switch (remedy.outcome) {
    case 'allow':
      return `Without them it comes to ${score} and passes.`
    case 'review':
      return `Without them it comes to ${score}, and a person would still look: words alone don’t decide it.`
    case 'deactivate':
      return `Without them it still comes to ${score}, and the rule acts from ${inHundred(thresholds.deactivate)}: words alone don’t decide it.`
  }
}

/** Each word once, as it was written first, with how often it stands there. */
export function wordsToLeaveOut({
  remedy,
}: Pick<RuleScreening, 'remedy'>): { text: string; times: number }[] {
  const counted = new Map<string, { text: string; times: number }>()
  for (const { text } of remedy?.leaveOut ?? []) {
    const key = text.toLocaleLowerCase()
    const known = counted.get(key)
    if (known) known.times += 1
    else counted.set(key, { text, times: 1 })
  }
  return [...counted.values()]
}
