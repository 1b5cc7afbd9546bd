/** Measures by hand: seen before they happen, undone within a minute, and a closing that a second person hastens. */
import { z } from 'zod'
import { ClosingException, Measure, SubjectKind } from '../core/measure.ts'
import { State } from '../core/state-owed.ts'
import { Statement } from '../core/statement.ts'
import { Withholding } from '../core/withholding.ts'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

export const Imposition = z.object({
  /** A listing by its id, or a seller's account or payouts by the seller's. */
  subject: z.object({ kind: SubjectKind, id: z.string() }),
  measure: Measure,
  policy: z.string(),
  /** What the seller reads as the facts; in the reader's own words. */
  reasons: z.string().max(10_000),
  /** When it ends by itself; null for until lifted. Money is always held until a date. */
  endsAt: At.nullable().default(null),
  /** How much is held, in the seller's currency; for measures that hold money. */
  amount: z.number().positive().nullable().default(null),
  /** Why a closing should not wait its 30 days; a second person has to agree. */
  exception: ClosingException.nullable().default(null),
  /**
   * Keeps back how a suspicion of fraud was detected, with a lock only; null keeps nothing back. The seller reads that the
   * method is withheld, why that is allowed, and everything else; method and reason are for who decides an appeal and for auditors.
   */
  withholding: Withholding.nullable().default(null),
  /** The case of the complaint that it leans on: one that a person confirmed. */
  complaintCase: z.string().nullable().default(null),
  /** The ring that it leans on: a confirmed one, for the seller behind it. */
  ring: z.string().nullable().default(null),
})

const imposing = route.errors(
  refuses(
    'reasons_missing',
    'statement_incomplete',
    'measure_in_force',
    'duration_invalid',
    'end_missing',
    'amount_missing',
    'balance_unknown',
    'no_exception',
    'not_to_withhold',
    'withholding_incomplete',
    'withheld_is_told',
    'complaint_not_confirmed',
    'ring_not_theirs',
  ),
)

export const previewMeasure = imposing
  .route({
    method: 'POST',
    path: '/v1/desk/measure-previews',
    tags: ['Desk'],
    summary: 'See what the seller would read, before anything happens',
  })
  .input(Imposition)
  .output(
    z.object({
      statement: Statement,
      mail: z.object({ subject: z.string(), text: z.string() }),
      owedBefore: State,
      owedAfter: State,
    }),
  )

export const imposeMeasure = imposing
  .errors(refuses('key_reused', 'key_in_use'))
  .route({
    method: 'POST',
    path: '/v1/desk/measures',
    tags: ['Desk'],
    summary: 'Impose a measure by hand',
    description:
      'For 60 seconds it can be undone; until then neither the seller nor the shop is told. A closing counts 30 days after its statement.',
    successStatus: 201,
  })
  .input(Imposition)
  .output(z.object({ decisionId: z.string(), number: z.string(), undoUntil: At }))

export const undoMeasure = route
  .errors(refuses('undo_too_late', 'not_yours_to_undo', 'not_in_force'))
  .route({
    method: 'POST',
    path: '/v1/desk/measures/{decisionId}/undo',
    tags: ['Desk'],
    summary: 'Undo a measure within its minute',
  })
  .input(z.object({ decisionId: z.string() }))
  .output(z.object({ decisionId: z.string(), number: z.string() }))

export const hastenClosing = route
  .errors(
    refuses(
      'reasons_missing',
      'no_exception',
      'second_person_needed',
      'measure_in_force',
      'not_in_force',
      'wrong_state',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/desk/measures/{decisionId}/hastening',
    tags: ['Desk'],
    summary: 'Agree, as a second person, that a closing counts at once',
    description: 'Under the exception that the closing names (P2B Regulation Art. 4(4)).',
  })
  .input(z.object({ decisionId: z.string(), reasons: z.string().max(2_000) }))
  .output(z.object({ decisionId: z.string() }))

export const getWithholding = route
  .route({
    method: 'GET',
    path: '/v1/desk/measures/{decisionId}/withholding',
    tags: ['Desk'],
    summary: 'Read what was withheld of how it was detected',
    description:
      'For who may decide an appeal against it, and for auditors. Null where nothing is.',
  })
  .input(z.object({ decisionId: z.string() }))
  .output(Withholding.nullable())
