/** The seed is what stands in the bazaar on its first day, put there by the same functions that the pages use. */
import { holdLock, transact, type Database } from './database.ts'
import { addListing, type ListingText } from './listing.ts'
import { hashPassword } from './password.ts'
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
]

type Seed = Omit<ListingText, 'brand'> & { id: string; sellerId: string; brand?: string }

// Several of these are masks that protect nobody from anything; one is a respirator that may not be sold here.
const listings: Seed[] = [
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

/** Fills an empty bazaar; does nothing in one that has sellers. Answers whether it filled it. */
export async function seedShop(db: Database, now: () => Date): Promise<boolean> {
  return transact(db, async (tx) => {
    await holdLock(tx, 'seed')
    const { rowCount } = await tx.query('select from sellers limit 1')
    if (rowCount !== 0) return false
    // A moment apart, so that "newest first" is the order of this page, read from its end.
    let at = now().getTime() - listings.length
    for (const seller of sellers)
      await addSeller(
        tx,
        { ...seller, passwordHash: await hashPassword(demoPassword) },
        new Date(at),
      )
    for (const { id, sellerId, ...text } of listings) {
      const brand = text.brand ?? sellers.find((seller) => seller.id === sellerId)?.name ?? ''
      await addListing(tx, { id, sellerId, text: { ...text, brand } }, new Date(++at))
    }
    return true
  })
}
