import { describe, expect, it } from 'vitest'
import {
  changeCall,
  freeSlots,
  lapsesAfter,
  readNumber,
  slotsAhead,
  type Call,
  type CallCommand,
} from './call.ts'
import type { CallHours } from './help.ts'

const hours: CallHours = {
  'time-zone': 'Europe/Lisbon',
  days: ['mon', 'tue', 'sun'],
  hours: ['09:00-10:00', '14:00-14:40'],
  minutes: 20,
  people: 2,
}
/** A Monday; Lisbon is at UTC then. */
const now = new Date('2026-11-23T09:05:00Z')
const iso = (slots: { startsAt: Date }[]) => slots.map(({ startsAt }) => startsAt.toISOString())

describe('the times that are offered', () => {
  it('begin half an hour from now, on the days and in the hours named', () => {
    expect(iso(slotsAhead(hours, now)).slice(0, 5)).toEqual([
      '2026-11-23T09:40:00.000Z',
      '2026-11-23T14:00:00.000Z',
      '2026-11-23T14:20:00.000Z',
      '2026-11-24T09:00:00.000Z',
      '2026-11-24T09:20:00.000Z',
    ])
    const days = new Set(iso(slotsAhead(hours, now)).map((at) => at.slice(0, 10)))
    expect([...days]).toEqual(['2026-11-23', '2026-11-24', '2026-11-29', '2026-11-30'])
  })

  it('follow the clock of their zone when it changes', () => {
    const before = new Date('2026-10-24T12:00:00Z')
    // Summer time ends that Sunday: nine o'clock is an hour later in UTC.
    expect(iso(slotsAhead(hours, before))[0]).toBe('2026-10-25T09:00:00.000Z')
    expect(iso(slotsAhead(hours, new Date('2026-10-20T07:00:00Z')))[0]).toBe(
      '2026-10-20T08:00:00.000Z',
    )
  })

  it('are free until as many are taken as people call', () => {
    const taken = {
      startsAt: new Date('2026-11-23T14:00:00Z'),
      endsAt: new Date('2026-11-23T14:20:00Z'),
    }
    expect(iso(freeSlots(hours, [taken], now))).toContain('2026-11-23T14:00:00.000Z')
    expect(iso(freeSlots(hours, [taken, taken], now))).not.toContain('2026-11-23T14:00:00.000Z')
    // Calls had another length before.
    const long = {
      startsAt: new Date('2026-11-23T13:50:00Z'),
      endsAt: new Date('2026-11-23T14:21:00Z'),
    }
    expect(iso(freeSlots(hours, [long, long], now))).not.toContain('2026-11-23T14:20:00.000Z')
  })
})

it.each([
  ['+351 912 345 678', '+351 912 345 678'],
  ['  (030) 123-456/7 ', '(030) 123-456/7'],
  ['12345', null],
  ['call me', null],
  ['+1 555 <script>', null],
  ['', null],
])('%j is read as the number %j', (written, number) => {
  expect(readNumber(written)).toBe(number)
})

const call: Call = {
  id: 'cal_1',
  caseId: 'cas_1',
  sellerId: 'clay',
  startsAt: new Date('2026-11-23T14:00:00Z'),
  endsAt: new Date('2026-11-23T14:20:00Z'),
  seat: 1,
  number: '+351 912 345 678',
  state: 'booked',
  said: null,
  byId: null,
  bookedAt: now,
  endedAt: null,
}
const during = new Date('2026-11-23T14:05:00Z')
const over = new Date(call.endsAt.getTime() + lapsesAfter)

describe('every cell of the life of a call', () => {
  const commands = {
    make: { do: 'make', by: 'sofia', said: 'All is well.' },
    miss: { do: 'miss', by: 'sofia' },
    cancel: { do: 'cancel', by: 'ines' },
    lapse: { do: 'lapse' },
  } as const satisfies Record<CallCommand['do'], CallCommand>
  const becomes: Record<Call['state'], Partial<Record<CallCommand['do'], Call['state']>>> = {
    booked: { make: 'made', miss: 'missed', cancel: 'cancelled', lapse: 'lapsed' },
    lapsed: { make: 'made' },
    made: {},
    missed: {},
    cancelled: {},
  }
  for (const [state, ways] of Object.entries(becomes) as [
    Call['state'],
    (typeof becomes)['made'],
  ][])
    for (const command of Object.values(commands))
      it(`${state}, ${command.do}: ${ways[command.do] ?? 'refused'}`, () => {
        const result = changeCall({ ...call, state }, command, over)
        const expected = ways[command.do]
        if (expected === undefined) expect(result).toEqual({ ok: false, refusal: 'wrong_state' })
        else expect(result).toMatchObject({ ok: true, call: { state: expected, endedAt: over } })
      })

  it('nobody is missed before the time, what was said is said, and a clock waits for its time', () => {
    expect(changeCall(call, commands.miss, now)).toMatchObject({ refusal: 'call_ahead' })
    expect(changeCall(call, { ...commands.make, said: ' ' }, during)).toMatchObject({
      refusal: 'said_missing',
    })
    expect(changeCall(call, commands.lapse, during)).toMatchObject({ refusal: 'wrong_state' })
  })
})
