/** What was found of a complaint counts: only a person says it, and its reporter may have another desk look again. */
import { goOn, secondLookDesk, type Case, type CaseResult, type Pending } from './case.ts'
import type { Command } from './case-command.ts'
import { changed, close, event, unheld } from './case-result.ts'
import type { Procedure } from './procedure.ts'
import { refuse } from './refusal.ts'

/** What was found counts from here; after the look that its reporter asked for it is over. */
export function settleFinding(
  held: Case,
  { by, finding, reasons, words, isUnfounded }: NonNullable<Pending['finding']> & { by: string },
  procedure: Procedure,
  now: Date,
): CaseResult {
  if (held.complaint === null) return refuse('wrong_state')
  const found: Case = {
    ...held,
    ...unheld,
    complaint: { ...held.complaint, finding, reasons },
    decidedAt: now,
    overdueSince: null,
  }
  const told = event('case.found', by, { finding, reasons })
  const result =
    secondLookDesk(found, procedure) === null
      ? close(found, now, [told])
      : changed({ ...found, state: 'answered' }, [told])
  // What the reporter reads, and what is said of them, is kept out of the case, because the case is its seller's to read.
  return result.ok ? { ...result, toReporter: { words, isUnfounded } } : result
}

/**
 * It falls with the ring that a person confirmed, also where it was found to be so before: its reporter is answered anew.
 * Whoever else was about to find something finds it answered.
 */
export function refute(
  held: Case,
  { by, reasons, words }: Command<'refute'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  const going = held.ask === null ? held : goOn(held, held.ask, now)
  return settleFinding(
    {
      ...going,
      ...{ state: 'open', pending: null, contestBy: null },
      decidedBy: [...held.decidedBy, by],
    },
    // That it is of a ring says more than that it is manifestly unfounded.
    { by, finding: 'refuted', reasons, words, isUnfounded: false },
    procedure,
    now,
  )
}
