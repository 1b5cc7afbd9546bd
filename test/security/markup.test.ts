import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { drawProcedure } from '../../src/procedure/draw/draw.ts'
import { readProcedure } from '../../src/procedure/read.ts'
import { isHarmless } from '../../src/web/markup.ts'

test('drawings and styles may become markup', () => {
  const read = readProcedure(
    readFileSync(new URL('../../procedures/recourse.yaml', import.meta.url), 'utf8'),
  )
  if (!read.ok) throw new Error('the procedure cannot be read')
  expect(isHarmless(drawProcedure(read.procedure))).toBe(true)
  expect(isHarmless(':root { --page: #fff } a > b::before { content: "x" }')).toBe(true)
  expect(isHarmless('')).toBe(true)
})

test('whatever runs, loads or leads anywhere may not', () => {
  for (const markup of [
    '<script>alert(1)</script>',
    '<ScRiPt src=//evil.example>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<svg/onload=alert(1)>',
    '<svg><a href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><rect x="1"onclick="alert(1)"/></svg>',
    '<svg><foreignObject><iframe></iframe></foreignObject></svg>',
    '<svg><use href="#x"/></svg>',
    '<svg><path xlink:href="data:x"/></svg>',
    '<svg><animate attributeName="href" values="javascript:alert(1)"/></svg>',
    '<style></style><script>',
    '<!--<img src=x>',
    '<?xml version="1.0"?>',
    '<',
    '<math><mtext>',
    '<b>bold</b>',
  ])
    expect([markup, isHarmless(markup)]).toEqual([markup, false])
})
