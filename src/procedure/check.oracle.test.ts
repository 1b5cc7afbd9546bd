/** The check agrees with plain play: a second reckoning that plays every history of a case by hand and shares no line with it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { days, play, written } from '../../test/random-procedure.ts'
import type { Written } from '../../test/random-procedure.ts'
import { checkProcedure } from './check.ts'
import { readProcedure } from './read.ts'

const told = (time: number) => (time === Infinity ? 'unbounded' : time === 0 ? 'PT0S' : `P${time}D`)
const subsets = <Item>(items: Item[]): Item[][] =>
  items.reduce<Item[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]])

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
        const found = play(
          document,
          { desk: route.to, spent: 0, looked: false },
          measure.startsWith('matter.'),
        )
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

/** PROPERTY_RUNS=100000 makes it long. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 3000)

it(
  'agrees with every history played by hand, on thousands of random procedures',
  { timeout: RUNS * 40 },
  () => {
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
      { numRuns: RUNS },
    )
    const rows = [...present].map(
      ([code, count]) =>
        `  ${code.padEnd(20)} present ${count}, absent ${counts.procedures - count}`,
    )
    console.log(
      [`${counts.procedures} random procedures, ${counts.sound} sound`, ...rows].join('\n'),
    )
    expect(counts.procedures).toBeGreaterThanOrEqual(2000)
    expect(counts.sound).toBeGreaterThan(0)
    for (const count of present.values()) {
      expect(count).toBeGreaterThan(0)
      expect(count).toBeLessThan(counts.procedures)
    }
  },
)

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
