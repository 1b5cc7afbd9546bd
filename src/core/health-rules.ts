/** Health rules are the written thresholds of account health: what counts how much, what it is called, what follows from it. */
import { z } from 'zod'
import { readDocument, type DocumentError, type Report } from './document.ts'
import { Language } from './language.ts'
import { isByHand, Measure, measures } from './measure.ts'
import { suggestName } from './spelling.ts'

/** The rule on which measures against an account rest that follow from its points; it never makes points itself. */
export const healthPolicy = 'account-health'

const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'a name in kebab-case, such as at-risk')
const title = z.record(Language, z.string().regex(/\S/, 'words for people').max(90))
const share = z.number().min(0).max(1)

const severities = ['critical', 'high', 'medium', 'low'] as const
export const Severity = z.enum(severities)
export type Severity = z.infer<typeof Severity>

export const Standing = z.strictObject({
  standing: name,
  title,
  /** From so many points on; the first from 0. */
  from: z.number().min(0).max(10_000),
})
export type Standing = z.infer<typeof Standing>

export const Threshold = z.strictObject({
  threshold: name,
  title,
  /** From so many points on. */
  points: z.number().min(1).max(10_000).optional(),
  /** From so large a share of orders on, of which we are certain. */
  'complaint-share': share.optional(),
  /** Sources that have nothing to do with each other: reporters, and mistakes that people saw. */
  sources: z.int().min(2).max(1_000),
  /** How many of them are decisions behind which a person stands. */
  decisions: z.int().min(0).max(1_000).default(0),
  /** `ask` asks the seller; `propose` opens a check, in which a person may impose the measure. */
  do: z.enum(['ask', 'propose']),
  measure: Measure.optional(),
  /** How long the measure lasts. */
  days: z.int().min(1).max(366).optional(),
})
export type Threshold = z.infer<typeof Threshold>

export const HealthRules = z.strictObject({
  health: name,
  /** Points of one broken rule on the day of its decision. */
  severities: z.record(Severity, z.number().min(0).max(1_000)),
  /** How severe it is to break a rule, by the name of its policy; `none` for what is no misconduct. */
  rules: z.record(name, z.union([Severity, z.literal('none')])).default({}),
  /** How severe it is to break any other rule. */
  others: Severity,
  ageing: z.strictObject({
    'half-life-days': z.number().min(1).max(3_650),
    'over-after-days': z.number().min(1).max(3_650),
  }),
  /** The share that is left of what a machine decided and no person has looked at. */
  unseen: share,
  /** The share that is left of what was put right. */
  remedied: share,
  complaints: z.strictObject({
    /** How far back complaints and orders are counted. */
    days: z.int().min(7).max(730),
    /** The share of orders about which people complain anyway, and how many orders that is worth. */
    usual: z.number().gt(0).max(0.5),
    'worth-orders': z.number().min(10).max(100_000),
    /** How certain we are of the share that counts. */
    certainty: z.number().min(0.5).max(0.999),
    /** Complaints that no person has confirmed count from so many reporters on; fewer count nothing. */
    together: z.int().min(2).max(100),
    /** Points for every percent above what is usual, and the most that complaints make. */
    'points-per-percent': z.number().min(0).max(1_000),
    most: z.number().min(0).max(10_000),
  }),
  standings: z.array(Standing).min(2).max(10),
  thresholds: z.array(Threshold).max(20),
})
export type HealthRules = z.infer<typeof HealthRules>

export type HealthRulesRead =
  { ok: true; rules: HealthRules } | { ok: false; errors: DocumentError[] }

/** Reads the rules of account health, or says with line and column what is wrong with them. */
export function readHealthRules(yamlText: string, file = 'health'): HealthRulesRead {
  const read = readDocument({ file, text: yamlText, schema: HealthRules, check })
  return read.ok ? { ok: true, rules: read.value } : { ok: false, errors: read.errors }
}

function check(rules: HealthRules, report: Report): void {
  checkSeverities(rules, report)
  checkStandings(rules, report)
  checkThresholds(rules, report)
}

function checkSeverities({ severities: points }: HealthRules, report: Report): void {
  severities.forEach((severity, place) => {
    const graver = severities[place - 1]
    if (graver !== undefined && points[severity] > points[graver])
      report(['severities', severity], `counts more than ${graver}, which is graver`)
  })
}

function checkStandings({ standings }: HealthRules, report: Report): void {
  standings.forEach(({ standing, from }, place) => {
    const path = ['standings', place]
    const before = standings[place - 1]
    if (before === undefined && from !== 0)
      report([...path, 'from'], 'the first standing is from 0 points on, so that everybody has one')
    if (before !== undefined && from <= before.from)
      report([...path, 'from'], `expected more than ${before.from}, from which the one before is`)
    if (standings.findIndex((one) => one.standing === standing) !== place)
      report([...path, 'standing'], `a second standing is named "${standing}"`)
  })
}

/** What a document may not say, however it is written: a measure by machine, or a suspension for complaints alone. */
function checkThresholds({ thresholds }: HealthRules, report: Report): void {
  thresholds.forEach((one, place) => {
    const path = ['thresholds', place]
    if (thresholds.findIndex(({ threshold }) => threshold === one.threshold) !== place)
      report([...path, 'threshold'], `a second threshold is named "${one.threshold}"`)
    if (one.points === undefined && one['complaint-share'] === undefined)
      report(path, 'is met by everybody: it needs points, or a complaint-share')
    if (one.decisions > one.sources)
      report([...path, 'decisions'], 'expected no more than sources, of which they are part')
    if (one.do === 'ask') {
      for (const key of ['measure', 'days'] as const)
        if (one[key] !== undefined)
          report([...path, key], 'who is only asked has no measure to expect: leave it out', {
            atKey: true,
          })
      return
    }
    if (one.measure === undefined) {
      const known = Measure.options.filter(isOfAccount)
      report(path, `proposes nothing: it needs a measure; known here: ${known.join(', ')}`)
    } else if (!isOfAccount(one.measure)) {
      const known = Measure.options.filter(isOfAccount)
      report(
        [...path, 'measure'],
        `expected a measure on an account that a person may impose; ${suggestName(one.measure, known)}`,
      )
    } else if (one.measure !== 'account.warn' && one.decisions === 0) {
      report(
        [...path, 'measure'],
        'complaints alone may warn and no more: it needs decisions, of which a person stands behind at least one',
      )
    }
  })
}

/** What a person may impose for how an account stands: who owns it is another question, and closing is for people alone. */
function isOfAccount(measure: Measure): boolean {
  return (
    measures[measure].subject === 'account' &&
    isByHand(measure) &&
    (measure === 'account.warn' || measure.startsWith('account.suspend'))
  )
}
