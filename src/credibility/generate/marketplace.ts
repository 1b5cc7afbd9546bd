/** A made marketplace: honest customers, bad sellers, recalls and rivals in disguise, with the truth about each complaint kept aside. */
import { chanceFrom } from './chance.ts'
import type { Chance } from './chance.ts'
import { cunnings } from './making.ts'
import type { MadeRing, Making, Marketplace, Person, Shop, Truth } from './making.ts'
import { makeRing } from './rival.ts'
import { honestText, kinds } from './speech.ts'

const DAY = 86_400_000

/** Makes the marketplace of a seed; `scale` 1 is a few thousand complaints at most. */
export function makeMarketplace(seed: number, { scale = 1 }: { scale?: number } = {}): Marketplace {
  const chance = chanceFrom(seed)
  const from = Date.UTC(2026, 0, 1)
  const to = from + chance.between(30, 200) * DAY
  const lacks = {
    devices: chance.in(0.08),
    payments: chance.in(0.08),
    orders: chance.in(0.06),
    texts: chance.in(0.06),
    created: chance.in(0.06),
    categories: chance.in(0.1),
  }
  let counter = 0
  const newId = (prefix: string) => `${prefix}${(++counter).toString(36)}`
  const carriers = Array.from({ length: chance.between(2, 6) }, () => newId('net'))
  const onCarrier = chance.share() * 0.6
  const network = () => (chance.in(onCarrier) ? chance.pick(carriers) : newId('net'))

  const complaints: { at: number; line: string }[] = []
  const context: string[] = []
  const truth = new Map<string, Truth>()
  const honest = new Set<string>()
  const rings: MadeRing[] = []
  const shops = makeShops(chance, newId, network, { from, scale })
  const placesOrders = lacks.orders ? 0 : 1

  const making: Making = {
    ...{ chance, shops, from, to, newId, network, honestTexts: [] },
    file: ({ person, shop, at, kind, text, truth: known, bought, orderedAt }) => {
      const id = newId('c')
      const orderId = bought === 'none' || placesOrders === 0 ? undefined : newId('o')
      const listingId = `${shop.id}-${chance.between(1, 6)}`
      if (orderId !== undefined && bought !== 'claimed')
        context.push(
          JSON.stringify({
            order: {
              ...{ id: orderId, sellerId: shop.id, listingId, reporterId: person.id },
              at: new Date(orderedAt ?? at - chance.between(2, 25) * DAY).toISOString(),
              delivered: bought === 'delivered',
            },
          }),
        )
      truth.set(id, known)
      if (known.ring === null) honest.add(person.id)
      complaints.push({
        at,
        line: JSON.stringify({
          ...{ id, at: new Date(at).toISOString(), sellerId: shop.id, listingId },
          ...{ reporterId: person.id, orderId, kind },
          text: lacks.texts ? undefined : text,
          reporter: {
            createdAt: lacks.created ? undefined : new Date(person.createdAt).toISOString(),
            orders: lacks.orders ? undefined : person.orders,
            devices: lacks.devices ? undefined : person.devices,
            ipPrefixes: person.ipPrefixes,
            paymentHashes: lacks.payments ? undefined : person.paymentHashes,
            addressHashes: person.addressHashes,
          },
        }),
      })
    },
  }
  fileHonest(making, scale)
  const ringCount = chance.between(1, Math.max(2, Math.round(5 * scale)))
  for (let ring = 0; ring < ringCount; ring++)
    rings.push(makeRing(making, { cunning: chance.pick(cunnings), isBare: chance.in(0.4) }))

  for (const { category, ...shop } of shops)
    context.push(
      JSON.stringify({
        seller: {
          ...{ ...shop, createdAt: new Date(shop.createdAt).toISOString() },
          categories: lacks.categories ? undefined : [category],
          devices: lacks.devices ? undefined : shop.devices,
        },
      }),
    )
  const lines = chance.some([...context, ...complaints.map(({ line }) => line)], Infinity)
  return { lines, truth, honest, rings }
}

function makeShops(
  chance: Chance,
  newId: Making['newId'],
  network: Making['network'],
  { from, scale }: { from: number; scale: number },
): Shop[] {
  const categories = Array.from({ length: chance.between(3, 15) }, (_, at) => `category-${at}`)
  return Array.from({ length: Math.max(12, chance.spread(20, Math.round(250 * scale))) }, () => ({
    id: newId('s'),
    createdAt: from - chance.between(10, 2000) * DAY,
    category: chance.pick(categories),
    devices: Array.from({ length: chance.between(1, 3) }, () => newId('d')),
    ipPrefixes: [network()],
    paymentHashes: [newId('p')],
    addressHashes: [newId('a')],
  }))
}

/** People live in homes, some work in offices, and many fetch parcels at a shop. */
function makePeople({ chance, newId, network, from, to }: Making, count: number): Person[][] {
  const parcelShops = Array.from({ length: chance.between(1, 12) }, () => newId('a'))
  const offices = Array.from(
    { length: chance.between(0, 5) },
    () => [newId('a'), newId('net')] as const,
  )
  const libraries = Array.from({ length: chance.between(0, 3) }, () => newId('d'))
  const [atShop, atOffice, atLibrary] = [
    chance.share() * 0.4,
    chance.share() * 0.15,
    chance.share() * 0.06,
  ]
  const growth = chance.share() * 2
  const homes: Person[][] = []
  for (let made = 0; made < count;) {
    const size = chance.in(0.6) ? 1 : chance.between(2, 4)
    const home = [network(), newId('a'), newId('p'), newId('d')] as const
    const people = Array.from({ length: size }, (): Person => {
      const age = Math.pow(chance.share(), 1 + growth) * 2500 * DAY
      const person: Person = {
        id: newId('r'),
        createdAt: to - age,
        orders: age < 30 * DAY ? chance.between(0, 3) : chance.spread(1, 60) - 1,
        devices: [newId('d')],
        ipPrefixes: [home[0]],
        paymentHashes: [chance.in(0.5) ? home[2] : newId('p')],
        addressHashes: [home[1]],
      }
      if (size > 1 && chance.in(0.5)) person.devices.push(home[3])
      if (chance.in(0.3)) person.ipPrefixes.push(network())
      if (chance.in(atShop)) person.addressHashes.push(chance.pick(parcelShops))
      if (chance.in(atLibrary) && libraries.length > 0) person.devices.push(chance.pick(libraries))
      if (chance.in(atOffice) && offices.length > 0) {
        const [address, net] = chance.pick(offices)
        person.addressHashes.push(address)
        person.ipPrefixes.push(net)
      }
      if (person.createdAt > to - DAY) person.createdAt = from
      return person
    })
    made += size
    homes.push(people)
  }
  return homes
}

function fileHonest(making: Making, scale: number): void {
  const { chance, shops, from, to } = making
  const count = chance.spread(60, Math.round(2500 * scale))
  const homes = makePeople(making, count * 1.5)
  const people = homes.flat()
  const noOrder = chance.share() * 0.3
  const popularity = shops.map((_, at) => 1 / Math.pow(at + 1, 0.3 + chance.share() * 0.6))
  const sum = popularity.reduce((all, one) => all + one, 0)
  const anyShop = (): Shop => {
    let left = chance.share() * sum
    return shops.find((_, at) => (left -= popularity[at] ?? 0) <= 0) ?? chance.pick(shops)
  }
  const complain = (
    person: Person,
    shop: Shop,
    group: Truth['group'],
    window?: [number, number],
    kind = chance.pick(kinds),
  ) => {
    const [first, last] = window ?? [Math.max(from, person.createdAt + DAY), to]
    const at = Math.min(to, first + chance.share() * Math.max(DAY, last - first))
    if (person.createdAt > at) person.createdAt = at - chance.between(1, 400) * DAY
    const text = honestText(chance, kind)
    making.honestTexts.push(text)
    const bought = chance.in(group === 'customer' ? noOrder : 0.03)
      ? chance.in(0.8)
        ? 'none'
        : 'claimed'
      : chance.in(0.88)
        ? 'delivered'
        : 'ordered'
    const orderedAt = Math.max(person.createdAt, at - chance.between(2, 25) * DAY)
    making.file({
      person,
      shop,
      at,
      kind,
      text,
      bought,
      orderedAt,
      truth: { isFalse: false, ring: null, group },
    })
  }
  for (let filed = 0; filed < count; filed++) complain(chance.pick(people), anyShop(), 'customer')
  for (let bad = chance.between(1, 3); bad > 0; bad--) {
    const shop = chance.pick(shops)
    const kind = chance.pick(kinds)
    for (const person of chance.some(people, chance.spread(8, Math.max(10, count / 12))))
      complain(person, shop, 'bad seller', undefined, chance.in(0.6) ? kind : chance.pick(kinds))
  }
  for (let recall = chance.between(0, 2); recall > 0; recall--) {
    const shop = chance.pick(shops)
    const start = from + chance.share() * (to - from) * 0.9
    const old = people.filter(({ createdAt }) => createdAt < start)
    for (const person of chance.some(old, chance.spread(8, 70)))
      complain(person, shop, 'recall', [start, start + chance.between(2, 7) * DAY], 'unsafe')
  }
  for (let serial = chance.between(0, 4); serial > 0; serial--) {
    const person = chance.pick(people)
    person.orders = Math.max(person.orders, 40)
    for (const shop of chance.some(shops, chance.between(8, 25))) complain(person, shop, 'serial')
  }
  // Everybody at one table complains, about whatever each of them bought.
  for (const home of homes.filter(({ length }) => length > 2).slice(0, chance.between(0, 8)))
    for (const person of home) complain(person, anyShop(), 'household')
}
