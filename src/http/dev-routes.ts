/** The time machine over HTTP: only in the demo, only on this machine. */
import type { Standing, TimeMachine } from '../operations/time-machine.ts'
import { on, type Context } from './context.ts'
import { refuseRequest, valueOf } from './problem.ts'

export const devRoutes = {
  getClock: on.dev.getClock.handler(async ({ context }) =>
    standingView(await machineOf(context).stand()),
  ),
  moveClock: on.dev.moveClock.handler(async ({ input, context }) => {
    const machine = machineOf(context)
    const { fired, waiting, ...standing } = valueOf(await machine.forward(input))
    return {
      ...standingView(standing),
      fired: fired.map(({ dueAt, words }) => ({ dueAt: dueAt.toISOString(), words })),
      waiting,
    }
  }),
}

/** That it is asked for from this machine was made sure of at the door. */
function machineOf({ door: { config } }: Context): TimeMachine {
  return config.timeMachine ?? refuseRequest('development_only')
}

function standingView({ now, ahead, next }: Standing) {
  return { now: now.toISOString(), ahead, nextAt: next?.toISOString() ?? null }
}
