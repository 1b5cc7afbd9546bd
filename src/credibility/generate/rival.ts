/** A rival is a seller who complains in disguise; each cunning hides another sign, and a bare ring lacks the strongest of what is left. */
import type { Chance } from './chance.ts'
import type { Cunning, MadeRing, Making, Person, Shop } from './making.ts'
import { honestText, kinds, reworded, ringSheet } from './speech.ts'

const DAY = 86_400_000

/** What a ring does and leaves. */
interface Habits {
  sharesDevices: boolean
  sharesOthers: boolean
  /** A member shares with the one before only. */
  isChain: boolean
  /** The part of members that use something of the rival's own. */
  withRival: number
  buys: number
  days: number
  isAged: boolean
  wording: 'sheet' | 'copied' | 'own'
  edits: number
  /** True complaints about others, for each member. */
  trueOnes: number
}

/** Draws how a ring of this cunning goes about it. */
function habitsOf(chance: Chance, cunning: Cunning, isBare: boolean): Habits {
  const habits: Habits = {
    sharesDevices: true,
    sharesOthers: chance.in(0.6),
    isChain: chance.in(0.25),
    withRival: chance.in(0.5) ? chance.share() : 0,
    buys: 0,
    days: chance.spread(1, 12),
    isAged: false,
    wording: 'sheet',
    edits: chance.share() * 0.25,
    trueOnes: 0,
  }
  const hideTies = () => {
    habits.sharesDevices = false
    habits.withRival = 0
  }
  switch (cunning) {
    case 'careless':
      if (isBare) hideTies()
      break
    case 'separate devices':
      hideTies()
      if (isBare) habits.sharesOthers = false
      break
    case 'bought orders':
      habits.buys = 0.5 + chance.share() / 2
      if (isBare) hideTies()
      break
    case 'slow drip':
      habits.days = chance.between(25, 90)
      if (isBare) hideTies()
      break
    case 'aged accounts':
      habits.isAged = true
      if (isBare) hideTies()
      break
    case 'copied wording':
      habits.wording = chance.in(0.5) ? 'copied' : 'own'
      if (isBare) hideTies()
      break
    case 'mixed true complaints':
      habits.trueOnes = chance.share() * 1.5
      if (isBare) hideTies()
      break
  }
  return habits
}

/** Puts a ring and its complaints into a marketplace. */
export function makeRing(
  making: Making,
  { cunning, isBare }: { cunning: Cunning; isBare: boolean },
): MadeRing {
  const { chance, shops, from, to } = making
  const habits = habitsOf(chance, cunning, isBare)
  const rival = chance.pick(shops)
  const competitors = shops.filter((shop) => shop !== rival && shop.category === rival.category)
  const targets = chance.some(
    competitors.length > 0 ? competitors : shops,
    chance.in(0.55) ? 1 : chance.between(2, 4),
  )
  const name = making.newId('ring')
  const days = Math.min(habits.days, (to - from) / DAY - 2)
  const start = from + chance.share() * (to - from - days * DAY)
  const members = makeMembers(making, {
    habits,
    rival,
    start,
    size: chance.spread(isBare ? 5 : 3, 60),
  })
  const kind = chance.pick(kinds)
  const sheet = ringSheet(chance, kind)
  for (const person of members) {
    const aims = chance.some(targets, chance.in(0.6) ? 1 : chance.between(1, targets.length))
    for (const shop of aims) {
      const at = Math.max(start + chance.share() * days * DAY, person.createdAt + 0.05 * DAY)
      const isBuying = chance.in(habits.buys)
      if (isBuying) person.orders++
      const text =
        habits.wording === 'sheet'
          ? reworded(chance, sheet, habits.edits)
          : habits.wording === 'copied' && making.honestTexts.length > 0
            ? reworded(chance, chance.pick(making.honestTexts), habits.edits)
            : honestText(chance, kind)
      making.file({
        ...{ person, shop, kind, text },
        at: Math.min(at, to),
        bought: isBuying ? 'delivered' : chance.in(0.1) ? 'claimed' : 'none',
        orderedAt: Math.max(person.createdAt, at - chance.between(2, 9) * DAY),
        truth: { isFalse: true, ring: name, group: 'ring' },
      })
    }
    for (let left = habits.trueOnes; chance.in(left); left--) {
      const ownKind = chance.pick(kinds)
      making.file({
        ...{
          person,
          shop: chance.pick(shops.filter((shop) => !targets.includes(shop))),
          kind: ownKind,
        },
        text: honestText(chance, ownKind),
        at: Math.min(to, Math.max(person.createdAt + DAY, from + chance.share() * (to - from))),
        bought: 'delivered',
        truth: { isFalse: false, ring: name, group: 'ring' },
      })
    }
  }
  return { name, cunning, isBare, members: members.map(({ id }) => id) }
}

function makeMembers(
  { chance, newId, network }: Making,
  { habits, rival, start, size }: { habits: Habits; rival: Shop; start: number; size: number },
): Person[] {
  const devices = Array.from({ length: Math.max(1, Math.round(size / chance.between(2, 6))) }, () =>
    newId('d'),
  )
  const [cards, homes] = [
    [newId('p'), newId('p')],
    [newId('a'), newId('a')],
  ]
  const nets = [network(), network()]
  const joiningDays = habits.isAged ? chance.between(20, 400) : chance.spread(1, 20)
  const joinedBefore = habits.isAged ? chance.between(150, 900) : chance.between(0, 12)
  const members: Person[] = []
  for (let at = 0; at < size; at++) {
    const person: Person = {
      id: newId('r'),
      createdAt: start - (joinedBefore + chance.share() * joiningDays) * DAY,
      orders: habits.isAged ? chance.between(0, 8) : chance.in(0.8) ? 0 : 1,
      devices: [newId('d')],
      ipPrefixes: [network()],
      paymentHashes: [newId('p')],
      addressHashes: [newId('a')],
    }
    const before = members[at - 1]
    if (habits.isChain && habits.sharesDevices && before !== undefined) {
      const which = chance.pick(['devices', 'paymentHashes', 'addressHashes'] as const)
      person[which].push(before[which][0] ?? '')
    } else {
      if (habits.sharesDevices && chance.in(0.85)) person.devices.push(chance.pick(devices))
      if (habits.sharesOthers && chance.in(0.7))
        (chance.in(0.5) ? person.paymentHashes : person.addressHashes).push(
          ...(chance.in(0.5) ? [chance.pick(cards)] : [chance.pick(homes)]),
        )
    }
    if (habits.sharesOthers && chance.in(0.5)) person.ipPrefixes.push(chance.pick(nets))
    if (chance.in(habits.withRival)) {
      const which = chance.pick(['devices', 'paymentHashes', 'addressHashes'] as const)
      person[which].push(chance.pick(rival[which]))
    }
    members.push(person)
  }
  return members
}
