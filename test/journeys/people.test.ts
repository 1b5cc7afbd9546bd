/** A reviewer is invited, comes in by the mail, takes a case and is removed: their open page can do nothing more, and says so. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectFine } from './browser.ts'
import { openJourney } from './journey.ts'

const eva = 'eva@the-bazaar.example'

const { program, errors, person } = await openJourney()

/** Opens the newest mail to Eva whose subject says this, and follows its link. */
async function followMail(page: Page, subject: RegExp): Promise<void> {
  const rows = page.locator('tr', { hasText: eva }).filter({ hasText: subject })
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
  await page.locator('pre a').first().click()
}

const textOf = (page: Page) => page.locator('main').innerText()

test(
  'a removed reviewer’s open page can do nothing on the next click',
  { timeout: 240_000 },
  async () => {
    // The administrator invites her.
    const { page: amara } = await person()
    await amara.goto(program.signIn('administrator'))
    await amara.getByRole('link', { name: 'People' }).click()
    await amara.getByRole('heading', { level: 1, name: /people work here/ }).waitFor()
    const form = amara.getByRole('complementary', { name: 'Invite somebody' })
    await form.getByRole('button', { name: 'Invite them' }).click()
    expect(await form.innerText()).toContain('Choose at least one.')
    await form.getByLabel('Name').fill('Eva <b>Lind</b>')
    await form.getByLabel('E-mail address').fill(eva)
    await form.getByLabel('Reviewer').check()
    await form.getByLabel('Seller Performance').check()
    await expectFine(amara, 'people-1-invite')
    await form.getByRole('button', { name: 'Invite them' }).click()
    await amara.getByText('A mail is on its way').waitFor()
    const row = amara.getByRole('region', { name: /^Eva/ })
    expect(await row.innerText()).toMatch(/Reviewer, at Seller Performance[^]*Never signed in/)

    // She comes in by the mail, and takes what waits at her desk.
    const { page: reviewer } = await person()
    await followMail(reviewer, /Amara Diallo invites you/)
    await reviewer.waitForURL(/\/sign-in/)
    await reviewer.getByLabel('E-mail address').fill(eva)
    await reviewer.getByRole('button', { name: 'Send me a link' }).click()
    await reviewer.getByText('a link is on its way').waitFor()
    await followMail(reviewer, /sign-in link/)
    await reviewer.getByRole('button', { name: 'Sign in' }).click()
    await reviewer.waitForURL(`${program.recourse}/desk`)
    await reviewer.getByRole('button', { name: /^Next/ }).click()
    await reviewer.waitForURL(/\/desk\/cases\//)
    const caseId = new URL(reviewer.url()).pathname.split('/').at(-1) ?? ''
    const release = reviewer.getByRole('button', { name: /^Release/ })
    await release.waitFor()

    // Had she lost her passkey, she could set it up anew; what that opens is said first.
    await amara.reload()
    await row.getByText(/Signed in/).waitFor()
    await row.getByRole('button', { name: 'Lost passkey of Eva' }).click()
    await row.getByText('Make sure first that it is').waitFor()
    await expectFine(amara, 'people-2-enrol')
    await row.getByRole('button', { name: 'Leave it as it is' }).click()

    // The administrator removes her, with a reason.
    await row.getByRole('button', { name: 'Remove Eva' }).click()
    await row.getByRole('button', { name: 'Remove Eva' }).last().click()
    await row.getByText('Say why.').waitFor()
    await row.getByLabel('Why').fill('She went to another house.')
    await expectFine(amara, 'people-2-remove')
    await row.getByRole('button', { name: 'Remove Eva' }).last().click()
    await amara.getByText('Their next click opens nothing.').waitFor()

    // Whatever she clicks now does nothing; the page may have noticed by itself before she did.
    await release.click({ timeout: 3_000 }).catch(() => undefined)
    await reviewer
      .getByRole('heading', {
        level: 1,
        name: 'You are signed out, and nothing can be done here any more.',
      })
      .waitFor()
    expect(await textOf(reviewer)).toContain('an administrator changed or removed what you do here')
    await expectFine(reviewer, 'people-3-removed')
    const status = await reviewer.evaluate(async (path) => {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
      return answer.status
    }, `/v1/desk/cases/${caseId}/hold`)
    expect(status).toBe(401)

    // A colleague finds the case at the desk, in nobody's hands, and why.
    const { page: milan } = await person()
    await milan.goto(program.signIn('reviewer'))
    await milan.waitForURL(`${program.recourse}/desk`)
    await milan.goto(`${program.recourse}/desk/cases/${caseId}`)
    await milan.getByText(/Eva .* no longer works at this desk/).waitFor()
    await milan.getByRole('button', { name: /^Hold it/ }).waitFor()

    // It is on record, and the auditor reads it and changes nothing.
    const { page: auditor } = await person()
    await auditor.goto(program.signIn('auditor'))
    await auditor.getByRole('link', { name: 'People' }).click()
    await auditor.getByText('“She went to another house.”').waitFor()
    expect(await textOf(auditor)).toMatch(/Who has left\s+Eva <b>Lind<\/b>/)
    expect(await auditor.getByRole('button', { name: /Remove/ }).count()).toBe(0)
    await expectFine(auditor, 'people-4-history')
    expect(errors).toEqual([])
  },
)
