/** A complaint is weighed by purchase, record and ties; one hand with many names is found, and nobody else is taken for it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  complaint,
  crowd,
  customer,
  judge,
  onDay,
  order,
  puppets,
  seller,
} from '../../test/complaints.ts'
import { makeMarketplace } from './generate/marketplace.ts'
import { openCredibility } from './score.ts'

const usual = crowd(120)
const signals = (score: { reasons: { signal: string }[] }) =>
  score.reasons.map(({ signal }) => signal)

describe('a complaint that stands alone', () => {
  it('is worth more with a delivered order, and less with none or another’s', () => {
    const { scoreOf } = judge([
      ...usual,
      order({ id: 'o1', reporterId: 'r-bought' }),
      order({ id: 'o2', reporterId: 'somebody' }),
      complaint({ id: 'bought', orderId: 'o1' }),
      complaint({ id: 'foreign', orderId: 'o2' }),
      complaint({ id: 'none', at: onDay(-20) }),
    ])
    expect(scoreOf('bought').reasons).toContainEqual({
      signal: 'delivered',
      weight: 1.2,
      text: 'Bought it, and the order was delivered.',
    })
    expect(scoreOf('bought').credibility).toBeGreaterThan(scoreOf('none').credibility)
    expect(scoreOf('none').credibility).toBeGreaterThan(scoreOf('foreign').credibility)
    expect(scoreOf('none').counts).toBe(true)
  })

  it('finds the order that its reporter placed, though it names none', () => {
    const { scoreOf } = judge([complaint({ id: 'a' }), order({ id: 'o', reporterId: 'r-a' })])
    expect(signals(scoreOf('a'))).toContain('delivered')
  })

  it('says that somebody bought only to complain where it is known when they joined', () => {
    const from = (createdAt?: string) =>
      judge([
        complaint({ id: 'a', reporter: createdAt === undefined ? {} : { createdAt } }),
        order({ id: 'o', reporterId: 'r-a' }),
      ]).scoreOf('a')
    expect(signals(from(onDay(-3)))).toContain('only-to-complain')
    expect(signals(from())).not.toContain('only-to-complain')
  })

  it('starts neutral: nothing told weighs nothing', () => {
    const { scores } = judge([complaint({ id: 'a', reporter: null })])
    expect(scores).toMatchObject([{ counts: true, ring: null, reasons: [{ signal: 'start' }] }])
  })

  it('has a credibility that is the sum of its reasons', () => {
    for (const { credibility, reasons } of judge([...usual, ...puppets(6)]).scores) {
      const sum = reasons.reduce((all, { weight }) => all + weight, 0)
      expect(credibility).toBeCloseTo(1 / (1 + Math.exp(-sum)), 12)
    }
  })

  it('learns of its reporter from what people found, a little from one finding and more from many', () => {
    const weightAfter = (refuted: number) => {
      const credibility = openCredibility()
      for (let at = 0; at <= refuted; at++)
        credibility.readLine(complaint({ id: `c${at}`, reporterId: 'r', sellerId: `s${at}` }))
      for (let at = 1; at <= refuted; at++) credibility.addFinding(`c${at}`, 'refuted')
      const record = credibility
        .judge()
        .scoreOf(0)
        .reasons.find(({ signal }) => signal === 'record')
      return record?.weight ?? 0
    }
    expect(weightAfter(0)).toBe(0)
    expect(weightAfter(1)).toBeGreaterThan(-0.5)
    expect(weightAfter(10)).toBeLessThan(-1.5)
  })
})

describe('the same complaint again', () => {
  it.each([
    ['under its own id', { id: 'a', text: 'It broke on the first day of use' }],
    ['under another id in the same words', { id: 'b', text: 'it broke on the FIRST day of use!' }],
  ])('%s counts once', (_, again) => {
    const first = {
      id: 'a',
      listingId: 'l',
      reporterId: 'r',
      text: 'It broke on the first day of use',
    }
    const { scores } = judge([complaint(first), complaint({ ...first, ...again, at: onDay(1) })])
    expect(scores.map(({ counts }) => counts)).toEqual([true, false])
  })

  it('is another complaint in other words or about another listing', () => {
    const first = {
      id: 'a',
      listingId: 'l',
      reporterId: 'r',
      text: 'It broke on the first day of use',
    }
    const { scores } = judge([
      complaint(first),
      complaint({ ...first, id: 'b', text: 'And the second one never came' }),
      complaint({ ...first, id: 'c', listingId: 'm' }),
    ])
    expect(scores.every(({ counts }) => counts)).toBe(true)
  })
})

describe('a ring', () => {
  const outcomeOf = (lines: string[]) => {
    const { scores, rings } = judge([...usual, ...lines])
    const [inside, outside] = [true, false].map((isPuppet) =>
      scores.filter(({ id }) => id.startsWith('puppet') === isPuppet),
    )
    return { inside: inside!, outside: outside!, rings }
  }

  it('is found by the device that five empty accounts share, and none of it counts', () => {
    const { inside, outside, rings } = outcomeOf(puppets(5, () => ({ devices: ['one-phone'] })))
    expect(inside.map(({ counts, ring }) => [counts, ring])).toEqual(
      inside.map(() => [false, 'ring-1']),
    )
    expect(outside.every(({ counts, ring }) => counts && ring === null)).toBe(true)
    expect(rings).toHaveLength(1)
    expect(rings[0]).toMatchObject({
      targets: ['victim'],
      shared: [{ kind: 'device', name: 'one-phone' }],
    })
  })

  it('is found where nothing is shared but words, days and purpose', () => {
    const { inside, outside } = outcomeOf(puppets(8))
    expect(inside.every(({ counts, ring }) => !counts && ring !== null)).toBe(true)
    expect(outside.every(({ counts }) => counts)).toBe(true)
  })

  it('is found along a chain in which each shares with the next only', () => {
    const { inside } = outcomeOf(puppets(8, (at) => ({ devices: [`d${at}`, `d${at + 1}`] })))
    expect(inside.every(({ ring }) => ring === inside[0]!.ring && ring !== null)).toBe(true)
  })

  it('names the rival whose device it uses', () => {
    const { rings } = outcomeOf([
      seller({ id: 'rival', categories: ['tools'], devices: ['office'] }),
      seller({ id: 'victim', categories: ['tools'] }),
      ...puppets(5, (at) => ({ devices: [`d${at}`, 'office'] })),
    ])
    expect(rings[0]?.rival).toMatchObject({
      sellerId: 'rival',
      things: [{ kind: 'device', name: 'office' }],
    })
  })

  it('leaves out who bought from the same seller and complains in words of their own', () => {
    const { scores, rings } = judge([
      ...usual,
      ...puppets(6, () => ({ devices: ['one-phone'] })),
      order({ id: 'o', sellerId: 'victim', reporterId: 'r-genuine' }),
      complaint({
        ...{ id: 'genuine', sellerId: 'victim', orderId: 'o', at: onDay(1) },
        text: 'The blade was chipped when I opened the box this morning',
        reporter: customer('genuine', 3),
      }),
    ])
    const genuine = scores.find(({ id }) => id === 'genuine')!
    expect(genuine).toMatchObject({ counts: true, ring: null })
    expect(rings[0]?.outside).toMatchObject([{ complaintId: 'genuine' }])
  })
})

describe('honest people', () => {
  const bought = (id: string, sellerId: string, at: string, reporter: object, text: string) => [
    order({ id: `o-${id}`, sellerId, reporterId: `r-${id}` }),
    complaint({ id, sellerId, at, orderId: `o-${id}`, text, reporter: { ...reporter } }),
  ]
  const allCount = (lines: string[]) => {
    const { scores, rings } = judge([...usual, ...lines])
    expect(rings).toEqual([])
    expect(scores.filter(({ counts }) => !counts)).toEqual([])
  }

  it('of one household share everything and are no ring, at different sellers or at one', () => {
    const home = {
      devices: ['tablet'],
      ipPrefixes: ['home'],
      paymentHashes: ['card'],
      addressHashes: ['home'],
    }
    const texts = [
      'The lamp flickers whenever the fan is on',
      'Never got the second jacket of the two',
      'A tooth of the saw came loose on wood',
    ]
    for (const sellers of [
      ['s1', 's2', 's3'],
      ['s1', 's1', 's4'],
    ])
      allCount(
        texts.flatMap((text, at) =>
          bought(
            `h${at}`,
            sellers[at]!,
            onDay(-30 + 11 * at),
            { ...customer('h', at), ...home },
            text,
          ),
        ),
      )
  })

  it('who complain in a burst about a recalled batch count, each of them', () => {
    allCount(
      Array.from({ length: 40 }, (_, at) =>
        bought(
          `recall-${at}`,
          'recalled',
          onDay(at / 20),
          customer(`recall-${at}`, at * 3),
          `the ${['heater', 'plug', 'cord', 'switch', 'grill'][at % 5]} got hot ${['after', 'within', 'on'][at % 3]} ${['an hour', 'minutes', 'day two', 'the weekend'][at % 4]} and ${['smelled', 'smoked', 'hummed', 'stopped', 'cracked', 'sparked', 'melted'][at % 7]}`,
        ),
      ).flat(),
    )
  })

  it('on one carrier, or with one parcel shop, are strangers still', () => {
    allCount(
      Array.from({ length: 30 }, (_, at) =>
        bought(
          `c-${at}`,
          `shop-${at % 6}`,
          onDay(-50 + at),
          { ...customer(`c-${at}`, at), ipPrefixes: ['carrier'], addressHashes: ['parcel-shop'] },
          `number ${['one', 'two', 'six', 'ten', 'five'][at % 5]} of the ${['set', 'box', 'pack'][at % 3]} was ${['bent', 'dull', 'torn', 'wet', 'cut', 'old', 'gone'][at % 7]} as it came here`,
        ),
      ).flat(),
    )
  })

  it('who complain often and bought each time are heard each time', () => {
    allCount(
      Array.from({ length: 25 }, (_, at) => [
        order({ id: `so-${at}`, sellerId: `shop-${at % 12}`, reporterId: 'serial' }),
        complaint({
          ...{ id: `serial-${at}`, sellerId: `shop-${at % 12}`, reporterId: 'serial' },
          ...{ orderId: `so-${at}`, listingId: `l-${at}`, at: onDay(-60 + 3 * at) },
          text: `Order ${at}: another thing is wrong this time, part ${'abcdefghijklmnopqrstuvwxyz'[at]} does not fit`,
          reporter: customer('serial', 3),
        }),
      ]).flat(),
    )
  })
})

describe('the order of lines', () => {
  it('changes nothing, whatever comes late, twice or at the same second', () => {
    const lines = [
      ...crowd(60),
      ...puppets(6, (at) => ({ devices: [`d${at % 2}`] })),
      puppets(1)[0]!,
      complaint({ id: 'twice', at: onDay(0), text: 'One thing about it' }),
      complaint({ id: 'twice', at: onDay(0), text: 'Another thing about it' }),
      order({ id: 'o-crowd-1', sellerId: 'shop-9', at: onDay(3), delivered: false }),
      seller({ id: 'victim', categories: ['a'] }),
      seller({ id: 'rival', categories: ['a'], devices: ['d1'] }),
      seller({ id: 'rival', categories: ['b'], createdAt: onDay(-10) }),
    ]
    const answers = (of: readonly string[]) =>
      judge(of)
        .scores.map((score) => JSON.stringify(score))
        .sort()
    const expected = answers(lines)
    const shuffled = fc.shuffledSubarray(lines, {
      minLength: lines.length,
      maxLength: lines.length,
    })
    fc.assert(
      fc.property(shuffled, (other) => {
        expect(answers(other)).toEqual(expected)
      }),
      { numRuns: 15 },
    )
  })

  it('makes no difference between one batch and a running system that was asked on the way', () => {
    const lines = [...crowd(40), ...puppets(5, () => ({ devices: ['one-phone'] }))]
    const running = openCredibility()
    lines.forEach((line, at) => {
      running.readLine(line)
      if (at % 20 === 0) running.judge()
    })
    const { scores } = judge(lines)
    const last = running.judge()
    expect(scores.map((_, at) => last.scoreOf(at))).toEqual(scores)
  })
})

describe('odd input', () => {
  it('never throws, whatever a line holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.json(), fc.string(), fc.constantFrom(...crowd(3), ...puppets(3)))),
        (lines) => {
          judge(lines)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('takes clocks in the future, and orders and accounts made after the complaint, for clocks that are wrong', () => {
    const { scores } = judge([
      ...usual,
      complaint({
        id: 'a',
        at: '2199-01-01T00:00:00Z',
        reporter: { createdAt: '2300-01-01', orders: 7 },
      }),
    ])
    expect(scores.at(-1)).toMatchObject({ counts: true, ring: null })
  })

  it('believes the newest of two things told of an order', () => {
    const { scoreOf } = judge([
      order({ id: 'o', reporterId: 'r-a', at: onDay(-2), delivered: true }),
      order({ id: 'o', reporterId: 'r-a', at: onDay(-5), delivered: false }),
      complaint({ id: 'a', orderId: 'o' }),
    ])
    expect(signals(scoreOf('a'))).toContain('delivered')
  })
})

it('what may be of one hand, and is not sure enough to be called a ring, does not count and names nobody', () => {
  const { scores, rings } = judge(makeMarketplace(1, { scale: 0.3 }).lines)
  const doubted = scores.filter((score) => signals(score).includes('doubt'))
  expect(doubted.length).toBeGreaterThan(2)
  const named = new Set(
    rings.flatMap(({ members }) =>
      members.flatMap(({ complaints }) => complaints.map(({ id }) => id)),
    ),
  )
  for (const { id, counts, ring, credibility, reasons } of doubted) {
    expect({ counts, ring, isNamed: named.has(id) }).toEqual({
      counts: false,
      ring: null,
      isNamed: false,
    })
    expect(credibility).toBeLessThan(0.2)
    // What is shown is the whole sum.
    const sum = reasons.reduce((all, { weight }) => all + weight, 0)
    expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(credibility, 3)
  }
})
