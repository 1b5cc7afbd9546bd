/** The route by which pages learn who their reader is. */
import type { Me } from '../contract/session.ts'
import { readOwnSeller } from '../operations/session.ts'
import { on, type Context } from './context.ts'
import { valueOf } from './problem.ts'

export const sessionRoutes = {
  getMe: on.session.getMe.handler(async ({ context }) => ({
    me: await readMe(context),
    marketplace: context.door.app.marketplace,
    isDemo: context.door.config.demo && !context.door.config.production,
    clockAhead: context.door.config.timeMachine?.ahead() ?? null,
  })),
}

async function readMe({ door, who, address }: Context): Promise<Me> {
  if (who.kind === 'staff') {
    const { name, email, id, roles, desks } = who
    return { kind: 'staff', name, email, id, roles, desks }
  }
  if (who.kind !== 'seller') return { kind: 'nobody' }
  const { id: sellerId, name: sellerName } = valueOf(await readOwnSeller(door.app, who.sellerId))
  if (who.matter !== null) return { kind: 'link', sellerId, sellerName, ...who.matter }
  const email = address ?? who.by
  return { kind: 'seller', name: sellerName, email, sellerId, sellerName }
}
