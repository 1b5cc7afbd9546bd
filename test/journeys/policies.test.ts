/** A policy manager reads a rule, tries a text, tries a change on last month's listings, and sets a level with a reason. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible, expectFine } from './browser.ts'
import { openJourney } from './journey.ts'
import { ownPolicies } from './program.ts'

const { program, errors, person } = await openJourney({ env: { RECOURSE_POLICIES: ownPolicies } })

async function paula(): Promise<Page> {
  const { page } = await person()
  await page.goto(program.signIn('policy-manager'))
  return page
}

/** Puts a text in place of all that stands in the field, by the clipboard as a person does. */
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
  const field = page.getByLabel('The text of the policy')
  await field.press('Control+a')
  await field.press('Control+v')
}

const titleOf = (page: Page) => page.getByRole('heading', { level: 1 })

test('a rule is read, tried with a text, and its examples pass', { timeout: 60_000 }, async () => {
  const page = await paula()
  await page.goto(`${program.recourse}/studio/policies`)
  await page.getByRole('heading', { name: /rules read every listing/ }).waitFor()
  await expectFine(page, 'the-policies')
  await page.getByRole('link', { name: 'Protective masks, gloves and clothing' }).click()
  await page.getByRole('heading', { name: 'The rule, for people' }).waitFor()
  // With no decisions there is no share to boast of.
  expect(await titleOf(page).innerText()).toMatch(/^Not measured yet: |too few to tell\.$/)
  await page.getByText(/^All \d+ pass\.$/).waitFor()

  // What reads otherwise elsewhere is one press away, and says that it is not in force.
  await page.getByText('EU', { exact: true }).click()
  await page.getByText(/as it reads in the European Union\. It is not in force here\./).waitFor()
  await page.getByText('US, in force').click()

  // A signal opens to all that it looks for.
  await page.locator('table tr').filter({ hasText: '“' }).getByRole('button').first().click()
  await page.getByText('Any one of these:').first().waitFor()

  const title = page.getByLabel('Title', { exact: true })
  await title.fill('Clay face mask with green tea, 100 ml')
  await page
    .getByText(/stays on sale$/)
    .first()
    .waitFor()
  await title.fill('Surgical masks, 3-ply, type IIR, 50 pieces')
  await page
    .getByText(/^(over )?\d+ in 100, would act$/)
    .last()
    .waitFor()
  const tried = page.locator('#try')
  expect((await tried.locator('mark').allInnerTexts()).join(' ')).toMatch(/surgical/i)
  expect(await tried.innerText()).toMatch(/start\s+−\d/)
  await tried.getByRole('button', { name: 'Term by term' }).click()
  await tried
    .getByRole('table')
    .getByText(/“Surgical[^”]*” in the title/)
    .first()
    .waitFor()

  // An example opens with its sum, and leads to the box.
  const example = page.locator('[data-number]').first()
  const words = await example.locator('span').first().innerText()
  await example.click()
  await page.getByRole('button', { name: 'Try it with other words' }).click()
  expect(await title.inputValue()).toBe(words)
  await page
    .getByText(/, would act$/)
    .last()
    .waitFor()
  await page.keyboard.press('F8')
  await page.getByText('No example fails.').waitFor()
  await expectFine(page, 'a-policy')
  await page.context().close()
})

test(
  'a change is tried on last month’s listings, and nothing acts',
  { timeout: 120_000 },
  async () => {
    const page = await paula()
    await page.goto(`${program.recourse}/studio/policies/ppe`)
    await page.getByRole('link', { name: 'New version' }).click()
    const inForce = await page.getByLabel('The text of the policy').inputValue()

    // A slip of the pen has its line and column; what only the server knows as well.
    await paste(page, inForce.replace('\nbase:', '\nbass:'))
    await page
      .getByRole('button', { name: /^Line \d+, column 1$/ })
      .first()
      .waitFor()
    await page.getByText('It cannot be read yet.', { exact: true }).waitFor()
    await paste(
      page,
      inForce.replace(
        '\nthresholds:',
        '\n  - { name: spa, says: x, weight: 1, phrases: [$spa] }\nthresholds:',
      ),
    )
    await page.getByText('New signal “spa”: x (+1.0).').waitFor()
    await page.getByRole('button', { name: 'Try it on the last 30 days' }).click()
    await page
      .getByText(/there is no list "spa"/)
      .first()
      .waitFor()

    const changed = inForce
      .replace(/\n {2}deactivate: [\d.]+/, '\n  deactivate: 1')
      .replace(
        '\nthresholds:',
        '\n  - { name: kaolin, says: is of kaolin, weight: 15, phrases: [kaolin] }\nthresholds:',
      )
    await paste(page, changed)
    await page.getByText('New signal “kaolin”: is of kaolin (+15.0).').waitFor()
    await page.getByText(/^It never acts by itself/).waitFor()
    await expectFine(page, 'a-changed-policy')
    await page.getByRole('button', { name: 'Try it on the last 30 days' }).click()
    await page.getByRole('heading', { name: /^It would flag \d+ of \d+ listings, \d+ / }).waitFor()
    const newly = page.getByRole('heading', { name: /^Newly flagged: [1-9]/ }).locator('..')
    await newly
      .locator('mark')
      .getByText(/kaolin/i)
      .first()
      .waitFor()
    await page.getByRole('heading', { name: /^Looked at instead of acted on: [1-9]/ }).waitFor()
    await page.getByRole('button', { name: 'as a table' }).click()
    await page.getByRole('columnheader', { name: 'To look at' }).waitFor()
    await expectFine(page, 'the-report-of-a-trial')
    await newly.getByRole('link').first().click()
    await page.getByRole('heading', { level: 1, name: /^“.*kaolin.*” is /i }).waitFor()
    await page.context().close()
  },
)

test('a level is set with a reason, which stands in the history', { timeout: 60_000 }, async () => {
  const page = await paula()
  await page.goto(`${program.recourse}/studio/policies/ppe`)
  await page.getByText('acts, and a person looks at each act afterwards').click()
  await page.getByText(/^It falls from Act to Act with review: /).waitFor()
  await page.getByRole('button', { name: 'Set it to Act with review' }).click()
  await page.getByText('The change still needs a reason.').waitFor()
  await expectAccessible(page, 'a level that is chosen')
  await page.getByLabel('Why?').fill('A person should see what the new words do.')
  await page.getByRole('button', { name: 'Set it to Act with review' }).click()
  await page.locator('#history').getByText('A person should see what the new words do.').waitFor()
  await page.getByText(/^Set by Paula Nunes, /).waitFor()
  await page.context().close()
})

test('who may only read sees the rule and no button that would do nothing', async () => {
  const { page } = await person()
  await page.goto(program.signIn('reviewer'))
  await page.goto(`${program.recourse}/studio/policies/ppe`)
  await page.getByRole('heading', { name: 'The rule, for people' }).waitFor()
  await page.getByText(/Your role does not set levels\./).waitFor()
  expect(await page.getByRole('link', { name: 'New version' }).count()).toBe(0)
  expect(await page.getByRole('heading', { name: 'Tried in shadow' }).count()).toBe(0)
  await page.goto(`${program.recourse}/studio/policies/ppe/trials`)
  await page.getByRole('heading', { name: 'Trials are for those who manage policies.' }).waitFor()
  await page.goto(`${program.recourse}/studio/policies/nothing`)
  await page.getByRole('heading', { name: 'There is nothing here.' }).waitFor()
  await page.context().close()
})

test('no page broke on the way', () => {
  expect(errors).toEqual([])
})
