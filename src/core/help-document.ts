/** Reading help: from the YAML that people write, refused where a topic would not lead to a person in three choices. */
import { Temporal } from 'temporal-polyfill'
import { readDocument, type DocumentError, type Report } from './document.ts'
import {
  Help,
  endsWithPerson,
  hasPerson,
  isMeant,
  mostChoices,
  type CallHours,
  type HelpTopic,
} from './help.ts'
import { Measure } from './measure.ts'
import { suggestName } from './spelling.ts'

export type HelpRead =
  | { ok: true; help: Help }
  /** `isReadable`: its shape is right, and only what it says leaves somebody without a person. */
  | { ok: false; isReadable: boolean; errors: DocumentError[] }

type Path = (string | number)[]

/** Reads a help document, or says with line and column what is wrong with it. */
export function readHelp(yamlText: string, file = 'help'): HelpRead {
  let isReadable = false
  const tooDeep: Path[] = []
  const read = readDocument({
    file,
    text: yamlText,
    schema: Help,
    prepare: (written) => takeOutTooDeep(written, tooDeep),
    check: (help, report) => {
      isReadable = true
      for (const path of tooDeep) reportTooDeep(path, report)
      checkSteps(help, tooDeep, report)
      checkLanguages(help, report)
      if (help.calls) checkHours(help.calls, report)
    },
  })
  return read.ok ? { ok: true, help: read.value } : { ok: false, isReadable, errors: read.errors }
}

/** Topics below the second step have no shape to be read by: they are too far from a person, however they are written. */
function takeOutTooDeep(written: unknown, tooDeep: Path[]): unknown {
  const trim = (topics: unknown, path: Path, step: number): unknown =>
    Array.isArray(topics)
      ? topics.map((topic: unknown, place) => {
          if (!isMapping(topic) || topic['topics'] === undefined) return topic
          const { topics: below, ...rest } = topic
          const at = [...path, place, 'topics']
          if (step + 1 < mostChoices) return { ...rest, topics: trim(below, at, step + 1) }
          // An empty list hides nobody.
          if (!Array.isArray(below) || below.length > 0) tooDeep.push(at)
          return rest
        })
      : topics
  if (!isMapping(written)) return written
  return { ...written, topics: trim(written['topics'], ['topics'], 1) }
}

function reportTooDeep(path: Path, report: Report): void {
  report(
    path,
    `a person would be more than ${mostChoices} choices away: a topic at this step ends with people, and has no topics of its own`,
    { atKey: true },
  )
}

function checkSteps(help: Help, tooDeep: readonly Path[], report: Report): void {
  const seen = new Set<string>()
  const hasCalls = help.calls !== undefined
  const expectCalls = (end: string | undefined, path: Path) => {
    if (end === 'call' && !hasCalls)
      report(path, 'nobody calls: "calls" says when people do, and is missing from this document')
  }
  expectCalls(help['none-of-these'], ['none-of-these'])
  const check = (topic: HelpTopic, path: Path) => {
    if (seen.has(topic.topic))
      report(
        [...path, 'topic'],
        `a second topic is named "${topic.topic}"; each needs its own name`,
      )
    seen.add(topic.topic)
    expectCalls(topic['none-of-these'], [...path, 'none-of-these'])
    topic.ends.forEach((end, place) => expectCalls(end, [...path, 'ends', place]))
    const below = topic.topics ?? []
    const isCut = tooDeep.some((at) => at.slice(0, -1).join('.') === path.join('.'))
    if (below.length === 0 && !isCut) checkEnds(topic, path, report)
    if (below.length > 0 && topic.ends.length > 0)
      report(
        [...path, 'ends'],
        'a topic has either topics or ends: give these ends to one of its topics',
        { atKey: true },
      )
    topic.measures.forEach((pattern, place) =>
      checkPattern(pattern, [...path, 'measures', place], report),
    )
    below.forEach((each, place) => check(each, [...path, 'topics', place]))
  }
  help.topics.forEach((topic, place) => check(topic, ['topics', place]))
}

function checkEnds({ topic, ends }: HelpTopic, path: Path, report: Report): void {
  const people = endsWithPerson.join(', ')
  if (ends.length === 0)
    return report(
      path,
      `"${topic}" is a dead end: it needs topics, or ends with a person among them (${people})`,
    )
  if (!ends.some(hasPerson))
    report(
      [...path, 'ends'],
      `nobody is at the end of "${topic}": expected one of ${people} among its ends`,
      { atKey: true },
    )
  const twice = ends.find((end, place) => ends.indexOf(end) !== place)
  if (twice !== undefined)
    report([...path, 'ends'], `"${twice}" stands here twice`, { atKey: true })
}

function checkPattern(pattern: string, path: Path, report: Report): void {
  if (Measure.options.some((measure) => isMeant(pattern, measure))) return
  report(
    path,
    `expected the name of a measure, or a beginning such as listing.*, found "${pattern}"; ${suggestName(pattern, Measure.options)}`,
  )
}

/** What is written in one language and not in another would be missing on somebody's page. */
function checkLanguages(help: Help, report: Report): void {
  const { languages } = help
  const known = (given: string[], path: Path) => {
    for (const language of given) {
      if (!languages.includes(language))
        report(
          [...path, language],
          `"languages" does not name ${language}; ${suggestName(language, languages)}`,
          { atKey: true },
        )
    }
  }
  const whole = (given: Record<string, string>, path: Path) => {
    known(Object.keys(given), path)
    const missing = languages.filter((language) => given[language] === undefined)
    if (missing.length > 0) report(path, `is missing in ${missing.join(', ')}`, { atKey: true })
  }
  languages.forEach((language, place) => {
    if (languages.indexOf(language) !== place)
      report(['languages', place], `"${language}" stands here twice`)
  })
  whole(help.title, ['title'])
  const check = (topic: HelpTopic, path: Path) => {
    whole(topic.title, [...path, 'title'])
    whole(topic.text, [...path, 'text'])
    known(Object.keys(topic.words), [...path, 'words'])
    topic.topics?.forEach((each, place) => check(each, [...path, 'topics', place]))
  }
  help.topics.forEach((topic, place) => check(topic, ['topics', place]))
}

/** Hours that hold no call are a door that never opens. */
function checkHours({ hours, minutes, 'time-zone': zone }: CallHours, report: Report): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
  } catch {
    // It says no by throwing; the sentence says what is expected.
    report(['calls', 'time-zone'], `expected a time zone such as Europe/Lisbon, found "${zone}"`)
  }
  let last = -1
  hours.forEach((span, place) => {
    const [from = 0, to = 0] = span.split('-').map(minutesOf)
    if (to - from < minutes)
      report(['calls', 'hours', place], `no call of ${minutes} minutes fits into ${span}`)
    if (from < last)
      report(['calls', 'hours', place], `${span} begins before the times before it have ended`)
    last = to
  })
}

function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
