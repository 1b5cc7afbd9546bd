/** The whole own file over HTTP: one JSON object, written while it is read, each entry on a line of its own. */
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { HealthRules } from '../core/health-rules.ts'
import { openOwnFile, type OwnFile } from '../operations/export.ts'
import type { Api } from './api.ts'
import { orderView } from './belongings-view.ts'
import { sellerCaseView } from './case-view.ts'
import type { Door } from './door.ts'
import { healthView } from './health-view.ts'
import { at, atOrNull, fileView, statusOf, type MeasureRecord } from './measure-view.ts'
import { RefusalError } from './problem.ts'

/** Adds the way out for the whole file. */
export function serveExport(server: FastifyInstance, door: Door, api: Api): void {
  server.get('/v1/export', { config: { command: 'seller.export' } }, async (request, reply) => {
    const { who } = await api.ask(request, reply)
    const file = await openOwnFile(door.app, who)
    if (!file.ok) throw new RefusalError(file)
    const name = `${file.seller.id.replace(/[^\w.-]/g, '_')}-${at(door.app.now()).slice(0, 10)}.json`
    return reply
      .headers({
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-store',
        'recourse-entries': String(file.entries),
      })
      .send(Readable.from(gathered(written(file, door.app.now(), door.app.health))))
  })
}

/** Small pieces put together, so that not each of them is sent by itself. */
async function* gathered(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let waiting = ''
  for await (const piece of pieces) {
    waiting += piece
    if (waiting.length < 64 * 1024) continue
    yield waiting
    waiting = ''
  }
  yield waiting
}

/** The pieces of the file; one that breaks off lacks its last key and cannot be taken for whole. */
async function* written(
  file: OwnFile,
  now: Date,
  rules: HealthRules | null,
): AsyncGenerator<string> {
  const { seller, balance, health } = file
  yield `{"exportedAt":${JSON.stringify(at(now))},\n`
  yield `"seller":${JSON.stringify({ ...seller, since: at(seller.since) })},\n`
  yield `"balance":${JSON.stringify(balance)},\n`
  yield `"health":${JSON.stringify(health && rules && healthView(health, rules, 'seller'))},\n`
  yield* list('contacts', file.contacts, (contact) => contact)
  yield* list('members', file.members, ({ sellerId: _, ...member }) => member)
  yield* list('listings', file.listings, ({ listingId, version, text, receivedAt }) => ({
    id: listingId,
    version,
    receivedAt: at(receivedAt),
    ...text,
  }))
  yield* list('measures', file.measures, (measure) => measureEntry(measure, now))
  yield* list('cases', file.cases, (view) => sellerCaseView(view, now))
  yield* list('files', file.files, (one) => ({ ...fileView(one), caseId: one.caseId }))
  yield* list('orders', file.orders, orderView)
  yield '"complete":true}\n'
}

async function* list<Entry>(
  name: string,
  entries: Iterable<Entry> | AsyncIterable<Entry>,
  entryOf: (entry: Entry) => unknown,
): AsyncGenerator<string> {
  yield `"${name}":[`
  let isFirst = true
  for await (const entry of entries) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(entryOf(entry))}`
    isFirst = false
  }
  yield '],\n'
}

/** A measure as its statement told it, and what became of it. */
function measureEntry(measure: MeasureRecord, now: Date) {
  const { decision, statement, action, informedAt } = measure
  return {
    decisionId: decision.id,
    number: statement.number,
    measure: decision.measure,
    status: statusOf(measure, now),
    since: at(action.inForceFrom),
    endsAt: atOrNull(action.endsAt),
    endedAt: atOrNull(action.endedAt),
    informedAt: atOrNull(informedAt),
    statement,
  }
}
