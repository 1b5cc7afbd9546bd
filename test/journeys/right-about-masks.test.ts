/** With the policies that ship, a clay mask stays on sale, a surgical mask goes, and its approval number brings it back. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { picture, waitForWords } from './browser.ts'
import { openJourney } from './journey.ts'
import { ownPolicies } from './program.ts'

const { program, errors, person } = await openJourney({ env: { RECOURSE_POLICIES: ownPolicies } })

/** Puts a listing on a shelf of the shop; answers its page for customers. */
async function offer(
  shop: Page,
  { title, description, shelf }: { title: string; description: string; shelf: string },
): Promise<string> {
  await shop.goto(`${program.bazaar}/seller/listings/new`)
  await shop.getByLabel('Title').fill(title)
  await shop.getByLabel('Description').fill(description)
  await shop.getByLabel('Shelf').selectOption(shelf)
  await shop.getByLabel('Price in euros').fill('12.50')
  await shop.getByRole('button', { name: 'Put it in the shop' }).click()
  await shop.goto(`${program.bazaar}/seller`)
  const link = await shop.getByRole('link', { name: title }).first().getAttribute('href')
  const path = new URL(link ?? '', program.bazaar).pathname
  const id = path
    .split('/')
    .find((part) => part !== '' && !['seller', 'listings', 'products', 'edit'].includes(part))
  return `${program.bazaar}/products/${id ?? ''}`
}

test(
  'the clay mask is allowed, the surgical mask is caught, and with its number it passes',
  { timeout: 180_000 },
  async () => {
    const { page: shop } = await person()
    await shop.goto(`${program.bazaar}/seller`)
    await shop.getByLabel('E-mail').fill('ines@clayandclover.example')
    await shop.getByLabel('Password').fill('bazaar')
    await shop.getByRole('button', { name: 'Sign in' }).click()
    await shop.waitForURL(/\/seller/)

    const clay = await offer(shop, {
      title: 'Rose clay face mask, 50 ml',
      description:
        'Rose clay that protects the glow. A filter-fine powder; leave on for ten minutes, then rinse.',
      shelf: 'Bath & skin',
    })
    const surgicalTitle = 'Disposable surgical face masks, 50 pieces'
    const surgical = await offer(shop, {
      title: surgicalTitle,
      description: 'Three layers with ear loops and a nose wire, for clinics and dentists.',
      shelf: 'Bath & skin',
    })

    // The later one was screened, so the earlier one was too.
    const { page: customer } = await person()
    await waitForWords(customer, surgical, /not for sale just now/i)
    await customer.goto(clay)
    expect(await customer.locator('body').innerText()).toMatch(/put it in my basket/i)

    // The statement shows why, and what the listing would have to show.
    const { page: seller } = await person()
    await seller.goto(program.signIn('seller'))
    await seller.getByText(surgicalTitle).first().waitFor()
    const home = await seller.locator('main').innerText()
    expect(home).not.toContain('Rose clay')
    await seller
      .getByRole('link', { name: /see why/i })
      .first()
      .click()
    await seller.waitForURL(/\/measures\//)
    await seller
      .getByText(/510\(k\)/)
      .first()
      .waitFor()
    expect(await seller.locator('mark').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/surgical/i)]),
    )
    await picture(seller, 'right-about-masks-statement')

    // The seller adds the number in the shop, and a machine gives the listing back at once.
    await shop.goto(`${program.bazaar}/seller`)
    await shop.getByRole('link', { name: surgicalTitle }).first().click()
    const edit = shop.getByRole('link', { name: /edit|change/i }).first()
    if (await edit.isVisible()) await edit.click()
    await shop
      .getByLabel('Description')
      .fill(
        'Three layers with ear loops and a nose wire, for clinics and dentists. FDA 510(k) number K201234.',
      )
    await shop.getByRole('button', { name: 'Save' }).click()
    await waitForWords(customer, surgical, /put it in my basket/i)
    await waitForWords(seller, seller.url(), /back on sale|lifted/i)
    await picture(seller, 'right-about-masks-lifted')
    expect(errors).toEqual([])
  },
)
