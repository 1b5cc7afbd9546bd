/** Help is topics that lead to a person: at most three choices from its first page, and "none of these" at every step. */
import { z } from 'zod'
import { Measure } from './measure.ts'

/** The most choices between the first page and a person. */
export const mostChoices = 3

/**
 * Where a topic may end: the appeal of a measure, a question that a person reads, a call by a person, the door for who
 * cannot sign in, and the own file.
 */
export const End = z.enum(['appeal', 'person', 'call', 'recovery', 'own-data'])
export type End = z.infer<typeof End>

/** Ends at which a person is, whoever comes: an appeal needs a measure, and one's own file is only read. */
export const endsWithPerson = ['person', 'call', 'recovery'] as const satisfies readonly End[]

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name in kebab-case, such as off-sale')
const language = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'a language, such as en or de')
const words = (most: number) =>
  z.record(language, z.string().regex(/\S/, 'words for people').max(most))

/** What "none of these" leads to: a person at once. */
const NoneOfThese = z.enum(['person', 'call'])

const topicShape = {
  topic: name,
  title: words(90),
  /** What people would say for it; found by searching, never shown. */
  words: z.record(language, z.array(z.string().min(1).max(60)).max(60)).default({}),
  text: words(1_200),
  /** The measures that it is about, by name or as `listing.*`: what is in force is shown with its appeal. */
  measures: z.array(z.string().min(1)).max(20).default([]),
  /** Whether it is about cases that are open: each is shown with its number, desk and date. */
  cases: z.boolean().default(false),
  ends: z.array(End).max(5).default([]),
  /** Where "none of these" leads here, when elsewhere than at every other step. */
  'none-of-these': NoneOfThese.optional(),
}

/** A choice at the second step. What would come below it is more than three choices from a person. */
const Subtopic = z.strictObject(topicShape)
const Topic = z.strictObject({ ...topicShape, topics: z.array(Subtopic).max(12).default([]) })
export type HelpTopic = z.infer<typeof Subtopic> & { topics?: HelpTopic[] }

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** When people call sellers. */
export const CallHours = z.strictObject({
  'time-zone': z.string().min(1),
  days: z.array(z.enum(weekdays)).min(1),
  /** Times of day in that zone, such as 09:00-12:30. */
  hours: z
    .array(
      z
        .string()
        .regex(
          /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/,
          'times such as 09:00-12:30',
        ),
    )
    .min(1)
    .max(6),
  /** Minutes of one call. */
  minutes: z.int().min(5).max(120),
  /** How many people call at the same time. */
  people: z.int().min(1).max(500),
})
export type CallHours = z.infer<typeof CallHours>

export const Help = z.strictObject({
  help: name,
  languages: z.array(language).min(1).max(30),
  title: words(120),
  /** Where "none of these" leads, at every step. */
  'none-of-these': NoneOfThese,
  calls: CallHours.optional(),
  topics: z.array(Topic).min(1).max(12),
})
export type Help = z.infer<typeof Help>

/** A topic with the names of those above it, from the first page down. */
export interface PlacedTopic {
  topic: HelpTopic
  above: string[]
}

/** Every topic, each after the one above it. */
export function topicsOf({ topics }: Pick<Help, 'topics'>): PlacedTopic[] {
  const place = (topic: HelpTopic, above: string[]): PlacedTopic[] => [
    { topic, above },
    ...(topic.topics ?? []).flatMap((below) => place(below, [...above, topic.topic])),
  ]
  return topics.flatMap((topic) => place(topic, []))
}

/** The choices from the first page through a topic to a person; the last is an end of it, or "none of these". */
export function wayToPerson({ topic, above }: PlacedTopic): string[] {
  return [...above, topic.topic, topic.ends.find(hasPerson) ?? 'none-of-these']
}

/** The measures that a topic is about, by name. */
export function measuresOf({ measures }: Pick<HelpTopic, 'measures'>): Measure[] {
  return Measure.options.filter((measure) => measures.some((pattern) => isMeant(pattern, measure)))
}

/** Whether a measure is meant by a name, or by a beginning with `.*`. */
export function isMeant(pattern: string, measure: Measure): boolean {
  return pattern.endsWith('.*') ? measure.startsWith(pattern.slice(0, -1)) : pattern === measure
}

/** The titles of a topic and of those above it, as the desk reads by which way somebody came; null where there is none. */
export function trailOf(help: Help, topicName: string, language = languageOf(help)): string | null {
  const placed = topicsOf(help)
  const found = placed.find(({ topic }) => topic.topic === topicName)
  if (found === undefined) return null
  return [...found.above, topicName]
    .map((each) => placed.find(({ topic }) => topic.topic === each)?.topic.title[language] ?? each)
    .join(' › ')
}

/** The language that is meant where the document has it, or one of its kind (`de` for `de-AT`); else its first. */
export function languageOf({ languages }: Pick<Help, 'languages'>, meant?: string): string {
  const first = languages[0] ?? 'en'
  if (meant === undefined) return first
  const kind = meant.split('-')[0]
  return (
    languages.find((each) => each === meant) ??
    languages.find((each) => each.split('-')[0] === kind) ??
    first
  )
}

export function hasPerson(end: End): boolean {
  return endsWithPerson.some((each) => each === end)
}
