/** Calibration is whether what was said of complaints came true: of those believed with 9 in 10, people confirm 9 in 10. */
import { z } from 'zod'
import { Mean, meanOf, Share, shareOf } from './likely-range.ts'

/** A complaint as it was believed, and whether it was found to be so. */
export interface Believed {
  /** From 0 to 1. */
  said: number
  isSo: boolean
}

/** Those that were believed about as far: how far on average, and of how many it was so. */
export const CalibrationBar = z.object({ said: z.number(), found: Share })
export type CalibrationBar = z.infer<typeof CalibrationBar>

export const Calibration = z.object({
  /** By tenths of what was said, the lowest first; null where there are none. */
  bars: z.array(CalibrationBar.nullable()).length(10),
  /** All together; null where there are none. */
  whole: CalibrationBar.nullable(),
  /** The mean of (said − found)², and between what it lies with 95 in 100 (Brier 1950); null for fewer than two. */
  error: Mean.nullable(),
})
export type Calibration = z.infer<typeof Calibration>

export function calibrationOf(believed: readonly Believed[]): Calibration {
  const tenths = Array.from({ length: 10 }, (): Believed[] => [])
  for (const one of believed) tenths[tenthOf(one.said)]?.push(one)
  return {
    bars: tenths.map(barOf),
    whole: barOf(believed),
    error: errorOf(believed.map(({ said, isSo }) => (said - (isSo ? 1 : 0)) ** 2)),
  }
}

function tenthOf(said: number): number {
  return Math.min(9, Math.floor(10 * said))
}

function barOf(believed: readonly Believed[]): CalibrationBar | null {
  if (believed.length === 0) return null
  const said = believed.reduce((sum, one) => sum + one.said, 0) / believed.length
  return { said, found: shareOf(believed.filter(({ isSo }) => isSo).length, believed.length) }
}

function errorOf(squares: readonly number[]): Calibration['error'] {
  if (squares.length < 2) return null
  const { mean, low, high } = meanOf(squares)
  return { mean, low: Math.max(0, low), high: Math.min(1, high) }
}
