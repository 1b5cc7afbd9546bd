/** A plot says its point in a title, is drawn as wide as its place, and gives the same numbers as a table. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import classes from './plot-figure.module.css'

interface PlotFigureProps {
  /** The point that it makes, as a sentence. */
  title: string
  /** What is drawn, in small words below. */
  note?: string
  /** What one who does not see it hears in its place. */
  words: string
  height: number
  /** Draws with Plot; stays the same function while its data stay the same. */
  draw: (width: number) => Element
  table: ReactNode
}

/** A picture until "as a table" is pressed. */
export function PlotFigure({ title, note, words, height, draw, table }: PlotFigureProps) {
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  return (
    <figure className={classes['figure']} aria-labelledby={id}>
      <figcaption>
        <div>
          <h3 id={id}>{title}</h3>
          {note !== undefined && <p className="small second">{note}</p>}
        </div>
        <button
          type="button"
          className="link small"
          aria-describedby={id}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'as a picture' : 'as a table'}
        </button>
      </figcaption>
      {asTable ? (
        <div className={classes['numbers']} role="region" aria-labelledby={id} tabIndex={0}>
          {table}
        </div>
      ) : (
        <Drawn words={words} height={height} draw={draw} />
      )}
    </figure>
  )
}

/** The picture alone, as wide as its place; heard as its words. */
export function Drawn({ words, height, draw }: Pick<PlotFigureProps, 'words' | 'height' | 'draw'>) {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (place.current === null) return
    const watch = new ResizeObserver(([entry]) =>
      setWidth(Math.round(entry?.contentRect.width ?? 0)),
    )
    watch.observe(place.current)
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    if (place.current === null || width === 0) return
    const drawn = draw(width)
    // The picture is one image with its numbers in words; Plot's own names for its groups would only repeat.
    drawn.setAttribute('aria-hidden', 'true')
    for (const part of drawn.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
    place.current.replaceChildren(drawn)
    return () => drawn.remove()
  }, [draw, width])
  return (
    <div
      ref={place}
      className={classes['drawn']}
      role="img"
      aria-label={words}
      style={{ minHeight: height }}
    />
  )
}

/** How every plot is written: in the sans of the page, in its inks, on no ground of its own. */
export const plotStyle = {
  fontFamily: 'var(--sans)',
  fontSize: '12px',
  color: 'var(--ink2)',
  background: 'none',
} as const
