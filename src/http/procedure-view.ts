/** Procedures and promises as they cross the wire. */
import type { Procedures, Promises as PromisesOnTheWire } from '../contract/procedure.ts'
import type { ProceduresView } from '../operations/procedure.ts'
import type { Promises } from '../operations/promises.ts'
import { at } from './measure-view.ts'

/** Every adoption, with who may add one. */
export function proceduresView({ adoptions, inForce, mayAdopt }: ProceduresView): Procedures {
  return {
    adoptions: adoptions.map(({ adoptedAt, adoptedByName, adoptedBy: _id, ...adoption }) => ({
      ...adoption,
      adoptedAt: at(adoptedAt),
      adoptedBy: adoptedByName,
    })),
    inForce,
    allowed: mayAdopt ? ['adopt'] : [],
  }
}

/** The promises with the numbers of this moment. */
export function promisesView(promises: Promises): PromisesOnTheWire {
  const { procedure, adoption, acceptedGaps, worst, waiting } = promises
  return {
    procedure,
    adoptedAt: at(adoption.adoptedAt),
    adoptedBy: adoption.adoptedByName,
    reason: adoption.reason,
    acceptedGaps,
    worst,
    waiting,
    at: at(promises.at),
  }
}
