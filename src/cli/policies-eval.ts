/** `recourse policies eval`: how right policies are about labelled listings that they never learned from. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Jurisdiction } from '../core/policy.ts'
import type { Policy } from '../core/policy.ts'
import { compilePolicies } from '../screening/compile.ts'
import { evaluate, judgeCases, judgeHeldOut, targetsOf } from '../screening/evaluation.ts'
import { caseKinds } from '../screening/labelled-case.ts'
import type { LabelledListing } from '../screening/labelled-case.ts'
import { readListingLine } from '../screening/listing-line.ts'
import { screen } from '../screening/screen.ts'
import { CannotRun, expectName, readArguments } from './command.ts'
import type { CommandIo } from './command.ts'
import { sayDetails, sayTable } from './eval-report.ts'
import type { Variant } from './eval-report.ts'
import { caseFilesBeside, readCaseFiles, textLines } from './labelled.ts'
import { defaultPolicyFolder, readPolicyFolder, readWrittenPolicies } from './policies.ts'
import { saySum } from './sum.ts'

export const name = 'policies eval'
export const summary = 'counts how right policies are about labelled listings'
export const usage = `Usage: recourse policies eval [DIR] [options]

Judges labelled listings by the policies of a folder (the project's own unless said) and counts what is right: by the
written weights; by weights learned with whole product families held out (each family is judged by what the others
and the examples teach); and by the policies in DIR/naive, where there are any. All of it with the category that a
listing names, and without. Shares come with Wilson's 95 % interval. Then, of the written weights or as --details
says: each policy alone, each signal, the families with mistakes, and every mistake with the terms of its sum.

A case:  {"family","kind":"violation|borderline|hard|ordinary","policy","language","why","listing":{…}}

Options:
  --cases FILE           labelled cases (NDJSON); may be given several times; DIR/cases/*.ndjson unless said
  --listings FILE        instead, screens listings without labels by the policies in force and prints each flag
                         with its terms, for reading one by one
  --jurisdiction us|eu   whose policies hold; us unless said
  --details written|learned|naive
  --no-learning          leaves out what takes time
  --json                 print all figures as one JSON object
  --help                 this text

Exit codes: 0 done, 2 something cannot be read.`

const FOLDS = 5

/** Prints the evaluation. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      cases: { type: 'string', multiple: true },
      listings: { type: 'string' },
      jurisdiction: { type: 'string', default: 'us' },
      details: { type: 'string', default: 'written' },
      'no-learning': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  if (positionals.length > 1)
    throw new CannotRun(`One folder is read at a time, not ${positionals.length}.`)
  const folder = positionals[0] ?? defaultPolicyFolder()
  const jurisdiction = expectName('--jurisdiction', values.jurisdiction, Jurisdiction.options)
  const details = expectName('--details', values.details, ['written', 'learned', 'naive'])
  if (values.listings !== undefined)
    return readFlags(
      readPolicyFolder(folder),
      { file: values.listings, jurisdiction, isJson: values.json },
      io,
    )

  const files = values.cases ?? caseFilesBeside(folder)
  if (files.length === 0)
    throw new CannotRun(
      `There are no labelled cases in ${join(folder, 'cases')}; name them with --cases.`,
    )
  const labelled = await readCaseFiles(files, io.stdin)
  const variants = judgeAll({ folder, labelled, jurisdiction }, io, {
    isLearning: !values['no-learning'],
  })
  if (values.json) {
    io.stdout.write(
      `${JSON.stringify({ jurisdiction, variants: variants.map(plainly) }, null, 2)}\n`,
    )
    return 0
  }
  const kinds = caseKinds.map(
    (kind) => `${labelled.filter((one) => one.kind === kind).length} ${kind}`,
  )
  const families = new Set(labelled.map(({ family }) => family)).size
  const shown = variants.find(({ weights }) => weights === details) ?? variants[0]
  const parts = [
    `${labelled.length} labelled cases of ${families} families (${jurisdiction}): ${kinds.join(', ')}.`,
    sayTable(variants),
    ...(shown ? [sayDetails(shown)] : []),
  ]
  io.stdout.write(`${parts.join('\n\n')}\n`)
  return 0
}

function judgeAll(
  by: {
    folder: string
    labelled: LabelledListing[]
    jurisdiction: Jurisdiction
  },
  io: CommandIo,
  { isLearning }: { isLearning: boolean },
): Variant[] {
  const { labelled, jurisdiction } = by
  const variants: Variant[] = []
  const written = readWrittenPolicies(by.folder)
  const naiveFolder = join(by.folder, 'naive')
  const naive = existsSync(naiveFolder) ? readWrittenPolicies(naiveFolder) : null
  for (const withCategory of [true, false]) {
    const judgeBy = (weights: Variant['weights'], policies: Policy[]) =>
      variants.push({
        weights,
        withCategory,
        evaluation: evaluate(
          policies,
          judgeCases(policies, labelled, { jurisdiction, withCategory }),
        ),
      })
    if (naive !== null) judgeBy('naive', naive)
    judgeBy('written', written)
  }
  if (!isLearning) return variants
  const tell = (fold: number) => {
    if (io.stderr.isTTY) io.stderr.write(`\r\u001b[KLearning without fold ${fold + 1} of ${FOLDS}`)
  }
  const heldOut = judgeHeldOut(written, labelled, { jurisdiction, folds: FOLDS, tell })
  if (io.stderr.isTTY) io.stderr.write('\r\u001b[K')
  const learned = (withCategory: boolean): Variant => ({
    weights: 'learned',
    withCategory,
    evaluation: evaluate(written, heldOut[withCategory ? 'withCategory' : 'withoutCategory']),
  })
  return [...variants, learned(true), learned(false)]
}

function plainly({ weights, withCategory, evaluation }: Variant) {
  const { mistakes, ...figures } = evaluation
  return {
    weights,
    withCategory,
    targets: targetsOf(evaluation),
    ...figures,
    mistakes: mistakes.map(({ labelled: { listing, ...label }, outcome, judgements }) => ({
      ...{ id: listing.id, title: listing.text.title, ...label },
      ...{ outcome, judgements },
    })),
  }
}

/** Screens listings that nobody labelled, and shows each flag whole. */
async function readFlags(
  policies: Policy[],
  { file, jurisdiction, isJson }: { file: string; jurisdiction: Jurisdiction; isJson: boolean },
  io: CommandIo,
): Promise<number> {
  const compiled = compilePolicies(policies, { jurisdiction })
  const counts = { screened: 0, unread: 0, review: 0, deactivate: 0 }
  for await (const { text } of textLines(file, io.stdin)) {
    const read = readListingLine(text)
    if (!read.ok) {
      counts.unread++
      continue
    }
    counts.screened++
    const { listing } = read
    const verdict = screen(compiled, listing)
    if (verdict.outcome === 'allow') continue
    counts[verdict.outcome]++
    if (isJson) {
      io.stdout.write(`${JSON.stringify({ ...verdict, title: listing.text.title })}\n`)
      continue
    }
    io.stdout.write(`${verdict.outcome}  ${listing.id}  ${listing.text.title}\n`)
    if (listing.text.category !== '') io.stdout.write(`  in ${listing.text.category}\n`)
    for (const { policy, outcome, score, evidence } of verdict.findings)
      io.stdout.write(`  ${policy}: ${outcome}, ${score.toFixed(3)}\n${saySum(evidence, '    ')}\n`)
  }
  const { screened, unread, review, deactivate } = counts
  const told = isJson ? io.stderr : io.stdout
  told.write(
    `${screened} listings screened: ${review} for review, ${deactivate} deactivated; ${unread} lines could not be read.\n`,
  )
  return 0
}
