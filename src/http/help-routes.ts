/** The help over HTTP: its topics in the reader's language, for everybody. */
import type { HelpForReader, TopicForReader } from '../contract/help.ts'
import { languageOf, measuresOf, topicsOf, type Help, type PlacedTopic } from '../core/help.ts'
import { on } from './context.ts'
import { refuseRequest } from './problem.ts'

export const helpRoutes = {
  get: on.help.get.handler(({ input, context: { door } }) => {
    const { help } = door.app
    if (help === null) return refuseRequest('not_found')
    return helpView(help, languageOf(help, input.language))
  }),
}

function helpView(help: Help, language: string): HelpForReader {
  return {
    language,
    title: help.title[language] ?? '',
    noneOfThese: help['none-of-these'],
    calls: help.calls !== undefined,
    topics: topicsOf(help).map((placed) => topicView(placed, help, language)),
  }
}

function topicView({ topic, above }: PlacedTopic, help: Help, language: string): TopicForReader {
  return {
    topic: topic.topic,
    title: topic.title[language] ?? topic.topic,
    words: topic.words[language] ?? [],
    text: topic.text[language] ?? '',
    within: above.at(-1) ?? null,
    measures: measuresOf(topic),
    cases: topic.cases,
    ends: topic.ends,
    noneOfThese: topic['none-of-these'] ?? help['none-of-these'],
  }
}
