import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { surroundings, type Surroundings } from '../../test/surroundings.ts'
import { maskPolicy, marketplace, valueOf } from '../../test/world.ts'
import type { SecurityEvent } from '../core/security-event.ts'
import { readPolicy } from '../screening/policy.ts'
import { fileAppeal } from './appeal.ts'
import { decideCase, takeCase } from './case.ts'
import { tellContacts, tellSecurityEvents } from './fact.ts'
import { setPolicyLevel } from './policy.ts'
import type { StaffReader } from './who.ts'

const read = readPolicy(
  readFileSync(new URL('../../policies/account-takeover.yaml', import.meta.url), 'utf8'),
  'account-takeover.yaml',
)
if (!read.ok) throw new Error(JSON.stringify(read.errors))
const policies = [maskPolicy, read.policy]
const day = 86_400_000
const account = { kind: 'account', id: 'clay' } as const
const payouts = { kind: 'payouts', id: 'clay' } as const
const open = { signIn: true, sell: true, addListings: true }
const shut = { signIn: false, sell: false, addListings: false }
const thief = { device: 'thief', country: 'BR' }

let made = 0
/** Tells what happened in the account of clay: by the owner's laptop at home unless said otherwise. */
async function tell(s: Surroundings, ...told: Partial<SecurityEvent>[]) {
  const events = told.map((one) => ({
    id: `event-${++made}`,
    sellerId: 'clay',
    at: s.w.app.now(),
    kind: 'sign-in' as const,
    device: 'laptop',
    country: 'PT',
    before: null,
    after: null,
    count: 1,
    ...one,
  }))
  const results = await tellSecurityEvents(s.w.app, marketplace, events)
  await s.w.fireDue()
  return results.map((result) => (result.ok ? result.value.result : result.refusal))
}

/** An account that is weeks old, with money, and a contact and a destination of long ago. */
async function lived(s: Surroundings) {
  const seller = await s.w.seller()
  await s.w.balance('clay', 300)
  await tell(s, { at: new Date(s.w.app.now().getTime() - 30 * day) })
  return seller
}

const contact = (s: Surroundings, id: string, removedAt: Date | null) =>
  tellContacts(s.w.app, marketplace, [
    {
      id,
      sellerId: 'clay',
      address: id === 'clay-mail' ? 'clay@sellers.example' : `${id}@thief.example`,
      verifiedAt: null,
      removedAt,
      factAt: null,
    },
  ])

/** The thief comes, takes the contact away, puts an own one there, and leads the money elsewhere. */
async function hijack(s: Surroundings) {
  await contact(s, 'clay-mail', s.w.app.now())
  await contact(s, 'new-mail', null)
  await tell(
    s,
    { kind: 'sign-in', ...thief },
    { kind: 'contact-changed', ...thief },
    { kind: 'payout-target-changed', ...thief },
  )
}

describe('a hijacked account', () => {
  test('is secured by the machine: sign-in shut, money only to what is old, no fault, a way without sign-in', async () => {
    await using s = await surroundings({ policies })
    await lived(s)
    await hijack(s)
    expect((await s.w.owed(account))?.state).toEqual(shut)
    expect((await s.w.owed(payouts))?.state).toEqual({ held: null, onlyTo: ['old-bank'] })
    const [measure, ...more] = await s.w.measures(account)
    expect(more).toEqual([])
    expect(measure?.decision).toMatchObject({
      measure: 'account.secure',
      takenBy: { kind: 'policy', policy: 'account-takeover' },
    })
    expect(measure?.decision.restsOn.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 3 }, () => 'security-event'),
    )
    const statement = measure!.statement
    expect(statement.facts.narrative).toContain(
      'used from a country that the account did not know: Brazil',
    )
    expect(statement.facts.narrative).toContain('97 in 100')
    expect(statement.measure.effect).toContain('nothing is held against you')
    expect(statement.automation).toMatchObject({ detection: true, decision: true })
    expect(statement.redress.desk).toBe('Identity desk')
    expect(statement.redress.channels.join()).not.toContain('button')
  })

  test('its old contact hears of it though the thief took it away, and the new one as well', async () => {
    await using s = await surroundings({ policies })
    await lived(s)
    await contact(s, 'long-gone', new Date(s.w.app.now().getTime() - 91 * day))
    await hijack(s)
    await s.carry().idle()
    expect(
      s.post.arrived
        .map(({ to }) => to)
        .flat()
        .sort(),
    ).toEqual(['clay@sellers.example', 'new-mail@thief.example'])
  })

  test('is shut in the shop before anybody reads of it, since the thief may be reading', async () => {
    await using s = await surroundings({ policies })
    await lived(s)
    await hijack(s)
    const shutBefore: boolean[] = []
    const smtp = s.smtp()
    const slow: ReturnType<Surroundings['smtp']> = {
      close: () => smtp.close(),
      async send(message) {
        await new Promise((resolve) => setTimeout(resolve, 300))
        shutBefore.push(s.shop.held.has('/subjects/account/clay'))
        return smtp.send(message)
      },
    }
    await s.carry({ mailer: slow }).idle()
    expect(shutBefore).toEqual([true, true])
  })

  test('its sessions are ended where the marketplace offers to, again until it has answered, and once', async () => {
    await using s = await surroundings({ policies })
    s.shop.abilities.push('endSessions')
    await lived(s)
    await hijack(s)
    s.shop.failNext(
      ...Array.from(
        { length: 6 },
        () =>
          (_request: unknown, response: { writeHead(status: number): { end(): void } }): void =>
            response.writeHead(503).end(),
      ),
    )
    await s.untilDone(s.carry())
    const [decisionId] = (await s.w.measures(account)).map(({ decision }) => decision.id)
    const asked = s.shop.asked.filter(({ method }) => method === 'POST')
    expect(asked.at(-1)).toMatchObject({
      path: '/subjects/account/clay/end-sessions',
      body: { because: [decisionId] },
    })
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
    const events = await s.w.inside((tx) =>
      tx
        .selectFrom('events')
        .select(['kind', 'detail'])
        .where('kind', 'like', 'sessions.%')
        .execute(),
    )
    expect(events).toEqual([{ kind: 'sessions.ended', detail: { ended: 2 } }])
  })

  test('that the marketplace does not offer to end sessions is kept, and nothing is asked of it', async () => {
    await using s = await surroundings({ policies })
    await lived(s)
    await hijack(s)
    await s.untilDone(s.carry())
    expect(s.shop.asked.filter(({ method }) => method === 'POST')).toEqual([])
  })

  test('is freed by a person of the identity desk, and what they judged secures it no second time', async () => {
    await using s = await surroundings({ policies })
    const seller = await lived(s)
    const milan: StaffReader = await s.w.reviewer('Milan')
    await hijack(s)
    const [measure] = await s.w.measures(account)
    const decisionId = measure!.decision.id
    const filed = valueOf(
      await fileAppeal(
        s.w.app,
        seller,
        {
          objections: [{ decisionId, track: 'dispute', text: 'It was us.', remedy: null }],
          fileIds: [],
        },
        null,
      ),
    )
    const held = await s.w.case(filed.caseId)
    expect(held.desk).toBe('identity')
    valueOf(await takeCase(s.w.app, milan, filed.caseId))
    valueOf(
      await decideCase(s.w.app, milan, {
        caseId: filed.caseId,
        answers: [
          {
            objectionId: held.objections[0]!.id,
            power: 'grant',
            reasons: 'The owner showed who they are.',
          },
        ],
      }),
    )
    await s.w.fireDue()
    expect((await s.w.owed(account))?.state).toEqual(open)
    s.w.advance(1_000)
    await tell(s, { kind: 'sign-in', ...thief }, { kind: 'contact-changed', ...thief })
    expect((await s.w.owed(account))?.state).toEqual(open)
    await tell(s, { kind: 'payout-target-changed', ...thief })
    expect((await s.w.owed(account))?.state).toEqual(shut)
  })
})

describe('an account is left as it is', () => {
  test('where an owner with a new telephone changes one thing', async () => {
    await using s = await surroundings({ policies })
    await lived(s)
    await tell(s, { device: 'new-phone' }, { kind: 'payout-target-changed', device: 'new-phone' })
    expect(await s.w.measures(account)).toEqual([])
  })

  test('where people set the rule to record only, and it is kept what it would have done', async () => {
    await using s = await surroundings({ policies })
    await lived(s)
    const milan = await s.w.reviewer('Milan')
    const manager: StaffReader = { ...milan, roles: ['policy-manager'] }
    valueOf(
      await setPolicyLevel(s.w.app, manager, {
        name: 'account-takeover',
        level: 'shadow',
        reason: 'To see first.',
      }),
    )
    await hijack(s)
    expect(await s.w.measures(account)).toEqual([])
    const noted = await s.w.inside((tx) =>
      tx.selectFrom('events').select('seller_id').where('kind', '=', 'security.noted').execute(),
    )
    expect(noted).toEqual([{ seller_id: 'clay' }])
  })
})

describe('what happened', () => {
  test('is stored once, and told otherwise it is refused', async () => {
    await using s = await surroundings({ policies })
    await s.w.seller()
    const at = s.w.app.now()
    expect(await tell(s, { id: 'e', at })).toEqual(['stored'])
    expect(await tell(s, { id: 'e', at })).toEqual(['unchanged'])
    expect(await tell(s, { id: 'e', at, country: 'BR' })).toEqual(['event_told_otherwise'])
    expect(await tell(s, { at: new Date(at.getTime() + 6 * 60_000) })).toEqual(['event_ahead'])
  })

  test('can be changed or taken away by nobody, not even inside', async () => {
    await using s = await surroundings({ policies })
    await s.w.seller()
    await tell(s, {})
    await expect(
      s.w.inside((tx) => tx.updateTable('security_events').set({ device: 'x' }).execute()),
    ).rejects.toThrow('permission denied')
    await expect(s.w.inside((tx) => tx.deleteFrom('security_events').execute())).rejects.toThrow(
      'permission denied',
    )
  })
})
