/** Carries what a hand-over orders to the marketplace; what it does not offer is written down as that. */
import type { Ability } from '../core/ability.ts'
import type { App } from '../operations/app.ts'
import {
  recordOrder,
  recordOrderFailure,
  type ClaimedOrder,
  type OrderAnswer,
} from '../operations/claim-order.ts'
import { ConnectorError } from './connector-request.ts'
import type { Connector } from './connector.ts'

type Found = Extract<ClaimedOrder, { found: 'order' }>

export async function carryOrder(
  app: App,
  { claim, order }: Found,
  connector: Connector,
): Promise<void> {
  try {
    const offered: Ability[] = await connector.abilities()
    const answer = offered.includes(order.ability)
      ? await give(order, connector)
      : ({ is: 'unable' } as const)
    await recordOrder(app, { claim, order }, answer)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    if (claim.attempt === 1 || claim.attempt % 10 === 0)
      app.log('the marketplace could not be told what a hand-over orders', {
        order: order.id,
        ability: order.ability,
        attempt: claim.attempt,
        error: error.message,
      })
    await recordOrderFailure(app, claim, error.message)
  }
}

async function give(
  { id, sellerId, ability, detail }: Found['order'],
  connector: Connector,
): Promise<OrderAnswer> {
  switch (ability) {
    case 'endSessions':
      await connector.endSessions(sellerId, { because: detail.because ?? [], id })
      return { is: 'done' }
    case 'resetAccess':
      await connector.resetAccess(sellerId, { address: detail.address ?? '', id })
      return { is: 'done' }
    case 'changesSince':
      return { is: 'changes', changes: await allChanges(connector, sellerId, detail.since ?? '') }
    case 'revert':
      return {
        is: 'reverted',
        reverted: await connector.revert(sellerId, { changes: detail.changes ?? [], id }),
      }
  }
}

/** Page by page: each goes on from the last change of the one before. */
async function allChanges(connector: Connector, sellerId: string, since: string) {
  const changes = new Map<
    string,
    Awaited<ReturnType<Connector['changesSince']>>['changes'][number]
  >()
  let from = new Date(since)
  for (let page = 0; page < 20; page++) {
    const told = await connector.changesSince(sellerId, from)
    const before = changes.size
    for (const change of told.changes) changes.set(change.id, change)
    const last = told.changes.at(-1)
    if (!told.truncated || last === undefined || changes.size === before) break
    from = last.at
  }
  return [...changes.values()]
}
