/** Figures that anybody may read, over a period: how sellers are treated, and whether the promises were kept. */
import { z } from 'zod'
import { sayFigure, type FigureName } from '../core/figure-words.ts'
import { periods } from '../core/figures.ts'
import { KnownGap } from '../core/known-gap.ts'
import { Share } from '../core/likely-range.ts'
import { At } from './case.ts'
import { Waiting, Worst } from './procedure.ts'
import { route } from './problem.ts'

export const Period = z
  .enum(periods)
  .describe('The last 30 days, 90 days or 365 days until now, or all time')

const count = (name: FigureName) => z.int().describe(sayFigure(name))

const Group = z.object({
  group: z
    .string()
    .nullable()
    .describe(
      'The rule by its name, `machine`, `person` or `complaint`; null for groups of fewer than ten, which are put together',
    ),
  title: z.string(),
  taken: count('measures.taken'),
  contested: count('measures.contested'),
  overturned: Share.describe(sayFigure('measures.overturnedShare')),
})
export type Group = z.infer<typeof Group>

const waitOf = (name: FigureName) =>
  z
    .object({
      promiseMs: z
        .number()
        .nullable()
        .describe('What is promised by the procedure in force; null for nothing'),
      ended: z.int().describe('How many waits are counted'),
      beyond: z
        .int()
        .describe(
          'Of these, longer than the version of the procedure promised that the case followed',
        ),
      medianMs: z.number().nullable().describe('Half waited no longer'),
      p95Ms: z.number().nullable().describe('95 in 100 waited no longer'),
      worstMs: z.number().nullable(),
      stepMs: z.number().describe('How long a step of `bars` is'),
      bars: z
        .array(z.object({ fromMs: z.number(), toMs: z.number().nullable(), cases: z.int() }))
        .describe('How many waits ended in each step, longer than `fromMs` and at most `toMs`'),
    })
    .describe(`${sayFigure(name)} In milliseconds.`)
export type Wait = z.infer<ReturnType<typeof waitOf>>

export const Figures = z.object({
  period: Period,
  from: At.nullable().describe('Null for all time'),
  until: At.describe('When this was worked out; the same answer is given for a minute'),
  now: Waiting,
  measures: z.object({
    taken: count('measures.taken'),
    contested: count('measures.contested'),
    overturned: Share.describe(sayFigure('measures.overturnedShare')),
    byPolicy: z.array(Group),
    byDecider: z.array(Group),
    byFinder: z.array(Group),
    spanUnit: z.enum(['week', 'month']),
    spans: z
      .array(
        z.object({
          start: z.iso.date().describe('The Monday or the first of the month, UTC'),
          taken: z.int(),
          overturned: z
            .int()
            .nullable()
            .describe('Of those taken in it; null where fewer than ten were'),
        }),
      )
      .describe('Weeks or months in which a measure was taken'),
  }),
  appeals: z.object({
    filed: count('appeals.filed'),
    lifted: count('appeals.lifted'),
    narrowed: count('appeals.narrowed'),
    stands: count('appeals.stands'),
    withdrawn: count('appeals.withdrawn'),
    open: count('appeals.open'),
    byMachine: count('appeals.byMachine'),
    byClock: count('appeals.byClock'),
    byPerson: count('appeals.byPerson'),
    secondLooks: count('appeals.secondLooks'),
    secondLooksChanged: count('appeals.secondLooksChanged'),
    secondLooksOpen: count('appeals.secondLooksOpen'),
    oneLook: count('appeals.oneLook'),
  }),
  waits: z.object({
    person: waitOf('waits.person'),
    takenUp: waitOf('waits.takenUp'),
    answer: waitOf('waits.answer'),
  }),
  calls: z.object({ booked: count('calls.booked'), notMade: count('calls.notMade') }),
  sales: z.object({
    orders: count('sales.orders'),
    bySellers: z.int().describe('Of these, those that third-party sellers sold'),
    share: z.number().nullable().describe(sayFigure('sales.bySellers')),
    before: z.number().nullable().describe('The same share in the time as long before'),
    byValue: z
      .array(z.object({ currency: z.string(), share: z.number() }))
      .describe(`${sayFigure('sales.byValue')} Only of currencies with ten orders or more.`),
  }),
  procedure: z.object({
    id: z.string(),
    title: z.string(),
    promise: z.object({ person: z.number(), answer: z.number() }).describe('In milliseconds'),
    worst: Worst.describe(
      'Proved of the procedure, however the staff behave: durations, or `unbounded`',
    ),
    acceptedGaps: z.array(KnownGap),
    adoptedAt: At,
  }),
})
export type Figures = z.infer<typeof Figures>

export const getFigures = route
  .route({
    method: 'GET',
    path: '/v1/figures',
    tags: ['Public'],
    summary: 'Read how sellers are treated, in figures',
    description:
      'No sign-in. Counted from decisions, cases, clocks, mails, calls and orders; all times are on the marketplace’s own clock, and a period ends with `until`. Worked out once a minute at most. Groups of fewer than ten are put together, and nothing names a seller. The page /figures draws the same, and /v1/figures.csv gives it as a table.',
  })
  .input(z.object({ period: Period.default('90d') }))
  .output(Figures)
