/** A game is a sound procedure to play histories in, with what its check announces for every way in. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Procedure } from '../../src/core/procedure.ts'
import { checkProcedure } from '../../src/procedure/check.ts'
import { findAll } from '../../src/procedure/findings.ts'
import { readProcedure } from '../../src/procedure/read.ts'
import { written, type Written } from '../random-procedure.ts'
import { smallShop as smallShopDocument } from '../small-shop.ts'

export interface Way {
  matter: string
  channel: string
  desk: string
  /** The worst that the check announces: until a person who may decide has it, and until the answer. */
  person: number
  answer: number
}

export interface Game {
  procedure: Procedure
  ways: Way[]
}

/** The default procedure that ships with the project. */
export const recourse = () =>
  gameOf(read(readFileSync(new URL('../../procedures/recourse.yaml', import.meta.url), 'utf8')))

/** A procedure with a machine that reads first, and with desks that may not decide. */
export const smallShop = () => gameOf(read(smallShopDocument))

/** Sound ones among random documents, new ones for every few thousand histories; the same seed gives the same again. */
export function randomSound(seed: number): (history: number) => Game {
  let block = -1
  let sound: Game[] = []
  return (history) => {
    if (Math.floor(history / 4_000) !== block) {
      block = Math.floor(history / 4_000)
      sound = fc.sample(written, { seed: seed + block, numRuns: 300 }).flatMap(soundOf)
    }
    return sound[history % sound.length]!
  }
}

/** The document's procedure, where it is sound; its sellers may be asked. */
function soundOf(document: Written): Game[] {
  const limits = { ...document.limits, asks: 2, 'ask-wait': 'P3D' }
  const head = { procedure: 'random', title: 'Random', officer: 'o@example.com' }
  const procedure = read(JSON.stringify({ ...head, ...document, limits }))
  return checkProcedure(procedure).sound ? [gameOf(procedure)] : []
}

function gameOf(procedure: Procedure): Game {
  const { ways, toPerson, toAnswer } = findAll(procedure)
  const distinct = new Map(ways.map((way) => [`${way.measure} ${way.channel}`, way]))
  return {
    procedure,
    ways: [...distinct.values()].map((way) => ({
      matter: way.measure,
      channel: way.channel,
      desk: way.desk,
      person: toPerson(way).time,
      answer: toAnswer(way).time,
    })),
  }
}

function read(text: string): Procedure {
  const result = readProcedure(text)
  if (!result.ok) throw new Error(`read a procedure: ${JSON.stringify(result.errors)}`)
  return result.procedure
}
