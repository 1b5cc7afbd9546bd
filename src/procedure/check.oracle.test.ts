/** The check agrees with plain play: a second reckoning that plays every history of a case by hand and shares no line with it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkProcedure } from './check.ts'
import { readProcedure } from './read.ts'

interface WrittenDesk {
  staff: 'people' | 'machine'
  may: string[]
  within?: string
  late?: string
  review?: string
  forward?: string[]
}
interface Written {
  promise: { person: string; answer: string }
  limits: { forwards: number }
  measures: Record<string, { takes: string[]; 'may-take': string[]; 'lift-by-clock': boolean }>
  channels: Record<string, { needs: string[] }>
  desks: Record<string, WrittenDesk>
  routes: { for: string[]; by: string[]; to: string }[]
}

const days = (text: string) => Number(text.slice(1, -1))
const told = (time: number) => (time === Infinity ? 'unbounded' : time === 0 ? 'PT0S' : `P${time}D`)
const subsets = <Item>(items: Item[]): Item[][] =>
  items.reduce<Item[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]])

interface Play {
  seen: Set<string>
  loops: Set<string>
  bare: Set<string>
  answer: number
  person: number
  /** Least number of words on a path to each desk and to each bare denial. */
  shortest: Map<string, number>
}

/** Plays every history from one desk; one that comes back to where it was goes on for ever. */
function play(document: Written, first: string, isMatter: boolean): Play {
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
  type Moment = { desk: string; spent: number; looked: boolean }
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
  visit({ desk: first, spent: 0, looked: false }, [], 'route', 0, null)
  return result
}

interface Reckoning {
  gaps: Map<string, { worst: string | null; length: number | null }>
  warnings: Set<string>
  situations: number
  worst: { person: string; answer: string }
}

function reckon(document: Written): Reckoning {
  const { desks, measures, channels, routes, promise, limits } = document
  const gaps: Reckoning['gaps'] = new Map()
  const add = (key: string, length: number | null, worst: string | null = null) => {
    const known = gaps.get(key)
    if (known === undefined || (length !== null && known.length !== null && length < known.length))
      gaps.set(key, { worst, length })
  }
  const names = Object.keys(measures)
  const usedDesks = new Set<string>()
  const usedChannels = new Set<string>()
  const top = { person: 0, answer: 0 }
  let situations = 0
  for (const measure of names) {
    const left = new Set<string>()
    for (const under of subsets(names).filter((set) => set.includes(measure))) {
      const may = under.flatMap((name) => measures[name]!['may-take'])
      for (const taken of subsets(may)) {
        const lost = [...taken, ...under.flatMap((name) => measures[name]!.takes)]
        left.add(['account', 'mailbox'].filter((one) => !lost.includes(one)).join())
      }
    }
    situations += left.size
    for (const means of left) {
      let hasDoor = false
      for (const [channel, { needs }] of Object.entries(channels)) {
        const route = routes.find(
          (one) =>
            one.by.includes(channel) &&
            one.for.some(
              (name) =>
                name === '*' ||
                name === measure ||
                (name.endsWith('.*') && measure.startsWith(name.replace('*', ''))),
            ),
        )
        if (route === undefined || needs.some((need) => !means.split(',').includes(need))) continue
        hasDoor = true
        usedChannels.add(channel)
        const at = `${measure} [${means}] ${channel}`
        const found = play(document, route.to, measure.startsWith('matter.'))
        top.person = Math.max(top.person, found.person)
        top.answer = Math.max(top.answer, found.answer)
        if (found.person > days(promise.person))
          add(`promise-person ${at}`, null, told(found.person))
        if (found.answer > days(promise.answer))
          add(`promise-answer ${at}`, null, told(found.answer))
        const isPerson = (name: string) =>
          desks[name]!.staff === 'people' &&
          ['grant', 'narrow', 'deny'].some((power) => desks[name]!.may.includes(power))
        if (![...found.seen].some(isPerson)) add(`no-person ${at}`, 3)
        for (const name of found.seen) {
          const length = 2 + found.shortest.get(name)!
          usedDesks.add(name)
          const desk = desks[name]!
          const denies = desk.may.includes('deny')
          const decides = denies || desk.may.includes('grant') || desk.may.includes('narrow')
          if (desk.late === 'lift' && !measures[measure]!['lift-by-clock'])
            add(`unsafe-lift ${at}`, length)
          if (!desk.within || !desk.late) add(`limbo ${name}`, length)
          if (denies && desk.staff === 'machine') add(`machine-denies ${name}`, length)
          if (!decides && !desk.late && (!desk.forward?.length || limits.forwards === 0))
            add(`dead-end ${name}`, length)
          if (denies && desk.review && desk.review !== name && !isPerson(desk.review))
            add(`hollow-second-look ${name}`, length)
        }
        for (const name of found.bare)
          add(`no-second-look ${name}`, 2 + found.shortest.get(`bare ${name}`)!)
        for (const loop of found.loops) {
          const parts = loop.split('+')
          add(
            `loop ${loop}`,
            2 + 2 * parts.length + Math.min(...parts.map((name) => found.shortest.get(name)!)),
          )
        }
      }
      if (!hasDoor) add(`no-way-in ${measure} [${means}]`, 1)
    }
  }
  const warnings = new Set([
    ...Object.keys(desks)
      .filter((name) => !usedDesks.has(name))
      .map((name) => `desk ${name}`),
    ...Object.keys(channels)
      .filter((name) => !usedChannels.has(name))
      .map((name) => `channel ${name}`),
  ])
  return {
    gaps,
    warnings,
    situations,
    worst: { person: told(top.person), answer: told(top.answer) },
  }
}

const letters = ['a', 'b', 'c', 'd']
const means = fc.subarray(['account', 'mailbox'])
const sometimes = <Value>(value: fc.Arbitrary<Value>, one = 8) =>
  fc.option(value, { nil: undefined, freq: one })

const written: fc.Arbitrary<Written> = fc
  .record({ desks: fc.integer({ min: 1, max: 4 }), sane: fc.boolean() })
  .chain(({ desks: size, sane }) => {
    const names = letters.slice(0, size)
    // Half of them are tidy in most things, so that sound ones come often enough.
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

const codes = [
  'no-way-in',
  'no-person',
  'limbo',
  'unsafe-lift',
  'loop',
  'machine-denies',
  'dead-end',
  'hollow-second-look',
  'no-second-look',
  'promise-person',
  'promise-answer',
]

it('agrees with every history played by hand, on thousands of random procedures', () => {
  const present = new Map(codes.map((code) => [code, 0]))
  const counts = { procedures: 0, sound: 0 }
  fc.assert(
    fc.property(written, (document) => {
      const read = readProcedure(
        JSON.stringify({
          procedure: 'random',
          title: 'Random',
          officer: 'o@example.com',
          ...document,
        }),
      )
      if (!read.ok) throw new Error(JSON.stringify(read.errors))
      const check = checkProcedure(read.procedure)
      const expected = reckon(document)
      const keyOf = (gap: (typeof check.gaps)[number]) =>
        [
          gap.code,
          gap.desk ?? `${gap.measure} [${gap.means?.join()}]`,
          ...(gap.channel === null ? [] : [gap.channel]),
        ].join(' ')
      expect(check.gaps.map(keyOf).sort()).toEqual([...expected.gaps.keys()].sort())
      for (const gap of check.gaps) {
        const { worst, length } = expected.gaps.get(keyOf(gap))!
        expect(gap.worst).toBe(worst)
        if (length !== null) expect([keyOf(gap), gap.path.length]).toEqual([keyOf(gap), length])
        expectWalkable(document, gap.path)
        if (gap.code === 'promise-answer' && worst !== 'unbounded') {
          const walked = gap.path.filter((_, place) => place >= 2 && place % 2 === 0)
          expect(
            told(walked.reduce((sum, name) => sum + days(document.desks[name]!.within!), 0)),
          ).toBe(worst)
        }
      }
      expect(check.sound).toBe(expected.gaps.size === 0)
      expect(check.situations).toBe(expected.situations)
      expect(check.worst).toMatchObject(expected.worst)
      const unused = check.warnings.flatMap(({ desk, channel }) =>
        desk !== null ? [`desk ${desk}`] : channel !== null ? [`channel ${channel}`] : [],
      )
      expect(unused.sort()).toEqual([...expected.warnings].sort())
      counts.procedures++
      if (check.sound) counts.sound++
      for (const code of new Set(check.gaps.map((gap) => gap.code)))
        present.set(code, (present.get(code) ?? 0) + 1)
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 3000) },
  )
  const rows = [...present].map(
    ([code, count]) => `  ${code.padEnd(20)} present ${count}, absent ${counts.procedures - count}`,
  )
  console.log([`${counts.procedures} random procedures, ${counts.sound} sound`, ...rows].join('\n'))
  expect(counts.procedures).toBeGreaterThanOrEqual(2000)
  expect(counts.sound).toBeGreaterThan(0)
  for (const count of present.values()) {
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(counts.procedures)
  }
})

/** A path is a way in, and steps that its desks may take. */
function expectWalkable(document: Written, [, channel, ...way]: string[]): void {
  if (channel === undefined) return
  expect(document.routes.some((route) => route.to === way[0] && route.by.includes(channel))).toBe(
    true,
  )
  for (let place = 0; place + 2 < way.length; place += 2) {
    const desk = document.desks[way[place]!]!
    const to = way[place + 2]!
    const step = way[place + 1]!
    if (step === 'late') expect(desk.late).toBe(to)
    else if (step === 'forward') expect(desk.forward).toContain(to)
    else expect([step, desk.review, desk.may.includes('deny')]).toEqual(['deny', to, true])
  }
}
