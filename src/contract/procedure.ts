/** Procedures as the studio reads, checks and adopts them, and the promises that anybody may read. */
import { z } from 'zod'
import { sayFigure, type FigureName } from '../core/figure-words.ts'
import { KnownGap } from '../core/known-gap.ts'
import { Procedure } from '../core/procedure.ts'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

/** One coming into force of a version. */
export const Adoption = z.object({
  procedureId: z.string(),
  name: z.string(),
  title: z.string(),
  adoptedAt: At,
  adoptedBy: z.string(),
  origin: z.enum(['file', 'start', 'studio']),
  reason: z.string(),
  acceptedGaps: z.array(KnownGap),
  movedCases: z.int(),
  openCases: z.int(),
  isInForce: z.boolean(),
})
export type Adoption = z.infer<typeof Adoption>

export const Procedures = z.object({
  adoptions: z.array(Adoption),
  inForce: z.string(),
  allowed: z.array(z.enum(['adopt'])),
})
export type Procedures = z.infer<typeof Procedures>

export const Version = z.object({
  id: z.string(),
  source: z.string(),
  acceptedGaps: z.array(KnownGap),
  isInForce: z.boolean(),
})
export type Version = z.infer<typeof Version>

export const Worst = z.object({ person: z.string(), answer: z.string(), path: z.array(z.string()) })

export const Report = z.object({
  procedure: z.string(),
  sound: z.boolean(),
  situations: z.int(),
  states: z.int(),
  /** Durations, or `unbounded`. */
  worst: Worst,
  gaps: z.array(KnownGap),
  warnings: z.array(KnownGap),
  /** Measures that this system can impose and that the document leads nowhere. */
  notCovered: z.array(KnownGap),
})

const now = (name: FigureName) => z.int().describe(sayFigure(name))

/** What waits at one moment. */
export const Waiting = z.object({
  open: now('now.open'),
  withoutClock: now('now.withoutClock'),
  overdue: now('now.overdue'),
  beyondPerson: now('now.beyondPerson'),
  beyondAnswer: now('now.beyondAnswer'),
  notYetBack: now('now.notYetBack'),
  oneLook: z
    .int()
    .describe(
      'Denied for good at the first look, because it came late to the desk that would have looked again; since the beginning',
    ),
  mailsHeld: now('now.mailsHeld'),
  mailsLate: now('now.mailsLate'),
  longestMs: z.number().describe(sayFigure('now.longest')),
})
export type Waiting = z.infer<typeof Waiting>

export const Promises = z.object({
  procedure: Procedure,
  adoptedAt: At,
  adoptedBy: z.string(),
  reason: z.string(),
  acceptedGaps: z.array(KnownGap),
  worst: Worst,
  waiting: Waiting,
  at: At,
})
export type Promises = z.infer<typeof Promises>

export const listProcedures = route
  .route({
    method: 'GET',
    path: '/v1/procedures',
    tags: ['Studio'],
    summary: 'List the procedures that were ever in force',
    description: 'Newest adoption first; the first is in force.',
  })
  .input(z.object({}).optional())
  .output(Procedures)

export const getProcedure = route
  .route({
    method: 'GET',
    path: '/v1/procedures/{id}',
    tags: ['Studio'],
    summary: 'Read the text of a procedure',
  })
  .input(z.object({ id: z.string() }))
  .output(Version)

export const checkProcedure = route
  .errors(refuses('procedure_unreadable'))
  .route({
    method: 'POST',
    path: '/v1/procedures/check',
    tags: ['Studio'],
    summary: 'Check a procedure without keeping it',
    description: 'The same check as `recourse procedure check`, and by the same names of gaps.',
  })
  .input(z.object({ source: z.string() }))
  .output(Report)

export const adoptProcedure = route
  .errors(refuses('procedure_unreadable', 'procedure_unsound', 'reasons_missing', 'wrong_state'))
  .route({
    method: 'POST',
    path: '/v1/procedures',
    tags: ['Studio'],
    summary: 'Put a procedure in force',
    description:
      'New cases follow it; open ones stay on the version they started with. A procedure with gaps is refused unless each is accepted by its name, and then sellers and the public page are told of them.',
    successStatus: 201,
  })
  .input(
    z.object({
      source: z.string(),
      reason: z.string().max(2_000),
      /** The names of gaps, as the check gives them. */
      acceptGaps: z.array(z.string()).max(50_000).default([]),
      /** Moves open cases where it is proved that no promise to their sellers gets longer. */
      moveOpenCases: z.boolean().default(false),
      /** The version that was in force when this was written; refused when another one is by now. */
      inPlaceOf: z.string().nullable().default(null),
    }),
  )
  .output(z.object({ id: z.string(), moved: z.int(), stayed: z.int() }))

export const getPromises = route
  .route({
    method: 'GET',
    path: '/v1/promises',
    tags: ['Public'],
    summary: 'Read what is promised to sellers, and whether it is so now',
    description: 'No sign-in. The page /promises shows the same.',
  })
  .input(z.object({}).optional())
  .output(Promises)
