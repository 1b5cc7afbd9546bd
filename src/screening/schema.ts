/** The JSON Schema of a policy, made from the reader's own: what an editor checks and explains while one is written. */
import { describeDocument } from '../core/document-schema.ts'
import type { JsonSchema } from '../core/document-schema.ts'
import { measureNames, measures } from '../core/measure.ts'
import { Policy } from '../core/policy.ts'

/** Describes the document as it is written. */
export function describePolicy(): JsonSchema {
  // Learned weights have a file of their own and are never written in the document.
  return describeDocument(Policy.omit({ learned: true }), {
    title: 'A policy of Recourse',
    texts,
    choices,
    // An attribute may have any value that the reader takes, and needs no words.
    shapeAt: (made, place) => (place.at(-1) === 'attributes' ? { ...made } : null),
  })
}

const choices: Record<string, string> = {
  us: 'The United States.',
  eu: 'The European Union.',
  off: 'Looks at nothing.',
  shadow: 'Only records what it would do.',
  suggest: 'Opens a check: a person looks and decides.',
  'act-with-review': 'Acts, and a person looks at each act afterwards.',
  act: 'Acts alone.',
  title: 'The title.',
  description: 'The description.',
  bullets: 'The bullet points.',
  brand: 'The brand.',
  category: 'The category.',
  attributes: 'The values of the attributes.',
  'new-device': 'Used by a device that the account has not known for a week.',
  'new-country': 'Used from a country that the account has not known for a week.',
  'contact-changed': 'A contact address was changed.',
  'factor-changed': 'A way to sign in was changed.',
  'payout-target-changed': 'Where the money goes was changed.',
  'changed-together': 'A contact or a way in, and where the money goes, both within a day.',
  'mass-edits': 'Twenty listings or more were changed within a day.',
  words: 'Typed, such as a number.',
  file: 'A photo or a paper.',
  allow: 'The policy finds nothing.',
  review: 'A person is asked.',
  deactivate: "The policy's measure is asked for.",
  ...Object.fromEntries(measureNames.map((name) => [name, measures[name].effect])),
}

const texts: Record<string, string> = {
  '': 'A rule of the marketplace: its words for people, and signals that add up to a score for machines. The score is 1/(1+e^−(base + the weights of the signals found)). `recourse policies check` runs its examples.',
  policy: 'The name of this policy, in kebab-case; the file has the same name.',
  version: 'Goes up by at least one whenever anything here changes.',
  title: 'What it is called before people.',
  author: 'Who answers for this version. They may not decide appeals against what it did.',
  naive: 'true for a policy that is wrong on purpose; pages and commands say so.',
  text: 'The rule in words: the ground quoted in every statement to a seller.',
  jurisdictions: 'Where it holds.',
  'jurisdictions #': 'A jurisdiction.',
  variants: 'What reads differently in one jurisdiction.',
  'variants *': 'The words that stand there in place of its own.',
  'variants * title': 'What it is called there.',
  'variants * text': 'The rule in words there.',
  'variants * wouldReverse': 'What would reverse it there.',
  'variants * wouldReverse #': 'A whole sentence.',
  'variants * exhibits': 'What it asks for there in place of its own.',
  'variants * exhibits #': 'A piece of evidence.',
  'variants * exhibits # exhibit': 'Its name, unlike any other of this policy.',
  'variants * exhibits # title': 'What it is called before sellers.',
  'variants * exhibits # says': 'Where one finds it and how it looks.',
  'variants * exhibits # kind': 'Whether it is typed or sent as a file.',
  'variants * exhibits # form': 'The form that such words have, in RE2 syntax.',
  'variants * exhibits # like': 'An example of that form.',
  categories:
    'The categories that it looks at. A listing without a category is always looked at; without this key, all are.',
  'categories only': 'It looks only where one of these phrases stands in the category.',
  'categories except': 'It does not look where one of these phrases stands in the category.',
  measure: 'What it asks for where it finds something.',
  endsAfterDays:
    'After so many days its measure ends by itself; needed where money is held. Without it, it stays until it is lifted.',
  level: 'How far it may go by itself on the day it is first adopted. After that, people set it.',
  lists: 'Phrases under a name, for signals to use as $name.',
  'lists *': 'The phrases of this list.',
  innocent:
    'Longer phrases whose words mean something else, such as "masking tape": what lies in them speaks for nothing.',
  base: 'Log-odds before any signal speaks: how likely it is with no word said.',
  signals:
    'The pieces of evidence, each with its weight. None for a rule about accounts or money by which people alone judge; such a one stands at "off".',
  'signals #': 'A piece of evidence. However often it stands in a listing, it counts once.',
  'signals # name': 'Its name, unlike any other here.',
  'signals # says': 'Said to the seller beside the words, such as "names a face mask".',
  'signals # weight':
    'Log-odds that it adds where it is found: 0.7 doubles the odds, 2.3 makes them tenfold; below 0 it speaks against a finding.',
  'signals # jurisdictions': 'Where the law differs: it holds only there.',
  'signals # jurisdictions #': 'A jurisdiction.',
  'signals # fields': 'The fields that it looks at; all of them without this key.',
  'signals # fields #': 'A field of a listing.',
  'signals # phrases':
    'Any one of these: words in a row, without regard to case, accents, hyphens, look-alike letters or spaces left out. repel* stands for every word that begins so, $name for a list.',
  'signals # patterns':
    'Any one of these: regular expressions in RE2 syntax, without regard to case, such as the form of a registration number.',
  'signals # patterns #': 'A regular expression.',
  'signals # together':
    'Groups of phrases, one of each group in one sentence and near one another, in any order. The first group is the claim: what negates it takes all away.',
  'signals # together #': 'Phrases of which one is needed.',
  'signals # within': 'How many words "together" may span; 12 without this key.',
  'signals # notAfter':
    'Not found where one of these ends at most four words before, as in "wear a respirator".',
  'signals # notBefore':
    'Not found where one of these begins at most four words after, as in "mask brush".',
  'signals # unless': 'Not found in a sentence in which one of these stands too.',
  'signals # evenNegated': 'true where "no" or "free of" before it does not take it away.',
  'signals # event':
    'What happens to an account, as the marketplace tells it at /v1/security-events. A policy with such signals looks at no listing.',
  'signals # when':
    'A condition in CEL over title, description, bullets, brand, category and attributes: a further one beside phrases, patterns or groups, or alone.',
  thresholds: 'From which score on a person is asked, and from which on the measure is asked for.',
  'thresholds review': 'From this score on a person is asked.',
  'thresholds deactivate':
    'From this score on the measure is asked for; 1 for a policy that only ever asks a person.',
  wouldReverse: 'What the seller can change or show so that the measure falls.',
  'wouldReverse #': 'A whole sentence.',
  exhibits:
    'What helps most to show that a seller is right, asked for beside an appeal. It is never a condition.',
  'exhibits #': 'A piece of evidence.',
  'exhibits # exhibit': 'Its name, unlike any other of this policy, such as label-photo.',
  'exhibits # title': 'What it is called before sellers, such as "EPA registration number".',
  'exhibits # says': 'Where one finds it and how it looks, in a sentence.',
  'exhibits # kind': 'Whether it is typed or sent as a file.',
  'exhibits # form':
    'The form that such words have, in RE2 syntax and without regard to case. What has another form is told apart, never refused.',
  'exhibits # like': 'An example of that form, shown to the seller.',
  examples: 'Listings, or some of one, with what this policy must say of them.',
  'examples #': 'A listing; only its title is needed.',
  'examples # title': 'The title of the listing.',
  'examples # description': 'Its description.',
  'examples # bullets': 'Its bullet points.',
  'examples # bullets #': 'A bullet point.',
  'examples # brand': 'Its brand.',
  'examples # category': 'Its category.',
  'examples # attributes': 'Its attributes by name.',
  'examples # jurisdiction':
    'Where it is judged; the first jurisdiction of the policy without this key.',
  'examples # outcome': 'What this policy says of it.',
  'examples # shouldBe': 'What would be right, where this policy is known to be wrong.',
  '… #': 'A phrase, or $name for all of a list.',
}
