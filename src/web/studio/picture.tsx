/** The picture on the page: the same as the command draws, where a gap or a situation can be chosen. */
import { useEffect, useId, useMemo, useRef } from 'react'
import { drawPart } from '../../procedure/draw/draw.ts'
import { lightPath } from '../../procedure/draw/light.ts'
import { sayCode } from '../../procedure/draw/words.ts'
import type { Readable } from './examined.ts'
import styles from './picture.module.css'

/** What is chosen: a gap by its number, a situation, or nothing. */
export type Choice =
  { kind: 'gap'; number: number } | { kind: 'situation'; measure: string; means: string } | null

interface PictureProps {
  examined: Pick<Readable, 'picture'> & Partial<Pick<Readable, 'situations'>>
  /** Says what the picture is of, for those who move through it by keyboard. */
  label: string
  choice?: Choice
  /** How wide its place is. */
  available: number
  /** Where nothing can be chosen it is a picture only. */
  onChoose?: (choice: Choice) => void
}

/** Up to here a picture that is too wide shrinks and stays readable; a wider one scrolls. */
const MOST_SHRUNK = 1.12

/** Scrolls sideways where it is wider than its place. */
export function Picture({ examined, label, choice = null, available, onChoose }: PictureProps) {
  const { picture } = examined
  const key = `p${useId().replace(/\W/g, '')}`
  const place = useRef<HTMLDivElement>(null)
  const svg = useMemo(() => ({ __html: drawPart(picture, key) }), [picture, key])

  useEffect(() => {
    const root = place.current
    if (root === null || onChoose === undefined) return
    for (const badge of root.querySelectorAll<SVGElement>('[data-gaps]')) {
      const numbers = numbersOf(badge)
      const codes = picture.notes
        .filter(({ number }) => numbers.includes(number))
        .flatMap(({ gaps: [gap] }) => (gap === undefined ? [] : sayCode(gap.code)))
      makeButton(badge, `${badge.textContent}: ${codes.join(', ')}`)
    }
    for (const situation of root.querySelectorAll<SVGElement>('[data-measure]')) {
      const { measure = '', means = '' } = situation.dataset
      makeButton(
        situation,
        `The worst way of ${measure}, ${means === '' ? 'nothing left' : `with ${means.replace('+', ' and ')}`}`,
      )
    }
  }, [svg, picture, onChoose])

  useEffect(() => {
    const root = place.current
    if (root === null) return
    const lit = litBy(examined, choice)
    root.toggleAttribute('data-choosing', lit !== null)
    for (const part of root.querySelectorAll<SVGElement>('[data-thing], [data-line]')) {
      const id = part.dataset['thing'] ?? part.dataset['line'] ?? ''
      part.toggleAttribute('data-lit', lit?.has(id) ?? false)
    }
    for (const badge of root.querySelectorAll<SVGElement>('[data-gaps]')) {
      const isChosen = choice?.kind === 'gap' && numbersOf(badge).includes(choice.number)
      badge.toggleAttribute('data-lit', isChosen)
      if (onChoose) badge.setAttribute('aria-pressed', String(isChosen))
    }
    for (const situation of root.querySelectorAll<SVGElement>('[data-measure]')) {
      const { measure, means } = situation.dataset
      const isChosen =
        choice?.kind === 'situation' && choice.measure === measure && choice.means === means
      situation.toggleAttribute('data-chosen', isChosen)
      if (onChoose) situation.setAttribute('aria-pressed', String(isChosen))
    }
  }, [svg, examined, choice, onChoose])

  const press = (target: EventTarget | null): boolean => {
    if (!(target instanceof Element) || onChoose === undefined) return false
    const badge = target.closest<SVGElement>('[data-gaps]')
    if (badge !== null) {
      const numbers = numbersOf(badge)
      const now = choice?.kind === 'gap' ? numbers.indexOf(choice.number) : -1
      const number = numbers[(now + 1) % numbers.length]
      if (number !== undefined) onChoose({ kind: 'gap', number })
      return true
    }
    const situation = target.closest<SVGElement>('[data-measure]')
    if (situation === null) return false
    const { measure = '', means = '' } = situation.dataset
    onChoose({ kind: 'situation', measure, means })
    return true
  }
  return (
    <div
      ref={place}
      className={styles.picture}
      role="region"
      aria-label={label}
      tabIndex={0}
      data-pressable={onChoose !== undefined || undefined}
      data-fits={picture.width <= available * MOST_SHRUNK || undefined}
      dangerouslySetInnerHTML={svg}
      onClick={(event) => press(event.target)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        if (press(event.target)) event.preventDefault()
      }}
    />
  )
}

/** The parts on the path of what is chosen; null where nothing is. */
function litBy(
  { picture, situations }: PictureProps['examined'],
  choice: Choice,
): Set<string> | null {
  if (choice === null) return null
  if (choice.kind === 'gap') {
    const note = picture.notes.find(({ number }) => number === choice.number)
    const [gap] = note?.gaps ?? []
    if (note === undefined || gap === undefined) return null
    const lit = lightPath(picture.graph, gap.path, gap.means)
    for (const id of note.at) lit.add(id)
    return lit
  }
  const found = situations?.find(
    ({ measure, means }) => measure === choice.measure && means.join('+') === choice.means,
  )
  if (found === undefined) return null
  return lightPath(picture.graph, found.worst?.path ?? [found.measure], found.means)
}

function numbersOf(badge: SVGElement): number[] {
  return (badge.dataset['gaps'] ?? '').split(' ').map(Number)
}

function makeButton(part: SVGElement, label: string): void {
  part.setAttribute('role', 'button')
  part.setAttribute('tabindex', '0')
  part.setAttribute('aria-label', label)
}
