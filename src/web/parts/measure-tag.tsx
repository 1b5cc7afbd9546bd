/** The tag names what is in force (red) or was given back (green), always with a word. */
import type { MeasureForSeller } from '../../contract/case.ts'
import classes from './measure-tag.module.css'
import { useClock } from './time.tsx'

export type TagTone = 'red' | 'green' | 'amber' | 'plain'

interface TagProps {
  tone: TagTone
  children: string
}

/** A small coloured word. */
export function Tag({ tone, children }: TagProps) {
  return (
    <span className={classes['tag']} data-tone={tone}>
      {children}
    </span>
  )
}

/** The tag of a measure as it is now: "Off sale", "Will be closed", "Taken back", "Ended by itself". */
export function MeasureTag({
  measure,
}: {
  measure: Pick<MeasureForSeller, 'tag' | 'status' | 'since'>
}) {
  const { now } = useClock()
  switch (measure.status) {
    case 'in-force':
      // Of all measures a closing alone is told long before it counts.
      if (new Date(measure.since) > now) return <Tag tone="amber">Will be closed</Tag>
      return <Tag tone="red">{measure.tag}</Tag>
    case 'lifted':
      return <Tag tone="green">Taken back</Tag>
    case 'narrowed':
      return <Tag tone="amber">Made narrower</Tag>
    case 'expired':
      return <Tag tone="plain">Has ended</Tag>
  }
}
