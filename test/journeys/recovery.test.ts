/** A locked seller has neither account nor mailbox, and claims the account on the public page; the account's own address is told. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectFine } from './browser.ts'
import { openJourney } from './journey.ts'
import { forward } from './program.ts'

const { program, errors, person, as } = await openJourney()

const hostile = '"><img src=x onerror=alert(1)><script>alert(2)</script> \u202e {{7*7}}'
const address = 'maya.now@elsewhere.example'

const onPhone = { viewport: { width: 390, height: 844 } }

async function signInToShop(page: Page): Promise<string> {
  await page.goto(`${program.bazaar}/seller/sign-in`)
  await page.getByLabel('E-mail').fill('maya@aloeandoak.example')
  await page.getByLabel('Password').fill('bazaar')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForLoadState()
  return page.locator('body').innerText()
}

/** What the built-in mailbox holds for an address, newest first. */
async function mailTo(page: Page, to: string): Promise<string> {
  await page.goto(`${program.recourse}/dev/mail`)
  const rows = await page.locator('li, tr').allInnerTexts()
  return rows.filter((row) => row.includes(to)).join('\n')
}

async function untilMailSays(page: Page, to: string, words: RegExp): Promise<void> {
  await expect.poll(() => mailTo(page, to), { timeout: 30_000, interval: 500 }).toMatch(words)
}

/** From the queue, to the case of this number. */
async function openAtDesk(page: Page, number: string): Promise<void> {
  const { cases } = await (await as('identity')).desk.getQueue({})
  const found = cases.find((item) => item.number === number)
  if (!found) throw new Error(`${number} is not at the identity desk`)
  await page.goto(`${program.recourse}/desk?desk=identity`)
  await page.locator(`a[href*="${found.id}"]`).first().click()
}

test(
  'from the shop’s closed door to a claim, a question and an answer, and no one person gives the account away',
  { timeout: 300_000 },
  async () => {
    // A person locks Maya's account.
    const milan = await as('reviewer')
    const [policy] = (await milan.desk.getSeller({ sellerId: 'aloe-and-oak' })).policies
    await milan.desk.imposeMeasure({
      subject: { kind: 'account', id: 'aloe-and-oak' },
      measure: 'account.lock',
      policy: policy?.name ?? '',
      reasons: 'Sign-ins from six countries within an hour.',
    })
    await forward(program, 'PT2M')

    // The shop's door is closed, and leads to the page that needs neither account nor mailbox.
    const { page: maya, context } = await person(onPhone)
    await expect.poll(() => signInToShop(maya), { timeout: 30_000 }).toMatch(/signing in is shut/i)
    await maya.getByRole('link', { name: 'Start without them' }).click()
    await maya.waitForURL(`${program.recourse}/recovery`)
    await maya.getByRole('heading', { level: 1, name: /answers you within 2 days/i }).waitFor()
    await expectFine(maya, 'recovery-1-page')

    // What is missing is said, and nothing is lost by it.
    await maya.getByRole('button', { name: 'Send it' }).click()
    await maya.getByText('Say in any words which account it is.').waitFor()
    await maya.getByLabel('Which account is it?').fill('Aloe & Oak')
    await maya.getByLabel('What happened?').fill(`My telephone was stolen. ${hostile}`)
    await maya.getByLabel('Where can we answer you?').fill(address)
    await maya.getByRole('button', { name: 'Send it' }).click()

    // A number, a code shown once, the desk, and by when.
    await maya.getByText(/write down its code/i).waitFor()
    await expectFine(maya, 'recovery-2-receipt')
    const receipt = await maya.locator('main').innerText()
    const number = /R-\d+/.exec(receipt)?.[0] ?? ''
    const code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(receipt)?.[0] ?? ''
    expect(receipt).toMatch(/identity desk has your claim\. You have an answer by/i)
    expect(receipt).not.toMatch(/locked|measure|aloeandoak/i)
    await maya.getByRole('link', { name: /open my claim/i }).click()
    await maya.waitForURL(`${program.recourse}/recovery/${number}`)
    await maya.getByRole('list').getByText('You told us.').waitFor()
    await maya.getByText('<img src=x onerror=alert(1)>').waitFor()
    expect(maya.url()).not.toContain(code)

    // The account's own address hears of it, and how to say that it was not them.
    const { page: mailbox } = await person()
    await untilMailSays(
      mailbox,
      'maya@aloeandoak.example',
      new RegExp(`account is theirs.*${number}`),
    )
    await untilMailSays(mailbox, address, new RegExp(`Your claim ${number} is here`))
    await mailbox
      .getByRole('link', { name: new RegExp(`account is theirs.*${number}`) })
      .first()
      .click()
    const warning = await mailbox.content()
    const notUs = new RegExp(`${program.recourse}/recovery/${number}/not-us#[\\w.-]+`).exec(warning)
    const { page: other } = await person(onPhone)
    await other.goto(notUs?.[0] ?? '')
    await other.getByRole('heading', { level: 1, name: /none of you, say so here/i }).waitFor()
    await expectFine(other, 'recovery-3-not-us')
    await other.getByRole('textbox').fill(`Was this you, Maya? ${hostile}`)
    await other.getByRole('button', { name: 'It was not us' }).click()
    await other.getByText(/It is question/).waitFor()
    await expectFine(other, 'recovery-4-not-us-told')

    // Noor, of the identity desk, reads it beside what shuts the account, and asks.
    const { page: noor } = await person()
    await noor.goto(program.signIn('identity'))
    await openAtDesk(noor, number)
    await noor.getByText('The words name Aloe & Oak').waitFor()
    await noor.locator('blockquote', { hasText: 'Was this you, Maya?' }).waitFor()
    await expectFine(noor, 'recovery-5-desk')
    await noor.getByRole('button', { name: /^Ask/ }).click()
    await noor
      .getByRole('textbox', { name: /what you want to know/i })
      .fill('What did you sell last?')
    await noor.keyboard.press('Control+Enter')

    // The question is on the page by itself, and in the mail to the address that she gave.
    await maya.getByText('What did you sell last?').first().waitFor({ timeout: 30_000 })
    await expectFine(maya, 'recovery-6-asked')
    await untilMailSays(mailbox, address, /asks you something about your claim/)
    await maya.getByLabel('Your answer').fill(`A bar of aloe soap, on Tuesday. ${hostile}`)
    await maya.getByRole('button', { name: 'Send my answer' }).click()
    await maya.getByRole('list').getByText('You answered.').waitFor()

    // Leave clears a shared screen; number and code open the claim on another device, a wrong code does not.
    await maya.getByRole('button', { name: 'Leave' }).click()
    await maya.waitForURL(`${program.recourse}/recovery`)
    await maya.goto(`${program.recourse}/recovery/${number}`)
    await maya.getByLabel('Code').fill('0000-0000-0000-0000')
    await maya.getByRole('button', { name: 'Open my claim' }).click()
    await maya.getByText(/No claim opens with this number and code/).waitFor()
    await expectFine(maya, 'recovery-7-code')
    expect(await maya.locator('body').innerText()).not.toContain('aloe soap')
    await context.close()
    const { page: again } = await person()
    await again.goto(`${program.recourse}/recovery/open`)
    await again.getByRole('heading', { level: 1 }).waitFor()
    await expectFine(again, 'recovery-open')
    await again.getByLabel('Number').fill(number.toLowerCase())
    await again.getByLabel('Code').fill(code.toLowerCase().replaceAll('-', ' '))
    await again.getByRole('button', { name: 'Open my claim' }).click()
    await again.getByRole('list').getByText('You answered.').waitFor()
    await expectFine(again, 'recovery-8-claim')

    // Noor alone gives no account away: two do, each without seeing what the other thinks.
    await openAtDesk(noor, number)
    await noor.getByText('The words name Aloe & Oak').waitFor()
    expect(await noor.getByRole('radio', { name: /lift/i }).count()).toBe(0)
    const identity = await as('identity')
    const { cases } = await identity.desk.getQueue({})
    const caseId = cases.find((item) => item.number === number)?.id ?? ''
    const { claim } = await identity.desk.getCase({ caseId })
    expect(claim?.proving).toMatchObject({ state: 'open', maySay: ['no'] })
    expect(await mailTo(mailbox, address)).not.toMatch(/Aloe|locked/)
    expect(errors).toEqual([])
  },
)
