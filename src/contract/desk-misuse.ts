/** Measures against reporters who misuse complaints, as the desk of a complaint takes and lifts them. */
import { z } from 'zod'
import { reporterMeasureKinds } from '../core/misuse.ts'
import { CaseForDesk, caseCommand } from './desk.ts'
import { refuses } from './problem.ts'

const onReporter = caseCommand.errors(refuses('reasons_missing'))

export const actOnReporter = onReporter
  .errors(refuses('misuse_not_shown', 'period_too_long'))
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/reporter-measures',
    tags: ['Desk'],
    summary: 'Warn the reporter of a complaint, or set their complaints aside for a time',
    description:
      'By the four factors of DSA Art. 23(3), which the complaint shows; never before a warning, and never for longer than `misuse.setAside.longestDays`. The reporter reads `reasons` and may have another person look. No seller learns of it.',
  })
  .input(
    z.object({
      caseId: z.string(),
      act: z.enum(reporterMeasureKinds),
      /** For how long; null for a warning. */
      days: z.int().min(1).max(366).nullable().default(null),
      reasons: z.string().max(4_000),
    }),
  )
  .output(CaseForDesk)

export const liftFromReporter = onReporter
  .errors(refuses('reporter_measure_over'))
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/reporter-measures/lifted',
    tags: ['Desk'],
    summary: 'Lift what was imposed on a reporter at this complaint',
    description: 'What was set aside meanwhile is read at once and counts as any other complaint.',
  })
  .input(
    z.object({
      caseId: z.string(),
      measureId: z.string().max(100),
      reasons: z.string().max(4_000),
    }),
  )
  .output(CaseForDesk)
