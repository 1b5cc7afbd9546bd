import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, openBrowser, picture } from '../../test/journeys/browser.ts'
import { served, type Served } from '../../test/served.ts'
import { keepDevMail } from '../store/dev-mail.ts'

let s: Served
let browser: Browser
beforeAll(async () => {
  s = await served({ demo: true, demoKey: 'key', demoPeople: [] })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await s[Symbol.asyncDispose]()
})

const hostile =
  'mask "><script>alert(1)</script><img src=x onerror=alert(2)> \u202e </style><svg onload=alert(3)>'

test('the pages that the server writes itself are accessible, and hostile words in them run nothing', async () => {
  const seller = await s.seller('clay')
  await s.listing('l1', 'clay', {
    title: hostile,
    description: hostile,
    attributes: { [hostile]: hostile },
  })
  const [measure] = await s.measures('l1')
  const html = `<p>${hostile}</p><a href="${s.url}/docs">Read it</a>`
  await s.inside((tx) =>
    keepDevMail(tx, {
      at: s.app.now(),
      address: seller.by,
      subject: hostile,
      text: hostile,
      html,
    }),
  )
  const signedIn = await s.signIn(seller.by)
  const context = await browser.newContext({ extraHTTPHeaders: { cookie: signedIn.cookie } })
  const page = await context.newPage()
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  const paths = [
    '/docs',
    '/problems/already_appealed',
    '/dev/mail',
    '/dev/mail/1',
    `/statements/${measure!.decision.id}/print`,
    '/sign-in/open?token=x',
  ]
  for (const path of paths) {
    const answer = await page.goto(s.url + path)
    expect([path, answer?.status()]).toEqual([path, 200])
    await expectAccessible(page, path)
    await picture(page, `written${path.replace(/dec_\w+/, 'id').replaceAll(/\W+/g, '-')}`)
  }
  expect(dialogs).toEqual([])
  await page.goto(`${s.url}/dev/mail/1`)
  await page.frameLocator('iframe').getByText('Read it').click()
  await page.waitForURL(`${s.url}/docs`)
})
