/** Rings over HTTP: the list, one with all that ties it, and what people find of it. */
import { confirmRing, dismissRing, pruneRing, putBackIntoRing } from '../operations/ring.ts'
import { listRings, readRing } from '../operations/ring-view.ts'
import type { RingForDesk } from '../contract/ring.ts'
import { on, type Context } from './context.ts'
import { valueOf } from './problem.ts'
import { ringInList, ringView, weighingView } from './ring-view.ts'

export const ringRoutes = {
  list: on.rings.list.handler(async ({ context: { door, who } }) => {
    const { rings, past, weighing, calibration } = valueOf(await listRings(door.app, who))
    return {
      rings: rings.map(ringInList),
      past: past.map(ringInList),
      weighing: weighing && weighingView(weighing),
      calibration,
      now: door.app.now().toISOString(),
    }
  }),
  get: on.rings.get.handler(({ input, context }) => read(context, input.ringId)),
  prune: on.rings.prune.handler(async ({ input, context }) => {
    valueOf(await pruneRing(context.door.app, context.who, input))
    return read(context, input.ringId)
  }),
  putBack: on.rings.putBack.handler(async ({ input, context }) => {
    valueOf(await putBackIntoRing(context.door.app, context.who, input))
    return read(context, input.ringId)
  }),
  confirm: on.rings.confirm.handler(async ({ input, context }) => {
    const { door, who, idempotency } = context
    valueOf(await confirmRing(door.app, who, input, idempotency))
    return read(context, input.ringId)
  }),
  dismiss: on.rings.dismiss.handler(async ({ input, context }) => {
    const { door, who, idempotency } = context
    valueOf(await dismissRing(door.app, who, input, idempotency))
    return read(context, input.ringId)
  }),
}

async function read({ door, who }: Context, ringId: string): Promise<RingForDesk> {
  return ringView(valueOf(await readRing(door.app, who, ringId)), door.app.now())
}
