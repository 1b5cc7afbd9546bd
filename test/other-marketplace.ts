/** Marketplaces made in another way than those the weighing was tuned on, so that it is also tried on what nobody fitted it to. */
import type { Known } from '../src/credibility/generate/evaluation.ts'
import { chanceFrom } from './histories/chance.ts'

const HOUR = 3_600_000

interface Person {
  reporterId: string
  createdAt: string
  orders: number
  devices: string[]
  ipPrefixes: string[]
  paymentHashes: string[]
  addressHashes: string[]
}

const plans = [
  'one flat',
  'chain',
  'rival only',
  'words and days',
  'cards',
  'bought',
  'slow',
  'old',
] as const

/** Makes the marketplace of a seed. Texts are words drawn from a long-tailed list; homes, offices and networks overlap. */
export function makeOther(seed: number): Known {
  const chance = chanceFrom(seed, 4711)
  const real = () => chance.below(1_000_000) / 1_000_000
  const between = (low: number, high: number) => low + chance.below(high - low + 1)
  const isIn = (share: number) => real() < share
  const pick = <Item>(items: readonly Item[]): Item => items[chance.below(items.length)]!
  const begin = Date.UTC(2025, 2, 1)
  const hours = between(24 * 20, 24 * 365)
  const time = (hour: number) => new Date(begin + hour * HOUR).toISOString()
  let next = 0
  const name = (of: string) => `${of}:${seed}:${(next++ * 2654435761) % 4294967296}`
  const lines: string[] = []
  const truth = new Map<string, { isFalse: boolean; ring: string | null; group: string }>()
  const honest = new Set<string>()
  const rings: { name: string; cunning: string; isBare: boolean; members: string[] }[] = []
  const tells = { devices: isIn(0.9), orders: isIn(0.92), text: isIn(0.92), joined: isIn(0.92) }

  const vocabulary = Array.from(
    { length: 900 },
    (_, at) => `w${((at * 7919) % 10007).toString(36)}`,
  )
  const word = () => vocabulary[Math.floor(900 * Math.pow(real(), 2.2))]!
  const phrases = Array.from({ length: between(10, 60) }, () =>
    Array.from({ length: between(3, 7) }, word).join(' '),
  )
  const say = () =>
    [
      ...(isIn(0.5) ? [pick(phrases)] : []),
      ...Array.from({ length: between(3, 28) }, word),
      ...(isIn(0.4) ? [pick(phrases)] : []),
    ].join(' ')

  const goods = Array.from({ length: between(2, 9) }, (_, at) => `goods ${at}`)
  const sellers = Array.from({ length: between(8, 120) }, () => ({
    id: name('seller'),
    categories: isIn(0.8) ? [pick(goods)] : [pick(goods), pick(goods)],
    devices: [name('dev'), ...(isIn(0.5) ? [name('dev')] : [])],
    ipPrefixes: [name('ip')],
    paymentHashes: [name('pay')],
    addressHashes: [name('addr')],
  }))
  for (const seller of sellers) lines.push(JSON.stringify({ seller }))
  const mobile = name('ip')
  const hubs = Array.from({ length: between(1, 5) }, () => name('addr'))
  const cafe = name('dev')

  const file = (
    person: Person,
    of: {
      hour: number
      sellerId: string
      text: string
      bought: number | null
      delivered?: boolean
      isFalse: boolean
      ring: string | null
      group: string
    },
  ) => {
    const id = name('complaint')
    const orderId = of.bought === null ? undefined : name('order')
    if (orderId !== undefined && tells.orders)
      lines.push(
        JSON.stringify({
          order: {
            id: orderId,
            sellerId: of.sellerId,
            reporterId: person.reporterId,
            at: time(of.bought!),
            delivered: of.delivered ?? true,
          },
        }),
      )
    const { reporterId, devices, createdAt, orders, ...rest } = person
    lines.push(
      JSON.stringify({
        ...{
          id,
          at: time(of.hour),
          sellerId: of.sellerId,
          listingId: `${of.sellerId}/${between(1, 3)}`,
          reporterId,
        },
        orderId: tells.orders ? orderId : undefined,
        kind: pick(['item', 'delivery', 'safety']),
        text: tells.text ? of.text : undefined,
        reporter: {
          ...rest,
          createdAt: tells.joined ? createdAt : undefined,
          orders: tells.orders ? orders : undefined,
          devices: tells.devices ? devices : undefined,
        },
      }),
    )
    truth.set(id, { isFalse: of.isFalse, ring: of.ring, group: of.group })
    if (of.ring === null) honest.add(reporterId)
  }

  const people: Person[] = []
  const crowd = between(40, 1200)
  while (people.length < crowd) {
    const home = {
      ip: isIn(0.3) ? mobile : name('ip'),
      addr: name('addr'),
      pay: name('pay'),
      dev: name('dev'),
    }
    for (let size = pick([1, 1, 1, 2, 2, 3, 5]); size > 0; size--)
      people.push({
        reporterId: name('person'),
        createdAt: time(-between(1, 24 * 1500)),
        orders: Math.floor(-Math.log(1 - real()) * 9),
        devices: isIn(0.3) ? [home.dev] : [name('dev'), ...(isIn(0.04) ? [cafe] : [])],
        ipPrefixes: [home.ip, ...(isIn(0.3) ? [mobile] : [])],
        paymentHashes: isIn(0.4) ? [home.pay] : [name('pay')],
        addressHashes: [home.addr, ...(isIn(0.2) ? [pick(hubs)] : [])],
      })
  }
  const withoutOrder = real() * 0.25
  const complain = (person: Person, sellerId: string, hour: number, group: string) =>
    file(person, {
      ...{ hour, sellerId, text: say(), isFalse: false, ring: null, group },
      bought: isIn(group === 'crowd' ? withoutOrder : 0.02) ? null : hour - between(24, 700),
      delivered: isIn(0.9),
    })
  for (const person of people)
    for (let more = true; more; more = isIn(0.12))
      complain(
        person,
        sellers[Math.floor(sellers.length * Math.pow(real(), 1.6))]!.id,
        between(0, hours),
        'crowd',
      )
  const bad = pick(sellers).id
  for (let at = between(5, 60); at > 0; at--)
    complain(pick(people), bad, between(0, hours), 'bad seller')
  const [recalled, day] = [pick(sellers).id, between(0, hours - 100)]
  for (let at = between(0, 50); at > 0; at--)
    complain(pick(people), recalled, day + between(0, 96), 'recall')
  const often = pick(people)
  for (let at = between(0, 20); at > 0; at--)
    complain(often, pick(sellers).id, between(0, hours), 'often')

  for (let made = between(1, 3); made > 0; made--) {
    const [plan, ring] = [pick(plans), name('ring')]
    const rival = pick(sellers)
    const others = sellers.filter((seller) => seller !== rival)
    const alike = others.filter(({ categories }) =>
      categories.some((one) => rival.categories.includes(one)),
    )
    const pool = alike.length > 0 ? alike : others
    const targets =
      plan === 'words and days' ? [pick(pool)] : [pick(pool), ...(isIn(0.4) ? [pick(pool)] : [])]
    const size = pick([4, 5, 6, 8, 10, 14, 20, 35, 60]) + (plan === 'words and days' ? 3 : 0)
    const start = between(0, Math.max(1, hours - 24 * 40))
    const length = plan === 'slow' ? 24 * between(20, 40) : between(10, 24 * 9)
    const sheet = Array.from({ length: between(12, 30) }, word)
    const members = Array.from({ length: size }, () => name('person'))
    const flat = {
      dev: [name('dev'), name('dev')],
      pay: [name('pay'), name('pay')],
      addr: name('addr'),
    }
    members.forEach((reporterId, at) => {
      const isOld = plan === 'old'
      const joined = start - (isOld ? between(24 * 100, 24 * 700) : between(2, 24 * 15))
      const person: Person = {
        ...{
          reporterId,
          createdAt: time(joined),
          orders: isOld ? between(1, 9) : plan === 'bought' ? 1 : isIn(0.15) ? 1 : 0,
        },
        devices: [name('dev')],
        ipPrefixes: [isIn(0.3) ? mobile : name('ip')],
        paymentHashes: [name('pay')],
        addressHashes: [name('addr')],
      }
      if (plan === 'chain') person.devices = [`${ring}/${at}`, `${ring}/${at + 1}`]
      if (plan === 'rival only') person.devices.push(pick(rival.devices))
      if (plan === 'cards') person.paymentHashes = [pick(flat.pay)]
      if (['one flat', 'bought', 'slow', 'old'].includes(plan) && isIn(0.9))
        person.devices.push(pick(flat.dev))
      if (plan === 'one flat') person.addressHashes = [flat.addr]
      for (const seller of isIn(0.5) ? targets : [pick(targets)])
        file(person, {
          ...{
            hour: start + between(0, length),
            sellerId: seller.id,
            isFalse: true,
            ring,
            group: 'ring',
          },
          bought: plan === 'bought' && isIn(0.8) ? Math.max(joined, start - between(1, 200)) : null,
          text:
            plan === 'one flat' || plan === 'chain'
              ? say()
              : sheet.map((one) => (isIn(0.12) ? word() : one)).join(' '),
        })
    })
    rings.push({ name: ring, cunning: plan, isBare: false, members })
  }
  return { lines, truth, honest, rings }
}
