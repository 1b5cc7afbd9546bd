/** The JSON Schema of the rules of account health, made from the reader's own: what an editor checks and explains. */
import { describeDocument, type JsonSchema } from './document-schema.ts'
import { HealthRules } from './health-rules.ts'

/** Describes the document as it is written. */
export function describeHealthRules(): JsonSchema {
  return describeDocument(HealthRules, { title: 'Account health of Recourse', texts, choices })
}

const choices: Record<string, string> = {
  none: 'Breaking it is no misconduct, such as papers that are missing: it makes no points.',
  ask: 'The seller is told what counts and asked for their side. Nothing follows by itself.',
  propose: 'A check opens, in which a person imposes the measure or leaves it.',
}

const texts: Record<string, string> = {
  '': 'What counts against an account and how much, what that is called, and what follows from it. `recourse health check` refuses what would let a machine act, or suspend for complaints alone.',
  health: 'The name of this document, in kebab-case.',
  severities: 'Points of one broken rule on the day of its decision.',
  rules: 'How severe it is to break a rule, by the name of its policy.',
  others: 'How severe it is to break a rule that is not named.',
  ageing: 'How a decision that stands loses weight.',
  'ageing half-life-days': 'After so many days it counts half.',
  'ageing over-after-days': 'After so many days it counts nothing any more.',
  unseen:
    'The share that is left of what a machine decided and no person has looked at, from 0 to 1.',
  remedied: 'The share that is left of what was put right, from 0 to 1.',
  complaints: 'How complaints are counted against orders.',
  'complaints days': 'How far back complaints and orders are counted.',
  'complaints usual': 'The share of orders about which people complain anyway.',
  'complaints worth-orders':
    'How many orders the usual share is worth: the more, the less do few say.',
  'complaints certainty': 'How certain we are of the share that counts, such as 0.95.',
  'complaints together':
    'Complaints that no person has confirmed count from so many reporters on, at least 2.',
  'complaints points-per-percent': 'Points for every percent above what is usual.',
  'complaints most': 'The most points that complaints make.',
  standings: 'What so many points are called, the best first.',
  'standings #': 'A standing.',
  'standings # standing': 'Its name, in kebab-case.',
  'standings # from': 'From so many points on; the first from 0.',
  thresholds: 'What follows, and from when on. All that a threshold names has to be so.',
  'thresholds #': 'A threshold.',
  'thresholds # threshold': 'Its name, in kebab-case.',
  'thresholds # points': 'From so many points on.',
  'thresholds # complaint-share':
    'From so large a share of orders on of which we are certain, such as 0.02.',
  'thresholds # sources':
    'How many sources that have nothing to do with each other: reporters, and mistakes behind which a person stands.',
  'thresholds # decisions': 'How many of them are decisions behind which a person stands.',
  'thresholds # do': 'What follows.',
  'thresholds # measure': 'What is proposed: a warning, or with decisions also a suspension.',
  'thresholds # days': 'How long the measure lasts; until it is lifted where absent.',
  '… title': 'What people read, by language.',
}
