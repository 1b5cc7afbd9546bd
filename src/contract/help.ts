/** Help on the wire: its topics in one language, each with where it leads. */
import { z } from 'zod'
import { End } from '../core/help.ts'
import { Measure } from '../core/measure.ts'
import { route } from './problem.ts'

export const TopicForReader = z.object({
  topic: z.string(),
  title: z.string(),
  /** Other words for it, to search in. */
  words: z.array(z.string()),
  text: z.string(),
  /** The topic that it is chosen in; null on the first page. */
  within: z.string().nullable(),
  /** The measures that it is about; those in force are shown with their appeal. */
  measures: z.array(Measure),
  /** Whether open cases are shown with it. */
  cases: z.boolean(),
  /** What one can do there; empty where topics come next. */
  ends: z.array(End),
  noneOfThese: z.enum(['person', 'call']),
})
export type TopicForReader = z.infer<typeof TopicForReader>

export const HelpForReader = z.object({
  language: z.string(),
  title: z.string(),
  noneOfThese: z.enum(['person', 'call']),
  /** Whether people call sellers. */
  calls: z.boolean(),
  /** Each after the one that it is chosen in. */
  topics: z.array(TopicForReader),
})
export type HelpForReader = z.infer<typeof HelpForReader>

export const getHelp = route
  .route({
    method: 'GET',
    path: '/v1/help',
    tags: ['Help'],
    summary: 'Read the topics of the help',
    description:
      'From each a person is at most three choices away, counted from the first page. It needs no sign-in.',
  })
  .input(z.object({ language: z.string().max(20).optional() }))
  .output(HelpForReader)
