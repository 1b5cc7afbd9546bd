/** Painting the boxes: who is in which situation, ways in, desks with their clocks, silences and answers. */
import type { Desk } from '../../core/procedure.ts'
import { DESK, MEASURES_SHOWN, nameLines, slotDays, slotsFilled } from './boxes.ts'
import type { PlacedBox, Picture } from './picture.ts'
import { element, path, rectangle, short, stroke, textAt } from './svg.ts'

/** Paints one box with its text. */
export function paintBox(box: PlacedBox, picture: Picture): string {
  const { thing } = box
  const red = box.isGap || (thing.kind === 'situation' && thing.isShut) ? ' red' : ''
  switch (thing.kind) {
    case 'situation':
      return paintSituation(box, thing, red)
    case 'shut': {
      const [x, y] = [box.x + 12, box.y + (box.port ?? 0)]
      return element(
        'g',
        { 'data-thing': box.id },
        stroke(x - 6, y - 6, x + 6, y + 6, 'cross'),
        stroke(x - 6, y + 6, x + 6, y - 6, 'cross'),
      )
    }
    case 'channel': {
      const look = `box${thing.isUnused ? ' unused' : ''}${box.isGap ? ' gap' : ''}`
      const middle = box.x + box.width / 2
      const words = [red + (thing.isUnused ? ' quiet' : '')]
      return element(
        'g',
        { 'data-thing': box.id, 'data-channel': thing.name },
        rectangle(box, look, Math.min(15, box.height / 2)),
        ...paintText(box, middle, box.y + 6, words, 'middle'),
      )
    }
    case 'desk': {
      const desk = picture.procedure.desks[thing.name]
      return desk === undefined
        ? ''
        : paintDesk(box, desk, { ...thing, days: slotDays(picture.procedure) })
    }
    case 'nothing': {
      const y = box.y + (box.port ?? 0)
      const end = box.x + box.width - 22
      return element(
        'g',
        { 'data-thing': box.id },
        path(`M${short(box.x)} ${short(y)}H${short(end - 6)}`, 'line nothing'),
        element('circle', { cx: end, cy: y, r: 4, class: 'dot' }),
        textAt(end + 9, y + 6, '?', 'title red'),
        ...paintText(box, box.x + 6, box.y, [' red']),
      )
    }
    case 'answer':
      return element(
        'g',
        { 'data-thing': box.id },
        ...paintText(box, box.x + 16, box.y, [' green', thing.isLate ? ' green' : ' second']),
      )
  }
}

/** Each measure is a thing of its own to press: it and its means are one situation. */
function paintSituation(
  box: PlacedBox,
  { measures, means }: { measures: string[]; means: readonly string[] },
  red: string,
): string {
  const [names, left] = box.blocks
  const shown = measures.slice(0, MEASURES_SHOWN)
  let top = box.y
  const lines = [...(names?.lines ?? [])]
  const groups = shown.map((measure) => {
    const own = lines.splice(0, nameLines(measure).length)
    const painted = names && paintBlock({ ...names, lines: own }, box.x, top, red)
    top += own.length * (names?.lineHeight ?? 0)
    return element(
      'g',
      { class: 'situation', 'data-measure': measure, 'data-means': means.join('+') },
      ...(painted ?? []),
    )
  })
  const rest = names && paintBlock({ ...names, lines }, box.x, top, red)
  top += lines.length * (names?.lineHeight ?? 0)
  return element(
    'g',
    { 'data-thing': box.id },
    ...groups,
    ...(rest ?? []),
    ...paintBlock(left, box.x, top, ` quiet${red}`),
  )
}

function paintDesk(
  box: PlacedBox,
  desk: Desk,
  { name, isUnused, days }: { name: string; isUnused: boolean; days: number },
): string {
  const { padding, icon, slots, slotHeight } = DESK
  const gap = box.isGap ? ' gap' : ''
  const red = box.isGap ? ' red' : ''
  const [title, clock, powers] = box.blocks
  const left = box.x + padding
  const titleHeight = (title?.lines.length ?? 0) * (title?.lineHeight ?? 0)
  const clockY = box.y + padding + titleHeight + 7
  const width = box.width - 2 * padding
  const filled = slotsFilled(desk.within, days)
  const one = width / slots
  const drawn =
    filled === null
      ? [rectangle({ x: left, y: clockY, width, height: slotHeight }, 'hatch')]
      : Array.from({ length: slots }, (_, slot) => {
          const at = { x: left + slot * one, y: clockY, width: one - 1.5, height: slotHeight }
          const share = Math.min(1, Math.max(0, filled - slot))
          const spent = share * at.width
          return (
            rectangle(at, 'slot') +
            (share > 0 ? rectangle({ ...at, width: Math.max(2.5, spent) }, `slot spent${gap}`) : '')
          )
        })
  const below = clockY + slotHeight + 5
  const clockHeight = (clock?.lines.length ?? 0) * (clock?.lineHeight ?? 0)
  return element(
    'g',
    { 'data-thing': box.id, 'data-desk': name },
    rectangle(box, `box${gap}${isUnused ? ' unused' : ''}`, 6),
    paintStaff(desk.staff, left, box.y + padding + 1, `icon${gap}`),
    ...paintBlock(title, left + icon, box.y + padding, red),
    ...drawn,
    ...paintBlock(clock, left, below, filled === null ? ' red plainStrong' : ' second'),
    ...paintBlock(powers, left, below + clockHeight, box.isGap ? ' second' : ' quiet'),
  )
}

function paintStaff(staff: Desk['staff'], x: number, y: number, look: string): string {
  if (staff === 'machine') {
    return (
      element('rect', { x: x + 1, y: y + 2, width: 14, height: 14, rx: 2.5, class: look }) +
      path(`M${short(x + 5)} ${short(y + 6.5)}h6M${short(x + 5)} ${short(y + 11.5)}h6`, look)
    )
  }
  return (
    element('circle', { cx: x + 8, cy: y + 5.2, r: 3.7, class: look }) +
    path(`M${short(x + 1.5)} ${short(y + 16.5)}c0-4.6 2.8-6 6.5-6s6.5 1.4 6.5 6`, look)
  )
}

function paintText(
  box: PlacedBox,
  x: number,
  y: number,
  looks: readonly string[],
  anchor: 'start' | 'middle' = 'start',
): string[] {
  let top = y
  return box.blocks.flatMap((block, index) => {
    const painted = paintBlock(block, x, top, looks[index] ?? '', anchor)
    top += block.lines.length * block.lineHeight
    return painted
  })
}

function paintBlock(
  block: PlacedBox['blocks'][number] | undefined,
  x: number,
  y: number,
  look: string,
  anchor: 'start' | 'middle' = 'start',
): string[] {
  return (block?.lines ?? []).map((line, index) =>
    textAt(
      x,
      y + (block?.lineHeight ?? 0) * (index + 0.73),
      line,
      `${block?.face ?? ''}${look}`,
      anchor,
    ),
  )
}
