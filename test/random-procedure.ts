/** Random procedures as documents, and every history of a case in them played by hand, with no line of the checker. */
import fc from 'fast-check'

export interface WrittenDesk {
  staff: 'people' | 'machine'
  may: string[]
  within?: string
  late?: string
  review?: string
  forward?: string[]
}
export interface Written {
  promise: { person: string; answer: string }
  limits: { forwards: number }
  measures: Record<string, { takes: string[]; 'may-take': string[]; 'lift-by-clock': boolean }>
  channels: Record<string, { needs: string[] }>
  desks: Record<string, WrittenDesk>
  routes: { for: string[]; by: string[]; to: string }[]
}

/** How many days `P3D` says; these documents know no other durations. */
export const days = (text: string) => Number(text.slice(1, -1))

/** Where a case is: its desk, the forwards spent, and whether a second look was taken. */
export interface Moment {
  desk: string
  spent: number
  looked: boolean
}

export interface Play {
  seen: Set<string>
  loops: Set<string>
  bare: Set<string>
  answer: number
  person: number
  /** Least number of words on a path to each desk and to each bare denial. */
  shortest: Map<string, number>
}

/** Plays every history from one moment; one that comes back to where it was goes on for ever. */
export function play(document: Written, start: Moment, isMatter: boolean): Play {
  const { desks, limits } = document
  const result: Play = {
    seen: new Set(),
    loops: new Set(),
    bare: new Set(),
    answer: 0,
    person: 0,
    shortest: new Map(),
  }
  const note = (key: string, length: number) =>
    result.shortest.set(key, Math.min(length, result.shortest.get(key) ?? Infinity))
  const finish = (answer: number, person: number) => {
    result.answer = Math.max(result.answer, answer)
    result.person = Math.max(result.person, person)
  }
  const visit = (
    now: Moment,
    before: Moment[],
    how: string,
    elapsed: number,
    met: number | null,
  ) => {
    const desk = desks[now.desk]!
    const decides = desk.may.some((power) => ['grant', 'narrow', 'deny'].includes(power))
    const person = met ?? (decides && desk.staff === 'people' ? elapsed : null)
    const length = before.length * 2 + 1
    result.seen.add(now.desk)
    note(now.desk, length)
    const reviewer = desk.review === now.desk ? undefined : desk.review
    const last = before.at(-1)
    const isStandIn =
      how === 'late' && last?.desk !== now.desk && desks[last!.desk]!.review === now.desk
    if (desk.may.includes('deny') && reviewer === undefined && !now.looked && !isStandIn) {
      result.bare.add(now.desk)
      note(`bare ${now.desk}`, length)
    }
    const earlier = before.findIndex(
      (one) => one.desk === now.desk && one.spent === now.spent && one.looked === now.looked,
    )
    if (earlier >= 0) {
      const names = [...new Set(before.slice(earlier).map((one) => one.desk))]
      result.loops.add(names.sort().join('+'))
      finish(Infinity, person ?? Infinity)
      return
    }
    const acts = desk.within !== undefined && desk.late !== undefined
    const end = acts ? elapsed + days(desk.within!) : Infinity
    if (!acts) finish(Infinity, person ?? Infinity)
    const trail = [...before, now]
    if (desk.may.includes('grant') || desk.may.includes('narrow')) finish(end, person ?? end)
    if (desk.may.includes('deny')) {
      if (reviewer !== undefined && !now.looked)
        visit({ desk: reviewer, spent: now.spent, looked: true }, trail, 'deny', end, person)
      else finish(end, person ?? Infinity)
    }
    for (const to of now.spent < limits.forwards ? (desk.forward ?? []) : [])
      visit({ ...now, desk: to, spent: now.spent + 1 }, trail, 'forward', end, person)
    if (desk.late === 'lift' || desk.late === 'narrow')
      finish(end, person ?? (isMatter ? Infinity : end))
    else if (desk.late !== undefined) visit({ ...now, desk: desk.late }, trail, 'late', end, person)
  }
  visit(start, [], 'route', 0, null)
  return result
}

const letters = ['a', 'b', 'c', 'd']
const means = fc.subarray(['account', 'mailbox'])
const sometimes = <Value>(value: fc.Arbitrary<Value>, one = 8) =>
  fc.option(value, { nil: undefined, freq: one })

/** Half of them are tidy in most things, so that sound ones come often enough. */
export const written: fc.Arbitrary<Written> = fc
  .record({ desks: fc.integer({ min: 1, max: 4 }), sane: fc.boolean() })
  .chain(({ desks: size, sane }) => {
    const names = letters.slice(0, size)
    const desk = (name: string) => {
      const later = letters.slice(letters.indexOf(name) + 1, size)
      const next = sane ? [...later, 'narrow', 'narrow'] : [...names, 'lift', 'narrow']
      return fc
        .record({
          staff: fc.constantFrom<('people' | 'machine')[]>(
            'people',
            'people',
            sane ? 'people' : 'machine',
            'machine',
          ),
          may: fc.subarray(['grant', 'narrow', 'deny', 'answer', 'ask']),
          within: sometimes(
            fc.integer({ min: 1, max: 4 }).map((count) => `P${count}D`),
            sane ? 60 : 8,
          ),
          late: sometimes(fc.constantFrom(...next), sane ? 60 : 8),
          review: sometimes(
            fc.constantFrom(...(sane && later.length > 0 ? later : names)),
            sane ? 20 : 2,
          ),
          forward: sometimes(fc.subarray(sane ? later : names), 2),
        })
        .map((made) => {
          const drawn = sane && made.staff === 'machine' ? { ...made, may: ['grant'] } : made
          // What is absent is not written at all.
          return JSON.parse(JSON.stringify(drawn)) as WrittenDesk
        })
    }
    const measure = fc.record({
      takes: sane ? fc.constantFrom<string[]>([], [], ['account']) : means,
      'may-take': sane ? fc.constant<string[]>([]) : means,
      'lift-by-clock': fc.boolean(),
    })
    return fc.record({
      promise: fc.record({
        person: fc.integer({ min: 1, max: 8 }).map((count) => `P${count}D`),
        answer: fc.integer({ min: 4, max: 20 }).map((count) => `P${count}D`),
      }),
      limits: fc.record({ forwards: fc.integer({ min: 0, max: 2 }) }),
      measures: fc.dictionary(
        fc.constantFrom('listing.deactivate', 'listing.demote', 'account.lock', 'matter.question'),
        measure,
        { minKeys: 1, maxKeys: 3, noNullPrototype: true },
      ),
      channels: fc.dictionary(
        fc.constantFrom('button', 'link', 'recovery'),
        fc.record({ needs: sane ? fc.constant<string[]>([]) : means }),
        {
          minKeys: 1,
          maxKeys: 3,
          noNullPrototype: true,
        },
      ),
      desks: fc.record(Object.fromEntries(names.map((name) => [name, desk(name)]))),
      routes: fc.array(
        fc.record({
          for: fc.subarray(['*', 'listing.*', 'account.*', 'matter.*'], { minLength: 1 }),
          by: fc.subarray(['button', 'link', 'recovery'], { minLength: 1 }),
          to: fc.constantFrom(...names),
        }),
        { minLength: sane ? 1 : 0, maxLength: 3 },
      ),
    })
  })
  .map((made) => ({
    ...made,
    routes: made.routes
      .map((route) => ({ ...route, by: route.by.filter((name) => name in made.channels) }))
      .filter((route) => route.by.length > 0),
  }))
