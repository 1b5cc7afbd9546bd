/** A seller is locked on suspicion of fraud: the statement withholds only the method, and the link opens all that stays theirs. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createClient } from '../../src/contract/client.ts'
import { expectFine, photo } from './browser.ts'
import { openJourney } from './journey.ts'
import { forward, ownPolicies } from './program.ts'

const { program, errors, person, as } = await openJourney({
  env: { RECOURSE_POLICIES: ownPolicies },
})

const method = 'The devices of three buyers were seen at the seller’s own address before.'

const onPhone = { viewport: { width: 390, height: 844 } }

async function shopSays(page: Page, address: string): Promise<string> {
  await page.goto(`${program.bazaar}/seller/sign-in`)
  await page.getByLabel('E-mail').fill(address)
  await page.getByLabel('Password').fill('bazaar')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForLoadState()
  return page.locator('body').innerText()
}

/** Opens the newest mail to an address whose subject says so, and answers the link of ours in it. */
async function linkInMail(
  page: Page,
  { to, subject }: { to: string; subject: RegExp },
  link: RegExp,
): Promise<string> {
  const mail = page.locator('tr', { hasText: to }).getByRole('link', { name: subject }).first()
  const open = async () => {
    await page.goto(`${program.recourse}/dev/mail`)
    return mail.count()
  }
  await expect.poll(open, { timeout: 30_000, interval: 500 }).toBeGreaterThan(0)
  await mail.click()
  await page.waitForLoadState()
  const found = link.exec(await page.content())
  if (!found) throw new Error(`the mail ${String(subject)} has no such link`)
  return found[0].replaceAll('&amp;', '&')
}

test(
  'a locked seller contests without signing in, has orders, money and data, and a second person lifts it',
  { timeout: 300_000 },
  async () => {
    // Milan locks the account at the desk, and keeps back how it was detected.
    const { page: milan } = await person()
    await milan.goto(program.signIn('reviewer'))
    await milan.goto(`${program.recourse}/desk/sellers/clay-and-clover`)
    await milan.getByRole('radio', { name: 'Locked' }).check()
    await milan.getByRole('radio', { name: 'No: locked' }).check()
    await milan.getByLabel('The rule it rests on').selectOption('seller-identity-and-fraud')
    await milan
      .getByLabel('Your reasons')
      .fill('Three orders of this month went to the address from which they were sent.')
    await milan.getByRole('checkbox', { name: /Withhold how it was detected/ }).check()
    await milan.getByRole('radio', { name: 'Software' }).check()
    await milan.getByLabel('How it was detected', { exact: true }).fill(method)
    await milan.getByLabel('Why it is withheld').fill('It would show thieves how they are seen.')
    await expectFine(milan, 'locked-1-desk')
    await milan.getByRole('button', { name: 'Preview what the seller reads' }).click()
    const preview = milan.getByRole('dialog')
    await preview.getByRole('heading', { name: 'What is not told here, and why' }).waitFor()
    expect(await preview.innerText()).not.toContain(method)
    await expectFine(milan, 'locked-2-preview')
    await preview.getByRole('button', { name: /Impose it: locked/ }).click()
    await milan.getByRole('button', { name: /undo/i }).first().waitFor()
    await forward(program, 'PT2M')

    // The shop's door is shut; signing in to Recourse by the mailbox says which measure, and leads on.
    const { page: ines } = await person(onPhone)
    const { page: mailbox } = await person()
    await expect
      .poll(() => shopSays(ines, 'ines@clayandclover.example'), { timeout: 30_000 })
      .toMatch(/signing in is shut/i)
    await ines.goto(`${program.recourse}/sign-in`)
    await ines.getByLabel('E-mail address').fill('ines@clayandclover.example')
    await ines.getByRole('button', { name: 'Send me a link' }).click()
    await ines.getByText('a link is on its way').waitFor()
    const signIn = await linkInMail(
      mailbox,
      { to: 'ines@clayandclover.example', subject: /sign-in link/i },
      /http:\/\/[^"\s<]+\/sign-in\/open[^"\s<]+/,
    )
    await ines.goto(signIn)
    await ines.getByRole('button', { name: 'Sign in' }).click()
    await ines
      .getByRole('heading', { level: 1, name: /Clay & Clover is locked: nobody can sign in/ })
      .waitFor()
    await expectFine(ines, 'locked-3-shut')

    // The link of the notice opens the statement: the ground whole, the method withheld, and why that is allowed.
    const notice = await linkInMail(
      mailbox,
      { to: 'ines@clayandclover.example', subject: /account is locked/i },
      new RegExp(`${program.recourse}/link/[\\w.-]+`),
    )
    const { page: byLink } = await person(onPhone)
    await byLink.goto(notice)
    await byLink.getByRole('heading', { name: 'What is not told here, and why' }).waitFor()
    await byLink
      .getByText(/Whoever sells here is who they say they are/)
      .first()
      .waitFor()
    expect(await byLink.locator('body').innerText()).not.toContain(method)
    await expectFine(byLink, 'locked-4-statement')

    // What stays hers: orders with dates, undisputed money and where it may go, and the whole file.
    await byLink.getByRole('link', { name: 'See what stays yours' }).click()
    await byLink
      .getByRole('heading', { level: 1, name: /is locked. Your orders, your money and your data/ })
      .waitFor()
    await byLink.getByText('Silk sleep mask, navy').waitFor()
    await byLink.getByText('Undisputed, and yours').waitFor()
    await byLink.getByText('Is paid').waitFor()
    await byLink.getByText('Not just now').waitFor()
    await expectFine(byLink, 'locked-5-belongings')
    const saving = byLink.waitForEvent('download')
    await byLink.getByRole('button', { name: 'Download my whole file' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toMatch(/^clay-and-clover-.*\.json$/)
    const file = await readFile(await saved.path(), 'utf8')
    expect(JSON.parse(file)).toMatchObject({ seller: { id: 'clay-and-clover' }, complete: true })
    expect(file).not.toMatch(/lindqvist|aloe-and-oak/)
    expect(file).not.toContain(method)
    await byLink.getByText(/Saved: .*, whole/).waitFor()

    // She appeals, with a file.
    await byLink.goto(notice)
    await byLink.getByRole('link', { name: 'Appeal this decision' }).click()
    await byLink
      .getByRole('radio', { name: /mistake/i })
      .first()
      .check()
    await byLink
      .getByRole('textbox')
      .first()
      .fill('They were gifts that customers had sent to my workshop, to be wrapped there.')
    await byLink
      .getByLabel('Add a file or photo: Invoices and carrier’s receipts')
      .setInputFiles({ name: 'invoice.png', mimeType: 'image/png', buffer: photo })
    // While a file is on its way nothing is sent.
    await byLink.getByText('Received', { exact: true }).waitFor()
    await byLink.getByRole('button', { name: 'Send appeal' }).click()
    await byLink
      .getByText(/\bA-\d{4}/)
      .first()
      .waitFor()
    await expectFine(byLink, 'locked-6-appealed')

    // Noor, who did not take it, sees what was withheld beside the appeal, and lifts it.
    const { page: noor } = await person()
    await noor.goto(program.signIn('identity'))
    const { cases } = await (await as('identity')).desk.getQueue({})
    const found = cases.find(({ title }) => /Clay & Clover/.test(title)) ?? cases[0]
    await noor.goto(`${program.recourse}/desk?desk=identity`)
    await noor
      .locator(`a[href*="${found?.id ?? ''}"]`)
      .first()
      .click()
    await noor.getByText(method).waitFor()
    await noor.getByRole('radio', { name: /lift/i }).waitFor()
    await expectFine(noor, 'locked-7-desk')
    await noor.keyboard.press('1')
    await noor
      .getByRole('textbox', { name: /reasons/i })
      .fill('The invoices show that customers had it wrapped.')
    await noor.keyboard.press('Control+Enter')
    await noor.getByRole('button', { name: /undo/i }).first().waitFor()
    await forward(program, 'PT2M')

    // The account is open again in the shop, and the link leads to the sign-in.
    await expect
      .poll(() => shopSays(ines, 'ines@clayandclover.example'), { timeout: 30_000 })
      .not.toMatch(/signing in is shut/i)
    await byLink.goto(`${program.recourse}/belongings`)
    await byLink
      .getByRole('heading', { level: 1, name: /Sign-in to your account is open/ })
      .waitFor()
    expect(errors).toEqual([])
  },
)

test(
  'nobody acts on the appeal of a locked seller, and the clock frees the account',
  { timeout: 180_000 },
  async () => {
    const milan = await as('reviewer')
    const { decisionId } = await milan.desk.imposeMeasure({
      subject: { kind: 'account', id: 'aloe-and-oak' },
      measure: 'account.lock',
      policy: 'seller-identity-and-fraud',
      reasons: 'The papers name somebody else.',
    })
    await forward(program, 'PT2M')
    const { page: mailbox } = await person()
    const address = await linkInMail(
      mailbox,
      { to: 'maya@aloeandoak.example', subject: /account is locked/i },
      new RegExp(`${program.recourse}/link/[\\w.-]+`),
    )
    const token = address.split('/link/')[1] ?? ''
    const maya = createClient({
      url: program.recourse,
      headers: () => ({ 'x-recourse-link': token }),
    })
    await maya.seller.fileAppeal({
      objections: [{ decisionId, track: 'dispute', text: 'It is my maiden name.' }],
    })
    await forward(program, 'P5DT2M')
    const { page: shop } = await person()
    // Listings are back, sign-in is not yet: that ends within the promise by itself.
    await expect
      .poll(async () => (await maya.seller.getHome()).account)
      .toMatchObject({ sell: true })
    expect(await shopSays(shop, 'maya@aloeandoak.example')).toMatch(/signing in is shut/i)
    expect((await maya.seller.getBelongings()).orders.total).toBeGreaterThan(0)
    await forward(program, 'P8DT2M')
    await expect
      .poll(() => shopSays(shop, 'maya@aloeandoak.example'), { timeout: 30_000 })
      .not.toMatch(/signing in is shut/i)
    expect(errors).toEqual([])
  },
)
