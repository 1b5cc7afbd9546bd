/** The seed is what stands in the bazaar on its first day, put there by the same functions that the pages use. */
import { holdLock, transact, type Asker, type Database } from './database.ts'
import { tellBalance } from './balance.ts'
import { enterDestination } from './destination.ts'
import { addListing, type ListingText } from './listing.ts'
import { enterOrder, newPress, tellOrder } from './order.ts'
import { hashPassword } from './password.ts'
import { enterPayout } from './payout.ts'
import { recordSecurityEvent } from './security-event.ts'
import { addSeller, type NewSeller } from './seller.ts'

export const demoPassword = 'bazaar'

const sellers: Omit<NewSeller, 'passwordHash'>[] = [
  {
    id: 'clay-and-clover',
    name: 'Clay & Clover',
    place: 'Porto',
    locale: 'en',
    timeZone: 'Europe/Lisbon',
    address: 'ines@clayandclover.example',
  },
  {
    id: 'lindqvist-tools',
    name: 'Lindqvist Tools',
    place: 'Stockholm',
    locale: 'en',
    timeZone: 'Europe/Stockholm',
    address: 'erik@lindqvist.example',
  },
  {
    id: 'aloe-and-oak',
    name: 'Aloe & Oak',
    place: 'Leeds',
    locale: 'en',
    timeZone: 'Europe/London',
    address: 'maya@aloeandoak.example',
  },
  {
    id: 'own-shelf',
    name: 'The Bazaar’s own shelf',
    place: 'Lisbon',
    locale: 'en',
    timeZone: 'Europe/Lisbon',
    address: 'rui@ownshelf.example',
    isOwn: true,
  },
]

type Seed = Omit<ListingText, 'brand'> & { id: string; sellerId: string; brand?: string }

// Several of these are masks that protect nobody from anything. A respirator and a spray against mould may not be sold
// here without a number, and a balm is said to do what only a drug may.
const listings: Seed[] = [
  {
    id: 'canvas-shopping-bag',
    sellerId: 'own-shelf',
    category: 'Kitchen',
    priceCents: 1200,
    title: 'Canvas shopping bag',
    description: 'Heavy cotton with long handles. Carries what you find here.',
    bullets: ['Holds 12 kilograms', 'Wash at 40 degrees'],
    attributes: { material: 'cotton', size: '38 × 42 cm' },
  },
  {
    id: 'linen-tea-towels-two',
    sellerId: 'own-shelf',
    category: 'Kitchen',
    priceCents: 1900,
    title: 'Linen tea towels, two',
    description: 'Woven in Guimarães. They dry glasses without a trace, and get softer each year.',
    bullets: ['Two towels', 'With a loop to hang them by'],
    attributes: { material: 'linen', size: '50 × 70 cm' },
  },
  {
    id: 'tomato-seeds-red-oxheart',
    sellerId: 'aloe-and-oak',
    category: 'Garden',
    priceCents: 350,
    title: 'Tomato seeds, red oxheart',
    description: 'Forty seeds from last summer’s best plants. Sow from March on a warm sill.',
    bullets: ['About 40 seeds', 'Fruits of 200 to 400 grams'],
    attributes: { sow: 'March to April', harvest: 'July to September' },
  },
  {
    id: 'wooden-train-four-wagons',
    sellerId: 'lindqvist-tools',
    category: 'Toys',
    priceCents: 3400,
    title: 'Wooden train with four wagons',
    description: 'Birch wheels, round edges, and magnets that small hands can part again.',
    bullets: ['From 18 months', 'Oiled with linseed oil'],
    attributes: { material: 'birch, beech', length: '62 cm' },
  },
  {
    id: 'snorkel-mask-tempered-glass',
    sellerId: 'lindqvist-tools',
    category: 'Toys',
    priceCents: 2790,
    title: 'Snorkel mask with tempered glass',
    description:
      'For looking at crabs. Soft seal, wide view, and a snorkel that stays dry at the top.',
    bullets: ['Fits children from 8 and adults', 'Rinse with fresh water after the sea'],
    attributes: { material: 'silicone, tempered glass', colour: 'petrol' },
  },
  {
    id: 'plague-doctor-mask-leather',
    sellerId: 'clay-and-clover',
    category: 'Costumes',
    priceCents: 6800,
    title: 'Plague doctor mask, leather',
    description:
      'A beak for carnival, cut and stitched by hand. Glass eyes, a strap that fits over a hat.',
    bullets: ['One size', 'Made for costumes and the stage'],
    attributes: { material: 'vegetable-tanned leather', colour: 'chestnut' },
  },
  {
    id: 'hand-plane-no-4',
    sellerId: 'lindqvist-tools',
    category: 'Tools',
    priceCents: 8900,
    title: 'Hand plane No. 4',
    description: 'A smoothing plane with a cast body and a blade that arrives sharp.',
    bullets: ['Blade 50 mm, high-carbon steel', 'Handles of ash'],
    attributes: { weight: '1.7 kg', length: '245 mm' },
  },
  {
    id: 'n95-respirators-box-of-20',
    sellerId: 'lindqvist-tools',
    category: 'Tools',
    priceCents: 4900,
    brand: 'Nordfilter',
    title: 'N95 respirators, medical grade, box of 20',
    description:
      'Protects nose and mouth from dust, germs and aerosols. For hospital and workshop. Filters 95 percent of particles.',
    bullets: ['Box of 20', 'Adjustable nose wire'],
    attributes: { class: 'N95', use: 'single use' },
  },
  {
    id: 'balloon-whisk-ash-handle',
    sellerId: 'aloe-and-oak',
    category: 'Kitchen',
    priceCents: 1250,
    title: 'Balloon whisk with ash handle',
    description: 'Eleven wires, springy enough for cream and stiff enough for batter.',
    bullets: ['Length 28 cm', 'Wash by hand'],
    attributes: { material: 'stainless steel, ash' },
  },
  {
    id: 'salad-bowl-olive-wood',
    sellerId: 'aloe-and-oak',
    category: 'Kitchen',
    priceCents: 3800,
    title: 'Salad bowl, olive wood',
    description: 'Turned from one piece, so that no two look alike. Room for four hungry people.',
    bullets: ['About 26 cm across', 'Oil it twice a year'],
    attributes: { material: 'olive wood' },
  },
  {
    id: 'argan-hair-mask-250-ml',
    sellerId: 'aloe-and-oak',
    category: 'Bath & skin',
    priceCents: 1600,
    title: 'Argan oil hair mask, 250 ml',
    description: 'For dry ends. Work in, wait for five minutes, rinse.',
    bullets: ['Without silicones', 'Smells of almond'],
    attributes: { content: '250 ml', for: 'dry hair' },
  },
  {
    id: 'tea-tree-tile-spray',
    sellerId: 'aloe-and-oak',
    category: 'Kitchen',
    priceCents: 990,
    title: 'Tea tree tile spray, kills mould and mildew',
    description: 'Vinegar and tea tree oil. Spray on grout and tiles, leave for an hour, wipe.',
    bullets: ['Kills mould on bathroom walls', 'Keeps mildew away for weeks'],
    attributes: { content: '500 ml' },
  },
  {
    id: 'oat-bath-milk',
    sellerId: 'aloe-and-oak',
    category: 'Bath & skin',
    priceCents: 1400,
    title: 'Oat bath milk',
    description: 'A handful in warm water, for skin that itches after winter.',
    bullets: ['For about ten baths'],
    attributes: { content: '300 ml' },
  },
  {
    id: 'charcoal-sheet-mask-5',
    sellerId: 'clay-and-clover',
    category: 'Bath & skin',
    priceCents: 1150,
    title: 'Charcoal sheet mask, 5 pieces',
    description:
      'Bamboo charcoal on soft cotton. Ten minutes on a clean face, then pat in what is left.',
    bullets: ['For oily skin', 'Each sheet wrapped in paper'],
    attributes: { content: '5 sheets', material: 'cotton' },
  },
  {
    id: 'silk-sleep-mask-navy',
    sellerId: 'clay-and-clover',
    category: 'Bath & skin',
    priceCents: 2200,
    title: 'Silk sleep mask, navy',
    description:
      'Mulberry silk that keeps the morning out. Soft on the face, with a strap that does not pull.',
    bullets: ['Wash cold, by hand'],
    attributes: { material: 'mulberry silk', colour: 'navy' },
  },
  {
    id: 'calendula-balm-30-ml',
    sellerId: 'clay-and-clover',
    category: 'Bath & skin',
    priceCents: 1300,
    title: 'Calendula balm, 30 ml',
    description: 'Marigold in beeswax and almond oil. Heals eczema and cures psoriasis in a week.',
    bullets: ['Made in small batches'],
    attributes: { content: '30 ml' },
  },
  {
    id: 'rose-soap-bar',
    sellerId: 'clay-and-clover',
    category: 'Bath & skin',
    priceCents: 650,
    title: 'Rose soap bar',
    description: 'Cold-stirred, cut by hand, and left to dry for eight weeks.',
    bullets: ['Olive and coconut oil', 'Wrapped in paper'],
    attributes: { weight: '110 g' },
  },
  {
    id: 'oat-hand-cream-50-ml',
    sellerId: 'clay-and-clover',
    category: 'Bath & skin',
    priceCents: 900,
    title: 'Oat hand cream, 50 ml',
    description: 'For hands that garden. Goes in quickly and leaves nothing on the page of a book.',
    bullets: ['Without perfume'],
    attributes: { content: '50 ml' },
  },
  {
    id: 'kaolin-face-mask-10-sheets',
    sellerId: 'clay-and-clover',
    category: 'Bath & skin',
    priceCents: 1850,
    title: 'Kaolin face mask, 10 sheets',
    description:
      'Our filter-fine white clay draws out what the day leaves behind. Leave on for ten minutes, rinse, go to bed.',
    bullets: ['10 sheets, one an evening', 'White clay from the north of Portugal'],
    attributes: { content: '10 sheets', for: 'all skin' },
  },
]

const day = 86_400_000

/** The shops are older than the bazaar's first day here: each has sold for a while. */
const openedDaysAgo = 210

/** From where each seller came, all the years; so that who comes from elsewhere is seen to be new. */
const countries: Record<string, string> = {
  'clay-and-clover': 'PT',
  'lindqvist-tools': 'SE',
  'aloe-and-oak': 'GB',
  'own-shelf': 'PT',
}

const signedInDaysAgo = [openedDaysAgo, 60, 9]

/** What Recourse hears of the sign-ins before the first day. */
async function seedSignIns(tx: Asker, now: Date): Promise<void> {
  for (const [sellerId, country] of Object.entries(countries)) {
    const by = { device: `browser-of-${sellerId}`, country }
    for (const days of signedInDaysAgo)
      await recordSecurityEvent(
        tx,
        { sellerId, kind: 'sign-in', by },
        new Date(now.getTime() - days * day),
      )
  }
}

interface SeedOrder {
  listingId: string
  many: number
  daysAgo: number
  isSent: boolean
  isDisputed?: true
}

interface SeedMoney {
  sellerId: string
  destinations: { id: string; bank: string; iban: string; daysAgo: number }[]
  orders: SeedOrder[]
  /** All that came before this day was paid out on it, to the first destination. */
  paidDaysAgo: number
}

const order = (
  listingId: string,
  many: number,
  daysAgo: number,
  more: { isSent?: boolean; isDisputed?: true } = {},
): SeedOrder => ({ listingId, many, daysAgo, isSent: true, ...more })

// Old destinations and one of this week; sales before and after the last payout; one that a customer disputes.
const money: SeedMoney[] = [
  {
    sellerId: 'clay-and-clover',
    destinations: [
      { id: 'bank-douro', bank: 'Banco Douro', iban: 'PT50000201231234567890154', daysAgo: 204 },
      { id: 'bank-hanse', bank: 'Hanse Bank', iban: 'DE89370400440532013000', daysAgo: 3 },
    ],
    orders: [
      order('plague-doctor-mask-leather', 1, 61),
      order('rose-soap-bar', 4, 52),
      order('kaolin-face-mask-10-sheets', 3, 40),
      order('silk-sleep-mask-navy', 1, 19, { isDisputed: true }),
      order('oat-hand-cream-50-ml', 2, 12),
      order('kaolin-face-mask-10-sheets', 2, 5),
      order('silk-sleep-mask-navy', 1, 1, { isSent: false }),
    ],
    paidDaysAgo: 33,
  },
  {
    sellerId: 'lindqvist-tools',
    destinations: [
      { id: 'bank-malar', bank: 'Mälarbanken', iban: 'SE4550000000058398257466', daysAgo: 180 },
    ],
    orders: [
      order('hand-plane-no-4', 1, 58),
      order('wooden-train-four-wagons', 2, 47),
      order('snorkel-mask-tempered-glass', 2, 38),
      order('hand-plane-no-4', 1, 16),
      order('wooden-train-four-wagons', 1, 9, { isDisputed: true }),
      order('wooden-train-four-wagons', 1, 2, { isSent: false }),
    ],
    paidDaysAgo: 30,
  },
  {
    sellerId: 'aloe-and-oak',
    destinations: [
      { id: 'bank-aire', bank: 'Aire Valley Bank', iban: 'GB82WEST12345698765432', daysAgo: 195 },
    ],
    orders: [
      order('salad-bowl-olive-wood', 2, 55),
      order('argan-hair-mask-250-ml', 3, 44),
      order('balloon-whisk-ash-handle', 2, 21),
      order('oat-bath-milk', 3, 11),
      order('salad-bowl-olive-wood', 1, 4),
      order('tomato-seeds-red-oxheart', 5, 1, { isSent: false }),
    ],
    paidDaysAgo: 28,
  },
  {
    sellerId: 'own-shelf',
    destinations: [
      { id: 'bank-tejo', bank: 'Banco do Tejo', iban: 'PT50002700000001234567833', daysAgo: 200 },
    ],
    orders: [
      order('canvas-shopping-bag', 2, 57),
      order('linen-tea-towels-two', 1, 49),
      order('canvas-shopping-bag', 1, 36),
      order('linen-tea-towels-two', 2, 24),
      order('canvas-shopping-bag', 3, 14),
      order('linen-tea-towels-two', 1, 6),
      order('canvas-shopping-bag', 1, 3),
    ],
    paidDaysAgo: 30,
  },
]

/** What was sold and paid out before the first day; Recourse is told only where it stands. */
async function seedMoney(tx: Asker, seed: SeedMoney, now: Date): Promise<void> {
  const { sellerId, destinations, orders, paidDaysAgo } = seed
  const ago = (days: number) => new Date(now.getTime() - days * day)
  for (const { daysAgo, ...one } of destinations)
    await enterDestination(tx, { ...one, sellerId }, ago(daysAgo))
  let unpaid = 0
  let isPaid = false
  for (const { listingId, many, daysAgo, isSent, isDisputed } of orders) {
    const [to] = destinations
    if (daysAgo < paidDaysAgo && !isPaid && to) {
      await enterPayout(tx, { sellerId, to: to.id, cents: unpaid }, ago(paidDaysAgo))
      isPaid = true
    }
    const listing = listings.find(({ id }) => id === listingId)
    if (!listing) throw new Error(`seed an order of ${listingId}: there is no such listing`)
    const { title, priceCents } = listing
    const cents = priceCents * many
    unpaid += cents
    const bought = { press: newPress(), listingId, sellerId, title, many, cents, buyer: newPress() }
    const id = await enterOrder(tx, bought, ago(daysAgo))
    await tx.query('update orders set sent_at = $2, disputed_at = $3 where id = $1', [
      id,
      isSent ? ago(daysAgo - 1) : null,
      isDisputed ? ago(daysAgo - 8) : null,
    ])
    if (id !== null && isSent) await tellOrder(tx, id, now)
  }
  await tellBalance(tx, sellerId, now)
}

/** Fills an empty bazaar; does nothing in one that has sellers. Answers whether it filled it. */
export async function seedShop(db: Database, now: () => Date): Promise<boolean> {
  return transact(db, async (tx) => {
    await holdLock(tx, 'seed')
    const { rowCount } = await tx.query('select from sellers limit 1')
    if (rowCount !== 0) return false
    // A moment apart, so that "newest first" is the order of this page, read from its end.
    let at = now().getTime() - listings.length - money.length
    for (const seller of sellers)
      await addSeller(
        tx,
        {
          ...seller,
          passwordHash: await hashPassword(demoPassword),
          since: new Date(at - openedDaysAgo * day),
        },
        new Date(at),
      )
    for (const { id, sellerId, ...text } of listings) {
      const brand = text.brand ?? sellers.find((seller) => seller.id === sellerId)?.name ?? ''
      await addListing(tx, { id, sellerId, text: { ...text, brand } }, new Date(++at))
    }
    for (const seed of money) await seedMoney(tx, seed, new Date(++at))
    await seedSignIns(tx, now())
    return true
  })
}
