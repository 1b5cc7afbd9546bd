/** A run does the same to several cases, one after the other; it is kept in this tab, so that nothing is lost and nothing done twice. */
import { z } from 'zod'
import type { BulkPreview } from '../../contract/bulk.ts'
import { BulkAction } from '../../core/bulk.ts'

const RunCase = z.object({
  caseId: z.string(),
  number: z.string(),
  title: z.string(),
  /** With its words as they were seen for this case. */
  action: BulkAction,
  state: z.enum(['waiting', 'done', 'refused']),
  words: z.string().nullable(),
})
export type RunCase = z.infer<typeof RunCase>

export const Run = z.object({
  /** With a case's id, the key by which it is done once. */
  id: z.string(),
  cases: z.array(RunCase),
})
export type Run = z.infer<typeof Run>

/** What is being written: one text, whatever is done with it. */
export interface BulkDraft {
  do: BulkAction['do']
  to: string | null
  words: string
}

/** The action that a draft means; null while something is missing. */
export function actionOf({ do: kind, to, words }: BulkDraft): BulkAction | null {
  const said = words.trim()
  switch (kind) {
    case 'release':
      return { do: 'release' }
    case 'forward':
      return to === null || said === '' ? null : { do: 'forward', to, reason: said }
    case 'answer':
      return said === '' ? null : { do: 'answer', text: said }
    case 'lift':
      return said === '' ? null : { do: 'lift', reasons: said }
  }
}

/** The run of what a preview said is possible. */
export function beginRun(id: string, { cases }: BulkPreview): Run {
  return {
    id,
    cases: cases
      .filter(({ isPossible }) => isPossible)
      .map(({ caseId, number, title, action }) => ({
        caseId,
        number,
        title,
        action,
        state: 'waiting',
        words: null,
      })),
  }
}

/** The case that is next; null once all were done or refused. */
export function nextOf(run: Run): RunCase | null {
  return run.cases.find(({ state }) => state === 'waiting') ?? null
}

/** The key by which a case of a run is done once, however often it is sent. */
export function keyOf(run: Run, { caseId }: Pick<RunCase, 'caseId'>): string {
  return `${run.id}-${caseId}`.slice(0, 200)
}

/** The run with what came of one case. */
export function settle(
  run: Run,
  caseId: string,
  came: { state: 'done' | 'refused'; words: string },
): Run {
  return {
    ...run,
    cases: run.cases.map((each) => (each.caseId === caseId ? { ...each, ...came } : each)),
  }
}

/** "3 of 8 are done, one was refused." */
export function runSentence({ cases }: Run): string {
  const done = cases.filter(({ state }) => state === 'done').length
  const refused = cases.filter(({ state }) => state === 'refused').length
  const all = cases.length
  const begun =
    done === all
      ? all === 1
        ? 'It is done'
        : `All ${all} are done`
      : `${done} of ${all} ${done === 1 ? 'is' : 'are'} done`
  if (refused === 0) return `${begun}.`
  return `${begun}, ${refused === 1 ? 'one was' : `${refused} were`} refused.`
}

/** "It can be done to 5 of 7." */
export function previewSentence({ cases }: BulkPreview): string {
  const possible = cases.filter(({ isPossible }) => isPossible).length
  if (possible === cases.length)
    return cases.length === 1 ? 'It can be done.' : `It can be done to all ${cases.length}.`
  if (possible === 0) return 'It can be done to none of them.'
  return `It can be done to ${possible} of ${cases.length}.`
}

const name = 'recourse.bulk'

/** The run of this tab; null where there is none that can be read. */
export function keptRun(): Run | null {
  try {
    const kept = Run.safeParse(JSON.parse(sessionStorage.getItem(name) ?? 'null'))
    return kept.success ? kept.data : null
  } catch {
    // No storage, or not JSON: then nothing was begun here.
    return null
  }
}

/** Keeps the run; null forgets it. */
export function keepRun(run: Run | null): void {
  try {
    if (run === null) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, JSON.stringify(run))
  } catch {
    // Without storage it lives as long as the page.
  }
}
