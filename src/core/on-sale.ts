/** How many listings of a seller were on sale, over time: those that were told, less those that a measure held off sale. */
import type { Subject } from './measure.ts'
import { stateOwed, type Grip } from './state-owed.ts'

/** A measure as far as it held something off sale. */
export interface Hold {
  subject: Subject
  grip: Grip
  from: Date
  /** When it ended, or will end by itself; null while nothing ends it. */
  until: Date | null
}

export interface OnSale {
  at: Date
  count: number
}

/**
 * The count at `from`, wherever it changes, and at `until`. `told` are how many new listings came when. A stop of the
 * whole account takes all of them off.
 */
export function onSaleOver({
  told,
  holds,
  from,
  until,
}: {
  told: readonly { at: Date; count: number }[]
  holds: readonly Hold[]
  from: Date
  until: Date
}): OnSale[] {
  const changes = [
    ...told.map(({ at, count }) => ({ at, listings: count, off: null, by: 0 })),
    ...holds
      .filter(takesOffSale)
      .flatMap((hold) => [
        { at: hold.from, listings: 0, off: hold.subject, by: 1 },
        ...(hold.until === null
          ? []
          : [{ at: hold.until, listings: 0, off: hold.subject, by: -1 }]),
      ]),
  ].sort((a, b) => a.at.getTime() - b.at.getTime())
  let listings = 0
  let stops = 0
  const held = new Map<string, number>()
  const count = () => (stops > 0 ? 0 : Math.max(0, listings - held.size))
  const points: OnSale[] = []
  const note = (at: Date) => {
    const last = points.at(-1)
    // What happened at one moment is one step.
    if (last?.at.getTime() === at.getTime()) last.count = count()
    else if (last?.count !== count()) points.push({ at, count: count() })
  }
  for (const { at, listings: more, off, by } of changes) {
    if (at > until) break
    if (at > from && points.length === 0) note(from)
    listings += more
    if (off?.kind === 'account') stops += by
    else if (off !== null) {
      const times = (held.get(off.id) ?? 0) + by
      if (times > 0) held.set(off.id, times)
      else held.delete(off.id)
    }
    if (at > from) note(at)
  }
  if (points.length === 0) note(from)
  return [...points, { at: until, count: count() }]
}

/** Whether it takes a listing off sale, or all of them. */
export function takesOffSale({ subject, grip }: Pick<Hold, 'subject' | 'grip'>): boolean {
  switch (subject.kind) {
    case 'listing':
      return !stateOwed('listing', [grip]).offered
    case 'account':
      return !stateOwed('account', [grip]).sell
    case 'payouts':
      return false
  }
}
