/** A seller comes in by a link, adds a passkey, comes in by it, and ends a session elsewhere; with a browser's own virtual authenticator. */
import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectFine } from './browser.ts'
import { openJourney } from './journey.ts'

const ines = 'ines@clayandclover.example'
const maya = 'maya@aloeandoak.example'

const { program, errors, person } = await openJourney()

/** A device that keeps passkeys and says at once that it is its owner. */
async function withAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** Opens the newest mail to an address whose subject says this. */
async function openMail(page: Page, to: string, subject: RegExp): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.goto(`${program.recourse}/dev/mail`)
        return page.locator('tr', { hasText: to }).filter({ hasText: subject }).count()
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBeGreaterThan(0)
  await page
    .locator('tr', { hasText: to })
    .filter({ hasText: subject })
    .first()
    .getByRole('link')
    .click()
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Asks for a link to this address, and comes in by it as far as it leads. */
async function followLink(page: Page, address: string): Promise<void> {
  await page.goto(`${program.recourse}/sign-in`)
  await page.getByLabel('E-mail address').fill(address)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.getByText('a link is on its way').waitFor()
  await openMail(page, address, /sign-in link/)
  await page.locator('pre a').first().click()
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function signInByMail(page: Page): Promise<void> {
  await followLink(page, ines)
  await page.waitForURL(`${program.recourse}/seller`)
}

test('by a link, by a passkey, and out again everywhere else', { timeout: 240_000 }, async () => {
  const { context, page } = await person()
  await withAuthenticator(context, page)
  await signInByMail(page)

  // A second browser, where she stays signed in.
  const { page: elsewhere } = await person()
  await elsewhere.goto(program.signIn('seller'))
  await elsewhere.waitForURL(`${program.recourse}/seller`)
  await elsewhere.getByRole('heading', { level: 1 }).waitFor()

  await page.goto(`${program.recourse}/account`)
  await page.getByRole('link', { name: 'Sign-in and security' }).click()
  await page.getByRole('heading', { level: 1, name: /is all that lets you in/ }).waitFor()
  await expectFine(page, 'sign-in-1-security-empty')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByLabel('What do you call it?').fill('My laptop <b>')
  await page.getByRole('button', { name: /your browser asks next/ }).click()
  await page.locator('bdi', { hasText: 'My laptop <b>' }).waitFor()
  await page.getByRole('heading', { level: 1, name: /A passkey lets you in/ }).waitFor()

  await page.getByRole('button', { name: 'Make ten codes' }).click()
  await page.getByText('Keep these now').waitFor()
  expect(await page.locator('ol li').allInnerTexts()).toHaveLength(10)
  await expectFine(page, 'sign-in-2-security-codes')
  await page.getByRole('button', { name: 'I have kept them' }).click()

  // Out, and in again with one button and no address.
  await page.goto(`${program.recourse}/account`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/\/sign-in/)
  await page.getByRole('button', { name: 'Use a passkey' }).waitFor()
  await expectFine(page, 'sign-in-3-sign-in')
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.waitForURL(`${program.recourse}/seller`)

  // The account's address hears of it, and where to go if it was not them.
  const { page: mailbox } = await person()
  await openMail(mailbox, ines, /A passkey was added: My laptop/)
  const notice = await mailbox.locator('pre').innerText()
  expect(notice).toContain('This was not me')
  expect(notice).toContain(`${program.recourse}/recovery`)

  // She ends the other session: its page can do nothing on the next click.
  await page.goto(`${program.recourse}/security`)
  await page.getByRole('heading', { name: 'Where you are signed in now' }).waitFor()
  await expectFine(page, 'sign-in-4-security')
  await page.getByRole('button', { name: 'End the session in Chrome on Linux' }).click()
  await page
    .getByRole('button', { name: 'End the session in Chrome on Linux' })
    .waitFor({ state: 'detached' })
  // What was asked before the end may still be answered: one after it is refused.
  const refused = elsewhere.waitForResponse((response) => response.status() === 401)
  await elsewhere.getByRole('link', { name: 'Cases' }).first().click()
  await refused
  await elsewhere.goto(`${program.recourse}/cases`)
  await elsewhere.waitForURL(/\/sign-in/)
  expect(errors).toEqual([])
})

test('the shop hands its signed-in seller over', { timeout: 120_000 }, async () => {
  const { page } = await person()
  await page.goto(`${program.bazaar}/seller/sign-in`)
  await page.getByLabel('E-mail').fill(ines)
  await page.getByLabel('Password').fill('bazaar')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Open my account health at Recourse' }).click()
  await page.waitForURL(`${program.recourse}/seller`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  // The shop's word is not enough to change what lets her in: it asks first, and says how.
  await page.goto(`${program.recourse}/security`)
  await page.getByRole('button', { name: 'Set up an app' }).click()
  const dialog = page.getByRole('dialog', { name: 'Show that it is you' })
  await dialog.getByRole('button', { name: 'Use a passkey' }).waitFor()
  await expectFine(page, 'sign-in-5-proof')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(errors).toEqual([])
})

test(
  'a step that wants a proof asks in place by a link, and goes on with what was asked',
  { timeout: 120_000 },
  async () => {
    const { page, context } = await person()
    await page.goto(`${program.bazaar}/seller/sign-in`)
    await page.getByLabel('E-mail').fill(maya)
    await page.getByLabel('Password').fill('bazaar')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Open my account health at Recourse' }).click()
    await page.waitForURL(`${program.recourse}/seller`)
    await page.goto(`${program.recourse}/security`)
    await page.getByRole('button', { name: 'Set up an app' }).click()
    await page.getByRole('button', { name: /Send a link to maya@/ }).click()
    await page.getByText('Open it in this browser').waitFor()
    const mail = await context.newPage()
    await openMail(mail, maya, /sign-in link/)
    await mail.locator('pre a').first().click()
    await mail.getByRole('button', { name: 'Sign in' }).click()
    await mail.getByRole('heading', { level: 1, name: /That was you/ }).waitFor()
    await expectFine(mail, 'sign-in-6-proved')
    // The first tab has gone on by itself: here is the picture that was asked for.
    await page.getByAltText('The picture that an authenticator app reads').waitFor()
    await expectFine(page, 'sign-in-7-app')

    // Sent empty, it says what is missing; with the code that the app shows, it is on.
    await page.getByRole('button', { name: 'Turn it on' }).click()
    await page.getByText('Type the code first.').waitFor()
    const key = await page.locator('form .code').innerText()
    const app = createOTP(base32.decode(key.replaceAll(/\s/g, '')))
    await page.getByLabel('The six digits it shows').fill(await app.totp())
    await page.getByRole('button', { name: 'Turn it on' }).click()
    await page.getByText('A link to your mailbox and a code of your app let you in.').waitFor()
    await expectFine(page, 'sign-in-7-app-is-on')

    // From now on a link is the first step, and the app's code the second.
    const { page: other } = await person()
    await followLink(other, maya)
    await other.getByRole('heading', { level: 1, name: /One step is left/ }).waitFor()
    await other.getByRole('button', { name: 'Sign in' }).click()
    await other.getByText('Type the code first.').waitFor()
    await expectFine(other, 'sign-in-7-second-step')
    await other.getByLabel('Code').fill('000000')
    await other.getByRole('button', { name: 'Sign in' }).click()
    await other.getByText('nothing is locked').waitFor()
    // Each code counts once: the app shows the next one half a minute later.
    await other.getByLabel('Code').fill(await app.hotp(Math.floor(Date.now() / 30_000) + 1))
    await other.getByRole('button', { name: 'Sign in' }).click()
    await other.waitForURL(`${program.recourse}/seller`)
    expect(errors).toEqual([])
  },
)

test('people of the marketplace have the same page', { timeout: 60_000 }, async () => {
  const { page } = await person()
  await page.goto(program.signIn('reviewer'))
  await page.waitForURL(/\/desk/)
  await page.goto(`${program.recourse}/security`)
  await page.getByRole('heading', { name: 'Where you are signed in now' }).waitFor()
  await expectFine(page, 'sign-in-8-security-reviewer')
  expect(errors).toEqual([])
})
