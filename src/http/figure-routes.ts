/** The figures over HTTP, for anybody. */
import type { Figures } from '../contract/figures.ts'
import { readPublicFigures, type PublicFigures } from '../operations/figures.ts'
import { on } from './context.ts'
import { at, atOrNull } from './measure-view.ts'

export const figureRoutes = {
  get: on.figures.get.handler(async ({ input: { period }, context: { door } }) =>
    figuresView(await readPublicFigures(door.app, period)),
  ),
}

/** The figures as they cross the wire. */
export function figuresView({ from, until, procedure, ...figures }: PublicFigures): Figures {
  return {
    ...figures,
    from: atOrNull(from),
    until: at(until),
    procedure: { ...procedure, adoptedAt: at(procedure.adoptedAt) },
  }
}
