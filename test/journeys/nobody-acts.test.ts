/** Reviewers never act. The time machine runs, and what was taken is back: a listing, an account, and money. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Client } from '../../src/contract/client.ts'
import { picture } from './browser.ts'
import { openJourney } from './journey.ts'
import { forward } from './program.ts'

const { program, browser, as } = await openJourney()

async function shopPage(): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  page.setDefaultTimeout(20_000)
  return page
}

/** Signs in to the shop as one of its sellers. */
async function shopSeller(address: string): Promise<Page> {
  const page = await shopPage()
  await page.goto(`${program.bazaar}/seller`)
  await page.getByLabel('E-mail').fill(address)
  await page.getByLabel('Password').fill('bazaar')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForLoadState()
  return page
}

const words = async (page: Page, path: string): Promise<string> => {
  await page.goto(program.bazaar + path)
  return page.locator('body').innerText()
}

/** Waits until a page of the shop says so: telling it is quick, and not instant. */
async function untilShopSays(page: Page, path: string, said: RegExp): Promise<void> {
  await expect.poll(() => words(page, path), { timeout: 30_000, interval: 300 }).toMatch(said)
}

test(
  'a listing, a suspended account and held money come back within the promise although no reviewer ever acts',
  { timeout: 300_000 },
  async () => {
    const reviewer = await as('reviewer')
    const ines = await as('seller')
    const maya = await as('second-seller')
    const customer = await shopPage()

    // The naive rule took a listing of Ines; a person suspends Maya’s account and holds Ines’s money.
    const [shown] = await reviewer.desk.findListings({ search: 'aloe-and-oak' })
    const [policy] = (await reviewer.desk.getSeller({ sellerId: 'aloe-and-oak' })).policies
    if (!shown || !policy) throw new Error('the demo lost its sellers or policies')
    const ofMaya = `/products/${shown.id}`
    await reviewer.desk.imposeMeasure({
      subject: { kind: 'account', id: 'aloe-and-oak' },
      measure: 'account.suspend',
      policy: policy.name,
      reasons: 'Forty parcels of this month never arrived.',
    })
    const { balance } = await reviewer.desk.getSeller({ sellerId: 'clay-and-clover' })
    if (balance === null) throw new Error('the shop told no balance')
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString()
    await reviewer.desk.imposeMeasure({
      subject: { kind: 'payouts', id: 'clay-and-clover' },
      measure: 'payout.hold',
      policy: policy.name,
      reasons: 'Customers dispute several orders.',
      amount: balance.available,
      endsAt: until,
    })
    await forward(program, 'PT2M')
    const taken = (await ines.seller.getHome()).measures.find(
      ({ status, subject, holding }) =>
        status === 'in-force' && subject.kind === 'listing' && holding?.state === 'running',
    )
    if (!taken?.caseId) throw new Error('no appeal of Ines waits at a desk')
    const product = `/products/${taken.subject.id}`
    await untilShopSays(customer, product, /not for sale just now/i)
    await untilShopSays(customer, ofMaya, /isn’t selling at the moment/i)
    await picture(customer, 'nobody-1-not-selling')
    const money = await shopSeller('ines@clayandclover.example')
    await untilShopSays(money, '/seller/money', /all of it is held until/i)
    await picture(money, 'nobody-2-held')

    // Both appeal, by the button; the appeal about the listing waits already.
    const appealed = async (client: Client, decisionId: string) =>
      client.seller.fileAppeal({
        objections: [{ decisionId, track: 'dispute', text: 'That is a mistake, and here is why.' }],
      })
    const measuresOf = async (client: Client, kind: 'account' | 'payouts') =>
      (await client.seller.getHome()).measures.filter(({ subject }) => subject.kind === kind)
    const [suspended] = await measuresOf(maya, 'account')
    const [held] = await measuresOf(ines, 'payouts')
    if (!suspended || !held) throw new Error('the sellers were not told')
    const cases = [
      { client: ines, id: taken.caseId },
      { client: maya, id: (await appealed(maya, suspended.decisionId)).id },
      { client: ines, id: (await appealed(ines, held.decisionId)).id },
    ]

    // Nobody acts. After two days the executive office has all of it; after three more it comes back by itself.
    const first = await forward(program, 'P2DT1M')
    expect(first.filter((line) => /executive office/i.test(line)).length).toBeGreaterThanOrEqual(3)
    for (const { client, id } of cases)
      expect((await client.seller.getCase({ caseId: id })).holding).toMatchObject({
        state: 'running',
        who: expect.stringContaining('Executive office'),
      })
    await untilShopSays(customer, ofMaya, /isn’t selling at the moment/i)
    await forward(program, 'P3DT1M')

    await untilShopSays(customer, product, /put it in my basket/i)
    await picture(customer, 'nobody-3-listing-back')
    await untilShopSays(customer, ofMaya, /put it in my basket/i)
    await picture(customer, 'nobody-4-account-back')
    await untilShopSays(money, '/seller/money', /none of it is held/i)
    await picture(money, 'nobody-5-money-back')
    for (const { client, id } of cases) {
      await expect
        .poll(async () => (await client.seller.getCase({ caseId: id })).state, { timeout: 30_000 })
        .toBe('closed')
      const over = await client.seller.getCase({ caseId: id })
      expect(over).toMatchObject({ outcome: 'measure_lifted' })
      // Nothing that a person did is among it but the measures by hand themselves.
      expect(over.thread.filter(({ who }) => who === 'person').length).toBe(
        id === taken.caseId ? 0 : 1,
      )
    }
  },
)
