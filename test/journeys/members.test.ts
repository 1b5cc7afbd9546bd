/** A representative is let in for one case until a day, writes in it, sees no other, and is removed with the page open: the next click does nothing. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectFine } from './browser.ts'
import { openJourney } from './journey.ts'

const jo = 'jo@lind-law.example'
const name = 'Jo <i>Lind</i>'

const { program, errors, person } = await openJourney()

/** Opens the newest mail to an address whose subject says this. */
async function openMail(page: Page, to: string, subject: RegExp): Promise<void> {
  const rows = page.locator('tr', { hasText: to }).filter({ hasText: subject })
  await expect
    .poll(
      async () => {
        await page.goto(`${program.recourse}/dev/mail`)
        return rows.count()
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBeGreaterThan(0)
  await rows.first().getByRole('link').click()
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const textOf = (page: Page) => page.locator('main').innerText()

test(
  'a representative acts in one case, under their name, for as long as the owner wants',
  { timeout: 240_000 },
  async () => {
    // Ines lets her lawyer in for one of her cases.
    const { page: ines } = await person()
    await ines.goto(program.signIn('seller'))
    await ines.waitForURL(`${program.recourse}/seller`)
    await ines.getByRole('link', { name: 'Account' }).first().click()
    await ines.getByRole('link', { name: 'People who act for you' }).click()
    await ines.getByRole('heading', { level: 1, name: /^Nobody but its owner acts for/ }).waitFor()
    const form = ines.getByRole('complementary', { name: 'Let somebody act for you' })
    await form.getByRole('button', { name: 'Let them in' }).click()
    await form.getByText('Say what they are called.').waitFor()
    expect(await textOf(ines)).toContain('Choose at least one.')
    await form.getByLabel('Name').fill(name)
    await form.getByLabel('E-mail address').fill(jo)
    const first = form.getByRole('checkbox', { name: /^Case / }).first()
    await first.check()
    const [, number = ''] =
      /Case (\S+):/.exec(
        await form
          .locator('label', { hasText: /^Case / })
          .first()
          .innerText(),
      ) ?? []
    await expectFine(ines, 'members-1-invite')
    await form.getByRole('button', { name: 'Let them in' }).click()
    await ines.getByText('A mail is on its way').waitFor()
    const row = ines.getByRole('region', { name: /^Jo/ })
    expect(await row.innerText()).toMatch(
      /reads and writes in 1 named matter[^]*Acts for you[^]*Until/,
    )
    await expectFine(ines, 'members-2-list')

    // Her own mailbox hears of it, with the way out if it was not her.
    const { page: mailbox } = await person()
    await openMail(mailbox, 'ines@clayandclover.example', /may now act for/)
    expect(await mailbox.locator('body').innerText()).toContain('This was not me')

    // The lawyer comes in by a link to the own mailbox.
    const { page: lawyer } = await person()
    await openMail(lawyer, jo, /asks you to act for it/)
    await lawyer.locator('pre a').first().click()
    await lawyer.waitForURL(/\/sign-in/)
    await lawyer.getByLabel('E-mail address').fill(jo)
    await lawyer.getByRole('button', { name: 'Send me a link' }).click()
    await lawyer.getByText('a link is on its way').waitFor()
    await openMail(lawyer, jo, /sign-in link/)
    await lawyer.locator('pre a').first().click()
    await lawyer.getByRole('button', { name: 'Sign in' }).click()
    await lawyer.waitForURL(`${program.recourse}/seller`)
    await lawyer.getByRole('link', { name: 'Cases' }).first().click()
    await lawyer.waitForURL(`${program.recourse}/cases`)
    await lawyer.getByText(`Case ${number}`).first().waitFor()
    expect(await lawyer.locator(`main a[href^="/cases/"]`).count()).toBe(1)
    await lawyer.goto(`${program.recourse}/account`)
    await lawyer.getByText('Read and write in the matters that the owner named.').waitFor()
    expect(await textOf(lawyer)).not.toContain('whole file')
    await expectFine(lawyer, 'members-3-account')

    // In that case they write under their name; another of hers is not there for them.
    await lawyer.goto(`${program.recourse}/cases`)
    await lawyer.locator('main a[href^="/cases/"]').first().click()
    await lawyer.getByRole('heading', { name: 'What happened so far' }).waitFor()
    const own = new URL(lawyer.url()).pathname
    const box = lawyer.getByRole('textbox').first()
    await box.fill('I represent the seller in this.')
    const send = lawyer.getByRole('button', { name: /^Send/ }).first()
    await send.click()
    await lawyer.getByText(/^You (wrote|answered)\.$/).waitFor()
    await ines.goto(`${program.recourse}${own}`)
    await ines.getByText(`${name}, representative, `).first().waitFor()
    await ines.goto(`${program.recourse}/cases`)
    await ines.locator('main a[href^="/cases/"]').first().waitFor()
    const all = await Promise.all(
      (await ines.locator('main a[href^="/cases/"]').all()).map((link) =>
        link.getAttribute('href'),
      ),
    )
    const other = all.find((path) => path !== own) ?? ''
    const { page: milan } = await person()
    await milan.goto(program.signIn('reviewer'))
    await milan.waitForURL(/\/desk/)
    await milan.goto(`${program.recourse}/desk${own}`)
    await milan.getByText(`${name}, representative of the seller, `).first().waitFor()
    const status = (path: string, body?: string) =>
      lawyer.evaluate(
        async ([at, text]) => {
          const how =
            text === undefined
              ? {}
              : { method: 'POST', headers: { 'content-type': 'application/json' }, body: text }
          const answer = await fetch(at ?? '', how)
          return answer.status
        },
        [`/v1${path}`, body],
      )
    expect(other).not.toBe('')
    expect(await status(other)).toBe(404)
    await lawyer.goto(`${program.recourse}${other}`)
    await lawyer.getByRole('heading', { level: 1, name: 'There is nothing here.' }).waitFor()

    // Ines removes them while their page is open.
    await lawyer.goto(`${program.recourse}${own}`)
    await box.fill('One more thing.')
    await ines.goto(`${program.recourse}/members`)
    await row.getByRole('button', { name: /^Remove/ }).click()
    await expectFine(ines, 'members-4-remove')
    await row
      .getByRole('button', { name: /^Remove/ })
      .last()
      .click()
    await ines.getByText('Their next click opens nothing').waitFor()
    // The page may have noticed by itself before they press.
    await send.click({ timeout: 3_000 }).catch(() => undefined)
    await expect
      .poll(() => textOf(lawyer), { timeout: 60_000 })
      .toMatch(/You no longer act for this seller/)
    expect(await status(`${own}/messages`, '{"text":"Still me."}')).toBe(403)
    await lawyer.goto(`${program.recourse}${own}`)
    await lawyer
      .getByRole('heading', { level: 1, name: 'You no longer act for this seller.' })
      .waitFor()
    await expectFine(lawyer, 'members-5-over')

    // What was written stays, what was not sent never came, and all of it is on record.
    await ines.goto(`${program.recourse}${own}`)
    await ines.getByText('I represent the seller in this.').waitFor()
    expect(await textOf(ines)).not.toContain('One more thing.')
    await ines.goto(`${program.recourse}/members`)
    await ines.getByText(/removed Jo/).waitFor()
    expect(await textOf(ines)).toMatch(/Who acted for you before\s+Jo <i>Lind<\/i>/)
    await expectFine(ines, 'members-6-history')
    expect(errors).toEqual([])
  },
)
