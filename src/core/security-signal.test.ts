import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Policy } from './policy.ts'
import type { SecurityEvent, SecurityEventKind } from './security-event.ts'
import { weighEvents, type LookedAt } from './security-signal.ts'

/** The rule that ships, so that its written weights are what is held to these sentences. */
const policy = Policy.parse(
  parse(readFileSync(new URL('../../policies/account-takeover.yaml', import.meta.url), 'utf8')),
)

const now = new Date('2026-11-26T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

interface Doing {
  /** Minutes before now. */
  ago?: number
  device?: string | null
  country?: string | null
  count?: number
}

let made = 0
const event = (kind: SecurityEventKind, { ago = 10, ...by }: Doing = {}): SecurityEvent => ({
  id: `e${++made}`,
  sellerId: 's1',
  at: minutesAgo(ago),
  kind,
  device: 'old-laptop',
  country: 'PT',
  before: null,
  after: null,
  count: 1,
  ...by,
})

const known = { devices: new Set(['old-laptop']), countries: new Set(['PT']) }
const weigh = (events: SecurityEvent[], more: Partial<LookedAt> = {}) =>
  weighEvents(policy, { events, known, judgedUntil: null, ...more }, now)
const namesIn = (found: ReturnType<typeof weigh>) =>
  found?.finding.evidence.map(({ signal }) => signal)

const thief = { device: 'thief', country: 'BR' }
const newPhone = { device: 'new-phone' }

describe('a stranger at work is seen', () => {
  test('who comes by a new device from a new country and changes contact and payout target', () => {
    const found = weigh([
      event('sign-in', { ...thief, ago: 9 }),
      event('contact-changed', { ...thief, ago: 8 }),
      event('payout-target-changed', { ...thief, ago: 7 }),
    ])
    expect(namesIn(found)).toEqual([
      'new device',
      'new country',
      'contact',
      'payout target',
      'together',
      'base',
    ])
    expect(found?.finding).toMatchObject({ policy: 'account-takeover', outcome: 'deactivate' })
    expect(found?.finding.score).toBeCloseTo(0.971, 3)
    expect(found?.eventIds).toHaveLength(3)
    expect(found?.finding.evidence[1]?.text).toBe(
      'used from a country that the account did not know: Brazil',
    )
  })

  test('who changes one of them and then forty listings', () => {
    const edits = Array.from({ length: 40 }, () => event('listings-changed', thief))
    expect(weigh([event('contact-changed', thief), ...edits])).not.toBeNull()
    expect(
      weigh([event('factor-changed', thief), event('listings-changed', { ...thief, count: 40 })]),
    ).not.toBeNull()
  })

  test('who does all of it at home, by a device that the account does not know', () => {
    const all = [
      event('contact-changed', newPhone),
      event('payout-target-changed', newPhone),
      event('listings-changed', { ...newPhone, count: 20 }),
    ]
    expect(weigh(all)).not.toBeNull()
    expect(weigh(all.slice(0, 2))).toBeNull()
  })

  test('also where nobody says who changed it after they came', () => {
    const nobody = { device: null, country: null }
    const came = event('sign-in', { ...thief, ago: 9 })
    const changed = (ago: number) => [
      event('contact-changed', { ...nobody, ago }),
      event('payout-target-changed', { ...nobody, ago }),
    ]
    expect(weigh([came, ...changed(5)])).not.toBeNull()
    expect(weigh([came, ...changed(15)])).toBeNull()
  })
})

describe('an honest owner is left alone', () => {
  const innocent: [string, SecurityEvent[]][] = [
    [
      'who changes everything by the device and from the country of always',
      [
        event('contact-changed'),
        event('factor-changed'),
        event('payout-target-changed'),
        event('listings-changed', { count: 400 }),
      ],
    ],
    ['with a new telephone', [event('sign-in', newPhone)]],
    [
      'with a new telephone who changes the contact',
      [event('sign-in', newPhone), event('contact-changed', newPhone)],
    ],
    [
      'with a new telephone who changes the bank',
      [event('sign-in', newPhone), event('payout-target-changed', newPhone)],
    ],
    [
      'with a new telephone who changes contact and bank at home',
      [event('contact-changed', newPhone), event('payout-target-changed', newPhone)],
    ],
    [
      'abroad with a new telephone who changes one thing',
      [event('sign-in', thief), event('payout-target-changed', thief)],
    ],
    [
      'abroad with a new telephone who edits the whole catalogue',
      [event('sign-in', thief), event('listings-changed', { ...thief, count: 400 })],
    ],
    [
      'abroad with the laptop of always who changes contact and bank',
      [
        event('contact-changed', { country: 'BR' }),
        event('payout-target-changed', { country: 'BR' }),
      ],
    ],
    [
      'abroad, while a partner changes the bank at home',
      [event('sign-in', thief), event('contact-changed', thief), event('payout-target-changed')],
    ],
    [
      'who changes the contact abroad and the bank two days later',
      [event('contact-changed', { ...thief, ago: 48 * 60 }), event('payout-target-changed', thief)],
    ],
  ]
  test.each(innocent)('%s', (_, events) => {
    expect(weigh(events)).toBeNull()
  })

  test('nothing is strange to an account that has no week behind it', () => {
    const events = [event('contact-changed', thief), event('payout-target-changed', thief)]
    expect(weigh(events)).not.toBeNull()
    expect(weigh(events, { known: null })).toBeNull()
    expect(weigh(events, { known: { devices: new Set(), countries: new Set() } })).toBeNull()
  })

  test('what is told more than a day late protects nobody any more', () => {
    const told = (ago: number) => [
      event('contact-changed', { ...thief, ago }),
      event('payout-target-changed', { ...thief, ago }),
    ]
    expect(weigh(told(23 * 60))).not.toBeNull()
    expect(weigh(told(25 * 60))).toBeNull()
  })

  test('what a person has judged does not speak against the account again', () => {
    const events = [
      event('contact-changed', { ...thief, ago: 9 }),
      event('payout-target-changed', { ...thief, ago: 8 }),
    ]
    expect(weigh(events, { judgedUntil: minutesAgo(10) })).not.toBeNull()
    expect(weigh(events, { judgedUntil: minutesAgo(8) })).toBeNull()
  })
})
