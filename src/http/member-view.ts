/** Members as their page reads them. */
import { z } from 'zod'
import type {
  MemberChange,
  MemberLeft,
  MemberPart as PartView,
  Members as MembersView,
} from '../contract/member.ts'
import { dayOf } from '../core/calendar.ts'
import { acts, type MemberPart } from '../core/member.ts'
import { knownZone } from '../core/saying.ts'
import type { Members } from '../operations/member.ts'

/** What an event says. */
const Facts = z.object({
  name: z.string(),
  part: z.discriminatedUnion('role', [
    z.object({ role: z.literal('staff') }),
    z.object({
      role: z.literal('representative'),
      matters: z.object({ decisions: z.array(z.string()), cases: z.array(z.string()) }).nullable(),
      mayWrite: z.boolean(),
      until: z.coerce.date(),
    }),
  ]),
})
const Detail = z.object({ email: z.string(), before: Facts.nullable(), after: Facts.nullable() })
const Kind = z.enum(['member.invited', 'member.changed', 'member.removed'])

export function membersView(
  { seller, owners, here, left, history, mayChange }: Members,
  now: Date,
): MembersView {
  const { timeZone } = seller
  return {
    sellerName: seller.name,
    owners,
    members: here.map((member) => ({ ...seen(member, timeZone), isOver: !acts(member, now) })),
    left: left.flatMap(({ removedAt, ...member }) =>
      removedAt === null ? [] : [{ ...seen(member, timeZone), leftAt: removedAt.toISOString() }],
    ),
    history: history.map((event) => changeView(event, timeZone)),
    mayChange,
    timeZone,
    now: now.toISOString(),
  }
}

function seen(
  { id, name, email, part, addedAt }: Omit<Members['left'][number], 'removedAt'>,
  timeZone: string,
): Omit<MemberLeft, 'leftAt'> {
  return { id, name, email, part: partView(part, timeZone), since: addedAt.toISOString() }
}

function partView(part: MemberPart, timeZone: string): PartView {
  if (part.role === 'staff') return part
  const lastDay = dayOf(part.until, knownZone(timeZone))
  return { ...part, until: part.until.toISOString(), lastDay }
}

function changeView(
  { at, kind, by, detail }: Members['history'][number],
  timeZone: string,
): MemberChange {
  const { email, before, after } = Detail.parse(detail)
  const facts = (told: z.infer<typeof Facts> | null) =>
    told && { name: told.name, part: partView(told.part, timeZone) }
  return {
    at: at.toISOString(),
    kind: Kind.parse(kind),
    by: by ?? '',
    email,
    before: facts(before),
    after: facts(after),
  }
}
