/** The JSON Schema of help, made from the reader's own: what an editor checks and explains while topics are written. */
import { describeDocument, type JsonSchema } from './document-schema.ts'
import { Help } from './help.ts'

/** Describes the document as it is written. */
export function describeHelp(): JsonSchema {
  return describeDocument(Help, { title: 'Help of Recourse', texts, choices })
}

const choices: Record<string, string> = {
  appeal: 'The appeal of the measure that it is about, with one choice.',
  person: 'A question that a person reads and answers.',
  call: 'A call by a person, at a time that the seller picks.',
  recovery: 'The page for who cannot sign in. A person reads what is sent there.',
  'own-data': "The seller's own file, orders and money.",
}

const texts: Record<string, string> = {
  '': 'Topics that lead a seller to a person in three choices at most. `recourse help check` refuses it where one does not.',
  help: 'The name of this document, in kebab-case.',
  languages: 'The languages of its texts, the first for whoever reads none of them.',
  title: 'The question that the first page asks.',
  'none-of-these':
    'Where "none of these" leads, at every step: to a question that a person reads, or to a call.',
  calls: 'When people call sellers. Without it nobody is offered a call.',
  'calls time-zone': 'The zone of the hours, such as Europe/Lisbon.',
  'calls days': 'The days on which people call.',
  'calls hours': 'From when to when, such as 09:00-12:30.',
  'calls minutes': 'How long one call may take.',
  'calls people': 'How many people call at the same time.',
  topics: 'The first choice.',
  'topics #': 'A topic of the first page.',
  'topics # topics #': 'A topic of the second step.',
  '… topic': 'Its name, in kebab-case; it stands in the address of its page.',
  '… title': 'What somebody who looks for it would say.',
  '… words': 'Other words for it, by language; they are searched and never shown.',
  '… text': 'What is so, in a few short sentences.',
  '… measures':
    'The measures that it is about, by name or as listing.*; what is in force is shown with its appeal.',
  '… cases': 'true where it is about open cases; each is shown with its number, desk and date.',
  '… ends': 'What one can do; one of them at least leads to a person.',
  '… none-of-these':
    'Where "none of these" leads from here, when elsewhere than at every other step.',
  'topics # topics':
    'The second choice. Below it there are ends only, so that the third choice is a person.',
}
