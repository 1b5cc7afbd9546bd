/** A policy manager takes a desk's clock away, sees the gap, mends it, and puts a version in force; then a gap by name. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible, expectFine, picture } from './browser.ts'
import { openJourney } from './journey.ts'

const { program, errors, person } = await openJourney()

async function pageOf(role: string | null, at: string): Promise<Page> {
  const { page } = await person()
  if (role !== null) await page.goto(program.signIn(role))
  await page.goto(program.recourse + at)
  return page
}

const verdict = (page: Page, words: RegExp) =>
  page.getByRole('heading', { level: 1, name: words }).waitFor()

/** Every clock of the executive office but the line that says how long. */
const withoutClock = (text: string) =>
  text.replace(/(\n {2}executive:(?! \{)[\s\S]*?)\n {4}within: \S+/, '$1')

test(
  'a clock taken away is a gap in picture, text and list; mended, the version is adopted with its reason',
  { timeout: 240_000 },
  async () => {
    const page = await pageOf('policy-manager', '/studio/procedures')
    await verdict(page, /^Sound\. Whatever the staff do/)
    await expectFine(page, 'the-procedure-in-force')
    await picture(page, '20-procedure-sound')

    // Checked as it is typed: the same gap, by the same number, in all three.
    const field = page.getByLabel('The text of the procedure')
    const inForce = await field.inputValue()
    expect(withoutClock(inForce)).not.toBe(inForce)
    await field.fill(withoutClock(inForce))
    await verdict(page, /^Not sound/)
    const item = page.getByRole('listitem').filter({ hasText: /^\d+Limbo\..*"executive"/ })
    const number = (await item.getByRole('button').locator('span').first().innerText()).trim()
    const badge = page.locator('[data-thing="desk executive"] ~ [data-gaps]').filter({
      hasText: new RegExp(`^(${number}$|${number}–|\\d+–)`),
    })
    expect(await badge.count()).toBeGreaterThan(0)
    const line = inForce.split('\n').findIndex((one) => /^ {2}executive:(?! \{)/.test(one)) + 1
    const lineOf = page
      .locator('[aria-hidden] > [data-gap]')
      .filter({ hasText: /executive:(?! \{)/ })
    expect(await lineOf.first().innerText()).toMatch(
      new RegExp(`^${line}\\b[\\s\\S]*\\b${number}\\b`),
    )

    // Chosen in the list it lights its way in the picture, and its line in the text.
    await item.getByRole('button').click()
    expect(
      await page.locator('[data-thing="desk executive"]').first().getAttribute('data-lit'),
    ).not.toBeNull()
    expect(await page.locator('[data-thing][data-lit]').count()).toBeLessThan(
      await page.locator('[data-thing]').count(),
    )
    expect(await lineOf.first().getAttribute('data-chosen')).not.toBeNull()
    await expectAccessible(page, 'a gap that is chosen')
    await picture(page, '21-procedure-gap')
    const before = await page
      .getByRole('status')
      .filter({ hasText: /^Gap \d+ of/ })
      .innerText()
    await page.keyboard.press('F8')
    await expect
      .poll(() =>
        page
          .getByRole('status')
          .filter({ hasText: /^Gap \d+ of/ })
          .innerText(),
      )
      .not.toBe(before)

    // A slip of the pen is told with line, column and the nearest name.
    await field.fill(inForce.replace('late: executive', 'late: executiv'))
    await page.getByText('did you mean "executive"?').last().waitFor()
    await expectAccessible(page, 'a text that cannot be read')

    // Mended, and one clock shorter than before.
    await field.fill(inForce.replace('within: P2D', 'within: P1D'))
    await verdict(page, /^Sound/)
    await page.keyboard.press('Control+s')
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/^The clock of .*: 1 day \(was 2 days\)\.$/).waitFor()
    await expectAccessible(page, 'the proposal')
    await picture(page, '22-procedure-proposal')
    await dialog.getByRole('button', { name: 'Put it in force' }).click()
    await dialog.getByText('The change still needs a reason.').waitFor()
    await dialog.getByLabel('Why?').fill('A day is enough for the first look.')
    await dialog.getByLabel(/Move open cases/).check()
    await dialog.getByRole('button', { name: 'Put it in force' }).click()
    const row = page.getByRole('row').filter({ hasText: 'A day is enough for the first look.' })
    await row.getByText('In force').waitFor()
    expect(await row.innerText()).toContain('Paula Nunes')
    await verdict(page, /^Sound/)
    expect(await field.inputValue()).toContain('within: P1D')
  },
)

test(
  'gaps accepted by name are told to the sellers they touch and to anybody',
  { timeout: 240_000 },
  async () => {
    const page = await pageOf('policy-manager', '/studio/procedures')
    await verdict(page, /^Sound/)
    const field = page.getByLabel('The text of the procedure')
    await field.fill(withoutClock(await field.inputValue()))
    await verdict(page, /^Not sound/)
    await page.getByRole('button', { name: 'Accept the gaps by name…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Why?').fill('The executive office moves house this week.')
    await dialog.getByRole('button', { name: 'Put it in force' }).click()
    await dialog.getByRole('alert').waitFor()
    for (const box of await dialog.getByRole('group').getByRole('checkbox').all()) await box.check()
    await dialog.getByRole('button', { name: 'Put it in force' }).click()
    await page.getByRole('row').filter({ hasText: 'moves house' }).getByText('In force').waitFor()

    const anybody = await pageOf(null, '/promises')
    await verdict(anybody, /that is what we promise every seller\. We know of .* gap/)
    const told = await anybody.locator('main').innerText()
    expect(told).toContain('limbo:executive')
    expect(told).toContain('Paula Nunes accepted')
    expect(told).toContain('The executive office moves house this week.')
    await expectAccessible(anybody, 'the promises with gaps')
    await picture(anybody, '23-promises-with-gaps')

    const seller = await pageOf('seller', '/seller')
    await seller
      .getByText(/Known gap of our procedure: .* has no clock/)
      .first()
      .waitFor()
    await expectAccessible(seller, 'the home of a seller whom a gap touches')
    await seller.goto(`${program.recourse}/measures`)
    await seller.locator('main a[href^="/measures/"]').first().click()
    await seller
      .getByText(/Known gap of our procedure: .* has no clock/)
      .first()
      .waitFor()
    await expectAccessible(seller, 'the statement of a measure that a gap touches')
    await picture(seller, '24-statement-with-gap')
  },
)

test(
  'anybody reads in figures how sellers are treated, as a picture, as a table and as data',
  { timeout: 120_000 },
  async () => {
    const anybody = await pageOf(null, '/figures')
    // The gaps that were accepted a moment ago stand at the top, here as well.
    await verdict(anybody, /We know of .* through which somebody can come to wait without end/)
    await anybody.getByRole('heading', { name: /known gap/ }).waitFor()
    await anybody.getByRole('heading', { name: 'What came of appeals, and who decides' }).waitFor()
    const main = anybody.locator('main')
    expect(await main.innerText()).not.toMatch(/Clay & Clover|Lindqvist|Aloe/)
    const taken = anybody.getByRole('figure', { name: /measures? (was|were) taken/ })
    await taken.getByRole('button', { name: 'as a table' }).click()
    await taken.getByRole('columnheader', { name: 'Taken', exact: true }).waitFor()
    await anybody
      .locator('summary', { hasText: 'How it is counted: who sells here' })
      .press('Enter')
    await anybody.getByText('The same share of what was paid, by currency.').waitFor()
    await expectFine(anybody, '25-figures')
    await anybody.getByText('Year', { exact: true }).click()
    await anybody.waitForURL(/period=year/)
    const table = await anybody.getByRole('link', { name: 'a table (CSV)' }).getAttribute('href')
    expect(table).toBe('/v1/figures.csv?period=year')
    expect(await (await fetch(program.recourse + table)).text()).toContain('now.withoutClock,,0,')
    await anybody.getByRole('link', { name: 'What we promise' }).click()
    await verdict(anybody, /that is what we promise every seller/)
  },
)

test('no page broke on the way', () => {
  expect(errors).toEqual([])
})
