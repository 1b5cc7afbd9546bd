/** The demo's complaints: what customers write on the report page, and what a rival has its accounts say. */
import { createClient, type Client } from '../contract/client.ts'

/**
 * Three customers complain, one of a shop that says nothing; Milan asks about the first. A rival has five accounts
 * complain about Lindqvist Tools. Where the procedure has no way in for complaints, none comes.
 */
export async function playComplaints(
  { url, shopKey }: { url: string; shopKey: string },
  milan: Client,
): Promise<string[]> {
  const nobody = createClient({ url })
  const file = (report: Parameters<Client['report']['file']>[0]) =>
    nobody.report.file(report).catch(() => null)
  const train = await file({
    where: 'wooden-train-four-wagons',
    kind: 'not-as-described',
    text: 'The page says four wagons and the box has three. The locomotive is fine.',
    address: 'rosa.lind@customers.example',
    name: 'Rosa Lind',
  })
  if (train === null) return []
  await file({
    where: 'hand-plane-no-4',
    kind: 'never-arrived',
    text: 'Ordered three weeks ago, and nothing came. The shop does not answer.',
    address: 'tomas@customers.example',
  })
  await file({
    where: 'silk-sleep-mask-navy',
    kind: 'rights',
    text: 'The pattern on the lining is ours; it is a registered design. We would like to talk to whoever made it.',
    address: 'office@studio-nove.example',
    name: 'Studio Nove',
    as: 'rights-owner',
  })
  const { cases } = await milan.desk.getQueue({})
  const found = cases.find(({ number }) => number === train.number)
  const held = found && (await milan.desk.takeCase({ caseId: found.id }))
  if (held?.allowed.includes('ask') === true)
    await milan.desk.askSeller({
      caseId: held.id,
      question: 'How many wagons are in the box that you send, and may this one have been short?',
    })
  await playRing(createClient({ url, headers: () => ({ authorization: `Bearer ${shopKey}` }) }))
  return [
    'Three customers complained, and Milan asked Lindqvist Tools about one of them',
    'Five accounts of one rival complained about a hand plane; they are weighed in a moment',
  ]
}

const day = 24 * 60 * 60_000

/** A shop that sells the same has a device in common with accounts of this week, which all say one thing. */
async function playRing(shop: Client): Promise<void> {
  const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString()
  const rival = 'meadow-tools'
  await shop.facts.tellSeller({ id: rival, name: 'Meadow Tools' })
  const categories = ['tools']
  await shop.facts.tellComplaint({ seller: { id: 'lindqvist-tools', categories } })
  await shop.facts.tellComplaint({
    seller: { id: rival, categories, devices: ['device-of-meadow'] },
  })
  for (const [place, emphasis] of ['really', 'surely', 'now', 'really', 'surely'].entries())
    await shop.facts.tellComplaint({
      ...{ id: `plane-${place}`, at: daysAgo(1.5 - place / 5), kind: 'not-as-described' },
      ...{ sellerId: 'lindqvist-tools', listingId: 'hand-plane-no-4' },
      reporterId: `customer-8${place}`,
      text: `The sole of this plane is not flat and the iron is soft as butter, and everybody should ${emphasis} know about it.`,
      reporter: {
        createdAt: daysAgo(4 - (place % 3) / 2),
        orders: 0,
        devices: [place < 3 ? 'device-of-meadow' : `device-8${place}`],
        paymentHashes: place > 1 ? ['card-of-meadow'] : [],
      },
    })
}
