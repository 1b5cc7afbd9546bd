import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook as Verifier } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { world, type World } from '../../test/world.ts'
import { later } from '../core/calendar.ts'
import { undoWindow } from '../core/decision.ts'
import { webhookKindNames, type WebhookKind } from '../core/webhook.ts'
import { fileAppeal } from '../operations/appeal.ts'
import { imposeByHand, undoMeasure } from '../operations/measure.ts'
import type { Reach } from '../operations/reach.ts'
import { addStaff } from '../operations/staff.ts'
import {
  addWebhook,
  changeWebhook,
  dropWebhook,
  readWebhookDeliveries,
  readWebhooks,
  repeatWebhookDelivery,
  rotateSecret,
  testWebhook,
} from '../operations/webhook.ts'
import { secretOf } from '../operations/webhook-secret.ts'
import { claimTelling } from '../operations/webhook-telling.ts'
import type { Result } from '../operations/result.ts'
import type { StaffReader } from '../operations/who.ts'
import type { Role } from '../core/role.ts'
import { transact } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import { startDelivery } from './carrier.ts'
import { openOutside } from './outside.ts'

const secret = 'a secret for tests of thirty-two characters'
const reach: Reach = { thisMachine: true, ports: [] }

interface Heard {
  id: string
  headers: IncomingHttpHeaders
  text: string
  body: { type: WebhookKind | 'webhook.test'; timestamp: string; data: Record<string, unknown> }
}

/** A world with an administrator and somebody outside who listens. */
async function listening() {
  const w = await world({ undoFor: 0 })
  const heard: Heard[] = []
  let status = 204
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const { headers } = request
      heard.push({
        id: String(headers['webhook-id']),
        headers,
        text,
        body: JSON.parse(text) as Heard['body'],
      })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  const admin = await person(w, 'ada', ['administrator'])
  const delivery = startDelivery(w.app, {
    mailer: { send: () => Promise.resolve({ ok: true }), close: () => undefined },
    connector: null,
    publicUrl: 'http://127.0.0.1',
    secret,
    everyMs: 20,
    outside: openOutside({ reach, timeoutMs: 1_000 }),
  })
  return {
    w,
    admin,
    url,
    heard,
    answerWith: (code: number) => (status = code),
    add: async (kinds: WebhookKind[] = webhookKindNames) =>
      valueOf(
        await addWebhook(w.app, admin, {
          draft: { name: 'the shop', url, kinds },
          reach,
          idempotency: null,
        }),
      ),
    /** Until nothing is due any more. */
    carried: () => delivery.idle(),
    kinds: () => heard.map(({ body }) => body.type),
    async [Symbol.asyncDispose]() {
      await delivery.stop()
      server.closeAllConnections()
      server.close()
      await w[Symbol.asyncDispose]()
    },
  }
}

async function person(w: World, name: string, roles: Role[]): Promise<StaffReader> {
  const email = `${name}@marketplace.example`
  const { id } = await addStaff(w.app, { email, name, roles, desks: [] })
  return { kind: 'staff', id, name, email, roles, desks: [] }
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal)
  return result.value
}

describe('a webhook', () => {
  test('hears what happened, signed, in ids and states and not one word of anybody', async () => {
    await using l = await listening()
    const webhook = await l.add()
    const { seller, decisionId } = await l.w.removedListing()
    await l.carried()
    expect(l.kinds().sort()).toEqual(['decision.taken', 'measure.in_force'])
    const appeal = valueOf(
      await fileAppeal(
        l.w.app,
        seller,
        {
          objections: [
            { decisionId, track: 'dispute', text: 'It is a beauty mask.', remedy: null },
          ],
          fileIds: [],
        },
        null,
      ),
    )
    await l.carried()
    expect(l.kinds()).toContain('case.opened')
    for (const { headers, text, id, body } of l.heard) {
      const verifier = new Verifier(secretOf(secret, webhook))
      expect(
        verifier.verify(text, {
          'webhook-id': id,
          'webhook-timestamp': String(headers['webhook-timestamp']),
          'webhook-signature': String(headers['webhook-signature']),
        }),
      ).toEqual(body)
      expect(text).not.toMatch(/clay & co|Clay face mask|beauty|@/)
    }
    expect(l.heard.find(({ body }) => body.type === 'case.opened')?.body.data).toMatchObject({
      caseId: appeal.caseId,
      state: 'open',
      sellerId: 'clay',
      objections: [{ decisionId, outcome: null }],
    })
    const deliveries = valueOf(await readWebhookDeliveries(l.w.app, l.admin, webhook.id))
    expect(deliveries.map(({ state, lastStatus }) => [state, lastStatus])).toEqual([
      ['delivered', 204],
      ['delivered', 204],
      ['delivered', 204],
    ])
  })

  test('hears only of the kinds that it listens to, and nothing while it is off or after it is removed', async () => {
    await using l = await listening()
    const webhook = await l.add(['measure.in_force'])
    await l.w.removedListing('l1')
    await l.carried()
    expect(l.kinds()).toEqual(['measure.in_force'])
    valueOf(await changeWebhook(l.w.app, l.admin, { id: webhook.id, isOn: false, reach }))
    await l.w.listing('l2', 'clay')
    await l.carried()
    valueOf(await dropWebhook(l.w.app, l.admin, webhook.id))
    await l.w.listing('l3', 'clay')
    await l.carried()
    expect(l.kinds()).toHaveLength(1)
  })

  test('hears of nothing that was rolled back', async () => {
    await using l = await listening()
    await l.add()
    const event = {
      at: l.w.app.now(),
      kind: 'case.opened',
      sellerId: null,
      caseId: null,
      decisionId: null,
      by: null,
      detail: {},
    }
    await transact(l.w.db, { inside: true }, async (tx) => {
      await recordEvents(tx, [event])
      throw new Error('the change fails')
    }).catch(() => undefined)
    expect(await claimTelling(l.w.app)).toEqual({ found: 'nothing' })
  })

  test('hears of a measure by hand once its minute is over, and never of one that was undone within it', async () => {
    await using l = await listening()
    await l.add(['decision.taken', 'measure.in_force', 'measure.lifted'])
    const milan = await l.w.reviewer('Milan')
    await l.w.seller('clay')
    await l.w.seller('oak')
    const impose = async (id: string) =>
      valueOf(
        await imposeByHand(
          l.w.app,
          milan,
          {
            subject: { kind: 'account', id },
            measure: 'account.suspend',
            policy: 'masks',
            reasons: 'Seen by a person.',
            endsAt: null,
            amount: null,
            exception: null,
          },
          null,
        ),
      )
    const undone = await impose('clay')
    const kept = await impose('oak')
    await l.carried()
    expect(l.heard).toEqual([])
    valueOf(await undoMeasure(l.w.app, milan, undone.decisionId))
    l.w.advance(undoWindow + 1_000)
    await l.w.fireDue()
    await expect.poll(() => l.kinds().length).toBe(2)
    await l.carried()
    expect(l.heard.map(({ body }) => body.data['decisionId'])).toEqual([
      kept.decisionId,
      kept.decisionId,
    ])
  })

  test('that answers badly is told again with growing pauses under the same id, given up after days, and told once more when asked', async () => {
    await using l = await listening()
    const webhook = await l.add()
    l.answerWith(503)
    valueOf(await testWebhook(l.w.app, l.admin, webhook.id))
    const last = async () => valueOf(await readWebhookDeliveries(l.w.app, l.admin, webhook.id))[0]!
    await l.carried()
    const started = l.w.app.now()
    const pauses: number[] = []
    for (;;) {
      const { nextAt } = await last()
      if (nextAt === null) break
      const pause = nextAt.getTime() - l.w.app.now().getTime()
      pauses.push(pause)
      l.w.advance(pause + 1_000)
      await l.carried()
    }
    // To the second: looking at the clock takes its time too.
    const seconds = pauses.map((pause) => Math.round(pause / 1000))
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b))
    expect(l.w.app.now() > later(started, 3 * 86_400_000)).toBe(true)
    expect(await last()).toMatchObject({ state: 'dead', lastStatus: 503, attempts: 13 })
    expect(new Set(l.heard.map(({ id }) => id)).size).toBe(1)
    l.answerWith(200)
    const { id: deliveryId } = await last()
    valueOf(await repeatWebhookDelivery(l.w.app, l.admin, { id: webhook.id, deliveryId }))
    await l.carried()
    expect(await last()).toMatchObject({ id: deliveryId, state: 'delivered', attempts: 1 })
    expect(l.heard.at(-1)?.id).toBe(deliveryId)
  })

  test('that says it is gone is told no more, and a redirect is not followed', async () => {
    await using l = await listening()
    const webhook = await l.add()
    l.answerWith(410)
    valueOf(await testWebhook(l.w.app, l.admin, webhook.id))
    await l.carried()
    const [gone] = valueOf(await readWebhookDeliveries(l.w.app, l.admin, webhook.id))
    expect(gone).toMatchObject({ state: 'dead', attempts: 1 })
    l.answerWith(308)
    valueOf(await testWebhook(l.w.app, l.admin, webhook.id))
    await l.carried()
    const [moved] = valueOf(await readWebhookDeliveries(l.w.app, l.admin, webhook.id))
    expect(moved).toMatchObject({ state: 'waiting', lastStatus: 308 })
  })

  test('whose secret is replaced is signed with both for a day, and then with the new one alone', async () => {
    await using l = await listening()
    const webhook = await l.add()
    const old = secretOf(secret, webhook)
    const { webhook: rotated } = valueOf(await rotateSecret(l.w.app, l.admin, webhook.id))
    const fresh = secretOf(secret, rotated)
    expect(fresh).not.toBe(old)
    const verifies = (one: string) => {
      const { headers, text, id } = l.heard.at(-1)!
      try {
        new Verifier(one).verify(text, {
          'webhook-id': id,
          'webhook-timestamp': String(headers['webhook-timestamp']),
          'webhook-signature': String(headers['webhook-signature']),
        })
        return true
      } catch {
        return false
      }
    }
    valueOf(await testWebhook(l.w.app, l.admin, webhook.id))
    await l.carried()
    expect([verifies(old), verifies(fresh)]).toEqual([true, true])
    l.w.advance(25 * 3_600_000)
    valueOf(await testWebhook(l.w.app, l.admin, webhook.id))
    await l.carried()
    expect([verifies(old), verifies(fresh)]).toEqual([false, true])
  })

  test('inside a network is refused when it is added and, where its name leads there, when it is told', async () => {
    await using l = await listening()
    const add = (url: string) =>
      addWebhook(l.w.app, l.admin, {
        draft: { name: 'x', url, kinds: ['case.opened'] },
        reach: { thisMachine: false, ports: [] },
        idempotency: null,
      })
    for (const url of [
      'https://127.0.0.1/',
      'https://2130706433/',
      'http://shop.example/',
      'https://[::ffff:10.0.0.1]/',
    ])
      expect(await add(url)).toMatchObject({ ok: false, refusal: 'webhook_address_refused' })
    const named = valueOf(await add('https://localhost/'))
    valueOf(await testWebhook(l.w.app, l.admin, named.id))
    const outside = openOutside({ reach: { thisMachine: false, ports: [] } })
    await expect(outside.post(named.url, { headers: {}, body: '' })).rejects.toMatchObject({
      isForbidden: true,
    })
  })
})

describe('who keeps webhooks', () => {
  test('is an administrator; an auditor looks; for everybody else they are not there', async () => {
    await using l = await listening()
    const webhook = await l.add()
    const auditor = await person(l.w, 'olga', ['auditor'])
    const reviewer = await l.w.reviewer('Milan')
    const seller = await l.w.seller('clay')
    const draft = { name: 'x', url: l.url, kinds: ['case.opened' as const] }
    expect((await readWebhooks(l.w.app, auditor)).ok).toBe(true)
    for (const who of [auditor, reviewer, seller, { kind: 'nobody' } as const]) {
      const attempts = [
        await addWebhook(l.w.app, who, { draft, reach, idempotency: null }),
        await changeWebhook(l.w.app, who, { id: webhook.id, reach, isOn: false }),
        await rotateSecret(l.w.app, who, webhook.id),
        await dropWebhook(l.w.app, who, webhook.id),
        await testWebhook(l.w.app, who, webhook.id),
        await repeatWebhookDelivery(l.w.app, who, { id: webhook.id, deliveryId: 'msg_1' }),
        ...(who === auditor
          ? []
          : [
              await readWebhooks(l.w.app, who),
              await readWebhookDeliveries(l.w.app, who, webhook.id),
            ]),
      ]
      expect(attempts.map((one) => one.ok)).toEqual(attempts.map(() => false))
    }
  })

  test('the database alone shows webhooks to nobody else, and lets an auditor change nothing', async () => {
    await using l = await listening()
    await l.add()
    const rows = (wall: Parameters<typeof transact>[1]) =>
      transact(l.w.db, wall, (tx) => tx.selectFrom('webhooks').select('id').execute())
    const staff = (...roles: Role[]) => ({ staff: { id: 'stf_1', roles, desks: [] } })
    expect(await rows(staff('administrator'))).toHaveLength(1)
    expect(await rows(staff('auditor'))).toHaveLength(1)
    for (const wall of [
      staff('reviewer', 'support'),
      { sellerId: 'clay' },
      { claimId: 'c' },
      { marketplace: 'k' },
      { nobody: true as const },
    ])
      expect(await rows(wall)).toEqual([])
    const changed = await transact(l.w.db, staff('auditor'), (tx) =>
      tx.updateTable('webhooks').set({ is_on: false }).executeTakeFirst(),
    )
    expect(changed.numUpdatedRows).toBe(0n)
  })

  test('what they do is on record', async () => {
    await using l = await listening()
    const webhook = await l.add()
    valueOf(await rotateSecret(l.w.app, l.admin, webhook.id))
    valueOf(await dropWebhook(l.w.app, l.admin, webhook.id))
    const events = await l.w.inside((tx) =>
      tx
        .selectFrom('events')
        .select(['kind', 'by'])
        .where('kind', 'like', 'webhook.%')
        .orderBy('id')
        .execute(),
    )
    expect(events.map(({ kind, by }) => [kind, by === l.admin.id])).toEqual([
      ['webhook.added', true],
      ['webhook.secret_rotated', true],
      ['webhook.removed', true],
    ])
  })
})
