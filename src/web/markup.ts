/** Markup that may stand in these pages: drawings of ours and styles, and nothing that runs, loads or leads anywhere. */

/** What the drawings of procedures are made of. */
const drawn = new Set([
  'circle',
  'defs',
  'desc',
  'g',
  'line',
  'marker',
  'path',
  'pattern',
  'polygon',
  'polyline',
  'rect',
  'style',
  'svg',
  'text',
  'title',
  'tspan',
])

/** Whether a text holds no element but those of a drawing, and nothing in them that runs or leads anywhere. */
export function isHarmless(markup: string): boolean {
  const tags = [...markup.matchAll(/<([/!?]?)([^\s/>]*)/g)]
  return (
    tags.every(([, sign, name = '']) => (sign === '' || sign === '/') && drawn.has(name)) &&
    // Attributes stand within tags alone: words that people wrote stand between them.
    [...markup.matchAll(/<[^>]*>/g)].every(
      ([tag]) => !/[\s"'/](on|href|xlink|src)[\w:-]*\s*=/i.test(tag),
    )
  )
}
