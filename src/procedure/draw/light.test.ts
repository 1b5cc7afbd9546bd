/** What is chosen lights a way that is really in the picture, and the outline tells every situation. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkProcedure } from '../check.ts'
import { readProcedure } from '../read.ts'
import { worstOfSituations } from '../situation-worst.ts'
import { drawPart, drawSlowest } from './draw.ts'
import { lightPath } from './light.ts'
import { outlineOf } from './outline.ts'
import { layOutProcedure } from './picture.ts'

describe.each(['recourse', 'hands-off-the-wheel'])('of %s', (name) => {
  const text = readFileSync(new URL(`../../../procedures/${name}.yaml`, import.meta.url), 'utf8')
  const read = readProcedure(text)
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  const { procedure } = read
  const check = checkProcedure(procedure)
  const picture = layOutProcedure(procedure, check, { isPart: true, width: 1000 })
  const { graph } = picture
  const ids = new Set([...graph.things, ...graph.lines].map(({ id }) => id))

  test('every gap and every worst way lights things and lines of the picture only, in one piece', () => {
    const paths = [
      ...check.gaps.map(({ path, means }) => ({ path, means })),
      ...worstOfSituations(procedure).flatMap(({ worst, means }) =>
        worst === null ? [] : [{ path: worst.path, means }],
      ),
    ]
    for (const { path, means } of paths) {
      const lit = lightPath(graph, path, means)
      expect([...lit].filter((id) => !ids.has(id))).toEqual([])
      const lines = graph.lines.filter(({ id }) => lit.has(id))
      for (const { from, to } of lines) expect(lit.has(from) && lit.has(to)).toBe(true)
      const desks = path.filter((_, place) => place >= 2 && place % 2 === 0)
      for (const desk of desks) expect(lit).toContain(`desk ${desk}`)
      if (path.length > 1) expect(lines.length).toBeGreaterThanOrEqual(desks.length + 1)
    }
  })

  test('within a page every thing, line, badge and situation can be found, and the page says the rest', () => {
    const svg = drawPart(picture, 'here')
    for (const { id } of graph.lines) expect(svg).toContain(`data-line="${id}"`)
    for (const { numbers } of picture.badges)
      expect(svg).toContain(`data-gaps="${numbers.join(' ')}"`)
    for (const measure of Object.keys(procedure.measures))
      expect(svg).toContain(`data-measure="${measure}"`)
    expect(svg).not.toContain('class="headline"')
    expect(svg).not.toContain('prefers-color-scheme')
    expect(drawSlowest(procedure, check.worst, { width: 900, key: 'slow' })).toContain('</svg>')
  })

  test('the outline tells each situation with its ways in', () => {
    const outline = outlineOf(procedure, graph)
    for (const measure of Object.keys(procedure.measures))
      expect(outline.some(({ words }) => words.includes(measure))).toBe(true)
    for (const { items } of outline) expect(items.length).toBeGreaterThan(0)
  })
})
