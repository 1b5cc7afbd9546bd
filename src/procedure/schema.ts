/** The JSON Schema of a procedure, made from the reader's own: what an editor checks and explains while one is written. */
import { describeDocument } from '../core/document-schema.ts'
import type { JsonSchema } from '../core/document-schema.ts'
import { Procedure } from '../core/procedure.ts'
import { durationPattern } from './duration.ts'

/** Describes the document as it is written: durations are texts. */
export function describeProcedure(): JsonSchema {
  return describeDocument(Procedure, {
    title: 'A procedure of Recourse',
    texts,
    choices,
    shapeAt: (made) => (made.type === 'number' ? duration : null),
    refusedNames,
    closer,
  })
}

/** Every number above nothing is a duration once it was read. */
const duration: JsonSchema = {
  type: 'string',
  pattern: durationPattern.source.replace('^P', '^P(?=.)(?!.*T$)(?=.*[1-9])'),
  examples: ['PT5M', 'PT12H', 'P1D', 'P2D', 'P14D'],
}

const choices: Record<string, string> = {
  account: 'Signing in.',
  mailbox: 'Reading mail at the address on file.',
  people: 'People work here.',
  machine: 'A machine works here. It may say yes to a seller, and should never be let say no.',
  grant: 'The measure is lifted.',
  narrow: 'The measure is replaced by a less severe one.',
  deny: 'The measure stands. Give the desk a review, so that somebody else can look again.',
  answer: 'Inform the seller; this ends no case about a measure.',
  ask: 'Put a question to the seller. The clock of the marketplace stands still meanwhile.',
}

/** Names with a meaning of their own where another name would stand. */
const refusedNames: Record<string, JsonSchema> = {
  desks: { not: { pattern: '^(lift|narrow)$|[+]' } },
  measures: { not: { pattern: '[*]' } },
}

const closer: Record<string, JsonSchema> = {
  'desks * late': {
    anyOf: [
      { const: 'lift', description: 'The measure is lifted by itself.' },
      {
        const: 'narrow',
        description:
          'The measure is narrowed by itself. For what must never be lifted by the clock.',
      },
      { type: 'string', description: 'The desk that gets the case by itself.' },
    ],
  },
  'routes # for #': { pattern: '^([*]|[^*]+([.][*])?)$' },
}

const texts: Record<string, string> = {
  '': 'How a seller gets from a measure to an answer from a person. `recourse procedure check` proves that it leaves nobody in limbo.',
  procedure: 'The name of this procedure, in kebab-case.',
  title: 'What it promises, in a sentence.',
  officer: 'Who is called when a clock has run out everywhere else.',
  promise: "The marketplace's own time, in the worst case, for any seller.",
  'promise person': 'Until a person with power to decide has the case.',
  'promise answer': 'Until the final answer, a second look included.',
  limits: 'For each case; none where nothing is said.',
  'limits forwards':
    'Hand-overs by choice from desk to desk; a hand-over by lateness is not counted.',
  'limits asks': "Questions to the seller; the marketplace's clock stands still meanwhile.",
  'limits ask-wait':
    'How long a seller has to answer a question. Then the desk decides on what it has. Needed where a desk may ask and asks is above 0.',
  measures:
    'What can be done to a seller, such as listing.deactivate. A name that begins with "matter." is a case without a measure, such as matter.question.',
  'measures *': 'A measure, or a matter: what it takes from its seller.',
  'measures * takes': 'What its seller loses for sure.',
  'measures * may-take': 'What its seller loses perhaps.',
  'measures * lift-by-clock':
    'false where mere lateness must never lift it: a hijacker would only have to wait, a dangerous product would come back.',
  channels:
    'The doors: button, link, contact, recovery, letter, and system for what the system opens itself. Any other name is a mail address with that local part.',
  'channels *': 'A door: what a seller must still have to use it.',
  'channels * needs': 'Nothing ([]) for a door that is open to everybody.',
  desks: 'Who has a case, what they may do, for how long, and what happens when they are late.',
  'desks *':
    'A desk. It needs both a clock (within) and a consequence (late), or a case may wait there for ever.',
  'desks * title': 'What people call it, such as Seller Performance.',
  'desks * staff': 'Who works here.',
  'desks * may':
    'What the desk may do. To decide is to have grant, narrow or deny; a desk with none only holds cases and passes them on.',
  'desks * within':
    'How long the desk may hold a case, from each arrival. Nights and weekends count.',
  'desks * late': 'What happens by itself when its time is up: a desk, lift or narrow.',
  'desks * review':
    'The desk that takes the second look when a seller contests its denial; must be another desk.',
  'desks * forward': 'The desks that it may hand a case to by choice.',
  routes:
    'Where each door leads. The first route that names both the measure and the channel counts.',
  'routes #': 'A route: these measures, by these channels, lead to this desk.',
  'routes # for': 'Measures and matters by name, "*" for all, or a beginning such as "listing.*".',
  'routes # by': 'The channels.',
  'routes # to': 'The desk.',
}
