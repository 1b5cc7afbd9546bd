/** Notes for colleagues, and who looks at a case: what people of the marketplace tell one another. */
import { z } from 'zod'
import { longestNote } from '../core/note.ts'
import { CaseForDesk } from './desk.ts'
import { refuses, route } from './problem.ts'

export const writeNote = route
  .errors(refuses('note_missing', 'key_reused', 'key_in_use'))
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/notes',
    tags: ['Desk'],
    summary: 'Write a note for colleagues',
    description:
      'Only people of the marketplace read it. It is in no answer, mail, file or event for whoever the case is about.',
  })
  .input(z.object({ caseId: z.string(), text: z.string().max(longestNote) }))
  .output(CaseForDesk)

export const takeBackNote = route
  .errors(refuses('note_stays', 'not_yours_to_undo'))
  .route({
    method: 'DELETE',
    path: '/v1/desk/notes/{noteId}',
    tags: ['Desk'],
    summary: 'Take one’s own note back, within its minute',
  })
  .input(z.object({ noteId: z.string() }))
  .output(CaseForDesk)

export const Presences = z.object({
  others: z.array(z.object({ name: z.string(), isWriting: z.boolean() })),
})
export type Presences = z.infer<typeof Presences>

export const showPresence = route
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/presence',
    tags: ['Desk'],
    summary: 'Say that one looks at a case, and hear who else does',
    description: 'Said every few seconds; whoever says nothing for ten seconds is no longer there.',
  })
  .input(z.object({ caseId: z.string(), doing: z.enum(['looking', 'writing', 'gone']) }))
  .output(Presences)
