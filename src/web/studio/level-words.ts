/** The five levels of a policy in words: what each does, and what a change of level means. */
import type { Level } from '../../core/policy.ts'

export const levelWords = {
  off: { title: 'Off', does: 'is silent: listings are not read by it' },
  shadow: { title: 'Shadow', does: 'only notes what it would do' },
  suggest: { title: 'Suggest', does: 'asks a person to look, and does nothing itself' },
  'act-with-review': {
    title: 'Act with review',
    does: 'acts, and a person looks at each act afterwards',
  },
  act: { title: 'Act', does: 'acts by itself, and a person looks when somebody appeals' },
} as const satisfies Record<Level, { title: string; does: string }>

export const levels = Object.keys(levelWords) as Level[] // the keys of a table by level are the levels, in order

/** What setting another level would change; a whole sentence. */
export function changeWords(from: Level, to: Level): string {
  if (from === to) return `It stays at ${levelWords[to].title}.`
  const way = levels.indexOf(to) > levels.indexOf(from) ? 'climbs' : 'falls'
  return `It ${way} from ${levelWords[from].title} to ${levelWords[to].title}: for listings screened from now on it ${levelWords[to].does}. What it did before stays as it is.`
}

/** "It acted 238 times by itself; 37 of those were lifted." */
export function recordWords({
  actedAlone,
  lifted,
}: {
  actedAlone: number
  lifted: number
}): string {
  if (actedAlone === 0) return 'It has not acted by itself yet.'
  const acted =
    actedAlone === 1
      ? 'It acted once by itself'
      : `It acted ${actedAlone.toLocaleString('en')} times by itself`
  if (lifted === 0) return `${acted}; none of that was lifted.`
  return `${acted}; ${lifted.toLocaleString('en')} of its measures ${lifted === 1 ? 'was' : 'were'} lifted.`
}

/** The sentence that the page opens with. */
export function policiesTitle(atLevels: readonly Level[]): string {
  if (atLevels.length === 0) return 'No rule is known here yet.'
  const awake = atLevels.filter((level) => level !== 'off').length
  const alone = atLevels.filter((level) => level === 'act' || level === 'act-with-review').length
  const rules = awake === 1 ? 'One rule reads every listing' : `${awake} rules read every listing`
  if (awake === 0) return 'Every rule is off: no listing is read.'
  if (alone === 0) return `${rules}; none acts by itself.`
  if (alone > 1) return `${rules}; ${alone === awake ? 'all' : alone} act by themselves.`
  return `${rules}; ${awake === 1 ? 'it' : 'one'} acts by itself.`
}
