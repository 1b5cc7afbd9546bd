/** Judges all facts about complaints at once, as `recourse complaints score` does with the same lines. */
import { learnWeights, type Investigated } from '../credibility/lesson.ts'
import { openCredibility, type Judgement, type Score } from '../credibility/score.ts'
import type { RingReport } from '../credibility/report.ts'
import { writtenWeights, type Weights } from '../credibility/sum.ts'
import { fitLogistic } from '../screening/logistic.ts'

/** Everything that complaints are weighed by; complaints are named as their lines name them. */
export interface Facts {
  /** Lines of JSON, one under the other. */
  lines: string
  /** What people found: part of the record of whoever complained. */
  findings: readonly { id: string; finding: 'confirmed' | 'refuted' | 'undetermined' }[]
  /** What people found, as far as weights are taught by it. */
  lessons: readonly { id: string; isGenuine: boolean }[]
  /** Lists of reporters: what rings there would be if they had said nothing. */
  without: readonly (readonly string[])[]
}

export interface Judged {
  weights: Weights
  /** One for each line that is a complaint, in order. */
  scores: Score[]
  rings: RingReport[]
  /** For each list of reporters. */
  ringsWithout: RingReport[][]
}

export function judgeFacts({ lines, findings, lessons, without }: Facts): Judged {
  const all = lines.split('\n')
  const judge = (some: readonly string[], weights: Weights): Judgement => {
    const credibility = openCredibility({ weights })
    for (const line of some) if (line !== '') credibility.readLine(line)
    for (const { id, finding } of findings) credibility.addFinding(id, finding)
    return credibility.judge()
  }
  const written = judge(all, writtenWeights)
  const weights = learn(written, lessons)
  const judgement = weights === writtenWeights ? written : judge(all, weights)
  return {
    weights,
    scores: Array.from({ length: judgement.count }, (_, at) => judgement.scoreOf(at)),
    rings: judgement.rings,
    ringsWithout: without.map((reporters) => {
      const out = new Set(reporters)
      return judge(
        all.filter((line) => !isBy(line, out)),
        weights,
      ).rings
    }),
  }
}

/** What investigations teach of the complaints as the written weights weigh them; so the same facts teach the same. */
function learn(judgement: Judgement, lessons: Facts['lessons']): Weights {
  if (lessons.length === 0) return writtenWeights
  const taught = new Map(lessons.map(({ id, isGenuine }) => [id, isGenuine]))
  const investigated: Investigated[] = []
  for (let at = 0; at < judgement.count; at++) {
    const { id, reasons } = judgement.scoreOf(at)
    const isGenuine = taught.get(id)
    if (isGenuine !== undefined) investigated.push({ reasons, isGenuine })
  }
  return learnWeights(investigated, fitLogistic)
}

function isBy(line: string, reporters: ReadonlySet<string>): boolean {
  const fact = JSON.parse(line) as { reporterId?: string } // every line is one that we wrote
  return fact.reporterId !== undefined && reporters.has(fact.reporterId)
}
