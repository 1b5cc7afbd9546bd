/** The figures as a table: one number a row, with its unit and what it counts. */
import type { OpenAPI } from '@orpc/openapi'
import type { FastifyInstance } from 'fastify'
import { Period, type Figures, type Wait } from '../contract/figures.ts'
import { figureWords, type FigureName } from '../core/figure-words.ts'
import { readPublicFigures } from '../operations/figures.ts'
import type { Door } from './door.ts'
import { figuresView } from './figure-routes.ts'
import { refuseRequest } from './problem.ts'

/** Adds the address of the table. */
export function serveFigures(server: FastifyInstance, door: Door): void {
  server.get<{ Querystring: { period?: unknown } }>(
    '/v1/figures.csv',
    { config: { command: 'figures.download' } },
    async (request, reply) => {
      const period = Period.default('90d').safeParse(request.query.period)
      if (!period.success)
        refuseRequest('invalid_request', `A period is one of ${Period.options.join(', ')}.`)
      const figures = figuresView(await readPublicFigures(door.app, period.data))
      const name = `figures-${figures.period}-${figures.until.slice(0, 10)}.csv`
      return reply
        .headers({
          'content-type': 'text/csv; charset=utf-8; header=present',
          'content-disposition': `attachment; filename="${name}"`,
          'cache-control': 'no-store',
        })
        .send(writeTable(figures))
    },
  )
}

interface Row {
  figure: FigureName
  /** Which of several: a rule, a quantile, a currency; empty for the figure as a whole. */
  group?: string
  value: number | null
  /** Where it is not the figure's own. */
  unit?: string
  low?: number
  high?: number
}

const columns = 'figure,group,value,unit,low,high,period,from,until,definition'

/** Every figure in the order of its names, as RFC 4180 writes a table. */
export function writeTable(figures: Figures): string {
  const { period, from, until } = figures
  const names = Object.keys(figureWords)
  const lines = rowsOf(figures)
    .toSorted((one, other) => names.indexOf(one.figure) - names.indexOf(other.figure))
    .map(({ figure, group = '', value, unit = figureWords[figure].unit, low, high }) => {
      // What is so at this moment is of no period.
      const isNow = figure.startsWith('now.')
      return [figure, group, value, unit, low, high, isNow ? '' : period, isNow ? '' : from, until]
        .concat(figureWords[figure].says)
        .map(cell)
        .join(',')
    })
  return [columns, ...lines, ''].join('\r\n')
}

function cell(value: string | number | null | undefined): string {
  const written = String(value ?? '')
  return /[",\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written
}

function rowsOf({ now, measures, appeals, waits, calls, sales }: Figures): Row[] {
  const { byPolicy, byDecider, byFinder } = measures
  return [
    { figure: 'now.open', value: now.open },
    { figure: 'now.withoutClock', value: now.withoutClock },
    { figure: 'now.overdue', value: now.overdue },
    { figure: 'now.beyondPerson', value: now.beyondPerson },
    { figure: 'now.beyondAnswer', value: now.beyondAnswer },
    { figure: 'now.longest', value: Math.round(now.longestMs) },
    { figure: 'now.notYetBack', value: now.notYetBack },
    { figure: 'now.mailsHeld', value: now.mailsHeld },
    { figure: 'now.mailsLate', value: now.mailsLate },
    ...measureRows('', { ...measures, overturned: measures.overturned }),
    ...byPolicy.flatMap((one) => measureRows(`rule ${one.group ?? 'others'}`, one)),
    ...byDecider.flatMap((one) => measureRows(`decided by ${one.group ?? 'others'}`, one)),
    ...byFinder.flatMap((one) => measureRows(`found by ${one.group ?? 'others'}`, one)),
    ...measures.spans.flatMap(({ start, taken, overturned }): Row[] => [
      { figure: 'measures.taken', group: `${measures.spanUnit} of ${start}`, value: taken },
      {
        figure: 'measures.overturned',
        group: `${measures.spanUnit} of ${start}`,
        value: overturned,
      },
    ]),
    ...appealNames.map((name): Row => ({ figure: `appeals.${name}`, value: appeals[name] })),
    ...waitRows('waits.person', waits.person),
    ...waitRows('waits.takenUp', waits.takenUp),
    ...waitRows('waits.answer', waits.answer),
    { figure: 'calls.booked', value: calls.booked },
    { figure: 'calls.notMade', value: calls.notMade },
    { figure: 'sales.orders', value: sales.orders },
    { figure: 'sales.bySellers', value: sales.share },
    { figure: 'sales.bySellers', group: 'the time before', value: sales.before },
    ...sales.byValue.map(({ currency, share }): Row => ({
      figure: 'sales.byValue',
      group: currency,
      value: share,
    })),
  ]
}

const appealNames = [
  'filed',
  'lifted',
  'narrowed',
  'stands',
  'withdrawn',
  'open',
  'byMachine',
  'byClock',
  'byPerson',
  'secondLooks',
  'secondLooksChanged',
  'secondLooksOpen',
  'oneLook',
] as const satisfies (keyof Figures['appeals'])[]

function measureRows(
  group: string,
  { taken, contested, overturned }: Pick<Figures['measures'], 'taken' | 'contested' | 'overturned'>,
): Row[] {
  const { count, share, low, high } = overturned
  return [
    { figure: 'measures.taken', group, value: taken },
    { figure: 'measures.contested', group, value: contested },
    { figure: 'measures.overturned', group, value: count },
    { figure: 'measures.overturnedShare', group, value: share, low, high },
  ]
}

function waitRows(figure: FigureName, wait: Wait): Row[] {
  return [
    { figure, group: 'median', value: wait.medianMs },
    { figure, group: '95 in 100', value: wait.p95Ms },
    { figure, group: 'worst', value: wait.worstMs },
    ...(wait.promiseMs === null ? [] : [{ figure, group: 'promised', value: wait.promiseMs }]),
    { figure, group: 'all', value: wait.ended, unit: 'cases' },
    { figure, group: 'longer than promised', value: wait.beyond, unit: 'cases' },
    ...wait.bars.map(({ fromMs, toMs, cases }) => ({
      figure,
      group: toMs === null ? `longer than ${fromMs}` : `longer than ${fromMs} to ${toMs}`,
      value: cases,
      unit: 'cases',
    })),
  ]
}

export const figureTablePath: OpenAPI.PathItemObject = {
  get: {
    operationId: 'figures.download',
    tags: ['Public'],
    summary: 'Download the figures as a table',
    description:
      'No sign-in. The numbers of /v1/figures, one a row: `figure`, `group`, `value`, `unit`, `low` and `high` of the likely range of a share, `period`, `from`, `until`, and in `definition` what it counts. Times are in milliseconds, shares between 0 and 1; an empty `value` was not measured, or is of fewer than ten.',
    parameters: [
      {
        name: 'period',
        in: 'query',
        description: 'The last 30 days, 90 days or 365 days until now, or all time',
        schema: { enum: [...Period.options], default: '90d' },
      },
    ],
    security: [],
    responses: {
      '200': { description: 'The table', content: { 'text/csv': { schema: { type: 'string' } } } },
    },
  },
}
