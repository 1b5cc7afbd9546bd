/** The words of complaints as their seller reads them: what is said, what became of it, and nobody who said it. */
import type { ComplaintAbout, CaseForSeller } from '../../contract/case.ts'
import type { FoundCounts } from '../../contract/complaint.ts'
import { capital } from '../../core/capital.ts'
import type { ComplaintFinding, ComplaintKind } from '../../core/complaint.ts'
import type { TagTone } from '../parts/measure-tag.tsx'
import { dueWords, numberWords } from '../parts/time-words.ts'

/** What it says is wrong. */
export const kindWords = {
  unsafe: 'that it is unsafe',
  'not-as-described': 'that it is not as described',
  counterfeit: 'that it is counterfeit',
  rights: 'that it infringes a right',
  'never-arrived': 'that it never arrived',
  other: 'about something else',
} as const satisfies Record<ComplaintKind, string>

export const findingTags = {
  confirmed: { words: 'It is so', tone: 'red' },
  refuted: { words: 'It is not so', tone: 'green' },
  undetermined: { words: 'Could not be found out', tone: 'plain' },
} as const satisfies Record<ComplaintFinding, { words: string; tone: TagTone }>

/** The sentence that a complaint's case opens with. */
export function complaintSentence(
  { state, holding, ask }: Pick<CaseForSeller, 'state' | 'holding' | 'ask'>,
  { finding, title, kind, decisionId }: ComplaintAbout,
  { now, zone, name }: { now: Date; zone: string; name: string },
): string {
  if (finding !== null) return foundSentence(finding, title)
  if (state === 'asking' && ask !== null)
    return `${ask.by} asks you about a complaint. You have until ${dueWords(new Date(ask.until), now, zone)}, and nothing is decided meanwhile.`
  const due = holding.dueAt === null ? null : new Date(holding.dueAt)
  const by = due === null || due < now ? '' : ` by ${dueWords(due, now, zone)}`
  const said = `Somebody says of “${title}” ${kindWords[kind]}`
  return decisionId === null
    ? `${said}. ${capital(name)} finds out what is so${by}, and nothing happens to you before.`
    : `${said}, so it is held until a person has looked. ${capital(name)} does${by}.`
}

function foundSentence(finding: ComplaintFinding, title: string): string {
  switch (finding) {
    case 'confirmed':
      return `We looked into the complaint about “${title}”, and it is so. What follows has a statement and an appeal of its own.`
    case 'refuted':
      return `We looked into the complaint about “${title}”, and it is not so. Nothing is held against you.`
    case 'undetermined':
      return `We could not find out whether the complaint about “${title}” is so. Nothing is held against you.`
  }
}

/** How many there are, and how many were found to be so. */
export function complaintsSentence(found: FoundCounts): string {
  const all = found.open + found.confirmed + found.refuted + found.undetermined
  if (all === 0) return 'Nobody has complained about you.'
  const over = all - found.open
  const first = `${capital(numberWords(all))} ${all === 1 ? 'complaint' : 'complaints'} about you`
  if (over === 0)
    return `${first}, and nobody has found out yet whether ${all === 1 ? 'it is' : 'they are'} so.`
  const so =
    found.confirmed === 0
      ? 'none was found to be so'
      : `${numberWords(found.confirmed)} ${found.confirmed === 1 ? 'was' : 'were'} found to be so`
  return `${first}, of which ${so}.`
}
