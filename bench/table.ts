/** Tables: what a run found, for people at a terminal. */
import type { Row } from './contest.ts'
import { rateOf, ratioOf, readable } from './figures.ts'
import type { Ratio } from './figures.ts'
import { LEFT_OUT } from './question.ts'
import { judge } from './results.ts'
import type { CorpusNote, Results, Verdict } from './results.ts'

/** What the corpora came out as; before any engine takes a turn. */
export function printCorpora(corpora: readonly CorpusNote[]): string {
  return printColumns([
    ['corpus', 'lines', 'bytes a line', 'backslash', 'non-ASCII', 'candidates', 'by words'],
    ...corpora.map(corpusCells),
  ])
}

/** What is claimed, and how to read the tables before. */
export function printClaims(results: Results): string {
  return [
    'Rates are medians, "spread" is the fastest round ÷ the slowest; "× floor" is ÷ JSON.parse on one thread, "ours ÷" is ours ÷ this row, both per CPU-second.',
    `Other engines leave out ${LEFT_OUT}; "agrees" counts the lines that they flag or allow as we do.`,
    `${results.machine}\n`,
    printColumns([
      ['what is claimed', 'found', 'wanted', '', ''],
      ...judge(results).map(verdictCells),
    ]),
  ].join('\n')
}

function corpusCells(note: CorpusNote): string[] {
  const { name, lines, bytesPerLine, shares, plantedCandidates, candidates } = note
  return [
    name,
    readable(lines),
    readable(bytesPerLine),
    percent(shares.escapes),
    percent(shares.accents),
    plantedCandidates === null ? '' : percent(plantedCandidates),
    `${percent(candidates.share)} of ${readable(candidates.lines)}`,
  ]
}

/** How fast each engine was. */
export function printContest(name: string, rows: readonly Row[]): string {
  const floor = rows.find(({ contestant }) => contestant.key.endsWith('parse ×1'))
  // Without a floor among them, what ours does in the first row is the measure.
  const compare = (row: Row) =>
    floor ? ratioOf(row, floor) : rows[0] ? ratioOf(rows[0], row) : null
  const against = floor ? '× floor' : 'ours ÷'
  const heads = ['per CPU-s', 'per second', against, 'spread', 'lines', 'checked']
  return printColumns([
    [name, 'rules', 'threads', ...heads],
    ...rows.map((row) => rowCells(row, compare(row))),
  ])
}

function rowCells(row: Row, ratio: Ratio | null): string[] {
  const { label, setup } = row.contestant
  const rules = setup.engine.startsWith('parse') || setup.engine === 'scan' ? '' : setup.rules
  const names = [label, typeof rules === 'number' ? readable(rules) : rules, `${setup.workers}`]
  const rate = rateOf(row)
  if (row.failure !== null || rate === null) return [...names, row.failure ?? 'not measured']
  return [
    ...names,
    readable(rate.perCpuSecond),
    readable(rate.perSecond),
    ratio ? readable(ratio.cpu) : '',
    rate.spread.toFixed(2),
    readable(row.rounds.reduce((sum, { lines }) => sum + lines, 0)),
    checkedCell(row),
  ]
}

function checkedCell({ agreement, checkedLines }: Row): string {
  if (agreement !== null)
    return `agrees on ${percent(agreement.agreed / agreement.lines)} of ${readable(agreement.lines)}`
  return checkedLines > 0 ? `${readable(checkedLines)} equal` : ''
}

function verdictCells({ says, found, atLeast, atMost, isMet, note }: Verdict): string[] {
  const wanted = atLeast === null ? `≤ ${readable(atMost ?? 0)}` : `≥ ${readable(atLeast)}`
  return [
    says,
    found === null ? '–' : readable(found),
    wanted,
    isMet === null ? '' : isMet ? 'met' : 'NOT MET',
    note,
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** The first column to the left, figures to the right, the last one as it is. */
function printColumns(lines: readonly (readonly string[])[]): string {
  const columns = Math.max(...lines.map((cells) => cells.length))
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(
      ...lines.filter((cells) => at < cells.length - 1).map((cells) => cells[at]?.length ?? 0),
    ),
  )
  const print = (cells: readonly string[]) =>
    cells
      .map((cell, at) => {
        if (at === cells.length - 1 && at > 0) return cell
        return at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)
      })
      .join('  ')
      .trimEnd()
  const [head, ...rest] = lines.map(print)
  return `${head}\n${'─'.repeat(head?.length ?? 0)}\n${rest.join('\n')}\n`
}
