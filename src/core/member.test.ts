import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { later } from './calendar.ts'
import {
  acts,
  changeMember,
  isMore,
  memberMoves,
  memberState,
  mostMembers,
  type Member,
  type MemberCommand,
  type MemberFacts,
  type MemberPart,
  type MemberState,
} from './member.ts'

const now = new Date('2026-11-26T09:00:00Z')
const day = 86_400_000
const alone = { isOwner: false, isOfMarketplace: false, others: 0 }
const owner = 'ines@clay.example'

const represents = (change: Partial<Extract<MemberPart, { role: 'representative' }>> = {}) => ({
  role: 'representative' as const,
  matters: { decisions: ['dec_1'], cases: ['cas_1'] },
  mayWrite: true,
  until: later(now, 30 * day),
  ...change,
})
const member = (change: Partial<Member> = {}): Member => ({
  id: 'mbr_jo',
  sellerId: 'clay',
  email: 'jo@law.example',
  name: 'Jo Lind',
  part: represents(),
  removedAt: null,
  ...change,
})
const inviting = (change: Partial<MemberFacts> = {}): MemberCommand => ({
  do: 'invite',
  by: owner,
  id: 'mbr_new',
  sellerId: 'clay',
  email: 'jo@law.example',
  name: 'Jo Lind',
  part: represents(),
  ...change,
})
const changing = (change: Partial<MemberFacts & { by: string }> = {}): MemberCommand => ({
  do: 'change',
  by: owner,
  name: 'Jo Lind',
  part: represents(),
  ...change,
})
const removing: MemberCommand = { do: 'remove', by: owner }

const standing: Record<MemberState, Member | null> = {
  absent: null,
  acting: member(),
  ended: member({ part: represents({ until: now }) }),
  removed: member({ removedAt: later(now, -day) }),
}
const commands: Record<MemberCommand['do'], MemberCommand> = {
  invite: inviting(),
  change: changing(),
  remove: removing,
}

describe('in every state each command does what the table says', () => {
  for (const state of Object.keys(standing) as MemberState[])
    for (const does of Object.keys(commands) as MemberCommand['do'][])
      test(`${does} of who is ${state}: ${memberMoves[state][does]}`, () => {
        expect(memberState(standing[state], now)).toBe(state)
        const result = changeMember(standing[state], commands[does], alone, now)
        const says = memberMoves[state][does]
        expect(result.ok ? 'may' : result.refusal).toBe(says)
        if (!result.ok) return
        expect(acts(result.member, now)).toBe(does !== 'remove')
        expect(result.event).toMatchObject({
          by: owner,
          detail: {
            before: does === 'invite' ? null : { name: 'Jo Lind' },
            after: does === 'remove' ? null : { name: 'Jo Lind' },
          },
        })
      })
})

describe('who is let in', () => {
  test.each<[string, Partial<MemberFacts>, string]>([
    ['has a name', { name: '  ' }, 'member_incomplete'],
    ['does not end now', { part: represents({ until: now }) }, 'member_end_invalid'],
    [
      'ends within a year',
      { part: represents({ until: later(now, 366 * day) }) },
      'member_end_invalid',
    ],
    [
      'has matters',
      { part: represents({ matters: { decisions: [], cases: [] } }) },
      'matters_missing',
    ],
  ])('%s', (_, change, refusal) => {
    expect(changeMember(null, inviting(change), alone, now)).toEqual({ ok: false, refusal })
    const held = member({ part: represents({ until: later(now, day) }) })
    expect(changeMember(held, changing(change), alone, now)).toEqual({ ok: false, refusal })
  })
  test('is nobody of the marketplace, and no owner', () => {
    expect(changeMember(null, inviting(), { ...alone, isOfMarketplace: true }, now)).toMatchObject({
      refusal: 'address_of_marketplace',
    })
    expect(changeMember(null, inviting(), { ...alone, isOwner: true }, now)).toMatchObject({
      refusal: 'member_is_owner',
    })
  })
  test('is one of fifty at most', () => {
    const ground = { ...alone, others: mostMembers }
    expect(changeMember(null, inviting(), ground, now)).toMatchObject({
      refusal: 'too_many_members',
    })
    expect(changeMember(member(), changing(), ground, now)).toMatchObject({ ok: true })
  })
})

test('staff have no matters and no end of their own', () => {
  const invited = changeMember(null, inviting({ part: { role: 'staff' } }), alone, now)
  expect(invited).toMatchObject({ ok: true, member: { part: { role: 'staff' } } })
})

test('an owner is not made, narrowed or removed here', () => {
  const ground = { ...alone, isOwner: true }
  expect(changeMember(member(), changing(), ground, now)).toMatchObject({ ok: false })
  // What is removed is the entry beside it; the contact stays, and with it the owner.
  expect(changeMember(member(), removing, ground, now)).toMatchObject({ ok: true })
})

const ids = fc.subarray(['a', 'b', 'c'], { minLength: 1 })
const anyPart: fc.Arbitrary<MemberPart> = fc.oneof(
  fc.constant({ role: 'staff' as const }),
  fc.record({
    role: fc.constant('representative' as const),
    matters: fc.option(fc.record({ decisions: ids, cases: ids })),
    mayWrite: fc.boolean(),
    until: fc.integer({ min: 1, max: 300 }).map((days) => later(now, days * day)),
  }),
)

test('nobody gives themselves more, whatever they have and want', () => {
  fc.assert(
    fc.property(anyPart, anyPart, (has, wants) => {
      const held = member({ part: has })
      const result = changeMember(held, changing({ by: 'Jo@Law.example', part: wants }), alone, now)
      expect(result.ok).toBe(!isMore(wants, has))
      if (result.ok) expect(isMore(result.member.part, has)).toBe(false)
      expect(isMore(has, has)).toBe(false)
      // Of two that differ, at least one opens something that the other does not.
      if (!isMore(wants, has) && !isMore(has, wants)) expect(wants).toEqual(has)
    }),
  )
})
