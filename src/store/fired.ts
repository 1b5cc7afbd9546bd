/** Clocks that fired, with what each brought about, read from the events of the same transactions. */
import type { CaseKind } from '../core/case.ts'
import type { Tx } from './db.ts'

export interface FiredClock {
  kind: string
  ref: string
  dueAt: Date
  /** What machines and clocks did about it meanwhile, oldest first. */
  events: { kind: string; detail: Record<string, unknown> }[]
  case: { kind: CaseKind; number: number; procedureId: string } | null
  decisionNumber: number | null
}

/** The place in the events up to which things have happened by now. */
export async function lastEvent(tx: Tx): Promise<number> {
  const row = await tx
    .selectFrom('events')
    .select((select) => select.fn.max('id').as('id'))
    .executeTakeFirst()
  return Number(row?.id ?? 0)
}

/** What fired after an event, by when it was due; at most 200. */
export async function firedSince(tx: Tx, eventId: number): Promise<FiredClock[]> {
  const rows = await tx
    .selectFrom('events')
    .select(['id', 'kind', 'case_id', 'decision_id', 'detail'])
    .where('id', '>', String(eventId))
    .where('by', 'is', null)
    .orderBy('id')
    .limit(5_000)
    .execute()
  const fired: (Omit<FiredClock, 'case' | 'decisionNumber'> & { ref: string })[] = []
  const waiting = new Map<string, FiredClock['events']>()
  for (const { kind, case_id: caseId, decision_id: decisionId, detail } of rows) {
    if (kind === 'clock.fired') {
      const ref = String(detail['ref'])
      const clock = { kind: String(detail['clock']), ref, dueAt: new Date(String(detail['dueAt'])) }
      fired.push({ ...clock, events: waiting.get(ref) ?? [] })
      waiting.delete(ref)
      continue
    }
    // A clock is named by the case, the decision, the subject or the notice that it is about.
    for (const ref of [caseId, decisionId, detail['subject'], detail['notice']])
      if (typeof ref === 'string') waiting.set(ref, [...(waiting.get(ref) ?? []), { kind, detail }])
  }
  const refs = fired.map(({ ref }) => ref)
  const cases = await readCases(tx, refs)
  const decisions = await readDecisions(tx, refs)
  return fired
    .map((clock) => ({
      ...clock,
      case: cases.get(clock.ref) ?? null,
      decisionNumber: decisions.get(clock.ref) ?? null,
    }))
    .toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
    .slice(0, 200)
}

async function readCases(tx: Tx, ids: string[]) {
  if (ids.length === 0) return new Map<string, NonNullable<FiredClock['case']>>()
  const rows = await tx
    .selectFrom('cases')
    .select(['id', 'kind', 'number', 'procedure_id as procedureId'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, ...held }) => [id, held]))
}

async function readDecisions(tx: Tx, ids: string[]) {
  if (ids.length === 0) return new Map<string, number>()
  const rows = await tx
    .selectFrom('decisions')
    .select(['id', 'number'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, number }) => [id, number]))
}
