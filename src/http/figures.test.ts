/** The figures over HTTP: anybody reads them as JSON and as a table, and nothing in them names a seller. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Problem } from '../contract/problem.ts'
import { figureWords } from '../core/figure-words.ts'
import { served, type Served } from '../../test/served.ts'

let s: Served
beforeAll(async () => {
  s = await served()
  await s.removedListing('l1', 'clay')
})
afterAll(async () => s[Symbol.asyncDispose]())

test('are anybody’s, of ninety days unless another period is named', async () => {
  const figures = await s.nobody.figures.get({})
  expect(figures).toMatchObject({ period: '90d', measures: { taken: 1 }, now: { open: 0 } })
  expect(new Date(figures.until).getTime() - new Date(figures.from ?? '').getTime()).toBe(
    90 * 86_400_000,
  )
  expect(await s.nobody.figures.get({ period: 'all' })).toMatchObject({ from: null })
  expect(JSON.stringify(figures)).not.toMatch(/clay|l1|dec_|cas_/)
  for (const path of [
    '/v1/figures?period=1d',
    '/v1/figures.csv?period=1d',
    '/v1/figures.csv?period=30d&period=x',
  ]) {
    const answer = await fetch(s.url + path)
    expect(answer.status).toBe(400)
    expect(Problem.parse(await answer.json()).refusal).toBe('invalid_request')
  }
})

test('are a table with a unit and a definition for each number', async () => {
  const answer = await fetch(`${s.url}/v1/figures.csv?period=30d`)
  expect(answer.headers.get('content-type')).toMatch(/^text\/csv/)
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="figures-30d-\d{4}-\d\d-\d\d\.csv"$/,
  )
  const text = await answer.text()
  const [head, ...rows] = text.trimEnd().split('\r\n')
  expect(head).toBe('figure,group,value,unit,low,high,period,from,until,definition')
  const figures = new Set(rows.map((row) => row.split(',')[0]))
  // Of money there is none yet, so that it has no row.
  expect(Object.keys(figureWords).filter((name) => !figures.has(name))).toEqual(['sales.byValue'])
  expect(rows.find((row) => row.startsWith('measures.taken,,'))).toMatch(
    /^measures\.taken,,1,measures,,,30d,\S+,\S+,"Measures that were imposed/,
  )
  expect(rows.find((row) => row.startsWith('now.withoutClock,'))).toMatch(
    /^now\.withoutClock,,0,cases,,,,,/,
  )
  expect(rows.find((row) => row.startsWith('measures.overturnedShare,,'))).toMatch(
    /,,0,share,0,0\.\d+,/,
  )
  expect(text).not.toMatch(/clay|dec_/)
})

test('and how to ask for them stands in the documentation', async () => {
  const docs = await (await fetch(`${s.url}/docs`)).text()
  expect(docs).toContain('/v1/figures.csv')
  expect(docs).toContain(figureWords['waits.answer'].says)
})
