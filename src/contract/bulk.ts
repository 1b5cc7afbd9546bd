/** Bulk on the wire: what would happen to each of several cases, and doing it to one of them. */
import { z } from 'zod'
import { BulkAction, mostInBulk } from '../core/bulk.ts'
import { refuses, route } from './problem.ts'

export const BulkPreview = z.object({
  cases: z.array(
    z.object({
      caseId: z.string(),
      number: z.string(),
      title: z.string(),
      sellerName: z.string(),
      isPossible: z.boolean(),
      /** What would happen, or why nothing can, as a sentence. */
      words: z.string(),
      /** What would be sent, filled for this case; null for what sends nothing. */
      text: z.string().nullable(),
      /** The action as it is to be sent for this case, so that what is done is what was seen. */
      action: BulkAction,
    }),
  ),
})
export type BulkPreview = z.infer<typeof BulkPreview>

export const previewBulk = route
  .route({
    method: 'POST',
    path: '/v1/desk/bulk/preview',
    tags: ['Desk'],
    summary: 'See what doing the same to several cases would do to each',
    description:
      'Worked out by doing it and taking it back before anybody could know. Fields in braces are filled for each case.',
  })
  .input(z.object({ caseIds: z.array(z.string()).min(1).max(mostInBulk), action: BulkAction }))
  .output(BulkPreview)

export const doBulk = route
  .errors(
    refuses(
      'wrong_state',
      'not_your_desk',
      'not_your_kind',
      'held_by_another',
      'not_your_case',
      'reasons_missing',
      'not_a_forward',
      'forwards_spent',
      'power_not_at_desk',
      'own_measure',
      'own_policy',
      'decided_before',
      'nothing_to_lift',
      'no_sender',
      'not_in_bulk',
      'field_unfilled',
      'key_reused',
      'key_in_use',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/bulk',
    tags: ['Desk'],
    summary: 'Do to one case what is done to several',
    description:
      'The case is taken where nobody holds it. Sent again with the same Idempotency-Key it answers the same and does nothing twice. There is no way to let a measure stand in bulk.',
  })
  .input(z.object({ caseId: z.string(), action: BulkAction }))
  .output(z.object({ caseId: z.string(), words: z.string() }))
