/** Policies as the studio shows them, with the level that rules what they may do alone. */
import { z } from 'zod'
import { Level, Policy } from '../core/policy.ts'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

export const PolicyForStudio = z.object({
  policy: Policy,
  level: Level,
  levelSetBy: z.string(),
  levelSetAt: At,
  levelReason: z.string(),
  counts: z.object({ deactivate: z.int(), review: z.int(), actedAlone: z.int(), lifted: z.int() }),
  allowed: z.array(z.enum(['set_level'])),
})
export type PolicyForStudio = z.infer<typeof PolicyForStudio>

export const listPolicies = route
  .route({
    method: 'GET',
    path: '/v1/policies',
    tags: ['Studio'],
    summary: 'List the policies in force',
  })
  .input(z.object({}).optional())
  .output(z.array(PolicyForStudio))

export const setPolicyLevel = route
  .errors(refuses('reasons_missing'))
  .route({
    method: 'PUT',
    path: '/v1/policies/{name}/level',
    tags: ['Studio'],
    summary: 'Set how far a policy may go by itself',
    description: 'Counts for listings screened from now on.',
  })
  .input(z.object({ name: z.string(), level: Level, reason: z.string().max(1_000) }))
  .output(PolicyForStudio)
