/** A text examined: read and checked as the command does it, with everything that the page shows of it. */
import type { DocumentError } from '../../core/document.ts'
import { notCovered, type KnownGap } from '../../core/known-gap.ts'
import type { Procedure } from '../../core/procedure.ts'
import { checkProcedure, type Check } from '../../procedure/check.ts'
import { knownGap } from '../../procedure/gap-name.ts'
import { readProcedure } from '../../procedure/read.ts'
import { worstOfSituations, type SituationWorst } from '../../procedure/situation-worst.ts'
import { findLines } from '../../procedure/written-at.ts'
import { layOutProcedure, type Picture } from '../../procedure/draw/picture.ts'
import { sayVerdict } from '../../procedure/draw/words.ts'

/** One numbered remark: gaps of one kind at one place. Its number is the same in picture, text and list. */
export interface Note {
  number: number
  gaps: KnownGap[]
  /** The lines of the text that it is about, from 1. */
  lines: number[]
}

export interface Readable {
  isReadable: true
  procedure: Procedure
  check: Check
  picture: Picture
  verdict: { word: string; sentence: string }
  notes: Note[]
  /** What this system can impose and the document leads nowhere. */
  uncovered: KnownGap[]
  situations: SituationWorst[]
}

export type Examined = Readable | { isReadable: false; errors: DocumentError[] }

/** Reads, checks and lays out a text. */
export function examine(text: string, width: number): Examined {
  const read = readProcedure(text)
  if (!read.ok) return { isReadable: false, errors: read.errors }
  const { procedure } = read
  const check = checkProcedure(procedure)
  const picture = layOutProcedure(procedure, check, { isPart: true, width })
  const written = findLines(text)
  const lineOf = (place: string): (number | null)[] => {
    const [kind = '', ...name] = place.split(' ')
    if (kind === 'desk') return [written.lineOf('desks', name.join(' '))]
    return kind === 'channel' ? [written.lineOf('channels', name.join(' '))] : []
  }
  return {
    isReadable: true,
    procedure,
    check,
    picture,
    verdict: sayVerdict(check),
    notes: picture.notes.map(({ number, gaps, at }) => {
      const shut = gaps.flatMap(({ code, measure }) =>
        code === 'no-way-in' && measure !== null ? [written.lineOf('measures', measure)] : [],
      )
      const lines = [...at.flatMap(lineOf), ...shut].filter((line) => line !== null)
      return { number, gaps: gaps.map(knownGap), lines: [...new Set(lines)].sort((a, b) => a - b) }
    }),
    uncovered: notCovered(procedure),
    situations: worstOfSituations(procedure),
  }
}
