/** Weights of complaints as a file: written by `recourse complaints train`, read by `recourse complaints score`. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { wordsOf } from '../core/thrown.ts'
import { writtenWeights } from '../credibility/sum.ts'
import type { Weights, WrittenSignal } from '../credibility/sum.ts'
import { CannotRun } from './command.ts'

// Object.keys forgets which keys an object has.
const signals = Object.keys(writtenWeights) as [WrittenSignal, ...WrittenSignal[]]

const WeightFile = z.strictObject({
  /** Every signal that has a written weight, in log-odds that a complaint is genuine. */
  weights: z.record(z.enum(signals), z.number().min(-10).max(10)),
  learnedFrom: z.object({ confirmed: z.int().min(0), refuted: z.int().min(0) }),
})
export type WeightFile = z.infer<typeof WeightFile>

/** Reads weights; refuses a file that lacks one, has one too many, or turns one round. */
export function readWeights(file: string): Weights {
  let read: WeightFile
  try {
    read = WeightFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : wordsOf(cause)
    throw new CannotRun(`${file} holds no weights of complaints: ${why}`, { cause })
  }
  const turned = signals.find((signal) => read.weights[signal] * writtenWeights[signal] < 0)
  if (turned !== undefined)
    throw new CannotRun(`${file}: "${turned}" weighs to the other side than it is written.`)
  return read.weights
}

export function sayWeights(file: WeightFile): string {
  return `${JSON.stringify(file, null, 2)}\n`
}
