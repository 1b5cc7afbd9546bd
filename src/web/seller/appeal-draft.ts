/** The draft of an appeal: what was typed for each decision, the files, and the key under which it is sent once. */
import { z } from 'zod'
import { FileForReader, type NewAppeal } from '../../contract/case.ts'
import { Sent } from './sent-once.ts'

export const Track = z.enum(['dispute', 'remedy'])
export type Track = z.infer<typeof Track>

/** What was shown of one exhibit so far. */
const ShownDraft = z.object({ words: z.string(), fileIds: z.array(z.string()) })
export type ShownDraft = z.infer<typeof ShownDraft>

/** Both tracks keep what was typed, whichever is chosen. */
export const ObjectionDraft = z.object({
  track: Track,
  text: z.string(),
  cause: z.string(),
  correction: z.string(),
  prevention: z.string(),
  /** By the name of the exhibit. */
  exhibits: z.record(z.string(), ShownDraft).default({}),
})
export type ObjectionDraft = z.infer<typeof ObjectionDraft>

export const AppealDraft = z.object({
  objections: z.record(z.string(), ObjectionDraft),
  files: z.array(FileForReader),
  sent: Sent,
})
export type AppealDraft = z.infer<typeof AppealDraft>

export const emptyDraft: AppealDraft = { objections: {}, files: [], sent: null }

/** How long each text may be; the contract refuses more. */
export const longest = {
  text: 20_000,
  cause: 10_000,
  correction: 10_000,
  prevention: 10_000,
} as const

export type DraftField = keyof typeof longest

/** What was typed for a decision so far. */
export function objectionFor(
  draft: AppealDraft,
  decisionId: string,
  track: Track = 'dispute',
): ObjectionDraft {
  const known = Object.hasOwn(draft.objections, decisionId)
    ? draft.objections[decisionId]
    : undefined
  return known ?? { track, text: '', cause: '', correction: '', prevention: '', exhibits: {} }
}

/** The draft with one objection changed. */
export function changeObjection(
  draft: AppealDraft,
  decisionId: string,
  change: Partial<ObjectionDraft>,
): AppealDraft {
  const objection = { ...objectionFor(draft, decisionId), ...change }
  return { ...draft, objections: { ...draft.objections, [decisionId]: objection } }
}

/** What was shown of one exhibit of a decision so far. */
export function shownFor(objection: ObjectionDraft, exhibit: string): ShownDraft {
  const known = Object.hasOwn(objection.exhibits, exhibit) ? objection.exhibits[exhibit] : undefined
  return known ?? { words: '', fileIds: [] }
}

/** The draft with what is shown of one exhibit changed. */
export function changeShown(
  draft: AppealDraft,
  { decisionId, exhibit }: { decisionId: string; exhibit: string },
  change: (shown: ShownDraft) => ShownDraft,
): AppealDraft {
  const objection = objectionFor(draft, decisionId)
  const exhibits = { ...objection.exhibits, [exhibit]: change(shownFor(objection, exhibit)) }
  return changeObjection(draft, decisionId, { exhibits })
}

/** The draft without a file, wherever it was shown. */
export function forgetFile(draft: AppealDraft, id: string): AppealDraft {
  const without = ({ words, fileIds }: ShownDraft) => ({
    words,
    fileIds: fileIds.filter((one) => one !== id),
  })
  return {
    ...draft,
    files: draft.files.filter((file) => file.id !== id),
    objections: mapValues(draft.objections, (objection) => ({
      ...objection,
      exhibits: mapValues(objection.exhibits, without),
    })),
  }
}

/** The files that were added for no exhibit in particular. */
export function looseFiles({ files, objections }: AppealDraft): FileForReader[] {
  const placed = new Set(
    Object.values(objections).flatMap(({ exhibits }) =>
      Object.values(exhibits).flatMap(({ fileIds }) => fileIds),
    ),
  )
  return files.filter(({ id }) => !placed.has(id))
}

function mapValues<T>(record: Record<string, T>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}

const fieldsOf = {
  dispute: ['text'],
  remedy: ['cause', 'correction', 'prevention'],
} as const satisfies Record<Track, readonly DraftField[]>

export interface Missing {
  decisionId: string
  field: DraftField
  words: string
}

const missingWords = {
  text: 'Say in your own words what is wrong with the decision.',
  cause: 'Say what led to it.',
  correction: 'Say what you have changed.',
  prevention: 'Say how you keep it from happening again.',
} as const satisfies Record<DraftField, string>

/** What still has to be said before it can be sent, in the order of the page. */
export function missingFrom(draft: AppealDraft, decisionIds: readonly string[]): Missing[] {
  return decisionIds.flatMap((decisionId) => {
    const objection = objectionFor(draft, decisionId)
    return fieldsOf[objection.track].flatMap((field) => {
      if (objection[field].trim() === '') return [{ decisionId, field, words: missingWords[field] }]
      if (objection[field].length <= longest[field]) return []
      const words = `This is longer than ${longest[field].toLocaleString('en')} characters. Put the rest into a file.`
      return [{ decisionId, field, words }]
    })
  })
}

/** What travels: one objection per chosen decision, and the files that were received. */
export function appealFrom(draft: AppealDraft, decisionIds: readonly string[]): NewAppeal {
  return {
    objections: decisionIds.map((decisionId) => {
      const objection = objectionFor(draft, decisionId)
      const { track, text, cause, correction, prevention } = objection
      const exhibits = shownOf(objection)
      return track === 'dispute'
        ? { decisionId, track, text, remedy: null, exhibits }
        : {
            decisionId,
            track,
            text: correction,
            remedy: { cause, correction, prevention },
            exhibits,
          }
    }),
    fileIds: draft.files.map(({ id }) => id),
  }
}

/** What there is of each exhibit; what is empty does not travel. */
function shownOf({ exhibits }: ObjectionDraft): NewAppeal['objections'][number]['exhibits'] {
  return Object.entries(exhibits).flatMap(([exhibit, { words, fileIds }]) => {
    const said = words.trim()
    return said === '' && fileIds.length === 0 ? [] : [{ exhibit, words: said || null, fileIds }]
  })
}
